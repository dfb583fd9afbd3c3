"""A trail: every step stands for itself, before and after its moment, and each has its decision."""

from pathlib import Path
from typing import Any

from tests.offices import WHY, message
from tests.stories.inside import Office

HEADINGS = ("Job #", "Customer", "Phone", "Status", "Scheduled start", "Technician", "Job type")
STEPS = (
    message("booked", 'before = "10 days"', "Hi {{ customer.first_name }}, you are booked with {{ office.name }}.")
    + message("day-before", 'before = "1 day"', "Hi {{ customer.first_name }}, see you tomorrow. {{ office.name }}")
    + message("two-hours", 'before = "2 hours"', "Hi {{ customer.first_name }}, see you at {{ starts_at|time }}. {{ office.name }}")
    + message("thanks", 'after = "1 day"', "Hi {{ customer.first_name }}, thank you. {{ office.name }}")
)  # fmt: skip
NAMES = ["booked", "day-before", "two-hours", "thanks"]


def recipe(top: str = "", kind: str = "service") -> str:
    return f"""
title = "Visits"
reads = "jobs"
mode  = "auto"
owner = "office"
shape = "trail"
kind  = "{kind}"
{top}
{WHY}
[when]
status = ["booked", "scheduled", "completed"]
anchor = "starts_at"
[ends]
status = ["cancelled", "no-show"]
{STEPS}"""


def visit(starts: str = "11/25/2026 1:00 PM", status: str = "Scheduled", number: str = "J-1") -> tuple[str, ...]:
    return (number, "Ann Li", "312-555-0142", status, starts, "Tom Vale", "Repair")


def office_with(folder: Path, *rows: tuple[str, ...], top: str = "", kind: str = "service") -> Office:
    return Office(folder).sheet("jobs", HEADINGS, rows).recipe("visits", recipe(top, kind))


def steps(document: Any, record: str = "J-1") -> dict[str, str]:
    return {one["step"]: one["outcome"] or one["decision"] for one in document["decisions"] if one["record"] == record}


def test_each_step_has_its_decision_and_the_counts_say_rows_and_decisions(tmp_path: Path) -> None:
    document = office_with(tmp_path, visit(), visit(number="J-2", starts="12/20/2026 1:00 PM")).rehearse("visits", "2026-11-24T14:00")
    assert steps(document) == {"booked": "act", "day-before": "act", "two-hours": "wait", "thanks": "wait"}
    assert steps(document, "J-2") == dict.fromkeys(NAMES, "wait")
    counts = document["counts"]
    assert (counts["rows"], counts["decisions"], counts["act"], counts["wait"]) == (2, 8, 2, 6)
    assert sum(counts[kind] for kind in ("act", "review", "hold", "wait", "done", "ended", "broken")) == 8


def test_the_steps_leave_at_their_times_each_once(tmp_path: Path) -> None:
    office = office_with(tmp_path, visit())
    assert steps(office.run("visits", "2026-11-16T10:00", "--send"))["booked"] == "sent"
    assert steps(office.run("visits", "2026-11-24T12:59", "--send"))["day-before"] == "wait"
    assert steps(office.run("visits", "2026-11-24T13:00", "--send")) == {
        "booked": "done",
        "day-before": "sent",
        "two-hours": "wait",
        "thanks": "wait",
    }
    assert steps(office.run("visits", "2026-11-25T11:00", "--send"))["two-hours"] == "sent"
    assert steps(office.run("visits", "2026-11-26T13:00", "--send"))["thanks"] == "sent"
    assert steps(office.run("visits", "2026-11-26T14:00", "--send")) == dict.fromkeys(NAMES, "done")
    assert len(office.outbox()) == 4


def test_a_cancelled_trail_keeps_what_was_done_and_ends_the_rest(tmp_path: Path) -> None:
    office = office_with(tmp_path, visit())
    office.run("visits", "2026-11-16T10:00", "--send")
    office.sheet("jobs", HEADINGS, [visit(status="Cancelled")])
    document = office.run("visits", "2026-11-24T14:00", "--send")
    assert steps(document) == {"booked": "done", "day-before": "ended", "two-hours": "ended", "thanks": "ended"}
    assert document["counts"]["decisions"] == len(document["decisions"]) == 4
    assert len(office.outbox()) == 1


def test_every_row_of_a_trail_has_a_decision_for_each_step_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    rows = [visit(), visit(number="J-2", status="On hold"), visit(number="J-3", starts="soon"), visit(number="J-4", status="No show")]
    document = office_with(tmp_path, *rows).rehearse("visits", "2026-11-20T10:00")
    for record, decision in (("J-2", "wait"), ("J-3", "broken"), ("J-4", "ended")):
        assert steps(document, record) == dict.fromkeys(NAMES, decision), record
    assert (document["counts"]["rows"], document["counts"]["decisions"]) == (4, 16)


def test_a_visit_that_moves_gets_its_reminders_again_where_the_recipe_re_arms(tmp_path: Path) -> None:
    office = office_with(tmp_path, visit(), top="rearm = true")
    assert steps(office.run("visits", "2026-11-24T14:00", "--send"))["day-before"] == "sent"
    office.sheet("jobs", HEADINGS, [visit("12/02/2026 1:00 PM")])
    assert steps(office.run("visits", "2026-11-25T14:00", "--send"))["day-before"] == "wait"
    assert steps(office.run("visits", "2026-12-01T14:00", "--send"))["day-before"] == "sent"


def test_a_visit_that_moves_gets_no_second_reminder_where_it_does_not(tmp_path: Path) -> None:
    office = office_with(tmp_path, visit())
    office.run("visits", "2026-11-24T14:00", "--send")
    office.sheet("jobs", HEADINGS, [visit("12/02/2026 1:00 PM")])
    assert steps(office.run("visits", "2026-12-01T14:00", "--send"))["day-before"] == "done"


def test_on_the_night_the_clocks_change_a_day_before_is_the_same_time_of_day(tmp_path: Path) -> None:
    document = office_with(tmp_path, visit("11/01/2026 1:00 PM")).rehearse("visits", "2026-10-20T10:00")
    due = {one["step"]: one["due"] for one in document["decisions"]}
    assert (due["day-before"], due["two-hours"]) == ("2026-10-31T13:00:00-05:00", "2026-11-01T11:00:00-06:00")
    assert due["thanks"] == "2026-11-02T13:00:00-06:00"


def test_a_follow_up_trail_keeps_the_daily_cap(tmp_path: Path) -> None:
    document = office_with(tmp_path, visit(), kind="follow-up").rehearse("visits", "2026-11-25T12:00")
    assert sorted(steps(document).values()) == ["act", "hold", "hold", "wait"]
