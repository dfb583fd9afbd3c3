"""How `init` shows a spreadsheet, a file that would change, and what is left out."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from contractor_ops.cli.init_asked import cut
from contractor_ops.cli.output import is_terminal
from contractor_ops.reports.printable import one_line, printable

if TYPE_CHECKING:
    from contractor_ops.work.init_found import Fed, Found, Heading

_OURS, _THEIRS = 15, 24
_MORE = 6
_AROUND = 6
"""Lines that stand above and below a page."""


def table_lines(one: "Found", number: str, folder: Path) -> Iterator[str]:
    """A spreadsheet: what it is taken for, each column with its heading and first values, and what was left aside."""
    from contractor_ops.work.init import is_open

    rows = f"{one.rows:,} {'row' if one.rows == 1 else 'rows'}"
    yield f"\n{bold(_fitted(f'{number}: {one.name}'))}"
    yield _fitted(f"  is taken for {one.table}, {rows}. Ours, your heading, what stands there:")
    for fed in one.fed:
        yield _fitted(f"  {fed.column:<{_OURS}}{cut(_headings(fed), _THEIRS - 2):<{_THEIRS}}{_samples(fed.samples)}")
    if one.left_aside:
        yield from _left_aside([one_line(heading.text) for heading in one.left_aside])
    if not one.google and is_open(folder, one.file):
        yield "  It is open in a spreadsheet program: what is not saved yet is not seen."


def page_lines(sheets: "Sequence[tuple[Found, bool]]") -> Iterator[str]:
    """Spreadsheets on one page, a line each, and which heading became what where there is room; with whether something is open about each."""
    size = shutil.get_terminal_size()
    widest = min(max(len(one.name) for one, _ in sheets), max(size.columns - 37, 20))
    yield f"\n{bold('What each is taken for:')}"
    for number, (one, is_open) in enumerate(sheets, 1):
        rows = f"{one.rows:>7,} {'row ' if one.rows == 1 else 'rows'}"
        yield _fitted(f"  {number:>3}  {one.table:<{_OURS}}{cut(one.name, widest):<{widest}}{rows}{' ?' if is_open else ''}")
        if 2 * len(sheets) + _AROUND <= size.lines:
            yield _fitted(f"       {', '.join(f'{fed.column}: {_headings(fed)}' for fed in one.fed)}")
    if any(is_open for _, is_open in sheets):
        yield "  ? something will be asked about it"


def _headings(fed: "Fed") -> str:
    return " + ".join(map(one_line, fed.headings))


def _left_aside(texts: Sequence[str]) -> Iterator[str]:
    more = f" and {len(texts) - _MORE} more" if len(texts) > _MORE else ""
    yield _fitted(f"  Left aside: {', '.join(cut(text, 20) for text in texts[:_MORE])}{more}")


def sample_of(heading: "Heading") -> str:
    """A heading with its first values, on one line."""
    return _fitted(f"{cut(one_line(heading.text), _THEIRS - 2):<{_THEIRS}}{_samples(heading.samples)}", 8)


def _samples(samples: Sequence[str]) -> str:
    return " · ".join(cut(one_line(sample), 18) for sample in samples) or "(nothing)"


def left_out_lines(found: Sequence["Found"]) -> Iterator[str]:
    """A line for each spreadsheet that is not used, with why; older exports of one that is are only counted."""
    out = [one for one in found if one.table is None and not one.is_older]
    older = Counter(one.why for one in found if one.is_older)
    if out or older:
        yield "\nNot used:"
    for number, one in enumerate(out, 1):
        why = one_line(one.why).partition("; to use it instead")[0].removeprefix(f"{one_line(one.file)} ")
        yield f"  {number:>3}  {one.name}: {why}"
    for why, number in older.items():
        yield f"       {number} older {'export' if number == 1 else 'exports'} of {why}"


def difference(before: str, after: str, name: str) -> Iterator[str]:
    """What would change in a file, line by line; in colours where the terminal has them."""
    from difflib import unified_diff

    for line in unified_diff(before.splitlines(), after.splitlines(), f"{name} as it is", f"{name} as it would be", n=1, lineterm=""):
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        yield typer.style(_fitted(line), fg=colour) if colour and _has_colours() else _fitted(line)


def bold(text: str) -> str:
    """Safe text that stands out, where the terminal can."""
    return typer.style(text, bold=True) if _has_colours() else text


def put(line: str) -> None:
    """Print a line that is safe for a terminal already, with its colours."""
    sys.stdout.write(f"{line}\n")


def _has_colours() -> bool:
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") != "dumb"


def _fitted(line: str, margin: int = 1) -> str:
    return cut(printable(line), max(shutil.get_terminal_size().columns - margin, 40))
