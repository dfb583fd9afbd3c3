"""Bookings whose people know nothing because something must be settled first: no step of theirs is late, for none has begun."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contractor_ops.ports import ReviewItem
from contractor_ops.recipe import Step
from contractor_ops.reports.trail import TrailStep
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record
from contractor_ops.work.trail_steps import Teller

TO_SETTLE = "to_settle"
SOON = timedelta(days=7)
"""So long before a visit it matters that nobody knows of it; one without a start may be any day."""
_TO_COME = frozenset({"booked", "scheduled"})
_FIRST = "first settle: "


def must_be_settled(record: Record, now: datetime) -> bool:
    """Whether something stands between a booking of these days and those who must hear of it."""
    status = str(record["status"] or "")
    meaning = meaning_of(status, TABLES["jobs"].statuses)
    unclear = record[TO_SETTLE] is not None or meaning is None
    start = record["starts_at"]
    if not unclear or (meaning is not None and meaning not in _TO_COME):
        return False
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return not isinstance(start, datetime) or today <= _aware(start, now) <= now + SOON


def untold_step(teller: Teller, told: Sequence[TrailStep]) -> TrailStep | None:
    """The first step that would have told somebody of the visit and has not; None where all know of it."""
    telling = {step.name for step in teller.recipe.steps if _tells(step)}
    first = next((one for one in told if one.step in telling and one.state != "done"), None)
    if first is None:
        return None
    settle, why = _task(teller), str(teller.record[TO_SETTLE] or "")
    reason = f"{_FIRST}{why}" if why and not first.reason.startswith(_FIRST) else first.reason
    owner, number = (settle.owner, settle.id) if settle else (first.owner, first.review)
    asked = teller.queue.asked(teller.recipe.key, settle) or first.asked
    return TrailStep(first.recipe, first.step, "due", reason, owner, review=number, overdue=True, do=first.do, asked=asked)


def _tells(step: Step) -> bool:
    """Whether a step is the first word that somebody hears of a visit."""
    return step.do == "message" and not step.on_change and not step.before and bool(_TO_COME & set(step.when.status))


def _task(teller: Teller) -> ReviewItem | None:
    """What stands on somebody's list about what is to settle."""
    keys = {step.key for step in teller.recipe.steps if any(test.column == TO_SETTLE for test in step.when.tests)}
    mine = (item for (recipe, key), item in teller.queue.items.items()
            if (recipe, key.record) == (teller.recipe.key, teller.identity) and key.step in keys and item.state == "open")  # fmt: skip
    return max(mine, key=lambda item: item.id, default=None)


def _aware(start: datetime, now: datetime) -> datetime:
    return start.replace(tzinfo=now.tzinfo) if start.tzinfo is None else start
