"""Why a person must look more closely at a draft invoice: what the books leave open, or tell in two ways."""

from collections.abc import Iterator
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import in_words, plain
from contractor_ops.views.billing.papers import withdrawn
from contractor_ops.views.books.what_counts import (
    CENT,
    adds_up,
    amount,
    is_credit,
    is_shared,
    meaning,
    says_billed,
    state_of,
    tax_in,
    total_of,
)
from contractor_ops.views.drafts.basis import Basis
from contractor_ops.views.drafts.to_be_billed import is_extra, is_told_by, to_be_billed


def doubts_of(basis: Basis, total: Decimal | None) -> tuple[str, ...]:
    """Every doubt once, as a phrase; `total` is what the draft comes to."""
    price = _of_estimates(basis) if basis.agreed else _of_the_job(basis)
    found = (*_of_notes(basis), *price, *_of_changes(basis), *_of_money(basis, total))
    return tuple(dict.fromkeys(found))


def _named(paper: Record) -> str:
    return str(paper["number"] or f"({paper.place})")


def _of_notes(basis: Basis) -> Iterator[str]:
    """What the technician wants billed and no line with a price says. What is extra does not stand in the price of the work."""
    changes = [str(one["description"] or "") for one in basis.changes if amount(one, "amount") is not None]
    work = [str(one["title"] or "") for one in basis.agreed or basis.priced]
    for job in basis.books.jobs:
        for said in to_be_billed(job["notes"]):
            lines = changes if is_extra(said) else [*changes, *work]
            if not any(is_told_by(said, line) for line in lines):
                yield f'the note says "{said}": see that the invoice has it'


def _of_estimates(basis: Basis) -> Iterator[str]:
    if len(basis.agreed) > 1:
        told = ", ".join(f"{_named(one)} at {dollars(amount(one, 'total')) or 'no price'}" for one in basis.agreed)
        yield f"{len(basis.agreed)} estimates are accepted: {told}"
    for one in basis.agreed:
        if amount(one, "total") is None:
            yield f"estimate {_named(one)} has no total"
        if not adds_up(one):
            yield f"subtotal and tax of estimate {_named(one)} do not make its total"
    if basis.changes and any(tax_in(one) for one in basis.agreed):
        yield "the tax on its change orders is not known"
    yield from _other_total(basis)


def _other_total(basis: Basis) -> Iterator[str]:
    """The job's own total, where it is neither the estimates' nor that with the changes."""
    told, price = (total_of(amount(one, "total") for one in papers) for papers in (basis.priced, basis.agreed))
    if told is None or price is None:
        return
    tax = total_of(map(tax_in, basis.agreed)) or Decimal(0)
    added = sum((amount(one, "amount") or Decimal(0) for one in basis.changes), Decimal(0))
    if all(abs(told - fits) > CENT for fits in (price, price - tax, price + added, price - tax + added)):
        yield f"the job's total is {dollars(told)}, the accepted estimate's {dollars(price)}"


def _of_the_job(basis: Basis) -> Iterator[str]:
    """The job's own total stands for the price: usual for small work, a question where there should be an estimate."""
    known = [total for job in basis.priced if (total := amount(job, "total")) is not None]
    if len(known) < len(basis.priced):
        yield "no price is known: there is no accepted estimate and the job has no total"
        return
    kinds = {plain(kind) for kind in basis.billing.estimate_for} - {""}
    if sum(known) >= basis.billing.estimate_from or any(plain(job["job_type"]) in kinds for job in basis.priced):
        yield "there is no accepted estimate: the price is the job's own total"
    if basis.changes:
        yield "whether the job's total holds its change orders already, no sheet says"
    if len(known) > len({job["number"] or job.place for job in basis.priced}):
        yield "its visits tell different totals"


def _of_changes(basis: Basis) -> Iterator[str]:
    for one in basis.books.change_orders:
        name, worth = f"change order {_named(one)}", dollars(amount(one, "amount"))
        priced = f"{name} ({worth})" if worth else name
        match state_of(one):
            case "pending":
                yield f"{priced} is pending"
            case None:
                yield f'{priced}: its status "{one["status"] or ""}" does not say whether it was approved'
            case "approved" if says_billed(one):
                yield f"{priced} says that it is billed; it is left out"
            case "approved" if not worth:
                yield f"{name} has no amount"


def _of_money(basis: Basis, total: Decimal | None) -> Iterator[str]:
    for invoice, worth in basis.billed:
        yield f"invoice {_named(invoice)} ({dollars(worth) or 'amount not known'}) is taken for a deposit"
    for invoice, worth in basis.credits:
        yield f"invoice {_named(invoice)} ({dollars(worth)}) is a credit, which is not taken off"
    yield from _of_taken_back(basis)
    yield from (f"its invoice {_named(one)} {withdrawn(one)}" for one in basis.books.invoices if meaning(one) == "void")
    for payment, came_in in basis.prepaid:
        yield from _of_payment(basis, payment, came_in)
    told = total_of(paid for _, paid in basis.told_deposits)
    came_in = total_of(paid for _, paid in (*basis.prepaid, *basis.billed))
    if told and came_in is not None and came_in not in {told, Decimal(0)}:
        yield f"the estimate tells of a deposit of {dollars(told)}, payments make {dollars(came_in)}"
    if total is not None and total <= 0:
        yield f"it comes to {dollars(total)}"


def _of_taken_back(basis: Basis) -> Iterator[str]:
    invoices, credits = ([_named(one) for one in basis.taken_back if is_credit(one) is given_back] for given_back in (False, True))
    if invoices:
        yield f"invoice {in_words(invoices)} was taken back by credit {in_words(credits)}: see that it is to be billed again"


def _of_payment(basis: Basis, payment: Record, came_in: Decimal | None) -> Iterator[str]:
    """What is doubtful about money that came in before and is taken off."""
    status = payment["status"]
    if came_in is None and not is_shared(payment, basis.books) and status is not None and meaning(payment) in {None, "pending"}:
        yield f'payment {_named(payment)}: its status "{status}" does not say that it came in'
    elif came_in is None:
        yield f"how much of payment {_named(payment)} is for this job is not known"
    elif payment["job"] is None and payment["invoice"] is None:
        yield f"payment {_named(payment)} ({dollars(came_in)}) names no job: see that it is for this one"
    if came_in is not None and came_in < 0 and "refund" not in f"{payment['type'] or ''} {status or ''}".casefold():
        yield f"payment {_named(payment)} ({dollars(came_in)}) is below zero: it is taken for money given back"
