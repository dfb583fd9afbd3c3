"""What `check` sees beside the files that are read: their age, newer copies, and who has them open."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from tests.offices import ESTIMATES, Office

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
ROW = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")


def told(office: Office) -> list[str]:
    return [one.message for one in check_office(open_office(office.folder), NOW) if one.about == "table estimates" and one.level != "ok"]


def office(folder: Path, days_old: int = 1, more: str = 'max_age = "3 days"') -> Office:
    made = Office(folder).sheet("estimates", ESTIMATES, [ROW], more)
    aged(folder / "estimates.csv", days_old)
    return made


def aged(file: Path, days: int) -> None:
    moment = NOW.timestamp() - days * 86_400
    os.utime(file, (moment, moment))


def test_a_fresh_file_is_well(tmp_path: Path) -> None:
    assert told(office(tmp_path)) == []


def test_a_file_that_is_too_old_is_told_with_its_age(tmp_path: Path) -> None:
    assert told(office(tmp_path, days_old=5)) == ["estimates.csv is 5 days old, and its max_age is 3 days. It stops estimate-follow-up."]


def test_without_max_age_only_what_is_old_by_any_measure_is_told(tmp_path: Path) -> None:
    assert not any("days old" in one for one in told(office(tmp_path / "a", days_old=20, more="")))
    assert "estimates.csv is 40 days old" in told(office(tmp_path / "b", days_old=40, more=""))


@pytest.mark.parametrize("name", ["estimates (1).csv", "estimates - Copy.csv", "estimates copy 2.csv"])
def test_a_second_download_that_is_newer_is_told(tmp_path: Path, name: str) -> None:
    made = office(tmp_path)
    (tmp_path / name).write_text("x", encoding="utf-8")
    aged(tmp_path / name, 0)
    assert told(made) == [f'"{name}" is newer than estimates.csv, which is what is read']
    aged(tmp_path / name, 2)
    assert told(made) == []


@pytest.mark.parametrize("name", ["estimates-2025.csv", "estimates (old).csv", "more estimates (1).csv", "estimates (1).txt"])
def test_other_files_are_no_copies(tmp_path: Path, name: str) -> None:
    made = office(tmp_path)
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert told(made) == []


@pytest.mark.parametrize("lock", ["~$estimates.csv", ".~lock.estimates.csv#"])
def test_a_file_that_somebody_has_open_is_told(tmp_path: Path, lock: str) -> None:
    made = office(tmp_path)
    (tmp_path / lock).write_text("", encoding="utf-8")
    assert told(made) == [f"estimates.csv is open on somebody's screen ({lock}): what is not saved is not seen"]


def test_a_pattern_that_fits_no_file_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    made = Office(tmp_path).configure('\n[tables.estimates]\nfile = "exports/estimate_*.csv"\n')
    [one] = [one for one in check_office(open_office(made.folder), NOW) if one.about == "table estimates"]
    assert (one.level, one.message) == ("error", 'No file fits "exports/estimate_*.csv". It stops estimate-follow-up.')
    assert one.remedy.startswith("Export it again into exports/.")
