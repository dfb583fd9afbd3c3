"""The cells that Google gives, as the other sources give theirs: days and times as such, errors apart, rows of equal length."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from contractor_ops.ports import Cell, Sheet

FIRST_DAY = datetime.combine(date(1899, 12, 30), time.min)
_LONGEST_DURATION = 1_000
"""Days; what counts more is a date. No table of an office holds days before 1902."""
_END = 2_958_466  # 10000-01-01
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!", "Loading..."})


def sheet_of(title: str, numbers: Sequence[Sequence[Any]], texts: Sequence[Sequence[Any]], *, hidden: bool = False) -> Sheet:
    """A sheet from two readings that differ in one thing: its dates and times are serial numbers in `numbers`, and written out in `texts`."""
    width = max(map(len, numbers), default=0)
    errors: dict[tuple[int, int], str] = {}
    rows = [
        _row(row, texts[at] if at < len(texts) else (), width, errors, at) for at, row in enumerate(numbers)
    ]  # fmt: skip
    return Sheet(title, rows, hidden=hidden, errors=errors)


def differ(numbers: Sequence[Sequence[Any]], texts: Sequence[Sequence[Any]]) -> bool:
    """Whether two readings differ in more than their dates: somebody changed the sheet between them."""
    return len(numbers) != len(texts) or any(
        len(one) != len(other) or any(a != b and not _is_day(a, b) for a, b in zip(one, other, strict=True))
        for one, other in zip(numbers, texts, strict=True)
        if one != other
    )


def moment_of(serial: float) -> Cell:
    """What a serial number (days since 1899-12-30) stands for: a time of day below 1, then a length of time, then a day with or without a time."""
    if not 0 <= serial < _END:
        return serial
    length = timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return (FIRST_DAY + length).time()
    if serial < _LONGEST_DURATION:
        return length
    moment = FIRST_DAY + length
    return moment if moment.time() != time.min else moment.date()


def _row(row: Sequence[Any], texts: Sequence[Any], width: int, errors: dict[tuple[int, int], str], at: int) -> list[Cell]:
    cells = list(row)
    for place, cell in enumerate(cells):
        if cell.__class__ is str:
            if cell in _ERRORS:
                errors[at, place] = cell
                cells[place] = ""
        elif cell is None:
            cells[place] = ""
        elif place < len(texts) and _is_day(cell, texts[place]):
            cells[place] = moment_of(cell)
    cells.extend([""] * (width - len(cells)))
    return cells


def _is_day(number: Any, text: Any) -> bool:
    return text.__class__ is str and number.__class__ in (int, float)
