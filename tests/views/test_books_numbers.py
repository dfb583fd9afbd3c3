"""Numbers that mean no one job, and money that is not this job's: nothing is settled by guessing, and a person is told what to write."""

from decimal import Decimal

import pytest

from contractor_ops.tables.record import Record
from contractor_ops.views.billing_gaps import build as build_gaps
from contractor_ops.views.books.numbers import core_of, same_number
from contractor_ops.views.books.what_counts import is_shared, received, sign_of
from contractor_ops.views.ready_to_bill import build
from tests.views.sheets import DONE, INVOICE, Row, but, given, sheet, tables
from tests.views.test_books import books, estimate, groups, invoice, job

OTHER = but(INVOICE, Invoice_="1999", Job_="J-99", Customer="Zoe Ash")


def work(number: str, customer: str = "Ann Li", total: str = "900") -> Row:
    return but(DONE, Job_=number, Customer=customer, Total=total, Title="Repair", Job_type="Repair", Estimate_number="")


def bill(job: str, customer: str = "Ann Li", **cells: str) -> Row:
    return but(INVOICE, Job_=job, Customer=customer, **{"Total": "450", **cells})


def drafts(jobs: list[Row], *invoices: Row, **papers: list[Row]) -> dict[str, tuple[object, object]]:
    """What each draft comes to, and why to look twice."""
    table = build(given(tables(jobs=jobs, invoices=[OTHER, *invoices], **papers)))
    return {str(one["number"]): (one["total"], one["review_because"]) for one in table.records}


# ── numbers ──


@pytest.mark.parametrize("customer", ["Ann Li", ""])
def test_an_invoice_for_a_number_by_year_that_nobody_knows_bills_no_other_of_that_year(customer: str) -> None:
    said = "invoice 2001 names job 2026-9, which is in no sheet"
    assert drafts([work("2026-1", customer), work("2026-2", customer)], bill("2026-9", customer)) == {
        "2026-1": (Decimal(900), said), "2026-2": (Decimal(900), said),
    }  # fmt: skip


def test_another_customers_unknown_number_is_told_to_nobody() -> None:
    assert drafts([work("2026-1")], bill("2026-9", "Bob Ray")) == {"2026-1": (Decimal(900), None)}


def test_a_segment_still_belongs_to_its_job_and_a_job_to_its_segments() -> None:
    assert drafts([work("1234")], bill("1234-9")) == {}
    assert drafts([work("1234-1"), work("1234-2")], bill("1234")) == {}
    assert drafts([work("J-1234")], bill("1234-1")) == {}


def test_a_year_is_no_job_of_which_the_numbers_are_segments() -> None:
    found = books(jobs=[job(f"2026-{number}") for number in range(1, 41)], invoices=[invoice("1", "2026")])
    assert len(groups(found)) == 41


def test_a_number_that_two_jobs_fit_bills_neither_and_both_are_told() -> None:
    said = "invoice 2001 names job 101, which is in no sheet: write A-101 or B-101 there, whichever it is for"
    assert drafts([work("A-101"), work("B-101")], bill("101")) == {"A-101": (Decimal(900), said), "B-101": (Decimal(900), said)}


@pytest.mark.parametrize("written", ["101-103", "101-03"])
def test_a_range_bills_nothing_until_it_is_written_out(written: str) -> None:
    jobs = [work(number) for number in ("101", "102", "103")]
    said = f"invoice 2001 names job {written}, which is in no sheet: if it is for 101 to 103, write each number there, with commas"
    assert drafts(jobs, bill(written)) == {number: (Decimal(900), said) for number in ("101", "102", "103")}
    assert drafts(jobs, bill("101, 102, 103")) == {}


def test_what_only_looks_like_a_range_is_a_segment() -> None:
    assert drafts([work("101"), work("102")], bill("101-03")) == {"102": (Decimal(900), None)}
    assert drafts([work("101"), work("103")], bill("101-3")) == {"103": (Decimal(900), None)}


@pytest.mark.parametrize(
    ("one", "other", "same"), [("A-101", "B-101", False), ("A-101", "101", True), ("a-0101", "A-101", True), ("101", "102", False)]
)
def test_letters_before_a_number_are_the_same_or_missing(one: str, other: str, same: bool) -> None:
    assert same_number(core_of(one), core_of(other)) is same


