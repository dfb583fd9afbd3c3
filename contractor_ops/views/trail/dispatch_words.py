"""What an alert says of a visit. Words that only change when there is news: none of them tells how long something is away."""

from datetime import date, datetime
from decimal import Decimal

from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import said_clock, said_day
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import day_of


def slot_of(visit: Visit, today: date) -> str:
    """ "Thu, Nov 26 at 9:00 AM"."""
    return visit.said(today).removeprefix(str(visit)).removeprefix(" on ")


def at_its_time(visit: Visit) -> str:
    """ "job J-1 (Ann Li) at 9:00 AM"."""
    return f"{visit}{f' at {said_clock(visit.starts)}' if visit.starts else ''}"


def order_of(job: Record) -> str | None:
    """ "Furnace tune-up, parts: blower motor, total $189.00"; None where the sheet says nothing of it."""
    total = job["total"]
    parts = [str(job["title"] or job["job_type"] or ""), f"parts: {job['parts']}" if job["parts"] else ""]
    return ", ".join(filter(None, [*parts, f"total {dollars(total)}" if isinstance(total, Decimal) else ""])) or None


def closed_on(job: Record, now: datetime) -> str:
    """ "on Mon, Nov 23"."""
    day = day_of(job["completed_on"], now)
    return f"on {said_day(day, now.date())}" if day else "no day is noted"
