"""What comes after a job: from which day it counts, and how often one customer is asked."""

from pathlib import Path

import pytest

from tests.stories.bookings import HEADINGS, booking, decided, done_now, office_with, one

BOOKED = "2026-11-20T10:00"
DONE = {"Status": "Completed", "Scheduled_start": "12/02/2026 9:00 AM"}


def test_a_job_that_was_known_and_is_completed_without_a_day_counts_from_the_day_it_was_seen(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Completed")])
    assert done_now(office.run("booking-trail", "2026-11-24T15:00", "--send")) == {"completion", "thank-you"}
    assert done_now(office.run("booking-trail", "2026-11-25T15:00", "--send")) == {"rating"}
    assert done_now(office.run("booking-trail", "2026-11-27T15:00", "--send")) == {"review-request"}
    assert done_now(office.run("booking-trail", "2026-12-04T15:00", "--send")) == set()


def test_its_own_day_still_comes_before_the_day_it_was_seen(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking())
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Completed")])
    document = office.run("booking-trail", "2026-12-03T10:00", "--send")
    assert "completed on: Wed, Dec 2" in one(document, "completion")["body"]


def test_a_job_that_was_never_seen_open_and_is_completed_before_its_day_is_one_thing_to_settle(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Status="Completed"))
    document = office.run("booking-trail", BOOKED, "--send")
    assert done_now(document) == {"settle-first"}
    assert "it is completed before its day, and no day is written" in one(document, "settle-first")["body"]
    assert len(office.queue()) == 1


def test_old_rows_without_any_day_are_nobodys_work(tmp_path: Path) -> None:
    rows = [booking(number=f"J-{n}", Status="Completed", Scheduled_start="", Booked_on="") for n in range(1, 6)]
    office = office_with(tmp_path, *rows)
    assert done_now(office.run("booking-trail", BOOKED, "--send")) == set()
    assert office.queue() == []


def test_a_day_that_nobody_can_read_is_one_thing_to_settle_for_a_job_that_was_known(tmp_path: Path) -> None:
    old = {"Status": "Completed", "Completed": "01/20/2024", "Booked_on": "01/10/2024", "Scheduled_start": "01/20/2024 9:00 AM"}
    before = [booking(**old, number=f"J-{n}") for n in range(2, 9)]
    old_one = booking(number="J-9", Status="Completed", Completed="last wk", Booked_on="01/10/2026", Scheduled_start="01/20/2026 9:00 AM")
    office = office_with(tmp_path, booking(), *before, old_one)
    office.run("booking-trail", BOOKED, "--send")
    office.sheet("jobs", HEADINGS, [booking(Status="Completed", Completed="last wk"), *before, old_one])
    document = office.run("booking-trail", "2026-12-03T10:00", "--send")
    assert done_now(document) == {"settle-first"}
    assert [step for step, kind in decided(document, "J-9").items() if kind not in {"wait", "ended"}] == []
    assert "nobody can read when it was completed" in one(document, "settle-first")["body"]
    assert len(office.queue()) == 1


def test_of_three_jobs_in_a_week_each_is_thanked_for_and_the_last_is_asked_about(tmp_path: Path) -> None:
    days = {"J-1": "12/02/2026", "J-2": "12/04/2026", "J-3": "12/09/2026"}
    rows = [booking(**DONE, number=number, Completed=day, Job_title=f"Work {number}") for number, day in days.items()]
    office = office_with(tmp_path, *rows)
    asked: dict[str, set[str]] = {number: set() for number in days}
    for day in range(2, 20):
        document = office.run("booking-trail", f"2026-12-{day:02}T15:00", "--send")
        for number in days:
            asked[number] |= done_now(document, number)
    assert asked["J-1"] == asked["J-2"] == {"completion", "thank-you"}
    assert asked["J-3"] == {"completion", "thank-you", "rating", "review-request"}


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({"Completed": "12/12/2026", **DONE}, True),
        ({"Completed": "12/04/2026", **DONE, "Customer": "Bob Ray", "Phone": "312-555-0143", "Email": ""}, True),
        ({"Scheduled_start": "12/05/2026 9:00 AM"}, False),
        ({"Scheduled_start": "12/05/2026 9:00 AM", "Status": "Cancelled"}, True),
    ],
    ids=["more than a week later", "another customer's", "still to come", "called off"],
)
def test_what_counts_as_a_later_job(tmp_path: Path, other: dict[str, str], asked: bool) -> None:
    office = office_with(tmp_path, booking(**DONE, Completed="12/02/2026"), booking(**other, number="J-2"))
    office.run("booking-trail", "2026-12-02T15:00", "--send")
    assert (decided(office.run("booking-trail", "2026-12-03T15:00", "--send"))["rating"] == "sent") is asked


@pytest.mark.parametrize(
    ("other", "offered"),
    [
        ({"Scheduled_start": "12/20/2027 9:00 AM"}, False),
        ({"Scheduled_start": "12/20/2027 9:00 AM", "Status": "Cancelled"}, True),
        ({"Scheduled_start": "12/20/2027 9:00 AM", "Address": "9 Oak St, Chicago, IL 60618"}, True),
        ({"Scheduled_start": "12/20/2027 9:00 AM", "Job_type": "Faucet repair", "Job_title": "Faucet repair"}, True),
        ({"Scheduled_start": "03/20/2027 9:00 AM", "Completed": "03/20/2027", "Status": "Completed"}, False),
    ],
    ids=["booked", "called off", "at another house", "of another kind", "done since"],
)
def test_nobody_is_offered_the_next_visit_that_is_booked_already(tmp_path: Path, other: dict[str, str], offered: bool) -> None:
    rows = (booking(**DONE, Completed="12/02/2026"), booking(**other, number="J-2", Booked_on="03/01/2027"))
    document = office_with(tmp_path, *rows).run("booking-trail", one_due(tmp_path), "--send")
    assert (decided(document)["rebooking"] in {"sent", "review"}) is offered


def one_due(folder: Path) -> str:
    """When the next visit of a job of December 2 is offered, by the view itself."""
    alone = office_with(folder / "alone", booking(**DONE, Completed="12/02/2026"))
    found = alone.run("booking-trail", "2026-12-03T10:00")
    due = one(found, "rebooking")["due"]
    assert due, found
    return f"{due[:10]}T15:00"
