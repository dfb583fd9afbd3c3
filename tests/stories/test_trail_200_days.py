"""One staged booking over 200 days and both clock changes: each step once, at the time that the clocks on the wall show, and never at another."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.offices import CONFIG
from tests.stories.bookings import HEADINGS, booking, office_with

CHICAGO = ZoneInfo("America/Chicago")
SLOT = timedelta(minutes=15)
BOOKED, LAST_DAY = datetime(2026, 10, 20, 8), datetime(2026, 10, 20, 8) + timedelta(days=200)
KIND = """
[job_types."Comfort check"]
preparation   = "Please keep pets in another room."
checklist     = ["Change the filter."]
rebook_after  = "100 days"
related       = "Ducts want a cleaning."
permit        = "City of Chicago"
subcontractor = "Acme Crane"
financing     = true
deposit       = 50
"""
HIDDEN = {
    "permit",
    "subcontractor",
    "financing",
    "deposit",
    "contact-record",
    "stage-booked",
    "job-record",
    "tell-technician",
    "calendar-entry",
}
"""What is done for the office as soon as the day of the booking has begun."""
AUTUMN = {"Scheduled_start": "11/02/2026 10:30 AM", "Completed": "11/02/2026"}
SPRING = {"Scheduled_start": "03/15/2027 1:30 PM", "Completed": "03/15/2027"}
CHICAGOAN, PHOENIX, NEW_YORKER = "312-555-0142", "602-555-0143", "646-555-0144"

# Forty-eight hours before 10:30 on the Monday after the clocks went back is 11:30 on Saturday; a day before is the same time of day.
# A customer hears from us between 9:00 and 20:00 of every clock that may be theirs: the job's address is in Chicago.
EXPECTED = {
    (CHICAGOAN, "autumn"): {
        "confirmation": "2026-10-20 09:00", "reminder-48-hours": "2026-10-31 11:30", "checklist": "2026-11-01 10:30",
        "technician-day-before": "2026-11-01 16:00", "day-of": "2026-11-02 09:00", "completion": "2026-11-02 15:00",
        "thank-you": "2026-11-02 15:00", "rating": "2026-11-03 09:00", "review-request": "2026-11-05 09:00",
        "related-service": "2026-12-02 09:00", "rebooking": "2027-02-10 09:00",
    },
    (PHOENIX, "autumn"): {
        "confirmation": "2026-10-20 11:00", "reminder-48-hours": "2026-10-31 11:30", "checklist": "2026-11-01 10:30",
        "technician-day-before": "2026-11-01 16:00", "day-of": "2026-11-02 10:00", "completion": "2026-11-02 15:00",
        "thank-you": "2026-11-02 15:00", "rating": "2026-11-03 10:00", "review-request": "2026-11-05 10:00",
        "related-service": "2026-12-02 10:00", "rebooking": "2027-02-10 10:00",
    },
    (CHICAGOAN, "spring"): {
        "confirmation": "2026-10-20 09:00", "reminder-48-hours": "2027-03-13 12:30", "checklist": "2027-03-14 13:30",
        "technician-day-before": "2027-03-14 16:00", "day-of": "2027-03-15 11:30", "completion": "2027-03-15 15:00",
        "thank-you": "2027-03-15 15:00", "rating": "2027-03-16 09:00", "review-request": "2027-03-18 09:00", "related-service": "2027-04-14 09:00",
    },
    (PHOENIX, "spring"): {
        "confirmation": "2026-10-20 11:00", "reminder-48-hours": "2027-03-13 12:30", "checklist": "2027-03-14 13:30",
        "technician-day-before": "2027-03-14 16:00", "day-of": "2027-03-15 11:30", "completion": "2027-03-15 15:00",
        "thank-you": "2027-03-15 15:00", "rating": "2027-03-16 11:00", "review-request": "2027-03-18 11:00", "related-service": "2027-04-14 11:00",
    },
    (NEW_YORKER, "spring"): {
        "confirmation": "2026-10-20 09:00", "reminder-48-hours": "2027-03-13 12:30", "checklist": "2027-03-14 13:30",
        "technician-day-before": "2027-03-14 16:00", "day-of": "2027-03-15 11:30", "completion": "2027-03-15 15:00",
        "thank-you": "2027-03-15 15:00", "rating": "2027-03-16 09:00", "review-request": "2027-03-18 09:00", "related-service": "2027-04-14 09:00",
    },
}  # fmt: skip


@pytest.mark.parametrize(("phone", "season"), EXPECTED)
def test_each_step_once_at_its_own_time_across_both_clock_changes(tmp_path: Path, phone: str, season: str) -> None:
    cells = {"Job_type": "Comfort check", "Job_title": "Comfort check", "Booked_on": "10/20/2026", "Phone": phone, "Email": ""}
    visit = AUTUMN if season == "autumn" else SPRING
    cells |= {"Scheduled_start": visit["Scheduled_start"]}
    office = office_with(
        tmp_path, booking(**cells), config=CONFIG.replace("[people]", 'website = "https://northside.example"\n\n[people]') + KIND
    )
    done_at = datetime.strptime(visit["Completed"], "%m/%d/%Y").replace(hour=14, minute=50)
    done: dict[str, list[str]] = {}
    named: list[str] = []
    for moment in _slots(done_at, named):
        if moment > done_at:
            office.sheet("jobs", HEADINGS, [booking(**{**cells, "Status": "Completed", "Completed": visit["Completed"]})])
        document = office.run("booking-trail", f"{moment:%Y-%m-%dT%H:%M}", "--send")
        named[:] = [one[key] for one in document["decisions"] for key in ("due", "until") if one[key]]
        for one in document["decisions"]:
            assert one["decision"] in {"act", "done", "wait", "hold"}, one
            if one["outcome"] in {"sent", "queued"}:
                done.setdefault(one["step"], []).append(f"{moment:%Y-%m-%d %H:%M}")
    assert done == {step: [at] for step, at in {**dict.fromkeys(HIDDEN, "2026-10-20 09:00"), **EXPECTED[phone, season]}.items()}


def _slots(done_at: datetime, named: Sequence[str]) -> Iterator[datetime]:
    """Every moment that the last run named and the slot before it, two slots on a day of each week, and when somebody has written that it is done."""
    moment, regular = BOOKED, BOOKED
    while moment <= LAST_DAY:
        yield moment
        while regular <= moment:
            regular += timedelta(hours=6) if regular.hour < 14 else timedelta(days=6, hours=18)
        slots = [_slot(datetime.fromisoformat(at).astimezone(CHICAGO).replace(tzinfo=None)) for at in named]
        moment = min(at for at in (regular, _slot(done_at), *slots, *(one - SLOT for one in slots)) if at > moment)


def _slot(moment: datetime) -> datetime:
    """The run at this moment or the next one after it: every quarter of an hour from 7:00 to 20:00."""
    late = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    moment += SLOT - late if late else timedelta(0)
    if moment.hour >= 20 and moment > moment.replace(hour=20, minute=0):
        moment = (moment + timedelta(days=1)).replace(hour=7, minute=0)
    return max(moment, moment.replace(hour=7, minute=0))
