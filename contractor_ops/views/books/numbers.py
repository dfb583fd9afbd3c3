"""The numbers of papers as other papers write them: several in a cell, with a label, a segment, without their zeros."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of

if TYPE_CHECKING:
    from numpy import ndarray

_FORMULA = re.compile(r'="?([^"]*)"?')
_BETWEEN = re.compile(r"\s*[,;&|+\n]\s*|\s+and\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:jobs?|projects?|work ?orders?|invoices?|inv|estimates?|est|quotes?|change ?orders?|no|nr|num|number)\b(?![-_])[.:]?\s*)*#?\s*"
    r"([a-z]{0,6}[-_ ]?\d[\w.-]*)",
    re.IGNORECASE,
)
_BEFORE = "abcdefghijklmnopqrstuvwxyz-_. #"
_SEGMENT = re.compile(r"(.*\d\w*)-(\d{1,2})")
"""Housecall Pro numbers the parts of a job 1234-1, 1234-2."""


def numbers_written(cell: Value) -> list[str]:
    """The numbers that a cell names: "101, 102", "#101 & #102", "Job 101", ="101". Words that are no number are left out."""
    found = _FORMULA.fullmatch(text := str(cell or "").strip())
    return [number for part in _BETWEEN.split(found[1] if found else text) if (number := _number(part))]


def _number(text: str) -> str | None:
    found = _NUMBER.fullmatch(text.strip().strip("'\"").rstrip("."))
    return found[1].removesuffix(".0") if found else None  # a spreadsheet took it for an amount


def core_of(number: str) -> tuple[str, str]:
    """A number's letters and what follows them without leading zeros: "INV-0042" is ("inv", "42")."""
    text = number.casefold().strip()
    rest = text.lstrip(_BEFORE)
    return text.removesuffix(rest).strip("-_. #"), rest.lstrip("0")


def base_of(number: str) -> str | None:
    """The number that a segment belongs to: 1234 for "1234-1", None for a number without a segment."""
    found = _SEGMENT.fullmatch(number)
    return found[1] if found else None


class Directory:
    """The numbers of one table's papers, and the rows that each stands in."""

    def __init__(self, records: Sequence[Record]) -> None:
        numbers = column_of(records, "number")
        rows: Sequence[int] = range(len(numbers))
        if None in numbers:
            rows = [row for row in rows if numbers[row] is not None]
            numbers = [numbers[row] for row in rows]
        self._rows: _Found[int] = _gathered(numbers, rows)

    def find_all(self, cells: Sequence[Value]) -> "ndarray[Any, Any]":
        """The row of each cell's number, -1 where there is none, -2 where the number stands in several rows. Cells are taken as they are."""
        import numpy

        rows, several = self._rows
        once = rows | dict.fromkeys(several, -2) if several else rows
        return numpy.fromiter(map(once.get, cells, repeat(-1)), numpy.int64, len(cells))

    def several(self) -> list[list[int]]:
        """The rows of each number that stands in several."""
        return list(self._rows[1].values())

    def exactly(self, number: str) -> list[int]:
        """The rows with this very number."""
        return _of(self._rows, number)

    def loosely(self, number: str) -> list[int]:
        """The rows that a number may mean which stands nowhere as it is: its segments, the job of a segment, other zeros or letters before it.

        Letters must be the same, or missing on one side; several different numbers that fit are none.
        """
        letters, rest = core_of(number)
        alike = {text: core_of(text)[0] for text in _of(self._by_core, rest)}
        texts = [text for text, its in alike.items() if its == letters] or [text for text, its in alike.items() if not (its and letters)]
        if len(texts) == 1:
            return self.exactly(texts[0])
        if not texts and (base := base_of(number)):
            return self.exactly(base) or self.loosely(base)
        return [row for text in self._by_base.get(number, ()) for row in self.exactly(text)] if not texts else []

    @cached_property
    def _by_core(self) -> "_Found[str]":
        texts = list(map(str, self._rows[0]))
        return _gathered([text.casefold().lstrip(_BEFORE).lstrip("0") for text in texts], texts)  # as core_of does, without a call for each

    @cached_property
    def _by_base(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text in map(str, self._rows[0]):
            if "-" in text and (base := base_of(text)):
                found.setdefault(base, []).append(text)
        return found


_T = TypeVar("_T")
_Found = tuple[dict[Value, _T], dict[Value, list[_T]]]
"""What each key stands for, and all of it for the keys that stand for several: most do not, and a hundred thousand lists are slow to make."""


def _gathered(keys: Sequence[Value], values: Sequence[_T]) -> _Found[_T]:
    last = dict(zip(keys, values, strict=True))
    several: dict[Value, list[_T]] = {}
    if len(last) < len(keys):
        for key, value in zip(keys, values, strict=True):
            if last[key] != value or key in several:
                several.setdefault(key, []).append(value)
    return last, several


def _of(found: _Found[_T], key: str) -> list[_T]:
    last, several = found
    return several[key] if key in several else [last[key]] if key in last else []