def test_an_invoice_bills_the_job_with_its_own_letters() -> None:
    """One estimate holds the two together; the invoice for one of them leaves the other."""
    both = [work("A-101"), work("B-101")]
    held = {"Estimate #": "E-1", "Job #": "A-101, B-101", "Customer": "Ann Li", "Status": "Accepted", "Total": "1800"}
    table = build_gaps(given(tables(jobs=both, estimates=[held], invoices=[bill("A-101", Total="900")])))
    [waiting] = [one for one in table.records if one["gap"] == "not invoiced"]
    assert (waiting["job"], waiting["amount"]) == ("B-101", Decimal(900))


# ── another customer's number ──


def test_an_invoice_with_another_customers_number_is_told_where_it_may_belong() -> None:
    said = "invoice 2001 of the same customer names job 101, which is Ann Li's: if it is for this one, write its number there"
    assert drafts([work("101"), work("110", "Bob Ray")], bill("101", "Bob Ray", Total="900")) == {"110": (Decimal(900), said)}


def test_who_has_no_job_waiting_pays_for_another() -> None:
    assert drafts([work("101")], bill("101", "Bob Ray", Total="900")) == {}


def test_a_landlords_invoices_for_his_tenants_are_no_slips() -> None:
    tenants = [work(f"10{number}", f"Tenant {name}") for number, name in enumerate("ABC")]
    theirs = [bill(f"10{number}", "Bob Ray", Invoice_=f"300{number}") for number in range(3)]
    assert drafts([*tenants, work("110", "Bob Ray")], *theirs) == {"110": (Decimal(900), None)}


# ── by the estimate ──


def test_an_invoice_that_names_only_its_estimate_bills_the_customers_job() -> None:
    found = books(jobs=[job("101", Total="100")], estimates=[estimate("E-1")], invoices=[invoice("1", **{"Estimate #": "E-1"})])
    assert groups(found) == {frozenset({"jobs 101", "estimates E-1", "invoices 1"})}
    found = books(jobs=[job("101", Total="100")], invoices=[invoice("1", **{"Estimate #": "E-1"})])  # the office keeps no estimates
    assert groups(found) == {frozenset({"jobs 101", "invoices 1"})}


@pytest.mark.parametrize("of_job", [{"Estimate #": "E-2"}, {"Customer": "Bob Ray"}, {"Completed": "2026-11-20", "Title": "Sewer camera"}])
def test_it_bills_no_job_of_another_estimate_customer_or_kind(of_job: Row) -> None:
    named = invoice("1", **{"Estimate #": "E-1", "Title": "Furnace swap"})
    found = books(jobs=[job("101", **of_job)], estimates=[estimate("E-1"), estimate("E-2", Title="Camera")], invoices=[named])
    assert not any({"jobs 101", "invoices 1"} <= group for group in groups(found))


def test_where_two_jobs_fit_both_are_told() -> None:
    found = books(jobs=[job("101"), job("102")], estimates=[estimate("E-1")], invoices=[invoice("1", **{"Estimate #": "E-1"})])
    told = {str(one.jobs[0]["number"]): one.unsure for one in found.all() if one.jobs}
    assert set(told) == {"101", "102"} and all(
        "invoice 1 of the same customer names no job: it may belong to this one" in said for said in told.values()
    )


# ── payments ──


def paid(amount: str = "1000", **cells: str) -> Row:
    return {
        "Payment #": "P-1",
        "Customer": "Ann Li",
        "Amount": amount,
        "Paid on": "2026-11-01",
        "Job #": "",
        "Invoice #": "",
        "Type": "",
        "Notes": "",
    } | cells


@pytest.mark.parametrize("cell", ["101, 102", "101 & 102", "101, 999"])
def test_a_payment_for_several_jobs_is_taken_off_none_of_them_alone(cell: str) -> None:
    found = drafts([work("101"), work("102", total="800")], payments=[paid("500", **{"Job #": cell})])
    assert found["101"][0] is None and "P-1" in str(found["101"][1])


@pytest.mark.parametrize("cell", ["101", "0101", "J-101"])
def test_a_payment_for_one_job_is_taken_off_it(cell: str) -> None:
    assert drafts([work("101"), work("102", total="800")], payments=[paid("500", **{"Job #": cell})])["101"][0] == Decimal(400)


