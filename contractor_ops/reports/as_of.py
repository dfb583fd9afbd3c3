"""Ages in a reason: they count from the day on which a run last judged the row; once that is past, the days themselves say more."""

import re
from datetime import date, datetime, timedelta

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import day

_AN_AGE = re.compile(r"\b(?:\d+ (?:minute|hour|day|week)s?|today|yesterday|tomorrow)\b")

_A_DAY = re.compile(r"\b(today|yesterday|tomorrow|(\d{1,4}) days? ago|(?<=starts )in (\d{1,4}) days?)\b")
_QUOTED = re.compile(r"(“[^”]*”|\"[^\"]*\")")
"""Somebody's own words, in which a day is not ours to reckon."""


def judged_on(item: ReviewItem, now: datetime, last_run: date | None = None) -> date | None:
    """The day on which the reason of an item was written: a task keeps its own, everything else has that of its recipe's last run."""
    if item.kind == "task":
        return item.created_at.astimezone(now.tzinfo).date() if item.created_at else None
    return last_run


def as_of(reason: str, judged: date | None, now: datetime) -> str:
    """The reason for a later day than it was written on: a day by its name, and where it counts otherwise the day that it counts to."""
    if judged is None or judged >= now.date() or not _AN_AGE.search(reason):
        return reason
    parts = _QUOTED.split(reason)
    parts[::2] = [_A_DAY.sub(lambda found: day(_meant(found, judged), now), part) for part in parts[::2]]
    counts = any(map(_AN_AGE.search, parts[::2]))
    return f"{''.join(parts)} (as of {day(judged, now)})" if counts else "".join(parts)


def _meant(found: re.Match[str], judged: date) -> date:
    """The day that a word like "yesterday" or "3 days ago" meant when it was written."""
    said, ago, ahead = found.groups()
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(said)
    return judged + timedelta(days=days if days is not None else -int(ago) if ago else int(ahead))
