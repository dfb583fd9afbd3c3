"""Which overdue step is the gravest: somebody who must be there tomorrow and does not know comes before a list of material."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contractor_ops.reports.trail import Overdue, TrailStep

_UNTOLD = frozenset({"message", "assign", ""})
"""Steps without which somebody knows nothing of the visit; a row that cannot be used at all is one of them."""
_MINOR = frozenset({"check-materials", "checklist", "calendar", "update-row"})
_NEVER = float("inf")


def gravest(steps: Sequence[TrailStep]) -> TrailStep:
    """Of one booking's overdue steps the one to see to first: who knows nothing, then what is late the longest."""
    return min(steps, key=lambda step: (_weight(step), _stamp(step.due)))


def by_gravity(one: Overdue, now: datetime) -> tuple[bool, bool, bool, float, float, str]:
    """Visits of today and tomorrow of which somebody knows nothing, then by the visit's start and by delay; material and days gone by come last."""
    start, weight = _start(one, now), _weight(one.step)
    tomorrow_ends = (now + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    today_begins = now.replace(hour=0, minute=0, second=0, microsecond=0)
    past = start is not None and start < today_begins
    soon = start is not None and not past and start < tomorrow_ends and weight == 0
    return not soon, past, weight > 1, start.timestamp() if start else _NEVER, _stamp(one.step.due), one.job


def _weight(step: TrailStep) -> int:
    return 0 if step.do in _UNTOLD else 2 if step.do in _MINOR else 1


def _start(one: Overdue, now: datetime) -> datetime | None:
    if not one.starts_at:
        return None
    start = datetime.fromisoformat(one.starts_at)
    return start.replace(tzinfo=now.tzinfo) if start.tzinfo is None else start


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else -_NEVER
