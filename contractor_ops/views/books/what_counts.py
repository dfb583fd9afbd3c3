"""Which of a job's papers count, as what, and for how much: the estimate that was accepted, changes that were agreed, invoices that stand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.invoice_words import no_invoice_yet, speaks_of_deposit, speaks_of_the_rest
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.numbers import base_of, core_of, numbers_written, same_number

ChangeState = Literal["approved", "pending", "declined"]
CENT = Decimal("0.01")
ACCEPTED = frozenset({"accepted", "converted"})
NOT_BILLED = frozenset({"draft", "void"})
"""What an invoice means that does not stand."""
_NOT_CAME_IN = frozenset({"failed", "void"})
_FEW = 10
"""In a sheet that is written below zero one amount in so many may be a refund above it."""


def meaning(record: Record) -> str | None:
    """What a record's status means, whatever its words; None where it is blank or its word is not known."""
    status = record["status"]
    return meaning_of(str(status), TABLES[record.table].statuses) if status is not None else None


def amount(record: Record, column: str) -> Decimal | None:
    """A cell of money or a number; None where it is blank or could not be read."""
    value = record[column]
    return value if isinstance(value, Decimal) else None


def days_in(record: Record, *columns: str) -> list[date]:
    """The days in these columns, without their times, in this order."""
    cells = (record[column] for column in columns)
    return [cell.date() if isinstance(cell, datetime) else cell for cell in cells if isinstance(cell, date)]


def is_credit(invoice: Record) -> bool:
    """Whether an invoice gives money back: its total is below zero."""
    total = amount(invoice, "total")
    return total is not None and total < 0


def numbers_in(value: Value) -> frozenset[tuple[str, str]]:
    """The documents that a cell names, "101, 102", so that "INV-0042" and "inv-42" are one."""
    return frozenset(map(core_of, numbers_written(value)))


def accepted(estimates: Iterable[Record], jobs: Sequence[Record]) -> list[Record]:
    """The estimates that the customer said yes to. Where none has a status, the one that the job names was the one."""
    named = frozenset[tuple[str, str]]().union(*(numbers_in(job["estimate"]) for job in jobs))
    return [
        one
        for one in estimates
        if meaning(one) in ACCEPTED
        or (one["status"] is None and (one["approved_on"] is not None or bool(numbers_in(one["number"]) & named)))
    ]


def state_of(change: Record) -> ChangeState | None:
    """Where a change order stands; one that is billed was approved. None: a person must say."""
    match meaning(change):
        case "approved" | "billed":
            return "approved"
        case "pending":
            return "pending"
        case "declined":
            return "declined"
    agreed = change["approved_on"] is not None or change["billed"] is True
    return "approved" if agreed and change["status"] is None else None


def says_billed(change: Record) -> bool:
    """Whether a change order says itself that it stands on an invoice."""
    told = change["billed"] is True or meaning(change) == "billed" or not no_invoice_yet(change["invoice"])
    return told or bool(amount(change, "billed_amount"))


def live(invoices: Iterable[Record]) -> list[Record]:
    """The invoices that stand: neither void nor still drafts. Credits are among them, below zero."""
    return [one for one in invoices if meaning(one) not in NOT_BILLED]


def drafts(invoices: Iterable[Record]) -> list[Record]:
    """The invoices that have been begun and not sent."""
    return [one for one in invoices if meaning(one) == "draft"]


def is_deposit(invoice: Record, agreed: Sequence[Record], jobs: Sequence[Record]) -> bool:
    """Whether an invoice bills only the deposit: its title says so, or it is as much as one of these estimates asks for; never what is for the whole."""
    total = amount(invoice, "total")
    asked = total is not None and total in {amount(one, "deposit_required") for one in agreed}
    says_so = speaks_of_deposit(invoice["title"]) or (asked and not speaks_of_the_rest(invoice["title"]))
    return says_so and not _is_for_the_whole(total, agreed, jobs)


def _is_for_the_whole(total: Decimal | None, agreed: Sequence[Record], jobs: Sequence[Record]) -> bool:
    whole = total_of(amount(one, "total") for one in agreed or told_once(jobs, "total"))
    return total is not None and bool(whole) and whole is not None and total >= whole


def tax_in(paper: Record) -> Decimal | None:
    """The tax in a document's total; None where the document does not tell."""
    total, subtotal, tax = (amount(paper, name) for name in ("total", "subtotal", "tax"))
    if tax is not None:
        return tax
    return total - subtotal if total is not None and subtotal is not None and subtotal <= total else None


def adds_up(paper: Record) -> bool:
    """Whether subtotal and tax make the total, where a document tells all three."""
    total, subtotal, tax = (amount(paper, name) for name in ("total", "subtotal", "tax"))
    return total is None or subtotal is None or tax is None or abs(subtotal + tax - total) <= CENT


def sign_of(payments: Sequence[Record]) -> int:
    """-1 where a payments sheet writes what came in below zero, as some accounting programs do: hardly anything but refunds is above; else 1."""
    amounts = column_of(payments, "amount")
    if not any(isinstance(amount, Decimal) and amount.is_signed() for amount in amounts):
        return 1
    cells = zip(amounts, column_of(payments, "type"), strict=True)
    came_in = [amount for amount, kind in cells if isinstance(amount, Decimal) and amount and not _is_refund(kind)]
    below = sum(map(Decimal.is_signed, came_in))
    return -1 if below > _FEW * (len(came_in) - below) else 1


def _is_refund(kind: Value) -> bool:
    return kind is not None and "refund" in str(kind).casefold()


def received(payment: Record, sign: int) -> Decimal | None:
    """What a payment brought: below zero for a refund, nothing where it failed or was given back, None where nobody says. `sign` is that of its sheet."""
    paid, state = amount(payment, "amount"), meaning(payment)
    if state in _NOT_CAME_IN or (paid is not None and payment["refunded_on"] is not None):
        return Decimal(0)
    if paid is None or state == "pending" or (state is None and payment["status"] is not None):
        return None
    if _is_refund(payment["type"]):
        return -abs(paid)
    return min(sign * paid, Decimal(0)) if state == "refunded" else sign * paid


def is_shared(payment: Record, books: JobBooks) -> bool:
    """Whether a payment names several jobs, or several invoices, of which some are not among these: how much of it belongs here nobody says."""
    invoices = {core_of(str(one["number"])) for one in books.invoices if one["number"]}
    jobs = {
        core_of(number) for one in books.jobs if one["number"] for number in (str(one["number"]), base_of(str(one["number"]))) if number
    }
    return _is_partly_of(payment["invoice"], invoices) or _is_partly_of(payment["job"], jobs)


def _is_partly_of(cell: Value, known: Iterable[tuple[str, str]]) -> bool:
    named = numbers_in(cell)
    return len(named) > 1 and not all(any(same_number(one, other) for other in known) for one in named)


def told_once(jobs: Sequence[Record], column: str) -> list[Record]:
    """The jobs that tell an amount, or should: rows of one number are visits, and what several of them tell alike is told once."""
    kept: dict[tuple[object, object], Record] = {}
    known = {job["number"] for job in jobs if job["number"] and amount(job, column) is not None}
    for job in jobs:
        if amount(job, column) is not None or job["number"] not in known:
            kept.setdefault((job["number"] or job.place, amount(job, column)), job)
    return list(kept.values())


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, None where one of the amounts is not known: part of a sum looks like the whole."""
    known = list(amounts)
    return None if any(one is None for one in known) else sum((one for one in known if one is not None), Decimal(0))
