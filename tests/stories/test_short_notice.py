"""Bookings that are made, moved or given to somebody else shortly before their visit; and early visits."""

from pathlib import Path

from tests.stories.bookings import HEADINGS, booking, decided, done_now, office_with, one

SOON = {"Booked_on": "11/23/2026", "Scheduled_start": "11/25/2026 1:00 PM"}


def test_who_books_within_two_days_gets_the_confirmation_alone(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(**SOON))
    assert "confirmation" in done_now(office.run("booking-trail", "2026-11-23T13:30", "--send"))
    for at in ("2026-11-23T14:00", "2026-11-24T09:00", "2026-11-25T00:30"):
        assert "reminder-48-hours" not in done_now(office.run("booking-trail", at, "--send"))
    assert "day-of" in done_now(office.run("booking-trail", "2026-11-25T11:00", "--send"))


def test_also_where_the_confirmation_waits_for_a_person(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(**{**SOON, "Booked_on": "11/22/2026"}), mode="approve")
    document = office.run("booking-trail", "2026-11-23T13:30", "--send")
    assert (decided(document)["confirmation"], decided(document)["reminder-48-hours"]) == ("review", "wait")
    assert decided(office.run("booking-trail", "2026-11-23T16:00", "--send"))["reminder-48-hours"] == "wait"


def test_who_hears_within_two_days_that_it_has_moved_gets_no_reminder_of_that(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", "2026-11-20T10:00", "--send")
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="11/25/2026 11:00 AM")])
    document = office.run("booking-trail", "2026-11-23T11:30", "--send")
    assert "moved" in done_now(document) and decided(document)["reminder-48-hours"] == "wait"
    assert "reminder-48-hours" not in done_now(office.run("booking-trail", "2026-11-23T12:00", "--send"))
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/09/2026 11:00 AM")])
    assert "moved" in done_now(office.run("booking-trail", "2026-11-24T12:00", "--send"))
    assert "reminder-48-hours" in done_now(office.run("booking-trail", "2026-12-07T11:00", "--send"))


def test_a_booking_that_was_made_in_good_time_is_reminded_of(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Booked_on="11/22/2026", Scheduled_start="11/26/2026 1:00 PM"))
    office.run("booking-trail", "2026-11-23T10:00", "--send")
    assert "reminder-48-hours" in done_now(office.run("booking-trail", "2026-11-24T13:00", "--send"))


def left_on(folder: Path, start: str, *moments: str) -> list[str]:
    """At which of these moments the reminder of the day leaves."""
    office = office_with(folder, booking(Scheduled_start=start))
    return [at for at in ("2026-11-23T10:00", *moments) if "day-of" in done_now(office.run("booking-trail", at, "--send"))]


def test_a_reminder_that_could_leave_only_half_an_hour_before_leaves_on_the_evening_before(tmp_path: Path) -> None:
    evening, early = "2026-12-01T17:00", "2026-12-02T09:00"
    assert left_on(tmp_path / "0", "12/02/2026 9:30 AM", evening, early) == [evening]
    assert left_on(tmp_path / "1", "12/02/2026 8:00 AM", evening, early) == [evening]
    assert left_on(tmp_path / "2", "12/02/2026 10:00 AM", evening, early) == [early]
    assert left_on(tmp_path / "3", "12/02/2026 11:00 AM", evening, early) == [early]


def test_who_is_put_on_in_the_evening_before_or_on_the_day_gets_the_list_to_bring(tmp_path: Path) -> None:
    for at, listed in (("2026-12-01T15:00", False), ("2026-12-01T17:00", True), ("2026-12-02T08:00", True)):
        office = office_with(tmp_path / at[8:13], booking())
        office.run("booking-trail", "2026-11-23T10:00", "--send")
        office.run("booking-trail", "2026-12-01T16:00", "--send") if at > "2026-12-01T16:00" else None
        office.sheet("jobs", HEADINGS, [booking(Technician="Bo Lund")])
        words = one(office.run("booking-trail", at, "--send"), "technician-put-on")["body"]
        assert ("To prepare:" in words and "Steps:" in words) is listed, at


def test_who_hears_on_the_day_that_it_has_moved_gets_the_list_of_that_day(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", "2026-11-23T10:00", "--send")
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/01/2026 4:00 PM")])
    moved = office.run("booking-trail", "2026-12-01T08:00", "--send")
    assert "To prepare:" in one(moved, "technician-moved")["body"]
