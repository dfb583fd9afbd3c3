"""What customers owe, by age; credits; promises that were not kept."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.figures.bills import NEEDS
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.receivables import OVERDUE, TITLES, Promise, credits, overdue, owed, past_due, promises_broken
from contractor_ops.figures.values import Business, Group
from tests.figures.sheets import business, day, invoice, names, told
from tests.views.sheets import CHICAGO, Row


def groups(*invoices: Row) -> dict[str, Group]:
    return {group.key: group for group in overdue(business(invoices=invoices))}


def where(*invoices: Row) -> dict[str, set[str]]:
    """The groups that hold something, and what."""
    return {key: names(group) for key, group in groups(*invoices).items() if len(group)}


@pytest.mark.parametrize(
    ("due", "key"),
    [
        ("2026-12-24", "not-due"), ("2026-11-25", "not-due"), ("2026-11-24", "not-due"), ("2026-11-23", "1-30"), ("2026-10-25", "1-30"),
        ("2026-10-24", "31-60"), ("2026-09-25", "31-60"), ("2026-09-24", "61-90"), ("2026-08-26", "61-90"), ("2026-08-25", "over-90"),
        ("2021-01-01", "over-90"),
    ],
)  # fmt: skip
def test_an_invoice_stands_in_the_group_of_its_age_and_what_is_due_today_is_not_overdue(due: str, key: str) -> None:
    assert where(invoice("1", Due_date=due)) == {key: {"1"}}


def test_a_line_tells_whose_it_is_how_much_and_since_when() -> None:
    (line,) = groups(invoice("1", Balance="$80.50"))["1-30"].lines
    assert (line.what, line.customer, line.amount, line.days, line.table, line.record) == (
        "invoice 1",
        "Ann Li",
        Decimal("80.50"),
        9,
        "invoices",
        "1",
    )
    assert line.why == "due Nov 15, 9 days ago"
    assert str(line.place) == "invoices.csv, row 2"


@pytest.mark.parametrize(
    "cells",
    [
        {"Status": "Void"}, {"Status": "Draft"}, {"Status": "Paid"}, {"Status": "Bad debt"}, {"Balance": "0"}, {"Balance": "-20"},
        {"Balance": "-20", "Total": "-20"}, {"Paid_on": "2026-11-20", "Balance": ""}, {"Status": "Paid", "Balance": ""},
    ],
)  # fmt: skip
def test_what_is_void_a_draft_paid_written_off_or_a_credit_is_not_owed(cells: dict[str, str]) -> None:
    assert told(owed(business(invoices=[invoice("1", **cells)]))) == []


@pytest.mark.parametrize(
    "cells",
    [
        {"Status": "Partially paid", "Balance": "40"}, {"Status": "Past Due"}, {"Status": "Pending"}, {"Status": ""},
        {"Paid_on": "2026-11-20", "Balance": "40"}, {"Paid_on": "2026-12-20"},
    ],
)  # fmt: skip
def test_whatever_has_a_balance_left_is_owed(cells: dict[str, str]) -> None:
    (line,) = owed(business(invoices=[invoice("1", **cells)])).lines
    assert line.amount == Decimal(cells.get("Balance", "100"))


def test_a_status_that_is_not_known_is_told() -> None:
    (line,) = groups(invoice("1", Status="Pending"))["1-30"].lines
    assert line.why == 'due Nov 15, 9 days ago; its status "Pending" is not known'


def test_an_unknown_balance_is_counted_as_unknown_and_never_as_nothing() -> None:
    group = groups(invoice("1", Balance=""), invoice("2"), invoice("3", Balance="ask Tom"))["1-30"]
    assert (group.amount, group.unknown, len(group)) == (Decimal(100), 2, 3)
    assert group.lines[-1].why == "due Nov 15, 9 days ago; how much is owed is not known, of $100.00"


def test_without_a_balance_what_was_paid_is_taken_off() -> None:
    assert told(owed(business(invoices=[invoice("1", Balance="", Amount_paid="30")]))) == [("invoice 1", Decimal(70))]
    assert told(owed(business(invoices=[invoice("1", Balance="", Amount_paid="thirty")]))) == [("invoice 1", None)]
    assert told(owed(business(invoices=[invoice("1", Balance="ask Tom", Amount_paid="30")]))) == [("invoice 1", None)]


def test_a_sheet_without_any_balance_owes_totals_less_payments() -> None:
    rows = [{key: cell for key, cell in invoice(number, Status=status).items() if key != "Balance"}
            for number, status in (("1", "Sent"), ("2", "Partially paid"), ("3", "Paid"), ("4", "Overdue"))]  # fmt: skip
    payments = [{"Payment #": "P1", "Customer": "Ann Li", "Invoice #": "4", "Amount": "25", "Paid on": "2026-11-20"}]
    group = owed(business(invoices=rows, payments=payments))
    assert dict(told(group)) == {"invoice 1": Decimal(100), "invoice 2": None, "invoice 4": Decimal(75)}
    assert "the sheet has no balance: its total stands in" in group.lines[0].why


def test_of_a_payment_for_several_invoices_nobody_knows_how_much_was_for_which() -> None:
    rows = [{key: cell for key, cell in invoice(number).items() if key != "Balance"} for number in ("1", "2", "3")]
    payments = [{"Payment #": "P1", "Customer": "Ann Li", "Invoice #": "1, 2", "Amount": "25", "Paid on": "2026-11-20"}]
    assert dict(told(owed(business(invoices=rows, payments=payments)))) == {"invoice 1": None, "invoice 2": None, "invoice 3": Decimal(100)}


def test_disputes_and_retainage_stand_apart_whatever_their_age() -> None:
    found = where(
        invoice("1", Status="Disputed"), invoice("2", Disputed="Yes"), invoice("3", Retainage="100"), invoice("4", Retainage="20"),
        invoice("5", Retainage="20", Balance="20", Status="Partial"),
    )  # fmt: skip
    assert found == {"disputed": {"1", "2"}, "retainage": {"3", "5"}, "1-30": {"4"}}


def test_without_a_due_date_the_day_of_the_invoice_counts_and_it_says_so() -> None:
    (line,) = groups(invoice("1", Due_date=""))["1-30"].lines
    assert line.why == "no due date; counted from the day it was issued, Nov 1, 23 days ago"
    (line,) = groups(invoice("1", Due_date="31/31/2026"))["1-30"].lines
    assert line.why.startswith('its due date "31/31/2026" cannot be read; counted from')


def test_a_summary_by_customer_has_no_days_and_its_own_group() -> None:
    rows = [{"Customer": "Ann Li", "Balance": "250"}, {"Customer": "Bob Ray", "Balance": "0"}, {"Customer": "Cy Odum", "Balance": "-40"}]
    (group,) = [one for one in overdue(business(invoices=rows)) if len(one)]
    assert (group.key, told(group)) == ("no-date", [("open balance", Decimal(250))])
    assert group.lines[0].days is None


@pytest.mark.parametrize(
    ("says", "key"),
    [("Current", "not-due"), ("1 - 30 days past due", "1-30"), ("31-60", "31-60"), ("61 to 90", "61-90"), ("91 and over", "over-90"),
     ("Over 90", "over-90"), ("> 90", "over-90"), ("90+", "over-90"), ("someday", "1-30")],
)  # fmt: skip
def test_without_a_due_date_the_group_of_the_report_holds(says: str, key: str) -> None:
    assert where(invoice("1", Due_date="", Aging_bucket=says)) == {key: {"1"}}


def test_overdue_invoices_are_those_of_the_four_ages() -> None:
    rows = [invoice("1"), invoice("2", Due_date="2026-09-01"), invoice("3", Due_date="2026-12-01"), invoice("4", Status="Disputed")]
    assert names(past_due(business(invoices=rows))) == {"1", "2"}


def test_an_invoice_that_the_sheet_calls_overdue_is_overdue_without_a_date_too() -> None:
    rows = [invoice("1", Status="Overdue", Issued="", Due_date=""), invoice("2", Issued="", Due_date="")]
    assert names(past_due(business(invoices=rows))) == {"1"}
    assert where(*rows) == {"no-date": {"1", "2"}}
    assert (groups(*rows)["no-date"].counted, groups(rows[0])["no-date"].counted) == (
        "2 invoices owed without a date", "1 invoice owed without a date",
    )  # fmt: skip
    assert groups(invoice("1", Status="Disputed"))["disputed"].counted == "1 invoice in dispute"


def test_a_credit_is_told_with_what_its_customer_owes() -> None:
    rows = [
        invoice("1", Email="ann@example.com"), invoice("2", Email="ann@example.com", Total="-30", Balance="-30"),
        invoice("3", Customer="Bob Ray"), invoice("4", Customer="Cy Odum", Balance="-500", Total="-500"),
        invoice("5", Customer="Cy Odum", Balance="20"), invoice("6", Customer="Dee Park", Total="-5", Balance="-5"),
    ]  # fmt: skip
    found = credits(business(invoices=rows))
    assert [(line.customer, line.amount, line.why) for line in found.lines] == [
        ("Cy Odum", Decimal(500), "owes $20.00: nothing is left to collect"),
        ("Ann Li", Decimal(30), "owes $100.00: $70.00 is left"),
        ("Dee Park", Decimal(5), "owes nothing that is known"),
    ]
    (line,) = [line for line in groups(*rows)["1-30"].lines if line.record == "1"]
    assert line.why == "due Nov 15, 9 days ago; their credit of $30.00 is not taken off"


def test_a_credit_of_somebody_else_with_the_same_name_is_left_to_them() -> None:
    rows = [invoice("1", Email="ann@example.com"), invoice("2", Email="other.ann@example.com", Total="-30", Balance="-30")]
    assert "credit" not in groups(*rows)["1-30"].lines[0].why


def promised(number: str, on: str, at: str = "2026-11-10", **more: str) -> Promise:
    return Promise("Ann Li", number, day(on), datetime.fromisoformat(at).replace(tzinfo=CHICAGO), **more)


def broken(rows: Sequence[Row], *promises: Promise) -> set[str]:
    return names(promises_broken(business(invoices=rows), promises))


def test_a_promise_is_broken_once_its_day_is_over_and_the_invoice_is_still_open() -> None:
    assert broken([invoice("1")], promised("1", "2026-11-23")) == {"1"}
    assert broken([invoice("1")], promised("1", "2026-11-24")) == set()
    assert broken([invoice("1", Balance="0")], promised("1", "2026-11-23")) == set()
    assert broken([invoice("1")], promised("2", "2026-11-23")) == set()


def test_the_last_promise_holds_in_whatever_order_they_are_told() -> None:
    old, new = promised("1", "2026-11-20", "2026-11-10"), promised("1", "2026-11-30", "2026-11-21")
    assert [broken([invoice("1")], *order) for order in permutations((old, new))] == [set(), set()]
    again = promised("1", "2026-11-12", "2026-11-22")  # sooner than they had said before
    assert broken([invoice("1")], old, new, again) == {"1"}


def test_a_promise_for_a_number_that_two_customers_have_is_of_the_one_who_made_it() -> None:
    rows = [invoice("7", Email="ann@example.com"), invoice("7", Customer="Bob Ray", Email="bob@example.com")]
    found = promises_broken(business(invoices=rows), [Promise("Bob Ray", "7", day("2026-11-20"), address="bob@example.com")])
    assert [line.customer for line in found.lines] == ["Bob Ray"]


def test_the_sheets_own_promise_counts_and_a_later_day_beats_an_earlier() -> None:
    assert broken([invoice("1", Promised_on="2026-11-20")]) == {"1"}
    assert broken([invoice("1", Promised_on="2026-11-28")], promised("1", "2026-11-20")) == set()


def test_a_promise_without_an_invoice_means_all_that_was_billed_by_then() -> None:
    rows = [invoice("1", Phone="(312) 555-0142"), invoice("2", Phone="(312) 555-0142", Issued="2026-11-20"),
            invoice("3", Customer="Bob Ray", Phone="(312) 555-0143")]  # fmt: skip
    assert broken(rows, promised("", "2026-11-20", address="+13125550142")) == {"1"}
    assert broken(rows, promised("", "2026-11-20")) == {"1"}


def test_what_an_office_does_not_keep_is_no_figure() -> None:
    nothing, thin = business(), business(invoices=[{"Invoice #": "1", "Customer": "Ann Li", "Due date": "2026-11-01", "Total": "100"}])
    assert [(overdue(one), told(owed(one))) for one in (nothing, thin)] == [((), []), ((), [])]
    assert lacking(nothing, *NEEDS) == "no invoices table"
    assert "no column balance" in lacking(thin, *NEEDS)


amounts = st.one_of(st.just(""), st.integers(-50_000, 50_000).map(lambda cents: f"{cents / 100:.2f}"))
days = st.one_of(st.just(""), st.dates(day("2026-06-01"), day("2027-01-31")).map(str))
cells = st.fixed_dictionaries({
    "Customer": st.sampled_from(["Ann Li", "Bob Ray", "Cy Odum", ""]), "Status": st.sampled_from(["Sent", "Paid", "Void", "Draft", "Overdue", "Disputed", "Hm", ""]),
    "Issued": days, "Due date": days, "Paid on": days, "Total": amounts, "Balance": amounts, "Retainage": amounts,
})  # fmt: skip


@settings(max_examples=80)
@given(rows=st.lists(cells, min_size=1, max_size=12), order=st.randoms())
def test_groups_part_the_open_balance_exactly_and_the_order_of_the_rows_does_not_matter(rows: list[dict[str, Any]], order: Any) -> None:
    numbered: list[Row] = [{"Invoice #": f"{at + 1}", **row} for at, row in enumerate(rows)]
    shuffled = order.sample(numbered, len(numbered))
    one, other = business(invoices=numbered), business(invoices=shuffled)
    groups, whole = overdue(one), owed(one)
    assert [group.key for group in groups] == list(TITLES)
    assert sum((group.amount for group in groups), Decimal(0)) == whole.amount == open_balance(numbered)
    assert sorted(line.record for group in groups for line in group.lines) == sorted(names(whole))
    assert sum(group.unknown for group in groups) == whole.unknown
    undated = {row["Invoice #"] for row in numbered if row["Status"] == "Overdue"} & {
        line.record for group in groups if group.key == "no-date" for line in group.lines
    }
    assert names(past_due(one)) == undated | {line.record for group in groups if group.key in OVERDUE for line in group.lines}
    assert [plain(figure(one)) for figure in (owed, credits, past_due)] == [plain(figure(other)) for figure in (owed, credits, past_due)]
    assert list(map(plain, overdue(one))) == list(map(plain, overdue(other)))


def plain(group: Group) -> list[tuple[object, ...]]:
    """A group without the places of its rows."""
    return [(line.what, line.customer, line.why, line.amount, line.days, line.record) for line in group.lines]


def open_balance(rows: Sequence[Row]) -> Decimal:
    """By hand: balances above zero of what is neither void, nor a draft, nor paid."""
    balances = [Decimal(row["Balance"]) for row in rows if row["Balance"] and row["Status"] not in {"Void", "Draft", "Paid"}]
    return sum((balance for balance in balances if balance > 0), Decimal(0))


def test_a_business_is_left_as_it_was() -> None:
    one: Business = business(invoices=[invoice("1"), invoice("2", Balance="-5")])
    assert overdue(one) == overdue(one)


def test_a_payment_that_failed_is_no_money() -> None:
    """Where the sheet tells neither balance nor paid, payments say what is left; they count as they do in drafts and budgets."""
    bill = {"Invoice #": "1", "Customer": "Ann Li", "Status": "Sent", "Issued": "2026-11-01", "Due date": "2026-11-15", "Total": "100"}

    def left(status: str) -> list[Decimal | None]:
        paid = {"Payment #": "P-1", "Customer": "Ann Li", "Invoice #": "1", "Amount": "40", "Paid on": "2026-11-10", "Status": status}
        return [line.amount for line in owed(business(invoices=[bill], payments=[paid])).lines]

    assert [left(status) for status in ("Received", "Failed", "Void", "Pending")] == [
        [Decimal(60)],
        [Decimal(100)],
        [Decimal(100)],
        [Decimal(100)],
    ]
