"""From when until when somebody works, as the office wrote it: "8-16", "08:00-17:00", "7am-3pm", "Mon-Fri 8-5, Sat 9-12"."""

import re
from dataclasses import dataclass
from datetime import date, time

from contractor_ops.dispatch.days_off import weekdays_of
from contractor_ops.hours import END_OF_DAY
from contractor_ops.tables.cells.column import Trouble, is_blank
from contractor_ops.tables.cells.day_text import read_clock

Shift = tuple[time, time]
_TO = re.compile(r"\s*(?:[-–—]|\b(?:to|till?|until)\b)\s*")
_PART = re.compile(r"(?:(?P<days>[a-z][a-z /.–—-]*?)\s*:?\s+)?(?P<span>\d.*)")
_HALF = re.compile(r"(?<=\d)\s*([ap])\.?m?\.?$")
_BARE = re.compile(r"\d{1,2}")
_EARLY = 6
"""Where neither time says AM or PM, "1-5" may be night or afternoon."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A shift for each weekday that has one; no weekday at all is "not stated". `not_understood` are other parts of the cell."""

    shifts: tuple[Shift | None, ...] = ()
    not_understood: tuple[str, ...] = ()

    def on(self, day: date) -> Shift | None:
        """The shift of that day, where one is stated."""
        return self.shifts[day.weekday()] if self.shifts else None

    def is_free(self, day: date) -> bool:
        """Whether shifts are stated for other weekdays only."""
        return bool(self.shifts) and self.shifts[day.weekday()] is None


def read_working_hours(cell: str) -> WorkingHours:
    """What a cell says; hours without weekdays hold on every day."""
    shifts: dict[int, Shift] = {}
    unclear: list[str] = []
    waiting: list[str] = []  # "Mon, Wed 8-5": days whose hours stand behind the next comma
    for part in filter(None, map(str.strip, re.split(r"[,;&\n]|\band\b", cell.lower()))):
        if is_blank(part):
            continue
        if weekdays_of(part) is not None:
            waiting.append(part)
        elif read := _of_part(part, waiting):
            shifts.update(read)
            waiting = []
        else:
            unclear.append(part)
    shape = tuple(shifts.get(day) for day in range(7)) if shifts else ()
    return WorkingHours(shape, (*unclear, *waiting))


def _of_part(part: str, before: list[str]) -> dict[int, Shift] | None:
    found = _PART.fullmatch(part)
    shift = read_shift(found["span"]) if found else None
    if found is None or shift is None:
        return None
    named = [*before, *([found["days"]] if found["days"] else [])]
    days = [weekdays_of(one) for one in named]
    if None in days:
        return None
    return dict.fromkeys({day for one in days if one for day in one} if named else range(7), shift)


def read_shift(text: str) -> Shift | None:
    """A span like "8-16", "7am-3pm" or "8-5"; None for what is none, ends before it begins or could be night or afternoon."""
    sides = _TO.split(text.strip().lower())
    clocks = [clock for side in sides if (clock := _clock(side))]
    if len(sides) != 2 or len(clocks) != 2:
        return None
    start, end = clocks
    halves = [found[1] if (found := _HALF.search(side)) else "" for side in sides]
    if not halves[1] and end <= start and end.hour < 12:  # "8-5"
        end = end.replace(hour=end.hour + 12)
    elif halves == ["", "p"] and start.hour + 12 < end.hour:  # "1-5pm"
        start = start.replace(hour=start.hour + 12)
    elif halves == ["", ""] and start.hour < _EARLY and end.hour <= 12 and not sides[0].startswith("0"):
        return None
    return (start, end) if start < end else None


def _clock(text: str) -> time | None:
    """One side of a span: "8", "08:00", "7am", "24:00"."""
    if text in {"24", "24:00", "midnight"}:
        return END_OF_DAY
    if text == "noon":
        return time(12)
    try:
        read = time(int(text)) if _BARE.fullmatch(text) else read_clock(_HALF.sub(r"\1m", text))
    except (Trouble, ValueError):
        return None
    return read.replace(tzinfo=None) if read else None
