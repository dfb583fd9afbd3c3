"""What a job has cost so far: as its sheet tells it, else materials and labor, or the part of them that is known."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from contractor_ops.reports.budget import Figure, Origin
from contractor_ops.reports.budget_money import NO_SHEET
from contractor_ops.reports.format import money
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.books.what_counts import CENT, amount, told_once, total_of

_NO_PARTS = frozenset({"none", "no", "no parts", "none used", "no parts used", "nothing"})
"""A dash or "n/a" may mean that nobody knows: only words that say so cost nothing."""


class _Cost(NamedTuple):
    """What one job cost, None where that is not known; `known` is what is known of it."""

    amount: Decimal | None
    known: Decimal | None
    note: str


def costs(jobs: Sequence[Record], labor_rate: Decimal | None, sheet: Table | None) -> Figure:
    """What the work has cost so far: as the jobs sheet tells it, else materials and the hours at the office's rate."""
    jobs = told_once(jobs, "costs") if any(amount(job, "costs") is not None for job in jobs) else jobs
    found = [_cost_of(job, labor_rate, sheet) for job in jobs]
    known = [cost.known for cost in found if cost.known is not None]
    rows = tuple(Origin(job, cost.known) for job, cost in zip(jobs, found, strict=True) if cost.known is not None)
    total = total_of(cost.amount for cost in found) if found else None
    notes = dict.fromkeys(cost.note for cost in found if cost.note and (cost.amount is None or total is not None))
    at_least = sum(known, Decimal(0)) if known and total is None else None
    return Figure(total, rows, "; ".join(notes) or ("" if found else NO_SHEET), at_least=at_least)


def _cost_of(job: Record, labor_rate: Decimal | None, sheet: Table | None) -> _Cost:
    told, materials, hours = (amount(job, name) for name in ("costs", "materials_cost", "hours"))
    if told is not None:
        return _Cost(told, told, "")
    if hours is None or labor_rate is None:
        return _only_materials(materials, hours)
    labor, worked = (hours * labor_rate).quantize(CENT, ROUND_HALF_UP), f"{_hours(hours)} at {money(labor_rate)}"
    if materials is not None:
        return _Cost(materials + labor, materials + labor, f"materials {money(materials)} and {worked}")
    if str(job["parts"] or "").strip(" .").casefold() in _NO_PARTS and "materials_cost" not in job.problems:
        return _Cost(labor, labor, f"{worked}, no parts used")
    return _Cost(None, labor, f"labor is {money(labor)} ({worked}); material prices are missing: {_where(job, sheet)}")


def _only_materials(materials: Decimal | None, hours: Decimal | None) -> _Cost:
    if materials is None:
        return _Cost(None, None, NO_SHEET)
    lacking = ", the hours are not known" if hours is None else "; labor_rate is not set in [billing]"
    return _Cost(None, materials, f"materials are {money(materials)}{lacking}")


def _hours(hours: Decimal) -> str:
    return f"{hours.normalize():f} hour{'' if hours == 1 else 's'}"


def _where(job: Record, sheet: Table | None) -> str:
    """The cell that should tell what the materials cost, or the column that the sheet lacks."""
    column = sheet.columns.get("materials_cost") if sheet else None
    if column is None:
        return f'{job.place._replace(row=None)} has no column "Materials cost"'
    state = "cannot be read" if "materials_cost" in job.problems else "is blank"
    return f'"{column.headings[0]}" {state} in {job.place}'
