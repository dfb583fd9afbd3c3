"""Which papers belong together: by their numbers as offices write them, by names only where nothing else fits."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from contractor_ops.views.books.numbers import base_of, core_of, numbers_written
from contractor_ops.views.books.office_books import Books, books_of
from tests.views.sheets import tables

Row = Mapping[str, Any]
KINDS = ("jobs", "estimates", "change_orders", "invoices", "payments")


def books(**sheets: Sequence[Row]) -> Books:
    return books_of(tables(**sheets))


def groups(found: Books) -> set[frozenset[str]]:
    """Each group as its papers' kinds and numbers."""
    return {frozenset(f"{kind} {paper['number']}" for kind in KINDS for paper in getattr(one, kind)) for one in found.all()}


def job(number: str, customer: str = "Ann Li", **more: str) -> Row:
    return {
        "Job #": number,
        "Customer": customer,
        "Status": "Completed",
        "Total": "",
        "Title": "",
        "Invoice #": "",
        "Estimate #": "",
        "Phone": "",
    } | more


def invoice(number: str, job: str = "", customer: str = "Ann Li", **more: str) -> Row:
    return {"Invoice #": number, "Job #": job, "Customer": customer, "Status": "Sent", "Total": "100", "Title": "", "Phone": ""} | more


def estimate(number: str, job: str = "", customer: str = "Ann Li", status: str = "Accepted", **more: str) -> Row:
    return {"Estimate #": number, "Job #": job, "Customer": customer, "Status": status, "Total": "100", "Title": ""} | more


@pytest.mark.parametrize(("cell", "numbers"), [
    ("101, 102", ["101", "102"]), ("101/102", []), ("101; 102", ["101", "102"]), ("101 & 102", ["101", "102"]), ("101 and 102", ["101", "102"]),
    ("#101", ["101"]), ('="101"', ["101"]), ("Job 101", ["101"]), ("Jobs 101 and 102", ["101", "102"]), ("Invoice # 2041", ["2041"]), ("INV-0042", ["INV-0042"]), ("101.0", ["101"]),
    ("412 Kedzie Ave", []), ("n/a", []), ("", []), ("2026-101", ["2026-101"]),
])  # fmt: skip
def test_the_numbers_in_a_cell(cell: str, numbers: list[str]) -> None:
    assert numbers_written(cell) == numbers


@pytest.mark.parametrize(
    ("number", "core"), [("INV-0042", ("inv", "42")), ("42", ("", "42")), ("J-5001", ("j", "5001")), ("2026-101", ("", "2026-101"))]
)
def test_letters_and_zeros_before_a_number(number: str, core: tuple[str, str]) -> None:
    assert core_of(number) == core


@pytest.mark.parametrize(("number", "base"), [("1234-1", "1234"), ("J-50", None), ("1234", None), ("2026-101", None), ("A12-3", "A12")])
def test_segments(number: str, base: str | None) -> None:
    assert base_of(number) == base


@pytest.mark.parametrize("cell", ["101, 102", "101/102", "101; 102", "101 & 102", "#101, #102", "Jobs 101 and 102", "0101, 0102"])
def test_an_invoice_for_two_jobs_holds_them_together(cell: str) -> None:
    found = books(jobs=[job("101"), job("102"), job("103")], invoices=[invoice("1", cell)])
    assert groups(found) == {frozenset({"jobs 101", "jobs 102", "invoices 1"}), frozenset({"jobs 103"})}


@pytest.mark.parametrize(("there", "written"), [("J-101", "101"), ("101", "J-101"), ("J-101", "j-0101"), ("INV-7", "7"), ("007", "7")])
def test_letters_and_zeros_do_not_matter_where_one_number_fits(there: str, written: str) -> None:
    assert groups(books(jobs=[job(there)], invoices=[invoice("1", written)])) == {frozenset({f"jobs {there}", "invoices 1"})}


def test_where_two_numbers_fit_neither_is_taken() -> None:
    found = books(jobs=[job("J-101"), job("W-101")], invoices=[invoice("1", "101")])
    assert groups(found) == {frozenset({"jobs J-101"}), frozenset({"jobs W-101"}), frozenset({"invoices 1"})}


def test_other_letters_are_another_number() -> None:
    assert len(groups(books(jobs=[job("J-101")], invoices=[invoice("1", "E-101")]))) == 2


def test_a_segment_belongs_to_its_job_unless_it_is_a_job_itself() -> None:
    assert groups(books(jobs=[job("1234")], invoices=[invoice("1", "1234-1"), invoice("2", "1234-2")])) == {
        frozenset({"jobs 1234", "invoices 1", "invoices 2"})
    }
    assert groups(books(jobs=[job("1234"), job("1234-1")], invoices=[invoice("1", "1234-1")])) == {
        frozenset({"jobs 1234"}), frozenset({"jobs 1234-1", "invoices 1"}),
    }  # fmt: skip


