"""The cells that Google gives, as the other sources give theirs: days and times as such, errors apart, rows of equal length."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
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


def differences(numbers: Sequence[Sequence[Any]], texts: Sequence[Sequence[Any]]) -> frozenset[tuple[int, int]]:
    """The cells (row, column) in which two readings differ in more than their dates: somebody changed the sheet between them.

    Two numbers count as the same: a formula such as RAND() never gives the same one twice.
    """
    return frozenset(
        (at, place)
        for at, (row, other) in enumerate(zip_longest(numbers, texts, fillvalue=()))
        if row != other
        for place, (one, two) in enumerate(zip_longest(row, other, fillvalue=""))
        if one != two and not (_is_number(one) and (_is_number(two) or (two.__class__ is str and two != "")))
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
    return text.__class__ is str and _is_number(number)


def _is_number(cell: Any) -> bool:
    return cell.__class__ in (int, float)
