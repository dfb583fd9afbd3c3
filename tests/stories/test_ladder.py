"""A ladder: only the latest due step counts, nothing is caught up, and what is over is over."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, STEPS, decided, follow_up, of
from tests.stories.inside import Office

NAMES = ("Di Rey", "Ann Li", "Bo Park", "Cy Fox")
MONDAY = "2026-11-23T10:00"


def estimate(number: str, sent: str, status: str = "Sent") -> tuple[str, ...]:
    last = number[-1]
    return (number, NAMES[int(last)], "", f"312-555-014{last}", "Furnace", status, sent, "$480.00", "")


def story(folder: Path, *rows: tuple[str, ...], **recipe: Any) -> Office:
    return Office(folder).sheet("estimates", ESTIMATES, rows).recipe("mine", follow_up(**recipe))


def test_after_missed_days_only_the_latest_step_leaves(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/15/2026"))
    sent = of(office.run("mine", MONDAY, "--send"), "E-1")
    assert (sent["step"], sent["outcome"]) == ("second-nudge", "sent")
    later = of(office.run("mine", "2026-11-24T10:00", "--send"), "E-1")
    assert (later["decision"], later["step"], later["due"]) == ("wait", "hand-over", "2026-11-29T09:00:00-06:00")
    assert len(office.outbox()) == 1


def test_a_row_climbs_the_whole_ladder_and_is_done(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/09/2026"))
    seen = []
    for day in ("10T08:00", "11T10:00", "12T10:00", "14T10:00", "16T10:00", "23T10:00", "24T10:00"):
        one = of(office.run("mine", f"2026-11-{day}", "--send"), "E-1")
        seen.append((one["decision"], one["step"], one["outcome"]))
    assert seen[:6] == [("wait", "first-nudge", None), ("act", "first-nudge", "sent"), ("wait", "second-nudge", None),
                        ("act", "second-nudge", "sent"), ("wait", "hand-over", None), ("act", "hand-over", "queued")]  # fmt: skip
    assert (seen[6][0], seen[6][2]) == ("done", None)
    assert len(office.outbox()) == 2  # a task leaves no message file
    [task] = office.queue()
    assert (task["record"], task["owner"]) == ("E-1", "office")


def test_a_task_that_a_person_has_done_does_not_come_back(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/01/2026"))
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] == "queued"
    assert office.do("review", "dismiss", office.item("E-1"), now=MONDAY).code == 0
    assert decided(office.run("mine", "2026-11-24T10:00", "--send")) == {"E-1": "done"}
    assert office.queue() == []


def test_missed_weeks_go_straight_to_the_person(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/21/2026"))
    office.run("mine", MONDAY, "--send")
    last = of(office.run("mine", "2026-12-20T10:00", "--send"), "E-1")
    assert (last["step"], last["outcome"]) == ("hand-over", "queued")
    assert len(office.outbox()) == 1


def test_the_order_of_the_steps_in_the_file_does_not_matter(tmp_path: Path) -> None:
    steps = STEPS.split("[[steps]]")[1:]
    upside_down = "".join(f"[[steps]]{step}" for step in reversed(steps))
    office = story(tmp_path, estimate("E-1", "11/21/2026"), estimate("E-2", "11/16/2026"), estimate("E-3", "11/01/2026"), steps=upside_down)
    found = {one["record"]: one["step"] for one in office.rehearse("mine", MONDAY)["decisions"]}
    assert found == {"E-1": "first-nudge", "E-2": "second-nudge", "E-3": "hand-over"}


@pytest.mark.parametrize("status", ["Accepted", "declined", "Expired", "WON", "Converted"])
def test_a_row_that_ends_hears_nothing_more(tmp_path: Path, status: str) -> None:
    office = story(tmp_path, estimate("E-1", "11/18/2026", status))
    one = of(office.rehearse("mine", MONDAY), "E-1")
    assert one["decision"] == "ended"
    assert one["body"] is None


def test_what_ends_between_two_runs_stops_the_next_step(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/21/2026"))
    office.run("mine", MONDAY, "--send")
    office.sheet("estimates", ESTIMATES, [estimate("E-1", "11/21/2026", "Accepted")])
    assert decided(office.run("mine", "2026-11-27T10:00", "--send")) == {"E-1": "ended"}
    assert len(office.outbox()) == 1


def test_rows_outside_when_wait_without_a_day(tmp_path: Path) -> None:
    one = of(story(tmp_path, estimate("E-1", "11/18/2026", "Draft")).rehearse("mine", MONDAY), "E-1")
    assert (one["decision"], one["due"]) == ("wait", None)
    assert "Draft" in one["reason"]


def test_a_draft_never_acts_even_where_the_recipe_names_no_status(tmp_path: Path) -> None:
    recipe = follow_up().replace('status = ["sent", "viewed"]\n', "")
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate("E-1", "11/18/2026", "Draft"), estimate("E-2", "11/18/2026")])
    assert decided(office.recipe("mine", recipe).rehearse("mine", MONDAY)) == {"E-1": "wait", "E-2": "act"}


def test_a_day_in_the_future_waits(tmp_path: Path) -> None:
    one = of(story(tmp_path, estimate("E-1", "11/29/2026")).rehearse("mine", MONDAY), "E-1")
    assert (one["decision"], one["due"]) == ("wait", "2026-12-01T09:00:00-06:00")


def test_a_mended_day_does_not_send_the_same_step_twice(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/21/2026"))
    office.run("mine", MONDAY, "--send")
    office.sheet("estimates", ESTIMATES, [estimate("E-1", "11/22/2026")])
    for now in ("2026-11-24T10:00", "2026-11-25T10:00"):
        assert of(office.run("mine", now, "--send"), "E-1")["outcome"] is None
    assert len(office.outbox()) == 1


def test_a_renamed_step_with_an_id_keeps_its_past(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/21/2026"))
    office.run("mine", MONDAY, "--send")
    office.recipe("mine", follow_up(steps=STEPS.replace('name  = "first-nudge"', 'name  = "hello"\nid = "first-nudge"')))
    one = of(office.run("mine", "2026-11-24T10:00", "--send"), "E-1")
    assert (one["decision"], one["step"]) == ("wait", "second-nudge")
    assert len(office.outbox()) == 1


def test_mode_rehearse_lets_nothing_leave_even_with_send(tmp_path: Path) -> None:
    office = story(tmp_path, estimate("E-1", "11/21/2026"), mode="rehearse")
    ran = office.do("run", "mine", "--send", "--format", "json", now=MONDAY)
    assert (ran.code, of(ran.json, "E-1")["outcome"], office.outbox()) == (0, None, [])


def test_a_recipe_without_a_mode_starts_in_approve(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate("E-1", "11/21/2026")])
    office.recipe("mine", follow_up().replace('mode  = "auto"\n', ""))
    document = office.run("mine", MONDAY, "--send")
    assert (document["mode"], decided(document), office.outbox()) == ("approve", {"E-1": "review"}, [])
