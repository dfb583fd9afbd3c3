"""The first look: what a row alone settles."""

from decimal import Decimal

import pytest

from contractor_ops.planning.screen import amount_of, owed_on
from contractor_ops.ports import History
from contractor_ops.tables.record import Table
from tests.planning.planned import estimates, invoices, only, planned, recipe, record, table

OWED = ("Invoice #", "Customer", "Email", "Status", "Due date", "Paid on", "Total", "Amount paid", "Balance")


def estimate(status: str = "Sent", sent: str = "11/20/2026", total: str = "$480", number: str = "E-1", customer: str = "Ann Li") -> Table:
    return estimates((number, customer, "ann@li.example", "312-555-0142", "Furnace", status, sent, total, ""))


def invoice(status: str = "Overdue", due: str = "11/09/2026", balance: str = "$480", total: str = "$480") -> Table:
    return invoices(("1001", "Ann Li", "ann@li.example", "312-555-0142", status, "11/01/2026", due, total, balance, ""))


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        ("Sent", "act", "sent 3 days ago"),
        ("ACCEPTED", "ended", "its status is ACCEPTED"),
        ("Won", "ended", "its status is Won"),
        ("Draft", "wait", "drafts never act"),
        ("Gone fishing", "review", "no meaning that I know"),
        ("", "review", "its status is blank"),
    ],
)
def test_a_status_says_what_a_row_is(status: str, kind: str, reason: str) -> None:
    decision = only(planned(recipe(), estimate(status)))
    assert decision.decision == kind, decision.reason
    assert reason in decision.reason


def test_a_status_that_the_recipe_does_not_act_on_waits_without_a_day() -> None:
    decision = only(planned(recipe("invoices"), invoice("Disputed")))
    assert (decision.decision, decision.due, decision.step) == ("wait", None, None)
    assert "which this recipe does not act on" in decision.reason


def test_a_sheet_without_a_status_column_asks_nobody_about_it() -> None:
    sheet = table(
        "estimates", ("Estimate #", "Customer", "Email", "Emailed", "Total"), [("E-1", "Ann Li", "ann@li.example", "11/20/2026", "$480")]
    )
    assert only(planned(recipe(), sheet)).decision == "act"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"balance": "$480"}, "act"),
        ({"balance": "0"}, "ended"),
        ({"balance": "-50"}, "wait"),
        ({"balance": "(25.00)"}, "wait"),
        ({"balance": "TBD"}, "broken"),
        ({"due": "31/31/2026"}, "broken"),
        ({"due": ""}, "broken"),
        ({"due": "soon"}, "broken"),
    ],
)
def test_what_is_owed_and_when_settle_an_invoice(cells: dict[str, str], kind: str) -> None:
    decision = only(planned(recipe("invoices"), invoice(**cells)))
    assert decision.decision == kind, decision.reason


def test_a_broken_row_names_the_cell_that_breaks_it() -> None:
    assert 'Due date "31/31/2026"' in only(planned(recipe("invoices"), invoice(due="31/31/2026"))).reason
    assert "the steps count from that day" in only(planned(recipe("invoices"), invoice(due=""))).reason


def test_over_comes_before_everything_that_is_wrong_with_a_row() -> None:
    assert only(planned(recipe("invoices"), invoice("Paid", due="31/31/2026", balance="TBD"))).decision == "ended"
    assert only(planned(recipe("invoices"), invoice("Draft", due="31/31/2026"))).decision == "wait"


def test_conditions_of_when_and_ends() -> None:
    ours = recipe(when="total_at_least = 1000", ends='notes_mention = ["gone"]')
    assert only(planned(ours, estimate())).reason == "not so: total is at least 1,000"
    assert only(planned(ours, estimate(total="$1,000"))).decision == "act"
    ended = estimates(("E-1", "Ann Li", "ann@li.example", "", "Furnace", "Sent", "11/20/2026", "$1,000", "they are gone"))
    assert only(planned(ours, ended)).reason == 'notes mention "gone"'


def test_a_row_with_neither_number_nor_customer_is_broken_and_known_by_its_row() -> None:
    sheet = estimates(
        ("E-1", "Ann Li", "ann@li.example", "", "Furnace", "Sent", "11/20/2026", "$480", ""),
        ("", "", "x@li.example", "", "", "Sent", "11/20/2026", "", ""),
    )
    last = planned(recipe(), sheet).decisions[1]
    assert last.decision == "broken" and last.record


def test_an_estimate_counts_from_its_own_date_where_nothing_says_when_it_was_sent() -> None:
    sheet = table(
        "estimates",
        ("Estimate #", "Customer", "Email", "Status", "Created", "Total"),
        [("E-1", "Ann Li", "ann@li.example", "Sent", "11/20/2026", "$480")],
    )
    decision = only(planned(recipe(), sheet))
    assert decision.decision == "act"
    assert "counted from the day it was created" in decision.reason


def test_rows_are_decided_in_the_order_of_the_sheet() -> None:
    cells = ("Ann Li", "ann@li.example", "", "Furnace")
    sheet = estimates(
        ("E-3", *cells, "Won", "", "", ""), ("E-1", *cells, "Sent", "11/20/2026", "", ""), ("E-2", *cells, "Draft", "", "", "")
    )
    assert [one.record for one in planned(recipe(), sheet, history=History()).decisions] == ["E-3", "E-1", "E-2"]


@pytest.mark.parametrize(
    ("total", "paid", "balance", "owed", "amount"),
    [
        ("480", "", "100", "100", "100"),
        ("480", "380", "", "100", "100"),
        ("480", "", "", None, "480"),
        ("-50", "", "", "-50", "-50"),
        ("480", "480", "", "0", "0"),
        ("480", "", "TBD", None, "480"),
        ("", "", "", None, None),
    ],
)
def test_what_is_owed_is_the_balance_or_the_total_less_what_was_paid(
    total: str, paid: str, balance: str, owed: str | None, amount: str | None
) -> None:
    row = record("invoices", OWED, "1001", "Ann Li", "ann@li.example", "Sent", "11/09/2026", "", total, paid, balance)
    assert owed_on(row) == (Decimal(owed) if owed else None)
    assert amount_of(row) == (Decimal(amount) if amount else None)
