"""What is doubtful about a booking, by column: the steps that use that column wait for a person, the others go on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import said_day
from contractor_ops.tables.record import Problem, Record
from contractor_ops.views.moments import day_of, in_utc
from contractor_ops.views.trail.desk import Desk
from contractor_ops.views.trail.fitness import holiday, unfit_for_it

EARLIEST, LATEST = 5, 21
"""Hours between which somebody is hardly meant to start work."""
_LATE = timedelta(days=1)
LONG_PAST = "the visit lies in the past, and its status says that it is still to come; correct one of them"
JUST_PAST = "its start has passed"
"""Reason enough to write nothing more of it; nobody has to settle it on the same day."""
Doubt = tuple[str, str]
"""Our column's name, and a sentence with what to do."""


def doubts_of(job: Record, meaning: str | None, desk: Desk) -> Iterator[Doubt]:
    """Everything that a person must settle before the steps that it concerns can go on."""
    yield from ((column, doubt.rstrip(".")) for column, doubt in _found(job, meaning, desk))


def _found(job: Record, meaning: str | None, desk: Desk) -> Iterator[Doubt]:
    visit = desk.visits[job.place]
    if meaning in {"booked", "scheduled", "under-way"}:
        yield from _of_start(job, meaning, desk)
        yield from _of_technician(visit, desk)
        if meaning != "under-way" and (day := holiday(visit, desk)):
            yield "holiday", f"{day}; if it is meant, mark this as done"
        if not job["address"]:
            yield "address", "there is no address; write it into the sheet"


def _of_start(job: Record, meaning: str | None, desk: Desk) -> Iterator[Doubt]:
    now, start = desk.given.now, job["starts_at"]
    if "starts_at" in job.problems:
        return
    day, done = day_of(start, now), day_of(job["completed_on"], now)
    if done and done <= now.date():
        yield "starts_at", f"it was completed on {said_day(done, now.date())}, and its status is {job['status']}; correct one of the two"
    elif day is None:
        yield "starts_at", "no start is set; write the day and the time into the sheet"
    elif isinstance(start, datetime) and start.hour + start.minute and not EARLIEST <= start.hour < LATEST:
        yield "starts_at", f"a start at {start:%I:%M %p} is hardly meant; correct it, or do these steps by hand".replace("at 0", "at ")
    elif meaning != "under-way" and day < (now - _LATE).date():
        yield "starts_at", LONG_PAST
    elif meaning != "under-way" and (day < now.date() or ((moment := in_utc(start, now)) is not None and moment < now)):
        yield "starts_at", JUST_PAST


def _of_technician(visit: Visit, desk: Desk) -> Iterator[Doubt]:
    if len(visit.technicians) > 1:
        yield "technician", "several technicians are named, and a message goes to one; tell them by hand"
    yield from (("technician", f"it is not clear who goes: {doubt}") for doubt in visit.doubts)
    yield from (("availability", f"it cannot be kept: {clash.line}") for clash in desk.clashes.get(visit.record.place, ()))
    yield from (("availability", line) for line in unfit_for_it(visit, desk))


def as_problem(job: Record, column: str, heading: str | None, doubt: str) -> Problem:
    """The doubt as what is wrong with a cell."""
    value = job[column]
    shown = f"{value:%Y-%m-%d %I:%M %p}" if isinstance(value, datetime) else None if value is None else str(value)
    return Problem(job.place.file, job.place.sheet, job.place.row, heading, shown, doubt)
