"""What stands still until somebody takes it up: jobs on hold, customers who were not at home, items that run low."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.material import Shelf
from contractor_ops.figures.planned import Planned, planned
from contractor_ops.figures.values import Business, Group, Line, group
from contractor_ops.figures.windows import days_ago, said
from contractor_ops.views.books.what_counts import amount, told_once, total_of

STUCK_NEEDS = ("jobs", "jobs.status")
REORDER_NEEDS = ("inventory", "inventory.on_hand", "inventory.reorder_at")
_LOOKED_BACK = timedelta(days=30)
"""A customer who was not met longer ago than this has been forgotten, or has gone elsewhere."""
_IN_VAIN = frozenset({"no-show", "cancelled", "on-hold"})


def on_hold(business: Business) -> Group:
    """Jobs that wait for something, as a part: they are to be planned anew."""
    lines = (_waiting(rows, rows[0].day, "on hold", business) for rows in _each_job(business, "on-hold"))
    return group("on-hold", "Jobs on hold", in_order(lines), "job on hold")


def not_met(business: Business) -> Group:
    """Visits of the last weeks where nobody was at home, and whose customer has had no other since, and has none ahead."""
    later = _last_days(business)
    lines = (
        _waiting(rows, day, "nobody was met", business)
        for rows, day in ((rows, _last_of(rows)) for rows in _each_job(business, "no-show"))
        if day is None or (business.today - _LOOKED_BACK <= day and later.get(rows[0].customer, day) <= day)
    )
    return group("not-met", "No-shows to be booked again", in_order(lines), "no-show to be booked again")


def to_reorder(business: Business) -> Group:
    """Items of which no more are left than the mark at which they should be ordered."""
    lines = _low(business) if not lacking(business, *REORDER_NEEDS) else ()
    return group("to-reorder", "Items to order", in_order(lines), "item to order")


def _each_job(business: Business, wanted: str) -> Iterator[Sequence[Planned]]:
    """The rows that are in a state, those of one job together: a number that two customers have is two jobs."""
    found: dict[object, list[Planned]] = defaultdict(list)
    for one in planned(business) if not lacking(business, *STUCK_NEEDS) else ():
        if one.meaning == wanted:
            found[(one.job, one.customer) if one.job else one.record.place].append(one)
    yield from (rows for rows in found.values() if wanted == "no-show" or rows[0].record.table == "jobs")


def _last_of(rows: Sequence[Planned]) -> date | None:
    return max((one.day for one in rows if one.day), default=None)


def _last_days(business: Business) -> dict[str, date]:
    """The last day on which each customer has work that was not in vain, and is not on hold."""
    found: dict[str, date] = {}
    for one in planned(business):
        if one.day is not None and one.customer and one.meaning not in _IN_VAIN:
            found[one.customer] = max(one.day, found.get(one.customer, one.day))
    return found


def _waiting(rows: Sequence[Planned], day: date | None, what: str, business: Business) -> Line:
    """Its age stands in words: it is today's business, as all of them are. Its money is the job's, told once over its visits."""
    why = f"{what}; was to be {said(day, business.today)}, {days_ago(day, business.today)}" if day else what
    jobs = [one.record for one in rows if one.record.table == "jobs"]
    return line(rows[0].record, total_of(amount(job, "total") for job in told_once(jobs, "total")) if jobs else None, 0, why)


def _low(business: Business) -> Iterator[Line]:
    shelf = Shelf(business)
    told: set[str] = set()
    for one in business.tables["inventory"].records:
        key, mark = shelf.key(one), one["reorder_at"]
        left = shelf.left.get(key)
        if isinstance(mark, Decimal) and left is not None and left <= mark and key not in told:
            told.add(key)
            named = f"{shelf.names[key]} ({one['number']})" if one["number"] and one["item"] else shelf.names[key]
            yield replace(line(one, days=0, why=f"{left:f} left, to be ordered at {mark:f}"), what=named)
