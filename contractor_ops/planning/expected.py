"""When somebody reckons with a visit who does not know yet that it has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from contractor_ops.planning.composer import TECHNICIANS
from contractor_ops.planning.ears import STARTS
from contractor_ops.planning.phrases import at, local
from contractor_ops.planning.ready import Ready
from contractor_ops.planning.told import is_to_customer
from contractor_ops.tables.record import Record, Value

_SOON = timedelta(hours=4)
"""A change that waits for a person so shortly before is one to call about."""


def expected_before_they_hear(one: Ready, until: datetime | None, now: datetime) -> str:
    """The sentence that has somebody call: the news of a change comes too late for the start that it is about; "" where it does not.

    `until`: from when the message may leave, None where a person must see to it first.
    """
    to_customer = is_to_customer(one.due.step)
    if not one.due.changed or not (to_customer or one.due.step.to in TECHNICIANS):
        return ""
    starts = ((one.due.before or {}).get(STARTS), one.row.record[STARTS])
    first = _first_start(starts, now, (until if to_customer else None) or now + _SOON)
    who = "they expect us" if to_customer else "whoever goes reckons with"
    return f"{who} {at(first, now)}: call them" if first else ""


def pressing(record: Record, now: datetime) -> str:
    """Why something that must be settled about a visit cannot wait; "" where it can."""
    first = _first_start((record[STARTS],), now, now + _SOON)
    return f"the visit is {at(first, now)}" if first else ""


def _first_start(starts: Iterable[Value], now: datetime, latest: datetime) -> datetime | None:
    """The first start that lies between now and then; a day without a time tells nothing."""
    moments = [local(start, now) for start in starts if isinstance(start, datetime) and (start.hour or start.minute)]
    near = [moment for moment in moments if now.timestamp() <= moment.timestamp() < latest.timestamp()]
    return min(near, key=datetime.timestamp, default=None)
