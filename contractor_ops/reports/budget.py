"""A job's budget: what was agreed, billed, collected and spent, and what is left. A value first; its text and terminal views stand beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from contractor_ops.tables.record import Problem, Record

NOT_KNOWN = "not known"
FIGURES = (
    "contract", "approved_changes", "pending_changes", "billed", "collected", "retainage", "costs",
    "left_to_bill", "left_of_budget", "forecast", "forecast_margin",
)  # fmt: skip
"""Every figure of a budget, in the order in which it is read."""
LABELS = {name: name.replace("_", " ") for name in FIGURES} | {"costs": "costs so far", "left_of_budget": "left of the budget"}
Stage = Literal["completed", "open", "unknown", "cancelled"]
"""How far a job's work is: what is left to bill of a job that is not done yet cannot be billed today."""
COUNTED: tuple[Stage, ...] = ("completed", "open", "unknown")
"""The stages that totals count; a cancelled job is left out."""
NAMED = ("job", "customer", "title", "status")
COLUMNS = (*NAMED, *FIGURES, "unsure", "stage", "costs_at_least")


@dataclass(frozen=True, slots=True)
class Origin:
    """A row that a figure was made from. `amount` is what the row gave to it, None where its cell is blank or cannot be read."""

    record: Record
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount: `None` is unknown, never 0.

    `note` says in a phrase how it came about, or what is missing. `tax` is what of it is tax, where known; `at_least` what is known of
    an amount of which a part is not.
    """

    amount: Decimal | None
    rows: tuple[Origin, ...] = ()
    note: str = ""
    tax: Decimal | None = None
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A table that figures came from. `as_of` is the day that the report itself names, else its file's time (aware).

    `too_old` is the table's max_age where that has gone by, else "".
    """

    table: str
    file: str
    as_of: date | None
    age_days: int | None
    too_old: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """One job, or several that one estimate or invoice holds together.

    `figures` has one for each of FIGURES; `unsure` are sentences for a person, `doubtful` tells whether a number is not certain, for these
    or for a cell that could not be read.
    """

    job: str
    customer: str
    title: str
    status: str
    figures: Mapping[str, Figure]
    sources: tuple[Source, ...] = ()
    unsure: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    stage: Stage = "unknown"
    doubtful: bool = False

    def amount(self, figure: str) -> Decimal | None:
        """One of FIGURES, None where it is not known."""
        return self.figures[figure].amount


@dataclass(frozen=True, slots=True)
class Budgets:
    """Budgets as they were asked for; `left_out` counts jobs that are not shown, by why. `one_by_one`: each on a page, not all in a table."""

    budgets: Sequence[Budget]
    one_by_one: bool = True
    left_out: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def total(self, figure: str, *stages: Stage) -> tuple[Decimal | None, int]:
        """The sum of what is known of a figure, None where nothing is, and for how many jobs it is not known; cancelled jobs do not count."""
        figures = [budget.figures[figure] for budget in self.of(*(stages or COUNTED))]
        known = [part for one in figures if (part := one.at_least if one.amount is None else one.amount) is not None]
        return (sum(known, Decimal(0)) if known else None), sum(one.amount is None for one in figures)

    def of(self, *stages: Stage) -> list[Budget]:
        """Those at these stages."""
        return [budget for budget in self.budgets if budget.stage in stages]


def budgets_json(found: Budgets) -> dict[str, Any]:
    """The document of `budget --format json`."""
    problems = {problem: None for budget in found.budgets for problem in budget.problems}
    totals = {} if found.one_by_one else _totals_json(found)
    return {"budgets": [budget_json(budget) for budget in found.budgets], **totals, "problems": [problem.as_json() for problem in problems]}


def _totals_json(found: Budgets) -> dict[str, Any]:
    parts = {stage: _sums(found, stage) for stage in COUNTED if found.of(stage)}
    return {"totals": _sums(found), "totals_by_stage": parts, "left_out": dict(found.left_out)}


def _sums(found: Budgets, *stages: Stage) -> dict[str, Any]:
    return {name: _total(found, name, *stages) for name in FIGURES}


def _total(found: Budgets, figure: str, *stages: Stage) -> dict[str, Any]:
    amount, unknown = found.total(figure, *stages)
    return {"amount": amount, "not_known": unknown}


def budget_json(budget: Budget) -> dict[str, Any]:
    """One budget as a plain value."""
    ages = {source.table: source.age_days for source in budget.sources}
    return {
        **{name: getattr(budget, name) or None for name in NAMED},
        **{name: _figure_json(figure, ages) for name, figure in budget.figures.items()},
        "sources": [_source_json(source) for source in budget.sources],
        "unsure": list(budget.unsure),
        "stage": budget.stage,
        "doubtful": budget.doubtful,
    }


def _figure_json(figure: Figure, ages: Mapping[str, int | None]) -> dict[str, Any]:
    tax = {"tax": figure.tax} if figure.tax is not None else {}
    part = {"at_least": figure.at_least} if figure.at_least is not None else {}
    return {"amount": figure.amount, **part, **tax, "rows": [_origin_json(row, ages) for row in figure.rows], "note": figure.note}


def _origin_json(row: Origin, ages: Mapping[str, int | None]) -> dict[str, Any]:
    record, place = row.record, row.record.place
    return {
        "table": record.table, "file": place.file, "sheet": place.sheet, "row": place.row, "number": record["number"], "amount": row.amount,
        "age_days": ages.get(record.table),
    }  # fmt: skip


def _source_json(source: Source) -> dict[str, Any]:
    too_old = {"older_than": source.too_old} if source.too_old else {}
    return {"table": source.table, "file": source.file, "as_of": source.as_of, "age_days": source.age_days, **too_old}


def budget_rows(budgets: Iterable[Budget]) -> Iterable[dict[str, Any]]:
    """A row for each budget, for CSV: an unknown amount is blank."""
    for budget in budgets:
        named = {name: getattr(budget, name) for name in NAMED}
        unsure = " ".join(doubts(budget)) if budget.doubtful else ""
        last = {"unsure": unsure, "stage": budget.stage, "costs_at_least": budget.figures["costs"].at_least}
        yield named | {name: budget.amount(name) for name in FIGURES} | last


def doubts(budget: Budget) -> list[str]:
    """What a person must look at: the sentences, and the cells that could not be read."""
    cells = [f"{problem.file}, row {problem.row}, {problem.column}: {problem.message}" for problem in budget.problems]
    return list(dict.fromkeys((*budget.unsure, *cells)))
