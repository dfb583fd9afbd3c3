"""A technician whom `check` cannot find: two in one cell, or one who has neither phone nor e-mail."""

from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from contractor_ops.work.check_finding import Finding
from tests.stories.bookings import CREW, booking, office_with

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")


def told(folder: Path, technician: str) -> list[Finding]:
    second = ("Ann Ray", "312-555-0177", *CREW[0][2:])
    office_with(folder, booking(Technician=technician), crew=[CREW[0], second])
    found = check_office(open_office(folder), NOW)
    return [one for one in found if one.about == "recipe booking-trail" and "technician" in one.message]


@pytest.mark.parametrize("cell", ["Tom Vale, Ann Ray", "Tom Vale / Ann Ray", "tom vale and Ann Ray", "Tom Vale & Ann Ray;"])
def test_two_names_in_a_cell_are_told_once_with_a_remedy(tmp_path: Path, cell: str) -> None:
    [one] = told(tmp_path, cell)
    assert one.message == "1 of 1 row (J-1): two technicians are named. They would go to a person"
    assert one.remedy == "Write one into the cell, or tell the second by hand."


@pytest.mark.parametrize("cell", ["Tom Vale", "Ann Ray"])
def test_one_name_is_none_too_many(tmp_path: Path, cell: str) -> None:
    assert told(tmp_path, cell) == []


@pytest.mark.parametrize("cell", ["Nobody Known"])
def test_a_name_that_stands_nowhere_is_told_once(tmp_path: Path, cell: str) -> None:
    [one] = told(tmp_path, cell)
    assert one.message == '1 of 1 row (J-1): "Nobody Known" is not one name in the technicians table. They would go to a person'


@pytest.mark.parametrize(("cell", "said"), [("sick today", '"sick today"'), ("Sat, Sun, off sick", '"off sick"')])
def test_days_off_that_nobody_can_read_are_told_with_a_remedy(tmp_path: Path, cell: str, said: str) -> None:
    office_with(tmp_path, booking(), crew=[(*CREW[0][:5], cell), CREW[1]])
    [one] = [one for one in check_office(open_office(tmp_path), NOW) if "days off" in one.message]
    assert one.message == f"technicians.csv, row 2: the days off {said} of Tom Vale cannot be read, so nobody knows when they are away"
    assert one.remedy == "Write a day such as Nov 23, or weekdays such as Sat, Sun."


def test_days_off_that_can_be_read_are_no_finding(tmp_path: Path) -> None:
    office_with(tmp_path, booking(), crew=[(*CREW[0][:5], "Sat, Nov 26 - Nov 28"), CREW[1]])
    assert not [one for one in check_office(open_office(tmp_path), NOW) if "days off" in one.message]
