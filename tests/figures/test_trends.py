"""Twelve weeks, Monday to Sunday."""

from collections.abc import Sequence
from decimal import Decimal

from contractor_ops.figures.trends import trends
from contractor_ops.figures.values import Business, Series
from tests.figures.sheets import business, day, invoice
from tests.views.sheets import PAID, Row, but


def series(key: str, one: Business) -> Series:
    return next(one for one in trends(one) if one.key == key)


def filled(key: str, one: Business) -> dict[str, Decimal]:
    """The weeks with something in them."""
    found = series(key, one)
    return {str(start): value for start, value in zip(found.starts, found.values, strict=True) if value}


def test_the_weeks_are_the_twelve_that_are_over() -> None:
    starts = series("invoiced", business(invoices=[invoice("1")])).starts
    assert (starts[0], starts[-1], len(starts)) == (day("2026-08-31"), day("2026-11-16"), 12)
    assert {start.weekday() for start in starts} == {0}


def test_invoiced_goes_by_the_day_of_the_invoice() -> None:
    rows = [
        invoice("1", Issued="2026-11-16", Total="10.50"), invoice("2", Issued="2026-11-22", Total="20", Status="Paid", Balance="0"),
        invoice("3", Issued="2026-11-23", Total="40"), invoice("4", Issued="2026-08-30", Total="80"), invoice("5", Issued="2026-08-31", Total="160"),
        invoice("6", Issued="2026-11-17", Total="5", Status="Void"), invoice("7", Issued="2026-11-17", Total="-7", Balance="-7"),
        invoice("8", Issued="2026-11-17", Total="9", Status="Draft"), invoice("9", Issued="", Total="9"),
    ]  # fmt: skip
    assert filled("invoiced", business(invoices=rows)) == {"2026-08-31": Decimal(160), "2026-11-16": Decimal("30.50")}


def test_credits_are_not_taken_off_and_that_is_said() -> None:
    rows = [
        invoice("1", Issued="2026-11-16"),
        invoice("2", Issued="2026-11-17", Total="-85", Balance="-85"),
        invoice("3", Issued="2026-01-17", Total="-9"),
    ]
    one = series("invoiced", business(invoices=rows))
    assert (one.values[-1], one.notes) == (Decimal(100), ("Credits of $85 in these weeks are not taken off what was invoiced.",))


def payment(number: str, on: str, amount: str, **cells: str) -> Row:
    return but(PAID, Payment=number, Invoice="1", Amount=amount, Paid_on=on, **cells)


def test_collected_is_what_came_in_without_what_went_back() -> None:
    payments = [payment("P1", "2026-11-16", "60"), payment("P2", "2026-11-22", "30", Type="Refund"), payment("P3", "2026-11-15", "5.25"),
                payment("P4", "2026-11-24", "99")]  # fmt: skip
    assert filled("collected", business(payments=payments)) == {"2026-11-09": Decimal("5.25"), "2026-11-16": Decimal(30)}


def test_without_payments_invoices_count_on_the_day_they_were_paid_and_it_says_so() -> None:
    rows = [invoice("1", Status="Paid", Balance="0", Paid_on="2026-11-18"), invoice("2")]
    one = business(invoices=rows)
    assert filled("collected", one) == {"2026-11-16": Decimal(100)}
    assert series("collected", one).notes == ("There is no payments table: each invoice counts in full on the day it was paid.",)


def overdue(*rows: Row, payments: Sequence[Row] = ()) -> dict[str, Decimal]:
    return filled("overdue", business(invoices=rows, payments=payments))


