"""The sample office, and the folders that it may not touch."""

from pathlib import Path

import pytest

from contractor_ops.errors import ContractorOpsError, TypedWrong
from contractor_ops.office import open_office
from contractor_ops.work.demo import MARK, make_demo

NOW = "2026-11-23T10:00"


def test_a_new_folder_becomes_an_office(tmp_path: Path) -> None:
    make_demo(tmp_path / "a" / "demo", NOW)
    office = open_office(tmp_path / "a" / "demo")
    assert {"estimates", "invoices"} <= set(office.config.tables)
    assert len(office.table("estimates").records) > 5
    assert not list((tmp_path / "a" / "demo").glob("outbox/**/*.eml"))


def test_an_earlier_sample_is_made_anew_with_nothing_left_of_it(tmp_path: Path) -> None:
    make_demo(tmp_path, NOW)
    (tmp_path / "outbox").mkdir(exist_ok=True)
    (tmp_path / "outbox" / "old.txt").write_text("old")
    make_demo(tmp_path, NOW)
    assert not (tmp_path / "outbox" / "old.txt").exists()
    assert (tmp_path / "config.toml").is_file()


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ContractorOpsError, match="is not empty"):
        make_demo(tmp_path, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ContractorOpsError, match="is a file"):
        make_demo(tmp_path / "mine.txt", NOW)


def test_a_time_that_is_none_is_typed_wrong_and_costs_nothing(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", NOW)
    with pytest.raises(TypedWrong):
        make_demo(tmp_path / "demo", "tomorrow")
    assert (tmp_path / "demo" / "config.toml").is_file()
    with pytest.raises(TypedWrong):
        make_demo(tmp_path / "new", "tomorrow")
    assert not (tmp_path / "new").exists()


def test_a_link_to_an_earlier_sample_is_made_anew(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", NOW)
    (tmp_path / "link").symlink_to(tmp_path / "demo")
    make_demo(tmp_path / "link", NOW)
    assert (tmp_path / "demo" / MARK).is_file() and (tmp_path / "demo" / "config.toml").is_file()
