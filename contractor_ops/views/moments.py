"""Moments of sheets and the ledger on one clock, and how they are said."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from contractor_ops.tables.record import Value


def in_utc(value: Value, now: datetime) -> datetime | None:
    """A moment as UTC: a naive one is the office's time, which `now` shows. None for a day without a time, and for no moment.

    In the hour that comes twice in autumn the first is meant; a time that spring leaves out is an hour later on the clock.
    """
    if not isinstance(value, datetime):
        return None
    return (value.replace(tzinfo=now.tzinfo) if value.tzinfo is None else value).astimezone(UTC)


def day_of(value: Value, now: datetime) -> date | None:
    """The day on the office's calendar."""
    moment = in_utc(value, now)
    if moment is not None:
        return moment.astimezone(now.tzinfo).date()
    return value if isinstance(value, date) else None


def said(moment: datetime, now: datetime) -> str:
    """ "at 9:00 AM" today, else "on Mon, Nov 3 at 9:00 AM", on the office's clock."""
    local = moment.astimezone(now.tzinfo)
    clock = f"at {local:%I:%M %p}".replace("at 0", "at ")
    return clock if local.date() == now.date() else f"on {local:%a, %b} {local.day} {clock}"


def back(now: datetime, business_days: int, is_business_day: Callable[[datetime], bool]) -> datetime:
    """The same time of day so many business days ago, in UTC; each is a day at least."""
    left, day = business_days, now
    while left:
        day -= timedelta(days=1)
        left -= is_business_day(day)
    return day.astimezone(UTC)
