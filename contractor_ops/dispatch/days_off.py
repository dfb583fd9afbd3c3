"""When a technician is off, as the office wrote it: "Tue, Sun", "Sat-Sun", "Nov 24", "11/24 to 11/28", "2026-11-24"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from contractor_ops.tables.cells.column import Trouble, is_blank
from contractor_ops.tables.cells.day_order import fitting_days
from contractor_ops.tables.cells.day_text import WEEKDAYS, Figures, read_day

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:days?)?\.?"
_ANY_WEEKDAY = re.compile(rf"\b{_WEEKDAY}(?!\w)")
_TO = re.compile(r"\s*(?:[-–—]|\b(?:to|thru|through|until|till)\b)\s*")
_WEEKDAYS = re.compile(rf"(?:every |each |on |all )?({_WEEKDAY}(?:[ /]{_WEEKDAY})*)(?: off)?")
_WEEKDAY_RANGE = re.compile(rf"({_WEEKDAY}) ?(?:[-–—]|to|thru|through) ?({_WEEKDAY})(?: off)?")
_GROUPS = {"weekend": frozenset({5, 6}), "weekends": frozenset({5, 6}), "weekdays": frozenset(range(5))}
_WEEKDAY_BEFORE = re.compile(rf"({_WEEKDAY}),? +(?=\S*\d|[a-z]+\.? \d)")
_NAMED = r"[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?"
_YEARLESS = re.compile(
    r"(?P<figures>\d{1,2}/\d{1,2})|(?P<named>[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?)"
)
_IN_ONE_MONTH = re.compile(r"(?P<month>[a-z]{3,9}\.?) (?P<first>\d{1,2}) ?[-–—] ?(?P<last>\d{1,2})(?P<year>,? \d{4})?")
_COMMA_YEAR = re.compile(rf"({_NAMED}), ?(\d{{4}})\b")
_WEEKDAY_COMMA = re.compile(rf"\b({_WEEKDAY}), ?(?=({_NAMED}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}-\d{{1,2}}-\d{{1,2}})(?:\D|$))")
_PARTS = re.compile(r"\s*(?:[,;&+\n]|\band\b)\s*")
_NOTHING = frozenset({"none", "nothing", "never", "no days", "none planned"})
_LEAP_YEAR = 2028
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Weekdays (Monday is 0) and spans of days; `not_understood` are the parts of the cell that say something else."""

    weekdays: frozenset[int] = frozenset()
    spans: tuple[tuple[date, date], ...] = ()
    not_understood: tuple[str, ...] = field(default=())

    def has(self, day: date) -> bool:
        """Whether they are off on that day."""
        return day.weekday() in self.weekdays or self.away(day)

    def away(self, day: date) -> bool:
        """Whether a date says so, and not only the weekday."""
        return any(first <= day <= last for first, last in self.spans)


def read_days_off(cell: str, today: date, *, day_first: bool = False) -> DaysOff:
    """What a cell says; a day without a year is meant in each of the years around `today`."""
    weekdays: set[int] = set()
    spans: list[tuple[date, date]] = []
    unclear: list[str] = []
    for part in _parts(cell, today, day_first=day_first):
        if (named := weekdays_of(part)) is not None:
            weekdays |= named
        elif found := _spans(part, today, day_first=day_first):
            spans += found
        else:
            unclear.append(part)
    return DaysOff(frozenset(weekdays), tuple(sorted(set(spans))), tuple(dict.fromkeys(unclear)))


