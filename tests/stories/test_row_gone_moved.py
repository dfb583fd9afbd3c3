"""A booking gets another number and another time in one edit, or its row leaves with tasks still open: what is asked, and what it comes to."""

from pathlib import Path
from typing import Any

from tests.stories.bookings import booking, decided
from tests.stories.inside import Office
from tests.stories.test_row_gone import LATER, OTHER, asked, gone, office_of, with_rows

FRIDAY = "12/04/2026 2:00 PM"
AT_NEW_TIME = booking(number="J-14", Scheduled_start=FRIDAY)


def told(document: Any, number: str = "J-14") -> tuple[str, str]:
    steps = decided(document, number)
    return steps["confirmation"], steps["tell-technician"]


def settle(office: Office, *words: str, now: str = LATER) -> None:
    [item] = asked(office)
    assert office.do("review", words[0], str(item["id"]), "--because", "I called them", now=now).code == 0


def test_another_number_and_another_time_in_one_edit_is_asked_about(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    document = with_rows(office, AT_NEW_TIME, OTHER)
    [one] = gone(document)
    assert one["reason"].endswith(
        "; J-14 of the same customer is new: is it this booking under another number, moved to Fri, Dec 4 at 2:00 PM? If so, tell them that it "
        "is no longer Wed, Dec 2 at 1:00 PM, and dismiss this (contractor-ops review dismiss). If not, tell them yourselves, at (312) 555-0142"
    )
    assert told(document) == ("review", "review")
    assert told(with_rows(office, AT_NEW_TIME, OTHER, at="2026-11-23T10:15")) == ("review", "review")


def test_once_it_is_answered_the_one_that_was_asked_about_still_waits_and_a_later_booking_does_not(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    with_rows(office, AT_NEW_TIME, OTHER)
    settle(office, "dismiss")
    later = booking(number="J-20", Scheduled_start="12/15/2026 2:00 PM", Booked_on="11/24/2026")
    document = with_rows(office, AT_NEW_TIME, later, OTHER, at="2026-11-24T10:00")
    assert told(document) == ("review", "review") and told(document, "J-20") == ("sent", "sent")
    assert decided(with_rows(office, AT_NEW_TIME, later, OTHER, at="2026-12-02T14:00"), "J-14")["reminder-48-hours"] == "sent"


def test_a_second_booking_that_was_there_before_is_not_taken_for_it(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), AT_NEW_TIME, OTHER)
    [one] = gone(with_rows(office, AT_NEW_TIME, OTHER))
    assert one["record"] == "J-1" and "another number" not in one["reason"]


def test_a_namesake_at_another_time_is_another_customer(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    namesake = booking(number="J-14", Scheduled_start=FRIDAY, Phone="312-555-0188", Email="li@elsewhere.example")
    document = with_rows(office, namesake, OTHER)
    assert told(document) == ("sent", "sent") and "another number" not in gone(document)[0]["reason"]


def test_the_urgent_form_asks_the_same_and_says_what_to_do(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    with_rows(office, AT_NEW_TIME, OTHER, at="2026-12-01T10:00")
    report = " ".join(office.do("report", now="2026-12-01T10:00").out.split())
    assert "[urgent] Ann Li, booking J-1" in report and "is it this booking under another number" in report
    assert "> Compare the two bookings, tell whoever must know, and settle it: contractor-ops review done" in report
    [text] = [words for one in office.outbox() if "URGENT" in (words := one.read_text(encoding="utf-8"))]
    assert "If not, tell them yourselves, at (312) 555-0142" in text and "contractor-ops" not in text and "Cancelled" not in text


def test_after_the_hour_it_asks_for_what_is_still_to_do(tmp_path: Path) -> None:
    office = office_of(tmp_path, booking(), OTHER)
    with_rows(office, AT_NEW_TIME, OTHER)
    came = booking(number="J-14", Scheduled_start=FRIDAY, Status="Completed", Completed="12/04/2026")
    [one] = gone(with_rows(office, came, OTHER, at="2026-12-07T10:00"))
    assert one["reason"].endswith(
        "moved to Fri, Dec 4 at 2:00 PM? If so, see that they know, and dismiss this (contractor-ops review dismiss). "
        "If not, ask Ann Li at (312) 555-0142 whether anybody came"
    )
    settle(office, "dismiss", now="2026-12-07T10:15")
    assert not gone(with_rows(office, came, OTHER, at="2026-12-07T10:30")) and not asked(office)
    trail = " ".join(office.do("trail", "J-1", now="2026-12-07T10:30").out.split())
    assert "this is what the ledger knows. A person has seen to it: I called them." in trail and "put the row back" not in trail


def test_tasks_leave_the_list_once_somebody_has_seen_to_the_row(tmp_path: Path) -> None:
    twice = booking(number="J-3", Customer="Cy Fox", Phone="312-555-0144", Email="cy@customer.example")
    office = office_of(tmp_path, booking(), twice, OTHER)
    tasks = [one for one in office.queue() if one["kind"] == "task" and one["record"] == "J-1"]
    [one] = gone(with_rows(office, twice, OTHER))
    assert tasks and f"and {len(tasks)} task" in one["reason"]
    settle(office, "done")
    ran = office.do("run", "booking-trail", "--send", now="2026-11-23T10:15")
    assert not [one for one in office.queue() if one["record"] == "J-1"]
    shown = office.do("review", "show", str(tasks[0]["id"]), now="2026-11-23T10:15").out
    assert "the booking is gone from the sheet, and a person has seen to it" in " ".join(shown.split()), ran.out


def test_the_owner_hears_of_each_row_that_left(tmp_path: Path) -> None:
    second = booking(
        number="J-3", Customer="Cy Fox", Phone="312-555-0144", Email="cy@customer.example", Scheduled_start="12/02/2026 4:00 PM"
    )
    office = office_of(tmp_path, booking(), second, OTHER)
    with_rows(office, OTHER, at="2026-12-01T10:00")
    texts = [words for one in office.outbox() if "URGENT" in (words := one.read_text(encoding="utf-8"))]
    assert len(texts) == 2 and any("J-1 is gone" in one for one in texts) and any("J-3 is gone" in one for one in texts)
