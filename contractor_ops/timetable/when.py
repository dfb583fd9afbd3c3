"""When a job is meant to run: days of the week and times of day, what comes next, and the same for cron."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from contractor_ops.hours import WEEKDAYS
from contractor_ops.timetable.fields import days_field, hours_field, minutes_field
from contractor_ops.timetable.moments import moments_of

DAY = 24 * 60
EVERY_DAY = tuple(range(7))
_LONGEST_BREAK = 60
"""Days that are looked through: no office is closed for longer than that at a stretch of business days."""

OpenOn = Callable[[date], bool]


def _always(_: date) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Pattern:
    """Times that one line of a crontab can say: each of these minutes in each of these hours on each of these weekdays."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class When:
    """`days` are weekdays (0 = Monday), `minutes` are minutes of the day.

    `step` is how many minutes lie between two times of "every 5 minutes", 0 for times of day. `business`: not on the office's holidays.
    """

    days: tuple[int, ...]
    minutes: tuple[int, ...]
    step: int = 0
    business: bool = False

    def after(self, moment: datetime, open_on: OpenOn = _always) -> datetime:
        """The next moment after this one, both in the office's zone. Raises ValueError where there is none within two months."""
        start = moment.astimezone(UTC)
        for ahead in range(_LONGEST_BREAK + 1):
            found = self._on(moment.date() + timedelta(days=ahead), moment, open_on)
            place = bisect_right(found, start)
            if place < len(found):
                return found[place].astimezone(moment.tzinfo)
        raise ValueError("the office is closed on every day that this names")

    def latest(self, moment: datetime, open_on: OpenOn = _always) -> datetime | None:
        """The last moment up to this one, or None where there was none within two months."""
        end = moment.astimezone(UTC)
        for ago in range(_LONGEST_BREAK + 1):
            found = self._on(moment.date() - timedelta(days=ago), moment, open_on)
            place = bisect_right(found, end)
            if place:
                return found[place - 1].astimezone(moment.tzinfo)
        return None

    def _on(self, day: date, moment: datetime, open_on: OpenOn) -> tuple[datetime, ...]:
        assert moment.tzinfo is not None
        if day.weekday() not in self.days or (self.business and not open_on(day)):
            return ()
        return moments_of(day, self.minutes, bool(self.step), moment.tzinfo)

    def later(self, minutes: int) -> "When":
        """The same, so many minutes later; as it is where that would go past midnight."""
        moved = tuple(minute + minutes for minute in self.minutes)
        return replace(self, minutes=moved) if moved[-1] < DAY else self

    def without(self, other: "When") -> "When | None":
        """The same without the days on which `other` has one of these times; None where no day is left."""
        left = tuple(day for day in self.days if not (day in other.days and set(self.minutes) & set(other.minutes)))
        return replace(self, days=left) if left else None

    def meets(self, other: "When") -> bool:
        """Whether both ever name the same minute."""
        return bool(set(self.days) & set(other.days) and set(self.minutes) & set(other.minutes))

    def moved(self, minutes: int) -> "list[When]":
        """The same moments on a clock that is so many minutes ahead; what crosses midnight falls on the next day."""
        days: dict[int, list[int]] = {}
        for minute in self.minutes:
            ahead, rest = divmod(minute + minutes, DAY)
            days.setdefault(ahead, []).append(rest)
        if self.days == EVERY_DAY:
            return [replace(self, minutes=tuple(sorted(rest for found in days.values() for rest in found)))]
        return [
            replace(self, days=tuple(sorted((day + ahead) % 7 for day in self.days)), minutes=tuple(found)) for ahead, found in days.items()
        ]

    def patterns(self) -> Iterator[Pattern]:
        """The times, as few patterns as say them: hours with the same minutes stand together."""
        by_hour: dict[int, tuple[int, ...]] = {}
        for minute in self.minutes:
            by_hour[minute // 60] = (*by_hour.get(minute // 60, ()), minute % 60)
        for minutes in dict.fromkeys(by_hour.values()):
            yield Pattern(minutes, tuple(hour for hour, found in by_hour.items() if found == minutes), self.days)

    def crontab(self) -> list[str]:
        """The times as cron writes them. Holidays cannot be said there."""
        return [f"{minutes_field(one.minutes)} {hours_field(one.hours)} * * {days_field(one.days)}" for one in self.patterns()]

    def __str__(self) -> str:
        days = "on business days" if self.business else _days_said(self.days)
        if self.step:
            often = _often(self.step)
            ends = self.minutes[-1] - self.minutes[0] + self.step
            hours = "day and night" if ends >= DAY else f"from {_clock(self.minutes[0])} to {_clock(self.minutes[-1])}"
            return f"{often}, {hours}" + ("" if self.days == EVERY_DAY else f", {days}")
        *times, last = map(_clock, self.minutes)
        return f"{days} at {', '.join(times) + ' and ' if times else ''}{last}"


def missed(when: When, last_run: datetime | None, now: datetime, open_on: OpenOn = _always) -> datetime | None:
    """The latest moment up to now at which a job should have run and since which it has not; None where nothing was missed."""
    due = when.latest(now, open_on)
    return due if due is not None and (last_run is None or last_run.astimezone(UTC) < due.astimezone(UTC)) else None


def _often(step: int) -> str:
    number, unit = (step, "minute") if step % 60 else (step // 60, "hour")
    return f"every {unit}" if number == 1 else f"every {number} {unit}s"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _days_said(days: tuple[int, ...]) -> str:
    if days == EVERY_DAY:
        return "every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    *others, last = [f"{WEEKDAYS[day]}s" for day in days]
    return f"{', '.join(others)} and {last}" if others else last
