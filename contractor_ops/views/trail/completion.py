"""When a job was done: as the sheet says, else as the trail saw it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from contractor_ops.dispatch.wording import said_day
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import day_of
from contractor_ops.views.trail.kept import kept_day

DONE = frozenset({"completed", "invoiced"})
_A_FEW_DAYS = timedelta(days=3)
"""A visit may be done so long before the day that the sheet has for it: not every office writes an earlier day down."""


def completed_on(job: Record, meaning: str | None, own: Mapping[str, str], now: datetime) -> date | None:
    """The day on which a job was done. `own` is the ledger's own record of it.

    Where the sheet names none: the day that was kept, else the planned one if that has come, else today for what the trail knew while it was open.
    """
    if job["completed_on"] or meaning not in DONE or "completed_on" in job.problems:
        return day_of(job["completed_on"], now)
    planned = day_of(job["starts_at"] or job["scheduled_on"], now)
    came = planned if planned and planned <= now.date() else None
    kept, stage = kept_day(own, "completed_on"), own.get("stage")
    return kept if kept and stage == "Completed" else came or kept or (now.date() if stage else None)


def odd_day(job: Record, meaning: str | None, own: Mapping[str, str], now: datetime) -> str:
    """Why the day that the sheet names can hardly be meant, "" where it can: nothing counts from such a day.

    Only of what the trail saw while it was open: nothing that anybody would notice comes after older rows.
    """
    done, today = day_of(job["completed_on"], now), now.date()
    if meaning not in DONE or done is None or kept_day(own, "booked_on") is None:
        return ""
    said = f"it was completed on {said_day(done, today)}"
    if done > today:
        return f"{said}, which is still to come; correct that day, and the customer is thanked"
    before = _well_before(job, done, now)
    return f"{said}, before {before}; correct one of the two days, and the customer is thanked" if before else ""


def _well_before(job: Record, done: date, now: datetime) -> str:
    """The day that it was done before. A booking may be written down weeks after its visit: where both are known, the visit counts."""
    planned, booked = day_of(job["starts_at"] or job["scheduled_on"], now), day_of(job["booked_on"] or job["created_on"], now)
    day = planned or booked
    if day is None or done >= day - _A_FEW_DAYS:
        return ""
    return f"its visit on {said_day(day, now.date())}" if planned else f"it was booked on {said_day(day, now.date())}"


def doubts_of_completion(job: Record, meaning: str | None, own: Mapping[str, str], now: datetime) -> Iterator[str]:
    """What keeps everybody from knowing when a job was done. Old rows without any day are nobody's work: nothing comes after them."""
    if odd := odd_day(job, meaning, own, now):
        yield odd
    elif meaning not in DONE or completed_on(job, meaning, own, now):
        return
    elif "completed_on" in job.problems:
        if own.get("stage"):
            yield "nobody can read when it was completed; write the day, and the customer is thanked"
    elif day_of(job["starts_at"] or job["scheduled_on"], now):
        yield "it is completed before its day, and no day is written; write when it was completed, and the customer is thanked"
