"""What people have done about a thing already, and whose turn it is: said with its line, so that nobody takes it up twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from contractor_ops.figures.values import Group, Line
from contractor_ops.office import Office
from contractor_ops.ports import CallOutcome, ReviewItem
from contractor_ops.reports.format import day
from contractor_ops.work.digest_keys import Key, Keys
from contractor_ops.work.queue import asked_last
from contractor_ops.work.review import turn_of

_LOOKED_BACK = timedelta(days=14)
_WORDS = {"reached": "reached by phone", "voicemail": "voicemail left", "dispute": "disputes it", "wrong-number": "wrong number"}


def marked(groups: Iterable[Group], office: Office, keys: Keys, now: datetime) -> Iterator[Group]:
    """The groups with what people noted or decided about their lines in the last two weeks, and with whose turn each is by the queue."""
    marks = dict(_marks(office, keys, now)) if office.ledger_file.exists() else {}
    turns = dict(_turns(office, keys, now)) if office.ledger_file.exists() else {}
    for one in groups:
        yield replace(one, lines=tuple(_with(line, _first(marks, line, keys), _first(turns, line, keys)) for line in one.lines))


def _with(line: Line, mark: str, turn: str) -> Line:
    return replace(line, why=f"{line.why}; {mark}" if mark else line.why, owner=turn or line.owner)


def _first(found: Mapping[Key, str], line: Line, keys: Keys) -> str:
    return next((found[key] for key in keys.of_line(line) if key in found), "")


def _turns(office: Office, keys: Keys, now: datetime) -> Iterator[tuple[Key, str]]:
    """Whose turn each thing of the queue is; where several items are about it, the one that stands first in the queue says so."""
    for item in reversed(office.ledger.reviews(("open", "approved"))):
        turn = turn_of(office, item, now)
        yield from ((key, turn) for key in keys.of_item(item) if item.kind != "broken")


def _marks(office: Office, keys: Keys, now: datetime) -> Iterator[tuple[Key, str]]:
    """The last thing wins: what stands in the queue now says more than what was settled, a call more than both."""
    since = now - _LOOKED_BACK
    decided = {one.item: one.at for one in office.ledger.review_changes(since) if one.before != one.state and one.at <= now}
    settled = (item for item in office.ledger.reviews(("dismissed", "done")) if item.id in decided)
    for item in sorted(settled, key=lambda one: decided[one.id]):
        yield from _of(item, _settled(item), keys)
    waiting = office.ledger.reviews(("open", "approved"))
    last = asked_last(waiting)
    for item in waiting:
        members = tuple(member for member in item.members if last[item.recipe, member.key] == item.id)
        yield from _of(replace(item, members=members), _standing(item, now), keys)
    for outcome in office.ledger.outcomes(since):
        yield keys.key(outcome.table, outcome.record), _called(outcome, now)


def _of(item: ReviewItem, words: str, keys: Keys) -> Iterator[tuple[Key, str]]:
    if words:
        yield from ((key, words) for key in keys.of_item(item))


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
