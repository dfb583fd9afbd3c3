"""The report of what runs found, from the ledger alone."""

from dataclasses import replace
from datetime import datetime, timedelta

from contractor_ops.config import people_names
from contractor_ops.office import Office
from contractor_ops.ports import Result, ReviewItem, ReviewState, SentMessage
from contractor_ops.reports.call_list import Call, calls_from_queue
from contractor_ops.reports.exception_report import ExceptionReport, report_from_queue
from contractor_ops.reports.format import count, moment
from contractor_ops.work.own_messages import CHECK
from contractor_ops.work.review import turn_of, why_theirs
from contractor_ops.work.troubles import OWN_TITLES, runs_of, troubles_of

SHOWN_FOR = timedelta(days=7)
"""How long a message that did not arrive stands in the report, unless a run puts it into somebody's queue before."""
EVERY_STATE: tuple[ReviewState, ...] = ("open", "approved", "dismissed", "done", "gone")


def exception_report(office: Office, now: datetime, since: datetime | None = None) -> ExceptionReport:
    """What waits for people, which brakes hold, and how the last run of each recipe counted; only what came up `since` a moment, if one is given."""
    items = [_for_whom(office, item, now) for item in office.ledger.reviews(("open", "approved"))]
    new = [item for item in items if since is None or item.created_at is None or item.created_at >= since]
    recipes = office.recipes()
    titles = {**OWN_TITLES, **{recipe.key: recipe.title for recipe in recipes}}
    people = people_names(office.config.people)
    undelivered = _undelivered(office, max(now - SHOWN_FOR, since or now - SHOWN_FOR))
    runs = runs_of(office, [key for key in {**titles, **office.ledger.recipes_seen()} if key != CHECK])
    troubles = list(troubles_of(office, recipes, runs, now))
    report = report_from_queue(new, [run for found in runs.values() for run in found], people, now, titles, undelivered, troubles)
    if since is None:
        return report
    older = len(items) - len(new)
    waits = f"; {count(older, 'older thing waits', 'older things wait')} too: contractor-ops report" if older else ""
    return replace(report, notes=(f"This is what came up since {moment(since, now)}{waits}.", *report.notes))


def _for_whom(office: Office, item: ReviewItem, now: datetime) -> ReviewItem:
    """The item as whose turn it is has it: no queue waits for one person."""
    why = why_theirs(office, item, now) if item.state == "open" else ""
    return replace(item, owner=turn_of(office, item, now), reason=f"{item.reason} ({why})") if why else item


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
