"""The words that reasons are made of."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.planning.conditions import inside, label
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Problem

DAYS = {
    "sent_on": "day on which it was sent", "due_on": "due date", "issued_on": "date", "created_on": "date", "booked_on": "day of booking",
    "starts_at": "start", "scheduled_on": "day of the visit", "completed_on": "day of completion", "expires_on": "last day",
}  # fmt: skip
"""What people call the day that a recipe's steps count from."""
_DAY = re.compile(r"(?:today|\b[A-Z][a-z]{2}, [A-Z][a-z]{2} \d{1,2}(?:, \d{4})?) at\b")
_ANCHORS = {"sent_on": "sent", "issued_on": "issued", "created_on": "created", "booked_on": "booked", "completed_on": "completed"}
_EVENTS = {"starts_at": "it starts", "scheduled_on": "the visit is", "expires_on": "it expires", "started_at": "the call was"}


def money(amount: Decimal, sign: str = "$") -> str:
    """ "$1,250.00"; a credit is "-$25.00"."""
    return dollars(amount, sign)


def day(moment: date, today: date) -> str:
    """ "Mon, Nov 3"; another year is named."""
    year = f", {moment.year}" if moment.year != today.year else ""
    return f"{moment:%a, %b} {moment.day}{year}"


def at(moment: datetime, now: datetime) -> str:
    """ "today at 9:00 AM", else "Mon, Nov 3 at 9:00 AM"."""
    clock = f"{moment:%I:%M %p}".lstrip("0")
    return f"today at {clock}" if moment.date() == now.date() else f"{day(moment.date(), now.date())} at {clock}"


def on_any_day(text: str) -> str:
    """A reason without the day as `at` says it, which reads differently tomorrow."""
    return _DAY.sub("at", text)


def since(column: str, anchor: date, now: datetime) -> str:
    """How long ago the anchor was, in the words of its column: "sent 2 days ago", "14 days overdue", "due in 3 days"."""
    if isinstance(anchor, datetime):
        anchor = local(anchor, now)
        if column == "started_at" and timedelta(0) <= now - anchor < timedelta(hours=20):
            return f"the call was {ago(now - anchor)} ago"
    days = (now.date() - (anchor.date() if isinstance(anchor, datetime) else anchor)).days
    if column == "due_on":
        return f"{count(days, 'day')} overdue" if days > 0 else "due today" if days == 0 else f"due in {count(-days, 'day')}"
    if column == "starts_at" and days > 0:
        return f"it started {count(days, 'day')} ago"
    when = "today" if days == 0 else f"{count(days, 'day')} ago" if days > 0 else f"in {count(-days, 'day')}"
    return f"{_ANCHORS.get(column) or _EVENTS.get(column) or label(column)} {when}"


def local(moment: datetime, now: datetime) -> datetime:
    """A moment of the sheet on the office's clock, which `now` shows."""
    return moment.replace(tzinfo=now.tzinfo) if moment.tzinfo is None else moment.astimezone(now.tzinfo)


def ago(length: timedelta) -> str:
    """ "12 minutes", "3 hours"."""
    minutes = int(length.total_seconds()) // 60
    return count(minutes, "minute") if minutes < 120 else count(minutes // 60, "hour")


def opening(moment: datetime, now: datetime) -> str:
    """When the office opens again, for a customer to read: "at 8:00 AM", "tomorrow at 8:00 AM", "Monday at 8:00 AM"."""
    clock = f"{moment:%I:%M %p}".lstrip("0")
    days = (moment.date() - now.date()).days
    if days < 2:
        return f"tomorrow at {clock}" if days else f"at {clock}"
    return f"{moment:%A} at {clock}" if days < 7 else f"{day(moment.date(), now.date())} at {clock}"


def count(number: int, noun: str) -> str:
    """ "1 day", "3 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def cell_trouble(column: str, problem: Problem) -> str:
    """What is wrong with a cell, with its heading and the value seen."""
    heading = problem.column or label(column)
    seen = f' "{problem.value}"' if problem.value else ""
    return f"{heading}{seen}: {inside(problem.message)}"
