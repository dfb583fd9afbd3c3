"""A job's budget: what was agreed, billed, collected and spent, and what is left. A value first; its text and terminal views stand beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from contractor_ops.tables.record import Problem, Record

NOT_KNOWN = "not known"
FIGURES = (
    "contract", "approved_changes", "pending_changes", "billed", "collected", "retainage", "costs",
    "left_to_bill", "left_of_budget", "forecast", "forecast_margin",
)  # fmt: skip
"""Every figure of a budget, in the order in which it is read."""
LABELS = {name: name.replace("_", " ") for name in FIGURES} | {"costs": "costs so far", "left_of_budget": "left of the budget"}
NAMED = ("job", "customer", "title", "status")
COLUMNS = (*NAMED, *FIGURES, "unsure")


@dataclass(frozen=True, slots=True)
class Origin:
    """A row that a figure was made from. `amount` is what the row gave to it, None where its cell is blank or cannot be read."""

    record: Record
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount: `None` is unknown, never 0. `note` says in a phrase how it came about, or what is missing. `tax` is what of it is tax, where known."""

    amount: Decimal | None
    rows: tuple[Origin, ...] = ()
    note: str = ""
    tax: Decimal | None = None


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
    """One job, or several that one estimate or invoice holds together. `figures` has one for each of FIGURES; `unsure` are sentences for a person."""

    job: str
    customer: str
    title: str
    status: str
    figures: Mapping[str, Figure]
    sources: tuple[Source, ...] = ()
    unsure: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def amount(self, figure: str) -> Decimal | None:
        """One of FIGURES, None where it is not known."""
        return self.figures[figure].amount


@dataclass(frozen=True, slots=True)
class Budgets:
    """Budgets as they were asked for; `left_out` counts jobs that are not shown, by why. `one_by_one`: somebody asked for a job, not for all."""

    budgets: Sequence[Budget]
    one_by_one: bool = True
    left_out: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def total(self, figure: str) -> tuple[Decimal | None, int]:
        """The sum of what is known of a figure, None where nothing is, and for how many jobs it is not known."""
        amounts = [budget.amount(figure) for budget in self.budgets]
        known = [amount for amount in amounts if amount is not None]
        return (sum(known, Decimal(0)) if known else None), len(amounts) - len(known)


def budgets_json(found: Budgets) -> dict[str, Any]:
    """The document of `budget --format json`."""
    problems = {problem: None for budget in found.budgets for problem in budget.problems}
    totals = {} if found.one_by_one else {"totals": {name: _total(found, name) for name in FIGURES}, "left_out": dict(found.left_out)}
    return {"budgets": [budget_json(budget) for budget in found.budgets], **totals, "problems": [problem.as_json() for problem in problems]}


def _total(found: Budgets, figure: str) -> dict[str, Any]:
    amount, unknown = found.total(figure)
    return {"amount": amount, "not_known": unknown}


def budget_json(budget: Budget) -> dict[str, Any]:
    """One budget as a plain value."""
    ages = {source.table: source.age_days for source in budget.sources}
    return {
        **{name: getattr(budget, name) or None for name in NAMED},
        **{name: _figure_json(figure, ages) for name, figure in budget.figures.items()},
        "sources": [_source_json(source) for source in budget.sources],
        "unsure": list(budget.unsure),
    }


def _figure_json(figure: Figure, ages: Mapping[str, int | None]) -> dict[str, Any]:
    tax = {"tax": figure.tax} if figure.tax is not None else {}
    return {"amount": figure.amount, **tax, "rows": [_origin_json(row, ages) for row in figure.rows], "note": figure.note}


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
        yield named | {name: budget.amount(name) for name in FIGURES} | {"unsure": " ".join(budget.unsure)}
