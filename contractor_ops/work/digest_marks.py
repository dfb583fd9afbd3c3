"""What people have done about a thing already: said behind its line, so that nobody takes it up twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from contractor_ops.figures.values import Group
from contractor_ops.office import Office
from contractor_ops.ports import CallOutcome, ReviewItem
from contractor_ops.reports.format import day

_LOOKED_BACK = timedelta(days=14)
_WORDS = {"reached": "reached by phone", "voicemail": "voicemail left", "dispute": "disputes it", "wrong-number": "wrong number"}
_OF_JOBS = frozenset({"note_gaps", "ready_to_bill", "billing_gaps"})
"""Views whose rows are about a job that another list may name by its number."""
Key = tuple[str, str]


def marked(groups: Iterable[Group], office: Office, now: datetime) -> Iterator[Group]:
    """The groups with what people noted or decided about their lines in the last two weeks."""
    marks = dict(_marks(office, now)) if office.ledger_file.exists() else {}
    for one in groups:
        yield replace(one, lines=tuple(replace(line, why=_with(line.why, marks, (line.table, line.record))) for line in one.lines))


def _with(why: str, marks: Mapping[Key, str], key: Key) -> str:
    mark = marks.get(key) if key[1] else None
    return f"{why}; {mark}" if mark else why


def _marks(office: Office, now: datetime) -> Iterator[tuple[Key, str]]:
    """The last thing wins: what stands in the queue now says more than what was settled, a call more than both."""
    since = now - _LOOKED_BACK
    for item in office.ledger.reviews(("dismissed", "done")):
        if item.created_at and item.created_at >= since:
            yield from _of(item, _settled(item))
    for item in office.ledger.reviews(("open", "approved")):
        yield from _of(item, _standing(item, now))
    for outcome in office.ledger.outcomes(since):
        yield _key(outcome.table, outcome.record), _called(outcome, now)


def _of(item: ReviewItem, words: str) -> Iterator[tuple[Key, str]]:
    if words:
        yield from ((_key(item.table, member.key.record), words) for member in item.members)


def _settled(item: ReviewItem) -> str:
    if item.state == "dismissed":
        return f"dismissed: {item.note}" if item.note else "dismissed"
    return "ticked off the list" if item.kind == "task" else ""  # a message that is done has left, which the ledger tells elsewhere


def _standing(item: ReviewItem, now: datetime) -> str:
    if item.state == "approved":
        return "released, not yet gone"
    return f"put off till {day(item.until, now)}" if item.until and item.until > now.date() else ""


def _called(outcome: CallOutcome, now: datetime) -> str:
    on = day(outcome.at, now)
    if outcome.promised_on is not None:
        return f"promised on {on} to pay by {day(outcome.promised_on, now)}"
    return f"{_WORDS.get(outcome.outcome, outcome.outcome)} on {on}"


def _key(table: str, record: str) -> Key:
    return ("jobs" if table in _OF_JOBS else table), record
