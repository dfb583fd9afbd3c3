"""A message that nobody released in time falls away; the run and the digest name it once."""

from pathlib import Path

from tests.stories.bookings import HEADINGS, booking, office_with
from tests.stories.digests import digest
from tests.stories.inside import Office

BOOKED, EVENING, MORNING = "2026-11-20T10:00", "2026-12-01T16:00", "2026-12-02T07:00"


def waiting(folder: Path) -> Office:
    """A booking of December 2 whose people know of it, and whose technician's sheet for the day waits for its release."""
    office = office_with(folder, booking(), mode="approve")
    office.run("booking-trail", BOOKED, "--send")
    release(office, BOOKED)
    office.run("booking-trail", BOOKED, "--send")
    office.run("booking-trail", "2026-11-30T13:00", "--send")
    release(office, "2026-11-30T13:05")
    office.run("booking-trail", EVENING, "--send")
    assert [one["step"] for one in office.queue(now=EVENING)] == ["technician-day-before"]
    return office


def release(office: Office, now: str) -> None:
    office.do("review", "approve", *(str(one["id"]) for one in office.queue(now=now)), now=now)


def words(office: Office, *command: str, now: str) -> str:
    return " ".join(office.do(*command, now=now).out.split())


def test_the_run_and_the_digest_name_it_once(tmp_path: Path) -> None:
    office = waiting(tmp_path)
    told = (
        "1 message was not released in time and will not leave. technician-day-before: Ann Li (booking J-1). Call whoever still has to know"
    )
    assert told in words(office, "run", "booking-trail", "--send", now=MORNING)
    assert told in digest(office, now=MORNING)["trouble"]
    assert "not released in time" not in words(office, "run", "booking-trail", "--send", now="2026-12-02T07:15")


def test_what_was_released_dismissed_or_called_off_is_no_loss(tmp_path: Path) -> None:
    for verb in ("approve", "done", "cancel"):
        office = waiting(tmp_path / verb)
        if verb == "cancel":
            office.sheet("jobs", HEADINGS, [booking(Status="Cancelled")])
        else:
            office.do("review", verb, str(office.queue(now=EVENING)[0]["id"]), now=EVENING)
        office.run("booking-trail", "2026-12-01T16:15", "--send")
        assert "not released in time" not in words(office, "run", "booking-trail", "--send", now=MORNING), verb


def test_the_digest_says_for_whom_things_wait_where_nothing_else_needs_a_decision(tmp_path: Path) -> None:
    assert digest(waiting(tmp_path), now="2026-12-01T16:30")["subject"].endswith("Northside Heating & Air: 1 thing waits for Dana Reed")
