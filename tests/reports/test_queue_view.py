"""The queue as people read it: what is urgent says so, and in a trail each line names its step."""

from datetime import UTC, datetime

from contractor_ops.ports import URGENT, ReviewItem, ReviewMember, StepKey
from contractor_ops.reports.queue_view import Turn, queue_lines
from contractor_ops.tables.record import Place

NOW = datetime(2026, 12, 10, 8, 30, tzinfo=UTC)


def item(number: int, recipe: str, step: str, key: str) -> ReviewItem:
    member = ReviewMember(StepKey(f"Q{number}", step, ""), "", "", Place("jobs.csv", None, number), "Ann Li", None, None)
    return ReviewItem(recipe, key, "task", "office", "to settle has changed", (member,), "Ann Li", table="jobs", id=number)


def test_what_is_urgent_says_so_and_a_step_of_a_trail_has_its_name() -> None:
    items = [item(7, "trail", "settle-again", f"{URGENT}a"), item(8, "ladder", "nudge", "b")]
    lines = list(queue_lines(items, {}, NOW, {one.id: Turn("office") for one in items}, {"trail"}))
    assert lines[1:5] == [
        "    7  [urgent] Ann Li · job Q7",
        "       settle-again: to settle has changed",
        "    8  Ann Li · job Q8",
        "       to settle has changed",
    ]
