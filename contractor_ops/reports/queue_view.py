"""The review queue for people and for scripts."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from contractor_ops.ports import ReviewItem, ReviewMember
from contractor_ops.reports.ended import DONE, WITHOUT_A_REASON, ended_as
from contractor_ops.reports.format import count, day, documents, money, phone
from contractor_ops.reports.next_thing import nowhere, without_address
from contractor_ops.reports.one_message import only_a_release
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.remedies import of_an_address, remedy

QUEUE_COLUMNS = (
    "id",
    "state",
    "kind",
    "owner",
    "falls_to",
    "recipe",
    "record",
    "step",
    "customer",
    "amount",
    "reason",
    "channel",
    "to",
    "subject",
    "body",
    "due",
    "until",
)


class Named(Protocol):
    """Somebody with a name."""

    @property
    def name(self) -> str:
        """The name."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn an item is, by key, and why where that is not its owner; `lapsed` says why what was released did not leave.

    `reason` is the item's, with the day that it was written on where that matters, `caller` the number of whoever has no name.
    """

    key: str
    why: str = ""
    lapsed: str = ""
    reason: str = ""
    caller: str = ""


def queue_json(item: ReviewItem, falls_to: str) -> dict[str, Any]:
    """One item for scripts, with whose turn it is: keys are only ever added."""
    lead = item.members[0]
    return {
        "id": item.id, "state": item.state, "kind": item.kind, "owner": item.owner, "falls_to": falls_to, "recipe": item.recipe, "table": item.table,
        "record": lead.key.record, "step": lead.key.step, "records": [member.key.record for member in item.members],
        "customer": item.customer, "amount": item.amount, "reason": item.reason, "channel": item.channel, "to": item.to,
        "subject": item.subject, "body": item.edited or item.body, "edited": item.edited is not None,
        "due": item.due.isoformat() if item.due else None, "until": item.until.isoformat() if item.until else None, "note": item.note,
        "created_at": item.created_at.isoformat() if item.created_at else None,
        "members": [
            {"record": member.key.record, "step": member.key.step, "customer": member.customer, "amount": member.amount, "body": member.body}
            for member in item.members
        ],
        "source": {"table": item.table, "file": None if lead.key.step == "reply" else lead.place.file, "sheet": lead.place.sheet, "row": lead.place.row},
    }  # fmt: skip


def queue_lines(
    items: Sequence[ReviewItem], people: Mapping[str, Named], now: datetime, turns: Mapping[int, Turn], trails: Collection[str] = ()
) -> Iterator[str]:
    """The queue as people read it, by whose turn it is; the items in the order they are given. `trails` are recipes whose steps are named."""
    shown = [item for item in items if not asleep(item, now.date())]
    steps = _steps(shown, trails)
    for key in dict.fromkeys(turns[item.id].key for item in shown):
        mine = [item for item in shown if turns[item.id].key == key]
        yield f"{_name(key, people)}: {count(len(mine), 'item')}, by number"
        for item in mine:
            amount = money(item.amount) if item.amount is not None else ""
            state = _state(item, turns[item.id]) if item.state != "open" else ""
            urgent = "[urgent] " if item.urgent and item.state == "open" else ""
            yield f"{item.id:>5}  {urgent}{_who(item, turns[item.id])}  {amount}  {state}".rstrip()
            yield f"       {steps.get(item.id, '')}{one_line(turns[item.id].reason or item.reason)}"
            if (ended_as(item) or (item.kind == "task" and item.state == "gone")) and item.note not in {"", DONE, WITHOUT_A_REASON}:
                yield f"       {one_line(item.note)}"
            if turns[item.id].lapsed:
                yield f"       released, but it did not leave: {turns[item.id].lapsed}"
            if turns[item.id].why:
                yield f"       falls to {_name(key, people)}: {turns[item.id].why}"
            if words := _words(item):
                yield f"       {words}"
        yield ""
    sleeping = len(items) - len(shown)
    if sleeping:
        yield f"{count(sleeping, 'item is', 'items are')} snoozed."
    if not items:
        yield "Nothing waits for a person."
    else:
        yield "Release: contractor-ops review approve NUMBER…   Whole item: review show NUMBER   Settle without a message: review dismiss NUMBER"
        yield "Sent or called by hand: contractor-ops review done NUMBER…"


def _words(item: ReviewItem) -> str:
    """The words in a line, and where they would go; of what was not done for want of something else there is nothing to read."""
    words = one_line(item.edited or item.body or "")
    if not words or item.kind == "task" or only_a_release(item.reason):
        return f"{_address(item.to)}: {words}" if words and item.to else words
    where = _address(item.to) or nowhere(item.reason)
    return f"{where}: {words}" if where else ""


def _steps(items: Sequence[ReviewItem], trails: Collection[str]) -> dict[int, str]:
    """The step of each item, by number, in a trail and where several of one row wait: they differ in nothing else."""
    alone = {item.id: (item.recipe, item.members[0].key) for item in items if len(item.members) == 1}
    found = Counter((recipe, key.record) for recipe, key in alone.values())
    return {
        number: f"{key.step}: "
        for number, (recipe, key) in alone.items()
        if key.step and (recipe in trails or found[recipe, key.record] > 1)
    }


def item_lines(item: ReviewItem, people: Mapping[str, Named], now: datetime, turn: Turn) -> Iterator[str]:
    """One item whole, with whose turn it is."""
    fallen = f", falls to {_name(turn.key, people)}" if turn.key != item.owner else ""
    yield f"{item.id}: {_who(item, turn)}, for {_name(item.owner, people)}{fallen} ({_state(item, turn)})"
    if turn.lapsed:
        yield f"Released, but it did not leave: {turn.lapsed}"
    yield f"Why: {one_line(turn.reason or item.reason)}"
    step = item.members[0].key.step
    yield f"Recipe: {item.recipe}{f', step {step}' if step else ''}" + (f"; due {day(item.due, now)}" if item.due else "")
    if item.until:
        yield f"Snoozed until {day(item.until, now)}"
    if item.note:
        yield f"Note: {one_line(item.note)}"
    yield "Rows:"
    for member in item.members:
        amount = f", {money(member.amount)}" if member.amount is not None else ""
        yield f"  {_row(item, member)}, {member.customer or turn.caller or 'no customer'}{amount} ({member.place})"
        if len(item.members) > 1 and not item.body and member.body:
            yield f"      {one_line(member.body)}"
    words = item.edited or item.body
    if words:
        to = _address(item.to) or nowhere(item.reason)
        yield "To do:" if item.kind == "task" and not item.to else f"To: {to}" if to else "As it stands:"
        if item.subject:
            yield f"Subject: {one_line(item.subject)}"
        yield ""
        yield words
        yield ""
        if item.kind == "message" and item.state in {"open", "approved"}:
            change = f"   Change the words: contractor-ops review edit {item.id}" if item.to else ""
            yield f"Release it: contractor-ops review approve {item.id}{change}"
    if item.state == "dismissed":
        yield f"Take that back: contractor-ops review reopen {item.id}"
    elif item.state != "open":
        return
    elif item.kind == "task":
        yield f"When it is done: contractor-ops review done {item.id}"
    elif item.kind == "row" and (known := _remedy(item)):
        yield f"{known}."


def _remedy(item: ReviewItem) -> str:
    known = remedy(item.reason, str(item.members[0].place), item.to, item.id)
    return known or (without_address(item.id) if of_an_address(item.reason) else "")


def _state(item: ReviewItem, turn: Turn) -> str:
    """The state in a word: "gone" alone would read as sent, and a task is "done" also where a person dismissed it."""
    if item.state != "gone":
        return {"done": "done by hand", "dismissed": "dismissed", "": item.state}[ended_as(item)]
    return "lapsed" if turn.lapsed else "no longer due"


def _row(item: ReviewItem, member: ReviewMember) -> str:
    """The row's own number, or what kind of row it is: nobody can do anything with a number that is made up."""
    return phone(member.key.record) if not member.key.record.startswith("~") else documents(item.table, [member.key.record])


def _name(key: str, people: Mapping[str, Named]) -> str:
    return people[key].name if key in people else key


def _who(item: ReviewItem, turn: Turn) -> str:
    what = documents(item.table, [phone(member.key.record) for member in item.members])
    name = item.customer or turn.caller
    return f"{one_line(name)} · {what}" if name else what


def _address(address: str | None) -> str:
    return phone(address) if address and "@" not in address else address or ""


def asleep(item: ReviewItem, today: date) -> bool:
    """Whether a person has put it aside until a day that has not come."""
    return item.until is not None and item.until > today
