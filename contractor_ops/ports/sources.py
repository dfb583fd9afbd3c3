"""What the work asks of a source, and the raw grids that it gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

Cell = Any
"""A raw cell: str, float, int, bool, date, datetime, time, timedelta; "" or None is blank."""


@dataclass(slots=True)
class Sheet:
    """A sheet as it stands: `rows[0]` is the spreadsheet's row 1. `name` is None in a CSV.

    `errors` maps (row, column), both counted from 0, to an error cell's text ("#REF!"). `hidden` sheets are never chosen by themselves.
    `passed_over` counts what the source left out, by kind ("text", "group conversation").
    """

    name: str | None
    rows: list[list[Cell]]
    hidden: bool = False
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    """One file as it stands: `file` is what people call it (relative to the office), `saved_at` its modification time (aware).

    `doubts` are sentences about the whole that people should read.
    """

    file: str
    sheets: list[Sheet]
    saved_at: datetime | None
    doubts: Sequence[str] = ()


class Source(Protocol):
    """Where a table's rows come from."""

    def read(self) -> list[Workbook]:
        """Every file of the source. Raises UnusableFile with the file's name, a plain reason and a remedy."""
        ...


NewValue = str | date | datetime | Decimal | int | None
"""What a cell is to say; a datetime without a zone, in the office's time. None empties the cell."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """New values for some cells of one row, by the sheet's own heading.

    `sheet` is None in a CSV; `row` is the row's number as the spreadsheet shows it. `key` proves that it is the row that was meant: under
    these headings stand these texts. It is never empty. Under the headings `only_later` stand days: a cell that names the same day or a
    later one, or holds other words, is left to whoever typed it.

    `as_read` is what stood in the row when the run read it, as the source gave it: under the headings of `values` the cells that are to be
    changed, under all others the cells that tell whose row it is (number, customer, e-mail, phone, the table's own day). Where one of the
    others differs now, it is another row, and nothing is written; where one to be changed does, a person was there, and it stays as it is.
    None where the writer knows by itself that nothing has changed since (a file by its fingerprint).

    `reads` are the headings that the table is read from: a formula under one of them that goes by a cell to be changed would say the old
    thing to the next run, where nothing calculates it before.
    """

    sheet: str | None
    row: int
    key: Mapping[str, str]
    values: Mapping[str, NewValue]
    only_later: frozenset[str] = frozenset()
    as_read: Mapping[str, Cell] | None = None
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    """What a writing came to: how many cells it changed (those that said it already do not count), and the copy that was kept.

    `left` are sentences about cells that were left as they are, as a person changed them since the run read them: no trouble, only told.
    `told` are others that people should read.
    """

    cells: int
    backup: str | None = None
    left: Sequence[str] = ()
    told: Sequence[str] = ()


class SheetWriter(Protocol):
    """Writes named cells of one file or spreadsheet back: all of them, or none."""

    def rehearse(self, changes: Sequence[RowChange]) -> Written:
        """How many cells `write` would change; nothing is touched. Raises NotWritten where `write` would."""
        ...

    def write(self, changes: Sequence[RowChange]) -> Written:
        """Change these cells and nothing else. Raises NotWritten (contractor_ops.errors); the sheet is then as it was."""
        ...
