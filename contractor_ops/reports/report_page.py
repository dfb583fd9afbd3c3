"""The exception report as a page."""

from contractor_ops.reports.exception_report import ExceptionReport
from contractor_ops.reports.page import file_page
from contractor_ops.reports.report_items import Item

_BAD, _WARN = frozenset({"urgent", "failed", "in doubt"}), frozenset({"mend", "backlog"})


def report_page(report: ExceptionReport, office: str) -> str:
    """The report as one file."""
    return file_page("report.html", report.now, {"report": report, "office": office, "colour": _colour})


def _colour(item: Item) -> str:
    return "bad" if item.urgency in _BAD else "warn" if item.urgency in _WARN else "small"
