"""The exception report for scripts: a JSON object, and rows for CSV."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from contractor_ops.planning.decision import KINDS
from contractor_ops.reports.exception_report import Count, ExceptionReport

ITEM_COLUMNS = ("urgency", "owner", "customer", "amount", "age", "about", "reason", "place", "next", "recipe", "rows", "review")
"""The columns of the report as CSV."""


def report_rows(report: ExceptionReport) -> list[Mapping[str, Any]]:
    """What needs a person as rows for CSV, in ITEM_COLUMNS and in the order to do it."""
    return [asdict(item) for item in report.items]


def report_json(report: ExceptionReport) -> dict[str, Any]:
    """The whole report as a JSON object: money as numbers, moments in ISO form, unknown as null."""
    return {
        "now": report.now.isoformat(),
        "headline": report.headline(),
        "troubles": [{"about": one.about, "message": one.message, "remedy": one.remedy} for one in report.troubles],
        "brakes": [asdict(brake) for brake in report.brakes],
        "items": [_plain(asdict(item)) for item in report.items],
        "routine": [_plain(asdict(line)) for line in report.routine],
        "holds": [_plain(asdict(held)) for held in report.holds],
        "counts": [_count(line) for line in report.counts],
        "notes": list(report.notes),
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _count(line: Count) -> dict[str, Any]:
    decisions = {} if line.decisions is None else {"decisions": line.decisions}
    return {"recipe": line.recipe, "rows": line.rows, **decisions, **dict(zip(KINDS, line.kinds, strict=True))}
