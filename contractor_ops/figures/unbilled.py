"""Jobs that are done and that no invoice bills."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from contractor_ops.figures.values import Business
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.surely_billed import BilledJobs
from contractor_ops.views.moments import day_of

_AHEAD = frozenset({"booked", "scheduled", "under-way", "on-hold"})
Key = tuple[object, str]


def unbilled(business: Business) -> Iterator[tuple[Sequence[Record], date | None]]:
    """The rows of each job, visits of one number together, and the day it was done; a job of which a visit is still ahead is not done."""
    jobs = business.tables["jobs"].records
    billed = BilledJobs(business.tables)
    columns = {name: column_of(jobs, name) for name in ("number", "customer", "status", "completed_on", "invoice")}
    meanings = {one: meaning_of(str(one), TABLES["jobs"].statuses) if one is not None else None for one in set(columns["status"])}
    done: dict[Key, list[tuple[int, date | None]]] = defaultdict(list)
    out: set[Key] = set()
    for at, (number, customer, status, completed, invoice) in enumerate(zip(*columns.values(), strict=True)):
        meaning = meanings[status]
        if meaning in {"cancelled", "no-show"}:
            continue
        key = _key(at, number, customer)
        day = day_of(completed, business.now)
        if meaning == "invoiced" or billed.at_once(at, number, invoice):
            out.add(key)
        elif meaning == "completed" or (day is not None and day <= business.today):
            done[key].append((at, day if day is not None and day <= business.today else None))
        elif meaning in _AHEAD:
            out.add(key)
    for key, found in done.items():
        if key not in out and not any(billed.closer(at) for at, _ in found):
            yield [jobs[at] for at, _ in found], max((day for _, day in found if day), default=None)


def _key(at: int, number: Value, customer: Value) -> Key:
    return (number, normal_name(str(customer or ""))) if number else (at, "")
