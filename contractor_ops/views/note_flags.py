"""What the notes of the last weeks' jobs let slip, a row for each: a danger, damage, an angry customer, a warranty, a return visit, a sale.

A third visit for the same fault is a return visit too, whatever its note says. Of a cancelled job only what is grave is told. A grave flag is known
by its words: what is written into a note later is new.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from contractor_ops.notes.flags import GRAVE, Flag, falls_to, flags_in
from contractor_ops.notes.points import FLAGS, FlagName
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.cells.wording import fold
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.identity import digest_of, record_id
from contractor_ops.tables.record import ColumnMatch, Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.moments import day_of
from contractor_ops.views.note_repeats import repeated
from contractor_ops.views.view import STORY, VERDICTS, Given, View

_JOBS = TABLES["jobs"]
_LOOKED_BACK = timedelta(days=30)
"""How old a job may be whose note is still news."""
_STILL_URGENT = timedelta(days=2)
_RETURN: FlagName = "return-visit"
_COPIED = ("customer", "phone", "email", "title", "job_type", "technician", "notes")


def _of_jobs(name: str) -> Column:
    column = _JOBS.column(name)
    assert column is not None
    return Column(name, column.kind, (), column.note)


SPEC = TableSpec(
    "note_flags",
    "What the notes of the last weeks' jobs let slip.",
    (
        Column("number", "id", (), "The job's number and the flag; of a grave one also a mark that changes with its words."),
        Column("job", "id", (), "The job's number."),
        Column("flag", "text", (), "safety, damage, angry-customer, warranty, return-visit or upsell."),
        Column("words", "text", (), "The words of the note that say so, all of them; none where only the jobs beside it tell."),
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
    """A row for each flag of each job that is at most 30 days old, in the order of the sheet, the gravest flag first."""
    jobs = given.tables["jobs"]
    passed_over: Counter[str] = Counter()
    repeats = repeated(jobs, given)
    recent = _recent(jobs, given, repeats, passed_over)
    rows = [
        row
        for position, noted_on, cancelled in recent
        for row in _rows(jobs.records[position], noted_on, given, repeats.get(position, ""), cancelled, passed_over)
    ]
    problems = [problem for row in rows for problem in row.problems.values()]
    together = ColumnMatch((), "put together from the office's tables")
    columns: dict[str, ColumnMatch | None] = {name: jobs.columns.get(name) or together for name in SPEC.column_names}
    return Table(
        SPEC.name, rows, problems, columns, passed_over=dict(passed_over), files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of
    )  # fmt: skip


NOTE_FLAGS = View(SPEC, "jobs", (), build)


def _recent(jobs: Table, given: Given, repeats: Mapping[int, str], passed_over: Counter[str]) -> Iterator[tuple[int, date, bool]]:
    today = given.now.date()
    statuses, notes = column_of(jobs.records, "status"), column_of(jobs.records, "notes")
    cancelled = {one for one in set(statuses) if one is not None and meaning_of(str(one), _JOBS.statuses) == "cancelled"}
    answers = column_of(jobs.records, "answers") if jobs.has("answers") else [None] * len(statuses)
    days = zip(*(column_of(jobs.records, name) for name in ("completed_on", "scheduled_on", "created_on")), strict=True)
    for position, (status, note, answer, own_days) in enumerate(zip(statuses, notes, answers, days, strict=True)):
        noted_on = next((day for one in own_days if one is not None and (day := day_of(one, given.now)) is not None), today)
        if noted_on < today - _LOOKED_BACK:
            passed_over["older than 30 days"] += 1
        elif note is None and answer is None and position not in repeats:
            passed_over["without a note"] += 1
        else:
            yield position, min(noted_on, today), status in cancelled


def _rows(job: Record, noted_on: date, given: Given, repeat: str, cancelled: bool, passed_over: Counter[str]) -> Iterator[Record]:
    found = {flag.name: flag for flag in flags_in("\n".join(str(job[name]) for name in ("notes", "answers") if job[name]))}
    if repeat:
        found.setdefault(_RETURN, Flag(_RETURN, ""))
    told = [name for name in FLAGS if name in found and (name in GRAVE or not cancelled)]
    if not told:
        passed_over["cancelled" if cancelled else "nothing to see to"] += 1
    for name in told:
        yield _row(job, noted_on, found[name], given, repeat if name == _RETURN else "")


def _known_as(job: Record, flag: Flag) -> str:
    """What the row is called: a task is made once for a name, and a second danger is not the first."""
    name = f"{job['number'] or record_id(job, _JOBS) or f'row {job.place.row}'}/{flag.name}"
    return f"{name}/{digest_of(*sorted(map(fold, flag.all_words)))[:4]}" if flag.name in GRAVE else name


def _said(flag: Flag, repeat: str) -> str:
    quoted = " and ".join(f'"{words}"' for words in flag.all_words)
    return "; ".join(one for one in (f"the note says {quoted}" if quoted else "", repeat) if one)


def _row(job: Record, noted_on: date, flag: Flag, given: Given, repeat: str) -> Record:
    fresh = noted_on >= given.now.date() - _STILL_URGENT
    values: dict[str, Value] = {
        "number": _known_as(job, flag), "job": job["number"], "flag": flag.name, "words": " · ".join(flag.all_words) or None,
        **{name: job[name] for name in _COPIED}, "noted_on": noted_on, "urgent": flag.name == "safety" and fresh,
        "ended_because": None, "review_because": None, "no_message_because": None,
        "because": f"{flag.name.replace('-', ' ')}: {_said(flag, repeat)}", "falls_to": falls_to(flag.name, given.notes.flags, given.people) or None,
    }  # fmt: skip
    problems = {"number": job.problems["number"]} if "number" in job.problems else {}
    return Record(SPEC.name, values, job.place, problems)
