"""What a range of numbers leaves out: items that a person should decide one by one, having looked at them."""

from collections import Counter
from collections.abc import Sequence

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import day
from contractor_ops.reports.one_message import routine
from contractor_ops.reports.printable import one_line
from contractor_ops.work.review import reason_of, turn_of
from contractor_ops.work.review_story import Stories


def alone_because(stories: Stories, items: Sequence[ReviewItem], *, releases: bool = False, ticks: bool = False) -> dict[int, str]:
    """Why some of the items that a range names are left as they are, by number; where it `releases`, also those with a doubt of their own.

    Where it `ticks` off, those too that are no task: a row that waits to be decided or mended is not done because its number lies between two others.

    Nobody says who types: whoever has most of them is taken to mean their own.
    """
    waiting = [item for item in items if item.state in {"open", "approved"}]
    turns = {item.id: turn_of(stories.office, item, stories.now) for item in waiting}
    mine = next((key for key, _ in Counter(turns[item.id] for item in waiting if not item.urgent).most_common(1)), "")
    found = {item.id: _why(stories, item, "" if turns[item.id] == mine else turns[item.id]) for item in waiting}
    if releases or ticks:
        row = {item.id: _row(stories, item) if ticks else "" for item in waiting}
        found = {item.id: " and ".join(filter(None, (found[item.id], row[item.id] or _doubt(stories, item)))) for item in waiting}
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


def _row(stories: Stories, item: ReviewItem) -> str:
    """What there is to decide or to mend about a row."""
    if item.kind != "row":  # what is broken says itself that it must be mended
        return ""
    return f"it is no task, but a row to decide or to mend ({one_line(reason_of(stories.office, item, stories.now)).rstrip('.')})"


def _doubt(stories: Stories, item: ReviewItem) -> str:
    """What speaks against a message besides that a person has to release it: nobody says yes to that unread."""
    if item.kind != "message" or item.state == "approved" or routine(item.reason):
        return ""
    return f"there is a doubt about it ({one_line(reason_of(stories.office, item, stories.now)).rstrip('.')})"
