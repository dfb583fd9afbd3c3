"""Tasks of a booking that was off for a while and is on again: what left the list comes back, and what was to be taken back leaves."""

from pathlib import Path

from tests.stories.bookings import HEADINGS, booking, office_with
from tests.stories.inside import Office

FURNACE = {"Job_title": "New furnace", "Job_type": "Furnace install", "Total": "6200"}


def on_the_list(office: Office, now: str) -> set[str]:
    return {str(one["step"]) for one in office.queue(now=now)}


def run(office: Office, now: str, **cells: str) -> set[str]:
    office.sheet("jobs", HEADINGS, [booking(**FURNACE, **cells)])
    office.run("booking-trail", now, "--send")
    return on_the_list(office, now)


def test_what_a_cancelled_booking_asked_for_is_asked_for_again_when_it_is_on_again(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(**FURNACE))
    assert "permit" in run(office, "2026-11-20T10:00")
    off = run(office, "2026-11-20T11:00", Status="Cancelled")
    assert "take-back" in off and "permit" not in off
    on = run(office, "2026-11-20T12:00")
    assert "permit" in on and "take-back" not in on
    assert on == run(office, "2026-11-20T13:00")
    assert "take-back" in run(office, "2026-11-20T14:00", Status="Cancelled")


def test_a_task_that_a_person_has_done_is_not_asked_for_again(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(**FURNACE))
    run(office, "2026-11-20T10:00")
    [permit] = [str(one["id"]) for one in office.queue(now="2026-11-20T10:00") if one["step"] == "permit"]
    assert office.do("review", "done", permit, now="2026-11-20T10:05").code == 0
    run(office, "2026-11-20T11:00", Status="Cancelled")
    assert "permit" not in run(office, "2026-11-20T12:00")
