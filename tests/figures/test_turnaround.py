"""From done to invoiced to paid, and work that is done and not billed."""

from decimal import Decimal

import pytest

from contractor_ops.figures.turnaround import (
    cannot_be_billed,
    collected_in_time,
    days_to_invoice,
    days_to_pay,
    not_billed,
)
from contractor_ops.figures.values import Window
from contractor_ops.views.billing_gaps import BILLING_GAPS
from contractor_ops.views.note_gaps import NOTE_GAPS
from tests.figures.sheets import business, day, invoice, names, told
from tests.views.sheets import DONE, PAID, Row, but

WEEK = Window(day("2026-11-16"), day("2026-11-22"))


def paid(number: str, issued: str, on: str, total: str = "100", **cells: str) -> Row:
    return invoice(number, Status="Paid", Issued=issued, Paid_on=on, Balance="0", Total=total, **cells)


def test_days_to_pay_count_on_the_day_of_payment() -> None:
    rows = [
        paid("1", "2026-11-01", "2026-11-16"), paid("2", "2026-11-20", "2026-11-22"), paid("3", "2026-11-21", "2026-11-20"),
        paid("4", "2026-11-01", "2026-11-23"), paid("5", "2026-11-01", "2026-11-15"), paid("6", "", "2026-11-20"), invoice("7"),
        invoice("8", Paid_on="2026-11-20", Balance="40"), paid("9", "2026-11-01", ""), but(paid("10", "2026-11-01", "2026-11-20"), Status="Void"),
    ]  # fmt: skip
    one = days_to_pay(business(invoices=rows), WEEK)
    assert (one.total, one.count, one.mean, one.before) == (Decimal(15 + 2 + 0), 3, Decimal("5.7"), (Decimal(14), 1))


def test_without_a_day_on_the_invoice_the_last_payment_tells_it() -> None:
    rows = [
        invoice("1", Status="Paid", Balance="0"),
        invoice("2", Status="Partial", Balance="50"),
        invoice("INV-003", Status="Paid", Balance="0"),
    ]
    payments = [
        but(PAID, Invoice="1", Amount="60", Paid_on="2026-11-03"), but(PAID, Payment="P-2", Invoice="1", Amount="40", Paid_on="2026-11-17"),
        but(PAID, Payment="P-3", Invoice="2", Amount="50", Paid_on="2026-11-18"),
        but(PAID, Payment="P-4", Invoice="3", Amount="100", Paid_on="2026-11-21"),
    ]  # fmt: skip
    one = days_to_pay(business(invoices=rows, payments=payments), WEEK)
    assert (one.total, one.count) == (Decimal(16 + 20), 2)


def test_a_payment_for_a_number_that_two_customers_have_is_its_own_customers() -> None:
    rows = [invoice("1", Status="Paid", Balance="0"), invoice("1", Customer="Bob Ray", Status="Paid", Balance="0", Issued="2026-11-11")]
    payments = [but(PAID, Customer="Bob Ray", Invoice="1", Amount="100", Paid_on="2026-11-18")]
    one = days_to_pay(business(invoices=rows, payments=payments), WEEK)
    assert (one.total, one.count) == (Decimal(7), 1)


def test_collected_within_a_week_looks_at_invoices_whose_week_is_over() -> None:
    rows = [
        paid("1", "2026-11-09", "2026-11-16", "200.50"), paid("2", "2026-11-15", "2026-11-15", "100"), paid("3", "2026-11-10", "2026-11-18", "40"),
        invoice("4", Issued="2026-11-12", Total="60"), paid("5", "2026-11-16", "2026-11-16", "999"), paid("6", "2026-11-08", "2026-11-09", "10"),
        paid("7", "2026-11-12", "", "999"), invoice("8", Issued="2026-11-12", Status="Draft"), invoice("9", Issued="2026-11-12", Total="-20", Balance="-20"),
        invoice("10", Issued="2026-11-12", Total="9", Status="Bad debt"),
    ]  # fmt: skip
    one = business(invoices=rows)
    count = collected_in_time(one, WEEK)
    assert (count.part, count.whole, count.before) == (2, 5, (1, 1))
    assert collected_in_time(one, WEEK, within=30).whole == 0


def job(number: str, **cells: str) -> Row:
    return but(DONE, Job_=number, **cells)


