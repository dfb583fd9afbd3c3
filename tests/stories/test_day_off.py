"""A technician suddenly cannot come: the office is told of all visits at once, and customers hear nothing before a person has decided."""

from pathlib import Path

import pytest

from tests.stories.bookings import CREW, HEADINGS, TECHNICIANS, booking, done_now, office_with, one
from tests.stories.inside import Office

MORNING = {"Scheduled_start": "11/24/2026 9:00 AM", "Booked_on": "11/20/2026"}
ROWS = [
    booking(number="J-1", **MORNING),
    booking(number="J-2", Customer="Bob Ray", Phone="312-555-0143", Email="", Scheduled_start="11/24/2026 1:00 PM"),
]
ILL = [(*CREW[0][:5], "Sat, Sun, 11/24/2026"), CREW[1]]
OWNER = "0101"
CUSTOMERS = ("0142", "0143", "ann@")


def told(office: Office) -> set[str]:
    """Every message but what the owner is told of something urgent."""
    return {path.name for path in office.outbox() if OWNER not in path.name}


def to_customers(files: set[str]) -> set[str]:
    return {name for name in files if any(one in name for one in CUSTOMERS)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Both customers know when, Tom knows both visits, and both recipes have looked once."""
    found = office_with(tmp_path, *ROWS)
    for recipe in ("booking-trail", "dispatch-alerts"):
        found.run(recipe, "2026-11-23T15:00", "--send")
    found.run("booking-trail", "2026-11-23T19:30", "--send")
    return found


def test_the_office_hears_of_all_visits_at_once_and_who_could_go(office: Office) -> None:
    before = told(office)
    office.sheet("technicians", TECHNICIANS, ILL)
    document = office.run("dispatch-alerts", "2026-11-24T07:10", "--send")
    assert one(document, "technician-unavailable", "Tom Vale/2026-11-24")["body"] == (
        "Tom Vale is off on Tue, Nov 24. Somebody else must go to job J-1 (Ann Li) at 9:00 AM and job J-2 (Bob Ray) at 1:00 PM, "
        "or the customers must be called. Bo Lund could go to J-1 and J-2."
    )
    assert len(told(office) - before) == 1
    assert done_now(office.run("dispatch-alerts", "2026-11-24T07:20", "--send"), "Tom Vale/2026-11-24") == set()


def test_neither_customers_nor_technicians_are_told_that_somebody_is_ill(office: Office) -> None:
    before = told(office)
    office.sheet("technicians", TECHNICIANS, ILL)
    trail = office.run("booking-trail", "2026-11-24T07:15", "--send")
    assert told(office) == before
    assert "Tom Vale is off on Tue, Nov 24" in one(trail, "settle-first")["body"]


def test_whoever_is_put_on_and_whoever_was_taken_off_are_told_and_the_customer_is_not(office: Office) -> None:
    office.sheet("technicians", TECHNICIANS, ILL).run("booking-trail", "2026-11-24T07:15", "--send")
    before = told(office)
    office.sheet("jobs", HEADINGS, [booking(number="J-1", Technician="Bo Lund", **MORNING), ROWS[1]])
    trail = office.run("booking-trail", "2026-11-24T07:30", "--send")
    assert {"technician-taken-off", "technician-put-on"} <= done_now(trail)
    assert to_customers(told(office) - before) == set()


def test_a_visit_that_nobody_else_can_go_to_is_named_apart(tmp_path: Path) -> None:
    rows = [ROWS[0], booking(number="J-2", Job_title="AC tune-up", Scheduled_start="11/24/2026 1:00 PM")]
    office = office_with(tmp_path, *rows)
    office.run("dispatch-alerts", "2026-11-23T15:00", "--send")
    office.sheet("technicians", TECHNICIANS, ILL)
    body = one(office.run("dispatch-alerts", "2026-11-24T07:10", "--send"), "technician-unavailable", "Tom Vale/2026-11-24")["body"]
    assert body.endswith("Bo Lund could go to J-1. Nobody else fits J-2.")


def test_whoever_a_customer_asked_for_is_told_apart_from_their_own_visits(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician="Bo Lund", **MORNING))
    office.sheet("customers", ("Customer name", "Phone", "Preferred technician"), [("Ann Li", "312-555-0142", "Tom Vale")])
    office.run("dispatch-alerts", "2026-11-23T15:00", "--send")
    office.sheet("technicians", TECHNICIANS, ILL)
    document = office.run("dispatch-alerts", "2026-11-24T07:10", "--send")
    assert one(document, "technician-unavailable", "Tom Vale/2026-11-24")["body"] == (
        "Tom Vale is off on Tue, Nov 24. The customer asked for them, but others go: job J-1 (Ann Li) at 9:00 AM."
    )
