"""Quiet hours: messages leave by the recipient's clock, wherever the number or the address may be, and by the law of that state."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, follow_up, message, of
from tests.stories.inside import Office

HEADINGS = ("Estimate #", "Customer", "Email", "Phone", "Address", "Job title", "Status", "Emailed", "Total")
LONG_AGO = "11/20/2026"
NUDGE = message("nudge", 'after = "1 day"', "Hi {{ customer.first_name }}, {{ office.name }} here about {{ title }}.")


def one(
    folder: Path, phone: str = "", email: str = "", address: str = "", sent: str = LONG_AGO, steps: str = NUDGE, limits: str = ""
) -> Office:
    row = ("E-1", "Ann Li", email, phone, address, "New furnace", "Sent", sent, "$4,800.00")
    office = Office(folder, CONFIG + limits).sheet("estimates", HEADINGS, [row])
    return office.recipe("mine", follow_up(steps=steps))


def at(office: Office, now: str) -> Any:
    return of(office.rehearse("mine", now), "E-1")


def same_moment(decision: Any, moment: str, key: str = "until") -> bool:
    return datetime.fromisoformat(decision[key]) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("phone", "now", "until"),
    [
        ("213-555-0142", "2026-11-23T10:00", "2026-11-23T09:00-08:00"),
        ("213-555-0142", "2026-11-23T22:00", "2026-11-24T09:00-08:00"),
        ("212-555-0142", "2026-11-23T19:30", "2026-11-24T09:00-05:00"),
        ("808-555-0142", "2026-11-23T10:00", "2026-11-23T09:00-10:00"),
        ("312-555-0142", "2026-11-23T08:59", "2026-11-23T09:00-06:00"),
        ("312-555-0142", "2026-11-23T20:00", "2026-11-24T09:00-06:00"),
        ("850-555-0142", "2026-11-23T19:30", None),  # Pensacola or Tallahassee: already 20:30 in one of them
        ("+44 20 7946 0142", "2026-11-23T15:00", None),
    ],
)
def test_a_text_waits_for_the_hours_where_its_number_is(tmp_path: Path, phone: str, now: str, until: str | None) -> None:
    decision = at(one(tmp_path, phone), now)
    if phone.startswith("+44"):
        assert decision["decision"] in {"hold", "review"}
        return
    assert decision["decision"] == "hold"
    assert until is None or same_moment(decision, until)


@pytest.mark.parametrize(
    ("phone", "now"),
    [("213-555-0142", "2026-11-23T11:00"), ("213-555-0142", "2026-11-23T21:59"), ("312-555-0142", "2026-11-23T09:00"),
     ("312-555-0142", "2026-11-23T19:59"), ("212-555-0142", "2026-11-23T18:59"), ("850-555-0142", "2026-11-23T18:30")],
)  # fmt: skip
def test_a_text_leaves_when_it_is_day_in_every_place_where_its_number_may_be(tmp_path: Path, phone: str, now: str) -> None:
    assert at(one(tmp_path, phone), now)["decision"] == "act"


def test_the_job_address_in_another_state_counts_beside_the_number(tmp_path: Path) -> None:
    office = one(tmp_path, "312-555-0142", address="12 Oak St, Los Angeles, CA 90012")
    early = at(office, "2026-11-23T10:00")
    assert early["decision"] == "hold"
    assert same_moment(early, "2026-11-23T11:00-06:00")
    assert at(office, "2026-11-23T11:00")["decision"] == "act"
    assert at(office, "2026-11-23T20:30")["decision"] == "hold"  # still day in Los Angeles, night in Chicago


def test_an_e_mail_keeps_the_sending_window_too(tmp_path: Path) -> None:
    office = one(tmp_path, email="ann@li.example", address="12 Oak St, Los Angeles, CA 90012")
    early = at(office, "2026-11-23T10:00")
    assert (early["decision"], early["channel"]) == ("hold", "email")
    assert same_moment(early, "2026-11-23T09:00-08:00")
    at_home = one(tmp_path / "home", email="ann@li.example")
    assert at(at_home, "2026-11-23T20:30")["decision"] == "hold"
    assert at(at_home, "2026-11-23T19:30")["decision"] == "act"


@pytest.mark.parametrize(
    ("phone", "now", "until", "limits"),
    [
        ("512-555-0142", "2026-11-22T10:00", "2026-11-22T12:00-06:00", ""),  # Texas on a Sunday
        ("205-555-0142", "2026-11-22T13:00", "2026-11-23T09:00-06:00", ""),  # Alabama: never on Sundays
        ("305-555-0142", "2026-11-23T19:30", "2026-11-24T08:00-05:00", '[limits]\nsend_between = "08:00-21:00"\n'),  # Florida ends at 20:00
    ],
)
def test_the_law_of_a_state_narrows_the_window(tmp_path: Path, phone: str, now: str, until: str, limits: str) -> None:
    decision = at(one(tmp_path, phone, limits=limits), now)
    assert decision["decision"] == "hold"
    assert same_moment(decision, until)


def test_a_wider_window_of_the_office_holds_where_no_state_narrows_it(tmp_path: Path) -> None:
    assert at(one(tmp_path, "312-555-0142", limits='[limits]\nsend_between = "08:00-21:00"\n'), "2026-11-23T20:30")["decision"] == "act"


@pytest.mark.parametrize(
    ("now", "until"),
    [("2026-11-01T10:30", "2026-11-01T09:00-08:00"), ("2027-03-14T10:30", "2027-03-14T09:00-07:00")],
)
def test_on_the_days_when_clocks_change_the_window_opens_by_the_new_time(tmp_path: Path, now: str, until: str) -> None:
    decision = at(one(tmp_path, "213-555-0142", sent="10/01/2026" if now < "2026-11-02" else "03/01/2027"), now)
    assert decision["decision"] == "hold"
    assert same_moment(decision, until)


@pytest.mark.parametrize(
    ("sent", "when", "now", "due"),
    [
        ("10/30/2026", 'after = "2 days"', "2026-10-31T12:00", "2026-11-01T09:00-06:00"),
        ("03/12/2027", 'after = "2 days"', "2027-03-13T12:00", "2027-03-14T09:00-05:00"),
        ("10/31/2026 10:00 AM", 'after = "1 day"', "2026-10-31T12:00", "2026-11-01T10:00-06:00"),
        ("10/31/2026 10:00 AM", 'after = "24 hours"', "2026-10-31T12:00", "2026-11-01T09:00-06:00"),
        ("11/25/2026", 'after = "1 business day"', "2026-11-25T12:00", "2026-11-27T09:00-06:00"),
        ("11/25/2026", 'after = "2 business days"', "2026-11-25T12:00", "2026-11-30T09:00-06:00"),
        ("12/24/2026", 'after = "1 business day"', "2026-12-24T12:00", "2026-12-28T09:00-06:00"),
        ("11/20/2026", 'after = "3 days"\nat = "14:30"', "2026-11-22T12:00", "2026-11-23T14:30-06:00"),
        ("11/23/2026 9:30 AM", 'after = "30 minutes"', "2026-11-23T09:59", "2026-11-23T10:00-06:00"),
        ("11/23/2026 9:30 AM", 'after = "2 hours"', "2026-11-23T09:59", "2026-11-23T11:30-06:00"),
        ("11/30/2026", 'before = "1 business day"', "2026-11-24T09:59", "2026-11-27T09:00-06:00"),
        ("11/30/2026", 'before = "3 days"\nat = "10:15"', "2026-11-24T09:59", "2026-11-27T10:15-06:00"),
    ],
)
def test_a_step_is_due_when_its_offset_says(tmp_path: Path, sent: str, when: str, now: str, due: str) -> None:
    office = one(tmp_path, "312-555-0142", sent=sent, steps=message("nudge", when, "Hello from {{ office.name }}."))
    waiting = at(office, now)
    assert (waiting["decision"], waiting["step"]) == ("wait", "nudge")
    assert same_moment(waiting, due, "due")
    assert at(office, due[:16])["decision"] == "act"  # the due moment is included


def test_a_window_that_closes_before_the_message_is_due_holds_it_till_morning(tmp_path: Path) -> None:
    office = one(
        tmp_path, "312-555-0142", sent="11/23/2026 7:45 PM", steps=message("nudge", 'after = "30 minutes"', "Hello from {{ office.name }}.")
    )
    decision = at(office, "2026-11-23T20:20")
    assert decision["decision"] == "hold"
    assert same_moment(decision, "2026-11-24T09:00-06:00")


def test_a_held_message_leaves_once_the_window_is_open_and_only_once(tmp_path: Path) -> None:
    office = one(tmp_path, "213-555-0142")
    held = of(office.run("mine", "2026-11-23T10:00", "--send"), "E-1")
    assert (held["decision"], held["outcome"], office.outbox()) == ("hold", None, [])
    assert of(office.run("mine", "2026-11-23T11:00", "--send"), "E-1")["outcome"] == "sent"
    assert of(office.run("mine", "2026-11-23T11:05", "--send"), "E-1")["outcome"] is None
    assert len(office.outbox()) == 1


def test_a_toll_free_number_gets_no_text_and_nobody_is_guessed(tmp_path: Path) -> None:
    assert at(one(tmp_path / "a", "800-555-0142"), "2026-11-23T10:00")["decision"] == "review"
    by_mail = at(one(tmp_path / "b", "800-555-0142", email="ann@li.example"), "2026-11-23T10:00")
    assert (by_mail["decision"], by_mail["channel"], by_mail["to"]) == ("act", "email", "ann@li.example")


def test_now_in_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    office = one(tmp_path, "312-555-0142")
    ran = office.do("run", "mine", "--format", "json", now="2026-11-23T15:00:00Z")
    assert ran.json["now"] == "2026-11-23T09:00:00-06:00"
    assert of(ran.json, "E-1")["decision"] == "act"
