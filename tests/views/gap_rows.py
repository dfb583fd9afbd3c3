"""Jobs with their papers, and the gaps that an office hears of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from contractor_ops.config import BillingPart
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.billing_gaps import build
from tests.views.sheets import AGREED, DONE, INVOICE, Row, but, given, tables

SMALL = but(DONE, Total="480", Title="Repair", Job_type="Repair")
"""A job so small that it needs no estimate."""
SMALL_BILL = but(INVOICE, Total="480")
UNDER_WAY = but(DONE, Status="In progress", Completed="", Scheduled="2026-11-16")
SCHEDULED = but(DONE, Status="Scheduled", Completed="", Scheduled="2026-12-02")
OTHERS = {
    "jobs": but(DONE, Job_="J-99", Customer="Zoe Ash", Total="90", Job_type="Check"),
    "estimates": but(AGREED, Estimate_="E-99", Job_="J-99", Customer="Zoe Ash", Total="90"),
    "change_orders": {"CO #": "CO-99", "Job #": "J-99", "Description": "Filter", "Amount": "10", "Status": "Approved", "Billed": "Yes"},
    "invoices": but(INVOICE, Invoice_="1999", Job_="J-99", Customer="Zoe Ash", Total="100"),
}
"""Somebody else's papers, billed as agreed: the office keeps all these sheets."""


def gaps(billing: BillingPart | None = None, **papers: Any) -> Table:
    """The view of an office with these papers; a single row stands for a list of one."""
    rows = {name: [found] if isinstance(found, dict) else list(found) for name, found in papers.items()}
    sheets: dict[str, Sequence[Row]] = {name: [*rows.get(name, ()), other] for name, other in OTHERS.items()}
    return build(given(tables(**{**rows, **sheets}), billing=billing))


def told(billing: BillingPart | None = None, **papers: Any) -> list[tuple[str, Decimal | None]]:
    """Each gap's kind and amount."""
    return [(str(row["gap"]), amount_of(row)) for row in gaps(billing, **papers).records]


def one(billing: BillingPart | None = None, **papers: Any) -> Record:
    """The only gap of these papers."""
    [row] = gaps(billing, **papers).records
    return row


def amount_of(row: Record) -> Decimal | None:
    amount = row["amount"]
    assert amount is None or isinstance(amount, Decimal)
    return amount