def test_an_estimate_for_a_job_in_two_segments_holds_them_together() -> None:
    found = books(jobs=[job("1234-1"), job("1234-2"), job("1235-1")], estimates=[estimate("E-1", "1234")])
    assert groups(found) == {frozenset({"jobs 1234-1", "jobs 1234-2", "estimates E-1"}), frozenset({"jobs 1235-1"})}


def test_jobs_name_their_papers_and_invoices_their_estimate() -> None:
    found = books(jobs=[job("1", **{"Invoice #": "7, 8", "Estimate #": "E-1"})], invoices=[invoice("7"), invoice("8"), invoice("9", **{"Estimate #": "E-1"})],
                  estimates=[estimate("E-1")])  # fmt: skip
    assert groups(found) == {frozenset({"jobs 1", "invoices 7", "invoices 8", "invoices 9", "estimates E-1"})}


def test_change_orders_are_counted_afresh_for_each_job() -> None:
    orders = [{"CO #": "1", "Job #": number, "Amount": "5", "Status": "Approved"} for number in ("101", "102")]
    found = books(jobs=[job("101"), job("102")], change_orders=orders)
    assert [len(one.change_orders) for one in found.all()] == [1, 1]


def test_rows_of_one_number_and_customer_are_visits_of_one_job() -> None:
    found = books(jobs=[job("101"), job("101"), job("101", "Bob Ray")], invoices=[invoice("1", "101")])
    assert [(len(one.jobs), len(one.invoices)) for one in found.all()] == [(2, 1), (1, 0)]


def test_a_number_of_two_customers_joins_only_the_one_that_agrees() -> None:
    found = books(jobs=[job("101"), job("101", "Bob Ray")], invoices=[invoice("1", "101", "Bob Ray"), invoice("2", "101", "Zoe Dunn")])
    ann, bob, zoe = found.all()
    assert not ann.invoices and [one["number"] for one in bob.invoices] == ["1"] and not zoe.jobs
    assert any("several customers" in sentence for sentence in zoe.unsure)


def test_a_payment_for_two_jobs_makes_no_one_job_of_them() -> None:
    payment = {"Payment #": "P1", "Invoice #": "1, 2", "Amount": "10", "Date": "2026-11-01"}
    found = books(jobs=[job("101"), job("102")], invoices=[invoice("1", "101"), invoice("2", "102")], payments=[payment])
    assert [(len(one.jobs), len(one.payments)) for one in found.all()] == [(1, 1), (1, 1)]


def test_papers_of_a_job_that_nobody_knows_stand_together() -> None:
    found = books(jobs=[job("101")], invoices=[invoice("1", "999"), invoice("2", "#999")])
    assert groups(found) == {frozenset({"jobs 101"}), frozenset({"invoices 1", "invoices 2"})}


# --- by names


def test_names_join_the_only_two_that_wait_for_each_other() -> None:
    found = books(jobs=[job("101"), job("102", "Bob Ray")], invoices=[invoice("1"), invoice("2", customer="Ray, Bob")])
    assert groups(found) == {frozenset({"jobs 101", "invoices 1"}), frozenset({"jobs 102", "invoices 2"})}


def test_an_equal_total_breaks_a_tie() -> None:
    found = books(jobs=[job("101", Total="100"), job("102", Total="250")], invoices=[invoice("1", Total="250"), invoice("2", Total="100")])
    assert groups(found) == {frozenset({"jobs 101", "invoices 2"}), frozenset({"jobs 102", "invoices 1"})}


def test_what_may_belong_to_two_jobs_belongs_to_neither_and_is_told() -> None:
    found = books(jobs=[job("101", Total="100"), job("102", Total="100")], invoices=[invoice("1")])
    assert len(groups(found)) == 3
    assert all("may belong" in " ".join(one.unsure) for one in found.all())


@pytest.mark.parametrize("apart", [
    {"Title": "Furnace replacement", "Total": "4800"}, {"Phone": "312 555 0142"}, {"Invoice #": "7"}, {"Completed": "2026-11-20", "Scheduled": "2026-11-20"},
])  # fmt: skip
def test_a_name_is_not_enough_where_something_speaks_against_it(apart: Row) -> None:
    """Other work for other money, another telephone number, a number on one side, an invoice from before the job."""
    paper = invoice("1", Title="Water heater flush", Phone="312 555 0199", Issued="2026-11-01")
    assert groups(books(jobs=[job("101", **{"Title": "Water heater", **apart})], invoices=[paper])) == {
        frozenset({"jobs 101"}),
        frozenset({"invoices 1"}),
    }


def test_an_estimate_that_nobody_accepted_needs_the_jobs_own_total() -> None:
    jobs = [job("101", Total="150", Title="Furnace tune-up")]
    assert len(groups(books(jobs=jobs, estimates=[estimate("E-1", status="Sent", Total="5000", Title="Furnace replacement")]))) == 2
    assert len(groups(books(jobs=jobs, estimates=[estimate("E-1", status="Sent", Total="150", Title="Tune-up")]))) == 1


