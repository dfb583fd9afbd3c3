"""Bookings: jobs that are to come, under way or done in the last year, each with everything that a step of its trail needs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contractor_ops.dispatch.visits import named_in
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.views.moments import day_of
from contractor_ops.views.trail.completion import DONE, completed_on, doubts_of_completion, odd_day
from contractor_ops.views.trail.desk import Desk, contact_keys
from contractor_ops.views.trail.doubts import JUST_PAST, LONG_PAST, Doubt, as_problem, doubts_of
from contractor_ops.views.trail.fitness import remarks
from contractor_ops.views.trail.kept import kept_day, of_its_start
from contractor_ops.views.trail.others import MADE_UP_FOR, Others
from contractor_ops.views.trail.work import short_before, to_take_back, work_of
from contractor_ops.views.view import VERDICTS, Given, View

_CALLED_OFF = frozenset({"cancelled", "no-show"})
_TO_COME = frozenset({"booked", "scheduled"})
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
        Column("on_hold", "text", (), "yes where it is on hold."),
        Column("is_done", "text", (), "yes where it is completed or invoiced."),
        Column("kind", "text", (), "The kind of job that the office knows it as."),
        Column("lead", "id", (), "The lead that it came from."),
        Column("customer_id", "id", (), "The customer's own number."),
        Column("suggested_technician", "name", (), "Who should go, where nobody is assigned."),
        Column("suggestion", "text", (), "Why they should."),
        Column("availability", "text", (), "Why the technician cannot keep it."),
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
        Column("to_take_back", "text", (), "What was begun for it, where it is called off."),
        Column("rebook_on", "day", (), "When the customer should be asked about the next one."),
        Column("related_service", "text", (), "What goes well with it."),
        Column("later_job", "text", (), "The customer's last job within a week of this one, where that is another."),
        Column("next_visit", "text", (), "The customer's next visit of this kind, where one is booked or done."),
        Column("day_is_over", "text", (), "yes where the day of the visit lies in the past."),
        Column("bring_list", "text", (), "What the technician prepares, where the visit is near."),
        Column("to_settle", "text", (), "Everything that a person must settle first."),
        Column("remarks", "text", (), "Who could go instead, and what else is worth knowing; nothing waits for it."),
        Column("sheet_technician", "text", (), "Whom the sheet names."),
        Column("kept_technician", "text", (), "Whom the ledger has; nobody where it let them go because the sheet named somebody."),
        *VERDICTS,
    ),
    statuses=_JOBS.statuses,
    identity=("customer", "title", "address", "job_type"),
    unique=("number",),
)  # fmt: skip


@dataclass(frozen=True)
class _Office:
    """Everything that a row is put together from."""

    desk: Desk
    jobs: Table
    others: Others
    short: Set[str]


def build(given: Given) -> Table:
    """A row for each booking, in the order of the jobs sheet; `passed_over` counts the other jobs, by why."""
    jobs = given.tables["jobs"]
    desk, passed_over = Desk(given, jobs.records), Counter[str]()
    kinds = {visit: kind.name for visit in desk.visits.values() if (kind := desk.kind(visit.record))}
    office = _Office(desk, jobs, Others(desk.visits.values(), kinds, given.now.date()), short_before(desk))
    only = None if given.only is None else {None, *given.only}
    rows = [_row(job, meaning, office) for job, meaning in _bookings(jobs, given.now, passed_over) if only is None or job["number"] in only]
    problems = [problem for row in rows for problem in row.problems.values() if problem.message != JUST_PAST]
    return Table(
        SPEC.name, [_told_once(row) for row in rows], problems, _columns(jobs), passed_over=dict(passed_over),
        folded=jobs.folded, files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of,
    )  # fmt: skip


BOOKINGS = View(SPEC, "jobs", ("technicians", "customers", "leads", "materials", "inventory"), build)


def _bookings(jobs: Table, now: datetime, passed_over: Counter[str]) -> Iterator[tuple[Record, str | None]]:
    since = (now - LOOKED_BACK).date()
    for job in jobs.records:
        status = job["status"]
        meaning = meaning_of(str(status), _JOBS.statuses) if status is not None else None
        planned = day_of(job["starts_at"] or job["scheduled_on"], now)
        if meaning in DONE and (day_of(job["completed_on"], now) or planned or date.max) < since:
            passed_over["done long ago"] += 1
        elif meaning in _CALLED_OFF and (planned or day_of(job["booked_on"] or job["created_on"], now) or date.max) < since:
            passed_over["called off long ago"] += 1
        else:
            yield job, meaning


def _row(job: Record, meaning: str | None, office: _Office) -> Record:
    desk, now, own = office.desk, office.desk.given.now, office.desk.own(job)
    visit, job = desk.visits[job.place], _filled(job, meaning, own, desk)
    kind, done = desk.kind(job), day_of(job["completed_on"], now)
    work = work_of(job, kind, meaning, desk.materials.get(str(job.place)))
    of_cells = (*_of_cells(job, meaning), *doubts_of_completion(visit.record, meaning, own, now))
    doubts = [*doubts_of(job, meaning, desk), *(("", one) for one in of_cells)]
    values = {name: job[name] for name in _COPIED} | _who(job, desk) | work | _among_others(job, meaning, office)
    values |= of_its_start(job, str(work["checklist"] or "") or None, now)
    values |= {
        "called_off": "yes" if meaning in _CALLED_OFF else None,
        "on_hold": "yes" if meaning == "on-hold" else None,
        "is_done": "yes" if meaning in DONE else None,
        "kind": kind.name if kind else None,
        "to_take_back": to_take_back(work, str(job.place) in office.short) if meaning == "cancelled" else None,
        "rebook_on": kind.rebook_on(done) if kind and done and meaning in DONE else None,
        "related_service": (kind.related if kind else "") or None,
        "to_settle": "; ".join(dict.fromkeys(doubt for _, doubt in doubts if doubt != JUST_PAST)) or None,
        "remarks": (remarks(visit, desk) or None) if meaning in _TO_COME else None,
        "sheet_technician": named_in(visit.record) or None,
        "kept_technician": desk.assigned(visit.record) or None,
        "ended_because": None, "review_because": None,
        "no_message_because": LONG_PAST if any(doubt == LONG_PAST for _, doubt in doubts) else None,
    }  # fmt: skip
    return Record(SPEC.name, values, job.place, _problems(job, doubts, office.jobs), job.lines)


def _of_cells(job: Record, meaning: str | None) -> Iterator[str]:
    """What nobody can read: one thing to settle, whatever number of steps waits for it."""
    if meaning in _TO_COME and (problem := job.problems.get("starts_at")):
        yield f'{problem.column or "start"} "{problem.value}": {problem.message[:1].lower()}{problem.message[1:].rstrip(".")}'


def _problems(job: Record, doubts: list[Doubt], jobs: Table) -> dict[str, Problem]:
    """What is wrong with each cell. Of a blank one only `to_settle` tells: the steps that need it wait, and are no work for anybody."""
    problems = {name: problem for name, problem in job.problems.items() if not name or SPEC.column(name)}
    for column, doubt in doubts:
        known = problems.get(column)
        if SPEC.column(column) and (job[column] is not None or column not in _COPIED):
            problems[column] = as_problem(job, column, _heading(jobs, column), f"{known.message}; {doubt}" if known else doubt)
    return problems


def _told_once(row: Record) -> Record:
    """The row without the cells of which `to_settle` tells: no step counts from what nobody can read, so each waits."""
    blank = [name for name in ("starts_at", "completed_on") if name in row.problems and row[name] is None]
    told = [name for name in blank if row["to_settle"] or name == "completed_on"]  # of old rows nobody is asked
    return replace(row, problems={name: one for name, one in row.problems.items() if name not in told}) if told else row


def _among_others(job: Record, meaning: str | None, office: _Office) -> dict[str, Value]:
    """The customer's other jobs, as far as they have to do with this one."""
    visit = office.desk.visits[job.place]
    return {
        "later_job": office.others.later_job(visit) if meaning in DONE else None,
        "next_visit": office.others.next_visit(visit, None if meaning in DONE else MADE_UP_FOR) if meaning in {*DONE, "no-show"} else None,
    }


