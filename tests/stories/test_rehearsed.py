"""A rehearsal shows tasks that nobody can tick off yet: the queue says so, and what gives them a number."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, follow_up
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
HINT = "Tasks that the rehearsal of Estimate follow-up showed have no number yet: they get one with --send: contractor-ops run follow-up --send"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "office")
    made.sheet("estimates", ESTIMATES, [["E-1", "Ann Li", "ann@li.example", "(312) 555-0142", "Furnace", "Sent", "11/05/2026", "900", ""]])
    return made.recipe("follow-up", follow_up("approve"))


def test_before_anything_ran_nothing_is_said_of_tasks(office: Office) -> None:
    assert office.do("review", "list", now=MONDAY).out == "Nothing waits for a person.\n"


def test_after_a_rehearsal_the_list_and_a_number_say_it(office: Office) -> None:
    assert "[do]" in office.do("run", "follow-up", now=MONDAY).out
    assert office.do("review", "list", now=MONDAY).out == f"Nothing waits for a person.\n{HINT}\n"
    for words in (("approve", "1"), ("done", "1"), ("show", "1")):
        ran = office.do("review", *words, now=MONDAY)
        assert (ran.code, ran.err) == (3, f"There is no review item 1.\ncontractor-ops review list shows those that wait. {HINT}\n")
    assert HINT in office.do("review", "approve", "1-3", now=MONDAY).err


def test_with_send_the_task_has_a_number_and_nothing_more_is_said(office: Office) -> None:
    office.do("run", "follow-up", now=MONDAY)
    office.do("run", "follow-up", "--send", now=MONDAY)
    assert HINT not in office.do("review", "list", now=MONDAY).out
    assert office.do("review", "done", "1", now=MONDAY).code == 0


def test_a_rehearsal_that_would_do_nothing_is_not_told(office: Office) -> None:
    office.sheet("estimates", ESTIMATES, [])
    office.do("run", "follow-up", now=MONDAY)
    assert office.do("review", "list", now=MONDAY).out == "Nothing waits for a person.\n"
