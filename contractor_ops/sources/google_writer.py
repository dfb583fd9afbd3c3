"""A Google Sheet as something to write into: read just before, written at once or not at all, never twice, and read back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from contractor_ops.clients.google_answers import Grid
from contractor_ops.clients.google_refusals import GoogleTrouble
from contractor_ops.clients.google_sheets import GoogleSheets, quoted
from contractor_ops.errors import NotWritten, UnusableFile
from contractor_ops.ports import Cell, NewValue, RowChange, Sheet, Written
from contractor_ops.sources.google_cells import FIRST_DAY, moment_of
from contractor_ops.sources.google_sheet import Book
from contractor_ops.sources.writing.areas import address
from contractor_ops.sources.writing.placing import Target, as_text, place_changes, says

_FILLS_OTHERS = re.compile(
    r"\b(ARRAYFORMULA|QUERY|IMPORTRANGE|FILTER|SORT|UNIQUE|SEQUENCE|SPLIT|TRANSPOSE|[VH]STACK|MAP|BYROW|MAKEARRAY)\s*\(|\{", re.I
)
_AGAIN = "Somebody is changing it just now; the next run reads the sheet again and writes then."
_NO_FORMULAS = "Name a column without formulas."
_LOOK = "Look at the sheet; File, Version history shows what was changed."


@dataclass(frozen=True, slots=True)
class GoogleWriter:
    """One spreadsheet by its key; `client` may write."""

    client: GoogleSheets
    key: str

    def rehearse(self, changes: Sequence[RowChange]) -> Written:
        """How many cells `write` would change; nothing is touched. Raises NotWritten where `write` would, as far as it can be known."""
        return Written(len(self._placed(changes)[2]))

    def write(self, changes: Sequence[RowChange]) -> Written:
        """Change these cells and nothing else; Google keeps what was there before in its version history. Raises NotWritten."""
        title, before, targets = self._placed(changes)
        tabs = [sheet.name or "" for sheet in before]
        if not targets:
            return Written(0)
        try:
            self.client.write(self.key, {_cell_name(one): _raw(one.value, _at(before, one)) for one in targets})
        except GoogleTrouble as trouble:
            if not trouble.taken or not self._stands(targets, tabs, title, trouble.reason):
                raise NotWritten(f"{title}: {trouble.reason}, so nothing was written.", trouble.remedy) from trouble
            return Written(len(targets))
        if not self._stands(targets, tabs, title, ""):
            raise NotWritten(f"{title}: what was written does not stand there any more.", _LOOK)
        return Written(len(targets))

    def _placed(self, changes: Sequence[RowChange]) -> tuple[str, list[Sheet], list[Target]]:
        """The spreadsheet's title, its sheets as they are now, and the cells to change in them. Raises NotWritten."""
        title, sheets = self._read(list(dict.fromkeys(change.sheet or "" for change in changes)), "")
        targets = place_changes(sheets, changes, title)
        try:
            self._last_look(targets, sheets)
        except GoogleTrouble as trouble:
            raise NotWritten(f"{title}: {trouble.reason}, so nothing was written.", trouble.remedy) from trouble
        return title, sheets, targets

    def _read(self, tabs: Sequence[str], after: str) -> tuple[str, list[Sheet]]:
        """The spreadsheet's title and these sheets as they are now; `after` is what went wrong before."""
        book = Book(self.client, self.key)
        try:
            there = {tab.title for tab in book.about.tabs}
            wanted = [tab for tab in tabs if tab in there]  # for one that is missing, the placing says so
            return book.about.title, book.sheets(wanted) if wanted else []
        except (GoogleTrouble, UnusableFile) as trouble:
            reason = trouble.reason if isinstance(trouble, GoogleTrouble) else trouble.message.rstrip(".")
            if after:
                raise NotWritten(f"The Google Sheet may have been written or not: {after}, and then {reason}.", _LOOK) from trouble
            raise NotWritten(f"The Google Sheet cannot be read: {reason}, so nothing was written.", trouble.remedy) from trouble

    def _last_look(self, targets: Sequence[Target], before: Sequence[Sheet]) -> None:
        """Refuse where a row is not what it was a moment ago, or where a formula stands or fills the cell. Raises NotWritten or GoogleTrouble."""
        tabs = list(dict.fromkeys(target.sheet or "" for target in targets))
        for tab, entered in zip(tabs, self.client.formulas(self.key, tabs), strict=True):
            [sheet] = [one for one in before if one.name == tab]
            fillers = list(_fillers(entered))
            for target in (one for one in targets if one.sheet == tab):
                if not _same_row(sheet, entered, target.row) or not _same_row(sheet, entered, target.heading_row):
                    raise target.refused("the row was changed at the same moment", _AGAIN)
                if _is_formula(_in(entered, target.row, target.column)):
                    raise target.refused("a formula stands in the cell", _NO_FORMULAS)
                if any(_may_fill(row, column, target) for row, column in fillers):
                    raise target.refused("a formula above fills the column", _NO_FORMULAS)

    def _stands(self, targets: Sequence[Target], tabs: Sequence[str], title: str, after: str) -> bool:
        """Whether the cells say what was written, as they are now."""
        _, now = self._read(tabs, after or "the writing was taken")
        return all(says(_at(now, one), one.value) for one in targets)


def _cell_name(target: Target) -> str:
    return quoted(target.sheet or "", address(target.row, target.column))


def _raw(value: NewValue, before: Cell) -> str | float:
    """A value as Google takes it as it is: a day is a number where the cell shows days already, else the day in words."""
    if value is None:
        return ""
    if isinstance(value, date) and isinstance(before, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        return (moment - FIRST_DAY) / timedelta(days=1)
    if isinstance(value, Decimal | int):
        return float(value) if isinstance(value, Decimal) and value % 1 else int(value)
    return as_text(value)


def _at(sheets: Sequence[Sheet], target: Target) -> Cell:
    [sheet] = [one for one in sheets if one.name == target.sheet] or [Sheet(None, [])]
    return _in(sheet.rows, target.row, target.column)


def _in(rows: Sequence[Sequence[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _is_formula(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith("=")


def _fillers(entered: Grid) -> Iterator[tuple[int, int]]:
    """Where formulas stand that fill other cells too."""
    for row, cells in enumerate(entered):
        yield from ((row, column) for column, cell in enumerate(cells) if _is_formula(cell) and _FILLS_OTHERS.search(cell))


def _may_fill(row: int, column: int, target: Target) -> bool:
    return (column == target.column and row <= target.row) or (column <= target.column and row <= target.heading_row)


def _same_row(sheet: Sheet, grid: Sequence[Sequence[Any]], row: int) -> bool:
    """Whether a row holds what was read; what a formula gives may change by itself."""
    there, now = sheet.rows[row], grid[row] if row < len(grid) else []
    return all(
        _is_formula(new) or (row, column) in sheet.errors or old == new or (isinstance(new, int | float) and moment_of(new) == old)
        for column, (old, new) in enumerate(zip(there, [*now, *[""] * (len(there) - len(now))], strict=False))
    )
