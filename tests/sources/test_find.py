"""Which files a config's names and patterns mean."""

import os
from pathlib import Path

import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.find import find_files, original_of, spreadsheets_in


def put(folder: Path, name: str, age: int = 0) -> Path:
    """A file whose modification time lies `age` seconds before a fixed moment."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Number,Total\n1,2\n")
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return path


def test_a_plain_name_is_that_file(tmp_path: Path) -> None:
    put(tmp_path, "estimates.csv")
    assert find_files(tmp_path, ["estimates.csv"]) == [tmp_path / "estimates.csv"]


def test_a_pattern_is_its_newest_file(tmp_path: Path) -> None:
    put(tmp_path, "exports/estimate_export_20260103.csv", age=50)
    newest = put(tmp_path, "exports/estimate_export_20260101.csv", age=5)
    put(tmp_path, "exports/estimate_export_20260102.csv", age=20)
    assert find_files(tmp_path, ["exports/estimate_export_*.csv"]) == [newest]


def test_of_files_saved_at_the_same_moment_the_last_by_name_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "export_1.csv")
    put(tmp_path, "export_2.csv")
    assert find_files(tmp_path, ["export_*.csv"]) == [tmp_path / "export_2.csv"]


def test_several_names_are_put_together_in_order_and_each_once(tmp_path: Path) -> None:
    old, new = put(tmp_path, "jobs-2025.csv", age=9), put(tmp_path, "jobs-2026.csv")
    assert find_files(tmp_path, ["jobs-2025.csv", "jobs-*.csv", "jobs-2026.csv"]) == [old, new]


def test_a_name_with_square_brackets_is_a_name_when_such_a_file_exists(tmp_path: Path) -> None:
    path = put(tmp_path, "jobs [2026].csv")
    assert find_files(tmp_path, ["jobs [2026].csv"]) == [path]


def test_an_absolute_path_and_an_absolute_pattern_work(tmp_path: Path) -> None:
    path = put(tmp_path, "elsewhere/calls.csv")
    office = tmp_path / "office"
    office.mkdir()
    assert find_files(office, [str(path)]) == [path]
    assert find_files(office, [str(tmp_path / "elsewhere" / "*.csv")]) == [path]


@pytest.mark.parametrize("lock", ["~$jobs.xlsx", ".~lock.jobs.xlsx#", "._jobs.xlsx", "jobs.xlsx.tmp", "jobs.xlsx.crdownload"])
def test_lock_files_and_half_written_files_are_no_candidates(tmp_path: Path, lock: str) -> None:
    workbook = put(tmp_path, "jobs.xlsx", age=100)
    put(tmp_path, lock)
    assert find_files(tmp_path, ["*jobs.xlsx*"]) == [workbook]
    assert find_files(tmp_path, ["jobs.xlsx"]) == [workbook]
    assert spreadsheets_in(tmp_path) == ["jobs.xlsx"]


@pytest.mark.parametrize(
    "copy",
    [
        "jobs (Dana's conflicted copy 2026-01-01).xlsx",
        "jobs (conflicted copy 2026-01-01 101500).xlsx",
        "jobs (Case Conflict).xlsx",
        "jobs.sync-conflict-20260101-101500-ABCDEFG.xlsx",
        "jobs-DESKTOP-7Q2ABC1.xlsx",
        "jobs-DANA-PC.xlsx",
        "jobs-Danas-MacBook-Pro.xlsx",
    ],
)
def test_a_pattern_that_finds_a_conflicted_copy_is_refused_and_names_both(tmp_path: Path, copy: str) -> None:
    put(tmp_path, "jobs.xlsx")
    put(tmp_path, copy, age=1000)
    with pytest.raises(UnusableFile) as refusal:
        find_files(tmp_path, ["jobs*.xlsx"])
    assert f'"{copy}"' in refusal.value.message
    assert '"jobs.xlsx"' in refusal.value.message
    assert "put the rows together" in refusal.value.remedy


def test_a_newer_conflicted_copy_beside_a_named_file_is_refused_an_older_one_is_not(tmp_path: Path) -> None:
    workbook = put(tmp_path, "jobs.xlsx", age=50)
    put(tmp_path, "jobs (Dana's conflicted copy 2025-12-01).xlsx", age=500)
    assert find_files(tmp_path, ["jobs.xlsx"]) == [workbook]
    put(tmp_path, "jobs-LAPTOP-AB12.xlsx", age=1)
    with pytest.raises(UnusableFile, match="LAPTOP-AB12"):
        find_files(tmp_path, ["jobs.xlsx"])


@pytest.mark.parametrize("name", ["jobs-2026.xlsx", "jobs-north.xlsx", "jobs (1).xlsx", "jobs - Copy.xlsx", "conflict resolution.xlsx"])
def test_names_that_only_resemble_a_conflicted_copy_are_left_alone(name: str) -> None:
    assert original_of(name, ["jobs.xlsx", name]) is None


def test_a_computer_name_counts_only_beside_its_original() -> None:
    assert original_of("jobs-DANA-PC.xlsx", ["jobs-DANA-PC.xlsx"]) is None


def test_a_missing_file_names_the_nearest_and_what_there_is(tmp_path: Path) -> None:
    for name in ("Estimates 2026.xlsx", "jobs.csv", "notes.docx"):
        put(tmp_path, name)
    with pytest.raises(UnusableFile) as refusal:
        find_files(tmp_path, ["estimate 2026.xlsx"])
    assert 'no file "estimate 2026.xlsx"' in refusal.value.message
    assert 'Did you mean "Estimates 2026.xlsx"?' in refusal.value.remedy
    assert "jobs.csv" in refusal.value.remedy
    assert "notes.docx" not in refusal.value.remedy


def test_a_pattern_that_nothing_fits_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile) as refusal:
        find_files(tmp_path, ["exports/*.csv"])
    assert 'No file fits "exports/*.csv"' in refusal.value.message
    assert "There are no spreadsheets there." in refusal.value.remedy


def test_a_missing_export_suggests_no_export_of_another_kind(tmp_path: Path) -> None:
    put(tmp_path, "exports/calls_2026-11-22.csv")
    put(tmp_path, "README.txt")
    with pytest.raises(UnusableFile) as refusal:
        find_files(tmp_path, ["exports/invoices_*.csv"])
    assert refusal.value.remedy == "Export it again into exports/. Spreadsheets there: exports/calls_2026-11-22.csv, README.txt."
    put(tmp_path, "exports/Invoices (1).csv")
    with pytest.raises(UnusableFile, match="No file fits") as refusal:
        find_files(tmp_path, ["exports/invoices_*.csv"])
    assert 'Did you mean "exports/Invoices (1).csv"?' in refusal.value.remedy


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    with pytest.raises(UnusableFile, match="exports is a folder"):
        find_files(tmp_path, ["exports"])
