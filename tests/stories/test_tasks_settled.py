"""Tasks of a trail that settle themselves leave the list with a line of why; what may be owed of a booking that is done stays."""

from pathlib import Path

from tests.offices import CONFIG
from tests.stories.bookings import HEADINGS, booking, office_with
from tests.stories.inside import Office

NOW, LATER = "2026-11-20T10:00", "2026-11-20T12:00"
PERMIT = CONFIG + '\n[job_types."Furnace install"]\npermit = "City of Chicago"\n'
INSTALL = {"Job_type": "Furnace install", "Job_title": "New furnace"}


def tasks(office: Office, now: str = LATER) -> dict[str, str]:
    """The open tasks: each step's words."""
    return {one["step"]: one["body"] for one in office.queue(now=now) if one["kind"] == "task"}


def moved_on(office: Office, **cells: str) -> str:
    """What the next run says once the row reads like this."""
    office.sheet("jobs", HEADINGS, [booking(**INSTALL, **cells)])
    return office.do("run", "booking-trail", "--send", now=LATER).out


def test_a_booking_that_is_called_off_takes_its_tasks_along_and_says_so(tmp_path: Path) -> None:
    office = started(tmp_path)
    assert "permit" in tasks(office, NOW)
    told = moved_on(office, Status="Cancelled")
    assert "left the list by itself, Ann Li (booking J-1), permit: its status is Cancelled" in " ".join(told.split())
    assert "permit" not in tasks(office)
    listed = office.do("review", "list", "--all", now=LATER).out
    assert "its status is Cancelled" in listed and "no longer due" in listed


def test_a_task_of_a_completed_booking_stays(tmp_path: Path) -> None:
    office = started(tmp_path)
    moved_on(office, Status="Completed", Completed="11/20/2026")
    assert "permit" in tasks(office)


def test_what_was_for_a_visit_leaves_once_that_was_kept_and_what_may_be_owed_stays(tmp_path: Path) -> None:
    office = started(tmp_path)
    moved_on(office, Total="6500", Technician="Tom Vail")
    before = tasks(office).keys()
    assert {"scope-changed", "permit"} <= before and before & {"settle-first", "settle-again"}
    office.sheet("jobs", HEADINGS, [booking(**INSTALL, Total="6500", Technician="Tom Vail", Status="Completed", Completed="12/02/2026")])
    office.run("booking-trail", "2026-12-02T17:00", "--send")
    assert "scope-changed" in tasks(office), "that day it may still matter"
    told = office.do("run", "booking-trail", "--send", now="2026-12-03T08:00").out
    assert "scope-changed: the visit is over, and its status is Completed" in " ".join(told.split())
    assert tasks(office, "2026-12-03T08:00").keys() == {"permit"}


def test_a_rehearsal_takes_nothing_off_anybodys_list(tmp_path: Path) -> None:
    office = started(tmp_path)
    office.sheet("jobs", HEADINGS, [booking(**INSTALL, Status="Cancelled")])
    office.rehearse("booking-trail", LATER)
    assert "permit" in tasks(office)


def test_what_is_settled_in_the_sheet_leaves_and_what_is_left_of_it_is_said_once(tmp_path: Path) -> None:
    office = started(tmp_path, Address="", Scheduled_start="")
    assert "no address" in tasks(office, NOW)["settle-first"] and "no start" in tasks(office, NOW)["settle-first"]
    number = next(str(one["id"]) for one in office.queue(now=NOW) if one["step"] == "settle-first")
    office.do("review", "assign", number, "--to", "owner", now=NOW)
    moved_on(office, Scheduled_start="")
    left = tasks(office)
    assert {one["owner"] for one in office.queue(now=LATER) if one["step"] == "settle-again"} == {"owner"}, "whom it was given to keeps it"
    assert "settle-first" not in left, "its words would be those of yesterday"
    assert "no start" in left["settle-again"] and "no address" not in left["settle-again"]
    moved_on(office)
    assert not {"settle-first", "settle-again"} & tasks(office).keys()
    assert "to settle: nothing any more" in office.do("review", "list", "--all", now=LATER).out


def test_a_booking_that_a_person_skips_asks_for_nothing_more(tmp_path: Path) -> None:
    office = started(tmp_path)
    office.do("skip", "booking-trail", "J-1", "--because", "done by hand", now=NOW)
    moved_on(office)
    assert "permit" not in tasks(office)


def test_a_release_that_a_cancellation_took_back_names_the_cancellation(tmp_path: Path) -> None:
    office = started(tmp_path, mode="approve")
    number = next(str(one["id"]) for one in office.queue(now=NOW) if one["step"] == "confirmation")
    office.do("review", "approve", number, now=NOW)
    told = " ".join(moved_on(office, Status="Cancelled").split())
    assert "1 release did not leave, as its status is Cancelled: Ann Li (booking J-1)" in told
    assert "released, but it did not leave: its status is Cancelled" in office.do("review", "list", "--all", now=LATER).out


def started(folder: Path, mode: str = "auto", **cells: str) -> Office:
    office = office_with(folder, booking(**INSTALL, **cells), mode=mode, config=PERMIT)
    office.run("booking-trail", NOW, "--send")
    return office
