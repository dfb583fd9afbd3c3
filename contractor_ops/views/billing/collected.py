"""What has come in for a job, as its payments and its invoices tell it."""

from decimal import Decimal

from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import Case
from contractor_ops.views.billing.sums import deposit_collected
from contractor_ops.views.books.what_counts import CENT, amount, is_shared, meaning, received, total_of


def told_collected(case: Case) -> Decimal | None:
    """What came in; None where payments and invoices disagree, or where nobody says how much of a payment is for this job."""
    payments = [None if is_shared(one, case.books) else received(one, case.policy.sign) for one in case.books.payments]
    told = [paid_on(one) for one in case.live]
    by_payments = total_of(payments)
    by_invoices = total_of(told) if told else None
    if payments and (by_payments is None or (by_invoices is not None and abs(by_invoices - by_payments) > CENT)):
        return None
    return by_payments if payments else by_invoices if by_invoices else deposit_collected(case)


def paid_on(invoice: Record) -> Decimal | None:
    """What an invoice itself says has been paid of it."""
    total, balance, paid = (amount(invoice, name) for name in ("total", "balance", "paid"))
    if total is not None and balance is not None:
        return total - balance
    return paid if paid is not None else total if meaning(invoice) == "paid" else None
