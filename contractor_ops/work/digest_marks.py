"""What people have done about a thing already, and whose turn it is: said with its line, so that nobody takes it up twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from contractor_ops.figures.not_booked import NOT_BOOKED
from contractor_ops.figures.values import Group, Line
from contractor_ops.office import Office
from contractor_ops.ports import CallOutcome, ReviewItem
from contractor_ops.reports.digest import DANGERS
from contractor_ops.reports.ended import WITHOUT_A_REASON, ended_as
from contractor_ops.reports.format import day
from contractor_ops.work.digest_keys import Key, Keys
from contractor_ops.work.queue import asked_last
from contractor_ops.work.review import turn_of

_LOOKED_BACK = timedelta(days=14)
_WORDS = {"reached": "reached by phone", "voicemail": "voicemail left", "dispute": "disputes it", "wrong-number": "wrong number"}


_OPEN_QUESTIONS = frozenset({"dispute", "wrong-number"})
"""What a call brings that wants somebody again."""
_UNANSWERED = frozenset({"leads-unanswered", "calls-unanswered"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What was done, in words. `in_hand`: nobody need take it up now. `over`: somebody talked with them, or ended it.

    `at` is when, None for what holds now: what was done before a thing came up, such as a reminder dismissed before its day, settles nothing of it.
    """

    words: str
    in_hand: bool
    over: bool = False
    at: datetime | None = None


_NOTHING = Mark("", in_hand=False)
_T = TypeVar("_T")


def marked(groups: Iterable[Group], office: Office, keys: Keys, now: datetime) -> Iterator[Group]:
    """The groups with what people noted or decided about their lines in the last two weeks, and with whose turn each is by the queue.

    Lines that somebody has in hand stand last; a caller or lead whom somebody has talked with, or who was ended, waits for no answer.
    """
    marks = _marks(office, keys, now) if office.ledger_file.exists() else {}
    turns = dict(_turns(office, keys, now)) if office.ledger_file.exists() else {}
    for one in groups:
        told = [(line, _first(marks, line, keys, _NOTHING), _first(turns, line, keys, "")) for line in one.lines]
        kept = [_with(line, mark, turn, one.key, now) for line, mark, turn in told if not (mark.over and one.key in _UNANSWERED)]
        yield replace(one, lines=tuple(sorted(kept, key=lambda line: line.in_hand)))


def _with(line: Line, mark: Mark, turn: str, group: str, now: datetime) -> Line:
    """A danger is in nobody's hand before somebody has seen to it; what is done about an offer does not book its job."""
    since = now.date() - timedelta(days=line.days or 0)
    came_after = mark.at is not None and line.days is not None and mark.at.astimezone(now.tzinfo).date() < since
    in_hand = mark.in_hand and not came_after and group != NOT_BOOKED and (group != DANGERS or mark.over)
    return replace(line, why=f"{line.why}; {mark.words}" if mark.words else line.why, owner=turn or line.owner, in_hand=in_hand)


def _first(found: Mapping[Key, _T], line: Line, keys: Keys, otherwise: _T) -> _T:
    return next((found[key] for key in keys.of_line(line) if key in found), otherwise)


def _turns(office: Office, keys: Keys, now: datetime) -> Iterator[tuple[Key, str]]:
    """Whose turn each thing of the queue is; where several items are about it, the one that stands first in the queue says so."""
    for item in reversed(office.ledger.reviews(("open", "approved"))):
        turn = turn_of(office, item, now)
        yield from ((key, turn) for key in keys.of_item(item) if item.kind != "broken")


def _marks(office: Office, keys: Keys, now: datetime) -> dict[Key, Mark]:
    """The last thing wins: what stands in the queue now says more than what was settled, a call more than both, unless it was settled after it."""
    found: dict[Key, Mark] = {}
    ended: dict[Key, datetime] = {}
    asked: dict[Key, ReviewItem] = {}
    for item, at in _ended(office, now):
        if mark := _settled(item):
            for key in keys.of_item(item):
                found[key], ended[key] = replace(mark, at=at), at
    waiting = office.ledger.reviews(("open", "approved"))
    last = asked_last(waiting)
    for item in waiting:
        members = tuple(member for member in item.members if last[item.recipe, member.key] == item.id)
        mark = _standing(item, now)
        for key in keys.of_item(replace(item, members=members)):
            found[key] = mark or replace(found.get(key, _NOTHING), in_hand=False, over=False)
            if mark is None and item.id >= asked.get(key, item).id:
                asked[key] = item
    for outcome in office.ledger.outcomes(now - _LOOKED_BACK):
        key = keys.key(outcome.table, outcome.record)
        if key not in ended or ended[key] <= outcome.at:
            called = _called(outcome, now, found.get(key, _NOTHING))
            found[key] = replace(called, in_hand=False, over=False) if _came_after(asked.get(key), outcome) else called
    return found


def _came_after(item: ReviewItem | None, outcome: CallOutcome) -> bool:
    """Whether something was put before a person after a call about the same thing."""
    return item is not None and item.id > outcome.item and item.created_at is not None and item.created_at > outcome.at


def _ended(office: Office, now: datetime) -> list[tuple[ReviewItem, datetime]]:
    """What was ended in the last two weeks, and when, the earliest first."""
    changes = office.ledger.review_changes(now - _LOOKED_BACK)
    decided = {one.item: one.at for one in changes if one.before != one.state and one.at <= now}
    settled = [(item, decided[item.id]) for item in office.ledger.reviews(("dismissed", "done")) if item.id in decided]
    return sorted(settled, key=lambda one: one[1])


def _settled(item: ReviewItem) -> Mark | None:
    match ended_as(item):
        case "done":
            return Mark(item.note, in_hand=True, over=True)
        case "dismissed":  # who wants no such message may still wait for an answer
            because = f": {item.note}" if item.note not in {"", WITHOUT_A_REASON} else ""
            return Mark(f"dismissed{because}", in_hand=True, over=item.kind == "task")
    return None  # a message that is done has left, which the ledger tells elsewhere


def _standing(item: ReviewItem, now: datetime) -> Mark | None:
    if item.state == "approved":
        return Mark("released, not yet gone", in_hand=True)
    return Mark(f"put off till {day(item.until, now)}", in_hand=True) if item.until and item.until > now.date() else None


def _called(outcome: CallOutcome, now: datetime, before: Mark) -> Mark:
    """What a call brought; a voicemail leaves things as they were `before`."""
    on = day(outcome.at, now)
    if outcome.promised_on is not None:
        ahead = outcome.promised_on >= now.date()
        return Mark(f"promised on {on} to pay by {day(outcome.promised_on, now)}", in_hand=ahead, over=True)
    words = f"{_WORDS.get(outcome.outcome, outcome.outcome)} on {on}"
    if outcome.outcome == "voicemail":
        return replace(before, words=words)
    return Mark(words, in_hand=outcome.outcome not in _OPEN_QUESTIONS, over=True, at=outcome.at)
