"""Work that is billed again and again, and two bills for the same; invoices of which nobody knows whether, or what, they bill."""

from decimal import Decimal

import pytest

from contractor_ops.views.billing_gaps import build
from tests.views.gap_rows import SMALL, SMALL_BILL, gaps, one, told
from tests.views.sheets import AGREED, INVOICE, PAID, Row, but, given, tables


def twice(title: str, first: str, second: str, **job: str) -> list[tuple[str, Decimal | None]]:
    bills = [but(SMALL_BILL, Invoice_="2001", Issued=first, Title=title), but(SMALL_BILL, Invoice_="2002", Issued=second, Title=title)]
    return told(jobs=but(SMALL, Title=title, **job), invoices=bills)


DOUBLE = [("two invoices", Decimal(480))]


# ── again and again, or twice ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("title", "second"),
    [
        ("Annual furnace tune-up", "2026-11-22"), ("Annual furnace tune-up", "2026-11-21"), ("Weekly mowing", "2026-11-22"),
        ("Bi-weekly mowing", "2026-11-28"), ("Monthly service", "2026-12-04"), ("Maintenance plan visit", "2026-11-23"),
        ("Membership", "2026-11-21"), ("Yearly check", "2026-12-05"), ("Furnace tune-up", "2026-11-22"), ("Repair", "2026-12-30"),
    ],
)  # fmt: skip
def test_two_bills_near_each_other_are_two_for_the_same_work(title: str, second: str) -> None:
    assert twice(title, "2026-11-21", second) == DOUBLE


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Weekly mowing", "2026-11-14"), ("Bi-weekly mowing", "2026-11-07"), ("Monthly service", "2026-10-21"), ("Annual tune-up", "2025-11-18"),
        ("Quarterly inspection", "2026-08-20"), ("Maintenance plan visit", "2026-10-20"), ("Recurring cleaning", "2026-11-10"),
    ],
)  # fmt: skip
def test_bills_as_far_apart_as_the_words_say_are_no_gap(title: str, first: str) -> None:
    assert twice(title, first, "2026-11-21") == []


def test_where_no_sheet_has_days_the_words_are_believed() -> None:
    assert twice("Annual tune-up", "", "") == []
    assert twice("Furnace tune-up", "", "") == DOUBLE


@pytest.mark.parametrize(("second", "expected"), [("2026-11-13", []), ("2026-11-21", DOUBLE)])
def test_a_bill_for_each_visit_is_none_and_two_of_one_day_are(second: str, expected: list[tuple[str, Decimal | None]]) -> None:
    visits = [but(SMALL, Completed="2026-11-12"), but(SMALL, Completed="2026-11-20")]
    bills = [but(SMALL_BILL, Invoice_="2001", Issued=second), but(SMALL_BILL, Invoice_="2002", Issued="2026-11-21")]
    assert told(jobs=visits, invoices=bills) == expected


def test_two_bills_where_one_of_two_visits_was_made() -> None:
    visits = [but(SMALL, Completed="2026-11-12"), but(SMALL, Status="Scheduled", Completed="", Scheduled="2026-11-13")]
    bills = [but(SMALL_BILL, Invoice_="2001", Issued="2026-11-13"), but(SMALL_BILL, Invoice_="2002", Issued="2026-11-21")]
    assert DOUBLE[0] in told(jobs=visits, invoices=bills)


# ── whether it bills, and what ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("status", "said"), [("Void", "is void"), ("VOID", "is void"), ("Deleted", 'is "Deleted"'), ("Voided", 'is "Voided"')]
)
def test_an_invoice_that_bills_nothing_is_told_in_the_sheets_own_word(status: str, said: str) -> None:
    gap = one(jobs=SMALL, invoices=but(SMALL_BILL, Status=status))
    assert str(gap["because"]).endswith(f"; invoice 2001 {said}")


def warnings(*invoices: Row) -> list[str]:
    return [problem.message for problem in gaps(jobs=SMALL, invoices=list(invoices)).warnings]


def test_an_unknown_status_is_told_once_for_each_word() -> None:
    assert warnings(but(SMALL_BILL, Status="Zwischenstand"), but(SMALL_BILL, Invoice_="2002", Status="Zwischenstand")) == [
        '2 invoices have the status "Zwischenstand", which has no meaning that I know: they are taken as sent. If that bills nothing yet, write Draft.'
    ]


@pytest.mark.parametrize("change", [{"Status": "Sent"}, {"Status": ""}, {"Status": "Zwischenstand", "Total": "0"}, {"Status": "Draft"}])
def test_a_known_status_or_an_invoice_of_nothing_is_not_told(change: Row) -> None:
    assert warnings(but(SMALL_BILL, **change)) == []


def test_an_invoice_without_a_total_is_told() -> None:
    gap = one(jobs=SMALL, invoices=but(SMALL_BILL, Total=""))
    assert (gap["gap"], gap["amount"]) == ("differs", None)
    assert gap["because"] == "invoice 2001 does not say how much it bills; the job comes to $480.00"


@pytest.mark.parametrize(
    "papers", [{"invoices": [but(SMALL_BILL, Total=""), but(SMALL_BILL, Invoice_="2002")]}, {"invoices": [but(SMALL_BILL, Total="480")]}]
)
def test_an_invoice_without_a_total_beside_one_with_it_is_not(papers: dict[str, list[Row]]) -> None:
    assert told(jobs=SMALL, **papers) == []


def test_a_sheet_without_totals_is_not_told_of() -> None:
    bare = {"Invoice #": "2001", "Job #": "J-1", "Customer": "Ann Li", "Status": "Sent", "Issued": "2026-11-21"}
    assert build(given(tables(jobs=[SMALL], invoices=[bare]))).records == []


# ── what came in ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("invoice", "payments", "collected"),
    [
        ({"Balance": "5000"}, [], Decimal(0)),
        ({"Balance": "4000"}, [], Decimal(1000)),
        ({"Balance": "4000"}, [but(PAID, Amount="1000")], Decimal(1000)),
        ({"Balance": "5000"}, [but(PAID, Amount="1000")], None),
        ({"Balance": "4000"}, [but(PAID, Amount="1000", Invoice_="2001, 2044")], None),
    ],
)  # fmt: skip
def test_what_was_collected_is_unknown_where_payments_and_invoices_disagree(
    invoice: Row, payments: list[Row], collected: Decimal | None
) -> None:
    papers = {"estimates": AGREED, "invoices": but(INVOICE, Total="5000", **invoice), **({"payments": payments} if payments else {})}
    found = gaps(jobs=but(SMALL, Total=""), **papers).records
    assert {row["collected"] for row in found if row["gap"] == "differs"} == {collected}
