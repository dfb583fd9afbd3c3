"""Budgets for people: plain lines for a pipe, tables that fit the window for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from contractor_ops.reports.budget import FIGURES, LABELS, NOT_KNOWN, Budget, Budgets, Figure, Origin, Source
from contractor_ops.reports.budget_money import called
from contractor_ops.reports.format import count, listed, money
from contractor_ops.reports.printable import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable

_WIDE = 110
"""From this many columns on, the list of all jobs has every figure that most offices know."""
_FEW = ("contract", "approved_changes", "billed", "left_to_bill")
_MANY = ("contract", "approved_changes", "pending_changes", "billed", "collected", "costs", "left_to_bill", "forecast")
_HEADINGS = {"approved_changes": "changes", "pending_changes": "pending", "costs": "costs"}
_RESULTS = frozenset({"left_to_bill", "left_of_budget", "forecast"})


def budget_lines(found: Budgets) -> Iterator[str]:
    """Everything as plain text, nothing cut off."""
    if found.one_by_one:
        for number, budget in enumerate(found.budgets):
            yield from ("",) if number else ()
            yield from _one(budget)
    else:
        yield from _columns([_heads(FIGURES), *(_cells(budget, FIGURES) for budget in found.budgets), _totals(found, FIGURES)])
        yield _counted(found)
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
        console.print(_list(found, _MANY if console.width >= _WIDE else _FEW))
        console.print(Text(_counted(found), "dim"))
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
    yield from (f"  ! {one_line(said)}" for said in _odd(budget))


def _title(budget: Budget) -> str:
    named = (
        budget.job or ("Job without a number" if budget.status or budget.title else "No job is known"),
        budget.title,
        budget.customer,
        budget.status,
    )
    return one_line(", ".join(part for part in named if part))


def _amount(figure: Figure) -> str:
    return NOT_KNOWN if figure.amount is None else money(figure.amount)


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


def _odd(budget: Budget) -> list[str]:
    cells = [f"{problem.file}, row {problem.row}, {problem.column}: {problem.message}" for problem in budget.problems]
    return list(dict.fromkeys((*budget.unsure, *cells)))


def _grid(budget: Budget) -> "RichTable":
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(title=Text(_title(budget), "bold"), title_justify="left", show_header=False, box=None, pad_edge=False, expand=False)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for name, figure in budget.figures.items():
        known = figure.amount is not None
        grid.add_row(
            Text(LABELS[name], "bold" if name in _RESULTS else ""), Text(_amount(figure), "bold" if known and name in _RESULTS else "" if known else "dim"),
            Text("\n".join(_told(figure, budget)), "dim"),
        )  # fmt: skip
    for said in _odd(budget):
        grid.add_row(Text("look at", "yellow"), "", Text(one_line(said), "yellow"))
    return grid


# ── all jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _heads(figures: Sequence[str]) -> list[str]:
    return ["job", "customer", *(_HEADINGS.get(name, LABELS[name]) for name in figures)]


def _cells(budget: Budget, figures: Sequence[str]) -> list[str]:
    mark = " !" if budget.unsure else ""
    named = [f"{one_line(budget.job)}{mark}".strip(), one_line(budget.customer) or one_line(budget.title)]
    return [*named, *("?" if (amount := budget.amount(name)) is None else f"{amount:,.2f}" for name in figures)]


def _totals(found: Budgets, figures: Sequence[str]) -> list[str]:
    totals = (found.total(name) for name in figures)
    return ["total", "", *("?" if amount is None else f"{amount:,.2f}{'+?' if unknown else ''}" for amount, unknown in totals)]


def _counted(found: Budgets) -> str:
    """How many there are, which are not shown, and what the signs mean that stand in the list."""
    left_out = listed([f"{number:,} {why}" for why, number in found.left_out.items()])
    said = [f"{count(len(found.budgets), 'job')}."]
    said += [f"Not shown: {left_out}."] if left_out else []
    if any(budget.amount(name) is None for budget in found.budgets for name in FIGURES):
        said.append("? is not known; +? leaves out what is not known.")
    if any(budget.unsure for budget in found.budgets):
        said.append("! is not certain; contractor-ops budget JOB tells why.")
    return " ".join(said)


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns of one width each: names to the left, amounts to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:<{width}}" if at < 2 else f"{cell:>{width}}" for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield "  ".join(cells).rstrip()


def _list(found: Budgets, figures: Sequence[str]) -> "RichTable":
    from rich.table import Table as RichTable
    from rich.text import Text

    table = RichTable(box=None, pad_edge=False, header_style="bold", show_footer=True, footer_style="bold")
    heads, totals = _heads(figures), _totals(found, figures)
    for at, (head, total) in enumerate(zip(heads, totals, strict=True)):
        table.add_column(head, total, justify="left" if at < 2 else "right", overflow="fold", no_wrap=at != 1)
    for budget in found.budgets:
        table.add_row(*(Text(cell, overflow="fold") for cell in _cells(budget, figures)))
    return table
