"""What `check` says of the office's own abbreviations, and of names in config.toml that no job goes by."""

from datetime import datetime
from pathlib import Path

import pytest

from contractor_ops.office import open_office
from contractor_ops.work.check import check_office
from tests.offices import Office

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")
HEADINGS = ("Job #", "Customer", "Job title", "Job type", "Status", "Completed", "Notes")
ROWS = [
    ("J-1", "Ann Li", "Furnace tune-up", "Tune-up", "Completed", "11/20/2026", "Cleaned the burner."),
    ("J-2", "Bo Park", "New condenser", "AC install", "Completed", "11/20/2026", "Set the condenser."),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("jobs", HEADINGS, ROWS)


def with_words(office: Office, **files: str) -> Office:
    folder = office.folder / "abbreviations"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return office


def told(office: Office, level: str, about: str = "config.toml") -> list[str]:
    return [one.message for one in check_office(open_office(office.folder), NOW) if (one.level, one.about) == (level, about)]


def named(office: Office) -> list[str]:
    """Warnings of names that no job goes by, or of places that change nothing."""
    return [message for message in told(office, "warning") if "[notes" in message or "[billing]" in message]


def test_every_mistake_in_every_file_is_an_error_with_its_file_and_place(office: Office) -> None:
    with_words(
        office,
        first='[nounz]\nbb = "base board"\n\n[internal.office]\nsentence = ["the (blue"]\n',
        second='[nouns]\n\nbb = “base board”\n',
        third='[nouns]\nbb = "base board"\n',
    )  # fmt: skip
    found = told(office, "error", "abbreviations")
    assert 'abbreviations/first.toml: nounz is no key that I know; did you mean "nouns"?' in found
    assert any(one.startswith('abbreviations/first.toml: internal.office.sentence 1: "the (blue" cannot be read') for one in found)
    assert any(one.startswith("abbreviations/second.toml: line 3: ") for one in found)
    assert len(found) == 3
    assert office.do("check", now="2026-11-23T10:00").code == 3


def test_whole_files_are_told_and_a_missing_folder_is_nothing_to_tell(office: Office) -> None:
    assert told(office, "ok", "abbreviations") == []
    with_words(office, ours='[nouns]\nbb = "base board"\n')
    assert told(office, "ok", "abbreviations") == ["1 file read: ours.toml"]
    assert told(office, "error", "abbreviations") == []


def test_what_check_calls_whole_notes_clean_reads_and_what_it_does_not_it_refuses(office: Office) -> None:
    with_words(office, ours='[nouns]\nbb = "base board"\n')
    assert office.do("notes", "clean", "J-1").code == 0
    (office.folder / "abbreviations" / "theirs.toml").write_text("[nouns]\nbb = 3\n", encoding="utf-8")
    assert office.do("notes", "clean", "J-1").code == 3
    assert len(told(office, "error", "abbreviations")) == 1


@pytest.mark.parametrize(("name", "warned"), [("ours.toml.txt", True), ("ours.TOML.bak", True), ("README.txt", False), (".ours.toml.swp", False),
                                              ("ours.toml~", False)])  # fmt: skip
def test_a_file_that_was_meant_to_be_read_and_is_not_is_warned_of(office: Office, name: str, warned: bool) -> None:
    with_words(office)
    (office.folder / "abbreviations" / name).write_text("[nouns]\n", encoding="utf-8")
    assert bool(told(office, "warning", "abbreviations")) is warned


def test_a_folder_with_the_name_of_a_file_is_an_error(office: Office) -> None:
    with_words(office)
    (office.folder / "abbreviations" / "ours.toml").mkdir()
    assert [one.startswith("abbreviations/ours.toml cannot be read") for one in told(office, "error", "abbreviations")] == [True]


@pytest.mark.parametrize("name", ["tune-up", "Tuneup", "AC INSTALL", "ac-install"])
def test_a_job_type_that_a_row_has_is_no_news(office: Office, name: str) -> None:
    assert named(office.configure(f'\n[notes.job_types]\n"{name}" = {{ also = ["readings"] }}\n')) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [("tune-upp", 'did you mean "Tune-up"?'), ("A/C instal", 'did you mean "AC install"?'), ("Gutters", "it can be AC install, Tune-up")],
)
def test_a_job_type_that_no_row_has_is_warned_of_with_the_nearest(office: Office, name: str, meant: str) -> None:
    office.configure(f'\n[notes.job_types]\n"{name}" = {{ needs = [] }}\n\n[billing]\nestimate_for = ["{name}", "ac install"]\n')
    expected = f'names "{name}", and no row of jobs.csv has that job type; {meant}'
    assert named(office) == [f"[notes.job_types] {expected}", f"[billing] estimate_for {expected}"]


def test_job_types_without_a_column_for_them_change_nothing(tmp_path: Path) -> None:
    rows = [(number, customer, title, *rest) for number, customer, title, _, *rest in ROWS]
    office = Office(tmp_path).sheet("jobs", [one for one in HEADINGS if one != "Job type"], rows)
    office.configure('\n[notes.job_types]\ntune-up = { also = ["readings"] }\n')
    assert named(office) == ["jobs.csv has no column for job_type, so [notes.job_types] change nothing"]


def test_a_trade_that_no_job_speaks_of_is_warned_of(office: Office) -> None:
    office.configure('\n[notes]\ntrades = ["hvac", "pools"]\n')
    assert named(office) == ['[notes] trades names "pools", and no job type or title of jobs.csv speaks of it; they speak of hvac']


def test_where_no_job_speaks_of_any_trade_nothing_is_said(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("jobs", HEADINGS, [("J-1", "Ann Li", "Job", "Repair", "Completed", "11/20/2026", "Fixed it.")])
    assert named(office.configure('\n[notes]\ntrades = ["roofing"]\n')) == []


def test_without_jobs_names_are_not_held_against_anything(tmp_path: Path) -> None:
    words = '\n[notes]\ntrades = ["roofing"]\n\n[notes.job_types]\nx = {}\n\n[billing]\nestimate_for = ["y"]\n'
    assert named(Office(tmp_path / "none").configure(words)) == []
    assert named(Office(tmp_path / "empty").sheet("jobs", HEADINGS, []).configure(words)) == []


def test_a_flag_for_somebody_who_is_not_there_is_an_error_before_all_else(office: Office) -> None:
    ran = office.configure('\n[notes]\nflags = { safety = "onwer" }\n').do("check")
    assert ran.code == 3
    assert 'notes.flags.safety names "onwer", who is not in [people]; did you mean "owner"?' in ran.err
