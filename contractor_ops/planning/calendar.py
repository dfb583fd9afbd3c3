"""The office's calendar: business days, opening hours, and the moment at which a step becomes due.

Two aware times with the same zone are compared by Python as wall clocks, which is wrong in the hour that comes twice in
autumn. So arithmetic on hours is done in UTC here, and every moment handed out is normalised through UTC.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from contractor_ops.spans import Span

_FAR_PAST = datetime(1, 1, 3, tzinfo=UTC)
_FAR_FUTURE = datetime(9999, 12, 29, tzinfo=UTC)
_LONGEST_CLOSURE = 366  # days that are looked through for the next opening


@dataclass(frozen=True)
class OfficeCalendar:
    """When an office works: `hours` maps a weekday (0 = Monday) to opening and closing, `holidays` is a code like "US-IL" or ""."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[time, time]]
    holidays: str

    def is_business_day(self, day: date) -> bool:
        """Monday to Friday and no holiday, whatever the opening hours: a Saturday morning in the office is no business day."""
        return day.weekday() < 5 and holiday_name(self.holidays, day) is None

    def add_business_days(self, day: date, n: int) -> date:
        """The n-th business day after `day`, or before it where n is negative. 0 is the day itself, business day or not."""
        return _add_business_days(self.holidays, day, n)

    def business_days_between(self, a: date, b: date) -> int:
        """How many business days come after `a` up to and including `b`; negative where b is earlier."""
        if b < a:
            return -self.business_days_between(b, a)
        return _business_days_up_to(self.holidays, a.year, b) - _business_days_up_to(self.holidays, a.year, a)

    def has_gone_by(self, length: Span, since: datetime, now: datetime) -> bool:
        """Whether more than this length of time has gone by; both moments are in the office's zone. Of business days each counts whole."""
        if length.unit == "business days":
            return self.business_days_between(since.date(), now.date()) > length.amount
        return now - since > length.as_timedelta()

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open; the closing time itself is closed."""
        local = moment.astimezone(self.zone)
        opening = self._opening(local.date())
        return opening is not None and opening[0] <= local.time() < opening[1]

    def next_opening(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which the office is open (`moment` itself when it is open now), in the office's zone.

        Raises ValueError if there is none within a year.
        """
        if self.is_open(moment):
            return moment.astimezone(self.zone)
        today = moment.astimezone(self.zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(_LONGEST_CLOSURE + 1)):
            opening = self._opening(day)
            start = wall_moment(day, opening[0], self.zone) if opening else None
            if start and start.astimezone(UTC) >= moment.astimezone(UTC):
                return start
        raise ValueError("the office never opens: business_hours names no day that is not a holiday")

    def add_open_time(self, moment: datetime, length: timedelta) -> datetime:
        """The moment at which the office has been open for so long since `moment`, in the office's zone; nights and holidays do not count."""
        at, left = self.next_opening(moment), length
        while left > timedelta(0):
            opening = self._opening(at.date())
            assert opening is not None
            closing = wall_moment(at.date(), opening[1], self.zone)
            open_for = closing.astimezone(UTC) - at.astimezone(UTC)
            if left <= open_for:
                return (at.astimezone(UTC) + left).astimezone(self.zone)
            at, left = self.next_opening(closing), left - open_for
        return at

    def _opening(self, day: date) -> tuple[time, time] | None:
        return None if holiday_name(self.holidays, day) else self.hours.get(day.weekday())


def due_moment(
    anchor: date | datetime, *, amount: Span, before: bool, at: time | None, calendar: OfficeCalendar, day_starts: time
) -> datetime:
    """The moment from which a step is due, `amount` after its anchor (or before it), aware and in the office's zone.

    A day counts from `day_starts`, the start of its sending window; a time counts to the minute, days keep its wall clock,
    hours run on the absolute clock. `at` replaces the time of day. A naive time is the office's. A date at the end of
    the calendar ("9999-12-31" for never) gives a moment near it instead of an error.
    """
    try:
        start = _start(anchor, day_starts, calendar.zone)
        if not amount.in_days:
            length = amount.as_timedelta()
            moment = (start.astimezone(UTC) + (-length if before else length)).astimezone(calendar.zone)
            return wall_moment(moment.date(), at, calendar.zone) if at else moment
        day = _day_away(start.date(), -amount.amount if before else amount.amount, amount.unit, calendar)
        if day == start.date() and at is None:
            return start
        return wall_moment(day, at or start.time(), calendar.zone)
    except OverflowError:
        return _FAR_PAST.astimezone(calendar.zone) if before else _FAR_FUTURE.astimezone(calendar.zone)


def _start(anchor: date | datetime, day_starts: time, zone: ZoneInfo) -> datetime:
    if not isinstance(anchor, datetime):
        return wall_moment(anchor, day_starts, zone)
    if anchor.tzinfo is None:
        return wall_moment(anchor.date(), anchor.time(), zone)
    return anchor.astimezone(UTC).astimezone(zone)


def _day_away(day: date, amount: int, unit: str, calendar: OfficeCalendar) -> date:
    if unit == "business days":
        return calendar.add_business_days(day, amount)
    return day + timedelta(days=amount * 7 if unit == "weeks" else amount)


@lru_cache(maxsize=65536)
def wall_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment when clocks in `zone` show that time: the first of two in autumn, and in spring a skipped time moves forward."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC).astimezone(zone)


@lru_cache(maxsize=65536)
def _add_business_days(code: str, day: date, amount: int) -> date:
    step = timedelta(days=1 if amount > 0 else -1)
    left = abs(amount)
    while left:
        day += step
        left -= day.weekday() < 5 and holiday_name(code, day) is None
    return day


def _business_days_up_to(code: str, first_year: int, day: date) -> int:
    """Weekdays since the year 1 less the holidays since `first_year`: only differences between two days of it mean anything."""
    weeks, rest = divmod(day.toordinal(), 7)  # day 1, the first of January of the year 1, was a Monday
    years = range(first_year, day.year + 1)
    return 5 * weeks + min(rest, 5) - sum(bisect_right(_weekday_holidays(code, year), day) for year in years)


@lru_cache
def _weekday_holidays(code: str, year: int) -> list[date]:
    return sorted(day for day in _holidays_of(code, year) if day.weekday() < 5)


def holiday_name(code: str, day: date) -> str | None:
    """What the day is called where it is a holiday there, else None. The code has been checked before."""
    return _holidays_of(code, day.year).get(day) if code else None


@lru_cache
def _holidays_of(code: str, year: int) -> Mapping[date, str]:
    if not code:
        return {}
    import holidays  # 100 ms

    country, _, part = code.partition("-")
    return dict(holidays.country_holidays(country, subdiv=part or None, years=year))
