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
from contractor_ops.views.books.what_counts import NOT_BILLED
from contractor_ops.views.moments import day_of

_AHEAD = frozenset({"booked", "scheduled", "under-way", "on-hold"})
Key = tuple[object, str]


class Drafts:
    """Invoices that were begun and never sent: a job that has nothing else is not billed, whatever its status says."""

    def __init__(self, business: Business) -> None:
        table = business.tables.get("invoices")
        papers = (column_of(table.records, name) for name in ("number", "job", "status")) if table else ((), (), ())
        rows = [(number, job, meaning_of(str(status), TABLES["invoices"].statuses)) for number, job, status in zip(*papers, strict=True)]
        self._begun = {cell for number, job, meaning in rows if meaning == "draft" for cell in _named(number, job)}
        self._sent = {cell for number, job, meaning in rows if meaning not in NOT_BILLED for cell in _named(number, job)}

    def alone(self, number: Value, invoice: Value) -> bool:
        """Whether a job with this number, whose row names this invoice, has a draft and nothing that was sent."""
        mine = set(_named(invoice, number))
        return bool(mine & self._begun) and not mine & self._sent


def _named(invoice: Value, job: Value) -> list[tuple[str, str]]:
    """An invoice's own number and the job's, each with what it is of."""
    return [(kind, str(cell)) for kind, cell in (("invoice", invoice), ("job", job)) if cell is not None]


def unbilled(business: Business) -> Iterator[tuple[Sequence[Record], date | None]]:
    """The rows of each job, visits of one number together, and the day it was done; a job of which a visit is still ahead is not done."""
    jobs = business.tables["jobs"].records
    billed, drafts = BilledJobs(business.tables), Drafts(business)
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
        begun = drafts.alone(number, invoice)
        if (meaning == "invoiced" and not begun) or billed.at_once(at, number, invoice):
            out.add(key)
        elif meaning in {"completed", "invoiced"} or (day is not None and day <= business.today):
            done[key].append((at, day if day is not None and day <= business.today else None))
        elif meaning in _AHEAD:
            out.add(key)
    for key, found in done.items():
        if key not in out and not any(billed.closer(at) for at, _ in found if not drafts.alone(jobs[at]["number"], jobs[at]["invoice"])):
            yield [jobs[at] for at, _ in found], max((day for _, day in found if day), default=None)


def _key(at: int, number: Value, customer: Value) -> Key:
    return (number, normal_name(str(customer or ""))) if number else (at, "")
