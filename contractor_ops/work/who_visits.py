"""A customer's work: what is booked, what was to be done and is not marked as done, and the jobs of the last year."""

from datetime import date, datetime, timedelta

from contractor_ops.planning.people import Person
from contractor_ops.reports.who_papers import Done, Visit
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.books.what_counts import meaning, numbers_in
from contractor_ops.work.who_cells import day_in, numbers_of, text_in

_AHEAD = frozenset({"booked", "scheduled", "under-way", "on-hold", None})
_A_YEAR = timedelta(days=365)


def visits_of(person: Person, now: datetime) -> tuple[Visit, ...]:
    """What is booked, the next first; then what was to be done before today and is not marked as done, and what has no day."""
    told = numbers_of(visit["job"] for visit in person.of("visits") if _is_ahead(visit, now))
    jobs = {core: job for job in person.of("jobs") for core in numbers_in(job["number"])}
    found = [_visit(one, _job_of(one, jobs)) for one in person.of("visits") if _is_ahead(one, now)]
    found += [_visit(job, None) for job in person.of("jobs") if _is_ahead(job, now) and not numbers_in(job["number"]) & told]
    return tuple(sorted(found, key=lambda visit: _next_first(visit, now)))


def _is_ahead(record: Record, now: datetime) -> bool:
    """Whether work is still to be done. A day that has gone by counts for a year, and only where a status says that it was not done."""
    means, on = meaning(record), day_in(record["starts_at"]) or day_in(record["scheduled_on"])
    if record["completed_on"] is not None or means not in _AHEAD:
        return False
    if on is None or on < now.date():
        return means is not None and (on is None or on >= now.date() - _A_YEAR)
    return True


def _job_of(visit: Record, jobs: dict[tuple[str, str], Record]) -> Record | None:
    return next((jobs[core] for core in numbers_in(visit["job"]) if core in jobs), None)


def _visit(record: Record, job: Record | None) -> Visit:
    def cell(name: str) -> Value:
        return record[name] if record[name] is not None else job[name] if job else None

    when, until, booked, confirmed = _when(record), record["ends_at"], cell("booked_on") or cell("created_on"), cell("confirmed")
    number = str((record["job"] or record["number"] if record.table == "visits" else record["number"]) or "")
    return Visit(
        f"job {number}".strip(), when, until if isinstance(until, datetime) else None, text_in(cell("technician")) or None,
        text_in(cell("title") or cell("job_type")), text_in(cell("address")) or None, text_in(record["status"]) or None,
        confirmed if isinstance(confirmed, bool) else None, day_in(booked), text_in(cell("notes")), record.place,
        text_in(cell("customer")),
    )  # fmt: skip


def _when(record: Record) -> date | datetime | None:
    starts, on = record["starts_at"], record["scheduled_on"]
    return starts if isinstance(starts, datetime) else on if isinstance(on, date) else None


def _next_first(visit: Visit, now: datetime) -> tuple[int, str]:
    on = day_in(visit.when)
    return (2 if on is None else 0 if on >= now.date() else 1, str(visit.when))


def done_jobs(person: Person, now: datetime) -> tuple[Done, ...]:
    """The jobs of the last year that are not ahead, the latest first."""
    since = now.date() - _A_YEAR
    found = [_done(job) for job in person.of("jobs") if not _is_ahead(job, now)]
    return tuple(sorted((one for one in found if one.on is None or one.on >= since), key=lambda one: one.on or date.min, reverse=True))


def _done(job: Record) -> Done:
    on = day_in(job["completed_on"]) or day_in(job["scheduled_on"])
    return Done(
        str(job["number"] or ""), text_in(job["title"] or job["job_type"]), text_in(job["status"]) or None, on,
        text_in(job["technician"]) or None, text_in(job["notes"]), text_in(job["address"]) or None, job.place,
    )  # fmt: skip
