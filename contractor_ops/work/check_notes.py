"""What `check` sees of job notes and billing: the office's own abbreviations, and names in config.toml that no job goes by."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from contractor_ops.config import JobType, NotesPart
from contractor_ops.errors import ContractorOpsError, FilesNeedMending
from contractor_ops.notes.expand import setting
from contractor_ops.notes.needs import needs_of
from contractor_ops.notes.words import Words, add_own, read_words
from contractor_ops.office import Office
from contractor_ops.planning.phrases import count
from contractor_ops.tables.record import Table
from contractor_ops.tables.records import column_of
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.notes import ABBREVIATIONS

_ABOUT = "abbreviations"
_STOPS = "Until this is mended, contractor-ops notes clean stops."
_SEE = "contractor-ops read jobs"


def check_notes(office: Office, *, offline: bool = False) -> Iterator[Finding]:
    """The files of abbreviations, then the job types and trades that config.toml names."""
    yield from _abbreviations(office)
    elsewhere = "jobs" in office.config.tables and office.config.tables["jobs"].asked_live
    jobs = None if offline and elsewhere else _jobs(office)
    if jobs is None or not jobs.records:
        return
    yield from _job_types(office, jobs)
    yield from _trades(office, jobs)


def _abbreviations(office: Office) -> Iterator[Finding]:
    """Each file is read by itself: a mistake in one does not hide those of the next."""
    folder = office.folder / ABBREVIATIONS
    files = sorted(folder.glob("*.toml"))
    mistakes: list[str] = []
    for file in files:
        name = f"{ABBREVIATIONS}/{file.name}"
        try:
            add_own(Words(), {name: file.read_bytes()})
        except FilesNeedMending as wrong:
            mistakes += wrong.mistakes
        except OSError as wrong:
            mistakes.append(f"{name} cannot be read: {wrong.strerror}")
    yield from (Finding("error", _ABOUT, mistake, _STOPS if mistake == mistakes[-1] else "") for mistake in mistakes)
    yield from _passed_over(folder.glob("*"), {file.name for file in files})
    if files and not mistakes:
        yield Finding("ok", _ABOUT, f"{count(len(files), 'file')} read: {', '.join(file.name for file in files)}")


def _passed_over(files: Iterable[Path], read: set[str]) -> Iterator[Finding]:
    """Files that were meant to be read: an editor adds .txt, and hides it."""
    for name in sorted(file.name for file in files):
        if name not in read and ".toml" in name.casefold() and not name.startswith((".", "~")) and not name.endswith("~"):
            yield Finding("warning", _ABOUT, f"{ABBREVIATIONS}/{name} is not read: its name does not end in .toml", "Rename it.")


def _jobs(office: Office) -> Table | None:
    """The jobs, where there are some to hold names against; why they cannot be read is told elsewhere."""
    try:
        return office.table("jobs") if office.has("jobs") else None
    except ContractorOpsError:
        return None


def _job_types(office: Office, jobs: Table) -> Iterator[Finding]:
    """Names of job types that no row has: what is said of them is never used."""
    from contractor_ops.views.billing.case import plain

    notes, billing = tuple(office.config.notes.job_types), office.config.billing.estimate_for
    kinds = sorted({str(kind) for kind in column_of(jobs.records, "job_type") if kind is not None})
    places = [name for name, wanted in (("[notes.job_types]", notes), ("[billing] estimate_for", billing)) if wanted]
    if places and not jobs.has("job_type"):
        message = f"{', '.join(jobs.files)} has no column for job_type, so {' and '.join(places)} change nothing"
        yield Finding("warning", "config.toml", message, 'Name its heading: columns = { job_type = "…" } under [tables.jobs].')
        return
    known = set(map(plain, kinds))
    yield from (_unknown("[notes.job_types]", name, jobs, kinds) for name in notes if not any(_is_kind(name, kind) for kind in kinds))
    yield from (_unknown("[billing] estimate_for", name, jobs, kinds) for name in billing if plain(name) not in known)


def _is_kind(name: str, kind: str) -> bool:
    """Whether what is said under this name holds for that kind of job; who asks for the needs decides it."""
    return bool(needs_of(kind, NotesPart(needs=(), job_types={name: JobType(needs=("work",))})))


def _unknown(place: str, name: str, jobs: Table, kinds: Sequence[str]) -> Finding:
    meant = did_you_mean(name, kinds, _SEE)
    return Finding("warning", "config.toml", f'{place} names "{name}", and no row of {", ".join(jobs.files)} has that job type; {meant}')


def _trades(office: Office, jobs: Table) -> Iterator[Finding]:
    """Trades that no row speaks of, where rows do speak of others: fewer trades leave fewer abbreviations in doubt."""
    wanted = office.config.notes.trades
    told = _spoken_of(jobs) if wanted else set()
    for trade in wanted:
        if told and trade not in told:
            message = f'[notes] trades names "{trade}", and no job type or title of {", ".join(jobs.files)} speaks of it'
            yield Finding(
                "warning", "config.toml", f"{message}; they speak of {', '.join(sorted(told))}", "If you do no such work, take it away."
            )


def _spoken_of(jobs: Table) -> set[str]:
    words = read_words((), {})
    kinds, titles = column_of(jobs.records, "job_type"), column_of(jobs.records, "title")
    texts = {f"{kind or ''} {title or ''}" for kind, title in zip(kinds, titles, strict=True)}
    return {trade for text in texts for trade, weight in setting(words, frozenset(), text).trades.items() if weight}
