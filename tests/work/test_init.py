"""Setting up: which file is taken, what is said about the others, and what a second `init` tells."""

import os
from pathlib import Path

import pytest

from contractor_ops.config import read_config
from contractor_ops.errors import FilesNeedMending
from contractor_ops.office import open_office
from contractor_ops.work.init import ZONE_WAS_GUESSED, Answers, found_tables, write_office

HEADINGS = "Estimate #,Customer,Mobile,Status,Emailed,Total\n"
SETTLED = HEADINGS + "E-1,Ann Li,312-555-0142,Accepted,03/02/2026,450\n"
OPEN = HEADINGS + "E-2,Bo Park,312-555-0143,Sent,02/01/2026,900\n"
NEWER = HEADINGS + "E-3,Cy Fox,312-555-0144,Sent,11/20/2026,700\n"
CHICAGO = Answers(timezone="America/Chicago")


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_the_file_with_open_rows_is_taken_and_the_other_can_be_had(tmp_path: Path) -> None:
    put(tmp_path, estimates_a=SETTLED, estimates_b=OPEN)
    found = found_tables(tmp_path)
    assert [one.table for one in found] == [None, "estimates"]
    assert 'estimates_b.csv has open rows; to use it instead: file = "estimates_a.csv" under [tables.estimates]' in found[0].in_words()
    write_office(tmp_path, found, CHICAGO)
    config = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert open_office(tmp_path).config.tables["estimates"].file == "estimates_b.csv"
    other = config.replace('file    = "estimates_b', '# file = "estimates_b').replace('# file    = "estimates_a', 'file    = "estimates_a')
    assert read_config(other.encode()).tables["estimates"].file == "estimates_a.csv"


def test_of_two_files_with_open_rows_the_newer_is_taken(tmp_path: Path) -> None:
    found = found_tables(put(tmp_path, estimates_a=NEWER, estimates_b=OPEN))
    assert [one.table for one in found] == ["estimates", None]
    assert "is newer" in found[1].in_words()


def test_an_older_export_of_the_same_name_is_no_other_choice(tmp_path: Path) -> None:
    (tmp_path / "estimates_2026-11-22.csv").write_text(OPEN)
    (tmp_path / "estimates_2026-11-23.csv").write_text(NEWER)
    found = found_tables(tmp_path)
    write_office(tmp_path, found, CHICAGO)
    assert sum("the newest is read" in one.in_words() for one in found) == 1
    assert "Fits too" not in (tmp_path / "config.toml").read_text(encoding="utf-8")


def test_a_second_init_prints_the_lines_for_what_is_new_and_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, estimates=OPEN)
    write_office(tmp_path, found_tables(tmp_path), CHICAGO)
    before = (tmp_path / "config.toml").read_bytes()
    assert not any("[tables." in line for line in write_office(tmp_path, found_tables(tmp_path), CHICAGO))
    put(tmp_path, invoices="Invoice #,Customer,Phone,Status,Due date,Balance\n1001,Ann Li,312-555-0142,Sent,11/30/2026,250.00\n")
    lines = write_office(tmp_path, found_tables(tmp_path), CHICAGO)
    pasted = "\n".join(line for line in lines if line.startswith(("[tables.", "file ", "max_age ")))
    assert (tmp_path / "config.toml").read_bytes() == before
    assert read_config(before + b"\n" + pasted.encode()).tables.keys() == {"estimates", "invoices"}


def test_a_folder_that_was_made_is_told(tmp_path: Path) -> None:
    assert "did not exist" in write_office(tmp_path / "offic", found_tables(tmp_path / "offic"), CHICAGO)[0]
    assert not any("did not exist" in line for line in write_office(tmp_path / "offic", [], CHICAGO))


def test_a_guessed_time_zone_is_told_and_marked_and_a_given_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", "America/Denver")
    assert any("America/Denver was guessed" in line for line in write_office(tmp_path / "a", [], Answers()))
    assert f'"America/Denver"        {ZONE_WAS_GUESSED}' in (tmp_path / "a" / "config.toml").read_text(encoding="utf-8")
    assert not any("was guessed from" in line for line in write_office(tmp_path / "b", [], CHICAGO))
    assert ZONE_WAS_GUESSED not in (tmp_path / "b" / "config.toml").read_text(encoding="utf-8")


def test_a_time_zone_that_does_not_exist_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FilesNeedMending, match='did you mean "America/Chicago"'):
        write_office(tmp_path / "a", [], Answers(timezone="Chicago"))
    assert not (tmp_path / "a").exists()
