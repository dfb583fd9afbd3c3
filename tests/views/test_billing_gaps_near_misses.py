"""What looks like a billing gap and is none: a false alarm costs the office its trust in the list."""

from typing import Any

import pytest

from contractor_ops.config import BillingPart
from tests.views.gap_rows import SCHEDULED, SMALL, SMALL_BILL, UNDER_WAY, told
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, PAID, Row, but

Papers = dict[str, Any]
APPROVED = but(CHANGE, Billed="Yes")
PENDING = but(CHANGE, Status="Pending")
WITH_CHANGE = but(INVOICE, Total="5260")
DEPOSIT_BILL = but(INVOICE, Invoice_="1990", Title="Deposit", Total="1200", Status="Paid", Balance="0", Issued="2026-11-10")
ASKS = but(AGREED, Deposit_required="1200", Deposit_collected="1200")


def bills(*totals: str, **cells: Any) -> list[Row]:
    """Several invoices of the job."""
    return [but(INVOICE, Invoice_=str(2001 + at), Total=total, **cells) for at, total in enumerate(totals)]


NEAR_MISSES: dict[str, dict[str, Papers]] = {
    "not invoiced": {
        "completed two days ago": {"jobs": but(SMALL, Completed="2026-11-22")},
        "billed": {"jobs": SMALL, "invoices": SMALL_BILL},
        "billed with another job on one invoice": {"jobs": [SMALL, but(SMALL, Job_="J-2")], "invoices": but(SMALL_BILL, Job_="J-1, J-2", Total="960")},
        "the job names its invoice": {"jobs": but(SMALL, Invoice_="2001"), "invoices": but(SMALL_BILL, Job_="")},
        "by the customer's name, where only one job fits": {"jobs": SMALL, "invoices": but(SMALL_BILL, Job_="")},
        "two segments of the job's number": {"jobs": SMALL, "invoices": [but(SMALL_BILL, Job_="J-1-1", Total="240", Title="First half"),
                                                                     but(SMALL_BILL, Invoice_="2002", Job_="J-1-2", Total="240", Title="Second half")]},
        "nothing to bill": {"jobs": but(SMALL, Total="0", Title="Warranty callback")},
        "cancelled": {"jobs": but(SMALL, Status="Cancelled", Completed="")},
        "in progress": {"jobs": but(SMALL, Status="In progress", Completed="")},
        "not completed": {"jobs": but(SMALL, Status="Not completed", Completed="")},
    },
    "invoiced, not completed": {
        "a deposit": {"jobs": SCHEDULED, "estimates": AGREED, "invoices": but(INVOICE, Title="Deposit 25%", Total="1200")},
        "progress billing": {"jobs": UNDER_WAY, "estimates": AGREED, "invoices": but(INVOICE, Title="Progress billing 1 of 3", Total="1600")},
        "a retainer": {"jobs": SCHEDULED, "estimates": AGREED, "invoices": but(INVOICE, Title="Retainer", Total="500")},
        "void": {"jobs": but(SCHEDULED, Total="480"), "invoices": but(SMALL_BILL, Status="Void")},
        "a draft": {"jobs": but(SCHEDULED, Total="480"), "invoices": but(SMALL_BILL, Status="Draft")},
        "clearly less than agreed": {"jobs": SCHEDULED, "estimates": AGREED, "invoices": but(INVOICE, Total="1000")},
        "cancelled, the invoice void": {"jobs": but(SMALL, Status="Cancelled", Completed=""), "invoices": but(SMALL_BILL, Status="Void")},
        "cancelled, the invoice credited": {"jobs": but(SMALL, Status="Cancelled", Completed=""),
                                            "invoices": [SMALL_BILL, but(SMALL_BILL, Invoice_="CM-1", Total="-480", Title="Credit memo")]},
    },
    "differs": {
        "as agreed": {"estimates": AGREED, "invoices": INVOICE},
        "by the tolerance": {"estimates": AGREED, "invoices": but(INVOICE, Total="4801.00")},
        "with an approved change": {"estimates": AGREED, "change_orders": APPROVED, "invoices": WITH_CHANGE},
        "a change that takes away": {"estimates": AGREED, "change_orders": but(APPROVED, Amount="-460"), "invoices": but(INVOICE, Total="4340")},
        "the change is in the sum though its row says No": {"estimates": AGREED, "change_orders": CHANGE, "invoices": WITH_CHANGE},
        "tax on the invoice only": {"estimates": AGREED, "invoices": but(INVOICE, Subtotal="4800", Tax="396", Total="5196")},
        "tax on both": {"estimates": but(AGREED, Subtotal="4800", Tax="396", Total="5196"), "invoices": but(INVOICE, Subtotal="4800", Tax="396", Total="5196")},
        "tax on the estimate only, billed with it": {"estimates": but(AGREED, Subtotal="4800", Tax="396", Total="5196"), "invoices": but(INVOICE, Total="5196")},
        "a declined option": {"estimates": [AGREED, but(AGREED, Estimate_="E-2", Status="Declined", Total="9000")], "invoices": INVOICE},
        "two accepted estimates, both billed": {"estimates": [AGREED, but(AGREED, Estimate_="E-2", Total="700")], "invoices": but(INVOICE, Total="5500")},
        "a revision in place of the first": {"estimates": [but(AGREED, Created="2026-10-01"), but(AGREED, Estimate_="E-1-R1", Total="5100", Created="2026-10-09")],
                                             "invoices": but(INVOICE, Total="5100")},
        "a credit brings it down": {"estimates": AGREED, "invoices": [but(INVOICE, Total="5000"), but(INVOICE, Invoice_="CM-1", Total="-200", Title="Credit")]},
        "a void one beside it": {"estimates": AGREED, "invoices": [INVOICE, but(INVOICE, Invoice_="2000", Total="5555", Status="Void")]},
        "deposit and rest": {"estimates": AGREED, "invoices": [DEPOSIT_BILL, but(INVOICE, Title="Final", Total="3600")]},
        "the deposit taken off": {"estimates": ASKS, "invoices": but(INVOICE, Total="3600")},
        "the deposit billed apart and credited on the whole": {
            "estimates": AGREED, "invoices": [DEPOSIT_BILL, but(INVOICE, Title="Final", Balance="3600")]},
        "three draws": {"estimates": AGREED, "invoices": bills("1600", "1600", "1600", Title="Draw 1 of 3")},
        "a draw of work that goes on": {"jobs": UNDER_WAY, "estimates": AGREED, "invoices": but(INVOICE, Title="Draw 1 of 3", Total="1600")},
        "two jobs on one invoice": {"jobs": [DONE, but(DONE, Job_="J-2")], "estimates": [AGREED, but(AGREED, Estimate_="E-2", Job_="J-2")],
                                    "invoices": but(INVOICE, Job_="J-1, J-2", Total="9600")},
    },
    "change order not billed": {
        "billed": {"estimates": AGREED, "change_orders": APPROVED, "invoices": WITH_CHANGE},
        "its status says billed": {"estimates": AGREED, "change_orders": but(CHANGE, Status="Billed", Billed=""), "invoices": WITH_CHANGE},
        "on an invoice of its own": {"estimates": AGREED, "change_orders": but(CHANGE, Billed="", Invoice_="2002"),
                                     "invoices": [INVOICE, but(INVOICE, Invoice_="2002", Title="Change order 1", Total="460")]},
        "declined": {"estimates": AGREED, "change_orders": but(CHANGE, Status="Declined"), "invoices": INVOICE},
        "pending": {"estimates": AGREED, "change_orders": PENDING, "invoices": INVOICE},
        "the job is not invoiced yet": {"jobs": UNDER_WAY, "estimates": AGREED, "change_orders": CHANGE},
    },
    "change without approval": {
        "pending, neither billed nor done": {"jobs": UNDER_WAY, "estimates": AGREED, "change_orders": PENDING},
        "pending, to be done": {"jobs": UNDER_WAY, "estimates": AGREED, "change_orders": but(PENDING, Notes="not installed yet")},
        "declined": {"estimates": AGREED, "change_orders": but(CHANGE, Status="Declined"), "invoices": INVOICE},
        "approved and billed": {"estimates": AGREED, "change_orders": but(APPROVED, Approved_on="2026-11-12"), "invoices": WITH_CHANGE},
        "done, with a day of approval": {"estimates": AGREED, "invoices": WITH_CHANGE,
                                         "change_orders": but(CHANGE, Status="Completed", Approved_on="2026-11-12", Billed="Yes")},
    },
    "no accepted estimate": {
        "accepted": {"estimates": AGREED, "invoices": INVOICE},
        "converted": {"estimates": but(AGREED, Status="Converted"), "invoices": INVOICE},
        "small": {"jobs": but(SMALL, Total="999.99"), "invoices": but(SMALL_BILL, Total="999.99")},
        "the job names it": {"jobs": but(DONE, Estimate_="E-1"), "estimates": but(AGREED, Job_=""), "invoices": INVOICE},
        "by the customer's name": {"estimates": but(AGREED, Job_=""), "invoices": INVOICE},
        "cancelled": {"jobs": but(DONE, Status="Cancelled", Completed="")},
        "one declined, one accepted": {"estimates": [AGREED, but(AGREED, Estimate_="E-2", Status="Declined", Total="7000")], "invoices": INVOICE},
    },
    "deposit not taken": {
        "collected": {"jobs": UNDER_WAY, "estimates": ASKS},
        "none asked for": {"jobs": UNDER_WAY, "estimates": but(AGREED, Deposit_required="0", Deposit_collected="0")},
        "more than asked for": {"jobs": UNDER_WAY, "estimates": but(ASKS, Deposit_collected="1500")},
        "its invoice is paid": {"jobs": UNDER_WAY, "estimates": but(ASKS, Deposit_collected=""), "invoices": DEPOSIT_BILL},
        "paid for the job": {"jobs": UNDER_WAY, "estimates": but(ASKS, Deposit_collected=""), "payments": but(PAID, Invoice_="", Job_="J-1", Amount="1200")},
        "cancelled": {"jobs": but(DONE, Status="Cancelled", Completed=""), "estimates": but(ASKS, Deposit_collected="")},
    },
    "deposit not credited": {
        "off the balance": {"estimates": ASKS, "invoices": but(INVOICE, Balance="3600")},
        "the invoice is paid": {"estimates": ASKS, "invoices": but(INVOICE, Status="Paid", Balance="0")},
        "deposit and rest apart": {"estimates": ASKS, "invoices": [DEPOSIT_BILL, but(INVOICE, Title="Final", Total="3600", Balance="3600")]},
        "a line takes it off": {"estimates": ASKS, "invoices": but(INVOICE, Total="3600", Balance="3600")},
        "part of the rest paid, too": {"estimates": ASKS, "invoices": but(INVOICE, Balance="2600")},
    },
    "paid with a balance": {
        "nothing open": {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Paid", Balance="0")},
        "a cent": {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Paid", Balance="0.01")},
        "a blank balance": {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Paid", Balance="")},
        "partly paid": {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Partially paid", Balance="200")},
        "overdue": {"jobs": SMALL, "invoices": but(SMALL_BILL, Status="Past due", Balance="480")},
        "void": {"jobs": SMALL, "invoices": [but(SMALL_BILL, Status="Void", Balance="480"), but(SMALL_BILL, Invoice_="2002", Status="Paid", Balance="0")]},
    },
    "two invoices": {
        "two jobs of one customer": {"jobs": [SMALL, but(SMALL, Job_="J-2")], "invoices": [SMALL_BILL, but(SMALL_BILL, Invoice_="2002", Job_="J-2")]},
        "one of them void": {"jobs": SMALL, "invoices": [SMALL_BILL, but(SMALL_BILL, Invoice_="2002", Status="Void")]},
        "one of them credited": {"jobs": SMALL, "invoices": [SMALL_BILL, but(SMALL_BILL, Invoice_="2002"),
                                                             but(SMALL_BILL, Invoice_="CM-1", Total="-480", Title="Credit memo")]},
        "two halves with tax": {"jobs": SMALL, "invoices": bills("259.20", "259.20", Subtotal="240", Tax="19.20")},
        "two halves": {"jobs": SMALL, "invoices": bills("240", "240")},
        "deposit and balance": {"jobs": SMALL, "invoices": [but(SMALL_BILL, Total="100", Title="Deposit"), but(SMALL_BILL, Invoice_="2002", Total="380", Title="Balance")]},
        "work and its change order": {"estimates": AGREED, "change_orders": APPROVED, "invoices": bills("4800", "460")},
    },
}  # fmt: skip


@pytest.mark.parametrize(("kind", "miss"), [(kind, miss) for kind, misses in NEAR_MISSES.items() for miss in misses])
def test_no_gap(kind: str, miss: str) -> None:
    papers = NEAR_MISSES[kind][miss]
    assert told(**{"jobs": DONE, **papers}) == []


@pytest.mark.parametrize("kind", NEAR_MISSES)
def test_each_kind_has_four_near_misses(kind: str) -> None:
    assert len(NEAR_MISSES[kind]) >= 4


@pytest.mark.parametrize("total", ["4824.00", "4776.00", "4820.00"])
def test_both_tolerances_must_be_exceeded(total: str) -> None:
    """Ten dollars and half a per cent: 24 dollars are more than ten and no more than half a per cent of 4,800."""
    billing = BillingPart.model_validate({"tolerance": {"amount": 10, "percent": 0.5}})
    assert told(billing, jobs=DONE, estimates=AGREED, invoices=but(INVOICE, Total=total)) == []
