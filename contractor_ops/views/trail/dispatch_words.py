"""What an alert says of a visit. Words that only change when there is news: none of them tells how long something is away."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.dispatch.assign import Suggestion
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import listed, said_clock, said_day
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import day_of


def slot_of(visit: Visit, today: date) -> str:
    """ "Thu, Nov 26 at 9:00 AM"."""
    return visit.said(today).removeprefix(str(visit)).removeprefix(" on ")


def at_its_time(visit: Visit) -> str:
    """ "job J-1 (Ann Li) at 9:00 AM"."""
    return f"{visit}{f' at {said_clock(visit.starts)}' if visit.starts else ''}"


def cover_of(suggestions: Sequence[Suggestion]) -> str:
    """ "Bo Lund could go to J-1 and J-2. Nobody else fits J-3."."""
    by_name: dict[str | None, list[str]] = {}
    for one in suggestions:
        by_name.setdefault(one.technician, []).append(one.visit.number or str(one.visit))
    nobody = by_name.pop(None, [])
    said = [f"{name} could go to {listed(visits)}." for name, visits in by_name.items()]
    return " ".join([*said, *([f"Nobody else fits {listed(nobody)}."] if nobody else [])])


def order_of(job: Record) -> str | None:
    """ "Furnace tune-up, parts: blower motor, total $189.00"; None where the sheet says nothing of it."""
    total = job["total"]
    parts = [str(job["title"] or job["job_type"] or ""), f"parts: {job['parts']}" if job["parts"] else ""]
    return ", ".join(filter(None, [*parts, f"total {dollars(total)}" if isinstance(total, Decimal) else ""])) or None


def closed_on(job: Record, now: datetime) -> str:
    """ "on Mon, Nov 23"; what comes after a visit counts from that day."""
    day = day_of(job["completed_on"], now)
    if day is None:
        return "and the sheet does not say on which day; write it in"
    still_to_come = ", which is still to come; correct that day" if day > now.date() else ""
    return f"on {said_day(day, now.date())}{still_to_come}"
