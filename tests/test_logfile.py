"""The log file: turned over before it grows large, and silent about what a bug was handling."""

import stat
from pathlib import Path

import pytest

from contractor_ops import logfile


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return logfile.log_file()


def test_lines_are_added_for_their_owner_only(log: Path) -> None:
    logfile.note("one")
    logfile.note("two")
    assert log.read_text(encoding="utf-8") == "one\ntwo\n"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_large_log_is_turned_over_and_the_oldest_goes(log: Path) -> None:
    for turn in range(7):
        logfile.note(f"turn {turn}")
        logfile.note("x" * 1_100_000)
    kept = sorted(path.name for path in log.parent.iterdir())
    assert kept == ["contractor-ops.log", *(f"contractor-ops.log.{number}" for number in range(1, 5))]
    assert [path.read_text(encoding="utf-8")[:6] for path in sorted(log.parent.iterdir())] == [f"turn {turn}" for turn in (6, 5, 4, 3, 2)]


def test_a_bug_is_kept_with_its_place_and_without_what_it_was_about(log: Path) -> None:
    try:
        try:
            raise KeyError("token=battery-staple")
        except KeyError as first:
            raise ValueError("Dear Ann Li, your estimate") from first
    except ValueError as error:
        assert logfile.note_bug(error, "now") == log
    text = log.read_text(encoding="utf-8")
    assert text.count("test_logfile.py") == 2
    assert text.splitlines()[-1] == "ValueError"
    assert "Dear" not in text.replace('raise ValueError("Dear Ann Li, your estimate") from first', "")


def test_a_bug_about_the_program_itself_keeps_its_words(log: Path) -> None:
    try:
        None.missing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as error:
        logfile.note_bug(error, "now")
    assert "AttributeError: 'NoneType' object has no attribute 'missing'" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(log: Path) -> None:
    log.parent.parent.mkdir(parents=True, exist_ok=True)
    log.parent.write_text("a file where the folder should be")
    logfile.note("one")
    assert logfile.note_bug(ValueError("x"), "now") is None
