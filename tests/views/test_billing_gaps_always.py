"""Laws that hold for any office's papers, however messy: what the first look at whole columns lets pass has no gap, and is billed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import example, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from contractor_ops.config import BillingPart
from contractor_ops.tables.record import Record, Table
from contractor_ops.views import note_flags, note_gaps, ready_to_bill
from contractor_ops.views.billing.case import Case
from contractor_ops.views.billing.screen import Screen
from contractor_ops.views.billing_gaps import build, gaps_of, policy_of
from contractor_ops.views.books.billed import is_billed
from contractor_ops.views.books.office_books import books_of
from contractor_ops.views.books.surely_billed import BilledJobs
from tests.views.sheets import Row, given, tables

JOBS = ("101", "102", "101-1", "101-2", "J-101", "0101", "", "2026-1", "2026-2", "2026-9", "Job 101", "101, 102", "101/102", "101-02")
CUSTOMERS = ("Ann Bell", "Bob Cole", "Bell, Ann", "", "Ann Bell")
MONEY = ("1000", "1000", "1000", "1,080.00", "450", "550", "1450", "-1000", "0", "", "abc", "$1,000.00", "999.50", "500", "2000")
DAYS = ("2026-11-20", "2026-11-01", "2026-10-01", "", "2027-01-01", "13/13/2026", "2025-01-01")
CELLS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "jobs": {
        "Job #": JOBS, "Customer": CUSTOMERS, "Title": ("Furnace", "Annual tune-up", "3-phase panel", "", "Deposit"), "Job type": ("Install", "Repair", ""),
        "Status": ("Completed", "Completed", "Scheduled", "Cancelled", "Invoiced", "", "weird", "On hold", "In progress"), "Completed": DAYS,
        "Scheduled": DAYS, "Total": MONEY, "Invoice": ("", "", "2001", "2002", "n/a", "yes", "INV-2001"), "Estimate": ("", "", "E-1", "E-1, E-2"),
        "Hours": ("2", ""), "Parts used": ("filter", "2x cap, 3 ft pipe", "none"), "Photos": ("y",), "Signature": ("y",),
        "Notes": ("Replaced cap", "no charge", "warranty call, smell gas", ""),
    },
    "estimates": {
        "Estimate #": ("E-1", "E-1", "E-2", "E-3", ""), "Job #": JOBS, "Customer": CUSTOMERS, "Title": ("x",), "Option": ("", "Good", "Better"),
        "Status": ("Accepted", "Accepted", "Declined", "Sent", "", "odd"), "Created": DAYS, "Total": MONEY, "Subtotal": ("", "1000"), "Tax": ("", "80", "0"),
        "Deposit required": ("", "300", "500", "1000"), "Deposit paid": ("", "300", "500"),
    },
    "change_orders": {
        "CO #": ("CO-1", "CO-2", ""), "Job #": JOBS, "Description": ("Extra", ""), "Amount": MONEY,
        "Status": ("Approved", "Pending", "Declined", "Done", "", "odd", "Billed"), "Approved on": DAYS, "Billed": ("", "yes", "no"),
        "Invoice #": ("", "", "2001", "none"), "Billed amount": ("", "", "200"), "Notes": ("", "done", "installed"),
    },
    "invoices": {
        "Invoice #": ("2001", "2002", "2003", "", "101"), "Job #": JOBS, "Customer": CUSTOMERS, "Estimate #": ("", "", "E-1", "E-9"),
        "Title": ("", "Deposit", "Final", "Furnace", "50% down", "Credit for 2001", "less deposit", "mineral deposits", "Progress"),
        "Status": ("Sent", "Paid", "Void", "Draft", "", "odd", "Written off", "Partial"), "Issued": DAYS, "Paid on": DAYS, "Total": MONEY,
        "Subtotal": ("", "1000"), "Tax": ("", "80"), "Balance": ("", "0", "450", "1000"), "Amount paid": ("", "500"), "Retainage": ("", "", "100"),
    },
    "payments": {
        "Payment #": ("P1", "P2", ""), "Customer": CUSTOMERS, "Invoice #": ("", "2001", "2001, 2002"), "Job #": JOBS, "Amount": MONEY, "Paid on": DAYS,
        "Type": ("", "Deposit", "Refund"), "Status": ("", "Paid", "Failed", "Pending", "odd"), "Notes": ("", "deposit E-1"),
    },
}  # fmt: skip
_MOST = {"jobs": 4, "estimates": 3, "change_orders": 2, "invoices": 3, "payments": 2}
Office = Mapping[str, list[Row]]


def rows(table: str) -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries({heading: st.sampled_from(cells) for heading, cells in CELLS[table].items()})
    return st.lists(row, min_size=table == "jobs", max_size=_MOST[table])


OFFICES: st.SearchStrategy[Office] = st.fixed_dictionaries({table: rows(table) for table in CELLS})
TWO_LETTERS: Office = {
    "jobs": [{"Job #": "A-101", "Customer": "Ann Bell", "Status": "Completed", "Total": "900", "Invoice": "2001"}, {"Job #": "B-101", "Customer": "Ann Bell", "Status": "Completed", "Total": "900"}],
    "invoices": [{"Invoice #": "2001", "Job #": "101", "Customer": "Ann Bell", "Status": "Sent", "Total": "900"}, {"Invoice #": "2002", "Customer": "Ann Bell", "Total": "-900", "Title": "Credit for 2001"}],
}  # fmt: skip

ONE_NUMBER: Office = {
    "jobs": [{"Job #": "101, 102", "Customer": "Bob Cole", "Status": "Completed", "Total": "900"}, {"Job #": "101", "Customer": "Bob Cole", "Status": "Completed", "Total": "900"}],
    "estimates": [{"Estimate #": "E-1", "Job #": "101", "Customer": "Bob Cole", "Status": "Accepted", "Total": "900"}],
    "invoices": [{"Invoice #": "2001", "Job #": "101, 102", "Estimate #": "E-1", "Customer": "Bob Cole", "Status": "Sent", "Total": "900"}],
}  # fmt: skip
"""A job whose own number looks like two."""


@settings(max_examples=120, derandomize=True)
@for_all(OFFICES)
@example(TWO_LETTERS)
@example(ONE_NUMBER)
def test_a_group_that_the_first_look_lets_pass_has_no_gap(office: Office) -> None:
    one = given(tables(**office), billing=BillingPart())
    books = books_of(one.tables)
    screen = Screen(books, one.billing, one.now.date())
    policy = policy_of(one, books, screen.typical)
    looked_at = set(screen.to_look_at())
    for group in set(range(books.groups.count)) - looked_at:
        assert not gaps_of(Case(books.one(group), policy)), books.one(group)


@settings(max_examples=120, derandomize=True)
@for_all(OFFICES)
@example(TWO_LETTERS)
@example(ONE_NUMBER)
def test_a_job_that_the_first_look_calls_billed_is_billed(office: Office) -> None:
    kept = tables(**office)
    books, billed = books_of(kept), BilledJobs(kept)
    group_of = books.groups.of_each("jobs")
    for position, job in enumerate(kept["jobs"].records):
        papers = books.one(int(group_of[position]))
        assert billed.closer(position) == is_billed(job, papers)
        if billed.at_once(position, job["number"], job["invoice"]):
            assert is_billed(job, papers), (job, papers)


@settings(max_examples=120, derandomize=True)
@for_all(OFFICES)
@example(TWO_LETTERS)
@example(ONE_NUMBER)
def test_no_job_is_lost_and_none_has_two_drafts(office: Office) -> None:
    kept = tables(**office)
    table = ready_to_bill.build(given(kept))
    assert sum(table.passed_over.values()) + sum(one.lines for one in table.records) == len(kept["jobs"].records)
    assert not _twice(table.records, "draft_name") and not _twice(table.records, "number")
    for view in (note_gaps, note_flags):
        assert _is_whole(view.build(given(kept)))
    named = build(given(kept)).records
    assert not _twice(named, "number") and all(one["because"] for one in named)


def _twice(records: Sequence[Record], column: str) -> list[Any]:
    """Names that two rows have, unless a person is told of it."""
    names = Counter(str(one[column]) for one in records if one[column] and "just like it" not in str(one["review_because"]))
    return [name for name, times in names.items() if times > 1]


def _is_whole(table: Table) -> bool:
    """Whether every row says why it is there."""
    return all(one["because"] for one in table.records)
