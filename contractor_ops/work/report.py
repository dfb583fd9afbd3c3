"""The report of what runs found, from the ledger alone."""

from datetime import datetime

from contractor_ops.config import people_names
from contractor_ops.office import Office
from contractor_ops.reports.call_list import Call, calls_from_queue
from contractor_ops.reports.exception_report import ExceptionReport, report_from_queue


def exception_report(office: Office, now: datetime) -> ExceptionReport:
    """What waits for people, which brakes hold, and how the last run of each recipe counted."""
    items = office.ledger.reviews(("open", "approved"))
    titles = {recipe.key: recipe.title for recipe in office.recipes()}
    return report_from_queue(items, office.ledger.runs(), people_names(office.config.people), now, titles)


def call_list_of(office: Office, now: datetime) -> list[Call]:
    """Every message and task that waits, with its words, for an office that sends by hand."""
    return calls_from_queue(office.ledger.reviews(("open", "approved")), now)