def test_days_to_invoice_take_the_first_invoice_of_a_job_whichever_names_the_other() -> None:
    jobs = [
        job("J-1", Completed="2026-11-10"), job("J-2", Completed="2026-11-18", Invoice="52"), job("J-3", Completed="2026-11-20"),
        job("J-4", Completed="2026-11-10"), job("J-5", Completed="2026-11-10"), job("J-6", Completed="2026-11-01"),
    ]  # fmt: skip
    invoices = [
        invoice("51", Job="J-1", Issued="2026-11-17"), invoice("61", Job="J-1", Issued="2026-11-20"),
        invoice("52", Issued="2026-11-18"), invoice("53", Job="3", Issued="2026-11-19"), invoice("54", Job="J-4", Issued="2026-11-19", Status="Draft"),
        invoice("55", Job="J-5", Issued="2026-11-12", Title="Deposit"), invoice("65", Job="J-5", Issued="2026-11-16"),
        invoice("56", Job="J-6", Issued="2026-11-15"),
    ]  # fmt: skip
    one = days_to_invoice(business(jobs=jobs, invoices=invoices), WEEK)
    assert (one.total, one.count, one.before) == (Decimal(7 + 0 + 0 + 6), 4, (Decimal(14), 1))


def test_visits_of_one_number_are_one_job_and_two_customers_are_two() -> None:
    jobs = [job("J-1", Completed="2026-11-10"), job("J-1", Completed="2026-11-14"), job("J-1", Completed="2026-11-12", Customer="Bob Ray")]
    one = days_to_invoice(business(jobs=jobs, invoices=[invoice("51", Job="J-1", Issued="2026-11-17")]), WEEK)
    assert (one.total, one.count) == (Decimal(3), 1)


@pytest.mark.parametrize(
    ("cells", "is_there"),
    [
        ({}, True), ({"Status": "Scheduled"}, True), ({"Status": "Cancelled"}, False), ({"Status": "Invoiced"}, False),
        ({"Status": "Scheduled", "Completed": "2026-11-30"}, False), ({"Completed": ""}, True), ({"Status": "", "Completed": ""}, False),
        ({"Invoice": "9000"}, False), ({"Invoice": "not yet"}, True), ({"Job_": "J-2"}, False),
    ],
)  # fmt: skip
def test_a_finished_job_that_no_invoice_bills_is_told(cells: dict[str, str], is_there: bool) -> None:
    found = not_billed(business(jobs=[but(DONE, **cells)], invoices=[invoice("51", Job="J-2", Customer="Zed Orr")]))
    assert (told(found) == [("job J-1", Decimal(4800))]) is is_there
    assert len(found) == is_there


@pytest.mark.parametrize(
    ("job_says", "status", "is_there"),
    [
        ({"Status": "Invoiced", "Invoice": "2126"}, "Draft", True),
        ({"Status": "Invoiced", "Invoice": "2126"}, "Sent", False),
        ({"Status": "Invoiced"}, "Draft", True),  # the invoice names the job
        ({"Status": "Completed"}, "Draft", True),
        ({"Status": "Invoiced", "Invoice": "QuickBooks"}, "Void", False),  # it was billed elsewhere, as its row says
    ],
)
def test_a_job_with_nothing_but_a_draft_is_not_billed(job_says: dict[str, str], status: str, is_there: bool) -> None:
    found = not_billed(business(jobs=[job("J-1", **job_says)], invoices=[invoice("2126", Job="J-1", Status=status)]))
    assert names(found) == ({"J-1"} if is_there else set())
    assert all(line.why.endswith("; its invoice is a draft") for line in found.lines)


def test_a_draft_beside_an_invoice_that_was_sent_is_no_matter() -> None:
    both = [invoice("2126", Job="J-1", Status="Draft"), invoice("2127", Job="J-1")]
    assert not len(not_billed(business(jobs=[job("J-1", Status="Invoiced", Invoice="2126")], invoices=both)))


def test_visits_of_a_job_are_told_once_and_only_when_all_are_done() -> None:
    jobs = [
        job("J-1", Total="500"),
        job("J-1", Completed="2026-11-22", Total="500"),
        job("J-2", Total="80"),
        job("J-2", Status="Scheduled", Completed=""),
    ]
    found = not_billed(business(jobs=jobs, invoices=[invoice("51", Job="J-9")]))
    assert [(line.record, line.amount, line.days) for line in found.lines] == [("J-1", Decimal(500), 2)]


