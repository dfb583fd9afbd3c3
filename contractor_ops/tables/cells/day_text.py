"""One text cell as a day and a time of day. What could be several days (01/02/2026) comes back as figures for the column to settle."""

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple, TypeVar

from contractor_ops.tables.cells.column import Trouble

NO_SUCH_DAY = "There is no such day in the calendar; correct the date."
WEEKDAY_DISAGREES = "The date and the weekday beside it disagree; correct one of them."
FIRST_YEAR, LAST_YEAR = 1990, 2100
Day = TypeVar("Day", date, datetime)


class Figures(NamedTuple):
    """Three numbers whose order is not known yet; `third` has four digits or, like the others, at most two."""

    first: int
    second: int
    third: int
    weekday: int | None


MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
WEEKDAYS = {name: number for number, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "akdt": -8, "hst": -10, "ast": -4, "adt": -3,
}  # fmt: skip
"""Hours from UTC of the zone names that North American exports print; other names are told, not guessed."""

_HALF = r"[ap]\.?m\b\.?"
_CLOCK = rf"(?:[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]{{1,9}})?)?(?:\s*{_HALF})?|[0-9]{{1,2}}\s*{_HALF})"
_ZONE = r"(?:(?:utc|gmt)?\s?[+-][0-9]{1,2}:?(?:[0-9]{2})?|[a-z]{1,4})"
_ASIDE = rf"(?:(?:\s+[-–—]\s+|\s+to\s+){_CLOCK}|\s*\([^()]*\))"  # an arrival window begins at its first time
_CLOCK_PARTS = re.compile(
    r"(?:(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    rf"(?:\s*(?P<half>[ap])\.?m\b\.?)?|(?P<whole>[0-9]{{1,2}})\s*(?P<half_of_whole>[ap])\.?m\b\.?)(?:\s*(?P<zone>{_ZONE}))?{_ASIDE}?",
    re.IGNORECASE,
)
_CLOCK_AT_END = re.compile(rf"(?:\s*,?\s+(?:at\s+)?|(?<=[0-9])T)(?P<clock>{_CLOCK}(?:\s*{_ZONE})?{_ASIDE}?)\Z", re.IGNORECASE)
_CLOCK_FIRST = re.compile(rf"(?P<clock>{_CLOCK}(?:\s+{_ZONE})?)\s*,?\s+(?P<day>\S.*)", re.IGNORECASE)
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])([0-9]{1,2}):?([0-9]{2})?", re.IGNORECASE)

_WEEKDAY = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?\s*,?\s+(?=\S*[0-9]|[a-z]+\.?\s)", re.IGNORECASE
)
_FIGURES = re.compile(r"([0-9]{1,4})\s?([/.-])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,4})\.?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY_MONTH = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\.?[\s-]*{_MONTH}\.?[\s,-]+'?(?P<year>[0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"{_MONTH}\.?[\s-]+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s,-]+'?(?P<year>[0-9]{{4}})", re.IGNORECASE)
_NTH = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_NO_YEAR = re.compile(rf"[0-9]{{1,2}}[/.-][0-9]{{1,2}}|(?:{_NTH}\s*)?{_MONTH}\.?(?:\s*{_NTH})?", re.IGNORECASE)
_NO_DAY = re.compile(rf"{_MONTH}\.?,?[\s-]+'?[0-9]{{2,4}}|[0-9]{{1,2}}[/-][0-9]{{4}}|[0-9]{{4}}(?:[/-][0-9]{{1,2}})?", re.IGNORECASE)


def split_clock(text: str) -> tuple[str, time | None]:
    """A text's day part and its time of day, with a zone where the text names one. Raises Trouble."""
    colon = text.find(":")
    start = text.rfind(" ", 0, colon) + 1 if colon > 0 else 0
    if start and (clock := read_clock(text[start:])):
        return text[:start].removesuffix(" at ").rstrip(" ,"), clock
    if found := _CLOCK_AT_END.search(text):
        return text[: found.start()], read_clock(found["clock"])
    if found := _CLOCK_FIRST.fullmatch(text):
        return found["day"], read_clock(found["clock"])
    return text, None


