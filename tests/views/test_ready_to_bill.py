"""Jobs that are ready to be billed, and the draft invoice of each: what stands on it, and what makes a person look twice."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contractor_ops.config import BillingPart, JobType, NotesPart
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.drafts.draft_invoice import file_name
from contractor_ops.views.drafts.parts_used import parts_used
from contractor_ops.views.ready_to_bill import build
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, PAID, Row, but, given, tables

OTHER = but(INVOICE, Invoice_="1999", Job_="J-99", Customer="Zoe Ash")
"""An invoice for somebody else: the office keeps such a sheet."""


def ready(*jobs: Row, notes: NotesPart | None = None, billing: BillingPart | None = None, **papers: list[Row]) -> Table:
    papers.setdefault("invoices", [OTHER])
    return build(given(tables(jobs=list(jobs or (DONE,)), **papers), notes, billing))


def row(*jobs: Row, **papers: Any) -> Record:
    [one] = ready(*jobs, **papers).records
    return one


def draft(one: Record) -> list[dict[str, str]]:
    """The draft as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(str(one["draft"]), newline="")))


def lines(one: Record) -> list[tuple[str, str, str]]:
    return [(line["Line"], line["Description"], line["Amount"]) for line in draft(one)]


# ── who is ready ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_job_that_is_done_with_nothing_missing_has_a_draft() -> None:
    one = row(estimates=[AGREED])
    assert (one["number"], one["customer"], one["total"], one["estimate"]) == ("J-1", "Ann Li", Decimal(4800), "E-1")
    assert one["because"] == "signed off with nothing missing: draft invoice for $4,800.00"
    assert (one["review_because"], one["ended_because"], one["draft_name"]) == (None, None, "draft-invoice-J-1.csv")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"Status": "Scheduled", "Completed": ""}, "not completed"),
        ({"Status": "Needs return visit"}, "not completed"),
        ({"Completed": "2026-11-30"}, "not completed"),
        ({"Status": "Cancelled"}, "not completed"),
        ({"Status": "Invoiced"}, "billed"),
        ({"Invoice_": "2077"}, "billed"),
        ({"Invoice_": "QuickBooks"}, "billed"),
        ({"Hours": ""}, "incomplete"),
        ({"Signature": ""}, "incomplete"),
        ({"Signature": "refused"}, "incomplete"),
    ],
)
def test_others_are_counted_by_why(change: Row, why: str) -> None:
    table = ready(but(DONE, **change))
    assert (list(table.records), table.passed_over) == ([], {why: 1})


def test_what_a_kind_of_job_needs_is_the_offices_to_say() -> None:
    notes = NotesPart(needs=("work",), job_types={"Install": JobType(also=("signature",))})
    assert len(ready(but(DONE, Hours="", Photos=""), notes=notes).records) == 1
    assert len(ready(but(DONE, Hours="", Signature=""), notes=notes).records) == 0


@pytest.mark.parametrize("status", ["Sent", "Paid", "Overdue", "Disputed", "Written off", ""])
def test_an_invoice_that_stands_bills_the_job(status: str) -> None:
    assert ready(invoices=[but(INVOICE, Status=status)]).passed_over == {"billed": 1}


def test_an_invoice_that_has_been_begun_is_not_begun_again() -> None:
    assert ready(invoices=[but(INVOICE, Status="Draft")]).passed_over == {"drafted": 1}


def test_a_void_invoice_bills_nothing_and_is_told() -> None:
    assert row(estimates=[AGREED], invoices=[but(INVOICE, Status="Void")])["review_because"] == "its invoice 2001 is void"


def test_without_a_status_the_day_it_was_finished_counts() -> None:
    assert len(ready(but(DONE, Status="")).records) == 1
    assert ready(but(DONE, Status="", Completed="")).passed_over == {"not completed": 1}


def test_a_status_that_nobody_knows_goes_to_a_person() -> None:
    assert row(but(DONE, Status="Zzz"), estimates=[AGREED])["review_because"] == 'its status "Zzz" is not known'


def test_where_no_sheet_tells_what_is_billed_a_person_must() -> None:
    [one] = build(given(tables(jobs=[but(DONE, Total="200")]))).records
    assert one["review_because"] == "no sheet holds invoices: see that it is not billed already"
    [one] = build(given(tables(jobs=[but(DONE, Total="200", Invoice_="")]))).records
    assert one["review_because"] is None


