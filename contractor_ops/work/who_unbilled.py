"""A customer's work that is done and that no invoice bills: it is not owed yet, and nobody on the line should hear that nothing is to come."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from contractor_ops.planning.people import Person
from contractor_ops.reports.who_papers import Unbilled
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.billed import is_billed
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.numbers import same_number
from contractor_ops.views.books.what_counts import amount, live, meaning, numbers_in, told_once, total_of
from contractor_ops.work.who_cells import day_in, text_in
from contractor_ops.work.who_shelf import Shelf

_STILL_OPEN = frozenset({"booked", "scheduled", "under-way", "on-hold", "invoiced"})
"""States of a visit that keep its job from being ready to bill."""
_A_YEAR = timedelta(days=365)


def to_be_billed(person: Person, shelf: Shelf) -> tuple[Unbilled, ...]:
    """The jobs of the last year that are done and on no invoice, the latest first; none where no sheet tells what is billed."""
    invoices, jobs = shelf.tables.get("invoices"), shelf.tables.get("jobs")
    if jobs is None or "invoices" in shelf.unread or (invoices is None and not jobs.has("invoice")):
        return ()
    found = (_unbilled(rows, person, invoices, shelf.now) for rows in _by_number(person))
    return tuple(sorted((one for one in found if one), key=lambda one: one.on or date.min, reverse=True))


def _by_number(person: Person) -> Iterator[tuple[Record, ...]]:
    """The rows of each job: those of one number are its visits."""
    together: dict[object, list[Record]] = {}
    for job in person.of("jobs"):
        together.setdefault(str(job["number"]) if job["number"] else id(job), []).append(job)
    yield from map(tuple, together.values())


def _unbilled(rows: tuple[Record, ...], person: Person, invoices: Table | None, now: datetime) -> Unbilled | None:
    rows = tuple(job for job in rows if meaning(job) not in {"cancelled", "no-show"})
    bills = tuple(_bills(rows, person, invoices))
    drafted = any(meaning(one) == "draft" for one in bills) and not live(bills)  # "Invoiced", and nothing was ever sent
    over = {"completed", "invoiced"} if drafted else {"completed"}
    days = [day for job in rows if (day := day_in(job["completed_on"]))]
    on, today = max(days, default=None), now.date()
    done = any(meaning(job) in over for job in rows) or (on is not None and on <= today)
    if not done or any(meaning(job) in _STILL_OPEN - over for job in rows) or (on and not today - _A_YEAR <= on <= today):
        return None
    worth = total_of(amount(job, "total") for job in told_once(rows, "total"))
    books = JobBooks(rows, tuple(person.of("estimates")), (), bills)
    if worth == 0 or (not drafted and any(is_billed(job, books) for job in rows)) or _may_be_billed(person, bills, on):
        return None
    first = rows[0]
    return Unbilled(str(first["number"] or ""), text_in(first["title"] or first["job_type"]), worth, on, first.place)


def _bills(rows: tuple[Record, ...], person: Person, invoices: Table | None) -> Iterator[Record]:
    """The invoices that are for a job, whoever gets them."""
    numbers = {core for job in rows for core in numbers_in(job["number"])}
    named = {core for job in rows for core in numbers_in(job["invoice"])}
    records = invoices.records if invoices else ()
    cells = zip(column_of(records, "job"), column_of(records, "number"), records, strict=True)
    for job, number, record in cells:
        if _names(job, numbers) or _names(number, named):
            yield record


def _names(cell: object, wanted: set[tuple[str, str]]) -> bool:
    """Whether a cell names one of these numbers. Most do not hold its figures at all, which is seen without reading them."""
    text = str(cell).casefold() if cell is not None else ""
    if not any(rest in text for _, rest in wanted):
        return False
    return any(same_number(one, other) for one in numbers_in(text) for other in wanted)


def _may_be_billed(person: Person, bills: tuple[Record, ...], on: date | None) -> bool:
    """Whether an invoice of this customer that names no job may be for this one: nobody promises a bill that has come already."""
    named = {core for job in person.of("jobs") for core in numbers_in(job["invoice"])}
    for invoice in person.of("invoices"):
        if invoice in bills or invoice["job"] is not None or numbers_in(invoice["number"]) & named or meaning(invoice) in {"draft", "void"}:
            continue
        day = day_in(invoice["issued_on"]) or day_in(invoice["sent_on"]) or day_in(invoice["due_on"])
        if on is None or day is None or day >= on:
            return True
    return False
