"""The words that dispatch's sentences are made of."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

FAR = timedelta(days=300)
"""From so far away on a day is said with its year. At New Year no day changes its words: what is open would look like news."""


@lru_cache(maxsize=4_096)
def said_day(day: date, today: date) -> str:
    """ "Thu, Nov 26"; the year is named where it is not plain."""
    year = f", {day.year}" if abs(day - today) > FAR else ""
    return f"{day:%a, %b} {day.day}{year}"


def said_month(day: date, today: date) -> str:
    """When something was: "on Nov 3" in the last month, else "in March", "in March 2025"."""
    if (today - day).days <= 31:
        return f"on {day:%b} {day.day}"
    return f"in {day:%B}" if today - day <= FAR else f"in {day:%B %Y}"


def said_clock(moment: time | datetime) -> str:
    """ "8:00 AM"."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def said_minutes(minutes: int) -> str:
    """ "45 minutes", "2 hours", "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(count(number, unit) for number, unit in ((hours, "hour"), (rest, "minute")) if number) or "0 minutes"


def count(number: int, noun: str) -> str:
    """ "1 job", "3 jobs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(parts: Sequence[str]) -> str:
    """ "Ann", "Ann and Bo", "Ann, Bo and Cy"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