def test_every_job_is_a_row_or_counted() -> None:
    jobs = [but(DONE, Job_=f"J-{n}", Status=status) for n, status in enumerate(("Completed", "Scheduled", "Invoiced", "Cancelled", "Done"))]
    table = ready(*jobs)
    assert len(table.records) + table.folded + sum(table.passed_over.values()) == len(jobs)


def test_the_table_sums_up_what_is_to_bill() -> None:
    assert ready(DONE, but(DONE, Job_="J-2", Customer="Bob Ray", Total="200")).sums == {"to bill": Decimal(5000)}


# ── what the draft says ──────────────────────────────────────────────────────────────────────────────────────────────


def test_estimate_changes_parts_and_deposits_are_a_line_each_with_their_place() -> None:
    deposit = but(PAID, Invoice_="", Job_="J-1", Amount="1000")
    one = row(but(DONE, Parts_used="furnace, 2x gas connector"), estimates=[AGREED], change_orders=[CHANGE], payments=[deposit])
    assert [list(line.values()) for line in draft(one)] == [
        ["J-1", "Ann Li", "estimate", "Furnace replacement", "", "", "4800.00", "estimates.csv, row 2"],
        ["J-1", "Ann Li", "change order", "Change order CO-1: Second zone", "", "", "460.00", "change_orders.csv, row 2"],
        ["J-1", "Ann Li", "part", "furnace", "", "", "", "jobs.csv, row 2"],
        ["J-1", "Ann Li", "part", "gas connector", "2", "", "", "jobs.csv, row 2"],
        ["J-1", "Ann Li", "deposit", "Payment P-1", "", "", "-1000.00", "payments.csv, row 2"],
        ["J-1", "Ann Li", "total", "", "", "", "4260.00", ""],
    ]
    assert (one["total"], one["review_because"]) == (Decimal(4260), None)


def test_only_the_accepted_estimate_counts() -> None:
    offers = [
        but(AGREED, Estimate_="E-0", Status="Declined", Total="3900"),
        AGREED,
        but(AGREED, Estimate_="E-2", Status="Sent", Total="6100"),
    ]
    one = row(estimates=offers)
    assert (one["estimate"], one["total"], one["review_because"]) == ("E-1", Decimal(4800), None)


def test_two_accepted_estimates_go_to_a_person() -> None:
    one = row(estimates=[AGREED, but(AGREED, Estimate_="E-2", Total="500")])
    assert str(one["review_because"]).startswith("2 estimates are accepted: E-1 at $4,800.00, E-2 at $500.00")


def test_small_work_is_priced_by_the_job_and_large_work_that_way_goes_to_a_person() -> None:
    small, large = row(but(DONE, Total="185")), row(but(DONE, Total="1000"))
    assert (small["total"], small["review_because"], lines(small)[0]) == (Decimal(185), None, ("job", "Furnace replacement", "185.00"))
    assert large["review_because"] == "there is no accepted estimate: the price is the job's own total"
    billing = BillingPart(estimate_from=Decimal(5000), estimate_for=("install",))
    assert row(but(DONE, Total="185"), billing=billing)["review_because"] == large["review_because"]


def test_a_price_that_no_sheet_knows_is_never_guessed() -> None:
    one = row(but(DONE, Total=""), change_orders=[CHANGE])
    assert (one["total"], one["because"]) == (None, "signed off with nothing missing: draft invoice without a price")
    assert str(one["review_because"]).startswith("no price is known: there is no accepted estimate and the job has no total")
    assert lines(one)[-1] == ("total", "not known: no sheet has the price", "")


def test_what_stands_in_inventory_is_a_cost_and_never_a_price() -> None:
    stock: Row = {"Item": "furnace", "On hand": "3", "Reorder at": "1", "Unit cost": "1900"}
    one = row(but(DONE, Total=""), inventory=[stock])
    assert one["total"] is None and "1900" not in str(one["draft"])


@pytest.mark.parametrize(
    ("change", "told", "billed"),
    [
        ({"Status": "Pending"}, "change order CO-1 ($460.00) is pending", False),
        ({"Status": "Zzz"}, 'change order CO-1 ($460.00): its status "Zzz" does not say whether it was approved', False),
        ({"Status": "Declined"}, None, False),
        ({"Billed": "yes"}, "change order CO-1 ($460.00) says that it is billed; it is left out", False),
        ({"Status": "Signed by customer"}, None, True),
    ],
)
def test_changes_count_when_they_are_approved_and_not_billed(change: Row, told: str | None, billed: bool) -> None:
    one = row(estimates=[AGREED], change_orders=[but(CHANGE, **change)])
    assert (one["review_because"], one["total"]) == (told, Decimal(4800 + 460 * billed))


