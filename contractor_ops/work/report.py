"""The report of what runs found, from the ledger alone."""

from datetime import datetime, timedelta

from contractor_ops.config import people_names
from contractor_ops.office import Office
from contractor_ops.ports import Result, ReviewState, SentMessage
from contractor_ops.reports.call_list import Call, calls_from_queue
from contractor_ops.reports.exception_report import ExceptionReport, report_from_queue

SHOWN_FOR = timedelta(days=7)
"""How long a message that did not arrive stands in the report, unless a run puts it into somebody's queue before."""
EVERY_STATE: tuple[ReviewState, ...] = ("open", "approved", "dismissed", "done", "gone")


def exception_report(office: Office, now: datetime) -> ExceptionReport:
    """What waits for people, which brakes hold, and how the last run of each recipe counted."""
    items = office.ledger.reviews(("open", "approved"))
    titles = {"inbox": "Inbox", **{recipe.key: recipe.title for recipe in office.recipes()}}
    people = people_names(office.config.people)
    return report_from_queue(items, office.ledger.runs(), people, now, titles, _undelivered(office, now - SHOWN_FOR))


def _undelivered(office: Office, since: datetime) -> list[tuple[SentMessage, Result]]:
    """Messages of the last days that did not arrive, and that no run has put before a person since."""
    failed = {message: result for message, result in office.ledger.results(since) if message is not None and result.state == "failed"}
    if not failed:
        return []
    seen = {(item.recipe, member.key.record, member.key.step) for item in office.ledger.reviews(EVERY_STATE)
            if item.created_at and item.created_at >= since for member in item.members}  # fmt: skip
    messages = [message for message in office.ledger.messages(since - SHOWN_FOR) if message.id in failed]
    return [(message, failed[message.id]) for message in messages
            if any(step.state == "failed" and (step.recipe, step.key.record, step.key.step) not in seen for step in message.steps)]  # fmt: skip


def call_list_of(office: Office, now: datetime) -> list[Call]:
    """Every message and task that waits, with its words, for an office that sends by hand."""
    return calls_from_queue(office.ledger.reviews(("open", "approved")), now)
