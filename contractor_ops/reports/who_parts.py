"""What the sections of the answer about whoever is on the line have in common."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from textwrap import shorten

from contractor_ops.reports.format import day, listed, moment
from contractor_ops.reports.who import Answer

MARGIN = "  "
FEW = 5
UNDER = "    "
_WIDTH = 80


def section(title: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with its lines, nothing where there are none."""
    if lines:
        yield ""
        yield title
        yield from lines


def note_lines(note: str) -> Iterator[str]:
    """The beginning of a note, on one line."""
    if note:
        yield f"{UNDER}{shorten(note, _WIDTH - len(UNDER), placeholder=' …')}"


def nothing(said: str, answer: Answer, *tables: str) -> str:
    """That there is nothing, only where there was a sheet to ask."""
    if unread := sorted(answer.not_read.intersection(tables)):
        return f"{MARGIN}Not known: {listed(unread)} could not be read."
    kept = any(answer.knows(table) for table in tables)
    return f"{MARGIN}{said if kept else f'Your office keeps no {tables[0]} sheet.'}"


def more(found: Sequence[object]) -> list[str]:
    """How many are left out of a section."""
    left = len(found) - FEW
    return [f"{MARGIN}and {left} more: --format json has all"] if left > 0 else []


def when(value: date | datetime | None, now: datetime) -> str:
    """A day, with its time where it has one; today is said aloud."""
    if value is None:
        return "no day"
    told = day(value, now)
    if isinstance(value, datetime) and (value.hour or value.minute):
        told = moment(value, now)
    on = value.date() if isinstance(value, datetime) else value
    return f"TODAY, {told}" if on == now.date() else told
