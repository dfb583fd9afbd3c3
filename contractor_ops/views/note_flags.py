"""What the notes of the last weeks' jobs let slip, a row for each: a danger, damage, an angry customer, a warranty, a return visit, a sale."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from contractor_ops.notes.flags import Flag, falls_to, flags_in
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import ColumnMatch, Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.moments import day_of
from contractor_ops.views.view import STORY, VERDICTS, Given, View

_JOBS = TABLES["jobs"]
_LOOKED_BACK = timedelta(days=30)
"""How old a job may be whose note is still news."""
_STILL_URGENT = timedelta(days=2)
_COPIED = ("customer", "phone", "email", "title", "job_type", "technician", "notes")


def _of_jobs(name: str) -> Column:
    column = _JOBS.column(name)
    assert column is not None
    return Column(name, column.kind, (), column.note)


SPEC = TableSpec(
    "note_flags",
    "What the notes of the last weeks' jobs let slip.",
    (
        Column("number", "id", (), "The job's number and the flag."),
        Column("job", "id", (), "The job's number."),
        Column("flag", "text", (), "safety, damage, angry-customer, warranty, return-visit or upsell."),
        Column("words", "text", (), "The words of the note that say so."),
        *map(_of_jobs, _COPIED),
        Column("noted_on", "day", (), "The day of the job: completed, else scheduled, else entered; where no sheet tells, today."),
        Column("urgent", "yes_no", (), "Yes for a danger of the last two days: the owner is told at once."),
        *VERDICTS,
        *STORY,
    ),
    identity=("number",),
    unique=("number",),
)


def build(given: Given) -> Table:
    """A row for each flag of each job that is not cancelled and at most 30 days old, in the order of the sheet, the gravest flag first."""
    jobs = given.tables["jobs"]
    passed_over: Counter[str] = Counter()
    rows = [row for job, noted_on in _recent(jobs, given, passed_over) for row in _rows(job, noted_on, given, passed_over)]
    problems = [problem for row in rows for problem in row.problems.values()]
    together = ColumnMatch((), "put together from the office's tables")
    columns: dict[str, ColumnMatch | None] = {name: jobs.columns.get(name) or together for name in SPEC.column_names}
    return Table(
        SPEC.name, rows, problems, columns, passed_over=dict(passed_over), files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of
    )  # fmt: skip


NOTE_FLAGS = View(SPEC, "jobs", (), build)


def _recent(jobs: Table, given: Given, passed_over: Counter[str]) -> Iterator[tuple[Record, date]]:
    today = given.now.date()
    statuses, notes = column_of(jobs.records, "status"), column_of(jobs.records, "notes")
    cancelled = {one for one in set(statuses) if one is not None and meaning_of(str(one), _JOBS.statuses) == "cancelled"}
    answers = column_of(jobs.records, "answers") if jobs.has("answers") else [None] * len(statuses)
    days = zip(*(column_of(jobs.records, name) for name in ("completed_on", "scheduled_on", "created_on")), strict=True)
    for position, (status, note, answer, own_days) in enumerate(zip(statuses, notes, answers, days, strict=True)):
        noted_on = next((day for one in own_days if one is not None and (day := day_of(one, given.now)) is not None), today)
        if status in cancelled:
            passed_over["cancelled"] += 1
        elif noted_on < today - _LOOKED_BACK:
            passed_over["older than 30 days"] += 1
        elif note is None and answer is None:
            passed_over["without a note"] += 1
        else:
            yield jobs.records[position], min(noted_on, today)


def _rows(job: Record, noted_on: date, given: Given, passed_over: Counter[str]) -> Iterator[Record]:
    found = flags_in("\n".join(str(job[name]) for name in ("notes", "answers") if job[name]))
    if not found:
        passed_over["nothing to see to"] += 1
    for flag in found:
        yield _row(job, noted_on, flag, given)


def _row(job: Record, noted_on: date, flag: Flag, given: Given) -> Record:
    known_as = str(job["number"] or record_id(job, _JOBS) or f"row {job.place.row}")
    fresh = noted_on >= given.now.date() - _STILL_URGENT
    values: dict[str, Value] = {
        "number": f"{known_as}/{flag.name}", "job": job["number"], "flag": flag.name, "words": flag.words, **{name: job[name] for name in _COPIED},
        "noted_on": noted_on, "urgent": flag.name == "safety" and fresh, "ended_because": None, "review_because": None, "no_message_because": None,
        "because": f'{flag.name.replace("-", " ")}: the note says "{flag.words}"', "falls_to": falls_to(flag.name, given.notes.flags, given.people) or None,
    }  # fmt: skip
    problems = {"number": job.problems["number"]} if "number" in job.problems else {}
    return Record(SPEC.name, values, job.place, problems)
