"""Job notes before and after, beside each other: for a terminal, a pipe and scripts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from contractor_ops.notes.clean import CleanEntry, CleanNote
from contractor_ops.notes.internal import Remark
from contractor_ops.notes.words.word_file import InternalKind
from contractor_ops.reports.cleaned_notes import CleanedNotes, JobNote
from contractor_ops.reports.format import count, listed
from contractor_ops.reports.printable import one_line, printable
from contractor_ops.tables.record import Record

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = ("job", "customer", "title", "job_type", "original", "clean", "internal", "unsure", "spelled", "flags", "file", "sheet", "row")
"""The columns of the CSV; what is a list in the JSON stands in one cell there, parted by semicolons."""
WHY_KEPT_OUT: dict[InternalKind, str] = {
    "access": "how to get in", "customer": "about people", "price": "about prices", "office": "among ourselves",
}  # fmt: skip
_EMPTY = "(nothing that a customer may read)"


# ── for scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def notes_json(found: CleanedNotes) -> dict[str, Any]:
    """The document of `notes clean --format json`."""
    return {
        "notes": [note_json(one) for one in found.notes],
        "problems": [problem.as_json() for problem in found.problems],
        "left_out": dict(found.by_status()),
    }


def note_json(one: JobNote) -> dict[str, Any]:
    """One job's note as plain values."""
    note, place = one.note, one.job.place
    return {
        **_named(one.job),
        "original": note.original,
        "clean": note.clean,
        "entries": [_entry_json(entry) for entry in note.entries],
        "internal": _remarks_json(note.internal),
        "unsure": [{"words": doubt.words, "why": doubt.why} for doubt in note.unsure],
        "spelled": [{"written": slip.written, "shown": slip.shown} for slip in note.spelled],
        "flags": [{"name": flag.name, "words": flag.words, "owner": flag.owner or None} for flag in one.flags],
        "source": {"file": place.file, "sheet": place.sheet, "row": place.row},
    }


def _named(job: Record) -> dict[str, Any]:
    return {"job": job["number"], "customer": job["customer"], "title": job["title"], "job_type": job["job_type"]}


def _entry_json(entry: CleanEntry) -> dict[str, Any]:
    internal = _remarks_json(entry.internal)
    return {"when": entry.when, "author": entry.author, "original": entry.original, "clean": entry.clean, "internal": internal}


def _remarks_json(remarks: Sequence[Remark]) -> list[dict[str, str]]:
    return [{"words": remark.words, "kind": remark.kind} for remark in remarks]


def note_rows(found: CleanedNotes) -> Iterator[dict[str, Any]]:
    """One row a job, for CSV."""
    for one in found.notes:
        note, place = one.note, one.job.place
        yield {
            **_named(one.job),
            "original": note.original,
            "clean": note.clean,
            "internal": "; ".join(_kept_out(note)),
            "unsure": "; ".join(_doubts(note)),
            "spelled": "; ".join(_slips(note)),
            "flags": "; ".join(_flags(one)),
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
        }


# ── for people ───────────────────────────────────────────────────────────────────────────────────────────────────────


def note_lines(found: CleanedNotes) -> Iterator[str]:
    """Everything as plain text, nothing cut off."""
    for one in found.notes:
        yield _title(one.job)
        yield from _labelled("before", printable(one.note.original) or "(no note)")
        if one.job["answers"]:
            yield from _labelled("answered", printable(str(one.job["answers"])))
        yield from _labelled("after", printable(one.note.clean) or _EMPTY)
        for label, said in _remarks(one):
            yield from _labelled(label, one_line(said))
        yield ""
    yield from _closing(found)


def _labelled(label: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")):
        yield f"  {label if number == 0 else '':<9}  {line}".rstrip()


def render_notes(found: CleanedNotes, console: "Console") -> None:
    """Print them on a terminal, before and after beside each other."""
    from rich.table import Table
    from rich.text import Text

    for one in found.notes:
        console.print(Text(_title(one.job), "bold"))
        pair = Table(box=None, pad_edge=False, padding=(0, 2), header_style="dim", expand=True)
        pair.add_column("before", ratio=1, overflow="fold")
        pair.add_column("after", ratio=1, overflow="fold")
        written = "\n".join(str(text) for text in (one.note.original, one.job["answers"]) if text)
        pair.add_row(Text(printable(written) or "(no note)", "dim"), Text(printable(one.note.clean) or _EMPTY))
        console.print(pair)
        for label, said in _remarks(one):
            console.print(Text(f"{label}: ", _COLOURS[label]) + Text(one_line(said)))
        console.print()
    for line in _closing(found):
        console.print(Text(line, "dim"))


_COLOURS = {"kept out": "dim", "look at": "yellow", "spelling": "dim", "flag": "bold"}


def _title(job: Record) -> str:
    named = (job["number"] or "A job without a number", job["customer"], job["title"])
    return one_line(f"{', '.join(str(part) for part in named if part)} ({job.place})")


def _remarks(one: JobNote) -> Iterator[tuple[str, str]]:
    """What was kept out, what a person must look at, what was put right and what the note lets slip, each with its label."""
    yield from (("kept out", said) for said in _kept_out(one.note))
    yield from (("look at", said) for said in _doubts(one.note))
    yield from (("spelling", said) for said in _slips(one.note))
    yield from (("flag", said) for said in _flags(one))


def _kept_out(note: CleanNote) -> list[str]:
    return [f'"{remark.words}" ({WHY_KEPT_OUT[remark.kind]})' for remark in note.internal]


def _doubts(note: CleanNote) -> list[str]:
    return [f'"{doubt.words}": {doubt.why}' for doubt in note.unsure]


def _slips(note: CleanNote) -> list[str]:
    return [f'"{slip.written}" is shown as "{slip.shown}"' for slip in note.spelled]


def _flags(one: JobNote) -> list[str]:
    return [f'{flag.name}: "{flag.words}"{f", for {flag.owner}" if flag.owner else ""}' for flag in one.flags]


def _closing(found: CleanedNotes) -> list[str]:
    return [line for line in (_counted(found), left_out_line(found)) if line]


def _counted(found: CleanedNotes) -> str:
    internal = sum(bool(one.note.internal) for one in found.notes)
    unsure = sum(bool(one.note.unsure) for one in found.notes)
    said = f"{count(len(found.notes), 'job')}: {internal:,} with something kept out, {unsure:,} with something to look at."
    return f"{said} {count(found.without, 'job has', 'jobs have')} no note." if found.without else said


def left_out_line(found: CleanedNotes) -> str:
    """How many jobs were left out since nothing is done on them, and how to see one anyway; "" where none was."""
    if not found.left_out:
        return ""
    counted = listed([f"{number:,} {status}" for status, number in found.by_status().items()])
    number = next((str(job["number"]) for job in found.left_out if job["number"]), "JOB")
    return f"Left out, as nothing was done there: {counted}. To see one anyway: contractor-ops notes clean {one_line(number)}"
