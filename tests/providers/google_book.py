"""A spreadsheet at Google as people see it, and as its API tells it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

EMAIL = "office-reader@northside-books.iam.gserviceaccount.com"
_FIRST_DAY = datetime(1899, 12, 30)


@dataclass(frozen=True)
class Broken:
    """A cell whose formula fails."""

    text: str = "#REF!"


@dataclass(frozen=True)
class Formula:
    """A cell with a formula, and what it shows."""

    text: str
    shows: Any


@dataclass(frozen=True)
class Spill:
    """A cell with a formula that fills others too, to the right and down: what it shows is a block of cells."""

    text: str
    shows: Sequence[Sequence[Any]]


@dataclass
class Tab:
    """A sheet as people see it: days are days. `kind` is OBJECT for a chart that has a sheet to itself. `merges` are blocks such as "B2:B3"."""

    title: str
    rows: list[list[Any]] = field(default_factory=list)
    hidden: bool = False
    kind: str = "GRID"
    protected: bool = False
    merges: Sequence[str] = ()

    def shown(self) -> list[list[Any]]:
        """What stands in the cells: formulas fill theirs, and show #REF! where they would have to write over something."""
        grid = [list(row) for row in self.rows]
        anchors = [(row, column) for row, cells in enumerate(self.rows) for column, cell in enumerate(cells) if isinstance(cell, Spill)]
        for row, column in anchors:
            spill = self.rows[row][column]
            block = [(row + down, column + right, cell) for down, cells in enumerate(spill.shows) for right, cell in enumerate(cells)]
            if any(self.entered(down, right) is not None for down, right, _ in block[1:]):
                block = [(row, column, Broken("#REF!"))]
            for down, right, cell in block:
                put(grid, down, right, cell)
        return grid

    def entered(self, row: int, column: int) -> Any:
        """What somebody put into a cell, None for nothing."""
        cell = self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None
        return None if cell == "" else cell

    def blocks(self) -> list[tuple[int, int, int, int]]:
        """First and last row and column of each merged block."""
        corners = [[place_of(one) for one in block.split(":")] for block in self.merges]
        return [(*first, *last) for first, last in corners]

    def hidden_in_merge(self, row: int, column: int) -> bool:
        """Whether a cell is one of a merged block, and not its first."""
        return any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left) for top, left, bottom, right in self.blocks()
        )


@dataclass
class Spreadsheet:
    """`shared` are the accounts that may see it, each with its role. `kind` is "excel" for a file of that kind in Drive."""

    title: str
    tabs: list[Tab]
    zone: str = "America/Chicago"
    shared: dict[str, Literal["reader", "writer"]] = field(default_factory=lambda: {EMAIL: "reader"})
    modified: datetime = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    kind: str = "google"
    trashed: bool = False


def rows_of(headings: Sequence[str], *rows: Sequence[Any]) -> list[list[Any]]:
    return [list(headings), *(list(row) for row in rows)]


def put(grid: list[list[Any]], row: int, column: int, value: Any) -> None:
    """Into a cell of rows that may still be shorter."""
    grid.extend([] for _ in range(row + 1 - len(grid)))
    grid[row].extend([""] * (column + 1 - len(grid[row])))
    grid[row][column] = value


def told(entered: Any, stands: Any) -> dict[str, Any]:
    """A cell with what was entered and what it shows, as spreadsheets.get tells it."""
    cell: dict[str, Any] = {}
    if isinstance(entered, Formula | Spill):
        cell["userEnteredValue"] = {"formulaValue": entered.text}
    elif isinstance(entered, Broken):
        cell["userEnteredValue"] = {"formulaValue": "=Lost!A1"}
    elif entered not in (None, ""):
        cell["userEnteredValue"] = _extended(entered)
    stands = stands.shows if isinstance(stands, Formula) else stands
    if stands not in (None, ""):
        cell["effectiveValue"] = _extended(stands)
    return cell


def _extended(value: Any) -> dict[str, Any]:
    if isinstance(value, Broken):
        return {"errorValue": {"type": "REF", "message": "Reference does not exist."}}
    plain = shown(value, written=False)
    kind = "boolValue" if isinstance(plain, bool) else "numberValue" if isinstance(plain, int | float) else "stringValue"
    return {kind: plain}


def kept(value: Any, before: Any) -> Any:
    """A number that is put where a day was shown is a day: the cell keeps its format."""
    if isinstance(before, date) and isinstance(value, int | float) and not isinstance(value, bool):
        moment = _FIRST_DAY + timedelta(days=value)
        return moment if isinstance(before, datetime) else moment.date()
    return value


def range_of(book: Spreadsheet, place: str) -> tuple[Tab | None, tuple[int, int] | None]:
    """The sheet, and the cell where one is meant. A name that stands in no quotes may be something else."""
    found = re.fullmatch(r"'((?:[^']|'')+)'(?:!([A-Z]+[1-9]\d*))?", place)
    if found is None:
        return None, None
    name = found[1].replace("''", "'")
    return next((tab for tab in book.tabs if tab.title == name), None), place_of(found[2]) if found[2] else None


def place_of(cell: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """Blank cells at the end of a row, and blank rows at the end, are left out."""
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def shown(value: Any, written: bool) -> Any:
    if value is None:
        return ""
    if isinstance(value, Formula):
        return shown(value.shows, written)
    if isinstance(value, Broken):
        return value.text
    if isinstance(value, date | time | timedelta):
        return _written(value) if written else _serial(value)
    return value


def _written(value: date | time | timedelta) -> str:
    """As a spreadsheet in the United States shows it."""
    if isinstance(value, datetime):
        return f"{value.month}/{value.day}/{value.year} {value.hour}:{value:%M:%S}"
    if isinstance(value, date):
        return f"{value.month}/{value.day}/{value.year}"
    if isinstance(value, time):
        return f"{value.hour % 12 or 12}:{value:%M:%S %p}"
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _serial(value: date | time | timedelta) -> float:
    if isinstance(value, time):
        days = (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    elif isinstance(value, timedelta):
        days = value / timedelta(days=1)
    else:
        moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
        days = (moment - _FIRST_DAY) / timedelta(days=1)
    return int(days) if days == int(days) else days
