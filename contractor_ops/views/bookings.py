"""Bookings: jobs that are to come, under way or done in the last year, each with everything that a step of its trail needs."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.bookings.checklist import checklist
from contractor_ops.bookings.kind import Kind, Switch
from contractor_ops.bookings.materials import Materials
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.record import ColumnMatch, Record, Table, Value
from contractor_ops.views.moments import day_of
from contractor_ops.views.trail.desk import Desk, contact_keys
from contractor_ops.views.trail.doubts import JUST_PAST, as_problem, doubts_of
from contractor_ops.views.view import VERDICTS, Given, View

_CALLED_OFF = frozenset({"cancelled", "no-show"})
LOOKED_BACK = timedelta(days=400)
"""How long after its completion a job is still a booking: what comes again comes within a year."""
_JOBS = TABLES["jobs"]
_COPIED = tuple(name for name in _JOBS.column_names if name != "permit")
"""Every column of a job: planning looks at more of them than any words do ("do not contact"). Where its permit stands is not what is meant here."""


def _of_jobs(name: str) -> Column:
    column = _JOBS.column(name)
    assert column is not None
    return Column(name, column.kind, (), column.note)


SPEC = TableSpec(
    "bookings",
    "Jobs that are to come, under way or done in the last year, with what each step of their trail needs.",
    (
        *map(_of_jobs, _COPIED),
        Column("called_off", "text", (), "yes where it is cancelled or nobody was there."),
        Column("kind", "text", (), "The kind of job that the office knows it as."),
        Column("lead", "id", (), "The lead that it came from."),
        Column("customer_id", "id", (), "The customer's own number."),
        Column("suggested_technician", "name", (), "Who should go, where nobody is assigned."),
        Column("suggestion", "text", (), "Why they should."),
        Column("no_technician_because", "text", (), "Why nobody fits."),
        Column("preparation", "text", (), "What the customer should have ready."),
        Column("checklist", "text", (), "What the technician prepares."),
        Column("no_checklist_because", "text", (), "Why there is no checklist."),
        Column("materials", "text", (), "What to pull from the shelf; empty where the office keeps no materials lists."),
        Column("missing_materials", "text", (), "What must be ordered."),
        Column("no_materials_because", "text", (), "Why nobody can say what it needs."),
        Column("permit", "text", (), "The permit that this kind of job needs."),
        Column("subcontractor", "text", (), "Who else works on this kind of job."),
        Column("financing", "text", (), "Whether this kind of job is financed."),
        Column("deposit", "money", (), "The deposit that this kind of job asks for."),
        Column("rebook_on", "day", (), "When the customer should be asked about the next one."),
        Column("related_service", "text", (), "What goes well with it."),
        Column("to_settle", "text", (), "Everything that a person must settle first."),
        *VERDICTS,
    ),
    statuses=_JOBS.statuses,
    identity=("customer", "title", "address", "job_type"),
    unique=("number",),
)  # fmt: skip


def build(given: Given) -> Table:
    """A row for each booking, in the order of the jobs sheet; `passed_over` counts the other jobs, by why."""
    jobs = given.tables["jobs"]
    desk, passed_over = Desk(given, jobs.records), Counter[str]()
    rows = [_row(job, meaning, desk, jobs) for job, meaning in _bookings(jobs, given.now, passed_over)]
    return Table(
        SPEC.name, rows, [problem for row in rows for problem in row.problems.values()], _columns(jobs), passed_over=dict(passed_over),
        folded=jobs.folded, files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of,
    )  # fmt: skip


BOOKINGS = View(SPEC, "jobs", ("technicians", "customers", "leads", "materials", "inventory"), build)


def _bookings(jobs: Table, now: datetime, passed_over: Counter[str]) -> Iterator[tuple[Record, str | None]]:
    since = (now - LOOKED_BACK).date()
    for job in jobs.records:
        status = job["status"]
        meaning = meaning_of(str(status), _JOBS.statuses) if status is not None else None
        planned = day_of(job["starts_at"] or job["scheduled_on"], now)
        if meaning in {"completed", "invoiced"} and (day_of(job["completed_on"], now) or planned or date.max) < since:
            passed_over["done long ago"] += 1
        elif meaning in _CALLED_OFF and (planned or day_of(job["booked_on"] or job["created_on"], now) or date.max) < since:
            passed_over["called off long ago"] += 1
        else:
            yield job, meaning


def _row(job: Record, meaning: str | None, desk: Desk, jobs: Table) -> Record:
    job = _filled(job, desk)
    kind, done = desk.kind(job), day_of(job["completed_on"], desk.given.now)
    doubts = list(doubts_of(job, meaning, desk))
    values = {name: job[name] for name in _COPIED} | _who(job, desk) | _what(job, kind, meaning, desk)
    values |= {
        "called_off": "yes" if meaning in _CALLED_OFF else None,
        "kind": kind.name if kind else None,
        "rebook_on": kind.rebook_on(done) if kind and done and meaning in {"completed", "invoiced"} else None,
        "related_service": (kind.related if kind else "") or None,
        "to_settle": "; ".join(dict.fromkeys(doubt for _, doubt in doubts if doubt != JUST_PAST)) or None,
        "ended_because": None, "review_because": None, "no_message_because": None,
    }  # fmt: skip
    problems = {name: problem for name, problem in job.problems.items() if not name or SPEC.column(name)}
    for column, doubt in doubts:
        heading = _heading(jobs, column)
        known = problems.get(column)
        problems[column] = as_problem(job, column, heading, f"{known.message}; {doubt}" if known else doubt)
    return Record(SPEC.name, values, job.place, problems, job.lines)


def _filled(job: Record, desk: Desk) -> Record:
    """The job with what other tables and the ledger know of it; whatever the sheet says stays."""
    given, own = desk.given, desk.own(job)
    lead = next((desk.leads[key] for key in contact_keys(job) if key in desk.leads), None)
    visit = desk.visits[job.place]
    found: dict[str, Value] = {
        "technician": visit.technicians[0] if len(visit.technicians) == 1 else visit.written or own.get("technician"),
        "address": job["address"] or desk.address(job),
        "source": job["source"] or (lead["source"] if lead else None),
        "booked_on": job["booked_on"] or job["created_on"] or _day(own.get("booked_on")) or given.now.date(),
        "starts_at": job["starts_at"] or job["scheduled_on"],
        "completed_on": job["completed_on"] or _done_on(job, given.now),
        "lead": (str(lead["number"] or "") or None) if lead else None,
    }
    problems = dict(job.problems)
    if "scheduled_on" in problems and "starts_at" not in problems and found["starts_at"] is None:
        problems["starts_at"] = problems["scheduled_on"]
    return Record(job.table, {**job.values, **found}, job.place, problems, job.lines)


def _day(text: str | None) -> date | None:
    """A day that the ledger remembers."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _done_on(job: Record, now: datetime) -> date | None:
    """When a job was done whose row does not say so: on the day that it was planned for, if that has come."""
    if "completed_on" in job.problems or meaning_of(str(job["status"] or ""), _JOBS.statuses) not in {"completed", "invoiced"}:
        return None
    planned = day_of(job["starts_at"] or job["scheduled_on"], now)
    return planned if planned and planned <= now.date() else None