def test_a_job_whose_note_lacks_something_cannot_be_billed() -> None:
    jobs = [job("J-1"), job("J-2", Hours="", Total="310"), job("J-3", Signature="", Total="")]
    found = cannot_be_billed(business(jobs=jobs, views=(NOTE_GAPS,)))
    assert [(line.record, line.table, line.amount, line.why) for line in found.lines] == [
        ("J-2", "jobs", Decimal(310), "missing: hours; ask Tom"),
        ("J-3", "jobs", None, "missing: a signature; ask Tom"),
    ]


def test_a_job_of_several_rows_is_one_and_so_is_its_money() -> None:
    jobs = [job("J-1", Hours="", Total="1000"), job("J-1", Hours="", Signature="", Completed="2026-11-22", Total="1000"),
            job("J-2", Hours="", Total="400"), job("J-2", Hours="", Total="600"),
            job("7", Hours="", Total="50"), job("7", Hours="", Total="70", Customer="Bob Ray")]  # fmt: skip
    found = cannot_be_billed(business(jobs=jobs, views=(NOTE_GAPS,)))
    assert sorted((line.record, line.customer, line.amount) for line in found.lines) == [
        ("7", "Ann Li", Decimal(50)), ("7", "Bob Ray", Decimal(70)), ("J-1", "Ann Li", Decimal(1000)), ("J-2", "Ann Li", Decimal(1000)),
    ]  # fmt: skip
    [why] = [line.why for line in found.lines if line.record == "J-1"]
    assert why == "missing: hours; ask Tom; missing: hours and a signature; ask Tom"


def test_the_money_of_a_job_that_is_not_billed_is_what_the_billing_check_says() -> None:
    change = {
        "CO #": "C-1",
        "Job #": "J-1",
        "Description": "Vent",
        "Amount": "300",
        "Status": "Approved",
        "Approved on": "2026-11-01",
        "Billed": "No",
    }
    jobs = [job("J-1", Hours="", Total="1000"), job("J-2", Total="80")]
    one = business(
        jobs=jobs, invoices=[invoice("51", Job="J-9", Customer="Zed Orr")], change_orders=[change], views=(NOTE_GAPS, BILLING_GAPS)
    )
    whole = "$1,300.00, completed 4 days ago (with change order C-1)"
    [thin] = cannot_be_billed(one).lines
    assert (thin.amount, thin.why) == (Decimal(1300), f"missing: hours; ask Tom; {whole}")
    lines = {line.record: (line.amount, line.why) for line in not_billed(one).lines}
    assert lines == {"J-1": (Decimal(1300), f"done Nov 20, 4 days ago; {whole}"), "J-2": (Decimal(80), "done Nov 20, 4 days ago")}


def test_the_order_of_the_rows_does_not_matter() -> None:
    jobs = [job(f"J-{at}", Completed=f"2026-11-{at + 8:02}", Total="100") for at in range(1, 9)]
    invoices = [paid(f"{at}", f"2026-11-{at + 9:02}", f"2026-11-{at + 13:02}", Job=f"J-{at}") for at in range(1, 7)]
    one, other = business(jobs=jobs, invoices=invoices), business(jobs=jobs[::-1], invoices=invoices[::-1])
    for figure in (days_to_invoice, days_to_pay, collected_in_time):
        assert figure(one, WEEK) == figure(other, WEEK)
    assert names(not_billed(one)) == {"J-7", "J-8"}
    assert told(not_billed(one)) == told(not_billed(other))


def test_what_cannot_be_told_says_why() -> None:
    nothing = business()
    assert days_to_invoice(nothing, WEEK).unknown == "no jobs table"
    assert days_to_pay(nothing, WEEK).unknown == collected_in_time(nothing, WEEK).unknown == "no invoices table"
    undated = days_to_pay(business(invoices=[invoice("1")]), WEEK)
    assert undated.unknown == "the invoices sheet has no column paid on and no payments table"
    assert (len(not_billed(nothing)), len(cannot_be_billed(nothing))) == (0, 0)
    assert len(not_billed(business(jobs=[DONE]))) == 0  # nothing tells what is billed
