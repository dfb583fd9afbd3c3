"""How a value of a record is read by a template and written into a message. Knows nothing of the template language."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from numbers import Integral
from typing import Any

from contractor_ops.planning import phrases
from contractor_ops.tables.record import Record

# What spreadsheets and programs leave where there was nothing. "Nan" and "none" are not here: people are called Nan.
NOTHING = frozenset({"None", "nan", "NaN", "NaT", "<NA>", "null", "undefined"})
_CELL_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_BRACKETS = re.compile(r"\{\{|\}\}|\{%|%\}")
_JOINERS = "\u200c\u200d"  # Persian words and family emoji fall apart without them
_LARGEST = 18  # digits before the point: more is no amount of anything in an office
_IRISH = re.compile(r"[OD]['’]\w\w", re.IGNORECASE)  # O'Neil, D'Angelo; not I'll
_UNSPEAKABLE = "a placeholder stands for something that cannot be put into words"
_PLAIN = (Integral, float, date, time, timedelta, Mapping, list, tuple)
_PIECES = re.compile(r"[^\s\-/]+")


class Unfit(Exception):
    """A value cannot be put into words; the message is a sentence that shows it."""


def cleaned(value: Any) -> Any:
    """The value as templates see it, or None where there is nothing: unknown, blank, not a number.

    Raises Unfit for a left-over "{{", and for anything but plain values and lists: what other objects do when they are
    compared or looped over nobody knows.
    """
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, Decimal):
        return None if value.is_nan() else value
    if isinstance(value, float | date) and value != value:  # nan, and the "not a time" of pandas
        return None
    if value is None or isinstance(value, _PLAIN):
        return value
    raise Unfit(_UNSPEAKABLE)


def _clean_text(value: str) -> str | None:
    if not value.isprintable():
        value = "".join(_safe(character) for character in _LINE_END.sub("\n", value))
    bare = value.strip(f" \n{_JOINERS}\u00a0")
    if not bare or bare.isspace() or bare in NOTHING or _CELL_ERROR.fullmatch(bare):
        return None
    if _BRACKETS.search(value):
        raise Unfit(f"{shown(value)} holds a placeholder that was never filled in")
    return value


def _safe(character: str) -> str:
    if character == "\n" or character in _JOINERS:
        return character
    if character == "\t":
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character


def shown(value: Any) -> str:
    """A value as a sentence shows it: in quotes, on one line, cut short."""
    text = " ".join(str(value).split()) if isinstance(value, str | int | float | Decimal | date | time) else "this value"
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'


def field(value: Any, name: str) -> Any:
    """What stands under a name in a mapping or an object, None where there is nothing. Methods and private names are nothing."""
    if isinstance(value, Mapping | Record):
        try:
            return value[name]
        except KeyError:
            return None
    found = None if name.startswith("_") else getattr(value, name, None)
    return None if callable(found) else found


def as_text(value: Any, today: date | None) -> str:
    """A bare `{{ value }}`: text and numbers as they are, yes or no, days and times as people say them. Raises Unfit for all else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Integral | Decimal | float):
        return _plain_number(value)
    if isinstance(value, datetime):
        words = day(value, today)
        return words if value.time() == time() else f"{words} at {clock(value)}"
    if isinstance(value, date):
        return day(value, today)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, Mapping | list | tuple):
        raise Unfit("a placeholder stands for several values: name one of them, or loop over them")
    raise Unfit(_UNSPEAKABLE)


def _plain_number(value: Any) -> str:
    number = _number(value)
    text = f"{number:f}"
    return text.removesuffix(".0") if isinstance(value, float) else text


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Integral | Decimal | float):
        raise Unfit(f"{shown(value)} is no number")
    number = value if isinstance(value, Decimal) else Decimal(int(value)) if isinstance(value, Integral) else Decimal(repr(float(value)))
    # A Decimal of a million digits is short to write and endless to print.
    if not number.is_finite() or number.adjusted() >= _LARGEST or int(number.as_tuple().exponent) < -30:
        raise Unfit("a number is too large or too small to be put into words")
    return number


def calculated(operator: str, left: Any, right: Any) -> Any:
    """`+ - * /` on numbers, and the time between two days. Raises Unfit for all else: a text is never multiplied."""
    if operator == "-" and isinstance(left, date) and isinstance(right, date):
        return left - right if isinstance(left, datetime) and isinstance(right, datetime) else _day_of(left) - _day_of(right)
    try:
        one, other = _number(left), _number(right)
    except Unfit as wrong:
        raise Unfit(f'{wrong}, and "{operator}" works on numbers only') from None
    if operator == "/" and other == 0:
        raise Unfit("a number is divided by zero")
    result = {"+": one.__add__, "-": one.__sub__, "*": one.__mul__, "/": one.__truediv__}[operator](other)
    return int(result) if isinstance(left, int) and isinstance(right, int) and operator != "/" else result


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def money(value: Any, currency: str = "$") -> str:
    """Write "$1,250.00" or "-$25.00"; half a cent is rounded up."""
    return phrases.money(_number(value), currency)


def day(value: Any, today: date | None = None) -> str:
    """Write "Mon, Nov 3", with its year where that is not the year of `today`."""
    if not isinstance(value, date):
        raise Unfit(f"{shown(value)} is no day")
    return phrases.day(_day_of(value), today or date.min)


def clock(value: Any) -> str:
    """Write "2:30 PM"."""
    if isinstance(value, date) and not isinstance(value, datetime):
        raise Unfit(f"{shown(value)} is a day without a time")
    if not isinstance(value, datetime | time):
        raise Unfit(f"{shown(value)} is no time of day")
    return f"{value.hour % 12 or 12}:{value.minute:02} {'AM' if value.hour < 12 else 'PM'}"


def phone(value: Any) -> str:
    """Write "(312) 555-0142 ext. 12" for "+13125550142;ext=12"; foreign numbers with their country, and what is no number as it stands."""
    return ", ".join(_one_phone(part) for part in _text(value).split(", "))


@lru_cache(maxsize=4096)
def _one_phone(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, form.NATIONAL if parsed.country_code == 1 else form.INTERNATIONAL))


def title(value: Any) -> str:
    """Write "ann o'neil" and "ANN O'NEIL" as "Ann O'Neil"; words of mixed case ("McDonald") stay."""
    return _PIECES.sub(lambda found: _titled(found[0]), _text(value))


def _titled(word: str) -> str:
    if word not in {word.lower(), word.upper()}:
        return word
    start = 2 if _IRISH.match(word) else 0
    return word[:start].upper() + word[start : start + 1].upper() + word[start + 1 :].lower()


def plural(value: Any, one: str, many: str = "") -> str:
    """The word that fits a number, or the length of a list: `{{ n }} {{ n|plural("invoice") }}`."""
    amount = len(value) if isinstance(value, list | tuple) else _number(value)
    return one if amount == 1 else many or f"{one}s"


def count(value: Any) -> int:
    """How many there are in a list."""
    if not isinstance(value, list | tuple):
        raise Unfit(f"{shown(value)} is no list")
    return len(value)


def upper(value: Any) -> str:
    """All capitals."""
    return _text(value).upper()


def lower(value: Any) -> str:
    """All small letters."""
    return _text(value).lower()


def items(value: Any, limit: int) -> Sequence[Any]:
    """The items of a list. Raises Unfit for what is no list, and for more than `limit`."""
    if not isinstance(value, list | tuple):
        raise Unfit(f"{shown(value)} is no list")
    if len(value) > limit:
        raise Unfit(f"a list has more than {limit:,} items")
    return value


def _text(value: Any) -> str:
    return as_text(value, None)
