"""Figures with separators: 1,234.56 · 1.234,56 · 1'234.50 · 1 234,50. Which mark is the decimal one is settled for a whole column."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from contractor_ops.tables.cells.column import Trouble

Mark = Literal["point", "comma", "mixed"]
LARGEST = Decimal(10) ** 12

_POINT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")
_COMMA = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]*)?|,[0-9]+")
_SPACED = re.compile(r"[0-9]{1,3}(?:[ '][0-9]{3})+(?![0-9])")
_COMMA_IS_DECIMAL = re.compile(r"(?<![0-9,])[0-9]+,[0-9]{1,2}(?![0-9,.])")
_COMMA_PROVES_ITSELF = re.compile(r"\.[0-9]{3},[0-9]|\.[0-9]{3}\.[0-9]{3}(?![0-9])")
_POINT_IS_DECIMAL = re.compile(r"\.[0-9]{1,2}(?![0-9,.])|,[0-9]{3}[,.]")


def decimal_mark(texts: Iterable[str]) -> Mark:
    """Which mark is the decimal one in a column. "12,50" alone does not outweigh a column of 1,234.50; "1.234,56" does."""
    texts = list(texts)
    proof = any(map(_COMMA_PROVES_ITSELF.search, texts))
    if not proof and not any(map(_COMMA_IS_DECIMAL.search, texts)):
        return "point"
    if not any(map(_POINT_IS_DECIMAL.search, texts)):
        return "comma"
    return "mixed" if proof else "point"


def read_figures(figures: str, mark: Mark) -> Decimal:
    """The number that unsigned figures mean. Raises Trouble when they are no number or could be two."""
    spaced = _SPACED.match(figures)
    if spaced:
        figures = re.sub("[ ']", "", spaced[0]) + figures[spaced.end() :]
    point, comma = _POINT.fullmatch(figures), _COMMA.fullmatch(figures)
    if not point and not comma:
        raise Trouble("The figures and separators make no number; write it like 1234.50.")
    if point and comma:
        number = _either(figures, mark)
    elif comma:
        if mark == "point" and "." not in figures:
            raise Trouble("It is not clear whether the comma is a decimal comma; write it like 1234.50.")
        number = _number(figures, ",")
    else:
        number = _number(figures, ".")
    if number >= LARGEST:
        raise Trouble("The number is too large to be true; correct it.")
    return number


def _either(figures: str, mark: Mark) -> Decimal:
    """Figures that fit both ways of writing: without a mark, or like 1,234 and 1.234."""
    if "," not in figures and "." not in figures:
        return Decimal(figures)
    if mark == "point" or (mark == "mixed" and "." not in figures):  # 1,234 with three decimals would be no amount
        return _number(figures, ".")
    if mark == "comma" and "," not in figures:
        return _number(figures, ",")
    raise Trouble("Points and commas are used both ways in this column, so this could be two numbers; write it like 1234.50.")


def _number(figures: str, decimal: str) -> Decimal:
    grouping = "," if decimal == "." else "."
    return Decimal(figures.replace(grouping, "").replace(",", "."))
