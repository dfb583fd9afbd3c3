"""Amounts of money, and plain numbers such as hours and quantities, as Decimal."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import Trouble, Troubles, bare, clean_column, clean_rest, is_blank
from contractor_ops.tables.cells.numerals import LARGEST, Mark, decimal_mark, read_figures

CENT = Decimal("0.01")
_HOUR = timedelta(hours=1)

_PLAIN_MONEY = re.compile(r"\$?(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,2})?")
_CURRENCY = r"(?:US\$|CA?\$|AU?\$|NZ\$|[$€£]|USD|CAD|CDN|EUR|GBP|AUD|NZD)"
_SIGNED_MONEY = re.compile(
    rf"(\()?\s*([-+])?\s*({_CURRENCY})?\s*(\()?\s*([-+])?\s*(?P<figures>[.,]?[0-9][0-9.,' ]*?)"
    rf"\s*([-+])?\s*(\))?\s*({_CURRENCY})?\s*(\))?\s*(CR|DR)?\.?",
    re.IGNORECASE,
)
_EMPTY_MONEY = re.compile(rf"{_CURRENCY}?\s*[-–—]?\s*{_CURRENCY}?", re.IGNORECASE)
_SHORTENED = re.compile(r"[-+(]?\s*\$?\s*[0-9.,]+\s*(?:k|m|mil|mm|grand|thousand|million)\)?", re.IGNORECASE)
_COUNT_WORDS = (
    "units?|ea|each|pcs?|pieces?|x|ct|count|items?|box|boxes|rolls?|bags?|sets?|pairs?|ft|feet|lf|sq|squares?|sqft|lbs?|gal|gallons?|qty"
)
_HOURS = r"(?P<hours>[0-9.,]+)\s*(?:h|hrs?|hours?)\.?"
_MINUTES = r"(?P<minutes>[0-9]+)\s*(?:m|mins?|minutes?)\.?"
_HOURS_MINUTES = re.compile(rf"(?:{_HOURS}(?:\s*,?\s*(?:and\s+)?{_MINUTES})?|{_MINUTES.replace('minutes>', 'only>')})", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<hours>[0-9]{1,4}):(?P<minutes>[0-5][0-9])(?::[0-5][0-9])?")
_COUNTED = re.compile(rf"(?P<sign>[-+])?\s*(?P<figures>[.,]?[0-9][0-9.,' ]*?)\s*(?:{_COUNT_WORDS})?\.?", re.IGNORECASE)
_SPACES = str.maketrans({"\xa0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "’": "'", "−": "-", "–": "-", "\u2011": "-", "＄": "$"})


def clean_money(values: Sequence[Cell]) -> tuple[list[Decimal | None], Troubles]:
    """Amounts as Decimal, credits below zero. Words, percentages and shortened amounts ("5k") are troubles, never guesses."""
    amounts = _column_of_floats(values)
    if amounts is not None:
        return amounts, {}
    plain = _PLAIN_MONEY.fullmatch
    quick = [Decimal(value.replace("$", "").replace(",", "")) if type(value) is str and plain(value) else ... for value in values]
    odd = {value for value, amount in zip(values, quick, strict=True) if amount is ... and type(value) is str}
    mark = _mark(odd, values)

    def clean_cell(value: Cell) -> Decimal | None:
        if isinstance(value, str):
            return _read_money(value, mark)
        return _money_of_float(value) if isinstance(value, float | int) else _of_other(value, hours=False)

    return clean_rest(values, quick, clean_cell) if mark == "point" else clean_column(values, clean_cell)


def clean_number(values: Sequence[Cell]) -> tuple[list[Decimal | None], Troubles]:
    """Quantities and hours as Decimal: unit words are taken off, "1:30", "1 h 30 min" and time cells are hours."""
    mark = _mark({value for value in values if type(value) is str}, values)

    def clean_cell(value: Cell) -> Decimal | None:
        if isinstance(value, str):
            return _read_number(value, mark)
        return _number_of_float(value) if isinstance(value, float | int) else _of_other(value, hours=True)

    return clean_column(values, clean_cell)


def _mark(odd: Iterable[str], values: Iterable[Cell]) -> Mark:
    """The column's decimal mark; it is "point" at once when no odd text raises the question."""
    asked = any("," in text or text.count(".") > 1 for text in odd)
    return decimal_mark({value for value in values if type(value) is str}) if asked else "point"


