"""Money, days, lengths of time, telephone numbers and documents as people in an office write them."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.tables.money import dollars

_NUMBERLESS = re.compile(r"~[0-9a-f]{12}|row \d+|[A-Z]{2}[0-9a-f]{32}")  # how planning names a row that has no number of its own
_NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


def money(amount: Decimal | None) -> str:
    """Write an amount as "$1,250.00" or "-$5.00"; an unknown amount is an empty text, never $0.00."""
    return dollars(amount)


def day(value: date | datetime, now: datetime) -> str:
    """Write a day as "Mon, Nov 23", with the year when it is not this one; a moment is told in the time zone of `now`."""
    local = _local(value, now)
    year = f", {local.year}" if local.year != now.year else ""
    return f"{local:%a, %b} {local.day}{year}"


def moment(value: datetime, now: datetime) -> str:
    """Write a moment as "Mon, Nov 23, 9:05 am", in the time zone of `now`."""
    local = value.astimezone(now.tzinfo) if value.tzinfo else value
    half = "am" if local.hour < 12 else "pm"
    return f"{day(local, now)}, {local.hour % 12 or 12}:{local:%M} {half}"


def days_since(value: date | datetime | None, now: datetime) -> int | None:
    """Whole days of the calendar from a moment until `now`; never less than 0."""
    return None if value is None else max((now.date() - _local(value, now)).days, 0)


def age(days: int | None) -> str:
    """Write an age as "today", "1 day" or "12 days"; unknown is an empty text."""
    if days is None:
        return ""
    return "today" if days == 0 else count(days, "day")


def phone(number: str) -> str:
    """Write an E.164 number as people dial it, "(312) 555-0142 ext. 12"; what is no number stays as it is."""
    dialled, _, extension = number.partition(";ext=")
    local = _NORTH_AMERICAN.fullmatch(dialled)
    written = f"({local[1]}) {local[2]}-{local[3]}" if local else _abroad(dialled)
    return f"{written} ext. {extension}" if extension else written


def short(text: str, most: int = 160) -> str:
    """The beginning of a text that is too long for a line."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def with_phones(text: str) -> str:
    """A sentence with the numbers in it as people dial them; a command stays as it must be typed."""
    return text if "contractor-ops " in text else _NORTH_AMERICAN.sub(lambda found: phone(found[0]), text)


def count(number: int, one: str, many: str = "") -> str:
    """Write a number of things: "1 row", "1,200 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Join parts as "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def thing(table: str) -> str:
    """Name one row of a table: "estimate", "change order", "reply"."""
    words = re.sub(r"[-_]", " ", table)
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")


def things(table: str, number: int) -> str:
    """Write a number of a table's rows: "1 estimate", "37 estimates", "4 inventory rows"."""
    one = thing(table)
    plural = re.sub(r"[-_]", " ", table)
    return count(number, one, plural) if plural != one else count(number, f"{one} row")


def documents(table: str, records: Sequence[str]) -> str:
    """Name records: "estimate E-1042", "invoices 1041 and 1042"; those without a number of their own are only counted."""
    numbers = [record for record in dict.fromkeys(records) if not _NUMBERLESS.fullmatch(record)]
    if not numbers or len(numbers) < len(set(records)):
        return thing(table) if len(set(records)) == 1 else things(table, len(set(records)))
    name = thing(table) if len(numbers) == 1 else re.sub(r"[-_]", " ", table)
    return f"{name} {listed(numbers)}".strip()


def _local(value: date | datetime, now: datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(now.tzinfo) if value.tzinfo else value).date()


def _abroad(number: str) -> str:
    if not number.startswith("+"):
        return number
    import phonenumbers  # slow, and rarely needed: most offices dial at home

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
