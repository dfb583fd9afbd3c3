"""Options under one estimate number: only what the customer said yes to is the estimate, whatever the order of the lines."""

from decimal import Decimal
from itertools import permutations

import pytest

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of

from .grids import column, read

D = Decimal
GOOD, BETTER, BEST = "E-1,Ann Bell,101,Good,Declined,5000", "E-1,Ann Bell,101,Better,Accepted,7000", "E-1,Ann Bell,101,Best,Draft,9000"


def sheet(*lines: str, amount: str = "Amount") -> str:
    return "\n".join([f"Estimate #,Customer,Job #,Description,Status,{amount}", *lines])


@pytest.mark.parametrize("lines", list(permutations([GOOD, BETTER, BEST])))
@pytest.mark.parametrize("amount", ["Amount", "Total"])
def test_the_accepted_option_is_the_estimate_in_any_order_of_the_lines(lines: tuple[str, ...], amount: str) -> None:
    table = read("estimates", sheet(*lines, amount=amount))
    [estimate] = table.records
    assert (estimate["total"], estimate["status"], estimate["title"]) == (D(7000), "Accepted", "Better")
    assert (estimate.lines, table.folded, estimate.place.row) == (3, 2, 2 + lines.index(BETTER))
    assert table.problems == []


def test_what_is_accepted_of_several_lines_is_added_up() -> None:
    table = read("estimates", sheet(BETTER, GOOD, "E-1,Ann Bell,101,Thermostat,Approved,400"))
    assert column(table, "total") == [D(7400)] and table.folded == 2


def test_a_line_without_a_status_goes_with_the_line_above_it() -> None:
    table = read("estimates", sheet(GOOD, "E-1,,,Permit,,150", BETTER, "E-1,,,Thermostat,,400"))
    assert column(table, "total") == [D(7400)] and table.problems == []


def test_lines_below_an_accepted_first_line_are_all_of_it() -> None:
    assert column(read("estimates", sheet(BETTER, "E-1,,,Thermostat,,400")), "total") == [D(7400)]


def test_who_and_what_stands_on_the_first_line_only_is_kept() -> None:
    table = read(
        "estimates",
        "Estimate #,Customer,Email,Option,Status,Total,Notes\n"
        "E-1,Ann Bell,ann@example.com,Good,Declined,5000,ring first\nE-1,,,Better,Accepted,7000,in oak",
    )
    [estimate] = table.records
    assert (estimate["customer"], estimate["email"], estimate["total"]) == ("Ann Bell", "ann@example.com", D(7000))
    assert estimate["notes"] == "in oak\nring first"


@pytest.mark.parametrize("status", ["Sent", "Ask Joe"])
def test_an_option_that_nobody_turned_down_is_not_counted_and_is_told(status: str) -> None:
    [estimate] = read("estimates", sheet(f"E-1,Ann Bell,101,Good,{status},5000", BETTER)).records
    assert (estimate["total"], estimate["status"]) == (D(7000), "Accepted")
    told = estimate.problems["status"]
    assert (told.row, told.value) == (2, status) and "only what is accepted is counted" in told.message


def test_an_amount_that_nobody_took_may_be_unreadable() -> None:
    table = read("estimates", sheet("E-1,Ann Bell,101,Good,Declined,ask me", BETTER))
    assert column(table, "total") == [D(7000)] and table.problems == []


def test_an_accepted_option_without_an_amount_has_none() -> None:
    assert column(read("estimates", sheet(GOOD, "E-1,Ann Bell,101,Better,Accepted,")), "total") == [None]


def test_where_none_is_accepted_all_lines_stand_as_before() -> None:
    [estimate] = read("estimates", sheet(GOOD, BEST)).records
    assert (estimate["total"], estimate["status"], "status" in estimate.problems) == (D(14000), "Declined", True)


def test_an_invoice_has_no_options() -> None:
    table = read("invoices", "Invoice #,Customer,Status,Amount\n1,Ann Li,Sent,100\n1,Ann Li,Draft,50")
    assert column(table, "total") == [D(150)] and "status" in table.records[0].problems


def test_options_under_one_number_of_two_customers_are_two_estimates() -> None:
    table = read("estimates", sheet(BETTER, GOOD, "E-1,Bob Cole,102,Good,Declined,50"))
    assert column(table, "total") == [D(7000), D(50)]
    assert [meaning_of(one, TABLES["estimates"].statuses) for one in column(table, "status")] == ["accepted", "declined"]
