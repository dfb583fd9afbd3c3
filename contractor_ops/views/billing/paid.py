"""Invoices that are paid, and on which something is still owed."""

from collections.abc import Iterator
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import Case, Gap, ago, called, day_in
from contractor_ops.views.billing.papers import named_by
from contractor_ops.views.books.what_counts import CENT, amount, meaning


def paid_with_balance(case: Case) -> Iterator[Gap]:
    """An invoice that is paid by its status or its day, and on which something is still owed. What is kept back until the end is no balance."""
    for one in case.live:
        owed = _owed(one)
        if owed is None or owed <= CENT or owed - (amount(one, "retainage") or 0) <= CENT:
            continue
        paid_on, state = day_in(one, "paid_on"), meaning(one)
        by_day = paid_on is not None and paid_on <= case.policy.today and state not in {"partial", "written-off", "disputed"}
        if state == "paid" or by_day:
            said = (
                f"its status is {one['status']}" if state == "paid" else f"it was paid {ago(paid_on, case.policy.today) if paid_on else ''}"
            )
            doubts = () if state in {"paid", None} else (f'it has a day of payment, and its status says "{one["status"]}"',)
            because = f"paid with a balance: {dollars(owed)} open on {called('invoice', [one])}, and {said}"
            yield Gap("paid with a balance", f"paid-with-balance/{named_by([one])}", owed, because, one, (paid_on, day_in(one, "issued_on")), doubts, (one,),
                      works=tuple(case.bills(one)))  # fmt: skip


def _owed(invoice: Record) -> Decimal | None:
    balance = amount(invoice, "balance")
    total, paid = amount(invoice, "total"), amount(invoice, "paid")
    if balance is not None or "balance" in invoice.problems:
        return balance
    return total - paid if total is not None and paid is not None else None
