"""The rows of jobs and visits with their day, their state and whose they are."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from contractor_ops.figures.links import rows_named
from contractor_ops.figures.values import Business
from contractor_ops.figures.windows import days_in
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.numbers import Directory
from contractor_ops.views.books.what_counts import meaning


class Planned(NamedTuple):
    """A row of work. `job` is the job's number as the jobs sheet writes it, `customer` a name for comparing, `day` when it was or is to be."""

    record: Record
    job: str
    customer: str
    day: date | None
    meaning: str | None


def planned(business: Business) -> Iterator[Planned]:
    """Every row of the jobs, then every visit; a visit without a customer has its job's."""
    jobs = business.tables["jobs"].records if "jobs" in business.tables else ()
    for job, day in zip(jobs, _days(business, "jobs"), strict=True):
        yield Planned(job, str(job["number"] or ""), normal_name(str(job["customer"] or "")), day, meaning(job))
    visits = business.tables["visits"].records if "visits" in business.tables else ()
    directory = Directory(jobs) if visits else None
    for visit, day in zip(visits, _days(business, "visits"), strict=True):
        found = [jobs[at] for rows in rows_named(directory, visit["job"])[:1] for at in rows] if directory else []
        whose = {normal_name(str(one["customer"] or "")) for one in found}
        name = normal_name(str(visit["customer"] or "")) or (whose.pop() if len(whose) == 1 else "")
        yield Planned(visit, str((found[0]["number"] if found else visit["job"]) or ""), name, day, meaning(visit))


def _days(business: Business, name: str) -> list[date | None]:
    if name not in business.tables:
        return []
    records = business.tables[name].records
    starts, scheduled, completed = (days_in(column_of(records, one), business.now) for one in ("starts_at", "scheduled_on", "completed_on"))
    return [start or day or done for start, day, done in zip(starts, scheduled, completed, strict=True)]