def _who(job: Record, desk: Desk) -> dict[str, Value]:
    suggestion = None if job["technician"] else desk.suggestions.get(job.place)
    nobody = "there is no technicians table, so nobody can be chosen; write a name into the sheet" if not desk.technicians else ""
    return {
        "lead": job["lead"],
        "customer_id": job["customer_number"],
        "suggested_technician": suggestion.technician if suggestion else None,
        "suggestion": suggestion.line if suggestion and suggestion.technician else None,
        "no_technician_because": (nobody or suggestion.line) if suggestion and not suggestion.technician else None,
    }


def _what(job: Record, kind: Kind | None, meaning: str | None, desk: Desk) -> dict[str, Value]:
    """What the kind of job asks for, and what it needs from the shelf."""
    materials = desk.materials.get(str(job.place))
    total, named = job["total"], str(job["job_type"] or job["title"] or "")
    unknown = f'no kind of job is known for "{named}"' if named else "the sheet does not say what kind of job it is"
    return {
        "preparation": (kind.preparation if kind else "") or None,
        "checklist": checklist(job, kind, materials) if meaning not in {"completed", "invoiced", "cancelled"} else None,
        "no_checklist_because": None if kind else f"{unknown}; add it to [job_types] in config.toml",
        **_from_the_shelf(materials),
        "permit": _switch(kind.permit) if kind else None,
        "subcontractor": _switch(kind.subcontractor) if kind else None,
        "financing": "yes" if kind and kind.financing else None,
        "deposit": kind.deposit.of(total if isinstance(total, Decimal) else None) if kind and kind.deposit else None,
    }


def _from_the_shelf(materials: Materials | None) -> dict[str, Value]:
    if materials is None:
        return dict.fromkeys(("materials", "missing_materials", "no_materials_because"))
    return {
        "materials": "; ".join(materials.lines) or "nothing is on the shelf for it",
        "missing_materials": "; ".join(materials.missing) or None,
        "no_materials_because": "; ".join(materials.doubts) or None,
    }


def _switch(said: Switch) -> str | None:
    return said if isinstance(said, str) and said else "yes" if said else None


def _heading(jobs: Table, column: str) -> str | None:
    match = jobs.columns.get(column)
    return " + ".join(match.headings) if match and match.headings else None


def _columns(jobs: Table) -> dict[str, ColumnMatch | None]:
    found = {name: jobs.columns.get(name) for name in SPEC.column_names}
    for name in SPEC.column_names:
        if name not in _COPIED or name in {"technician", "address", "source", "booked_on", "starts_at", "completed_on"}:
            found[name] = found[name] or ColumnMatch((), "put together from the office's tables")
    return found
