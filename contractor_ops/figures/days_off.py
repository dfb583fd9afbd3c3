"""When a technician is off, as the office wrote it: "Tue, Sun", "Sat-Sun", "Nov 24", "11/24 to 11/28", "2026-11-24"."""

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta

from contractor_ops.tables.cells.day_text import MONTHS, WEEKDAYS

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:days?)?\.?"
_TO = r" ?(?:-|–|to|thru|through|until) ?"
_WEEKDAYS = re.compile(rf"(?:every |each |on )?({_WEEKDAY}(?:[ /]{_WEEKDAY})*)")
_WEEKDAY_RANGE = re.compile(rf"({_WEEKDAY}){_TO}({_WEEKDAY})")
_ISO = r"(?P<{0}y>\d{{4}})-(?P<{0}m>\d\d?)-(?P<{0}d>\d\d?)"
_FIGURES = r"(?P<{0}a>\d\d?)/(?P<{0}b>\d\d?)(?:/(?P<{0}t>\d{{4}}|\d\d))?"
_NAMED = r"(?P<{0}n>[a-z]{{3,9}})\.? (?P<{0}i>\d\d?)(?:st|nd|rd|th)?"
_DAY = rf"(?:{_ISO}|{_FIGURES}|{_NAMED})"
_DAYS = re.compile(rf"(?:{_WEEKDAY} )?{_DAY.format('first')}(?:{_TO}(?:{_WEEKDAY} )?{_DAY.format('last')})?")
_A_YEAR = timedelta(days=366)
_WEEKEND = re.compile(r"(?:every |on )?weekends?")


def is_off(cell: str, day: date, *, day_first: bool = False) -> bool:
    """Whether the cell says so of a day. What it says in other words ("every other Friday") is nobody's day off here."""
    return any(_holds(part, day, day_first=day_first) for part in re.split(r"\s*(?:[,;&+\n]|\band\b)\s*", cell.strip().lower()) if part)


def _holds(part: str, day: date, *, day_first: bool) -> bool:
    if _WEEKEND.fullmatch(part):
        return day.weekday() >= WEEKDAYS["sat"]
    if found := _WEEKDAY_RANGE.fullmatch(part):
        first, last = (WEEKDAYS[name[:3]] for name in found.groups())
        return (day.weekday() - first) % 7 <= (last - first) % 7
    if found := _WEEKDAYS.fullmatch(part):
        return day.weekday() in {WEEKDAYS[name[:3]] for name in re.split(r"[ /]", found[1])}
    if found := _DAYS.fullmatch(part):
        return any(first <= day <= last for first, last in _spans(found, day, day_first=day_first))
    return False


def _spans(found: re.Match[str], near: date, *, day_first: bool) -> Iterator[tuple[date, date]]:
    """What a day, or the days from one to another, may mean; without a year those that lie around `near`."""
    for year in (near.year - 1, near.year, near.year + 1):
        first = _day(found, "first", year, day_first=day_first)
        if first and not _is_told(found, "last"):
            yield first, first
        elif first:
            ends = (_day(found, "last", later, day_first=day_first) for later in (first.year, first.year + 1))
            last = next(
                (end for end in ends if end and end >= first), None
            )  # one that lies before it, in a year that was written, is a slip
            if last and (last - first < _A_YEAR or _has_year(found, "first")):
                yield first, last


def _is_told(found: re.Match[str], side: str) -> bool:
    return any(text and name.startswith(side) for name, text in found.groupdict().items())


def _has_year(found: re.Match[str], side: str) -> bool:
    return bool(found[f"{side}y"] or found[f"{side}t"])


def _day(found: re.Match[str], side: str, year: int, *, day_first: bool) -> date | None:
    told = {name.removeprefix(side): text for name, text in found.groupdict().items() if name.startswith(side) and text}
    if "y" in told:
        year, month, day = (int(told[key]) for key in "ymd")
    elif "a" in told:
        month, day = (int(told[key]) for key in ("ba" if day_first else "ab"))
        year = int(told["t"]) % 100 + 2000 if "t" in told else year
    elif told.get("n", "")[:3] in MONTHS:
        month, day = MONTHS[told["n"][:3]], int(told["i"])
    else:
        return None
    if (month, day) == (2, 29) and side == "last" and not isleap(year):
        day = 28
    try:
        return date(year, month, day)
    except ValueError:
        return None
