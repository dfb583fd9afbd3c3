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

_RANGE = re.compile(r"([A-Za-z]{0,6}-?)(\d{2,9})-(?:\1)?(\d{2,9})")
_LONGEST_RANGE = 50
_MOST_SEGMENTS = 20
"""Numbers by year, 2026-1 to 2026-99, are no segments of a job 2026."""


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


def same_number(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two numbers, as `core_of` takes them apart, may be one: the letters are the same, or missing on one side."""
    return one[1] == other[1] and (one[0] == other[0] or not (one[0] and other[0]))


def base_of(number: str) -> str | None:
    """The number that a segment belongs to: 1234 for "1234-1", None for a number without a segment."""
    found = _SEGMENT.fullmatch(number)
    return found[1] if found else None


def ends_of(number: str) -> list[str]:
    """The first and the last number of what may be a range: "101-104", "101-04"."""
    found = _RANGE.fullmatch(number)
    if not found:
        return []
    letters, first, last = found.groups()
    whole = first[: max(len(first) - len(last), 0)] + last
    return [letters + first, letters + whole] if len(whole) == len(first) and 0 < int(whole) - int(first) <= _LONGEST_RANGE else []


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
        if self._is_a_range(number):
            return []
        texts = self.alike(number)
        if not texts and (base := base_of(number)):
            texts = [base] if self.exactly(base) else self.alike(base)  # never sideways: another segment is another job
        elif not texts:
            texts = self._by_base.get(number, [])
            return [row for text in texts for row in self.exactly(text)] if len(texts) <= _MOST_SEGMENTS else []
        return self.exactly(texts[0]) if len(texts) == 1 else []

    def may_mean(self, number: str) -> list[int]:
        """The rows that somebody may have meant by a number that means no one job: several with its figures, the ends of a range, sister segments."""
        base = base_of(number) or ""
        texts = [*self.alike(number), *self.alike(base), *self._by_base.get(base, ()), *ends_of(number)]
        return sorted({row for text in texts for row in self.exactly(text)})

    def alike(self, number: str) -> list[str]:
        """The numbers with the same figures: those with the same letters before them, else those where the letters are missing on one side."""
        core = core_of(number)
        alike = {text: core_of(text) for text in _of(self._by_core, core[1])} if core[1] else {}
        return [text for text, its in alike.items() if its == core] or [text for text, its in alike.items() if same_number(its, core)]

    def _is_a_range(self, number: str) -> bool:
        """Whether it is written as "101-03" and both ends are numbers of their own: then it is no segment of the first."""
        ends = ends_of(number)
        return bool(ends) and all(self.exactly(end) for end in ends)

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
        first: dict[Value, _T] = {}
        for key, value in zip(keys, values, strict=True):
            if (before := first.setdefault(key, value)) is not value:
                several.setdefault(key, [before]).append(value)
    return last, several


def _of(found: _Found[_T], key: str) -> list[_T]:
    last, several = found
    return several[key] if key in several else [last[key]] if key in last else []
