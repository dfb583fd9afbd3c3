"""Days and weeks on the office's calendar, and how they are said."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from contractor_ops.figures.values import Window
from contractor_ops.tables.record import Value
from contractor_ops.views.moments import day_of

_WEEK = timedelta(days=7)


def last_days(today: date, days: int) -> Window:
    """So many days that are over: the last one is yesterday."""
    return Window(today - timedelta(days=days), today - timedelta(days=1))


def next_days(today: date, days: int = 7) -> Window:
    """So many days from today on."""
    return Window(today, today + timedelta(days=days - 1))


def last_weeks(today: date, weeks: int = 12) -> tuple[date, ...]:
    """The Mondays of so many weeks that are over, the oldest first."""
    monday = monday_of(today)
    return tuple(monday - _WEEK * ago for ago in range(weeks, 0, -1))


def days_in(cells: Iterable[Value], now: datetime) -> list[date | None]:
    """A column's days on the office's calendar; most cells are plain days already, or empty."""
    return [cell if cell is None or type(cell) is date else day_of(cell, now) for cell in cells]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def said(day: date, today: date) -> str:
    """ "Nov 3", with its year where that is not today's."""
    return f"{day:%b} {day.day}" if day.year == today.year else f"{day:%b} {day.day}, {day.year}"


def days_ago(day: date, today: date) -> str:
    """ "today", "12 days ago", "in 3 days"."""
    days = (today - day).days
    if not days:
        return "today"
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{many} ago" if days > 0 else f"in {many}"