@lru_cache(maxsize=100_000)
def read_clock(text: str) -> time | None:
    """A time such as "3:04 PM -06:00", None for other text. Raises Trouble; "14:23 PM", as some systems print it, is 14:23."""
    found = _CLOCK_PARTS.fullmatch(text)
    if found is None:
        return None
    hour, minute, second = int(found["hour"] or found["whole"]), int(found["minute"] or 0), int(found["second"] or 0)
    half = (found["half"] or found["half_of_whole"] or "").lower()
    if half and (hour == 0 or (half == "a" and hour > 12)):
        raise Trouble("There is no such time of day; correct it.")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    microsecond, zone = int((found["fraction"] or "0").ljust(6, "0")[:6]), _zone(found["zone"] or "")
    try:
        return time(hour, minute, second, microsecond, tzinfo=zone)
    except ValueError:
        raise Trouble("There is no such time of day; correct it.") from None


def _zone(zone: str) -> timezone | None:
    if not zone:
        return None
    if offset := _OFFSET.fullmatch(zone):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    hours = ZONES.get(zone.lower())
    if hours is None:
        raise Trouble("The time zone behind the time is not known; write it as an offset like -06:00, or take it away.")
    return timezone(timedelta(hours=hours))


@lru_cache(maxsize=16_384)
def read_day(text: str) -> date | Figures:
    """A text without its time of day. Raises Trouble for words, parts of a date and days that do not exist."""
    weekday = None
    if found := _WEEKDAY.match(text):
        weekday, text = WEEKDAYS[found[1].lower()], text[found.end() :]
    if found := _FIGURES.fullmatch(text):
        return _in_figures(found, weekday)
    if found := _COMPACT.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]), weekday)
    if found := _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text):
        return _checked(full_year(int(found["year"])), MONTHS[found["month"].lower()], int(found["day"]), weekday)
    if _NO_YEAR.fullmatch(text):
        raise Trouble("The date has no year; write it in full, like 2026-11-20.")
    if _NO_DAY.fullmatch(text):
        raise Trouble("The date has no day; write it in full, like 2026-11-20.")
    return _by_dateutil(text, weekday)


def _in_figures(found: re.Match[str], weekday: int | None) -> date | Figures:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4 and len(found[4]) <= 2:
        return _checked(first, second, third, weekday)
    if len(found[1]) <= 2 and (len(found[4]) <= 2 or FIRST_YEAR <= third <= LAST_YEAR):
        return Figures(first, second, third, weekday)
    raise Trouble(f"The year cannot be right; correct it to one between {FIRST_YEAR} and {LAST_YEAR}.")


def full_year(year: int) -> int:
    """Two-digit years are 20xx."""
    return year + 2000 if year < 100 else year


def _checked(year: int, month: int, day: int, weekday: int | None) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Trouble(NO_SUCH_DAY) from None
    if weekday is not None and found.weekday() != weekday:
        raise Trouble(WEEKDAY_DISAGREES)
    return in_range(found)


def in_range(day: Day) -> Day:
    """The day itself. Raises Trouble when its year is a typing mistake."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise Trouble(f"The year cannot be right; correct it to one between {FIRST_YEAR} and {LAST_YEAR}.")


def _by_dateutil(text: str, weekday: int | None) -> date:
    """What is rarer ("2025 Nov 20", "20th of November 2025"). dateutil fills gaps from a default: two defaults show whether it did."""
    if not re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text) or not re.search(_MONTH, text, re.IGNORECASE) or len(text) > 60:
        raise Trouble("This is not a date; write the day like 2026-11-20, or leave the cell empty.")
    from dateutil import parser

    try:
        one, other = (
            parser.parse(text, default=datetime.combine(day, time.min), ignoretz=True) for day in (date(2001, 1, 1), date(2004, 2, 2))
        )
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
        raise Trouble("This is not a date; write the day like 2026-11-20, or leave the cell empty.") from None
    if one != other or one.time() != time.min:
        raise Trouble("A part of the date is missing; write it in full, like 2026-11-20.")
    return _checked(one.year, one.month, one.day, weekday)
