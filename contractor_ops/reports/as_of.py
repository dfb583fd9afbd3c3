"""Ages in a reason: they count from the day on which a run last judged the row, which may be an earlier day."""

import re
from datetime import date, datetime

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import day

_AN_AGE = re.compile(r"\b(?:\d+ (?:minute|hour|day|week)s?|today|yesterday|tomorrow)\b")


def judged_on(item: ReviewItem, now: datetime, last_run: date | None = None) -> date | None:
    """The day on which the reason of an item was written: a task keeps its own, everything else has that of its recipe's last run."""
    if item.kind == "task":
        return item.created_at.astimezone(now.tzinfo).date() if item.created_at else None
    return last_run


def as_of(reason: str, judged: date | None, now: datetime) -> str:
    """The reason, and where it counts days the day that they count to, unless that is today."""
    if judged is None or judged >= now.date() or not _AN_AGE.search(reason):
        return reason
    return f"{reason} (as of {day(judged, now)})"