def weekdays_of(part: str) -> frozenset[int] | None:
    """The weekdays of "sat", "every Tuesday", "Mon-Wed", "Tue/Thu" or "weekends"; None where the text is something else."""
    part = part.strip().lower()
    if group := _GROUPS.get(part.removeprefix("every ").removeprefix("on ").removesuffix(" off")):
        return group
    if found := _WEEKDAY_RANGE.fullmatch(part):
        first, last = (WEEKDAYS[name[:3]] for name in found.groups())
        return frozenset((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    if found := _WEEKDAYS.fullmatch(part):
        return frozenset(WEEKDAYS[name[:3]] for name in re.split(r"[ /]", found[1]))
    return None


def may_be_about(part: str, day: date) -> bool:
    """Whether a part that nobody can read may be about a day: "every other friday" only about Fridays, "sick" about any."""
    named = {WEEKDAYS[found[0][:3]] for found in _ANY_WEEKDAY.finditer(part.lower())}
    return not named or day.weekday() in named


def _parts(cell: str, today: date, *, day_first: bool) -> Iterator[str]:
    """The cell cut at its commas, but not in "Nov 26, 2026", nor in "Thu, Nov 26" where that day is a Thursday."""

    def with_its_day(found: re.Match[str]) -> str:
        day = _read(f"{found[1]} {found[2]}", day_first=day_first)
        return f"{found[1]} " if day and day.near(today) else f"{found[1]}; "

    text = _COMMA_YEAR.sub(r"\1 \2", " ".join(cell.lower().replace("\n", "; ").split()))
    for part in _PARTS.split(_WEEKDAY_COMMA.sub(with_its_day, text)):
        if part and not is_blank(part) and part not in _NOTHING:
            yield part


class _Day(NamedTuple):
    """A day as it is written: without a year it is meant every year."""

    year: int | None
    month: int
    day: int
    weekday: int | None

    def at(self, year: int, *, at_most: bool = False) -> date | None:
        """The day in a year that it may lie in; the end of a span on Feb 29 is Feb 28 in most years."""
        try:
            found = date(self.year or year, self.month, self.day)
        except ValueError:
            return date(self.year or year, 2, 28) if at_most and (self.month, self.day) == (2, 29) else None
        return found if self.weekday in {None, found.weekday()} else None

    def near(self, today: date) -> list[date]:
        """The days that may be meant, of the years around today; with a weekday beside it only the nearest, if it is that weekday."""
        if self.year is not None:
            return [day for day in [self.at(self.year)] if day]
        days = [day for year in range(today.year - 2, today.year + 3) if (day := self._replace(weekday=None).at(year))]
        if self.weekday is None:
            return days
        nearest = min(days, key=lambda day: abs(day - today), default=None)
        return [nearest] if nearest and nearest.weekday() == self.weekday else []


def _spans(part: str, today: date, *, day_first: bool) -> list[tuple[date, date]]:
    if found := _IN_ONE_MONTH.fullmatch(part):
        year = (found["year"] or "").replace(",", "")
        part = f"{found['month']} {found['first']}{year} - {found['month']} {found['last']}{year}"
    if only := _read(part, day_first=day_first):
        return [(day, day) for day in only.near(today)]
    for cut in _TO.finditer(part):
        first, last = _read(part[: cut.start()], day_first=day_first), _read(part[cut.end() :], day_first=day_first)
        if first and last:
            return list(_between(first, last, today))
    return []


def _between(first: _Day, last: _Day, today: date) -> Iterator[tuple[date, date]]:
    """The spans that a first and a last day may mean; one that ends before it begins is a slip."""
    if first.year is None and last.year is not None:
        starts = [first.at(last.year), first.at(last.year - 1)]
        yield from [(start, end) for start in starts if start and (end := last.at(0)) and start <= end][:1]
        return
    for start in first.near(today):
        ends = (last.at(year, at_most=True) for year in (start.year, start.year + 1))
        end = next((end for end in ends if end and end >= start), None)
        if end and (end - start < _A_YEAR or first.year):
            yield start, end


def _read(text: str, *, day_first: bool) -> _Day | None:
    weekday = None
    if found := _WEEKDAY_BEFORE.match(text):
        weekday, text = WEEKDAYS[found[1][:3]], text[found.end() :]
    yearless = _YEARLESS.fullmatch(text)
    try:
        read = read_day(f"{text}{'/' if yearless['figures'] else ' '}{_LEAP_YEAR}" if yearless else text)
    except Trouble:
        return None
    day = fitting_days(read).get("day/month/year" if day_first else "month/day/year") if isinstance(read, Figures) else read
    return _Day(None if yearless else day.year, day.month, day.day, weekday) if day else None
