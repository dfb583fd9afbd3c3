"""Short stories that the machine found: somebody believes in what no longer holds."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.stories.trail_desk import Booking, TrailDesk

OCTOBER = datetime(2026, 10, 20, 9)
VISIT = datetime(2026, 11, 7, 8, 30)
LATER = datetime(2026, 11, 28, 13)


def desk_with(folder: Path, technician: str = "Tom Vale", booked: str = "10/20/2026", crew: int = 3) -> TrailDesk:
    desk = TrailDesk(folder, OCTOBER, [Booking("J-1", 0, VISIT, technician, more={"Booked_on": booked})], crew, known_faults=False)
    desk.run()
    return desk


def next_day(desk: TrailDesk) -> None:
    desk.pass_time(timedelta(days=1))
    desk.run()


def steps_left(desk: TrailDesk) -> list[tuple[str, str]]:
    return [(one.step, one.to) for one in desk.left]


def test_a_technician_who_is_assigned_days_after_the_booking_is_told(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, technician="", booked="10/10/2026")
    next_day(desk)
    assert "tell-technician" in dict(steps_left(desk))


def test_a_start_that_is_set_days_after_the_booking_is_confirmed(tmp_path: Path) -> None:
    desk = TrailDesk(tmp_path, OCTOBER, [Booking("J-1", 0, None, "Tom Vale", more={"Booked_on": "10/20/2026"})], 3, known_faults=False)
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


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="taken-off and put-on do not know of each other")
def test_a_technician_who_was_taken_off_and_goes_after_all_is_told(tmp_path: Path) -> None:
    desk = desk_with(tmp_path)
    desk.bookings[0].technician, desk.bookings[0].more["Address"] = "Bo Lund", ""
    next_day(desk)
    desk.bookings[0].technician = "Tom Vale"
    next_day(desk)


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="called off is told to whoever the sheet names now")
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
