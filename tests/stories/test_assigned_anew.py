"""Whom a recipe assigned counts until the sheet names somebody; is that name taken out again, somebody is chosen anew."""

from pathlib import Path

from tests.stories.bookings import HEADINGS, booking, done_now, office_with, one
from tests.stories.inside import Office


def run(office: Office, technician: str, minute: int) -> set[str]:
    """What a run does once the sheet names this technician."""
    office.sheet("jobs", HEADINGS, [booking(Technician=technician)])
    return done_now(office.run("booking-trail", f"2026-11-23T10:{minute:02}", "--send"))


def test_a_name_that_the_sheet_had_in_between_lets_the_assigned_one_go(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician=""))
    assert "assign-technician" in run(office, "", 0)
    assert "tell-technician" in run(office, "", 5)
    for minute, assigned in ((10, "Bo Lund"), (30, "Bo Lund")):
        assert "sheet-decides" in run(office, assigned, minute)
        again = run(office, "", minute + 5)
        assert "assign-again" in again and "assign-technician" not in again
        assert "technician-put-on" in run(office, "", minute + 10)
        assert run(office, "", minute + 15) == set()


def test_a_name_that_stood_in_the_sheet_from_the_start_is_chosen_for_once(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician="Bo Lund"))
    run(office, "Bo Lund", 0)
    first = run(office, "", 5)
    assert "assign-technician" in first and "assign-again" not in first
    assert not {"assign-technician", "assign-again"} & run(office, "", 10)


def test_the_same_name_in_the_sheet_is_the_sheet_s_word_too(tmp_path: Path) -> None:
    office = office_with(tmp_path, booking(Technician=""))
    document = office.run("booking-trail", "2026-11-23T10:00", "--send")
    assert one(document, "assign-technician")["outcome"] == "queued"
    assert "sheet-decides" in run(office, "Tom Vale", 10)
    assert not {"technician-put-on", "technician-taken-off"} & run(office, "Tom Vale", 15)
