"""The review queue for people and for scripts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import count, day, documents, money, phone
from contractor_ops.reports.next_thing import nowhere, without_address
from contractor_ops.reports.printable import one_line

QUEUE_COLUMNS = (
    "id",
    "state",
    "kind",
    "owner",
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


def queue_json(item: ReviewItem) -> dict[str, Any]:
    """One item for scripts: keys are only ever added."""
    lead = item.members[0]
    return {
        "id": item.id, "state": item.state, "kind": item.kind, "owner": item.owner, "recipe": item.recipe, "table": item.table,
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


def queue_lines(items: Sequence[ReviewItem], people: Mapping[str, Named], now: datetime) -> Iterator[str]:
    """The queue as people read it, by owner; the items in the order they are given."""
    shown = [item for item in items if not _asleep(item, now.date())]
    for owner in dict.fromkeys(item.owner for item in shown):
        mine = [item for item in shown if item.owner == owner]
        yield f"{people[owner].name if owner in people else owner}: {count(len(mine), 'item')}, by number"
        for item in mine:
            amount = money(item.amount) if item.amount is not None else ""
            yield f"{item.id:>5}  {_who(item)}  {amount}  {item.state if item.state != 'open' else ''}".rstrip()
            yield f"       {one_line(item.reason)}"
            if item.edited or item.body:
                to = f"{_address(item.to)}: " if item.to else "" if item.kind == "task" else f"{nowhere(item.reason)}: "
                yield f"       {to}{one_line(item.edited or item.body or '')}"
        yield ""
    asleep = len(items) - len(shown)
    if asleep:
        yield f"{count(asleep, 'item is', 'items are')} snoozed."
    if not items:
        yield "Nothing waits for a person."
    else:
        yield "Release: contractor-ops review approve NUMBER…   Whole item: review show NUMBER   Settle without a message: review dismiss NUMBER"
        yield "Sent or called by hand: contractor-ops review done NUMBER…"


def item_lines(item: ReviewItem, people: Mapping[str, Named], now: datetime) -> Iterator[str]:
    """One item whole."""
    owner = people[item.owner].name if item.owner in people else item.owner
    yield f"{item.id}: {_who(item)}, for {owner} ({item.state})"
    yield f"Why: {one_line(item.reason)}"
    yield f"Recipe: {item.recipe}, step {item.members[0].key.step}" + (f"; due {day(item.due, now)}" if item.due else "")
    if item.until:
        yield f"Snoozed until {day(item.until, now)}"
    if item.note:
        yield f"Note: {one_line(item.note)}"
    yield "Rows:"
    for member in item.members:
        amount = f", {money(member.amount)}" if member.amount is not None else ""
        yield f"  {member.key.record}, {member.customer or 'no customer'}{amount} ({member.place})"
        if len(item.members) > 1 and not item.body and member.body:
            yield f"      {one_line(member.body)}"
    words = item.edited or item.body
    if words:
        yield f"To: {_address(item.to)}" if item.to else "To do:" if item.kind == "task" else f"To: {nowhere(item.reason)}"
        if item.subject:
            yield f"Subject: {one_line(item.subject)}"
        yield ""
        yield words
        yield ""
        if item.to and item.state in {"open", "approved"}:
            yield f"Release it: contractor-ops review approve {item.id}   Change the words: contractor-ops review edit {item.id}"
    if item.state == "dismissed":
        yield f"Take that back: contractor-ops review reopen {item.id}"
    elif item.state != "open":
        return
    elif item.kind == "task":
        yield f"When it is done: contractor-ops review done {item.id}"
    elif words and not item.to:
        yield f"{without_address(item.id)}."


def _who(item: ReviewItem) -> str:
    what = documents(item.table, [phone(member.key.record) for member in item.members])
    return f"{one_line(item.customer)} · {what}" if item.customer else what


def _address(address: str | None) -> str:
    return phone(address) if address and "@" not in address else address or ""


def _asleep(item: ReviewItem, today: date) -> bool:
    return item.until is not None and item.until > today
