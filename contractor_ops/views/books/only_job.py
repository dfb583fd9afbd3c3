"""Credits, change orders and payments that name no number: for the paper that their words name, else for the customer's only job."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.candidates import candidates, loose, visits_of
from contractor_ops.views.books.invoice_words import pays_deposit
from contractor_ops.views.books.links import Linker
from contractor_ops.views.books.numbers import numbers_written
from contractor_ops.views.books.what_counts import amount, days_in, is_credit, meaning

_NAMED_IN_TEXT = re.compile(r"[A-Za-z]{0,5}-?\d[\w-]{2,}")
_BEFORE = timedelta(days=90)
"""A deposit comes some weeks before its job; what came earlier than that was for other work."""


def said_in_notes(linker: Linker) -> None:
    """A credit or a payment whose words name a paper of the same customer: "deposit for E-1042", "credit for invoice 2042"."""
    for table, columns in (("invoices", ("job", "estimate")), ("payments", ("invoice", "job"))):
        for row in loose(linker, table, columns):
            if table == "payments" or is_credit(linker.papers[table][row]):
                _join_said(linker, table, row)


def _join_said(linker: Linker, table: str, row: int) -> None:
    record = linker.papers[table][row]
    said = " ".join(str(record[column] or "") for column in ("title", "type", "notes"))
    for number in dict.fromkeys(_NAMED_IN_TEXT.findall(said)):
        for named in ("invoices", "estimates", "jobs"):
            rows = [
                one for one in linker.directory(named).exactly(number) if linker.who(table).agree(row, linker.who(named), one) is not False
            ]
            if len(rows) == 1 and (named, rows[0]) != (table, row):
                # An invoice's credit belongs to its jobs; without one, to the invoice.
                linker.links.add(table, named, row, rows)
                return


def for_the_only_job(linker: Linker) -> None:
    """What names no number is for the customer's job where there is only one, or for the one that it names in words."""
    _only_job(linker, "invoices", ("job", "estimate"))
    _only_job(linker, "change_orders", ("job", "invoice"))
    _payments(linker)


def _only_job(linker: Linker, table: str, columns: tuple[str, ...]) -> None:
    """Credits and change orders; of the latter it is told where several jobs fit."""
    found = _of_customers(linker, table, columns)
    by_words = _by_words(linker) if table == "change_orders" and found else {}
    for row, its in found.items():
        text = _plain(linker.papers[table][row]["job"])
        own = [job for job in by_words.get(text, ()) if not its or job in its] if text else []
        theirs = own or its
        if len(theirs) == 1:
            linker.links.add(table, "jobs", row, theirs)
        elif theirs and table == "change_orders":
            several = " or ".join(linker.called("jobs", job) for job in theirs[:3])
            linker.links.doubt((table, row), f"{linker.called(table, row)} names no job by its number: it may belong to {several}")


def _payments(linker: Linker) -> None:
    """Payments for the customer's only job, unless they came long before it; a deposit that may be for one of several is told with each."""
    found = {row: jobs for row, jobs in _of_customers(linker, "payments", ("invoice", "job")).items() if jobs}
    open_jobs = set(linker.without("jobs", ("invoice",), ("invoices",))) if found else set()
    for row, jobs in found.items():
        payment = linker.papers["payments"][row]
        near = [job for job in jobs if not _is_from_before(payment, linker.papers["jobs"][job])]
        if len(jobs) == 1 and near:
            linker.links.add("payments", "jobs", row, jobs)
        elif len(jobs) == 1 and meaning(payment) not in {"failed", "void"}:
            _tell(
                linker,
                row,
                open_jobs.intersection(jobs),
                "came long before this work: it is not taken for it. Write the job's number on it if it is",
            )
        elif pays_deposit(payment["type"]) or pays_deposit(payment["notes"]):
            _tell(linker, row, open_jobs.intersection(near), "may be for this one. Write the job's number on it")


def _tell(linker: Linker, row: int, jobs: Iterable[int], why: str) -> None:
    payment = linker.papers["payments"][row]
    day = next(iter(days_in(payment, "paid_on")), None)
    about = ", ".join(part for part in (dollars(amount(payment, "amount")), f"{day:%Y-%m-%d}" if day else "") if part)
    for job in jobs:
        linker.links.doubt(("jobs", job), f"{linker.called('payments', row)}{f' ({about})' if about else ''} names no job and {why}")


def _is_from_before(payment: Record, job: Record) -> bool:
    begun = min(days_in(job, "booked_on", "created_on", "scheduled_on", "starts_at", "completed_on"), default=None)
    return begun is not None and any(begun - day > _BEFORE for day in days_in(payment, "paid_on"))


def _of_customers(linker: Linker, table: str, columns: tuple[str, ...]) -> dict[int, list[int]]:
    """For each paper that names no number the jobs of its customer; of several visits the first. Of invoices only credits."""
    visits = visits_of(linker)
    later = {job for several in visits.values() for job in several[1:]}
    rows = [row for row in loose(linker, table, columns) if table != "invoices" or is_credit(linker.papers[table][row])]
    jobs = [row for row in range(len(linker.papers["jobs"])) if row not in later] if rows else []
    return candidates(linker, table, rows, jobs, visits)


def _by_words(linker: Linker) -> Mapping[str, list[int]]:
    """Jobs by their title and by their customer; of several visits the first."""
    later = {job for several in visits_of(linker).values() for job in several[1:]}
    jobs = [row for row in range(len(linker.papers["jobs"])) if row not in later]
    found: dict[str, list[int]] = {}
    titles, customers = (column_of(linker.papers["jobs"], column) for column in ("title", "customer"))
    for job in jobs:
        for text in {_plain(titles[job]), _plain(customers[job])} - {""}:
            found.setdefault(text, []).append(job)
    return found


def _plain(cell: Value) -> str:
    return "" if cell is None or numbers_written(cell) else " ".join(str(cell).casefold().split())