def test_a_payment_for_jobs_that_stand_together_is_theirs() -> None:
    [both] = books(jobs=[job("101"), job("102")], invoices=[invoice("1", "101, 102")], payments=[paid(**{"Job #": "101, 102"})]).all()
    assert not is_shared(both.payments[0], both)
    [one] = books(jobs=[job("1234")], payments=[paid(**{"Invoice #": "7, 8"})]).of("1234")
    assert is_shared(but_payment("7, 8"), one) and not is_shared(but_payment("7"), one)


def but_payment(invoices: str) -> Record:
    return sheet("payments", paid(**{"Invoice #": invoices})).records[0]


@pytest.mark.parametrize(("cells", "brought"), [
    ({"Status": "Failed"}, 0), ({"Status": "Declined"}, 0), ({"Status": "Voided"}, 0), ({"Status": "Refunded"}, 0), ({"Status": "Pending"}, None), ({"Status": "Zebra"}, None),
    ({"Status": ""}, 1000), ({"Status": "Succeeded"}, 1000), ({"Status": "Cleared", "Type": "Refund"}, -1000), ({"Amount": "-50", "Status": "Refunded"}, -50),
    ({"Amount": "", "Status": "Failed"}, 0), ({"Amount": "", "Status": "Paid"}, None),
])  # fmt: skip
def test_what_a_payment_brought_by_its_status(cells: Row, brought: int | None) -> None:
    [payment] = sheet("payments", {"Status": "", **paid(), **cells}).records
    assert received(payment, 1) == brought


@pytest.mark.parametrize(("status", "total"), [("Failed", Decimal(900)), ("Cleared", Decimal(400)), ("Pending", None)])
def test_only_what_came_in_is_taken_off_a_draft(status: str, total: Decimal | None) -> None:
    assert drafts([work("101")], payments=[paid("500", **{"Job #": "101", "Status": status})])["101"][0] == total


@pytest.mark.parametrize(("amounts", "sign"), [
    (["500", "-5", "-5"], 1), (["-500", "-200"], -1), (["500"], 1), ([], 1), (["-1"] * 11 + ["1"], -1), (["-1"] * 10 + ["1"], 1), (["-1", "0"], -1),
])  # fmt: skip
def test_which_way_a_sheet_writes_what_came_in(amounts: list[str], sign: int) -> None:
    records = sheet("payments", *(paid(one) for one in amounts)).records if amounts else []
    assert sign_of(records) == sign


def test_refunds_that_say_so_do_not_count_for_that() -> None:
    refunds = [paid("-5", Type="Refund")] * 5
    assert sign_of(sheet("payments", *refunds).records) == 1
    assert sign_of(sheet("payments", *refunds, paid("-100"), paid("80", Type="refund")).records) == -1


def test_a_payment_from_years_before_is_not_taken_off_and_told() -> None:
    old = paid("350", **{"Paid on": "2024-02-01", "Notes": "spring tune-up"})
    total, said = drafts([work("101")], payments=[old])["101"]
    assert total == Decimal(900) and str(said).startswith("payment P-1 ($350.00, 2024-02-01) names no job and came long before this work")


def test_a_payment_from_some_weeks_before_is_taken_off() -> None:
    assert drafts([work("101")], payments=[paid("350", **{"Paid on": "2026-09-01"})])["101"][0] == Decimal(550)


def test_an_old_payment_of_a_job_that_is_billed_or_that_failed_is_told_to_nobody() -> None:
    old = paid("350", **{"Paid on": "2024-02-01"})
    [billed] = books(jobs=[job("101")], invoices=[invoice("1", "101")], payments=[old]).of("101")
    [failed] = books(jobs=[job("101")], payments=[old | {"Status": "Failed"}]).of("101")
    assert billed.unsure == failed.unsure == ()


def test_a_deposit_that_may_be_for_either_of_two_jobs_is_told_with_both() -> None:
    said = "payment P-1 ($300.00, 2026-11-01) names no job and may be for this one. Write the job's number on it"
    assert drafts([work("101"), work("102")], payments=[paid("300", Type="Deposit")]) == {
        "101": (Decimal(900), said),
        "102": (Decimal(900), said),
    }
    assert drafts([work("101"), work("102")], payments=[paid("300")]) == {"101": (Decimal(900), None), "102": (Decimal(900), None)}
