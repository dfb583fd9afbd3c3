"""Cells that can be read and are hardly meant, or that nobody can read: nothing leaves because of them, and a person is asked."""

from pathlib import Path

import pytest

from tests.stories.bookings import CREW, HEADINGS, TECHNICIANS, booking, done_now, office_with, one
from tests.stories.inside import Office

AFTER = {"completion", "thank-you", "rating", "review-request", "rebooking", "related-service"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A booking for Dec 2 of which everybody knows."""
    found = office_with(tmp_path, booking())
    found.run("booking-trail", "2026-11-23T10:00", "--send")
    return found


@pytest.mark.parametrize(("completed", "said"), [
    ("11/02/2026", "it was completed on Mon, Nov 2, before its visit on Wed, Dec 2; correct one of the two days"),
    ("12/20/2026", "it was completed on Sun, Dec 20, which is still to come; correct that day"),
])  # fmt: skip
def test_nothing_comes_after_a_day_of_completion_that_is_hardly_meant_until_it_is_corrected(
    office: Office, completed: str, said: str
) -> None:
    office.sheet("jobs", HEADINGS, [booking(Status="Completed", Completed=completed)])
    document = office.run("booking-trail", "2026-12-02T16:00", "--send")
    assert said in one(document, "settle-first")["body"]
    assert not done_now(document) & AFTER
    office.sheet("jobs", HEADINGS, [booking(Status="Completed", Completed="12/02/2026")])
    assert "completion" in done_now(office.run("booking-trail", "2026-12-02T16:15", "--send"))


def test_of_a_visit_whose_technician_may_be_away_nobody_is_told_before_a_person_has_looked(office: Office) -> None:
    before = {path.name for path in office.outbox()}
    office.sheet("technicians", TECHNICIANS, [(*CREW[0][:5], "sick today"), CREW[1]])
    document = office.run("booking-trail", "2026-12-01T16:30", "--send")
    assert 'the days off "sick today" of Tom Vale cannot be read; write a day such as Dec 2' in one(document, "settle-first")["body"]
    assert not [path.name for path in office.outbox() if "0171" in path.name and path.name not in before]
