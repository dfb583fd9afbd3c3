"""When the jobs of a draft were finished, and what is doubtful about the jobs themselves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from contractor_ops.tables.record import Record
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.numbers import base_of, core_of, numbers_written
from contractor_ops.views.books.what_counts import accepted, meaning
from contractor_ops.views.moments import day_of

_STAND_INS = (("scheduled_on", "the visit"), ("starts_at", "the visit"), ("created_on", "the booking"))


def finished_on(jobs: Sequence[Record], now: datetime) -> tuple[date | None, str]:
    """The last day of completion. Where no sheet tells, the day of the visit, else today, with that doubt.

    Work without a number is known by its day: there it stays unknown, and a person must write it down.
    """
    known = [day for job in jobs if isinstance(day := job["completed_on"], date)]
    if known or not all(job["number"] for job in jobs):
        return max(known, key=lambda day: day.isoformat(), default=None), ""
    doubt = "nobody wrote down when it was completed"
    for column, what in _STAND_INS:
        days = [day for job in jobs if (day := day_of(job[column], now)) is not None and day <= now.date()]
        if days:
            return max(days), f"{doubt}: the day of {what} stands in"
    return now.date(), doubt


def doubts_of_jobs(books: JobBooks) -> Iterator[str]:
    """What a person must look at before these jobs are billed together."""
    numbers = Counter(job["number"] for job in books.jobs if job["number"])
    for number, times in numbers.items():
        if times > 1:
            rows = " and ".join(str(job.place.row) for job in books.jobs if job["number"] == number)
            yield f"job {number} stands in rows {rows}: see whether they are visits or copies"
    if len(numbers) > 1:
        yield f"one estimate holds jobs {' and '.join(map(str, numbers))} together"
    for job in books.jobs:
        if job["status"] is not None and meaning(job) is None:
            yield f'its status "{job["status"]}" is not known'


def unknown_jobs(books: JobBooks) -> Iterator[str]:
    """Jobs that an accepted estimate is for as well and that no sheet has: they may not be done. `books` has the cancelled jobs too."""
    there = {_plain(number) for job in books.jobs for number in _names(str(job["number"] or ""))}
    for estimate in accepted(books.estimates, books.jobs):
        named = list(dict.fromkeys(numbers_written(estimate["job"])))
        missing = [number for number in named if there.isdisjoint(map(_plain, _names(number)))]
        if missing and len(missing) < len(named):
            yield f"estimate {estimate['number'] or f'({estimate.place})'} is for job {' and '.join(missing)} too, which no sheet of jobs has"


def _names(number: str) -> list[str]:
    """A number, and that of the whole job where it is of a segment."""
    return [one for one in (number, base_of(number)) if one]


def _plain(number: str) -> str:
    return core_of(number)[1]
