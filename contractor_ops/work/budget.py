"""What was agreed, billed, collected and spent on a job, or on all of them."""

from collections import Counter
from datetime import date, datetime, time
from decimal import Decimal

from contractor_ops.office import Office
from contractor_ops.reports.budget import Budget, Budgets, Source
from contractor_ops.reports.budget_money import Rates
from contractor_ops.reports.budget_sums import Shelf, budget_of
from contractor_ops.tables.record import Table
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.office_books import books_of
from contractor_ops.views.books.what_counts import live, meaning
from contractor_ops.work.named import unknown

PAPERS = ("jobs", "estimates", "change_orders", "invoices", "payments")
"""The tables that a budget is made from; only the first must be there."""
MOST_PAGES = 3
"""A customer with more jobs gets a table of them: nobody reads that many pages."""


def budget(office: Office, wanted: str, now: datetime) -> Budgets:
    """The budgets of the jobs that go by a number or a customer's name. Raises UnknownName with the nearest there is."""
    tables = _tables(office)
    found = books_of(tables).of(wanted)
    found = [books for books in found if books.jobs] or found  # of a customer with jobs, not every estimate that was ever made
    if not found:
        numbered = [tables[name] for name in ("jobs", "invoices", "estimates") if name in tables]
        raise unknown(wanted, "job, estimate, invoice or customer", numbered, "contractor-ops budget --all")
    shelf = _shelf(office, tables, now)
    made = [budget_of(books, shelf) for books in found]
    one_by_one = len(made) <= MOST_PAGES
    return Budgets(made if one_by_one else sorted(made, key=_most_to_bill), one_by_one, sources=shelf.sources)


def all_budgets(office: Office, now: datetime) -> Budgets:
    """Every job that is not cancelled and has money, the one with most left to bill first; those whose rest is not known stand last."""
    tables = _tables(office)
    shelf = _shelf(office, tables, now)
    left_out: Counter[str] = Counter()
    shown = [made for books in books_of(tables).all() if (made := _worth_showing(books, shelf, left_out))]
    shown.sort(key=_most_to_bill)
    return Budgets(shown, one_by_one=False, left_out=dict(sorted(left_out.items())), sources=shelf.sources)


def _most_to_bill(one: Budget) -> tuple[bool, Decimal, str]:
    left = one.amount("left_to_bill")
    return one.stage == "cancelled", Decimal("Infinity") if left is None else -left, one.job


def _worth_showing(books: JobBooks, shelf: Shelf, left_out: Counter[str]) -> Budget | None:
    if not books.jobs:
        if live(books.invoices) or books.change_orders or books.payments:
            left_out["without a job"] += 1
        return None
    if all(meaning(job) == "cancelled" for job in books.jobs):
        left_out["cancelled"] += 1
        return None
    made = budget_of(books, shelf)
    if not any(figure.amount or any(row.amount is None for row in figure.rows) for figure in made.figures.values()):
        left_out["without money"] += 1
        return None
    return made


def _tables(office: Office) -> dict[str, Table]:
    # The first is asked for whether it is there or not: without jobs there are no budgets, and the office is told so.
    return {name: office.table(name, complete=False) for name in PAPERS if name == "jobs" or office.has(name)}


def _shelf(office: Office, tables: dict[str, Table], now: datetime) -> Shelf:
    billing = office.config.billing
    # 0 is what stands there when nobody has said anything; said on purpose it means that nothing is kept back.
    per_cent = billing.retainage if "retainage" in billing.model_fields_set else None
    return Shelf.of(tables, _sources(office, tables, now), Rates(per_cent, billing.labor_rate))


def _sources(office: Office, tables: dict[str, Table], now: datetime) -> tuple[Source, ...]:
    return tuple(_source(office, name, table, now) for name, table in tables.items())


def _source(office: Office, name: str, table: Table, now: datetime) -> Source:
    """How old a table is: by the day that its report names, else by its file."""
    part = office.config.tables.get(name)
    max_age = part.max_age if part and name not in office.replaced else None
    moment = datetime.combine(table.as_of, time(23, 59), now.tzinfo) if table.as_of else table.read_at
    if moment is None:
        return Source(name, ", ".join(table.files), None, None)
    moment = moment.astimezone(now.tzinfo)
    told: date = table.as_of or moment
    too_old = str(max_age) if max_age and office.facts.calendar.has_gone_by(max_age, moment, now) else ""
    return Source(name, ", ".join(table.files), told, max((now.date() - moment.date()).days, 0), too_old)
