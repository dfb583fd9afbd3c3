"""News of a visit for a customer who wants no messages: the office is asked to call, once."""

from pathlib import Path

from tests.stories.answering import answers
from tests.stories.bookings import HEADINGS, booking, decided, office_with, one

BOOKED, ANSWERED, CHANGED = "2026-11-20T10:00", "2026-11-23T10:00", "2026-11-23T12:00"


def test_called_off_is_a_call_where_they_opted_out_after_they_were_told(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    answers(office, "cancel", ANSWERED)
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    for at in (CHANGED, "2026-11-23T12:15"):
        told = one(office.run("booking-trail", at, "--send"), "called-off")
        assert told["decision"] == "review" and "the customer opted out" in told["reason"] and told["reason"].endswith("call them")
    asked = [item for item in office.do("review", "list", "--format", "json", now=CHANGED).json if item["kind"] == "row"]
    assert len(asked) == 1
    assert office.do("review", "dismiss", str(asked[0]["id"]), "--because", "called", now="2026-11-23T12:30").code == 0
    assert decided(office.run("booking-trail", "2026-11-23T12:45", "--send"))["called-off"] in {"wait", "ended"}


def test_nobody_is_asked_to_call_who_never_was_told(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.do("optout", "+13125550142", now=BOOKED)
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
    assert decided(office.run("booking-trail", CHANGED, "--send"))["called-off"] in {"wait", "ended"}


def test_a_visit_that_moves_is_a_call_too(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    answers(office, "STOP", ANSWERED)
    office.sheet("jobs", HEADINGS, [booking(Scheduled_start="12/11/2026 1:00 PM")])
    assert one(office.run("booking-trail", CHANGED, "--send"), "moved")["decision"] == "review"
