"""Budgets for people: plain lines for a pipe, tables that fit the window for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from contractor_ops.reports.budget import LABELS, NOT_KNOWN, Budget, Budgets, Figure, Origin, Source, doubts
from contractor_ops.reports.budget_money import called
from contractor_ops.reports.budget_table import FOLDED, NAMES, cells, closing, fitting, heads, table_lines, totals
from contractor_ops.reports.format import count, money
from contractor_ops.reports.printable import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_RESULTS = frozenset({"left_to_bill", "left_of_budget", "forecast"})


def budget_lines(found: Budgets) -> Iterator[str]:
    """Everything as plain text, nothing cut off."""
    if found.one_by_one:
        for number, budget in enumerate(found.budgets):
            yield from ("",) if number else ()
            yield from _one(budget)
    else:
        yield from table_lines(found)
    yield from age_warnings(found)


def age_warnings(found: Budgets) -> Iterator[str]:
    """A sentence for each table that is older than the office allows."""
    for source in found.sources:
        if source.too_old:
            yield f"{one_line(source.file)} is {_age(source) if source.age_days else 'from today'}, older than {source.too_old}. Save or export it again."


def render_budgets(found: Budgets, console: "Console") -> None:
    """Print it on a terminal."""
    from rich.text import Text

    if found.one_by_one:
        for number, budget in enumerate(found.budgets):
            console.print(*([""] if number else []), _grid(budget), sep="\n")
    else:
        figures = fitting(found, console.width)
        console.print(_list(found, figures))
        for line in closing(found, figures):
            console.print(Text(line, "dim"))
    for line in age_warnings(found):
        console.print(Text(line, "yellow"))


# ── one job ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _one(budget: Budget) -> Iterator[str]:
    yield _title(budget)
    label, width = max(map(len, LABELS.values())), max(len(_amount(figure)) for figure in budget.figures.values())
    for name, figure in budget.figures.items():
        first, *more = _told(figure, budget) or [""]
        yield f"  {LABELS[name]:<{label}}  {_amount(figure):>{width}}  {first}".rstrip()
        yield from (f"  {'':<{label}}  {'':>{width}}  {line}" for line in more)
    yield from (f"  ! {one_line(said)}" for said in doubts(budget))


def _title(budget: Budget) -> str:
    named = (
        budget.job or ("Job without a number" if budget.status or budget.title else "No job is known"),
        budget.title,
        budget.customer,
        budget.status,
    )
    return one_line(", ".join(part for part in named if part))


def _amount(figure: Figure) -> str:
    if figure.amount is not None:
        return money(figure.amount)
    return NOT_KNOWN if figure.at_least is None else f"at least {money(figure.at_least)}"


def _told(figure: Figure, budget: Budget) -> list[str]:
    """Where a figure comes from, a row a line, and what is to be said about it."""
    ages = {source.table: _age(source) for source in budget.sources}
    lines = [_row(row, ages.get(row.record.table, ""), alone=len(figure.rows) == 1) for row in figure.rows]
    tax = f"{money(figure.tax)} of it is tax" if figure.tax else ""
    said = "; ".join(part for part in (tax, figure.note) if part)
    return [one_line(line) for line in (*lines, *([said] if said else []))]


def _row(row: Origin, age: str, *, alone: bool) -> str:
    amount = "" if alone and row.amount is not None else f" {money(row.amount) or NOT_KNOWN}"
    name = called(row.record) if row.record["number"] else "row"
    return f"{name}{amount}: {row.record.place}{f' ({age})' if age else ''}"


def _age(source: Source) -> str:
    if source.age_days is None:
        return ""
    return "today" if source.age_days == 0 else f"{count(source.age_days, 'day')} old"


def _grid(budget: Budget) -> "RichTable":
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(title=Text(_title(budget), "bold"), title_justify="left", show_header=False, box=None, pad_edge=False, expand=False)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for name, figure in budget.figures.items():
        known = figure.amount is not None or figure.at_least is not None
        grid.add_row(
            Text(LABELS[name], "bold" if name in _RESULTS else ""), Text(_amount(figure), "bold" if known and name in _RESULTS else "" if known else "dim"),
            Text("\n".join(_told(figure, budget)), "dim"),
        )  # fmt: skip
    for said in doubts(budget):
        grid.add_row(Text("look at", "yellow"), "", Text(one_line(said), "yellow"))
    return grid


# ── a table of jobs ──────────────────────────────────────────────────────────────────────────────────────────────────


def _list(found: Budgets, figures: Sequence[str]) -> "RichTable":
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate(heads(figures)):
        table.add_column(head, justify="left" if at < NAMES else "right", overflow="fold", no_wrap=at not in FOLDED)
    for row in cells(found.budgets, figures):
        table.add_row(*map(Text, row))
    for row in totals(found, figures):
        table.add_row(*row, style="bold")
    return table
