"""A day as people type it: "fri", "dec 1", "12/1", "2026-12-01", "tomorrow", "+3"."""

import re
from datetime import date, timedelta

from contractor_ops.errors import TypedWrong
from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.spans import read_span
from contractor_ops.tables.cells.day_text import MONTHS, WEEKDAYS
from contractor_ops.tables.cells.days import clean_days
from contractor_ops.tables.cleaning import DAY_FIRST_UNLESS

HOW = 'Write it like "fri", "dec 1", "12/1", "2026-12-01", "tomorrow" or "+3".'
_WEEKDAY = re.compile(r"(next )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?")
_AHEAD = re.compile(r"(?:\+|in )\s*(\d{1,4})\s*([a-z]+(?: [a-z]+)?)?")
_WEEKDAY_FIRST = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+(?=.*\d)")
_MONTH_AND_DAY = re.compile(r"([a-z]{3})[a-z]*\.?\s*(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?\.?\s*([a-z]{3})[a-z]*\.?")
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\.?")
_FAR = timedelta(days=270)


def typed_day(text: str, today: date, country: str, calendar: OfficeCalendar) -> date:
    """The day that was typed, today or later; a weekday is the next one, a day without a year the one to come. Raises TypedWrong."""
    typed = " ".join(text.strip().lower().replace(",", " ").split())
    weekday = _WEEKDAY_FIRST.match(typed)
    typed = typed[weekday.end() :] if weekday else typed
    day = _from_today(typed, today, calendar) or _without_year(typed, today, country) or _in_full(typed, country)
    if day is None:
        raise TypedWrong(f'"{text.strip()}" is no day.', HOW)
    if weekday and day.weekday() != WEEKDAYS[weekday[1]]:
        raise TypedWrong(f"{day.isoformat()} is a {day:%A}.", HOW)
    if day < today:
        raise TypedWrong(f"{day.isoformat()} is past.", "Name today or a later day.")
    return day


def _from_today(typed: str, today: date, calendar: OfficeCalendar) -> date | None:
    if typed in {"today", "tomorrow", "tom", "next week"}:
        return {"today": today, "next week": today + timedelta(days=7 - today.weekday())}.get(typed, today + timedelta(days=1))
    if found := _WEEKDAY.fullmatch(typed):
        ahead = (WEEKDAYS[found[2]] - today.weekday() - 1) % 7 + 1
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=WEEKDAYS[found[2]]) if found[1] else today + timedelta(days=ahead)
    if found := _AHEAD.fullmatch(typed):
        return _ahead(f"{found[1]} {found[2] or 'days'}", today, calendar)
    return None


def _ahead(length: str, today: date, calendar: OfficeCalendar) -> date | None:
    try:
        span = read_span(re.sub(r" w$", " weeks", length))
    except ValueError:
        return None
    if not span.in_days:
        return None
    if span.unit == "business days":
        return calendar.add_business_days(today, span.amount)
    return today + timedelta(days=span.amount * (7 if span.unit == "weeks" else 1))


def _without_year(typed: str, today: date, country: str) -> date | None:
    """The next such day, unless that is most of a year away: then the one just past was meant, or somebody mistyped."""
    if found := _MONTH_AND_DAY.fullmatch(typed):
        month, day = MONTHS.get(found[1] or found[4], 0), int(found[2] or found[3])
    elif found := _FIGURES.fullmatch(typed):
        first, second = int(found[1]), int(found[3])
        month, day = (second, first) if _day_first(country) and found[2] != "-" else (first, second)
    else:
        return None
    coming = [one for year in (today.year, today.year + 1, today.year + 2) if (one := _date(year, month, day)) and one >= today]
    if coming and coming[0] - today > _FAR:
        return _date(coming[0].year - 1, month, day)
    return next(iter(coming), None)


def _in_full(typed: str, country: str) -> date | None:
    [day], _, _ = clean_days([typed], day_first_country=_day_first(country))
    return day if type(day) is date and not typed.isdigit() else None


def _day_first(country: str) -> bool:
    return country.upper() not in DAY_FIRST_UNLESS


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
