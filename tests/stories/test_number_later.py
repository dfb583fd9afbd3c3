"""A booking that had no number gets one, or a typing mistake in it is mended: it is the same booking, and nobody hears twice."""

from pathlib import Path
from typing import Any

from tests.stories.bookings import CREW, HEADINGS, booking, decided, done_now, office_with
from tests.stories.inside import Office

BOOKED, LATER = "2026-11-20T10:00", "2026-11-23T10:00"
OLD = tuple(booking(number=f"O-{n}", Status="Completed", Completed="03/01/2024", Booked_on="02/01/2024", Scheduled_start="03/01/2024 9:00 AM")
            for n in range(12))  # fmt: skip
SENDS = {"confirmation", "tell-technician", "assign-technician"}


def office_of(folder: Path, *rows: tuple[str, ...], **more: Any) -> Office:
    """An office that has told everybody of these bookings."""
    office = office_with(folder, *rows, *OLD, **more)
    office.run("booking-trail", BOOKED, "--send")
    office.run("booking-trail", "2026-11-20T10:15", "--send")  # whoever is assigned by one run is told by the next
    return office


def with_rows(office: Office, *rows: tuple[str, ...], at: str = LATER, send: bool = True) -> Any:
    office.sheet("jobs", HEADINGS, [*rows, *OLD])
    ran = office.do("run", "booking-trail", *(["--send"] if send else []), "--format", "json", now=at)
    assert ran.code == 0, ran.err
    return ran.json


def about_rows(document: Any) -> list[Any]:
    return [one for one in document["decisions"] if one["step"] is None]


def test_the_steps_go_on_under_the_new_number(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number=""))
    outbox = len(office.outbox())
    rehearsed = decided(with_rows(office, booking(number="B-11"), send=False), "B-11")
    document = with_rows(office, booking(number="B-11"))
    assert decided(document, "B-11") == rehearsed
    assert {rehearsed[step] for step in ("confirmation", "tell-technician", "contact-record")} == {"done"}
    assert not done_now(document, "B-11") and not about_rows(document) and len(office.outbox()) == outbox
    later = with_rows(office, booking(number="B-11"), at="2026-11-30T13:00")
    assert done_now(later, "B-11") == {"reminder-48-hours"} and decided(later, "B-11")["confirmation"] == "done"
    assert not done_now(with_rows(office, booking(number="B-11"), at="2026-11-30T13:15"), "B-11")


def test_who_was_assigned_still_goes_and_a_move_is_still_news(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number="", Technician=""))
    document = with_rows(office, booking(number="B-11", Technician=""))
    assert not done_now(document, "B-11")
    moved = with_rows(office, booking(number="B-11", Technician="", Scheduled_start="12/09/2026 9:00 AM"), at="2026-11-23T10:15")
    assert {"moved", "technician-moved"} <= done_now(moved, "B-11") and not done_now(moved, "B-11") & SENDS
    assert CREW[0][1].replace("-", "") in str([one["to"] for one in moved["decisions"] if one["step"] == "technician-moved"])


def test_a_number_and_a_new_time_at_once_are_one_move(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number=""))
    moved = with_rows(office, booking(number="B-11", Scheduled_start="12/09/2026 9:00 AM"))
    assert {"moved", "technician-moved"} <= done_now(moved, "B-11") and not done_now(moved, "B-11") & SENDS and not about_rows(moved)


def test_what_a_person_refused_stays_refused(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number=""), mode="approve")
    [item] = [item for item in office.queue() if item["step"] == "confirmation"]
    office.do("review", "dismiss", str(item["id"]), "--because", "I called", now=BOOKED)
    document = with_rows(office, booking(number="B-11"))
    assert decided(document, "B-11")["confirmation"] == "done" and decided(document, "B-11")["tell-technician"] == "review"


def test_the_address_of_the_customers_list_is_part_of_who_it_was(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(number="", Address="", Technician=""), *OLD)
    office.sheet("customers", ("Customer", "Phone", "Address"), [("Ann Li", "312-555-0142", "12 Main St, Chicago, IL 60618")])
    office.run("booking-trail", BOOKED, "--send")
    office.run("booking-trail", "2026-11-20T10:15", "--send")
    assert not done_now(with_rows(office, booking(number="B-11", Address="", Technician="")), "B-11")


def test_without_a_day_of_booking_it_is_the_start_that_tells(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number="", Booked_on=""))
    assert not done_now(with_rows(office, booking(number="B-11", Booked_on="")), "B-11") & SENDS


def test_the_same_job_of_another_day_is_asked_about(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number=""))
    document = with_rows(office, booking(number="B-11", Booked_on="11/23/2026", Scheduled_start="12/09/2026 9:00 AM"))
    assert decided(document, "B-11")["confirmation"] == "review"
    [gone] = about_rows(document)
    assert gone["reason"].startswith(
        "A booking without a number is gone from your jobs sheet; Ann Li was told to expect you Wed, Dec 2 at 1:00 PM"
    )
    assert "B-11 of the same customer is new: is it this booking under another number, moved to Wed, Dec 9 at 9:00 AM?" in gone["reason"]


def test_of_two_rows_that_may_be_it_neither_is_taken_for_it(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number=""))
    document = with_rows(office, booking(number="B-11"), booking(number="B-12"))
    assert {decided(document, number)["confirmation"] for number in ("B-11", "B-12")} == {"review"}
    assert len(about_rows(document)) == 1


def test_a_row_that_still_has_no_number_keeps_its_own_past(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number=""))
    document = with_rows(office, booking(number=""), booking(number="B-11", Customer="Bob Ray", Phone="312-555-0143", Email=""))
    assert decided(document, "B-11")["confirmation"] == "sent" and not about_rows(document)


def test_a_typing_mistake_that_is_mended_is_put_before_a_person(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(number="", Job_title="Furnace tuneup"))
    document = with_rows(office, booking(number=""))
    [gone] = about_rows(document)
    assert "row 2 of the same customer and start is new: is it this booking under another number?" in gone["reason"]
    mended = {one["step"]: one["decision"] for one in document["decisions"] if one["record"] != gone["record"]}
    assert (mended["confirmation"], mended["tell-technician"]) == ("review", "review")
