"""What people settled by hand since a moment, and what they released that never left. Who it was nobody notes; whose list it stood on is known."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from contractor_ops.office import Office
from contractor_ops.ports import CallOutcome, ReviewChange, ReviewItem
from contractor_ops.reports.digest_parts import Settled
from contractor_ops.reports.ended import ended_as
from contractor_ops.reports.format import day, documents, listed
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.work.report import EVERY_STATE
from contractor_ops.work.review_unreleased import unreleased_line, was_too_late

_CALLED = {"reached": "reached", "voicemail": "voicemail", "dispute": "disputes it", "wrong-number": "wrong number"}
_VERBS = ("called", "ticked off", "dismissed", "released")
_LOST = ("changed since it was approved", "it was released and cannot leave")
"""What runs note on an item whose release does not hold."""
_JOBS = frozenset({"note_gaps", "ready_to_bill"})
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Hands:
    """What became of the queue after a moment: the items that changed with their changes, and the calls of that time."""

    items: tuple[tuple[ReviewItem, tuple[ReviewChange, ...]], ...]
    calls: tuple[CallOutcome, ...]
    every: tuple[ReviewItem, ...]


def hands_of(office: Office, since: datetime, now: datetime) -> Hands:
    """What became of the queue after a moment and until now."""
    if not office.ledger_file.exists():
        return Hands((), (), ())
    changes: dict[int, list[ReviewChange]] = defaultdict(list)
    for change in office.ledger.review_changes(since):
        if change.at <= now:
            changes[change.item].append(change)
    every = tuple(office.ledger.reviews(EVERY_STATE))
    items = tuple((item, tuple(changes[item.id])) for item in every if item.id in changes)
    return Hands(items, tuple(one for one in office.ledger.outcomes(since) if since < one.at <= now), every)


def settled(office: Office, hands: Hands, now: datetime) -> Iterator[Settled]:
    """What was settled by hand, by the person on whose list it stood; then releases that nobody needed any more."""
    recipes = {recipe.key: recipe.owner for recipe in office.recipes()}
    deeds: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: {verb: {} for verb in _VERBS})
    known = {item.id: item for item in hands.every}
    for call in hands.calls:
        if item := known.get(call.item):
            deeds[_owner(item, call.at, recipes)]["called"][item.id] = (
                f"{call.customer or item.customer or 'somebody'} ({_word(call, now)})"
            )
    called = {call.item for call in hands.calls}
    for item, changes in hands.items:
        if item.id not in called and (verb := _verb(item, changes)):
            name = item.customer if verb == "released" else None  # its message is told with its recipe
            deeds[_owner(item, changes[-1].at, recipes)][verb][item.id] = name or _about(item)
    for owner, found in deeds.items():
        told = tuple((verb, tuple(dict.fromkeys(about.values()))) for verb, about in found.items() if about)
        yield Settled(owner, sum(map(len, found.values())), told)
    if ended := [item for item, again in _lapsed(hands) if not again]:
        yield Settled("", len(ended), (("no longer due", tuple(dict.fromkeys(map(_about, ended)))),))


def lapsed(hands: Hands) -> Iterator[str]:
    """Releases that did not hold and are asked for again, and messages that nobody released in time, each in a sentence."""
    again = [item for item, asked in _lapsed(hands) if asked]
    if again:
        names = list(dict.fromkeys(item.customer or _about(item) for item in again))
        told = listed(names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"])
        many = "1 release lapsed before its message" if len(again) == 1 else f"{len(again):,} releases lapsed before their messages"
        yield f"{many} left and {'asks' if len(again) == 1 else 'ask'} to be released again: {told}. See contractor-ops review list"
    yield from unreleased_line(item for item, _ in hands.items if was_too_late(item))


def _lapsed(hands: Hands) -> Iterator[tuple[ReviewItem, bool]]:
    """Items that had been released and that a run took back, each with whether it is asked again. What was settled since is over."""
    called = {call.item for call in hands.calls}
    for item, changes in hands.items:
        if item.id in called or not _came_to_nothing(item, changes):
            continue
        later = [other.state for other in hands.every if _follows(other, item, changes[-1].at)]
        if item.state == "open" or "open" in later or not later:
            yield item, item.state == "open" or bool(later)


def _came_to_nothing(item: ReviewItem, changes: Sequence[ReviewChange]) -> bool:
    """Whether a run took a release back, or the item with it; people take back what they have released, too."""
    last = changes[-1]
    if last.state not in {"open", "gone"}:
        return False
    by_run = item.note in _LOST and any(one.before == "approved" for one in changes)
    return by_run or (last.before, last.state) == ("approved", "gone")


def _follows(other: ReviewItem, item: ReviewItem, at: datetime) -> bool:
    """Whether an item stands for what another was about, which went at that moment."""
    records = {member.key.record for member in item.members}
    return (other.id != item.id and other.recipe == item.recipe and other.state != "gone" and other.created_at is not None
            and other.created_at >= at and any(member.key.record in records for member in other.members))  # fmt: skip


def _verb(item: ReviewItem, changes: Sequence[ReviewChange]) -> str:
    """What a person did, by what became of it in the end; what was taken back again or put off is not settled."""
    last = changes[-1].state
    if last == item.state and (ended := ended_as(item)):
        return "ticked off" if ended == "done" else ended
    return "released" if last in {"approved", "done"} and any(one.state == "approved" for one in changes) else ""


def _owner(item: ReviewItem, at: datetime, recipes: dict[str, str]) -> str:
    """On whose list it stood: what a call hands on stood on another one before."""
    handed_on = item.assigned is not None and item.assigned_at is not None and item.assigned_at >= at
    return recipes.get(item.recipe, item.owner) if handed_on else item.owner


def _word(call: CallOutcome, now: datetime) -> str:
    return f"promised to pay by {day(call.promised_on, now)}" if call.promised_on else _CALLED.get(call.outcome, call.outcome)


def _about(item: ReviewItem) -> str:
    papers = paper(item)
    return f"{item.customer} ({papers})" if item.customer and papers else item.customer or papers or item.reason


def paper(item: ReviewItem) -> str:
    """What an item is about, where it has a number that people know; "" for rows of views that have names of their own."""
    table = "jobs" if item.table in _JOBS else item.table
    return documents(table, [member.key.record for member in item.members]) if table in TABLES else ""
