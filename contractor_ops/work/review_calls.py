"""What a call about an item of the queue brought, and what follows from it."""

from dataclasses import replace
from datetime import datetime, timedelta

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.ports import MANUAL, CallOutcome, ReviewItem, StepKey
from contractor_ops.reports.format import day, listed, phone
from contractor_ops.work.review import end, needs_reason, open_item
from contractor_ops.work.review_caller import Caller
from contractor_ops.work.review_held import also_held
from contractor_ops.work.review_noted import OUTCOMES, Call, Noted, about, note_of
from contractor_ops.work.review_own import own_people
from contractor_ops.work.review_rest import how_to_skip, let_rest, quoted
from contractor_ops.work.review_story import Stories

_NO_PAUSE = "The sheets tell too little of them to pause them and nobody else."


def note_call(office: Office, number: int, call: Call, stories: Stories, at: datetime) -> Noted:
    """Keep what a call brought, and do what follows from it.

    Raises TypedWrong for a promise without a day, for an item of several customers, for an urgent item that is settled without a word, and
    where nobody says which of several numbers is wrong, or knows whose it is.
    """
    found = open_item(office, number)
    caller = stories.caller(found)
    _refuse(found, call, caller)
    dialled = _dialled(number, call, caller)
    kept = _keep(office, found, call, caller, dialled, at)
    match call.outcome:
        case "dispute":
            noted = _disputed(office, found, call, caller, kept, at)
        case "promise":
            noted = _promised(office, found, call, caller, kept, at)
        case "wrong-number":
            noted = _wrong_number(office, found, call, dialled, kept, at)
        case _:
            noted = _talked(office, found, call, kept, at)
    return _with_others(stories, found, _with_its_release(office, found, noted))


def _refuse(found: ReviewItem, call: Call, caller: Caller) -> None:
    """Raise TypedWrong for what does not fit, before anything is written."""
    number = found.id
    if call.settled and call.outcome in {"reached", "voicemail"}:
        needs_reason(found, call.note)
    if call.outcome == "wrong-number" and not caller.name:
        raise TypedWrong(
            f"Nobody knows who called about {number}, so there is no right number to look for.",
            f'contractor-ops review dismiss {number} --because "…"; to write to that number never again: contractor-ops optout NUMBER',
        )
    if caller.role and call.outcome not in {"reached", "voicemail"}:
        raise TypedWrong(
            f"{caller.name} is one of our own people, not the customer: a call there is noted as reached or voicemail.",
            "A wrong number of theirs is mended in the technicians table, or under [people] in config.toml.",
        )
    if call.outcome == "promise" and call.on is None:
        raise TypedWrong("A promise needs its day.", f"contractor-ops review call {number} --outcome promise --on fri")
    if len({member.customer for member in found.members}) > 1:
        raise TypedWrong(f"{number} is about several customers.", "contractor-ops report --call-list has them one by one.")


def _with_others(stories: Stories, item: ReviewItem, noted: Noted) -> Noted:
    """What was released to the same customer and rests with them is told of."""
    others = also_held(stories, item) if noted.rests else ""
    return replace(noted, said=f"{noted.said}; {others}") if others else noted


def _with_its_release(office: Office, before: ReviewItem, noted: Noted) -> Noted:
    """A message that was released and does not leave any more is told of."""
    after = office.ledger.review(before.id)
    if before.state != "approved" or (after is not None and after.state == "approved"):
        return noted
    return replace(noted, said=f"{noted.said}; its release is taken back")


def _dialled(number: int, call: Call, caller: Caller) -> str | None:
    """The number that was called, None where none is known. Which of several is wrong nobody may guess: it gets nothing more."""
    lines = lines_of(caller)
    if call.called is not None and call.called not in lines:
        raise TypedWrong(
            f"{phone(call.called)} is none of their numbers.", f"They have: {listed([phone(line) for line in lines]) or 'none'}."
        )
    if call.called is None and call.outcome == "wrong-number" and len(lines) > 1:
        remedy = f'contractor-ops review call {number} --outcome wrong-number --number "{phone(lines[-1])}"'
        raise TypedWrong(f"Which number was wrong, {' or '.join(map(phone, lines))}?", f"Say it, such as: {remedy}")
    return call.called or next(iter(lines), None)


