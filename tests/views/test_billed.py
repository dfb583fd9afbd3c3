"""What bills a job and what does not: one answer in the gaps of notes, the drafts and the billing check."""

from decimal import Decimal

import pytest

from contractor_ops.views.books.invoice_words import (
    no_invoice_yet,
    notes_speak_of_a_part,
    pays_deposit,
    speaks_of_a_part,
    speaks_of_deposit,
    speaks_of_the_rest,
)
from contractor_ops.views.note_gaps import build as build_note_gaps
from contractor_ops.views.ready_to_bill import build as build_drafts
from tests.views.gap_rows import OTHERS, gaps
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, Row, but, given, tables

OTHER = OTHERS["invoices"]
WHOLE = but(DONE, Total="1000", Title="Repair", Job_type="Repair")
"""A small job whose row tells its price."""


def is_billed(job: Row, *invoices: Row, **papers: list[Row]) -> bool:
    """Whether a job is billed, as the drafts say it and as the gaps of notes do for one that lacks its hours: both say the same."""
    kept = {"invoices": [OTHER, *invoices], **papers}
    drafted = build_drafts(given(tables(jobs=[job], **kept))).passed_over.get("billed", 0)
    asked = build_note_gaps(given(tables(jobs=[but(job, Hours="")], **kept))).passed_over.get("billed already", 0)
    assert drafted == asked
    return bool(drafted)


NOT_YET = (
    "", "-", "0", "0.00", "No", "n/a", "N/A", "none", "TBA", "TBD", "not yet", "To be invoiced", "to be billed", "not billed", "Not billed yet", "needs invoice",
    "needs to be invoiced", "open", "unbilled", "un-invoiced", "pending", "ready to invoice", "awaiting billing", "No invoice yet", "still to be invoiced", "FALSE",
)  # fmt: skip
SAYS_ONE = (
    "2042",
    "INV-7",
    "101",
    "yes",
    "QuickBooks",
    "sent 11/12",
    "paid",
    "no charge",
    "do not bill",
    "not to be confused: 2042",
    "No invoice, warranty",
)


@pytest.mark.parametrize("cell", NOT_YET)
def test_a_cell_that_says_that_there_is_no_invoice_yet(cell: str) -> None:
    assert no_invoice_yet(cell) and not is_billed(but(WHOLE, Invoice_number=cell))


@pytest.mark.parametrize("cell", SAYS_ONE)
def test_a_cell_that_tells_of_an_invoice(cell: str) -> None:
    assert not no_invoice_yet(cell) and is_billed(but(WHOLE, Invoice_number=cell))


@pytest.mark.parametrize("cell", ["none", "N/A", "TBD", "no", "not billed", ""])
def test_a_change_order_without_an_invoice_is_on_the_draft(cell: str) -> None:
    change = but(CHANGE, Invoice_number=cell)
    [one] = build_drafts(given(tables(jobs=[DONE], estimates=[AGREED], change_orders=[change], invoices=[OTHER]))).records
    assert (one["total"], one["review_because"]) == (Decimal(5260), None)


@pytest.mark.parametrize("cell", ["none", "N/A", "TBD", "no"])
def test_a_change_order_without_an_invoice_is_told_as_not_billed(cell: str) -> None:
    [one] = gaps(jobs=DONE, estimates=AGREED, change_orders=but(CHANGE, Invoice_number=cell), invoices=INVOICE).records
    assert (one["gap"], one["amount"]) == ("change order not billed", Decimal(460))


def test_a_change_order_that_names_its_invoice_is_billed() -> None:
    change = but(CHANGE, Invoice_number="2001", Billed="")
    assert not gaps(jobs=DONE, estimates=AGREED, change_orders=change, invoices=but(INVOICE, Total="5260")).records


@pytest.mark.parametrize(
    "title",
    ["Deposit", "Deposit 50%", "Furnace - deposit", "50% down payment", "Retainer", "Deposit, balance due on completion", "Deposit (paid)"],
)
def test_a_title_that_bills_the_deposit(title: str) -> None:
    assert speaks_of_deposit(title) and not is_billed(WHOLE, but(INVOICE, Subject=title, Total="500"))


