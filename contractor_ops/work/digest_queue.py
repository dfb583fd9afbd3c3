"""The queue as the digest tells it: how much waits for whom, and why its weightiest things do."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from contractor_ops.figures.values import Business
from contractor_ops.office import Office
from contractor_ops.planning.asking import RELEASES
from contractor_ops.planning.falls_to import LAST
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.digest_parts import Reason, Reasons, Waiting
from contractor_ops.reports.format import count, days_since, listed
from contractor_ops.tables.catalogue import HANDED_IN, TABLES
from contractor_ops.work.digest_hands import paper
from contractor_ops.work.review import turn_of

_SHOWN = 5
_QUARRELS = ("dispute", "lawyer", "attorney", "do not contact", "complain")
"""Words of a reason that outweigh money: whoever writes to such a customer makes it worse."""
_SAID = "the notes say"
"""In a reason that rests on what somebody wrote, which no cell can be mended to settle."""


def queue_of(office: Office, now: datetime) -> tuple[tuple[Waiting, ...], Reasons]:
    """Everybody's queue, by whose turn it is, and the weightiest reasons."""
    items = office.ledger.reviews(("open", "approved")) if office.ledger_file.exists() else []
    turns = [(turn_of(office, item, now), item) for item in items if item.kind != "broken"]
    people = [_waits(owner, [item for one, item in turns if one == owner], now) for owner in dict.fromkeys(owner for owner, _ in turns)]
    waiting = tuple(sorted(people, key=lambda one: (-one.urgent, -one.things, one.owner)))
    return waiting, _reasons([(turn, item) for turn, item in turns if _is_here(item, now)], {LAST, *office.config.digest.to})


def _waits(owner: str, items: Sequence[ReviewItem], now: datetime) -> Waiting:
    here = [one for one in items if _is_here(one, now)]
    ages = [days_since(one.created_at, now) or 0 for one in here]
    released = sum(one.state == "approved" for one in items)
    return Waiting(owner, len(here), sum(one.urgent for one in here), max(ages, default=0), len(items) - len(here) - released, released)


def _is_here(item: ReviewItem, now: datetime) -> bool:
    return item.state == "open" and not (item.until and item.until > now.date())


def _reasons(here: Sequence[tuple[str, ReviewItem]], readers: set[str]) -> Reasons:
    """The weightiest: danger, then what falls to a reader. What is routine is left out, but for a reader's own."""
    weighed = sorted(here, key=lambda one: (not one[1].urgent, one[0] not in readers, _weight(one[1]), -(one[1].amount or 0), one[1].id))
    shown = [(turn, item) for turn, item in weighed if item.urgent or turn in readers or _weight(item) < _ROUTINE][:_SHOWN]
    if not shown:
        return Reasons()
    numbers = {item.id for _, item in shown}
    owners = {turn for turn, item in here if item.id not in numbers}
    command = f"contractor-ops review list --owner {next(iter(owners))}" if len(owners) == 1 else "contractor-ops review list"
    return Reasons(tuple(_reason(turn, item) for turn, item in shown), len(here) - len(shown), command)


_ROUTINE = 3


def _weight(item: ReviewItem) -> int:
    """Quarrels, then what somebody wrote, then what else is odd; drafts to release and calls on the list are routine."""
    reason = item.reason.casefold()
    marks = any(word in reason for word in _QUARRELS), _SAID in reason, item.kind != "task" and RELEASES not in item.reason
    return marks.index(True) if any(marks) else _ROUTINE


def _reason(turn: str, item: ReviewItem) -> Reason:
    return Reason(item.id, item.customer or "", paper(item), _why(item.reason), item.amount, turn, item.urgent)


def _why(reason: str) -> str:
    """A reason in few words: where the notes are quoted, the word that was found in them need not be told."""
    head, colon, doubts = reason.partition(": ")
    if _SAID not in doubts:
        return reason
    return head + colon + "; ".join(one for one in doubts.split("; ") if not one.startswith("notes mention"))


def spoilt(office: Office, business: Business) -> str:
    """What must be mended in the sheets, in a line: rows that no recipe can use, and cells that make no sense."""
    return " ".join(_spoilt(office, business))


def _spoilt(office: Office, business: Business) -> Iterator[str]:
    broken = [item for item in office.ledger.reviews() if item.kind == "broken"] if office.ledger_file.exists() else []
    if rows := sum(len(item.members) for item in broken):
        yield f"{count(rows, 'row')} must be mended before a recipe can go on: contractor-ops report."
    odd = {
        name: len(table.problems) + len(table.warnings)
        for name, table in business.tables.items()
        if name in TABLES and name not in HANDED_IN
    }
    if cells := sum(odd.values()):
        where = listed([name for name, number in odd.items() if number])
        yield f"{count(cells, 'odd cell')} in {where}: contractor-ops check."