@pytest.mark.parametrize("said", [{"Type": "Deposit for E-1042"}, {"Notes": "for job J-101"}, {"Job #": "J-101"}])
def test_a_payment_names_its_paper_in_words(said: Row) -> None:
    payment = {"Payment #": "P1", "Customer": "Ann Li", "Amount": "10", "Date": "2026-11-01", "Invoice #": "", **said}
    found = books(jobs=[job("J-101", **{"Estimate #": "E-1042"}), job("J-102")], estimates=[estimate("E-1042")], payments=[payment])
    assert [len(one.payments) for one in found.all()] == [1, 0]


def test_a_credit_without_a_number_is_for_the_customers_only_job() -> None:
    credit = invoice("CM-1", Total="-20")
    assert groups(books(jobs=[job("101")], invoices=[invoice("1", "101"), credit])) == {
        frozenset({"jobs 101", "invoices 1", "invoices CM-1"})
    }
    assert len(groups(books(jobs=[job("101"), job("102")], invoices=[invoice("1", "101"), credit]))) == 3


# --- finding them again


@pytest.mark.parametrize("wanted", ["J-101", "101", "2041", "E-1042", "Ann Li", "li, ann"])
def test_books_are_found_by_number_and_by_name(wanted: str) -> None:
    found = books(
        jobs=[job("J-101", **{"Estimate #": "E-1042"}), job("J-102", "Bob Ray")],
        invoices=[invoice("2041", "J-101")],
        estimates=[estimate("E-1042")],
    )
    assert [[one["number"] for one in papers.jobs] for papers in found.of(wanted)] == [["J-101"]]


def test_nobody_is_found_by_nothing() -> None:
    found = books(jobs=[job("J-101", "")])
    assert found.of("") == [] and found.of("Zoe") == []


def test_no_papers_no_books() -> None:
    assert list(books_of({}).all()) == []


# --- laws

NUMBERS = st.sampled_from(["", "1", "2", "01", "1-1", "1, 2", "J-1", "#2", "9", "the shed"])
NAMES = st.sampled_from(["Ann Li", "Bob Ray", ""])
JOBS = st.lists(
    st.builds(lambda number, name, bill: job(number, name, **{"Invoice #": bill}), NUMBERS, NAMES, NUMBERS), min_size=1, max_size=5
)
INVOICES = st.lists(st.builds(invoice, NUMBERS, NUMBERS, NAMES), max_size=5)
ESTIMATES = st.lists(st.builds(estimate, NUMBERS, NUMBERS, NAMES), max_size=4)
PAYMENTS = st.lists(st.builds(lambda number, bill, name: {"Payment #": number, "Invoice #": bill, "Customer": name, "Amount": "5", "Date": "2026-11-01"},
                              st.sampled_from(["P1", "P2", "P3"]), NUMBERS, NAMES), max_size=4)  # fmt: skip


@settings(max_examples=60, deadline=None)
@for_all(JOBS, INVOICES, ESTIMATES, PAYMENTS)
def test_no_paper_is_dropped_and_none_but_payments_stands_twice(
    jobs: list[Row], invoices: list[Row], estimates: list[Row], payments: list[Row]
) -> None:
    kept = tables(jobs=jobs, invoices=invoices, estimates=estimates, payments=payments)
    all_of_them = list(books_of(kept).all())
    for name, table in kept.items():
        shown = [id(paper) for one in all_of_them for paper in getattr(one, name)]
        assert set(shown) == {id(record) for record in table.records}
        assert name == "payments" or len(shown) == len(set(shown))


@settings(max_examples=100, deadline=None)
@for_all(JOBS, INVOICES, ESTIMATES, st.integers(0, 9))
def test_the_order_of_the_rows_does_not_matter(jobs: list[Row], invoices: list[Row], estimates: list[Row], seed: int) -> None:
    def told(sheets: Mapping[str, list[Row]]) -> list[list[str]]:
        marked = {name: [{**row, "Notes": row["mark"]} for row in rows] for name, rows in sheets.items()}
        groups = [sorted(str(paper["notes"]) for kind in KINDS for paper in getattr(one, kind)) for one in books(**marked).all()]
        return sorted(groups)

    sheets = {name: [{**row, "mark": f"{name} {at}", "Total": str(at + 100)} for at, row in enumerate(rows)]
              for name, rows in (("jobs", jobs), ("invoices", _numbered(invoices)), ("estimates", _numbered(estimates)))}  # fmt: skip
    mixed = {name: Random(seed).sample(rows, len(rows)) for name, rows in sheets.items()}
    assert told(sheets) == told(mixed)


def _numbered(rows: list[Row]) -> list[Row]:
    """With numbers of their own: lines of one number would be folded."""
    return [{**row, next(iter(row)): f"{at + 50}"} for at, row in enumerate(rows)]
