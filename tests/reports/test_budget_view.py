"""How budgets look: as plain lines, and in windows of two widths."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from rich.console import Console

from contractor_ops.reports.budget import Budgets, Source
from contractor_ops.reports.budget_money import Rates
from contractor_ops.reports.budget_sums import Shelf, budget_of
from contractor_ops.reports.budget_view import budget_lines, render_budgets
from contractor_ops.tables.record import Table
from contractor_ops.views.books.office_books import books_of
from tests.views.sheets import AGREED, CHANGE, DONE, INVOICE, PAID, but, tables

SOURCES = (
    Source("jobs", "jobs.csv", date(2026, 11, 24), 0), Source("estimates", "estimates.csv", date(2026, 11, 23), 1),
    Source("change_orders", "change_orders.csv", date(2026, 11, 21), 3), Source("invoices", "invoices.csv", date(2026, 11, 14), 10, "3 days"),
    Source("payments", "payments.csv", None, None),
)  # fmt: skip


@pytest.fixture
def kept() -> dict[str, Table]:
    return tables(
        jobs=[
            but(DONE, Total_costs="3120.50"),
            but(DONE, Job_="J-2", Customer="Lakeside Dental Group of Greater Chicago LLC", Title="Rooftop unit", Total="12900", Status="Scheduled", Completed=""),
            but(DONE, Job_="J-3", Customer="Bob Ray", Title="Boiler", Total="", Invoice_="1999"),
        ],
        estimates=[AGREED],
        change_orders=[
            CHANGE, but(CHANGE, CO_="CO-2", Description="Whole-house humidifier", Amount="685.50", Status="Pending"),
            but(CHANGE, CO_="CO-3", Job_="J-2", Amount="call", Status="Approved"),
        ],
        invoices=[but(INVOICE, Total="2400"), but(INVOICE, Invoice_="2002", Total="2000", Issued="2026-11-23")],
        payments=[but(PAID, Amount="2400")],
    )  # fmt: skip


@pytest.fixture
def one(kept: dict[str, Table]) -> Budgets:
    shelf = Shelf.of(kept, SOURCES, Rates())
    return Budgets([budget_of(books, shelf) for books in books_of(kept).of("J-1")], sources=SOURCES)


@pytest.fixture
def every(kept: dict[str, Table]) -> Budgets:
    shelf = Shelf.of(kept, SOURCES, Rates())
    found = [budget_of(books, shelf) for books in books_of(kept).all()]
    return Budgets(found, one_by_one=False, left_out={"cancelled": 3}, sources=SOURCES)


def window(found: Budgets, width: int) -> str:
    console = Console(width=width, file=io.StringIO(), record=True)
    render_budgets(found, console)
    return "\n".join(line.rstrip() for line in console.export_text(styles=False).splitlines()) + "\n"


def test_plain_lines(one: Budgets, every: Budgets, golden: Callable[[str, str], None]) -> None:
    golden("budget.txt", "\n".join((*budget_lines(one), "", *budget_lines(every))) + "\n")


@pytest.mark.parametrize("width", [80, 120])
def test_a_window(one: Budgets, every: Budgets, width: int, golden: Callable[[str, str], None]) -> None:
    text = window(one, width) + "\n" + window(every, width)
    assert max(map(len, text.splitlines())) <= width
    golden(f"budget-{width}.txt", text)


def test_cells_cannot_colour_or_move_the_text() -> None:
    kept = tables(jobs=[but(DONE, Customer="[red]Ann[/red]", Title="Boiler \x1b[31m, [bold]")])
    [books] = books_of(kept).all()
    found = Budgets([budget_of(books, Shelf.of(kept, (), Rates()))])
    for text in (window(found, 80), "\n".join(budget_lines(found))):
        assert "[red]Ann[/red]" in text and "\x1b" not in text
