"""Job notes as a customer may read them, beside what was written: one job's, or all."""

from collections.abc import Sequence
from pathlib import Path

from contractor_ops.errors import UnusableFile
from contractor_ops.notes.clean import clean_note
from contractor_ops.notes.flags import falls_to, flags_in
from contractor_ops.notes.words import Words, read_words
from contractor_ops.office import Office
from contractor_ops.reports.cleaned_notes import CleanedNotes, JobNote, Raised
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Problem, Record, Table
from contractor_ops.views.books.numbers import Directory
from contractor_ops.views.books.what_counts import meaning
from contractor_ops.work.named import unknown

ABBREVIATIONS = "abbreviations"
"""The folder of an office in which its own abbreviations stand, in files of the format of notes/words."""
NOT_BEGUN = frozenset({"booked", "scheduled"})
"""What the status of a job means on which nothing has been done yet."""


def clean_notes(office: Office, wanted: str | None) -> CleanedNotes:
    """The notes of the job that goes by a number or a customer's name, or of all jobs. Raises UnknownName, FilesNeedMending."""
    jobs, words = office.table("jobs"), words_of(office)
    found = jobs.records if wanted is None else _find(jobs, wanted)
    written = [job for job in found if job["notes"] or job["answers"]]
    shown = [job for job in written if not _nothing_done(job)] if wanted is None else found
    left_out = [job for job in written if _nothing_done(job)] if wanted is None else []
    return CleanedNotes([_cleaned(office, job, words) for job in shown], len(found) - len(written), _problems(jobs, found), left_out)


def _nothing_done(job: Record) -> bool:
    """Whether a note can only be about work to come, or that never came."""
    return meaning(job) == "cancelled" or (meaning(job) in NOT_BEGUN and job["completed_on"] is None)


def words_of(office: Office) -> Words:
    """The words of the office's trades, and its own. Raises FilesNeedMending naming the file and the key."""
    folder = office.folder / ABBREVIATIONS
    own = {f"{ABBREVIATIONS}/{file.name}": _content(file) for file in sorted(folder.glob("*.toml"))}
    return read_words(office.config.notes.trades, own)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise UnusableFile(f"{ABBREVIATIONS}/{file.name} cannot be read: {wrong.strerror}.") from None


def _cleaned(office: Office, job: Record, words: Words) -> JobNote:
    note, answers = str(job["notes"] or ""), str(job["answers"] or "")
    clean = clean_note(note, words, job_type=str(job["job_type"] or job["title"] or ""), answers=answers)
    raised = [
        Raised(flag.name, " · ".join(flag.all_words), falls_to(flag.name, office.config.notes.flags, office.config.people))
        for flag in flags_in(f"{note}\n{answers}")
    ]
    return JobNote(job, clean, raised)


def _find(jobs: Table, wanted: str) -> Sequence[Record]:
    """By number, written in full or without its letters and zeros, else by the customer's name. Raises UnknownName with the nearest there is."""
    asked, name = wanted.strip().casefold(), normal_name(wanted)
    found = [job for job in jobs.records if str(job["number"] or "").casefold() == asked]
    if not found and any(map(str.isdigit, asked)):
        found = [jobs.records[row] for row in Directory(jobs.records).loosely(wanted.strip())]
    found = found or [job for job in jobs.records if job["customer"] and normal_name(str(job["customer"])) == name]
    if not found:
        raise unknown(wanted, "job", [jobs], "contractor-ops read jobs")
    return found


def _problems(jobs: Table, found: Sequence[Record]) -> list[Problem]:
    """What could not be read in the rows that were looked at."""
    rows = {(job.place.file, job.place.sheet, job.place.row) for job in found}
    return [problem for problem in jobs.problems if (problem.file, problem.sheet, problem.row) in rows]
