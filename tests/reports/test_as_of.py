"""Ages in reasons, and how an item ended."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

import pytest

from contractor_ops.ports import ReviewItem, ReviewState
from contractor_ops.reports.as_of import as_of, judged_on
from contractor_ops.reports.ended import ended_as

NOW = datetime(2026, 11, 28, 16, tzinfo=UTC)
TASK = ReviewItem("mine", "k", "task", "office", "received 3 days ago", (), created_at=datetime(2026, 11, 23, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("reason", "judged", "told"),
    [
        ("received 3 days ago", date(2026, 11, 23), "received Fri, Nov 20"),
        ("booked today", date(2026, 11, 23), "booked Mon, Nov 23"),
        ("it starts in 2 days: call them today", date(2026, 11, 23), "it starts Wed, Nov 25: call them Mon, Nov 23"),
        ("30 days overdue, sent yesterday", date(2026, 11, 23), "30 days overdue, sent Sun, Nov 22 (as of Mon, Nov 23)"),
        ('they wrote "come tomorrow" yesterday', date(2026, 11, 23), 'they wrote "come tomorrow" Sun, Nov 22'),
        ("the call was 14 hours ago", date(2026, 11, 27), "the call was 14 hours ago (as of Fri, Nov 27)"),
        ("received 3 days ago", date(2026, 11, 28), "received 3 days ago"),
        ("received 3 days ago", None, "received 3 days ago"),
        ("its status is Disputed", date(2026, 11, 23), "its status is Disputed"),
    ],
)
def test_an_age_tells_its_day_once_it_is_past(reason: str, judged: date | None, told: str) -> None:
    assert as_of(reason, judged, NOW) == told


def test_a_task_keeps_its_own_day_and_everything_else_has_that_of_the_last_run() -> None:
    run = date(2026, 11, 27)
    assert judged_on(TASK, NOW, run) == date(2026, 11, 23)
    assert judged_on(replace(TASK, kind="message"), NOW, run) == run


@pytest.mark.parametrize(
    ("kind", "state", "note", "said"),
    [
        ("task", "done", "done by hand", "done"),
        ("task", "done", "done by hand: the meter is tight", "done"),
        ("task", "done", "reached them on Mon, Nov 23", "done"),
        ("task", "done", "spam", "dismissed"),
        ("task", "done", "", "dismissed"),
        ("message", "dismissed", "done by hand", "done"),
        ("message", "dismissed", "without a reason", "dismissed"),
        ("message", "done", "it has been tried", ""),
        ("task", "open", "done by hand", ""),
    ],
)
def test_an_item_ended_as_the_person_said(kind: Literal["task", "message"], state: ReviewState, note: str, said: str) -> None:
    assert ended_as(replace(TASK, kind=kind, state=state, note=note)) == said
