"""What the switch heard is kept where it can be, and stops no job where it cannot."""

from datetime import datetime
from pathlib import Path

from contractor_ops.office import open_office
from contractor_ops.work.beats import beats_of, keep_beat
from tests.offices import CONFIG, Office

NOW = datetime.fromisoformat("2026-11-23T10:00:00-06:00")


def test_a_folder_that_takes_no_file_stops_no_job(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be", encoding="utf-8")
    office = open_office(Office(tmp_path / "office", CONFIG + '[ledger]\npath = "../file/ledger.db"\n').folder)
    assert (office.ledger_file.parent / "..").resolve() != office.folder
    keep_beat(office, "no answer", NOW)
    assert beats_of(office).failed == 0


def test_what_can_be_written_is_kept(tmp_path: Path) -> None:
    office = open_office(Office(tmp_path).folder)
    keep_beat(office, "no answer", NOW)
    assert (beats_of(office).failed, beats_of(office).why) == (1, "no answer")
