"""Short stories that the machine found: somebody believes in what no longer holds."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.stories.bookings import HEADINGS, booking
from tests.stories.trail_desk import OWNER, Booking, TrailDesk

OCTOBER = datetime(2026, 10, 20, 9)
VISIT = datetime(2026, 11, 7, 8, 30)
LATER = datetime(2026, 11, 28, 13)


def desk_with(folder: Path, technician: str = "Tom Vale", booked: str = "10/20/2026", crew: int = 3) -> TrailDesk:
    desk = TrailDesk(folder, OCTOBER, [Booking("J-1", 0, VISIT, technician, more={"Booked_on": booked})], crew)
    desk.run()
    return desk


def next_day(desk: TrailDesk) -> None:
    desk.pass_time(timedelta(days=1))
    desk.run()


def run_at(desk: TrailDesk, moment: datetime) -> None:
    desk.now = moment
    desk.run()


def steps_left(desk: TrailDesk) -> list[tuple[str, str]]:
    return [(one.step, one.to) for one in desk.left]


def test_a_technician_who_is_assigned_days_after_the_booking_is_told(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, technician="", booked="10/10/2026")
    next_day(desk)
    assert "tell-technician" in dict(steps_left(desk))


def test_a_start_that_is_set_days_after_the_booking_is_confirmed(tmp_path: Path) -> None:
    desk = TrailDesk(tmp_path, OCTOBER, [Booking("J-1", 0, None, "Tom Vale", more={"Booked_on": "10/20/2026"})], 3)
    for _ in range(4):
        next_day(desk)
    desk.bookings[0].start = VISIT
    next_day(desk)
    assert "confirmation" in dict(steps_left(desk))


@pytest.mark.parametrize("status", ["Cancelled", "No-show"])
def test_a_booking_that_is_called_off_and_loses_its_start_is_still_decided(tmp_path: Path, status: str) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].status, desk.bookings[0].start = status, None
    next_day(desk)


@pytest.mark.parametrize("status", ["In progress", "Completed"])
def test_a_booking_that_moves_while_its_status_is_another_one_is_news_when_it_is_open_again(tmp_path: Path, status: str) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].status, desk.bookings[0].start = status, LATER
    next_day(desk)
    desk.bookings[0].status = "Scheduled"
    next_day(desk)


def test_a_technician_who_was_taken_off_and_goes_after_all_is_told(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].technician, desk.bookings[0].more["Address"] = "Bo Lund", ""
    next_day(desk)
    desk.bookings[0].technician = "Tom Vale"
    next_day(desk)


def test_a_technician_who_never_heard_of_a_booking_does_not_hear_that_it_is_off(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].technician, desk.bookings[0].status = "Di Fox", "Cancelled"
    next_day(desk)


def test_off_and_on_and_off_again_is_told_each_time(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    for status in ("Cancelled", "Scheduled", "Cancelled", "Scheduled"):
        desk.bookings[0].status = status
        next_day(desk)
    to_customer = [step for step, to in steps_left(desk) if to == "+13125550142"]
    assert to_customer == ["confirmation", "called-off", "on-again", "called-off", "on-again"]


def test_a_booking_that_is_on_again_on_another_day_is_told_once(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].status = "Cancelled"
    next_day(desk)
    desk.bookings[0].status, desk.bookings[0].start = "Scheduled", LATER
    next_day(desk)
    desk.pass_time(timedelta(minutes=15))
    desk.run()
    assert [step for step, to in steps_left(desk) if to == "+13125550142"] == ["confirmation", "called-off", "on-again"]
    assert [step for step, to in steps_left(desk) if to == "+13125550171"] == [
        "tell-technician",
        "technician-called-off",
        "technician-on-again",
    ]


def test_a_booking_that_is_moved_and_given_to_somebody_else_is_told_once_to_each(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].technician, desk.bookings[0].start = "Di Fox", datetime(2026, 11, 12, 13)
    next_day(desk)
    desk.pass_time(timedelta(minutes=15))
    desk.run()
    assert [step for step, to in steps_left(desk) if to == "+13125550173"] == ["technician-put-on"]
    assert [step for step, to in steps_left(desk) if to == "+13125550171"] == ["tell-technician", "technician-taken-off"]


def test_two_technicians_who_must_both_be_taken_off_are_put_before_a_person(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.crew[0][1] = ""  # nobody can reach Tom any more
    desk.bookings[0].technician = "Bo Lund"
    next_day(desk)
    desk.bookings[0].technician = "Di Fox"
    next_day(desk)
    [off] = [one for one in desk.document["decisions"] if one["step"] == "technician-taken-off"]
    assert (off["decision"], "Tom Vale and Bo Lund" in off["reason"]) == ("review", True)


def test_a_visit_that_is_booked_shortly_before_is_confirmed_and_not_reminded_of_at_once(tmp_path: Path) -> None:
    desk = TrailDesk(tmp_path, OCTOBER, [Booking("J-1", 0, datetime(2026, 10, 22, 8, 30), "Tom Vale", more={"Booked_on": "10/20/2026"})], 3)
    desk.run()
    desk.until_something_is_due()
    desk.run()
    to_customer = [step for step, to in steps_left(desk) if to == "+13125550142"]
    assert to_customer == ["confirmation"]


def alerts(desk: TrailDesk) -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in desk.office.outbox())
    return [text.split("\n\n")[1].strip() for text in texts if OWNER in text]


def test_a_visit_that_moves_before_anybody_may_text_is_one_to_call_about(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].start = datetime(2026, 10, 21, 8, 30)
    run_at(desk, datetime(2026, 10, 20, 10))
    desk.bookings[0].start = datetime(2026, 10, 21, 15)
    run_at(desk, datetime(2026, 10, 21, 7))
    run_at(desk, datetime(2026, 10, 21, 7, 15))
    assert alerts(desk) == [
        "URGENT: the start was today at 8:30 AM and is today at 3:00 PM; they expect us today at 8:30 AM: call them (J-1, Ann Li, (312) 555-0142)."
    ]
    run_at(desk, datetime(2026, 10, 21, 9))
    assert desk.left[-1].step == "moved"


def test_the_owner_hears_of_a_booking_that_left_the_sheet_shortly_before_its_visit(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].on_sheet = False
    run_at(desk, datetime(2026, 11, 5, 7))
    assert alerts(desk) == []
    run_at(desk, datetime(2026, 11, 5, 9))
    run_at(desk, datetime(2026, 11, 5, 9, 15))
    [said] = alerts(desk)
    assert said.startswith("URGENT: J-1 is gone from your jobs sheet; Ann Li was told to expect you Sat, Nov 7 at 8:30 AM")


@pytest.mark.parametrize("status", ["Cancelld", "", "On hold"])
def test_a_status_that_says_nothing_of_the_visit_that_people_were_told_of_is_a_person_s(tmp_path: Path, status: str) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].status = status
    next_day(desk)
    asked = [
        one for one in desk.document["decisions"] if one["record"] == "J-1" and (one["decision"] == "review" or one["outcome"] == "queued")
    ]
    assert [one["owner"] for one in asked] == ["office"]


def test_a_number_that_is_given_twice_after_people_were_told_is_asked_about(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.office.sheet("jobs", HEADINGS, [*desk._rows(), booking(number="J-1", Customer="Bob Ray", Phone="312-555-0143")])
    document = desk.office.run("booking-trail", "2026-10-21T09:00", "--send")
    asked = [one["reason"] for one in document["decisions"] if one["record"] == "J-1" and one["decision"] == "review"]
    assert len(asked) == 2 and all("J-1" in reason for reason in asked)


def test_a_start_that_is_taken_out_again_is_asked_about_each_time(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    for start in (None, LATER, None):
        desk.bookings[0].start = start
        next_day(desk)
    done = [one["step"] for one in desk.document["decisions"] if one["record"] == "J-1" and one["outcome"] == "queued"]
    assert {"start-gone", "settle-again"} <= set(done)


def test_a_visit_that_cannot_be_kept_within_hours_is_urgent(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.crew[0][5] = "Nov 7"
    run_at(desk, datetime(2026, 11, 7, 7))
    assert any(said.startswith("URGENT: ") and "Tom Vale is off" in said for said in alerts(desk))


def test_a_booking_that_a_person_has_skipped_asks_nothing_more(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    assert desk.office.do("skip", "booking-trail", "J-1", "--because", "seen to", now="2026-10-20T12:00").code == 0
    desk.bookings[0].status = "Cancelld"
    desk.write_sheets()
    document = desk.office.run("booking-trail", "2026-10-21T09:00", "--send")
    assert not [one for one in document["decisions"] if one["record"] == "J-1" and one["decision"] in {"review", "act"}]