def test_overdue_at_the_end_of_a_week_is_what_was_late_and_not_yet_paid_then() -> None:
    assert overdue(
        invoice("1", Due_date="2026-11-14"),  # late on Sunday the 15th
        invoice("2", Due_date="2026-11-15", Total="7", Balance="7"),  # on that Sunday not yet
        invoice(
            "3", Due_date="2026-10-31", Total="50", Balance="0", Status="Paid", Paid_on="2026-11-15", Issued="2026-10-01"
        ),  # paid on that Sunday
        invoice("4", Due_date="2026-11-22"),
        invoice("5", Due_date="2026-09-01", Status="Bad debt"),
        invoice("6", Due_date="2026-09-01", Status="Disputed"),  # that is no overdue invoice in any other list either
    ) == {"2026-11-09": Decimal(100), "2026-11-16": Decimal(107), "2026-10-26": Decimal(50), "2026-11-02": Decimal(50)}


def test_part_payments_are_taken_off_from_the_day_on_which_they_came() -> None:
    rows = [invoice("1", Due_date="2026-11-01", Balance="40", Status="Partial", Issued="2026-10-01")]
    payments = [payment("P1", "2026-11-10", "60")]
    assert overdue(*rows, payments=payments) == {"2026-11-02": Decimal(100), "2026-11-09": Decimal(40), "2026-11-16": Decimal(40)}


def test_an_invoice_is_not_overdue_before_it_was_issued() -> None:
    assert overdue(invoice("1", Issued="2026-11-10", Due_date="2026-10-01"), payments=[payment("P1", "2026-01-01", "1")]) == {
        "2026-11-09": Decimal(100), "2026-11-16": Decimal(100),
    }  # fmt: skip


def test_what_was_paid_nobody_knows_when_makes_the_past_unknown() -> None:
    late = invoice("1", Status="Paid", Balance="0", Due_date="2026-10-01", Paid_on="")
    one = series("overdue", business(invoices=[late, invoice("2", Paid_on="")]))
    assert (one.starts, one.values, one.notes) == ((), (), ("no sheet tells the day of payment of 1 paid invoice",))
    dated = [invoice(f"{at}", Status="Paid", Balance="0", Due_date="2026-10-01", Paid_on="2026-09-20") for at in range(10, 30)]
    one = series("overdue", business(invoices=[late, *dated]))
    assert one.notes == ("No sheet tells the day of payment of 1 paid invoice: left out.",)
    assert set(one.values) == {Decimal(0)}


def estimate(number: str, sent: str, status: str) -> Row:
    return {"Estimate #": number, "Customer": "Ann Li", "Status": status, "Emailed": sent, "Total": "100"}


def test_estimates_are_won_in_the_week_in_which_they_were_sent() -> None:
    rows = [estimate("E-1", "2026-11-16", "Sent"), estimate("E-2", "2026-11-20", "Accepted"), estimate("E-3", "2026-11-22", "Declined"),
            estimate("E-4", "2026-11-20", "Draft"), estimate("E-5", "2026-11-15", "Converted"), estimate("E-6", "2026-11-20", "Hm")]  # fmt: skip
    one = business(estimates=rows)
    assert filled("estimates-sent", one) == {"2026-11-09": Decimal(1), "2026-11-16": Decimal(3)}
    assert filled("estimates-won", one) == {"2026-11-09": Decimal(1), "2026-11-16": Decimal(1)}


def test_what_cannot_be_told_has_no_weeks_and_says_why() -> None:
    assert [(one.values, one.notes) for one in trends(business())] == [
        ((), ("no invoices table",)), ((), ("no invoices table",)), ((), ("no invoices table",)), ((), ("no estimates table",)), ((), ("no estimates table",)),
    ]  # fmt: skip


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [
        invoice(f"{at}", Issued=f"2026-10-{at:02}", Due_date=f"2026-10-{at + 5:02}", Total=f"{at}.25", Balance=f"{at}.25")
        for at in range(1, 20)
    ]
    payments = [payment(f"P{at}", f"2026-11-{at:02}", f"{at}") for at in range(1, 20)]
    assert trends(business(invoices=rows, payments=payments)) == trends(business(invoices=rows[::-1], payments=payments[::-1]))
