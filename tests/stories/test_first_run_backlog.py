"""The first run: what was due long before it is one thing for a person, never a flood."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, decided, follow_up, of
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
BACKLOG = 'first_run = "review"'
PEOPLE = ("Di Rey", "Ann Li", "Bo Park", "Cy Fox", "Ed Orr", "Flo Day")


def estimate(number: int, sent: str, status: str = "Sent") -> tuple[str, ...]:
    return (f"E-{number}", PEOPLE[number], "", f"312-555-014{number}", "Furnace", status, sent, "$480.00", "")


ROWS = [estimate(1, "11/21/2026"), estimate(2, "11/10/2026"), estimate(3, "11/11/2026"), estimate(4, "10/20/2026")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up(top=BACKLOG))


def test_old_business_is_one_item_and_each_row_keeps_its_decision(office: Office) -> None:
    document = office.run("mine", MONDAY, "--send")
    assert decided(document) == {"E-1": "act", "E-2": "review", "E-3": "review", "E-4": "act"}
    assert of(document, "E-4")["action"] == "task"  # first_run concerns messages to customers only
    assert all(of(document, record)["body"] and of(document, record)["reason"] for record in ("E-2", "E-3"))
    assert len(office.outbox()) == 1
    backlog = [one for one in office.queue() if one["kind"] != "task"]
    assert len(backlog) == 1
    assert {"E-2", "E-3"} <= set(backlog[0]["records"])


def test_releasing_the_backlog_lets_all_of_it_leave_once(office: Office) -> None:
    office.run("mine", MONDAY)
    [item] = [one for one in office.queue() if one["kind"] != "task"]
    assert office.do("review", "approve", str(item["id"]), now=MONDAY).code == 0
    document = office.run("mine", MONDAY, "--send")
    assert {record: of(document, record)["outcome"] for record in ("E-1", "E-2", "E-3")} == dict.fromkeys(("E-1", "E-2", "E-3"), "sent")
    assert len(office.outbox()) == 3
    assert [one for one in office.queue() if one["kind"] != "task"] == []
    office.run("mine", "2026-11-24T10:00", "--send")
    assert len(office.outbox()) == 3


def test_of_a_released_backlog_what_has_ended_since_stays_and_the_rest_leaves(office: Office) -> None:
    office.run("mine", MONDAY)
    [item] = [one for one in office.queue() if one["kind"] != "task"]
    office.do("review", "approve", str(item["id"]), now=MONDAY)
    office.sheet("estimates", ESTIMATES, [ROWS[0], ROWS[1], estimate(3, "11/11/2026", "Accepted"), ROWS[3]])
    document = office.run("mine", MONDAY, "--send")
    assert (of(document, "E-2")["outcome"], of(document, "E-3")["decision"]) == ("sent", "ended")


def test_dropping_the_backlog_sends_none_of_it_and_the_next_step_still_comes(office: Office) -> None:
    office.run("mine", MONDAY, "--send")
    [item] = [one for one in office.queue() if one["kind"] != "task"]
    assert office.do("review", "dismiss", str(item["id"]), "--because", "old", now=MONDAY).code == 0
    document = office.run("mine", MONDAY, "--send")
    assert decided(document)["E-2"] == "wait"
    assert of(document, "E-2")["due"] == "2026-11-24T09:00:00-06:00"
    assert of(office.run("mine", "2026-11-24T10:00", "--send"), "E-2")["outcome"] == "queued"
    assert len(office.outbox()) == 1


def test_what_was_due_a_week_ago_to_the_minute_is_no_backlog(tmp_path: Path) -> None:
    # second-nudge of the 11th was due on the 16th at 09:00
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate(1, "11/11/2026")]).recipe("mine", follow_up(top=BACKLOG))
    assert decided(office.rehearse("mine", "2026-11-23T09:00")) == {"E-1": "act"}
    assert decided(office.rehearse("mine", "2026-11-23T09:01")) == {"E-1": "review"}


def test_without_the_key_the_latest_step_acts_on_a_first_run(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up())
    document = office.run("mine", MONDAY, "--send")
    assert decided(document) == dict.fromkeys(("E-1", "E-2", "E-3", "E-4"), "act")
    assert of(document, "E-2")["step"] == "second-nudge"
    assert len(office.outbox()) == 3


def test_backlog_counts_from_the_first_sending_not_from_today(office: Office) -> None:
    office.run("mine", MONDAY, "--send")
    # nobody ran it for two weeks: what fell due meanwhile is not what was old before the first sending
    office.sheet("estimates", ESTIMATES, [*ROWS, estimate(5, "11/22/2026")])
    late = of(office.run("mine", "2026-12-05T10:00", "--send"), "E-5")
    assert (late["step"], late["outcome"]) == ("second-nudge", "sent")


def test_rehearsals_do_not_start_the_clock_of_the_backlog(office: Office) -> None:
    office.run("mine", "2026-11-09T10:00")
    assert decided(office.run("mine", MONDAY, "--send"))["E-2"] == "review"


def test_a_first_run_that_a_brake_stopped_was_no_first_sending(tmp_path: Path) -> None:
    office = (
        Office(tmp_path)
        .configure("\n[limits]\nper_run = 1\n")
        .sheet("estimates", ESTIMATES, [estimate(1, "11/21/2026"), estimate(5, "11/21/2026")])
    )
    office.recipe("mine", follow_up(top=BACKLOG))
    assert office.do("run", "mine", "--send", now=MONDAY).code == 4
    office.sheet("estimates", ESTIMATES, [estimate(2, "11/21/2026")])
    # due on the 26th (second-nudge); the first real sending is on the 5th of December
    assert decided(office.run("mine", "2026-12-04T10:00", "--send", "--accept", "short-source")) == {"E-2": "review"}
