"""What the words of the papers add: a change that its own row calls done, an invoice with a job that is not there, a row that stands twice."""

from decimal import Decimal

import pytest

from contractor_ops.views.ready_to_bill import build as ready
from tests.views.gap_rows import gaps, one, told
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, Row, but, given, tables

PENDING = but(CHANGE, Status="Pending", Notes="")
PAPERS: dict[str, Row] = {"jobs": DONE, "estimates": AGREED, "invoices": INVOICE}


@pytest.mark.parametrize(
    "description",
    [
        "Added return, DONE 11/8, not signed",
        "Added return DONE 11/8 not signed",
        "Second zone, completed",
        "Damper installed 11/8",
        "Return already installed, waiting for a signature",
        "Extra outlet - done, customer to sign",
        "Ran wire after hours, done",
    ],
)
@pytest.mark.parametrize("column", ["Description", "Notes"])
def test_a_pending_change_that_its_row_calls_done(description: str, column: str) -> None:
    gap = one(**PAPERS, change_orders=but(PENDING, **{column: description}))
    assert (gap["gap"], gap["amount"]) == ("change without approval", Decimal(460))
    assert gap["because"] == 'change without approval: $460.00, change order CO-1 is done and its status is "Pending"'
    assert column == "Notes" or gap["review_because"] == f'that it is done its row says: "{description}"'


@pytest.mark.parametrize(
    "description",
    ["Second zone, to be done", "Not done", "When done, bill", "Done when approved", "If approved, completed by Friday", "Done?", "Done: no",
     "Return not yet completed", "Second zone done tomorrow", "Have it done by Friday"],
)  # fmt: skip
@pytest.mark.parametrize("column", ["Description", "Notes"])
def test_what_only_sounds_done(description: str, column: str) -> None:
    assert told(**PAPERS, change_orders=but(PENDING, **{column: description})) == []


def test_a_description_may_name_what_is_offered() -> None:
    for description in ("Humidifier installed", "Finished basement return"):
        assert told(**PAPERS, change_orders=but(PENDING, Description=description)) == []


def test_while_the_job_goes_on_a_description_is_only_what_is_planned() -> None:
    going = but(DONE, Status="In progress", Completed="")
    assert told(jobs=going, estimates=AGREED, change_orders=but(PENDING, Description="Second zone, done")) == []


def test_a_change_of_unknown_status_that_its_row_calls_done_is_told_once() -> None:
    papers = {**PAPERS, "change_orders": but(PENDING, Status="Zebra", Description="Second zone, DONE 11/8")}
    assert told(**papers) == [("change without approval", Decimal(460))]


LOST = but(INVOICE, Invoice_="710", Job_="999")


def test_an_invoice_for_a_job_that_is_in_no_sheet_is_named() -> None:
    gap = one(jobs=DONE, estimates=AGREED, invoices=but(LOST, Status="Sent"))
    assert (gap["gap"], gap["review_because"]) == ("not invoiced", "invoice 710 names job 999, which is in no sheet")


@pytest.mark.parametrize(
    "cells",
    [{"Customer": "Bob Stone"}, {"Status": "Void"}, {"Status": "Draft"}, {"Total": "-50"}, {"Issued": "2026-11-02"}],
)
def test_other_invoices_are_not_named(cells: Row) -> None:
    found = gaps(jobs=DONE, estimates=AGREED, invoices=but(LOST, **cells)).records
    assert [row["review_because"] for row in found if row["gap"] == "not invoiced"] == [None]


def test_an_invoice_for_another_customers_job_is_named() -> None:
    found = gaps(jobs=DONE, estimates=AGREED, invoices=but(LOST, Job_="J-99")).records
    said = "invoice 710 of the same customer names job J-99, which is Zoe Ash's: if it is for this one, write its number there"
    assert [row["review_because"] for row in found if row["gap"] == "not invoiced"] == [said]


def test_a_change_order_that_stands_twice_counts_once() -> None:
    table = gaps(**PAPERS, change_orders=[CHANGE, CHANGE])
    [gap] = table.records
    assert (gap["amount"], table.sums["at stake"]) == (Decimal(460), Decimal(460))
    assert gap["review_because"] == "change order CO-1 stands word for word in rows 2 and 3: it is counted once"
    assert gaps(jobs=DONE, estimates=AGREED, change_orders=[CHANGE, CHANGE]).sums["at stake"] == Decimal(5260)


def test_two_that_differ_in_a_word_are_two() -> None:
    assert gaps(**PAPERS, change_orders=[CHANGE, but(CHANGE, Description="Third zone")]).sums["at stake"] == Decimal(920)
    nameless = but(CHANGE, CO_="", Description="")
    assert gaps(**PAPERS, change_orders=[nameless, nameless]).sums["at stake"] == Decimal(920)


def test_a_draft_has_it_once_too() -> None:
    [row] = ready(
        given(tables(jobs=[DONE], estimates=[AGREED], change_orders=[CHANGE, CHANGE], invoices=[but(INVOICE, Job_="J-99")]))
    ).records
    assert (row["total"], str(row["review_because"]).count("counted once")) == (Decimal(5260), 1)


def test_that_nobody_wrote_down_when_is_said_once() -> None:
    gap = one(jobs=but(DONE, Completed="", Scheduled="2026-11-02"), estimates=AGREED)
    assert gap["because"] == "not invoiced: $4,800.00, completed (estimate E-1)"
    assert gap["review_because"] == "nobody wrote down when it was completed"
