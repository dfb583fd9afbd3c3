"""A booking that is called off: who hears of it, what the office takes back, what its calendar and the ledger say."""

from pathlib import Path

import pytest

from contractor_ops.office import open_office
from tests.offices import CONFIG
from tests.stories.bookings import HEADINGS, booking, decided, done_now, office_with, one
from tests.stories.inside import Office

BOOKED, LATER, AFTER_ITS_DAY = "2026-11-20T10:00", "2026-11-23T10:00", "2026-12-13T10:00"
INSTALL = {"Job_type": "Furnace install", "Job_title": "Furnace 80k", "Total": "5800"}
ASKS = f'{CONFIG}\n[job_types."Furnace install"]\npermit = "City of Chicago"\ndeposit = "30%"\n'


def stage(office: Office) -> str:
    """What the ledger's own record says of J-1."""
    opened = open_office(office.folder)
    try:
        return opened.ledger.own_values("bookings")["J-1"]["stage"].value
    finally:
        opened.close()


def entry(office: Office) -> str:
    return (office.folder / "calendar" / "job-J-1.ics").read_text(encoding="utf-8")


@pytest.mark.parametrize("status", ["Cancelled", "No-show"])
def test_its_calendar_entry_and_the_ledgers_record_follow_off_and_on_again(tmp_path: Path, status: str) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    assert (stage(office), "STATUS:CONFIRMED" in entry(office)) == ("Booked", True)
    office.sheet("jobs", HEADINGS, [booking(Status=status)])
    assert {"calendar-moved", "record-changed"} <= done_now(office.run("booking-trail", LATER, "--send"))
    assert (stage(office), "STATUS:CANCELLED" in entry(office), "METHOD:CANCEL" in entry(office)) == ("Cancelled", True, True)
    assert done_now(office.run("booking-trail", "2026-11-23T10:15", "--send")) == set()
    office.sheet("jobs", HEADINGS, [booking()])
    assert {"calendar-moved", "record-changed"} <= done_now(office.run("booking-trail", "2026-11-23T11:00", "--send"))
    assert (stage(office), "STATUS:CONFIRMED" in entry(office), "METHOD:REQUEST" in entry(office)) == ("Booked", True, True)


def test_one_task_names_what_was_begun_for_it(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(**INSTALL), config=ASKS)
    assert {"permit", "deposit"} <= done_now(office.run("booking-trail", BOOKED, "--send"))
    office.sheet("jobs", HEADINGS, [booking(**INSTALL, Status="Cancelled")])
    document = office.run("booking-trail", LATER, "--send")
    assert one(document, "take-back")["body"] == (
        "Job J-1 (Ann Li) is cancelled: take back what was begun for it: permit (City of Chicago), deposit of $1,740.00."
    )
    assert "take-back" not in done_now(office.run("booking-trail", "2026-11-24T10:00", "--send"))


def test_material_that_was_to_be_ordered_is_taken_back_too(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.sheet("materials", ("Job type", "Item", "Quantity"), [("Tune-up", "Filter", "1")])
    office.sheet("inventory", ("Item", "On hand"), [("Filter", "0")])
    assert "Filter" in one(office.run("booking-trail", BOOKED, "--send"), "check-materials")["body"]
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    assert one(office.run("booking-trail", LATER, "--send"), "take-back")["body"].endswith("material that was to be ordered.")


@pytest.mark.parametrize(
    "row", [{}, {**INSTALL, "Status": "Cancelled"}], ids=["nothing was begun for it", "off before the trail knew it"]
)  # fmt: skip
def test_where_nothing_was_begun_nothing_is_taken_back(tmp_path: Path, row: dict[str, str]) -> None:
    office = office_with(tmp_path, booking(**row), config=ASKS)
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(**{**row, "Status": "Cancelled"})])
    assert "take-back" not in done_now(office.run("booking-trail", LATER, "--send"))


def test_a_missed_visit_takes_nothing_back(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(**INSTALL), config=ASKS)
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(**INSTALL, Status="No-show")])
    assert decided(office.run("booking-trail", AFTER_ITS_DAY, "--send"))["take-back"] == "ended"


def test_weeks_after_its_day_nobody_is_told_and_nobody_is_asked(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    left = len(office.outbox())
    document = office.run("booking-trail", AFTER_ITS_DAY, "--send")
    assert (decided(document)["called-off"], decided(document)["technician-called-off"]) == ("wait", "wait")
    assert (len(office.outbox()), office.queue()) == (left, [])


def test_on_the_very_day_both_are_told(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    assert {"called-off", "technician-called-off"} <= done_now(office.run("booking-trail", "2026-12-02T15:00", "--send"))


def test_a_booking_that_was_called_off_and_whose_day_passes_is_told_once(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    office.run("booking-trail", LATER, "--send")
    assert done_now(office.run("booking-trail", AFTER_ITS_DAY, "--send")) == set()
