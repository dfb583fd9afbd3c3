"""Why a person must look more closely at a draft invoice: what the books leave open, or tell in two ways."""

from collections.abc import Iterator
from decimal import Decimal

from contractor_ops.tables.record import Record
from contractor_ops.views.books.what_counts import CENT, adds_up, amount, meaning, money, says_billed, state_of, tax_in, total_of
from contractor_ops.views.drafts.basis import Basis


def doubts_of(basis: Basis, total: Decimal | None) -> tuple[str, ...]:
    """Every doubt once, as a phrase; `total` is what the draft comes to."""
    price = _of_estimates(basis) if basis.agreed else _of_the_job(basis)
    found = (*price, *_of_changes(basis), *_of_money(basis, total))
    return tuple(dict.fromkeys(found))


def _named(paper: Record) -> str:
    return str(paper["number"] or f"({paper.place})")


def _of_estimates(basis: Basis) -> Iterator[str]:
    if len(basis.agreed) > 1:
        told = ", ".join(f"{_named(one)} at {money(amount(one, 'total')) or 'no price'}" for one in basis.agreed)
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
        yield f"the job's total is {money(told)}, the accepted estimate's {money(price)}"


def _of_the_job(basis: Basis) -> Iterator[str]:
    """The job's own total stands for the price: usual for small work, a question where there should be an estimate."""
    known = [total for job in basis.priced if (total := amount(job, "total")) is not None]
    if len(known) < len(basis.priced):
        yield "no price is known: there is no accepted estimate and the job has no total"
        return
    kinds = {kind.casefold() for kind in basis.billing.estimate_for}
    if sum(known) >= basis.billing.estimate_from or any(str(job["job_type"] or "").casefold() in kinds for job in basis.priced):
        yield "there is no accepted estimate: the price is the job's own total"
    if basis.changes:
        yield "whether the job's total holds its change orders already, no sheet says"
    if len(known) > len({job["number"] or job.place for job in basis.priced}):
        yield "its visits tell different totals"


def _of_changes(basis: Basis) -> Iterator[str]:
    for one in basis.books.change_orders:
        name, worth = f"change order {_named(one)}", money(amount(one, "amount"))
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
        yield f"invoice {_named(invoice)} ({money(worth) or 'amount not known'}) is taken for a deposit"
    for invoice, worth in basis.credits:
        yield f"invoice {_named(invoice)} ({money(worth)}) is a credit, which is not taken off"
    yield from (f"its invoice {_named(one)} is void" for one in basis.books.invoices if meaning(one) == "void")
    yield from (f"how much of payment {_named(one)} is for this job is not known" for one, came_in in basis.prepaid if came_in is None)
    told = total_of(paid for _, paid in basis.told_deposits)
    came_in = total_of(paid for _, paid in (*basis.prepaid, *basis.billed))
    if told and came_in is not None and came_in not in {told, Decimal(0)}:
        yield f"the estimate tells of a deposit of {money(told)}, payments make {money(came_in)}"
    if total is not None and total <= 0:
        yield f"it comes to {money(total)}"
