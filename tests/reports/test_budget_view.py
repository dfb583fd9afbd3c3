"""How budgets look: as plain lines, and in windows of two widths."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

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
            but(DONE, Job_="J-4", Customer="Cy Orr", Title="Tune-up", Total="200", Status="Cancelled"),
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
    shelf = Shelf.of(kept, SOURCES, Rates(labor_rate=Decimal(60)))
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


def test_a_narrow_window_shows_fewer_figures_and_says_so(every: Budgets) -> None:
    narrow, wide = window(every, 80), window(every, 160)
    assert "changes" not in narrow.splitlines()[0] and "forecast" in wide.splitlines()[0]
    assert "What is left to bill counts approved changes too; a wider window shows them.\n" in narrow
    assert "a wider window" not in wide


def test_totals_are_told_apart_only_where_jobs_are_not_alike(kept: dict[str, Table], every: Budgets) -> None:
    stages = [line.split()[1] for line in budget_lines(every) if line.startswith("total")]
    assert (stages[:2], len(stages)) == (["completed", "still"], 3)
    shelf = Shelf.of(kept, SOURCES, Rates())
    alike = Budgets([budget_of(books, shelf) for number in ("J-1", "J-3") for books in books_of(kept).of(number)], one_by_one=False)
    assert sum(line.startswith("total") for line in budget_lines(alike)) == 1


def test_signs_are_explained_only_where_they_stand() -> None:
    kept = tables(
        jobs=[but(DONE, Total_costs="100")],
        estimates=[AGREED],
        change_orders=[CHANGE],
        invoices=[but(INVOICE, Retainage="1")],
        payments=[PAID],
    )
    shelf = Shelf.of(kept, (), Rates())
    lines = list(budget_lines(Budgets([budget_of(books, shelf) for books in books_of(kept).all()], one_by_one=False)))
    assert lines[-2:] == ["1 job.", "One job, with the rows that it is made from: contractor-ops budget J-1"]
    assert not any("?" in line or "!" in line for line in lines)


def test_a_job_is_marked_where_a_cell_of_its_money_cannot_be_read() -> None:
    kept = tables(jobs=[but(DONE, Job_="J 7", Total="about 800")])
    [books] = books_of(kept).all()
    lines = list(budget_lines(Budgets([budget_of(books, Shelf.of(kept, (), Rates()))], one_by_one=False)))
    assert lines[1].startswith("J 7 !  Ann Li    Completed")
    assert '! is not certain; for the reason: contractor-ops budget "J 7"' in lines[-2]


def test_cells_cannot_colour_or_move_the_text() -> None:
    kept = tables(jobs=[but(DONE, Customer="[red]Ann[/red]", Title="Boiler \x1b[31m, [bold]")])
    [books] = books_of(kept).all()
    found = Budgets([budget_of(books, Shelf.of(kept, (), Rates()))])
    for text in (window(found, 80), "\n".join(budget_lines(found))):
        assert "[red]Ann[/red]" in text and "\x1b" not in text
