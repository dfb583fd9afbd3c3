"""A sheet's cells with all that Google knows of them: what was entered, what they show, and which are merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_END = 1 << 31


@dataclass(frozen=True, slots=True)
class GridCell:
    """`entered` is what somebody put in, a formula as such where `formula` is set; `shows` is what stands there. None is nothing."""

    entered: str | float | None = None
    formula: bool = False
    shows: str | float | None = None

    @property
    def filled(self) -> bool:
        """Whether it shows something that nobody put in: a formula, query or pivot table of another cell fills it."""
        return self.entered is None and self.shows is not None


BLANK = GridCell()


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet's; rows and columns count from 0. `merges` are the rows and columns of each merged block."""

    title: str
    rows: Sequence[Sequence[GridCell]]
    merges: Sequence[tuple[range, range]] = ()

    def at(self, row: int, column: int) -> GridCell:
        """The cell there; beyond what Google told, all are blank."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else BLANK

    def merged(self, row: int, column: int) -> bool:
        """Whether the cell is one of a merged block."""
        return any(row in rows and column in columns for rows, columns in self.merges)


def cells_in(told: Any) -> list[SheetCells]:
    """The sheets of a spreadsheet, with their cells."""
    return [
        SheetCells(str(one["properties"]["title"]), _rows(one), [_block(area) for area in one.get("merges", ())]) for one in told["sheets"]
    ]


def _rows(sheet: Mapping[str, Any]) -> list[list[GridCell]]:
    rows: list[list[GridCell]] = []
    for block in sheet.get("data", ()):
        top, left = block.get("startRow", 0), block.get("startColumn", 0)
        for at, row in enumerate(block.get("rowData", ()), start=top):
            rows.extend([] for _ in range(at + 1 - len(rows)))
            rows[at] = [*[BLANK] * left, *map(_cell, row.get("values", ()))]
    return rows


def _cell(told: Mapping[str, Any]) -> GridCell:
    entered, shows = told.get("userEnteredValue") or {}, told.get("effectiveValue") or {}
    if not entered and not shows:
        return BLANK
    return GridCell(_value(entered), "formulaValue" in entered, _value(shows))


def _value(told: Mapping[str, Any]) -> str | float | None:
    for kind in ("formulaValue", "stringValue", "numberValue", "boolValue"):
        if kind in told:
            value: str | float = told[kind]
            return value
    return f"#{told['errorValue'].get('type', 'ERROR')}" if "errorValue" in told else None


def _block(area: Mapping[str, int]) -> tuple[range, range]:
    return (
        range(area.get("startRowIndex", 0), area.get("endRowIndex", _END)),
        range(area.get("startColumnIndex", 0), area.get("endColumnIndex", _END)),
    )