# ── money ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_money(text: str, mark: Mark) -> Decimal | None:
    text = bare(text).translate(_SPACES)
    if is_blank(text) or _EMPTY_MONEY.fullmatch(text):
        return None
    found = _SIGNED_MONEY.fullmatch(text)
    if found is None:
        raise Trouble(_why_no_money(text))
    minus, opened, closed, side = _signs(found)
    if opened != closed or opened > 1 or minus + opened + (side == "CR") > 1:
        raise Trouble("The signs or brackets contradict each other; write one amount like -250.00.")
    amount = read_figures(found["figures"], mark)
    return -amount if (minus or opened or side == "CR") and amount else amount


def _signs(found: re.Match[str]) -> tuple[int, int, int, str]:
    """How many minuses and brackets stand around the figures, and CR or DR."""
    parts = found.groups()
    return parts.count("-"), parts.count("("), parts.count(")"), (parts[-1] or "").upper()


def _why_no_money(text: str) -> str:
    if "%" in text:
        return "This is a percentage, not an amount; enter the amount in figures."
    if _SHORTENED.fullmatch(text):
        return "A shortened amount is not read; write it out in full, like 5000.00."
    if any(character.isdigit() for character in text):
        return "This is not one plain amount; enter figures only, like 1234.50."
    return "This is a word where an amount should be; enter figures like 1234.50, or leave the cell empty."


def _column_of_floats(values: Sequence[Cell]) -> list[Decimal | None] | None:
    """Amounts of a column that Excel keeps as numbers; None when anything else than sane floats and empty cells stands in it."""
    floats = [value for value in values if type(value) is float]
    if not floats or any(value for value in values if type(value) is not float):
        return None
    if not isfinite(sum(floats)) or max(floats) >= LARGEST or min(floats) <= -LARGEST:  # "not a number" cannot be compared
        return None
    # Most amounts are whole cents: an int times a Decimal costs half of Decimal(repr(value)).
    return [
        None if type(value) is not float else cents * CENT if (cents := round(value * 100)) / 100 == value else _money_of_float(value)
        for value in values
    ]


def _money_of_float(value: float) -> Decimal:
    """Up to four decimals were typed and stay; a longer tail comes from a formula, and the sheet shows cents."""
    _must_be_sane(value)
    exact = Decimal(repr(value))
    short = round(exact, 4)
    if abs(exact - short) > Decimal("1e-9"):
        return exact.quantize(CENT, ROUND_HALF_UP) + 0
    return (short.quantize(CENT) if short == short.quantize(CENT) else short.normalize()) + 0


def _must_be_sane(value: float) -> None:
    if not isfinite(value):
        raise Trouble("This is not a number; enter figures, or leave the cell empty.")
    if abs(value) >= LARGEST:
        raise Trouble("The number is too large to be true; correct it.")


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_number(text: str, mark: Mark) -> Decimal | None:
    text = bare(text).translate(_SPACES)
    if is_blank(text):
        return None
    if clock := _CLOCK.fullmatch(text):
        return _hours(Decimal(clock["hours"]), int(clock["minutes"]))
    if counted := _COUNTED.fullmatch(text):
        number = read_figures(counted["figures"], mark)
        return -number if counted["sign"] == "-" and number else number
    if spoken := _HOURS_MINUTES.fullmatch(text):
        hours = read_figures(spoken["hours"], mark) if spoken["hours"] else Decimal(0)
        return _hours(hours, int(spoken["minutes"] or spoken["only"] or 0))
    raise Trouble("This is not one plain number; enter figures only, like 2 or 1.5.")


def _hours(hours: Decimal, minutes: int) -> Decimal:
    return hours + round(Decimal(minutes) / 60, 4).normalize() if minutes else hours


def _number_of_float(value: float) -> Decimal:
    _must_be_sane(value)
    return Decimal(int(value)) if value == int(value) else Decimal(f"{value:.12g}")


def _of_other(value: Cell, *, hours: bool) -> Decimal | None:
    """A cell that is neither text nor a float: blank, a Decimal, or a time where hours are counted."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        _must_be_sane(float(value))
        return value
    if hours and isinstance(value, time | timedelta):
        length = value if isinstance(value, timedelta) else timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return _number_of_float(round(length / _HOUR, 4))
    what = "a date" if isinstance(value, date) else "a time"
    raise Trouble(f"This is {what}, not a number; format the cell as a number and enter it again.")
