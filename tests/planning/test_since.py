"""Steps that count from another step: asked, reminded, handed over, however late the first one was done."""

from datetime import datetime, timedelta

import pytest

from contractor_ops.errors import FilesNeedMending
from contractor_ops.ports import History, Release, StepKey, StepMemory
from tests.planning.planned import MONDAY, ZONE, only, planned, recipe, table

JOBS = ("Job #", "Customer", "Phone", "Job title", "Status", "Technician", "Scheduled on")
STEPS = """
[[steps]]
name = "ask"
after = "0 days"
do = "message"
to = "office"
by = ["email"]
text = "About {{ number }}."
[[steps]]
name = "remind"
after = "1 business day"
since = "ask"
do = "message"
to = "office"
by = ["email"]
text = "Still about {{ number }}."
[[steps]]
name = "hand-over"
after = "1 business day"
since = "remind"
do = "task"
text = "See to {{ number }}."
"""
ASKING = recipe("jobs", 'mode = "auto"\nkind = "service"', steps=STEPS)
LONG_AGO = table("jobs", JOBS, [("J-1", "Ann Li", "", "Tune-up", "Scheduled", "Luis", "2026-10-01")])


def done(**at: datetime) -> History:
    keys = {name.replace("_", "-"): moment for name, moment in at.items()}
    return History(steps={StepKey("J-1", name): StepMemory(StepKey("J-1", name), "sent", moment, 1) for name, moment in keys.items()})


def decided(history: History, now: datetime = MONDAY) -> tuple[str, str | None]:
    found = only(planned(ASKING, LONG_AGO, now, history=history))
    return found.decision, found.step


def test_the_first_step_comes_first_however_old_the_row_is() -> None:
    assert decided(History()) == ("act", "ask")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, 17, 0), ("wait", "remind")),
        (datetime(2026, 11, 24, 8, 59), ("wait", "remind")),
        (datetime(2026, 11, 24, 9, 0), ("act", "remind")),
        (datetime(2026, 12, 24, 9, 0), ("act", "remind")),
    ],
)
def test_the_second_counts_from_the_day_on_which_the_first_was_done(now: datetime, expected: tuple[str, str]) -> None:
    assert decided(done(ask=MONDAY), now.replace(tzinfo=ZONE)) == expected


def test_a_friday_is_followed_by_the_monday() -> None:
    friday = MONDAY - timedelta(days=3)
    assert decided(done(ask=friday), MONDAY - timedelta(days=1)) == ("wait", "remind")
    assert decided(done(ask=friday)) == ("act", "remind")


def test_the_third_waits_for_the_second_and_then_it_is_over() -> None:
    asked = MONDAY - timedelta(days=30)
    assert decided(done(ask=asked)) == ("act", "remind")
    reminded = done(ask=asked, remind=MONDAY)
    assert decided(reminded) == ("wait", "hand-over")
    assert decided(reminded, MONDAY + timedelta(days=1)) == ("act", "hand-over")
    assert decided(done(ask=asked, remind=asked, hand_over=asked)) == ("done", "hand-over")


def test_what_a_person_dismissed_counts_as_done_on_its_own_day() -> None:
    history = History(releases={StepKey("J-1", "ask"): Release(1, "dismissed", "", "")})
    assert decided(history) == ("act", "remind")


def test_what_waits_for_another_step_says_so_and_has_no_day() -> None:
    trail = recipe("jobs", 'mode = "auto"\nkind = "service"\nshape = "trail"', steps=STEPS)
    ask, remind, hand_over = planned(trail, LONG_AGO).decisions
    assert (ask.decision, remind.decision, hand_over.decision) == ("act", "wait", "wait")
    assert (remind.reason, remind.due) == ("remind comes after ask", None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (('since = "ask"', 'since = "asked"'), '"asked" is no step before it; did you mean "ask"'),
        (('since = "ask"', 'since = "hand-over"'), '"hand-over" is no step before it'),
        (('after = "1 business day"\nsince = "ask"', 'before = "1 day"\nsince = "ask"'), "say how long after that step"),
    ],
)
def test_a_step_can_only_count_from_one_before_it(changed: tuple[str, str], said: str) -> None:
    with pytest.raises(FilesNeedMending) as mistakes:
        recipe("jobs", steps=STEPS.replace(*changed))
    assert said in str(mistakes.value)