def _filled(job: Record, meaning: str | None, own: Mapping[str, str], desk: Desk) -> Record:
    """The job with what other tables and the ledger know of it; whatever the sheet says stays."""
    given = desk.given
    lead = next((desk.leads[key] for key in contact_keys(job) if key in desk.leads), None)
    visit = desk.visits[job.place]
    found: dict[str, Value] = {
        "technician": visit.technicians[0] if len(visit.technicians) == 1 else visit.written or None,
        "address": job["address"] or desk.address(job),
        "source": job["source"] or (lead["source"] if lead else None),
        "booked_on": job["booked_on"] or job["created_on"] or kept_day(own, "booked_on") or given.now.date(),
        "starts_at": job["starts_at"] or job["scheduled_on"],
        "completed_on": None
        if odd_day(job, meaning, own, given.now)
        else job["completed_on"] or completed_on(job, meaning, own, given.now),
        "lead": (str(lead["number"] or "") or None) if lead else None,
    }
    problems = dict(job.problems)
    if "scheduled_on" in problems and "starts_at" not in problems and found["starts_at"] is None:
        problems["starts_at"] = problems["scheduled_on"]
    return Record(job.table, {**job.values, **found}, job.place, problems, job.lines)


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


def _heading(jobs: Table, column: str) -> str | None:
    match = jobs.columns.get(column)
    return " + ".join(match.headings) if match and match.headings else None


def _columns(jobs: Table) -> dict[str, ColumnMatch | None]:
    found = {name: jobs.columns.get(name) for name in SPEC.column_names}
    for name in SPEC.column_names:
        if name not in _COPIED or name in {"technician", "address", "source", "booked_on", "starts_at", "completed_on"}:
            found[name] = found[name] or ColumnMatch((), "put together from the office's tables")
    return found
