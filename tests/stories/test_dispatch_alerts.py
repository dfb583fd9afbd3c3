"""Dispatch alerts: what changed between two runs is told once in the office, and what was so before is not."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG
from tests.stories.bookings import CREW, TECHNICIANS, done_now, one
from tests.stories.inside import Office

HEADINGS = ("Job #", "Customer", "Phone", "Address", "Job title", "Status", "Technician", "Scheduled start", "Completed", "Total",
            "Parts used", "Access notes", "Notes")  # fmt: skip
BOOKED = {
    "Job #": "J-1", "Customer": "Ann Li", "Phone": "312-555-0142", "Address": "12 Main St, Chicago, IL 60618", "Job title": "Furnace tune-up",
    "Status": "Scheduled", "Technician": "Tom Vale", "Scheduled start": "11/24/2026 9:00 AM", "Total": "189", "Access notes": "Gate 4711#",
}  # fmt: skip
PEOPLE = CONFIG.replace('email = "dana@northside.example"', 'email = "dana@northside.example", phone = "+13125550102"')
FIRST, SECOND, THIRD = "2026-11-23T10:00", "2026-11-23T10:10", "2026-11-23T10:20"


def job(**cells: str) -> tuple[str, ...]:
    said = {heading.replace("_", " "): cell for heading, cell in cells.items()}
    if "number" in said:
        said["Job #"] = said.pop("number")
    assert said.keys() <= set(HEADINGS), said
    return tuple({**BOOKED, **said}.get(heading, "") for heading in HEADINGS)


def office_with(folder: Path, *rows: Sequence[str]) -> Office:
    """An office that has been looked at once, with these jobs."""
    office = Office(folder, PEOPLE).sheet("technicians", TECHNICIANS, CREW).sheet("jobs", HEADINGS, rows)
    first = office.run("dispatch-alerts", FIRST, "--send")
    assert [decision for decision in first["decisions"] if decision["decision"] in {"act", "review", "broken"}] == []
    assert office.outbox() == []
    return office


def later(office: Office, *rows: Sequence[str], at: str = SECOND) -> Any:
    return office.sheet("jobs", HEADINGS, rows).run("dispatch-alerts", at, "--send")


CHANGES = [
    ("start-moved", {"Scheduled_start": "11/26/2026 1:00 PM"}, "Job J-1 (Ann Li) moved from Tue, Nov 24 at 9:00 AM to Thu, Nov 26 at 1:00 PM. Tom Vale goes. "
     "Mind: Thu, Nov 26 is a holiday (Thanksgiving Day). Call the customer at (312) 555-0142 if they have not heard."),
    ("moved-away", {"Scheduled_start": "12/21/2026 1:00 PM"}, "Job J-1 (Ann Li) was on Tue, Nov 24 at 9:00 AM and is now on Mon, Dec 21 at 1:00 PM."),
    ("moved-away", {"Status": "On hold"}, "Job J-1 (Ann Li) was on Tue, Nov 24 at 9:00 AM and is on hold. If Tom Vale was told of it, tell them. Call the customer"),
    ("moved-away", {"Scheduled_start": ""}, "has no day any more. If Tom Vale was told of it, tell them. Call the customer"),
    ("technician-changed", {"Technician": "Bo Lund"}, "Bo Lund goes to job J-1 (Ann Li) on Tue, Nov 24 at 9:00 AM, not Tom Vale."),
    ("technician-changed", {"Technician": "Tom Vail"}, 'Another name stands at job J-1 (Ann Li) on Tue, Nov 24 at 9:00 AM; it was Tom Vale. '
     '"Tom Vail" is not in the technicians table; did you mean Tom Vale? Write the name as it stands there, or add a row.'),
    ("technician-changed", {"Technician": "Bo Lun"}, 'not Tom Vale. Mind: "Bo Lun" is taken for Bo Lund. Call the customer'),
    ("start-moved", {"Scheduled_start": "11/24/2026 1:00 PM", "Technician": "Tom Val"}, 'Tom Vale goes. Mind: "Tom Val" is taken for Tom Vale.'),
    ("visit-closed", {"Status": "Completed", "Completed": "12/21/2026"}, "is closed, on Mon, Dec 21, which is still to come; correct that day."),
    ("technician-taken-off", {"Technician": ""}, "Nobody goes to job J-1 (Ann Li) on Tue, Nov 24 at 9:00 AM any more; it was Tom Vale. Assign somebody."),
    ("order-changed", {"Parts_used": "blower motor"}, "is now: Furnace tune-up, parts: blower motor, total $189.00. It was: Furnace tune-up, total $189.00."),
    ("order-changed", {"Total": "489"}, "is now: Furnace tune-up, total $489.00."),
    ("visit-closed", {"Status": "Completed", "Completed": "11/23/2026"}, "Job J-1 (Ann Li) is closed, on Mon, Nov 23. Tom Vale is free for the next one."),
    ("visit-closed", {"Status": "Completed"}, "Job J-1 (Ann Li) is closed, and the sheet does not say on which day; write it in."),
    ("start-moved", {"Scheduled_start": "11/28/2026 1:00 PM"}, "Mind: Tom Vale is off on Sat, Nov 28 and stands at job J-1 (Ann Li). Nobody else fits: "
     "Bo Lund is off on Sat, Nov 28. The office is closed on Sat, Nov 28. Call the customer"),
    ("called-off", {"Status": "Cancelled"}, "Job J-1 (Ann Li) on Tue, Nov 24 at 9:00 AM is off: it was cancelled. See that Tom Vale knows and does not go."),
    ("called-off", {"Status": "No show"}, "is off: the customer was not there."),
]  # fmt: skip


@pytest.mark.parametrize(("step", "cells", "words"), CHANGES)
def test_each_change_is_told_once_and_by_e_mail(tmp_path: Path, step: str, cells: dict[str, str], words: str) -> None:
    office = office_with(tmp_path, job())
    document = later(office, job(**cells))
    assert done_now(document) == {step}
    assert words in one(document, step)["body"]
    assert one(document, step)["to"] == "dana@northside.example"
    assert done_now(office.run("dispatch-alerts", THIRD, "--send")) == set()
    assert len(office.outbox()) == 1


def test_a_danger_is_texted_to_the_office_and_to_the_owner_without_any_code(tmp_path: Path) -> None:
    office = office_with(tmp_path, job(Notes="Gate code 4711#. All fine."))
    document = later(office, job(Notes="Gate code 4711#. Smell of gas at the stove."))
    assert done_now(document) == {"hazard-logged", "hazard-to-owner"}
    assert {one(document, step)["to"] for step in ("hazard-logged", "hazard-to-owner")} == {"+13125550102", "+13125550101"}
    body = one(document, "hazard-logged")["body"]
    assert "Smell of gas" in body
    assert "Call Tom Vale now" in body
    assert "4711" not in "".join(path.read_text(encoding="utf-8") for path in office.outbox())


def test_a_danger_in_the_note_of_a_visit_that_is_closed_with_it_is_told_beside_it(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    document = later(office, job(Status="Completed", Completed="11/23/2026", Notes="CO alarm went off, shut down the furnace."))
    assert done_now(document) == {"hazard-logged", "hazard-to-owner", "visit-closed"}


def test_an_ill_technician_is_one_text_whatever_the_number_of_visits(tmp_path: Path) -> None:
    rows = [job(number=f"J-{n}", Customer=f"Ann Li {n}", Scheduled_start=f"11/24/2026 {n}:00 PM") for n in range(1, 6)]
    office = office_with(tmp_path, *rows)
    office.sheet("technicians", TECHNICIANS, [(*CREW[0][:5], "Sat, Sun, 11/24/2026"), CREW[1]])
    document = office.run("dispatch-alerts", SECOND, "--send")
    told = one(document, "technician-unavailable", "Tom Vale/2026-11-24")
    assert done_now(document, "Tom Vale/2026-11-24") == {"technician-unavailable"}
    assert told["to"] == "+13125550102"
    assert told["body"].startswith("Tom Vale is off on Tue, Nov 24. Somebody else must go to job J-1 (Ann Li 1) at 1:00 PM, job J-2")
    assert len(office.outbox()) == 1
    office.sheet(
        "jobs", HEADINGS, [job(number="J-1", Customer="Ann Li 1", Scheduled_start="11/24/2026 1:00 PM", Technician="Bo Lund"), *rows[1:]]
    )
    assert done_now(office.run("dispatch-alerts", THIRD, "--send"), "Tom Vale/2026-11-24") == set()


def test_a_technicians_leave_is_texted_for_the_next_days_and_the_rest_is_e_mailed_once(tmp_path: Path) -> None:
    rows = [job(number=f"J-{day}", Customer=f"Ann Li {day}", Scheduled_start=f"11/{day}/2026 9:00 AM") for day in (23, 24, 25, 26, 27, 30)]
    office = office_with(tmp_path, *rows)
    office.sheet("technicians", TECHNICIANS, [(*CREW[0][:5], "Sat, Sun, 11/23/2026 - 11/30/2026"), CREW[1]])
    document = office.run("dispatch-alerts", SECOND, "--send")
    told = [(decision["step"], decision["channel"]) for decision in document["decisions"] if decision["outcome"] == "sent"]
    assert sorted(told) == [("technician-unavailable", "sms")] * 3 + [("technician-unavailable-later", "email")] * 3
    for later_on in ("2026-11-23T10:20", "2026-11-24T10:00", "2026-11-25T10:00", "2026-11-27T10:00"):
        office.run("dispatch-alerts", later_on, "--send")
    assert len(office.outbox()) == 6


def test_who_is_ill_again_after_coming_back_is_told_again(tmp_path: Path) -> None:
    office, ill = office_with(tmp_path, job()), [(*CREW[0][:5], "Sat, Sun, 11/24/2026"), CREW[1]]
    for minute, crew, told in ((10, ill, 1), (20, CREW, 1), (30, ill, 2)):
        office.sheet("technicians", TECHNICIANS, crew).run("dispatch-alerts", f"2026-11-23T10:{minute}", "--send")
        assert len(office.outbox()) == told


def test_changes_that_were_taken_back_before_a_run_that_sends_are_no_news(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    office.sheet("jobs", HEADINGS, [job(Scheduled_start="11/26/2026 1:00 PM")]).run("dispatch-alerts", SECOND)  # a rehearsal
    assert done_now(later(office, job(), at=THIRD)) == set()


def test_a_move_back_is_a_move(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    later(office, job(Scheduled_start="11/26/2026 1:00 PM"))
    assert "moved from Thu, Nov 26 at 1:00 PM to Tue, Nov 24 at 9:00 AM" in one(later(office, job(), at=THIRD), "start-moved")["body"]


def test_who_is_put_on_in_place_of_whoever_was_taken_off_is_told_with_the_name_of_both(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    later(office, job(Technician=""))
    document = later(office, job(Technician="Bo Lund"), at=THIRD)
    assert done_now(document) == {"technician-changed"}
    assert "not Tom Vale" in one(document, "technician-changed")["body"]


@pytest.mark.parametrize(("before", "after"), [
    ({"Technician": ""}, {"Technician": "Tom Vale"}),  # somebody is assigned for the first time
    ({"Scheduled_start": ""}, {}),  # it gets its first day
    ({"Scheduled_start": "12/21/2026 9:00 AM"}, {"Scheduled_start": "12/28/2026 9:00 AM"}),  # both far away
    ({"Scheduled_start": "12/21/2026 9:00 AM"}, {"Scheduled_start": "12/21/2026 9:00 AM", "Status": "Cancelled"}),
    ({"Status": "Completed", "Completed": "11/23/2026"}, {"Status": "Invoiced", "Completed": "11/23/2026"}),
    ({}, {"Status": "In progress"}),
    ({}, {"Access notes": "Side door"}),
    ({"Notes": "Smell of gas."}, {"Notes": "All fine."}),
])  # fmt: skip
def test_what_is_no_news_is_told_to_nobody(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> None:
    office = office_with(tmp_path, job(**before))
    assert done_now(later(office, job(**after))) == set()


def test_a_visit_that_comes_near_by_itself_has_not_moved(tmp_path: Path) -> None:
    office = office_with(tmp_path, job(Scheduled_start="12/21/2026 9:00 AM"))
    assert done_now(office.run("dispatch-alerts", "2026-12-14T10:00", "--send")) == set()


def test_a_visit_that_nobody_closes_has_not_moved_and_is_told_when_it_does(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    for at in ("2026-11-25T10:00", "2026-11-27T10:00", "2026-12-10T10:00"):
        assert done_now(office.run("dispatch-alerts", at, "--send")) == set()
    assert done_now(later(office, job(Scheduled_start="12/11/2026 9:00 AM"), at="2026-12-10T10:10")) == {"start-moved"}


def test_a_far_visit_that_is_pulled_near_has_moved(tmp_path: Path) -> None:
    office = office_with(tmp_path, job(Scheduled_start="12/21/2026 9:00 AM"))
    assert done_now(later(office, job())) == {"start-moved"}


def test_what_is_new_is_told_by_nobody_and_its_next_change_is(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    new = {"number": "J-2", "Customer": "Bob Ray", "Phone": "312-555-0143", "Technician": "Bo Lund"}
    assert done_now(later(office, job(), job(**new)), "J-2") == set()
    assert done_now(later(office, job(), job(**{**new, "Status": "Cancelled"}), at=THIRD), "J-2") == {"called-off"}


def test_several_changes_of_one_visit_are_told_apart(tmp_path: Path) -> None:
    office = office_with(tmp_path, job())
    assert done_now(later(office, job(Scheduled_start="11/26/2026 1:00 PM", Technician="Bo Lund", Total="289"))) == {
        "start-moved", "technician-changed", "order-changed"
    }  # fmt: skip


def test_a_sheet_with_few_columns_is_silent_and_no_mistake(tmp_path: Path) -> None:
    headings = ("Job #", "Customer", "Status", "Scheduled start")
    office = Office(tmp_path, PEOPLE).sheet("jobs", headings, [("J-1", "Ann Li", "Scheduled", "11/24/2026")])
    for at in (FIRST, SECOND):
        assert done_now(office.run("dispatch-alerts", at, "--send")) == set()
    office.sheet("jobs", headings, [("J-1", "Ann Li", "Scheduled", "11/25/2026")])
    moved = office.run("dispatch-alerts", THIRD, "--send")
    assert one(moved, "start-moved")["body"] == (
        "Job J-1 (Ann Li) moved from Tue, Nov 24 to Wed, Nov 25. Nobody is assigned. Call the customer if they have not heard."
    )


def test_what_keeps_a_customer_from_hearing_keeps_nothing_from_the_office(tmp_path: Path) -> None:
    office = office_with(tmp_path, job(Total="0"))
    office.sheet("customers", ("Customer name", "Phone", "Handle by hand", "Do not contact"), [("Ann Li", "312-555-0142", "yes", "yes")])
    assert done_now(later(office, job(Total="0", Notes="Smell of gas."))) == {"hazard-logged", "hazard-to-owner"}