def test_a_change_without_an_amount_leaves_the_total_open() -> None:
    one = row(estimates=[AGREED], change_orders=[but(CHANGE, Amount="")])
    assert (one["total"], one["review_because"]) == (None, "change order CO-1 has no amount")


def test_a_total_that_disagrees_with_the_estimate_goes_to_a_person() -> None:
    assert row(but(DONE, Total="5260"), estimates=[AGREED], change_orders=[CHANGE])["review_because"] is None
    assert (
        row(but(DONE, Total="5000"), estimates=[AGREED])["review_because"]
        == "the job's total is $5,000.00, the accepted estimate's $4,800.00"
    )


def test_tax_stands_apart_as_on_the_estimate() -> None:
    taxed = but(AGREED, Total="1080", Subtotal="1000", Tax="80")
    one = row(but(DONE, Total="1000"), estimates=[taxed])
    assert lines(one)[:2] == [("estimate", "Furnace replacement", "1000.00"), ("tax", "Tax, as on estimate E-1", "80.00")]
    assert (one["total"], one["review_because"]) == (Decimal(1080), None)
    assert row(estimates=[but(taxed, Job_="J-1")], change_orders=[CHANGE])["review_because"] is not None
    odd = row(but(DONE, Total="1080"), estimates=[but(taxed, Tax="90")])
    assert odd["review_because"] == "subtotal and tax of estimate E-1 do not make its total"


def test_a_deposit_is_taken_off_once() -> None:
    told = but(AGREED, Required_deposit="1000", Collected_deposit="1000")
    payment = but(PAID, Invoice_="", Job_="J-1", Amount="1000")
    billed = but(INVOICE, Total="1000", Title="Deposit", Status="Paid")
    for papers in ({}, {"payments": [payment]}, {"invoices": [billed]}, {"invoices": [billed], "payments": [but(PAID, Amount="1000")]}):
        one = row(estimates=[told], **papers)
        assert [line[0] for line in lines(one)].count("deposit") == 1, papers
        assert one["total"] == Decimal(3800)


def test_deposits_that_disagree_go_to_a_person() -> None:
    one = row(estimates=[but(AGREED, Collected_deposit="500")], payments=[but(PAID, Invoice_="", Job_="J-1", Amount="400")])
    assert one["review_because"] == "the estimate tells of a deposit of $500.00, payments make $400.00"


def test_what_was_paid_back_is_not_taken_off() -> None:
    payments = [
        but(PAID, Invoice_="", Job_="J-1", Amount="400", Type="Deposit"),
        but(PAID, Payment_="P-2", Invoice_="", Job_="J-1", Amount="400", Type="Refund"),
    ]
    assert row(estimates=[AGREED], payments=payments)["total"] == Decimal(4800)


def test_a_payment_for_several_jobs_leaves_the_total_open() -> None:
    others = [but(DONE, Job_="J-9", Customer="Ann Li", Status="Scheduled", Completed="")]
    invoices = [but(INVOICE, Title="Deposit", Total="500"), but(INVOICE, Invoice_="2002", Job_="J-9", Title="Deposit", Total="700")]
    one = row(DONE, *others, estimates=[AGREED], invoices=invoices, payments=[but(PAID, Invoice_="2001, 2002", Amount="1200")])
    assert (one["number"], one["total"]) == ("J-1", Decimal(4300))


def test_nothing_left_to_bill_goes_to_a_person() -> None:
    assert row(but(DONE, Total="0"))["review_because"] == "it comes to $0.00"


def test_cells_that_a_spreadsheet_would_run_are_neutralised() -> None:
    hostile = '=HYPERLINK("http://evil.example")'
    one = row(but(DONE, Customer="Ann Li", Parts_used="+cmd|' /C calc'!A0"), estimates=[but(AGREED, Title=hostile)])
    cells = [cell for line in draft(one) for cell in line.values()]
    assert [cell for cell in cells if cell.startswith(("=", "@", "+"))] == []
    assert f"'{hostile}" in cells


