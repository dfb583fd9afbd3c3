"""A record: one row of a table, cleaned, under our column names, with the place it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

Value = str | Decimal | date | datetime | timedelta | int | float | bool | None
"""A cleaned cell. `None` is unknown: never 0, never an empty text."""


class Place(NamedTuple):
    """Where something stands: the file as the office names it, the sheet (None in a CSV), the row as the spreadsheet numbers it."""

    file: str
    sheet: str | None
    row: int | None

    def __str__(self) -> str:
        parts = [self.file, f"sheet {self.sheet}" if self.sheet else "", f"row {self.row}" if self.row else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell or row that could not be understood. `column` is the heading as the file spells it; `message` says what to do."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str

    def as_json(self) -> dict[str, Any]:
        """The problem as the run document and `read --format json` print it."""
        return {
            "file": self.file, "sheet": self.sheet, "row": self.row,
            "column": self.column, "value": self.value, "message": self.message,
        }  # fmt: skip


NO_PROBLEMS: Mapping[str, Problem] = {}


@dataclass(slots=True)
class Record:
    """One cleaned row: `record["total"]` is a cell by our column's name; a column that the sheet lacks is None.

    `problems` maps our column name to what is wrong with that cell ("" for the row as a whole).
    `lines` counts the rows of the sheet that were folded into it.
    """

    table: str
    values: dict[str, Value]
    place: Place
    problems: Mapping[str, Problem] = field(default_factory=lambda: NO_PROBLEMS)
    lines: int = 1

    def __getitem__(self, column: str) -> Value:
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """How one of our columns was found: the headings that feed it (as the file spells them) and why."""

    headings: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Table:
    """A table as it was read: its records, what could not be understood, and how it was understood.

    `columns` has an entry for every column of the table, None where the sheet has no such heading.
    `as_of` is the day that the report itself names, else None. `passed_over` counts lines that are no records, by
    kind ("blank", "total", "section" …); `folded` counts lines that were folded into another. `warnings` are sentences about
    the whole (a total that does not add up), `notes` how a column was understood that could be read in two ways (day and
    month); neither is a mistake in a cell. `sums` are totals over the rows of a view, by what they are called
    ("at stake"). `read_at` is the modification time of the oldest file it came from.
    """

    name: str
    records: Sequence[Record]
    problems: list[Problem]
    columns: dict[str, ColumnMatch | None]
    as_of: date | None = None
    passed_over: dict[str, int] = field(default_factory=dict)
    folded: int = 0
    warnings: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    files: tuple[str, ...] = ()
    read_at: datetime | None = None
    sums: dict[str, Decimal] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        """Whether the sheet has this column at all."""
        return self.columns.get(column) is not None
