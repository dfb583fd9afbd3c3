"""Budgets of many jobs as rows of text: their cells, totals by how far the work is, and what the signs in them mean."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from contractor_ops.reports.budget import COUNTED, FIGURES, LABELS, Budget, Budgets, Stage
from contractor_ops.reports.format import count, listed
from contractor_ops.reports.printable import one_line

NAMES = 3
"""The columns before the amounts: job, customer and status."""
FOLDED = {1: 18, 2: 12}
"""The columns that may be folded, customer and status: a window shows fewer figures before they are narrower than this."""
_FIGURES = (
    FIGURES,
    ("contract", "approved_changes", "pending_changes", "billed", "collected", "costs", "left_to_bill", "forecast"),
    ("contract", "approved_changes", "billed", "collected", "costs", "left_to_bill"),
    ("contract", "approved_changes", "billed", "left_to_bill"),
    ("contract", "billed", "left_to_bill"),
)
"""What a window shows, the widest first."""
_HEADINGS = {"approved_changes": "changes", "pending_changes": "pending", "costs": "costs"}
_STAGES: dict[Stage, str] = {"completed": "completed", "open": "still open", "unknown": "not known"}


def fitting(found: Budgets, width: int) -> Sequence[str]:
    """The most figures that fit a window."""
    return next((figures for figures in _FIGURES if _width(found, figures) <= width), _FIGURES[-1])


def _width(found: Budgets, figures: Sequence[str]) -> int:
    widths = [min(width, FOLDED.get(at, width)) for at, width in enumerate(_widths(_rows(found, figures)))]
    return sum(widths) + 2 * (len(widths) - 1)


def _rows(found: Budgets, figures: Sequence[str]) -> list[list[str]]:
    return [heads(figures), *cells(found.budgets, figures), *totals(found, figures)]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def table_lines(found: Budgets) -> Iterator[str]:
    """Every figure in columns of one width each, names to the left and amounts to the right; then what is to be said about them."""
    rows = _rows(found, FIGURES)
    widths = _widths(rows)
    for row in rows:
        both = enumerate(zip(row, widths, strict=True))
        yield "  ".join(f"{cell:<{width}}" if at < NAMES else f"{cell:>{width}}" for at, (cell, width) in both).rstrip()
    yield from closing(found, FIGURES)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def heads(figures: Sequence[str]) -> list[str]:
    """The headings."""
    return ["job", "customer", "status", *(_HEADINGS.get(name, LABELS[name]) for name in figures)]


def cells(budgets: Iterable[Budget], figures: Sequence[str]) -> Iterator[list[str]]:
    """A row for each job."""
    for budget in budgets:
        job = f"{one_line(budget.job)}{' !' if budget.doubtful else ''}".strip()
        found = (budget.figures[name] for name in figures)
        amounts = (_amount(one.at_least if one.amount is None else one.amount, one.amount is None) for one in found)
        yield [job, one_line(budget.customer) or one_line(budget.title), one_line(budget.status), *amounts]


def totals(found: Budgets, figures: Sequence[str]) -> Iterator[list[str]]:
    """What jobs come to by how far they are, where they are not all alike, and together."""
    stages = [stage for stage in COUNTED if found.of(stage)]
    for stage in stages if len(stages) > 1 else ():
        yield ["total", "", _STAGES[stage], *(_total(found, name, stage) for name in figures)]
    yield ["total", "", "", *(_total(found, name) for name in figures)]


def _total(found: Budgets, figure: str, *stages: Stage) -> str:
    amount, unknown = found.total(figure, *stages)
    return _amount(amount, bool(unknown))


def _amount(amount: Decimal | None, partly: bool) -> str:
    return "?" if amount is None else f"{amount:,.2f}{'+?' if partly else ''}"


# ── what is said below ───────────────────────────────────────────────────────────────────────────────────────────────


def closing(found: Budgets, figures: Sequence[str]) -> Iterator[str]:
    """How many there are, which are not shown or not counted, what the signs mean that stand in the table, and how to see one job."""
    yield " ".join(_counted(found))
    yield from (line for line in (" ".join(_signs(found, figures)),) if line)
    if "approved_changes" not in figures and any(budget.amount("approved_changes") for budget in found.budgets):
        yield "What is left to bill counts approved changes too; a wider window shows them."
    if found.budgets:
        yield f"One job, with the rows that it is made from: {_command(found.budgets[0])}"


def _counted(found: Budgets) -> Iterator[str]:
    yield f"{count(len(found.budgets), 'job')}."
    if left_out := [f"{number:,} {why}" for why, number in found.left_out.items()]:
        yield f"Not shown: {listed(left_out)}."
    if found.of("cancelled"):
        yield "Totals leave out cancelled jobs."


def _signs(found: Budgets, figures: Sequence[str]) -> Iterator[str]:
    shown = [cell for row in _rows(found, figures) for cell in row[NAMES:]]
    if any(cell == "?" for cell in shown):
        yield "? is not known."
    if any(cell.endswith("+?") for cell in shown):
        yield "+? leaves out what is not known."
    if doubtful := next((budget for budget in found.budgets if budget.doubtful), None):
        yield f"! is not certain; for the reason: {_command(doubtful)}"


def _command(budget: Budget) -> str:
    number = one_line(budget.job).split(", ")[0]
    quoted = f'"{number}"' if " " in number else number
    return f"contractor-ops budget {quoted or 'JOB'}"
