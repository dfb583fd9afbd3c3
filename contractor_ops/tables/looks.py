"""What a column's values look like, for headings that could mean two things: "Due" is a date or an amount."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from contractor_ops.tables.columns import ColumnKind

_ENOUGH = 200
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b"
)
"""A month by its English name or the start of it, and no word that only begins like one: Mark, Deck."""
_DATE = re.compile(
    rf"\s*(?:[a-z]{{3,9}}\.?,?\s+)?"
    rf"(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|\d{{1,2}}[- ]{MONTH}|{MONTH}\.?[- ]\d{{1,2}}|/date\(\d|\d{{1,2}}/\d{{1,2}}$).*",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(r"\d{1,2}:\d{2}")
_MIDNIGHT = re.compile(r"(?<![\d:])0?0:00(?::00)?(?!\d)|(?<![\d:])12:00(?::00)?\s*am", re.IGNORECASE)
_NUMBER = re.compile(r'[-+($€£=" ]*(?:usd)?[$€£ ]*\d[\d,.\' ]*[)%-]?\s*(?:usd|[$€£"])?\s*', re.IGNORECASE)
_PHONE = re.compile(r"[+(\d][\d\s().+/-]{5,}\d(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_DOCUMENT_NUMBER = re.compile(r"\S*\d\S*(?:[,;&] ?\S*\d\S*)*|[A-Za-z#. ]{1,8}[ -]\d+")
_AMOUNT = re.compile(r"[$€£]|\b(?:usd|cad|eur|gbp)\b|\d[.,]\d{2}\)?$|\.\d$", re.IGNORECASE)
_MOST_GAPS = 20
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "x", "✓", "✔"})


Look = str
"""One of: date, number, phone, email, yes_no, text."""

_FITTING: dict[ColumnKind, frozenset[Look]] = {
    "day": frozenset({"date"}),
    "moment": frozenset({"date"}),
    "money": frozenset({"number"}),
    "number": frozenset({"number"}),
    "seconds": frozenset({"number"}),
    "phone": frozenset({"phone"}),
    "line": frozenset({"phone"}),
    "email": frozenset({"email"}),
    "yes_no": frozenset({"yes_no"}),
    "id": frozenset({"number", "text"}),
    "text": frozenset({"text", "number"}),
    "name": frozenset({"text"}),
    "status": frozenset({"text", "yes_no"}),
}


def main_look(values: Iterable[Any]) -> Look | None:
    """What most of the values look like; None where all are blank."""
    tally: dict[Look, int] = {}
    for value in _filled(values):
        seen = look_of(value)
        tally[seen] = tally.get(seen, 0) + 1
    return max(tally, key=lambda look: tally[look]) if tally else None


def fits(kind: ColumnKind, look: Look | None) -> bool:
    """Whether a column of this kind can hold such values; blank columns fit everything."""
    return look is None or look in _FITTING[kind]


def has_times(values: Iterable[Any]) -> bool:
    """Whether the dates tell a time of day other than midnight."""
    return any(_tells_time(value) for value in _filled(values))


def are_numbers_of_documents(values: Iterable[Any]) -> bool:
    """Whether most values are written like a document's number, "1001" or "J-17", and not like words."""
    filled = _filled(values)
    return 2 * sum(_DOCUMENT_NUMBER.fullmatch(_written(value)) is not None for value in filled) > len(filled)


def are_amounts(values: Iterable[Any]) -> bool:
    """Whether most values are written like money: with a currency or with cents."""
    filled = _filled(values)
    return 2 * sum(_AMOUNT.search(_written(value)) is not None and look_of(value) == "number" for value in filled) > len(filled)


def count_up(values: Iterable[Any]) -> bool:
    """Whether whole numbers follow each other as a book of numbered documents does: each one once, with few gaps."""
    filled = [_written(value) for value in _filled(values)]
    if not all(value.isdecimal() for value in filled):
        return False
    numbers = sorted(map(int, filled))
    return len(set(numbers)) == len(numbers) and numbers[-1] - numbers[0] <= _MOST_GAPS * len(numbers)


def _written(value: Any) -> str:
    """A cell as the sheet shows it: a workbook keeps 1001 as 1001.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def look_of(value: Any) -> Look:
    """What one filled cell looks like."""
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, (int, float, Decimal)):
        return "phone" if _ten_digits(value) else "number"
    if isinstance(value, (time, timedelta)):
        return "number"
    if isinstance(value, date):
        return "date"
    text = str(value).strip()
    if _DATE.fullmatch(text):
        return "date"
    if "@" in text:
        return "email"
    if text.lower() in _YES_NO:
        return "yes_no"
    if _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= 7 and (text[:1] in "+(" or len(text) > 9):
        return "phone"
    return "number" if _NUMBER.fullmatch(text) else "text"


def _ten_digits(value: int | float | Decimal) -> bool:
    """A telephone number that a spreadsheet took for a number: ten digits, or eleven that begin with 1."""
    return (2_000_000_000 <= value < 10_000_000_000 or 12_000_000_000 <= value < 20_000_000_000) and value == int(value)


def _filled(values: Iterable[Any]) -> Sequence[Any]:
    found: list[Any] = []
    for value in values:
        if value is None or value == "" or (value.__class__ is str and value.strip() in {"", "-", "NA", "N/A"}):
            continue
        found.append(value)
        if len(found) == _ENOUGH:
            break
    return found


def _tells_time(value: Any) -> bool:
    if isinstance(value, date):
        return bool(getattr(value, "hour", 0) or getattr(value, "minute", 0))
    text = str(value)
    return _TIME.search(text) is not None and _MIDNIGHT.search(text) is None
