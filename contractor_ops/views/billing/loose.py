"""Invoices that may be for one of several jobs: what such a one bills is at stake in one row less."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import Policy, called
from contractor_ops.views.books.office_books import Books
from contractor_ops.views.books.what_counts import CENT, NOT_BILLED, amount, meaning


def may_bill(books: Books) -> Mapping[int, Sequence[int]]:
    """The invoices that name no job, and may be for a job of these groups."""
    of_each = books.groups.of_each("jobs").tolist() if books.links.may_bill else []
    found: dict[int, list[int]] = defaultdict(list)
    for invoice, jobs in books.links.may_bill.items():
        for group in dict.fromkeys(of_each[job] for job in jobs):
            found[group].append(invoice)
    return found


def counted_once(fits: Sequence[tuple[Record, Sequence[int]]], invoices: Sequence[Record], policy: Policy) -> None:
    """Take what each of these invoices bills off the row that it fits best; a row that alone comes into question keeps its money."""
    rows_of: dict[int, list[Record]] = defaultdict(list)
    for row, found in fits:
        for invoice in found if amount(row, "amount") else ():
            rows_of[invoice].append(row)
    sound = {at: total for at in rows_of if (total := _billed_by(invoices[at])) is not None}
    less: set[int] = set()
    fitting = [at for at, total in sound.items() if any(_is_for(row, total, policy) for row in rows_of[at])]
    for at in dict.fromkeys((*sorted(fitting), *sorted(sound))):
        left = sorted((row for row in rows_of[at] if id(row) not in less), key=lambda row: (-_worth(row), str(row["number"])))
        if len(left) > 1:
            row = _best(left, sound[at], policy)
            _take_off(row, next(one for one in left if one is not row), sound[at], invoices[at])
            less.add(id(row))


def _billed_by(invoice: Record) -> Decimal | None:
    total = amount(invoice, "total")
    return total if total is not None and total > CENT and meaning(invoice) not in NOT_BILLED else None


def _best(rows: Sequence[Record], total: Decimal, policy: Policy) -> Record:
    """Of rows, the largest first: one that is worth what the invoice bills, else the smallest that is worth more, else the largest."""
    same = [row for row in rows if _is_for(row, total, policy)]
    return (same or [row for row in rows if _worth(row) >= total] or [rows[0]])[-1]


def _is_for(row: Record, total: Decimal, policy: Policy) -> bool:
    return not policy.beyond(_worth(row) - total, total)


def _worth(row: Record) -> Decimal:
    return amount(row, "amount") or Decimal(0)


def _take_off(row: Record, first: Record, total: Decimal, invoice: Record) -> None:
    worth = _worth(row)
    taken = min(total, worth)
    other = f"job {first['job']}" if first["job"] else "another job"
    row.values["amount"] = worth - taken if worth - taken > CENT else None
    row.values["because"] = (
        f"{row['because']}; {called('invoice', [invoice])} may be for this or {other}: {dollars(taken)} is counted there"
    )
