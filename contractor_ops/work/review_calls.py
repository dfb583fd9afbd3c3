"""What a call about an item of the queue brought, and what follows from it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.ports import MANUAL, CallOutcome, Outcome, Pause, ReviewItem, StepKey
from contractor_ops.reports.format import day, documents, money, phone
from contractor_ops.work.people import address_of
from contractor_ops.work.review import dismiss, open_item
from contractor_ops.work.review_story import Caller

OUTCOMES: dict[Outcome, str] = {
    "reached": "reached them",
    "voicemail": "left a voicemail",
    "dispute": "they dispute it",
    "promise": "they promise to pay",
    "wrong-number": "wrong number",
}
"""Each outcome in words."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a person says of a call: `on` is the day of a promise, `settled` whether the item is done with that."""

    outcome: Outcome
    on: date | None = None
    note: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written besides the item: enough to take it back. `said` tells a person what follows."""

    said: str
    outcomes: tuple[int, ...]
    task: int | None = None
    paused: Pause | None = None
    paused_before: Pause | None = None
    opted_out: str | None = None


def note_call(office: Office, number: int, call: Call, caller: Caller, at: datetime) -> Noted:
    """Keep what a call brought, and do what follows from it. Raises TypedWrong for a promise without a day, or an item of several customers."""
    found = open_item(office, number)
    if call.outcome == "promise" and call.on is None:
        raise TypedWrong("A promise needs its day.", f"contractor-ops review call {number} --outcome promise --on fri")
    if len({member.customer for member in found.members}) > 1:
        raise TypedWrong(f"{number} is about several customers.", "contractor-ops report --call-list has them one by one.")
    dialled = next((one.partition(";")[0] for one in caller.phones), None)
    noted = _keep(office, found, call, caller, dialled, at)
    match call.outcome:
        case "dispute":
            return _disputed(office, found, call, caller, noted, at)
        case "promise":
            return _promised(office, found, call, caller, noted, at)
        case "wrong-number":
            return _wrong_number(office, found, call, dialled, noted, at)
    return _talked(office, found, call, noted, at)


def _keep(office: Office, item: ReviewItem, call: Call, caller: Caller, dialled: str | None, at: datetime) -> tuple[int, ...]:
    """A line for each record that the item is about."""
    lines = [
        CallOutcome(
            item.id, item.recipe, item.table, record, call.outcome, at, caller.name or None, caller.key, dialled, call.on, call.note
        )
        for record in dict.fromkeys(member.key.record for member in item.members)
    ]
    return tuple(map(office.ledger.add_outcome, lines))


def _talked(office: Office, item: ReviewItem, call: Call, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """Reached, or a voicemail: the item is done with that, or it stays; after a voicemail it comes back on the next business day."""
    note = _note(call, at)
    if call.settled:
        dismiss(office, item.id, at, note)
        return Noted(f"{OUTCOMES[call.outcome]}; done", outcomes)
    until = office.facts.calendar.add_business_days(at.date(), 1) if call.outcome == "voicemail" else item.until
    office.ledger.decide_review(item.id, "open", at, note, until)
    stays = f"comes back {day(until, at)}" if until and call.outcome == "voicemail" else "it stays in the queue"
    return Noted(f"{OUTCOMES[call.outcome]}; {stays}", outcomes)


def _disputed(office: Office, item: ReviewItem, call: Call, caller: Caller, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """Chasing rests until a person lifts it, and the owner has the matter."""
    before, pause = _rest(office, item, caller, None, f"disputed{f': {call.note}' if call.note else ''}", at)
    lift = f" Nothing chases them until: contractor-ops resume {_quoted(pause.who)}" if pause else ""
    body = f"Settle what {item.customer or 'the customer'} disputes: {_about(item)}.{f' They say: {call.note}.' if call.note else ''}{lift}"
    owner = "owner" if "owner" in office.config.people else item.owner
    task = _hand_over(office, item, call, owner, "the customer disputes it", body, outcomes, at)
    name = office.config.people[owner].name if owner in office.config.people else owner
    return Noted(f"disputed: {name} has it, chasing rests", outcomes, task, pause, before)


def _promised(office: Office, item: ReviewItem, call: Call, caller: Caller, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """Chasing rests until the day after the promise, and the item with it."""
    assert call.on is not None
    until = call.on + timedelta(days=1)
    before, pause = _rest(office, item, caller, until, f"promised for {call.on.isoformat()}", at)
    office.ledger.decide_review(item.id, "open", at, _note(call, at), until)
    return Noted(f"promised for {day(call.on, at)}: nothing chases them before {day(until, at)}", outcomes, None, pause, before)


def _wrong_number(office: Office, item: ReviewItem, call: Call, dialled: str | None, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """The number gets nothing more, whoever has it: it belongs to a stranger. The office finds the right one."""
    ledger, number = office.ledger, phone(dialled) if dialled else "the number"
    ours = {address_of(office, person.phone) for person in office.config.people.values() if person.phone}
    silent = dialled is None or dialled in ours or any(address == dialled for address, _, _ in ledger.opt_outs())
    if dialled and not silent:
        ledger.opt_out(dialled, at, MANUAL)
    place = next((f" in {member.place}" for member in item.members if member.place.row), " in the sheet")
    back = f" If it was right after all: contractor-ops optout {dialled} --remove" if dialled else ""
    body = f"Find the right number for {item.customer or 'the customer'} ({_about(item)}) and mend it{place}: {number} is not theirs.{back}"
    owner = "office" if "office" in office.config.people else item.owner
    task = _hand_over(office, item, call, owner, f"wrong number: {number}", body, outcomes, at)
    return Noted(f"wrong number: {number} gets nothing more, and the office looks for the right one", outcomes, task,
                 opted_out=None if silent else dialled)  # fmt: skip


def _hand_over(
    office: Office, item: ReviewItem, call: Call, owner: str, reason: str, body: str, outcomes: tuple[int, ...], at: datetime
) -> int | None:
    """Give a task on to its new owner; a message or a row makes room for a task, as the next run would take it off the queue. Its number."""
    note = _note(call, at)
    if item.kind == "task":
        office.ledger.decide_review(item.id, "open", at, note)
        office.ledger.assign_review(item.id, owner, at)
        return None
    # A dismissal holds while the rest does. A mended number is another row: its step is asked for again.
    office.ledger.decide_review(item.id, "dismissed" if call.outcome == "dispute" else "gone", at, note)
    members = tuple(replace(one, key=StepKey(one.key.record, "call", str(outcomes[0])), body=None) for one in item.members)
    reason = f"{reason}: {call.note}" if call.note else reason
    task = ReviewItem(
        item.recipe, f"call/{outcomes[0]}", "task", owner, reason, members, item.customer, item.amount, body=body, due=at, table=item.table
    )
    return office.ledger.add_task(task, at)


def _rest(
    office: Office, item: ReviewItem, caller: Caller, until: date | None, note: str, at: datetime
) -> tuple[Pause | None, Pause | None]:
    """Pause the customer, unless they rest for longer already; the pause that was, and the new one."""
    who = next((one.partition(";")[0] for one in (*caller.phones, *caller.emails)), None) or caller.name
    before = next((pause for pause in office.ledger.pauses() if pause.who == who), None)
    if not who or (before and (before.until is None or (until is not None and before.until >= until))):
        return before, None
    office.ledger.pause(Pause(who, until, note), at)
    return before, Pause(who, until, note)


def _note(call: Call, at: datetime) -> str:
    said = f"{OUTCOMES[call.outcome]} {day(at, at)}"
    if call.on:
        said = f"{said}, for {day(call.on, at)}"
    return f"{said}: {call.note}" if call.note else said


def _about(item: ReviewItem) -> str:
    amount = f", {money(item.amount)}" if item.amount is not None else ""
    return documents(item.table, [member.key.record for member in item.members]) + amount


def _quoted(who: str) -> str:
    return f'"{who}"' if " " in who else who
