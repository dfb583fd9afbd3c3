"""What a person reads about a row that left the sheet."""

from collections.abc import Sequence
from datetime import datetime

from contractor_ops.planning.changes import as_text
from contractor_ops.planning.left import START, Left
from contractor_ops.planning.phrases import count
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.stand_ins import start_of, when
from contractor_ops.planning.wording_values import phone

DISMISS = "dismiss this (contractor-ops review dismiss)"


def named(record: str) -> str:
    """What sentences call a row that is not there to be looked at."""
    return "a booking without a number" if record.startswith("~") else record


def reason(left: Left, likely: Sequence[LiveRow], sheet: str, now: datetime) -> str:
    """Who expects the visit, and what to do about it."""
    told = _told(left, now)
    if likely:
        return f"{_gone(left, sheet)}; {told}; {_question(left, likely, now)} {_answers(left, likely, now)}"
    if left.is_over(now):
        return f"{_gone(left, sheet)}; {told}: that hour has passed, so {_tell(left, now)}"
    return f"{_gone(left, sheet)}; {told}: put the row back and set it to Cancelled, or {_tell(left, now)}"


def alarm(left: Left, likely: Sequence[LiveRow], sheet: str, now: datetime) -> str:
    """The same for the owner's telephone."""
    if likely:
        return f"{_gone(left, sheet)}; {_told(left, now)}; {_question(left, likely, now)} If not, {_tell(left, now)}"
    return reason(left, likely, sheet, now)


def _gone(left: Left, sheet: str) -> str:
    name, tasks = named(left.away.record), left.away.tasks
    open_tasks = f", and {count(tasks, 'task')} for it {'is' if tasks == 1 else 'are'} still open" if tasks else ""
    return f"{name[0].upper()}{name[1:]} is gone from your {sheet} sheet{open_tasks}"


def _told(left: Left, now: datetime) -> str:
    crew = " and ".join(left.crew)
    if not left.customer:
        return f"{crew} was told to go {when(left.start, now)}"
    goes = "was to go" if left.is_over(now) else "go" if len(left.crew) > 1 else "goes"
    told = f"{left.away.customer or 'the customer'} was told to expect you {when(left.start, now)}"
    return f"{told}, and {crew} {goes}" if crew else told


def _question(left: Left, likely: Sequence[LiveRow], now: datetime) -> str:
    several = len(likely) > 1
    names = " and ".join(row.id if not row.id.startswith("~") else f"row {row.record.place.row}" for row in likely)
    same = "customer and start" if _same_start(left, likely) else "customer"
    other = "" if _same_start(left, likely) else f", moved to {' or '.join(when(start, now) for row in likely if (start := start_of(row)))}"
    verb, which = ("are", "is one of them") if several else ("is", "is it")
    return f"{names} of the same {same} {verb} new: {which} this booking under another number{other}?"


def _answers(left: Left, likely: Sequence[LiveRow], now: datetime) -> str:
    if _same_start(left, likely):
        told = "" if left.is_over(now) else "nobody has to be told: "
    else:
        told = "see that they know, and " if left.is_over(now) else f"tell them that it is no longer {when(left.start, now)}, and "
    return f"If so, {told}{DISMISS}. If not, {_tell(left, now)}"


def _same_start(left: Left, likely: Sequence[LiveRow]) -> bool:
    return as_text(likely[0].record[START], START) == left.start.isoformat()


def _tell(left: Left, now: datetime) -> str:
    """What to do for those who expect it: tell them, or once the hour has passed ask whether it was kept."""
    if not left.is_over(now):
        return f"tell them yourselves, at {phone(left.address)}" if left.address else "tell them yourselves"
    who = left.away.customer or "the customer" if left.customer else " and ".join(left.crew)
    return f"ask {who}{f' at {phone(left.address)}' if left.address else ''} whether anybody came"
