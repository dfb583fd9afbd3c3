"""What the ledger's own record of a booking says, and what depends on how near its visit is."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from contractor_ops.tables.record import Record, Value
from contractor_ops.views.moments import day_of

_BRINGS_FROM = 16
"""The hour at which a technician gets the list of the next day."""


def kept_day(own: Mapping[str, str], column: str) -> date | None:
    """A day that the ledger remembers."""
    try:
        return date.fromisoformat(own.get(column, ""))
    except ValueError:
        return None


def of_its_start(job: Record, checklist: str | None, now: datetime) -> dict[str, Value]:
    """Whether its day is over; what a technician who hears of it only now should bring."""
    start, today = day_of(job["starts_at"], now), now.date()
    near = start == today or (start == today + timedelta(days=1) and now.hour >= _BRINGS_FROM)
    return {"day_is_over": "yes" if start and start < today else None, "bring_list": checklist if near else None}
