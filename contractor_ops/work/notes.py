"""Job notes as a customer may read them, beside what was written: one job's, or all."""

from collections.abc import Sequence
from pathlib import Path

from contractor_ops.errors import UnknownName, UnusableFile
from contractor_ops.notes.clean import clean_note
from contractor_ops.notes.flags import falls_to, flags_in
from contractor_ops.notes.words import Words, read_words
from contractor_ops.office import Office
from contractor_ops.reports.notes_report import CleanedNotes, JobNote, Raised
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Problem, Record, Table
from contractor_ops.tomlfile import did_you_mean

ABBREVIATIONS = "abbreviations"
"""The folder of an office in which its own abbreviations stand, in files of the format of notes/words."""


def clean_notes(office: Office, wanted: str | None) -> CleanedNotes:
    """The notes of the job that goes by a number or a customer's name, or of all jobs. Raises UnknownName, FilesNeedMending."""
    jobs, words = office.table("jobs"), words_of(office)
    found = jobs.records if wanted is None else _find(jobs, wanted)
    written = [job for job in found if job["notes"] or job["answers"]]
    notes = [_cleaned(office, job, words) for job in (written if wanted is None else found)]
    return CleanedNotes(notes, without=len(found) - len(written), problems=_problems(jobs, found))


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
        Raised(flag.name, flag.words, falls_to(flag.name, office.config.notes.flags, office.config.people))
        for flag in flags_in(f"{note}\n{answers}")
    ]
    return JobNote(job, clean, raised)


def _find(jobs: Table, wanted: str) -> Sequence[Record]:
    """By number, else by the customer's name. Raises UnknownName with the nearest there is."""
    asked, name = wanted.strip().casefold(), normal_name(wanted)
    by_number = [job for job in jobs.records if str(job["number"] or "").casefold() == asked]
    found = by_number or [job for job in jobs.records if job["customer"] and normal_name(str(job["customer"])) == name]
    if not found:
        known = {str(job[column]) for job in jobs.records for column in ("number", "customer") if job[column]}
        raise UnknownName(f'There is no job "{wanted}"; {did_you_mean(wanted, known, "contractor-ops read jobs")}')
    return found


def _problems(jobs: Table, found: Sequence[Record]) -> list[Problem]:
    """What could not be read in the rows that were looked at."""
    rows = {(job.place.file, job.place.sheet, job.place.row) for job in found}
    return [problem for problem in jobs.problems if (problem.file, problem.sheet, problem.row) in rows]
