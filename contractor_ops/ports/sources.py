"""What the work asks of a source, and the raw grids that it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
    """One file as it stands: `file` is what people call it (relative to the office), `saved_at` its modification time (aware)."""

    file: str
    sheets: list[Sheet]
    saved_at: datetime | None


class Source(Protocol):
    """Where a table's rows come from."""

    def read(self) -> list[Workbook]:
        """Every file of the source. Raises UnusableFile with the file's name, a plain reason and a remedy."""
        ...
