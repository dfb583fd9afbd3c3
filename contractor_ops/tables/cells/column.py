"""What all the cleaners share: each distinct value of a column is understood once, and what cannot be understood is told."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from types import EllipsisType
from typing import TypeVar

from contractor_ops.ports import Cell

T = TypeVar("T")
Troubles = dict[int, str]
"""Index of a bad cell -> one sentence: what is wrong and what to do."""

DASHES = frozenset({"", "-", "--", "---", "–", "—", "−"})
BLANKS = DASHES | {"n/a", "n.a.", "na", "none", "null", "nil"}
SHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#ERROR!", "#GETTING_DATA", "#FIELD!"}
)
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_EDGES = _INVISIBLE + " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_EDGES += "\u2028\u2029\u202f\u205f\u3000"
_NEEDS_A_LOOK = frozenset("=#'’" + _INVISIBLE)
_FORCED_TEXT = re.compile(r'="([^"]*)"')


class Trouble(ValueError):
    """A cell that cannot be understood; its text is the sentence for the person who mends it."""


def clean_column(values: Sequence[Cell], clean_cell: Callable[[Cell], T | None]) -> tuple[list[T | None], Troubles]:
    """Clean a column with a function for one cell, called once per distinct value; it raises Trouble for a bad cell.

    The function never sees a bool: True arrives as "TRUE", as the sheet shows it (in Python True equals 1, here it must not).
    """
    values = without_bools(values)
    cleaned: dict[Cell, T | None] = {}
    bad: dict[Cell, str] = {}
    for value in set(values):
        try:
            cleaned[value] = clean_cell(value)
        except Trouble as trouble:
            cleaned[value] = None
            bad[value] = str(trouble)
    return list(map(cleaned.__getitem__, values)), where(values, bad)


def clean_rest(
    values: Sequence[Cell], quick: Sequence[T | EllipsisType], clean_cell: Callable[[Cell], T | None]
) -> tuple[list[T | None], Troubles]:
    """Clean the cells that a quick look left as `...`; where most cells differ, the quick look costs less than remembering them."""
    left = [index for index, value in enumerate(quick) if value is ...]
    cleaned: list[T | None] = [None if value is ... else value for value in quick] if left else list(quick)  # type: ignore[arg-type]
    rest, troubles = clean_column([values[index] for index in left], clean_cell)
    for index, value in zip(left, rest, strict=True):
        cleaned[index] = value
    return cleaned, {left[index]: trouble for index, trouble in troubles.items()}


def without_bools(values: Sequence[Cell]) -> Sequence[Cell]:
    """The column with True and False as the words that the sheet shows."""
    if bool not in set(map(type, values)):
        return values
    return ["TRUE" if value is True else "FALSE" if value is False else value for value in values]


def where(values: Sequence[Cell], bad: dict[Cell, str]) -> Troubles:
    """The places of the bad values in the column."""
    return {index: bad[value] for index, value in enumerate(values) if value in bad} if bad else {}


def bare(text: str) -> str:
    """A cell's text without what only holds it in place: white space around it, ="…", an apostrophe in front. Raises Trouble."""
    text = unforced(text)
    return text[1:].strip(_EDGES) if text[:1] in {"'", "’"} else text


def unforced(text: str) -> str:
    """A cell's text without white space around it and without the ="…" that exports use against Excel. Raises Trouble."""
    text = text.strip()
    if not text or (text[0] not in _NEEDS_A_LOOK and text[-1] not in _INVISIBLE):
        return text
    text = text.strip(_EDGES)
    if forced := _FORCED_TEXT.fullmatch(text):
        text = forced[1].strip(_EDGES)
    if text.upper() in SHEET_ERRORS:
        raise Trouble("The cell holds a spreadsheet error; mend its formula or type the value.")
    return text


def is_blank(text: str) -> bool:
    """Whether a bare text says "nothing here"."""
    return text in DASHES or (len(text) <= 4 and text.lower() in BLANKS)


def shown(value: Cell) -> str:
    """A cell that is not text as the sheet would show it; raises Trouble where Excel has already lost digits."""
    if isinstance(value, float):
        if value != value:
            return ""
        if abs(value) >= 1e15:
            raise Trouble("Excel has rounded this long number; format the column as text and type or import the number again.")
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else shown(float(value)) if isinstance(value, int) else str(value)