def test_the_original_note_is_not_on_it() -> None:
    one = row(but(DONE, Notes="New furnace in. Customer is a pain, gate code 4711."), estimates=[AGREED])
    assert "pain" not in str(one["draft"]) and "4711" in str(one["notes"])


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_job_without_a_number_has_a_draft_of_its_own() -> None:
    first, second = (row for row in ready(but(DONE, Job_=""), but(DONE, Job_="", Customer="Bob Ray", Title="Tune-up")).records)
    assert first["number"] is None and first["draft_name"] != second["draft_name"]
    assert str(first["draft_name"]).startswith("draft-invoice-") and str(first["draft_name"]).endswith(".csv")


def test_jobs_without_numbers_that_nothing_tells_apart_go_to_a_person() -> None:
    one, other = ready(but(DONE, Job_=""), but(DONE, Job_="")).records
    for row in (one, other):
        assert "another job without a number is just like it: see whether one is a copy" in str(row["review_because"])


def test_one_number_for_two_customers_is_two_rows_that_cannot_be_taken_for_each_other() -> None:
    one, other = ready(DONE, but(DONE, Customer="Bob Ray")).records
    assert (one["number"], other["number"]) == ("J-1 (Ann Li)", "J-1 (Bob Ray)")
    assert one["draft_name"] != other["draft_name"]
    assert "J-1 stands for 2 customers" in str(one["review_because"])


def test_two_rows_of_one_job_are_one_draft_that_a_person_looks_at() -> None:
    one = row(DONE, but(DONE, Completed="2026-11-23"), estimates=[AGREED])
    assert (one["number"], one["total"], str(one["completed_on"])) == ("J-1", Decimal(4800), "2026-11-23")
    assert one["review_because"] == "job J-1 stands in rows 2 and 3: see whether they are visits or copies"


def test_one_estimate_for_two_jobs_waits_for_both() -> None:
    both = but(AGREED, Job_="J-1, J-2", Total="9600")
    table = ready(DONE, but(DONE, Job_="J-2", Status="In progress", Completed=""), estimates=[both])
    assert (list(table.records), table.passed_over) == ([], {"not completed": 2})
    one = row(DONE, but(DONE, Job_="J-2"), estimates=[both])
    assert (one["number"], one["total"]) == ("J-1, J-2", Decimal(9600))
    assert "one estimate holds jobs J-1 and J-2 together" in str(one["review_because"])


def test_a_cancelled_job_of_the_same_estimate_is_left_out() -> None:
    both = but(AGREED, Job_="J-1, J-2")
    table = ready(DONE, but(DONE, Job_="J-2", Status="Cancelled", Parts_used="gold leaf"), estimates=[both])
    [one] = table.records
    assert (one["number"], one["total"], table.passed_over) == ("J-1", Decimal(4800), {"cancelled": 1})
    assert "gold leaf" not in str(one["draft"])


@for_all(st.text(max_size=90))
def test_every_number_makes_a_file_name_that_every_system_takes(number: str) -> None:
    name = file_name(number, number)
    assert name.startswith("draft-invoice-") and name.endswith(".csv") and len(name) <= 90
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") and name.count(".") == 1


@for_all(st.lists(st.text(alphabet="jJ-/ 01é", min_size=1, max_size=5), min_size=2, max_size=2, unique=True))
def test_two_numbers_never_share_a_file(numbers: list[str]) -> None:
    assert len({file_name(number, number).lower() for number in numbers}) == 2


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("blower motor, run capacitor", [("blower motor", ""), ("run capacitor", "")]),
        ("2x run capacitor 45/5; filter 16x25x1", [("run capacitor 45/5", "2"), ("filter 16x25x1", "")]),
        ("capacitor x2, contactor (3), igniter qty 1", [("capacitor", "2"), ("contactor", "3"), ("igniter", "1")]),
        ("flue pipe 3 in, line set 25 ft, 30 A breaker", [("flue pipe 3 in", ""), ("line set 25 ft", ""), ("30 A breaker", "")]),
        ("R-410A (2 lb, 3 oz)", [("R-410A (2 lb, 3 oz)", "")]),
        ("2 pcs anode rod", [("anode rod", "2")]),
        ("none", []),
        ("N/A", []),
        (None, []),
    ],
)
def test_parts_are_told_as_the_job_tells_them(cell: str | None, parts: list[tuple[str, str]]) -> None:
    assert [tuple(part) for part in parts_used(cell)] == parts


@for_all(st.text(alphabet="abx×123 ,;()-.\n", max_size=40))
def test_no_figure_of_a_part_is_lost_or_invented(cell: str) -> None:
    told = [one for part in parts_used(cell) for text in part for one in text if one.isdigit()]
    assert sorted(told) == sorted(filter(str.isdigit, cell))
