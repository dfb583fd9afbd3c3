"""In a ladder a later step overtakes those before it, but not what a person has released."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from contractor_ops.planning.decision import Decision
from contractor_ops.ports import Answer, History, Release, ReviewState, StepKey, StepMemory
from contractor_ops.recipe import Recipe
from contractor_ops.tables.record import Table
from tests.offices import message
from tests.planning.planned import MONDAY, TASK, ZONE, estimates, only, planned, recipe

EARLY = datetime(2026, 11, 23, 8, 25, tzinfo=ZONE)
OPEN = datetime(2026, 11, 23, 9, 5, tzinfo=ZONE)
LADDER = "".join(
    message(name, f'after = "{days} days"', f"{name}, {{{{ customer.name }}}}.") for name, days in (("one", 2), ("two", 5), ("three", 10))
)
LATER = """
[[steps]]
name = "later"
{when}
do = "{do}"
text = "Later."
"""
OURS = recipe(top='mode = "approve"', steps=LADDER + TASK)


def estimate(sent: str = "11/18/2026", notes: str = "") -> Table:
    return estimates(("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", sent, "$480", notes))


def shown(step: str, sheet: Table, steps: Recipe = OURS) -> Release:
    """The release of a step as it was shown when it was the latest one. All steps wait for whole days: that of a new one begins before 8:25."""
    for days in range(40):
        one = only(planned(steps, sheet, datetime(2026, 11, 1, 8, 25, tzinfo=ZONE) + timedelta(days=days)))
        if (one.decision, one.step) == ("review", step):
            return Release(1, "approved", one.row_hash, one.words_hash, reason=one.reason)
    raise AssertionError(f"{step} was never asked about")


def past(sheet: Table, states: Mapping[str, ReviewState], steps: Recipe = OURS, done: Mapping[str, datetime] | None = None) -> History:
    """`states`: what people said of steps; `done`: when steps were sent."""
    releases = {}
    for item, (step, state) in enumerate(states.items(), 1):
        was = shown(step, sheet, steps)
        releases[StepKey("E-1", step)] = replace(was, item=item, state=state)
    keys = {StepKey("E-1", step): at for step, at in (done or {}).items()}
    return History(releases=releases, steps={key: StepMemory(key, "sent", at, 1) for key, at in keys.items()})


def found(decision: Decision) -> tuple[str, str | None]:
    return decision.decision, decision.step


def test_what_was_released_comes_before_the_step_that_fell_due_since() -> None:
    sheet = estimate()
    history = past(sheet, {"one": "approved"})
    assert found(only(planned(OURS, sheet, EARLY, history=history))) == ("hold", "one")
    leaves = only(planned(OURS, sheet, OPEN, history=history))
    assert (leaves.decision, leaves.step, leaves.body) == ("act", "one", "one, Ann Li.")


@pytest.mark.parametrize("state", ["open", "dismissed", "done", "gone"])
def test_only_what_is_released_comes_first(state: ReviewState) -> None:
    sheet = estimate()
    assert found(only(planned(OURS, sheet, OPEN, history=past(sheet, {"one": state})))) == ("review", "two")


def test_of_several_released_steps_the_latest_leaves_and_overtakes_the_others() -> None:
    sheet = estimate()
    both = past(sheet, {"one": "approved", "two": "approved"})
    assert found(only(planned(OURS, sheet, OPEN, history=both))) == ("act", "two")
    later = datetime(2026, 11, 28, 9, 5, tzinfo=ZONE)
    assert found(only(planned(OURS, sheet, later, history=both))) == ("act", "two")
    gone = past(sheet, {"one": "approved", "two": "approved"}, done={"two": later})
    assert found(only(planned(OURS, sheet, later + timedelta(days=1), history=gone))) == ("review", "three")


def test_a_later_step_that_is_done_overtakes_for_good() -> None:
    sheet = estimate()
    assert found(only(planned(OURS, sheet, OPEN, history=past(sheet, {"one": "approved"}, done={"two": OPEN})))) == ("wait", "three")
    dismissed = past(sheet, {"one": "approved", "two": "dismissed"})
    assert found(only(planned(OURS, sheet, OPEN, history=dismissed))) == ("wait", "three")


def test_an_answer_ends_it_and_a_changed_row_is_judged_as_ever_with_the_reason() -> None:
    sheet = estimate()
    history = past(sheet, {"one": "approved"})
    changed = only(planned(OURS, estimate(notes="call first"), OPEN, history=history))
    assert found(changed) == ("review", "two") and "one was released, but the row has changed since" in changed.reason
    history.answered = {"ann@li.example": Answer(MONDAY, "question", "stops", "How long does it take?")}
    assert only(planned(OURS, sheet, OPEN, history=history)).decision == "ended"


def test_changed_words_of_a_step_that_was_overtaken_are_told_whatever_the_row_comes_to() -> None:
    sheet = estimate("11/09/2026")
    history = past(sheet, {"three": "approved"}, recipe(top='mode = "approve"', steps=LADDER.replace("three,", "third,") + TASK))
    task = only(planned(OURS, sheet, MONDAY, history=history))
    assert found(task) == ("act", "call")
    assert task.reason.endswith("three was released, but the words have changed since")


def test_a_message_that_is_too_late_by_its_own_rule_gives_way_and_says_so() -> None:
    steps = message("one", 'after = "2 days"', "one, {{ customer.name }}.", 'within = "1 day"') + TASK.replace("14 days", "5 days")
    ours, sheet = recipe(top='mode = "approve"', steps=steps), estimate()
    task = only(planned(ours, sheet, OPEN, history=past(sheet, {"one": "approved"}, ours)))
    assert found(task) == ("act", "call")
    assert task.reason.endswith("one was released, but that is more than 1 day ago")


@pytest.mark.parametrize(
    ("when", "left", "waits"),
    [
        ('after = "5 days"', OPEN, "2026-11-24T09:00"),
        ('after = "5 days"\nat = "15:30"', OPEN, "2026-11-24T15:30"),
        ('after = "5 days"\nat = "15:30"', OPEN + timedelta(days=1), "2026-11-25T15:30"),
        ('after = "3 business days"', OPEN, "2026-11-24T09:00"),
        ('after = "3 business days"', datetime(2026, 11, 25, 9, 5, tzinfo=ZONE), "2026-11-27T09:00"),  # Thursday is Thanksgiving
        ('after = "3 business days"\nin_hours = true', datetime(2026, 11, 25, 9, 5, tzinfo=ZONE), "2026-11-27T09:00"),
        ('after = "5 days"\nin_hours = true', datetime(2026, 11, 27, 9, 5, tzinfo=ZONE), "2026-11-30T08:00"),  # a Friday
        ('after = "5 days"', OPEN - timedelta(days=1), None),  # it left on a day of its own
        ('after = "2 days"\nat = "10:00"', OPEN, None),  # both are meant for one day
        ('after = "100 hours"', OPEN, None),
        ('before = "0 days"', OPEN, None),  # what comes before an appointment cannot wait
    ],
)
@pytest.mark.parametrize("do", ["message", "task"])
def test_the_step_after_it_waits_for_another_day_where_it_counts_in_days(when: str, left: datetime, waits: str | None, do: str) -> None:
    first = message("one", 'before = "3 days"' if when.startswith("before") else 'after = "2 days"', "one.")
    ours = recipe(top='mode = "auto"', steps=first + LATER.format(when=when, do=do))
    sheet = estimate("11/23/2026" if when.startswith("before") else "11/18/2026")
    key = StepKey("E-1", "one")
    history = History(releases={key: Release(1, "done", "", "")}, steps={key: StepMemory(key, "sent", left, 1)})
    now = max(datetime(2026, 11, 23, 16, 0, tzinfo=ZONE), left + timedelta(hours=7))
    decision = only(planned(ours, sheet, now, history=history))
    assert decision.step == "later"
    if waits is None:
        assert decision.decision == "act"
        return
    assert (decision.decision, str(decision.until)[:16].replace(" ", "T")) == ("hold", waits)
    assert "one, which a person had released, left" in decision.reason and "later waits for another day" in decision.reason
    assert decision.until is not None
    assert only(planned(ours, sheet, max(decision.until, decision.until.replace(hour=9)), history=history)).decision == "act"


def test_what_a_machine_sent_by_itself_holds_nothing_up() -> None:
    ours, sheet = recipe(steps=LADDER), estimate()
    alone = past(sheet, {}, done={"one": OPEN})
    assert found(only(planned(ours, sheet, MONDAY, history=alone))) == ("act", "two")


@pytest.mark.parametrize("shown_at", [OPEN, OPEN + timedelta(days=1)])
def test_an_automatic_answer_is_asked_about_once_whatever_day_it_is_by_then(shown_at: datetime) -> None:
    ours, sheet = recipe(steps=LADDER.replace("5 days", "9 days")), estimate("11/20/2026")
    away = {"ann@li.example": Answer(datetime(2026, 11, 23, 8, 0, tzinfo=ZONE), "automatic", "automatic", "Out of office today at noon.")}
    before = only(planned(ours, sheet, OPEN))
    unaware = Release(1, "approved", before.row_hash, before.words_hash, reason=before.reason)
    history = History(answered=away, releases={StepKey("E-1", "one"): unaware})
    asked = only(planned(ours, sheet, shown_at, history=history))
    assert asked.decision == "review"
    assert "an automatic answer came" in asked.reason and asked.reason.endswith("this came up after it was released")
    history.releases[StepKey("E-1", "one")] = replace(unaware, reason=asked.reason)
    for days in range(3):
        assert only(planned(ours, sheet, shown_at + timedelta(days=days), history=history)).decision == "act"


def test_an_address_that_failed_since_is_asked_about() -> None:
    ours, sheet = recipe(top='mode = "approve"', steps=LADDER), estimate("11/20/2026")
    asked = only(planned(ours, sheet, OPEN))
    release = Release(1, "approved", asked.row_hash, asked.words_hash, reason=asked.reason)
    history = History(releases={StepKey("E-1", "one"): release}, undelivered={str(asked.to): "number is not in service"})
    again = only(planned(ours, sheet, OPEN, history=history))
    assert again.decision == "review" and "did not arrive (number is not in service); this came up after it was released" in again.reason
    history.releases[StepKey("E-1", "one")] = replace(release, reason=again.reason)
    assert only(planned(ours, sheet, OPEN, history=history)).decision == "act"
