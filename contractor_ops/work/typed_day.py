"""A day as people type it: "fri", "dec 1", "12/1", "2026-12-01", "tomorrow", "+3"; of days gone by "yesterday", "3 days ago"."""

import re
from datetime import date, timedelta

from contractor_ops.errors import TypedWrong
from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.spans import read_span
from contractor_ops.tables.cells.day_text import MONTHS, WEEKDAYS
from contractor_ops.tables.cells.days import clean_days
from contractor_ops.tables.cleaning import DAY_FIRST_UNLESS

HOW = 'Write it like "fri", "dec 1", "12/1", "2026-12-01", "tomorrow" or "+3".'
HOW_PAST = 'Write it like "fri", "nov 20", "11/20", "2026-11-20", "yesterday" or "3 days ago".'
_WEEKDAY = re.compile(r"(next |last )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?")
_AHEAD = re.compile(r"(?:\+|in )\s*(\d{1,4})\s*([a-z]+(?: [a-z]+)?)?")
_AGO = re.compile(r"-\s*(\d{1,4})\s*([a-z]+(?: [a-z]+)?)?|(\d{1,4})\s*([a-z]+(?: [a-z]+)?) ago")
_WEEKDAY_FIRST = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+(?=.*\d)")
_MONTH_AND_DAY = re.compile(r"([a-z]{3})[a-z]*\.?\s*(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?\.?\s*([a-z]{3})[a-z]*\.?")
_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\.?")
_FAR = timedelta(days=270)


def typed_day(text: str, today: date, country: str, calendar: OfficeCalendar) -> date:
    """The day that was typed, today or later; a weekday is the next one, a day without a year the one to come. Raises TypedWrong."""
    day = _read(text, today, country, calendar, past=False)
    if day < today:
        raise TypedWrong(f"{day.isoformat()} is past.", "Name today or a later day.")
    return day


def past_day(text: str, today: date, country: str, calendar: OfficeCalendar) -> date:
    """The day that was typed, today or earlier; a weekday is the last one, a day without a year the one just past. Raises TypedWrong."""
    day = _read(text, today, country, calendar, past=True)
    if day > today:
        raise TypedWrong(f"{day.isoformat()} is still to come.", "Name today or an earlier day.")
    return day


def _read(text: str, today: date, country: str, calendar: OfficeCalendar, *, past: bool) -> date:
    typed, how = " ".join(text.strip().lower().replace(",", " ").split()), HOW_PAST if past else HOW
    weekday = None if typed.endswith(" ago") else _WEEKDAY_FIRST.match(typed)
    typed = typed[weekday.end() :] if weekday else typed
    day = _from_today(typed, today, calendar, past) or _without_year(typed, today, country, past) or _in_full(typed, country)
    if day is None:
        raise TypedWrong(f'"{text.strip()}" is no day.', how)
    if weekday and day.weekday() != WEEKDAYS[weekday[1]]:
        raise TypedWrong(f"{day.isoformat()} is a {day:%A}.", how)
    return day


def _from_today(typed: str, today: date, calendar: OfficeCalendar, past: bool) -> date | None:
    monday = today - timedelta(days=today.weekday())
    named = {
        "today": today, "tomorrow": today + timedelta(days=1), "tom": today + timedelta(days=1), "yesterday": today - timedelta(days=1),
        "next week": monday + timedelta(days=7), "this week": monday, "last week": monday - timedelta(days=7),
    }  # fmt: skip
    if typed in named:
        return named[typed]
    if found := _WEEKDAY.fullmatch(typed):
        return _weekday(found[1], WEEKDAYS[found[2]], today, past)
    if found := _AHEAD.fullmatch(typed):
        return _away(f"{found[1]} {found[2] or 'days'}", today, calendar, 1)
    if found := _AGO.fullmatch(typed):
        return _away(f"{found[1] or found[3]} {found[2] or found[4] or 'days'}", today, calendar, -1)
    return None


def _weekday(which: str | None, wanted: int, today: date, past: bool) -> date:
    """The next such day, or the last one; "next fri" is in the week to come, "last fri" in the one before."""
    monday = today - timedelta(days=today.weekday())
    if which:
        return monday + timedelta(days=wanted + (7 if which == "next " else -7))
    if past:
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _away(length: str, today: date, calendar: OfficeCalendar, way: int) -> date | None:
    try:
        span = read_span(re.sub(r" w$", " weeks", length))
    except ValueError:
        return None
    if not span.in_days:
        return None
    if span.unit == "business days":
        return calendar.add_business_days(today, way * span.amount)
    try:
        return today + timedelta(days=way * span.amount * (7 if span.unit == "weeks" else 1))
    except OverflowError:
        return None


def _without_year(typed: str, today: date, country: str, past: bool) -> date | None:
    """The next such day (the last one), unless that is most of a year away: then the one on the other side was meant, or somebody mistyped."""
    if found := _MONTH_AND_DAY.fullmatch(typed):
        month, day = MONTHS.get(found[1] or found[4], 0), int(found[2] or found[3])
    elif found := _FIGURES.fullmatch(typed):
        first, second = int(found[1]), int(found[3])
        month, day = (second, first) if _day_first(country) and found[2] != "-" else (first, second)
    else:
        return None
    way = -1 if past else 1
    years = (today.year, today.year + way, today.year + 2 * way)
    fitting = [one for year in years if (one := _date(year, month, day)) and (one - today).days * way >= 0]
    if fitting and abs(fitting[0] - today) > _FAR:
        return _date(fitting[0].year - way, month, day)
    return next(iter(fitting), None)


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
