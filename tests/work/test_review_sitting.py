"""Every decision can be taken back, exactly to what was."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office, open_office
from contractor_ops.ports import MANUAL, Pause, ReviewItem, ReviewMember, StepKey
from contractor_ops.tables.record import Place
from contractor_ops.work.review_noted import OUTCOMES, Call
from contractor_ops.work.review_sitting import Sitting, alike
from contractor_ops.work.review_story import Stories
from tests import offices
from tests.work.conftest import NOW

DAYS = st.dates(date(2026, 11, 24), date(2027, 1, 31))
ITEMS = st.integers(1, 4)
DECISIONS: st.SearchStrategy[Callable[[Sitting], object]] = st.one_of(
    st.builds(lambda numbers: lambda sitting: sitting.release(numbers), st.lists(ITEMS, min_size=1, max_size=3, unique=True)),
    st.builds(lambda one, words: lambda sitting: sitting.edit(one, words), ITEMS, st.sampled_from(["Hello", "Other words"])),
    st.builds(lambda one, until: lambda sitting: sitting.snooze(one, until), ITEMS, DAYS),
    st.builds(lambda one, to: lambda sitting: sitting.assign(one, to), ITEMS, st.sampled_from(["owner", "Dana Reed"])),
    st.builds(lambda one: lambda sitting: sitting.dismiss(one, "not now"), ITEMS),
    st.builds(lambda one: lambda sitting: sitting.done(one), ITEMS),
    st.builds(
        lambda one, outcome, on, settled: lambda sitting: sitting.call(one, Call(outcome, on, "a note", settled)),
        ITEMS, st.sampled_from(sorted(OUTCOMES)), DAYS, st.booleans(),
    ),
)  # fmt: skip


def an_item(number: int, kind: str = "message", **more: Any) -> ReviewItem:
    member = ReviewMember(StepKey(f"E-{number}", "first-nudge"), "r", "w", Place("estimates.csv", None, number + 1), f"Customer {number}")
    to = f"+1312555014{number}"
    return ReviewItem("mine", f"k{number}", kind, "office", "sent 2 days ago: a person releases it", (member,), f"Customer {number}", to=to, channel="sms", body="Hi",
                      table="estimates", **more)  # fmt: skip


def an_office(folder: Path) -> Office:
    """Two messages, a row and a task; one customer rests already, one number has opted out."""
    office = open_office(offices.Office(folder).folder)
    office.ledger.sync_reviews("mine", [an_item(1), an_item(2), replace(an_item(3, "row"), body=None)], NOW)
    office.ledger.add_task(an_item(4, "task"), NOW)
    office.ledger.pause(Pause("+13125550141", date(2026, 11, 30), "on holiday"), NOW)
    office.ledger.opt_out("+13125550142", NOW, "sms")
    return office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = an_office(tmp_path)
    yield opened
    opened.ledger.close()


def a_sitting(office: Office) -> Sitting:
    ticks = iter(range(1_000_000))
    return Sitting(office, lambda: NOW + timedelta(seconds=next(ticks)), Stories(office, NOW))


def all_that_stands(office: Office) -> tuple[Any, ...]:
    ledger = office.ledger
    return (
        ledger.reviews(("open", "approved", "dismissed", "done")),
        sorted(ledger.pauses(), key=str),
        ledger.opt_outs(),
        ledger.outcomes(),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(decisions=st.lists(DECISIONS, min_size=1, max_size=8))
def test_undo_restores_exactly_what_was(tmp_path_factory: pytest.TempPathFactory, decisions: list[Callable[[Sitting], object]]) -> None:
    office = an_office(tmp_path_factory.mktemp("office"))
    sitting, stood = a_sitting(office), [all_that_stands(office)]
    for decide in decisions:
        taken = len(sitting.taken)
        try:
            decide(sitting)
        except TypedWrong:  # it is settled already, or is no message
            assert len(sitting.taken) - taken in {0, 1}
        if len(sitting.taken) > taken:
            stood.append(all_that_stands(office))
    while sitting.taken:
        assert all_that_stands(office) == stood.pop()
        sitting.undo()
    assert all_that_stands(office) == stood.pop()
    assert office.ledger.verify() == []
    office.ledger.close()


def test_a_release_of_several_changes_nothing_where_one_is_no_message(office: Office) -> None:
    before = all_that_stands(office)
    with pytest.raises(TypedWrong, match="4 is something to do by hand"):
        a_sitting(office).release([1, 2, 4])
    assert all_that_stands(office) == before


def test_what_somebody_else_decided_since_is_left_and_said(office: Office) -> None:
    sitting = a_sitting(office)
    sitting.snooze(1, date(2026, 11, 27))
    office.ledger.decide_review(1, "dismissed", NOW, "somebody else")
    with pytest.raises(TypedWrong, match="1 cannot be taken back"):
        sitting.undo()
    found = office.ledger.review(1)
    assert found is not None and (found.state, found.note) == ("dismissed", "somebody else")


def test_a_pause_that_somebody_set_since_stays(office: Office) -> None:
    sitting = a_sitting(office)
    sitting.call(2, Call("promise", date(2026, 12, 4)))
    theirs = Pause("+13125550142", None, "theirs")
    office.ledger.pause(theirs, NOW)
    sitting.undo()
    assert theirs in office.ledger.pauses()


def test_a_stop_that_came_in_since_outlives_the_undo_of_a_wrong_number(office: Office) -> None:
    sitting, ledger = a_sitting(office), office.ledger
    sitting.call(1, Call("wrong-number"))
    ledger.opt_out("+13125550141", NOW + timedelta(minutes=1), "sms")
    taken = sitting.undo()
    assert taken.stays == "(312) 555-0141 has opted out since, and still gets nothing"
    assert ("+13125550141", "sms") in [(address, source) for address, _, source in ledger.opt_outs()]
    assert (states := ledger.review(1)) is not None and states.state == "open"


def test_a_wrong_number_that_somebody_lifted_and_took_out_again_stays_out(office: Office) -> None:
    sitting, ledger = a_sitting(office), office.ledger
    sitting.call(1, Call("wrong-number"))
    ledger.opt_in("+13125550141", NOW + timedelta(minutes=1), MANUAL)
    ledger.opt_out("+13125550141", NOW + timedelta(minutes=2), MANUAL)
    assert sitting.undo().stays != ""
    assert "+13125550141" in [address for address, _, _ in ledger.opt_outs()]


def test_there_is_nothing_to_take_back_in_the_beginning(office: Office) -> None:
    with pytest.raises(TypedWrong, match="nothing to take back"):
        a_sitting(office).undo()


def test_alike_are_open_messages_of_one_step_and_channel() -> None:
    one, two, task = an_item(1, id=1), an_item(2, id=2), an_item(3, "task", id=3)
    other = replace(two, members=(replace(two.members[0], key=StepKey("E-2", "second-nudge")),))
    unlike = [
        other,
        replace(two, recipe="theirs"),
        replace(two, channel="email"),
        replace(two, to=None),
        replace(two, reason="notes mention warranty"),
    ]
    assert alike(one, [one, two, task, *unlike, replace(two, state="approved")]) == [one, two]
    assert alike(task, [one, two, task]) == []
