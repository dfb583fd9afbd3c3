"""One item of the queue whole: all that is stored of it, every note, and what holds its message."""

from collections.abc import Iterator

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.queue_view import Turn, item_lines
from contractor_ops.work.review import reason_of, turn_of, why_theirs
from contractor_ops.work.review_held import hold_of
from contractor_ops.work.review_lapsed import lapsed_reasons
from contractor_ops.work.review_story import Stories


def whole_item(stories: Stories, item: ReviewItem) -> Iterator[str]:
    """The item in lines of any length."""
    office, now = stories.office, stories.now
    lapsed = lapsed_reasons(office, [item]).get(item.id, "")
    turn = Turn(turn_of(office, item, now), why_theirs(office, item, now), lapsed, reason_of(office, item, now), stories.goes_by(item))
    yield from item_lines(item, office.config.people, now, turn)
    for note in stories.notes(item):
        yield f"{note.what[:1].upper()}{one_line(note.what[1:])} says: {one_line(note.words)}"
    if item.state in {"open", "approved"} and (hold := hold_of(stories, item)):
        yield f"Held: {hold}"
