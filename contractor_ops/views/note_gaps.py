"""Jobs that are done and cannot be billed yet, because their note lacks something: each with exactly what is missing, and whom to ask."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from contractor_ops.notes.needs import missing, sentence
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.printable import one_line
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.surely_billed import BilledJobs
from contractor_ops.views.moments import day_of
from contractor_ops.views.note_technicians import Technicians
from contractor_ops.views.view import STORY, VERDICTS, Given, View

_JOBS = TABLES["jobs"]
_COPIED = (
    "number",
    "customer",
    "phone",
    "email",
    "address",
    "customer_number",
    "title",
    "job_type",
    "status",
    "total",
    "notes",
    "answers",
    "do_not_contact",
)
_NOT_DONE = {"cancelled": "cancelled", "no-show": "cancelled"}
_CONTRADICTED = frozenset({"booked", "scheduled", "under-way", "on-hold"})
_WITH_ANOTHER = re.compile(r", (?:with another|for|word for word)\b.*?(?=\. Give each)", re.DOTALL)


def _of_jobs(name: str) -> Column:
    column = _JOBS.column(name)
    assert column is not None
    return Column(name, column.kind, (), column.note)


SPEC = TableSpec(
    "note_gaps",
    "Jobs that are done and not billed, whose note lacks something.",
    (
        *map(_of_jobs, ("number", "customer", "phone", "email", "address", "customer_number", "title", "job_type", "status")),
        Column("technician", "text", (), "Who is asked: the first of the job's technicians who stands in the technicians table."),
        Column("completed_on", "day", (), "The day it was finished, without a time; where no sheet tells, the day of the visit, or today."),
        _of_jobs("total"),
        Column("missing", "text", (), 'What the note lacks, as it stands in a sentence: "hours, photos and a signature".'),
        *map(_of_jobs, ("notes", "answers", "do_not_contact")),
        *VERDICTS,
        *STORY,
    ),
    identity=("customer", "title", "completed_on"),
    unique=("number",),
)  # fmt: skip


def build(given: Given) -> Table:
    """A row for each job that is completed, not billed, and lacks something, in the order of the sheet.

    `passed_over` counts the others: not completed, cancelled, billed already, nothing is missing.
    """
    jobs = given.tables["jobs"]
    passed_over: Counter[str] = Counter()
    technicians, billed = Technicians(given.tables.get("technicians")), BilledJobs(given.tables)
    rows: list[Record] = []
    problems: list[Problem] = []
    for position, finish in _finished(jobs.records, billed, given, passed_over):
        job = jobs.records[position]
        problems += [*job.problems.values()] if "number" not in job.problems else []
        if not (lacking := missing(job, given.notes)):
            passed_over["nothing is missing"] += 1
        elif billed.closer(position):
            passed_over["billed already"] += 1
        else:
            rows.append(_row(job, sentence(lacking), finish, technicians))
    problems += [problem for row in rows for problem in row.problems.values()]
    return Table(
        SPEC.name, rows, list(dict.fromkeys(problems)), _columns(jobs), passed_over=dict(passed_over), warnings=_unknown_words(jobs, given),
        files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of,
    )  # fmt: skip


NOTE_GAPS = View(SPEC, "jobs", ("estimates", "invoices", "technicians"), build)


@dataclass(frozen=True, slots=True)
class _Finish:
    """When a job was finished, and what is doubtful about it, or ""."""

    day: date
    doubt: str = ""


def _finished(jobs: Sequence[Record], billed: BilledJobs, given: Given, passed_over: Counter[str]) -> Iterator[tuple[int, _Finish]]:
    """The position of each job that is done and not plainly billed. Most are billed: nothing else is read of those."""
    statuses = column_of(jobs, "status")
    meanings = {status: meaning_of(str(status), _JOBS.statuses) if status is not None else None for status in set(statuses)}
    cells = zip(statuses, column_of(jobs, "completed_on"), column_of(jobs, "invoice"), column_of(jobs, "number"), strict=True)
    for position, (status, completed, invoice, number) in enumerate(cells):
        state = meanings[status]
        if state in _NOT_DONE:
            passed_over[_NOT_DONE[state]] += 1
        elif state != "completed" and state != "invoiced" and completed is None:
            passed_over["not completed"] += 1
        elif state == "invoiced" or billed.at_once(position, number, invoice):
            passed_over["billed already"] += 1
        else:
            finish = _finish(jobs[position], state, given)
            if finish is None:
                passed_over["not completed"] += 1
            else:
                yield position, finish


def _finish(job: Record, state: str | None, given: Given) -> _Finish | None:
    """When it was finished; None where it lies ahead and no status says otherwise."""
    today = given.now.date()
    days = [day_of(job[name], given.now) for name in ("completed_on", "scheduled_on", "created_on")]
    completed = days[0]
    if completed is not None and completed > today and state != "completed":
        return None
    doubts = list(_doubts(job, state, completed, today))
    return _Finish(next((day for day in days if day is not None and day <= today), today), "; ".join(doubts))


def _doubts(job: Record, state: str | None, completed: date | None, today: date) -> Iterator[str]:
    if state in _CONTRADICTED:
        yield f'its status is "{job["status"]}", and yet it has a day of completion'
    elif state is None and job["status"] is not None:
        yield f'the status "{job["status"]}" has no meaning that I know'
    if completed is not None and completed > today:
        yield "its day of completion lies ahead"
    if problem := job.problems.get("completed_on"):
        yield f'its day of completion "{problem.value}" cannot be read'


def _row(job: Record, lacking: str, finish: _Finish, technicians: Technicians) -> Record:
    asked = technicians.asked(job["technician"])
    doubts = [doubt for doubt in (finish.doubt, _answered(job)) if doubt]
    values: dict[str, Value] = {
        **{name: job[name] for name in _COPIED},
        "technician": asked.name, "completed_on": finish.day, "missing": lacking,
        "ended_because": None, "review_because": "; ".join(doubts) or None, "no_message_because": asked.because or None,
        "because": f"missing: {lacking}", "falls_to": None,
    }  # fmt: skip
    return Record(SPEC.name, values, job.place, _problems(job))


def _answered(job: Record) -> str:
    """What was answered already, and did not tell the rest: to ask the same again is no use."""
    last = str(job["answers"] or "").rpartition("\n[")[2].lstrip("[")
    return f'the answer was "{one_line(last)}"' if last else ""


def _problems(job: Record) -> Mapping[str, Problem]:
    """Cells of the row that could not be read. Of a number used twice only that: what else differs are words of what may be missing."""
    kept = {name: job.problems[name] for name in ("number", "status", "total", "do_not_contact") if name in job.problems}
    if twice := kept.get("number"):
        kept["number"] = replace(twice, message=_WITH_ANOTHER.sub("", twice.message))
    return kept


def _columns(jobs: Table) -> dict[str, ColumnMatch | None]:
    """Where each column comes from: the jobs sheet's own headings, else the tables put together."""
    together = ColumnMatch((), "put together from the office's tables")
    return {name: jobs.columns.get(name) or together for name in SPEC.column_names}


def _unknown_words(jobs: Table, given: Given) -> list[Problem]:
    """Statuses that nobody knows on jobs without a day of completion: they may be done, and nobody is asked about them."""
    statuses, finished = column_of(jobs.records, "status"), column_of(jobs.records, "completed_on")
    counts = Counter(str(status) for status, day in zip(statuses, finished, strict=True) if status is not None and day is None)
    match = jobs.columns.get("status")
    heading = match.headings[0] if match and match.headings else None
    file = jobs.files[0] if jobs.files else "jobs"
    return [
        Problem(file, None, None, heading, status, f'{times} {"job has" if times == 1 else "jobs have"} the status "{status}", which has no meaning that I '
                "know, and no day of completion: whether the note is whole was not asked.")
        for status, times in counts.items() if meaning_of(status, _JOBS.statuses) is None
    ]  # fmt: skip
