"""A visit as a calendar file: read back with the library, it says what it was given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from contractor_ops.bookings.calendar_file import Party, Visit, calendar_text, identity
from contractor_ops.tables.printable import one_line, printable

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 23, 10, tzinfo=CHICAGO)
OFFICE = Party("Northside Heating & Air", "office@northside.example")
LUIS = Party("Luis Ortega", "luis@northside.example")
VISIT = Visit("2041", OFFICE, datetime(2026, 11, 30, 9), "Furnace install", minutes=480, guests=(LUIS,))


def calendar(visit: Visit, **more: Any) -> Calendar:
    return Calendar.from_ical(calendar_text(visit, NOW, **more))


def event(visit: Visit, **more: Any) -> Event:
    (found,) = calendar(visit, **more).events
    return found


def test_an_invitation_as_the_standard_wants_it() -> None:
    assert (calendar(VISIT)["METHOD"], calendar(VISIT)["VERSION"], calendar(VISIT)["PRODID"]) == ("REQUEST", "2.0", "-//contractor-ops//EN")
    made = event(VISIT)
    assert {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE"} <= set(made)
    assert (made["STATUS"], made["SEQUENCE"], made["DTSTAMP"].dt) == ("CONFIRMED", 0, datetime(2026, 11, 23, 16, tzinfo=UTC))
    assert (made["ORGANIZER"], made["ORGANIZER"].params["CN"]) == ("mailto:office@northside.example", "Northside Heating & Air")
    assert (made["ATTENDEE"], made["ATTENDEE"].params["CN"]) == ("mailto:luis@northside.example", "Luis Ortega")


def test_a_cancelled_visit_is_the_same_event_with_a_higher_number() -> None:
    off = replace(VISIT, sequence=3)
    assert (calendar(off, cancelled=True)["METHOD"], event(off, cancelled=True)["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event(off, cancelled=True)["UID"], event(off, cancelled=True)["SEQUENCE"]) == (event(VISIT)["UID"], 3)


# ── Whose event ──


def test_the_event_is_the_same_however_it_changes() -> None:
    moved = replace(VISIT, starts=date(2027, 1, 2), summary="Boiler", sequence=9, location="Oak Park", guests=())
    written_otherwise = replace(VISIT, job=" 2041", office=Party("northside  Heating & air"))
    assert identity(moved) == identity(written_otherwise) == identity(VISIT) == "445de8cf-edcc-5cc9-a72c-ff35f268a4a1@contractor-ops"


def test_another_job_or_another_office_is_another_event() -> None:
    others = (replace(VISIT, job="2042"), replace(VISIT, office=Party("Southside Heating")), replace(VISIT, job="20", office=Party("x 41")))
    assert len({identity(one) for one in (VISIT, *others)}) == 4


# ── When ──


@pytest.mark.parametrize(
    ("starts", "in_utc"),
    [
        (datetime(2026, 3, 7, 9), datetime(2026, 3, 7, 15)),
        (datetime(2026, 3, 8, 9), datetime(2026, 3, 8, 14)),
        (datetime(2026, 3, 8, 2, 30), datetime(2026, 3, 8, 8, 30)),
        (datetime(2026, 10, 31, 9), datetime(2026, 10, 31, 14)),
        (datetime(2026, 11, 1, 9), datetime(2026, 11, 1, 15)),
        (datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 6, 30)),
        (datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 11, 30, 9)),
    ],
)
def test_the_offices_clock_holds_over_both_clock_changes(starts: datetime, in_utc: datetime) -> None:
    made = event(replace(VISIT, starts=starts))
    assert made["DTSTART"].dt == in_utc.replace(tzinfo=UTC)
    assert made["DTEND"].dt - made["DTSTART"].dt == timedelta(minutes=480)


def test_a_visit_across_the_clock_change_is_as_long_as_its_clock_says() -> None:
    night = event(replace(VISIT, starts=datetime(2026, 3, 7, 22), ends=datetime(2026, 3, 8, 6)))
    assert night["DTEND"].dt - night["DTSTART"].dt == timedelta(hours=7)


def test_the_known_end_holds_before_the_usual_length_unless_it_is_no_end() -> None:
    assert event(replace(VISIT, ends=datetime(2026, 11, 30, 10)))["DTEND"].dt == datetime(2026, 11, 30, 16, tzinfo=UTC)
    for no_end in (datetime(2026, 11, 30, 8), date(2026, 11, 30), "late", None):
        assert event(replace(VISIT, ends=no_end))["DTEND"].dt == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert "DTEND" not in event(replace(VISIT, minutes=None))


def test_a_day_without_a_time_is_the_whole_day() -> None:
    made = event(replace(VISIT, starts=date(2026, 12, 31)))
    assert (made["DTSTART"].dt, made["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert "DTSTART;VALUE=DATE:20261231\r\n" in calendar_text(replace(VISIT, starts=date(2026, 12, 31)), NOW)
    assert event(replace(VISIT, starts=date(2026, 12, 30), ends=date(2026, 12, 31)))["DTEND"].dt == date(2027, 1, 1)
    assert event(replace(VISIT, starts=date(2026, 12, 30), ends=date(2026, 12, 1)))["DTEND"].dt == date(2026, 12, 31)


# ── In which words ──


def test_nobody_to_answer_is_written_as_calendars_write_it() -> None:
    assert event(replace(VISIT, office=Party("Ours")))["ORGANIZER"] == "invalid:nomail"


def test_no_line_of_a_file_is_begun_by_what_somebody_wrote() -> None:
    made = event(replace(VISIT, summary="a\r\nATTENDEE:mailto:x@y.example", description="a\nEND:VEVENT", location="b\nUID:1"))
    assert (made["SUMMARY"], made["DESCRIPTION"], made["LOCATION"]) == ("a ATTENDEE:mailto:x@y.example", "a\nEND:VEVENT", "b UID:1")
    assert made["ATTENDEE"] == "mailto:luis@northside.example"


def test_long_lines_are_folded_and_every_line_ends_as_mail_wants_it() -> None:
    text = calendar_text(replace(VISIT, description="Größe des Heizkessels prüfen, 暖房; \\ \n" * 20), NOW)
    assert text.count("\n") == text.count("\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.count("\r\n ") > 10


@given(st.text(), st.text(), st.text(), st.text(min_size=1), st.integers(0, 99))
def test_what_is_written_is_read_back(summary: str, location: str, description: str, name: str, sequence: int) -> None:
    visit = Visit("1", Party(name, "a@b.example"), NOW, summary, None, 60, sequence, location, description)
    text = calendar_text(visit, NOW)
    made = Calendar.from_ical(text).events[0]
    assert (str(made["SUMMARY"]), made["SEQUENCE"]) == (one_line(summary), sequence)
    assert str(made.get("LOCATION", "")) == one_line(location)
    assert str(made.get("DESCRIPTION", "")) == printable(description)
    assert made["ORGANIZER"].params["CN"] == one_line(name).replace("\\", "/")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert calendar_text(visit, NOW) == text


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(1, 2000))
def test_any_moment_keeps_its_place_in_time(starts: datetime, minutes: int) -> None:
    made = event(replace(VISIT, starts=starts.replace(microsecond=0), minutes=minutes))
    assert made["DTSTART"].dt == starts.replace(microsecond=0, tzinfo=CHICAGO).astimezone(UTC)
    assert made["DTEND"].dt == made["DTSTART"].dt + timedelta(minutes=minutes)
