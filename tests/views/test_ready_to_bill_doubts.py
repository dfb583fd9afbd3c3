"""What a person must look at on a draft: invoices that were taken back, payments that may not be for it, words of the sheet itself."""

from decimal import Decimal

import pytest

from contractor_ops.config import BillingPart
from contractor_ops.tables.record import Record
from contractor_ops.views.ready_to_bill import build
from tests.views.sheets import DONE, INVOICE, PAID, Row, but, given, tables

SMALL = but(DONE, Total="480", Title="Repair", Job_type="Repair")
BILL = but(INVOICE, Total="480")
OTHER = but(INVOICE, Invoice_="1999", Job_="J-99", Customer="Zoe Ash")


def rows(job: Row = SMALL, billing: BillingPart | None = None, **papers: list[Row]) -> list[Record]:
    papers["invoices"] = [*papers.get("invoices", []), OTHER]
    return list(build(given(tables(jobs=[job], **papers), billing=billing)).records)


def doubts(job: Row = SMALL, billing: BillingPart | None = None, **papers: list[Row]) -> str:
    [row] = rows(job, billing, **papers)
    return str(row["review_because"] or "")


# ── invoices that were taken back ────────────────────────────────────────────────────────────────────────────────────


def test_an_invoice_that_a_credit_took_back_whole_is_to_be_billed_again() -> None:
    [row] = rows(invoices=[BILL, but(BILL, Invoice_="CM-1", Total="-480")])
    assert (row["total"], row["review_because"]) == (
        Decimal(480),
        "invoice 2001 was taken back by credit CM-1: see that it is to be billed again",
    )


def test_two_credits_may_take_back_one_invoice() -> None:
    [row] = rows(invoices=[BILL, but(BILL, Invoice_="C-1", Total="-400"), but(BILL, Invoice_="C-2", Total="-80")])
    assert (row["total"], row["review_because"]) == (
        Decimal(480),
        "invoice 2001 was taken back by credit C-1 and C-2: see that it is to be billed again",
    )


@pytest.mark.parametrize("credit", ["-80", "-479.99"])
def test_an_invoice_of_which_a_part_was_given_back_still_bills_the_job(credit: str) -> None:
    assert rows(invoices=[BILL, but(BILL, Invoice_="CM-1", Total=credit)]) == []


def test_an_invoice_that_was_taken_back_and_written_again_bills_the_job() -> None:
    assert rows(invoices=[BILL, but(BILL, Invoice_="CM-1", Total="-480"), but(BILL, Invoice_="2002")]) == []


def test_what_was_paid_on_an_invoice_that_was_taken_back_is_taken_off() -> None:
    [row] = rows(invoices=[BILL, but(BILL, Invoice_="CM-1", Total="-480")], payments=[but(PAID, Amount="100")])
    assert row["total"] == Decimal(380)


@pytest.mark.parametrize(("status", "said"), [("Void", "its invoice 2001 is void"), ("Deleted", 'its invoice 2001 is "Deleted"')])
def test_an_invoice_that_bills_nothing_is_told_in_the_sheets_own_word(status: str, said: str) -> None:
    assert doubts(invoices=[but(BILL, Status=status)]) == said


# ── money that came in before ────────────────────────────────────────────────────────────────────────────────────────


def paid(**cells: str) -> Row:
    return {**but(PAID, Amount="100", Paid_on="2026-11-19"), "Invoice #": "", "Job #": "J-1", "Status": "", "Type": "", **cells}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, ""),
        ({"Status": "Pending"}, 'payment P-1: its status "Pending" does not say that it came in'),
        ({"Status": "Zwischenstand"}, 'payment P-1: its status "Zwischenstand" does not say that it came in'),
        ({"Amount": "-50"}, "payment P-1 (-$50.00) is below zero: it is taken for money given back"),
        ({"Amount": "-50", "Type": "Refund"}, ""),
        ({"Job #": "J-1, J-2"}, "how much of payment P-1 is for this job is not known"),
    ],
)  # fmt: skip
def test_what_is_doubtful_of_a_payment(cells: dict[str, str], said: str) -> None:
    others = [paid(**{"Payment #": f"P-{number}", "Job #": "J-99"}) for number in range(2, 14)]
    assert doubts(payments=[paid(**cells), *others]) == said


# ── the price ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["Furnace install", "FURNACE INSTALL", "Furnace-install", "furnace  install"])
def test_kinds_that_need_an_estimate_are_compared_as_the_billing_check_does(kind: str) -> None:
    wanted = BillingPart(estimate_for=("Furnace install",))
    assert doubts(but(SMALL, Job_type=kind), wanted) == "there is no accepted estimate: the price is the job's own total"


@pytest.mark.parametrize("kind", ["", "Repairs", "Check"])
def test_other_kinds_need_none(kind: str) -> None:
    assert doubts(but(SMALL, Job_type=kind), BillingPart(estimate_for=("Repair", ""))) == ""


def test_half_a_cent_is_rounded_up_in_the_reason_as_in_the_task() -> None:
    [row] = rows(but(SMALL, Total="12.345"))
    assert row["because"] == "signed off with nothing missing: draft invoice for $12.35"


# ── the day ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cells", "day", "said"),
    [
        ({"Completed": "2026-11-20"}, "2026-11-20", ""),
        (
            {"Completed": "", "Scheduled": "2026-11-18"},
            "2026-11-18",
            "nobody wrote down when it was completed: the day of the visit stands in",
        ),
        ({"Completed": "", "Scheduled": "2026-12-18"}, "2026-11-24", "nobody wrote down when it was completed"),
        (
            {"Completed": "", "Created": "2026-11-02"},
            "2026-11-02",
            "nobody wrote down when it was completed: the day of the booking stands in",
        ),
    ],
)
def test_the_day_of_the_visit_stands_in_for_that_of_completion(cells: dict[str, str], day: str, said: str) -> None:
    [row] = rows({**SMALL, **cells})
    assert (str(row["completed_on"]), str(row["review_because"] or "")) == (day, said)


def test_an_unknown_status_of_an_invoice_is_told() -> None:
    found = build(given(tables(jobs=[SMALL], invoices=[but(BILL, Status="Zwischenstand"), OTHER])))
    assert [problem.value for problem in found.warnings] == ["Zwischenstand"]
