"""Cells of a customer's papers as a day, as text, and as the numbers that they name."""

from collections.abc import Iterable
from datetime import date, datetime

from contractor_ops.reports.printable import one_line
from contractor_ops.tables.record import Value
from contractor_ops.views.books.what_counts import numbers_in


def day_in(value: Value) -> date | None:
    """The day of a cell, None where it is no day."""
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def text_in(value: Value) -> str:
    """The text of a cell on one line."""
    return one_line(str(value)) if value is not None else ""


def numbers_of(cells: Iterable[Value]) -> set[tuple[str, str]]:
    """The numbers that cells name, as they are compared."""
    return {core for cell in cells for core in numbers_in(cell)}