def lines_of(caller: Caller) -> list[str]:
    """The numbers that a person may have called, each line once whatever its extensions."""
    return list(dict.fromkeys(one.partition(";")[0] for one in caller.phones))


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
    """Reached, or a voicemail: the item is done with that, or it stays as it is; after a voicemail it comes back on the next business day."""
    note = note_of(call, at)
    if call.settled:
        end(office, item.id, at, note, note)
        return Noted(f"{OUTCOMES[call.outcome]}; done", outcomes)
    if call.outcome == "voicemail":
        until = office.facts.calendar.add_business_days(at.date(), 1)
        office.ledger.decide_review(item.id, "open", at, note, until)
        return Noted(f"{OUTCOMES[call.outcome]}; comes back {day(until, at)}", outcomes)
    office.ledger.decide_review(item.id, item.state, at, note, item.until)
    stays = "it stays released, and leaves at the next run --send" if item.state == "approved" else "it stays in the queue"
    return Noted(f"{OUTCOMES[call.outcome]}; {stays}", outcomes)


def _disputed(office: Office, item: ReviewItem, call: Call, caller: Caller, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """Chasing rests until a person lifts it, and the owner has the matter."""
    rests, before, pause = let_rest(office, caller, None, f"disputed{f': {call.note}' if call.note else ''}", at)
    remedy = "" if rests else f"{_NO_PAUSE} To end this one: {how_to_skip(office, item)}"
    lift = f"Nothing chases them until: contractor-ops resume {quoted(pause.who)}" if pause else remedy
    said = f" They say: {call.note}." if call.note else ""
    body = f"Settle what {item.customer or 'the customer'} disputes: {about(item)}.{said} {lift}".rstrip()
    owner = "owner" if "owner" in office.config.people else item.owner
    task = _hand_over(office, item, call, owner, "the customer disputes it", body, outcomes, at)
    name = office.config.people[owner].name if owner in office.config.people else owner
    return Noted(
        f"disputed: {name} has it, {'chasing rests' if rests else 'but chasing goes on'}",
        outcomes, task, pause, before, remedy=remedy, rests=rests,
    )  # fmt: skip


def _promised(office: Office, item: ReviewItem, call: Call, caller: Caller, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """Chasing rests until the day after the promise, and the item with it."""
    assert call.on is not None
    until = call.on + timedelta(days=1)
    rests, before, pause = let_rest(office, caller, until, f"promised for {call.on.isoformat()}", at)
    office.ledger.decide_review(item.id, "open", at, note_of(call, at), until)
    follows = f"nothing chases them before {day(until, at)}" if rests else f"this item rests until {day(until, at)}, nothing else does"
    return Noted(
        f"promised for {day(call.on, at)}: {follows}", outcomes, None, pause, before, remedy="" if rests else _NO_PAUSE, rests=rests
    )


def _wrong_number(office: Office, item: ReviewItem, call: Call, dialled: str | None, outcomes: tuple[int, ...], at: datetime) -> Noted:
    """The number gets nothing more, whoever has it: it belongs to a stranger, unless it is ours. The office finds the right one."""
    number, silenced = (phone(dialled), _silence(office, dialled, at)) if dialled else ("the number", None)
    place = next((f" in {member.place}" for member in item.members if member.place.row), " in the sheet")
    ours = dialled in own_people(office, at).numbers()
    back = f" If it was right after all: contractor-ops optout {dialled} --remove" if dialled and not ours else ""
    body = f"Find the right number for {item.customer or 'the customer'} ({about(item)}) and mend it{place}: {number} is not theirs.{back}"
    owner = "office" if "office" in office.config.people else item.owner
    task = _hand_over(office, item, call, owner, f"wrong number: {number}", body, outcomes, at)
    follows = "is one of our own, so it is not silenced" if ours else "gets nothing more"
    return Noted(f"wrong number: {number} {follows}, and the office looks for the right one", outcomes, task, opted_out=silenced)


def _silence(office: Office, number: str, at: datetime) -> tuple[str, datetime, str] | None:
    """Take a number out; the line that does it, None where it is silent already or our own."""
    if number in own_people(office, at).numbers() or any(address == number for address, _, _ in office.ledger.opt_outs()):
        return None
    office.ledger.opt_out(number, at, MANUAL)
    return next(line for line in office.ledger.opt_outs() if line[0] == number)


def _hand_over(
    office: Office, item: ReviewItem, call: Call, owner: str, reason: str, body: str, outcomes: tuple[int, ...], at: datetime
) -> int | None:
    """Give a task on to its new owner; a message or a row makes room for a task, as the next run would take it off the queue. Its number."""
    note = note_of(call, at)
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
