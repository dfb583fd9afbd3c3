"""What a range of numbers leaves out: items that a person should decide one by one, having looked at them."""

from collections import Counter
from collections.abc import Sequence

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import day
from contractor_ops.work.review import turn_of
from contractor_ops.work.review_story import Stories


def alone_because(stories: Stories, items: Sequence[ReviewItem]) -> dict[int, str]:
    """Why some of the items that a range names are left as they are, by number.

    Nobody says who types: whoever has most of them is taken to mean their own.
    """
    waiting = [item for item in items if item.state in {"open", "approved"}]
    turns = {item.id: turn_of(stories.office, item, stories.now) for item in waiting}
    mine = next((key for key, _ in Counter(turns[item.id] for item in waiting if not item.urgent).most_common(1)), "")
    found = {item.id: _why(stories, item, "" if turns[item.id] == mine else turns[item.id]) for item in waiting}
    return {number: f"{why}: {_look(number)}" for number, why in found.items() if why}


def _look(number: int) -> str:
    return f"contractor-ops review show {number}, then decide it by its own number"


def _why(stories: Stories, item: ReviewItem, theirs: str) -> str:
    if item.urgent:
        return "it is urgent"
    if theirs:
        people = stories.office.config.people
        return f"it is {people[theirs].name if theirs in people else theirs}'s turn"
    if item.until and item.until > stories.now.date():
        return f"it is put aside until {day(item.until, stories.now)}{f' ({item.note})' if item.note else ''}"
    return "a note must be read first" if any(note.decides for note in stories.notes(item)) else ""
