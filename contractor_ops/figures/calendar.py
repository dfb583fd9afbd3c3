"""What stands on the office's calendar: jobs and visits to come, and whether somebody is assigned."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from contractor_ops.dispatch.naming import Crew, crew_listed
from contractor_ops.figures.links import rows_named
from contractor_ops.figures.values import Business, Window
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.numbers import Directory
from contractor_ops.views.books.what_counts import amount
from contractor_ops.views.moments import day_of

_TO_COME = frozenset({"booked", "scheduled", "under-way", None})
"""A status without a known meaning, or none, does not take work off the calendar."""


class Booking(NamedTuple):
    """Work on one day. `job` is the job's number; `crew` who is assigned; `worth` its total, as far as the sheet has one."""

    record: Record
    day: date
    starts: datetime
    job: str
    crew: tuple[str, ...]
    worth: Decimal | None

    @property
    def assigned(self) -> bool:
        """Whether somebody is."""
        return bool(self.crew)


def bookings(business: Business, window: Window) -> list[Booking]:
    """The jobs and visits of some days, each once: a job's visits stand for it on the days that they have."""
    crews = crew_listed(business.tables["technicians"].records if "technicians" in business.tables else ())
    jobs, visits = (list(_of_table(business, name, window, crews)) for name in ("jobs", "visits"))
    named = _assigned(business, crews)
    visited: dict[tuple[str, date], tuple[str, ...]] = defaultdict(tuple)
    for one in visits:
        if one.job:
            visited[one.job, one.day] += one.crew
    mine = [one._replace(crew=visited.get((one.job, one.day)) or one.crew) for one in jobs]
    known = {(one.job, one.day) for one in jobs if one.job}
    rest = [one._replace(crew=one.crew or named.get(one.job, ())) for one in visits if (one.job, one.day) not in known]
    return [*mine, *rest]


def _of_table(business: Business, name: str, window: Window, crews: Crew) -> Iterator[Booking]:
    """The rows of jobs or visits that are to come in these days."""
    if name not in business.tables:
        return
    records, spec = business.tables[name].records, TABLES[name]
    columns = (column_of(records, column) for column in ("status", "scheduled_on", "starts_at", "completed_on"))
    numbers = _Numbers(business)
    for at, (status, scheduled, starts, completed) in enumerate(zip(*columns, strict=True)):
        day = day_of(starts, business.now) or day_of(scheduled, business.now)
        if day is None or day not in window or completed is not None:
            continue
        if (meaning_of(str(status), spec.statuses) if status is not None else None) in _TO_COME:
            yield _booking(records[at], day, starts, numbers, crews)


def _booking(record: Record, day: date, starts: Value, numbers: "_Numbers", crews: Crew) -> Booking:
    moment = starts if isinstance(starts, datetime) else datetime.combine(day, time.min)
    number = record["number"] if record.table == "jobs" else numbers.of(record["job"])
    return Booking(
        record, day, moment.replace(tzinfo=None), str(number or ""), crews.named(record["technician"]).everybody, amount(record, "total")
    )


class _Numbers:
    """The jobs' numbers as the jobs sheet writes them."""

    def __init__(self, business: Business) -> None:
        self._jobs = business.tables["jobs"].records if "jobs" in business.tables else ()

    @cached_property
    def _directory(self) -> Directory:
        return Directory(self._jobs)

    def of(self, named: Value) -> Value:
        """The number of the job that a visit names."""
        found = rows_named(self._directory, named)
        return self._jobs[found[0][0]]["number"] if found else named


def _assigned(business: Business, crews: Crew) -> dict[str, tuple[str, ...]]:
    """Who is assigned to each job, by its number."""
    table = business.tables.get("jobs")
    found: dict[str, tuple[str, ...]] = {}
    if table is not None:
        for number, technician in zip(column_of(table.records, "number"), column_of(table.records, "technician"), strict=True):
            if number:
                found[str(number)] = found.get(str(number), ()) + crews.named(technician).everybody
    return found