@pytest.mark.parametrize("title", [
    "Descale tankless heater and remove mineral deposits", "Scale deposit removal", "Lime deposits", "Calcium deposit cleaning", "Furnace install less deposit",
    "Furnace, deposit received", "Furnace minus the deposit", "Balance after deposit", "Final, deposit credited", "Retainer wall", "Depository", "Furnace",
])  # fmt: skip
def test_a_title_that_bills_work(title: str) -> None:
    assert not speaks_of_deposit(title) and is_billed(WHOLE, but(INVOICE, Subject=title, Total="700"))


@pytest.mark.parametrize(("total", "billed"), [("999", False), ("1000", True), ("1080", True)])
def test_what_is_for_the_whole_is_no_deposit(total: str, billed: bool) -> None:
    assert is_billed(WHOLE, but(INVOICE, Subject="Deposit", Total=total)) is billed


@pytest.mark.parametrize(("title", "billed"), [("", False), ("Furnace", False), ("Final", True), ("Furnace less deposit", True)])
def test_an_invoice_of_what_the_estimate_asks_for_is_its_deposit_unless_it_is_the_last(title: str, billed: bool) -> None:
    asks = but(AGREED, Deposit_required="2400")
    assert is_billed(DONE, but(INVOICE, Subject=title, Total="2400"), estimates=[asks]) is billed


@pytest.mark.parametrize(("text", "deposit"), [("Deposit", True), ("50% deposit paid by check", True), ("Balance after deposit", False), ("Direct deposit", False), ("card", False)])  # fmt: skip
def test_a_payment_that_is_the_deposit(text: str, deposit: bool) -> None:
    assert pays_deposit(text) is deposit


@pytest.mark.parametrize(
    "title",
    [
        "Kitchen remodel phase 2",
        "Draw 3",
        "Progress invoice",
        "Part 1",
        "50% down",
        "Balance due",
        "Final",
        "Furnace less deposit",
        "2 of 3",
    ],
)
def test_a_title_of_one_bill_of_several(title: str) -> None:
    assert speaks_of_a_part(title)


@pytest.mark.parametrize(
    "title",
    [
        "3-phase 200A panel upgrade",
        "Two stage 5 ton condenser",
        "Air test and balance",
        "Test & balance",
        "Final inspection",
        "Remove mineral deposits",
        "Phase 200A",
    ],
)
def test_a_title_of_whole_work(title: str) -> None:
    assert not speaks_of_a_part(title) and not speaks_of_the_rest(title) and not notes_speak_of_a_part(title)


def test_whole_work_that_is_billed_before_it_is_done_is_told() -> None:
    scheduled = but(WHOLE, Status="Scheduled", Completed="", Title="3-phase 200A panel upgrade")
    found = gaps(jobs=scheduled, invoices=but(INVOICE, Subject="3-phase 200A panel upgrade", Total="1000")).records
    assert "invoiced, not completed" in [one["gap"] for one in found]


@pytest.mark.parametrize(
    ("credit", "billed"),
    [
        ({"Total": "-1000"}, False),
        ({"Total": "-400"}, True),
        ({"Total": "-1000", "Status": "Void"}, True),
        ({"Total": "-1000", "Job_": "J-99"}, True),
    ],
)
def test_an_invoice_that_was_taken_back_whole_bills_nothing(credit: Row, billed: bool) -> None:
    invoices = (but(INVOICE, Total="1000"), but(INVOICE, Invoice_="2002", **credit))
    assert is_billed(WHOLE, *invoices) is billed
    found = [row["gap"] for row in gaps(jobs=WHOLE, invoices=list(invoices)).records if row["job"] == "J-1"]
    assert ("not invoiced" in found) is not billed


@pytest.mark.parametrize(
    ("said", "status", "billed"), [("INV-2001", "Void", False), ("INV-2001", "Sent", True), ("INV-2002", "Void", True)]
)
def test_the_invoice_in_a_row_may_have_letters_before_it(said: str, status: str, billed: bool) -> None:
    assert is_billed(but(WHOLE, Invoice_number=said), but(INVOICE, Job_="", Customer="", Status=status, Total="1000")) is billed


def test_a_number_of_two_customers_is_billed_for_the_one_that_is_meant() -> None:
    jobs = [but(WHOLE, Hours=""), but(WHOLE, Hours="", Customer="Bob Ray")]
    found = build_note_gaps(given(tables(jobs=jobs, invoices=[but(INVOICE, Total="1000")]))).records
    assert [one["customer"] for one in found] == ["Bob Ray"]
