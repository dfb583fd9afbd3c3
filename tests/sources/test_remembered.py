"""What is remembered of a large file is never wrong: it counts for exactly these bytes, these settings and this program."""

import os
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import contractor_ops.sources.remembered as remembered
from contractor_ops.sources.file import Content
from contractor_ops.tables.record import Place, Problem, Record, Table

SATURDAY, MONDAY = datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
SETTINGS = ({}, None, "US")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own, on every system."""
    folder = tmp_path / "cache" / "tables"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache")
    return folder


def content(letter: str = "a", saved_at: datetime = SATURDAY, size: int = remembered.WORTH_IT) -> Content:
    return Content("jobs.csv", letter.encode() * size, saved_at)


def read(contents: Content, office: Path, settings: object = SETTINGS, name: str = "jobs", number: str = "1") -> tuple[Table, bool]:
    """The table, and whether it had to be built."""
    built = []

    def build() -> Table:
        built.append(True)
        record = Record("jobs", {"number": number}, Place("jobs.csv", None, 2))
        return Table("jobs", [record], [], {"number": None}, files=("jobs.csv",), read_at=contents.saved_at)

    return remembered.table_of([contents], office, name, settings, build), bool(built)


def test_an_unchanged_file_is_not_built_again(tmp_path: Path) -> None:
    first, built = read(content(), tmp_path)
    again, built_again = read(content(), tmp_path)
    assert built and not built_again and again == first


def test_a_file_that_was_only_saved_again_has_its_new_age(tmp_path: Path) -> None:
    read(content(saved_at=SATURDAY), tmp_path)
    table, built = read(content(saved_at=MONDAY), tmp_path)
    assert not built and table.read_at == MONDAY


def test_a_changed_byte_other_settings_or_another_table_are_built_anew(tmp_path: Path) -> None:
    read(content("a"), tmp_path)
    assert read(content("b"), tmp_path, number="2")[0].records[0]["number"] == "2"
    assert read(content("b"), tmp_path, settings=({"number": "Ref"}, None, "US"))[1]
    assert read(content("b"), tmp_path, settings=({"number": "Ref"}, None, "GB"))[1]
    assert read(content("b"), tmp_path, settings=({"number": "Ref"}, None, "GB"), name="jobs, complete")[1]


def test_another_version_of_the_program_builds_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(content(), tmp_path)
    monkeypatch.setattr(remembered, "__version__", "99.0")
    assert read(content(), tmp_path)[1]


def test_changed_code_builds_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code"
    (code / "tables").mkdir(parents=True)
    (code / "tables" / "build.py").write_text("1")
    monkeypatch.setattr(remembered, "_CODE", code)
    read(content(), tmp_path)
    assert not read(content(), tmp_path)[1]
    (code / "tables" / "build.py").write_text("22")
    assert read(content(), tmp_path)[1]


@pytest.mark.parametrize("keep", [0, 10, 40, 70, -1])
def test_a_damaged_memory_is_ignored_and_mended(tmp_path: Path, cache: Path, keep: int) -> None:
    read(content(), tmp_path)
    [file] = cache.iterdir()
    file.write_bytes(file.read_bytes()[:keep])
    assert read(content(), tmp_path)[1]
    assert not read(content(), tmp_path)[1]


def test_a_flipped_bit_anywhere_is_noticed(tmp_path: Path, cache: Path) -> None:
    read(content(), tmp_path)
    [file] = cache.iterdir()
    whole = file.read_bytes()
    for position in range(len(whole)):
        file.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert read(content(), tmp_path)[1], position


def test_where_nothing_can_be_written_the_file_is_read_each_time(tmp_path: Path, cache: Path) -> None:
    cache.parent.mkdir()
    cache.write_text("a file where the folder should be")
    assert read(content(), tmp_path)[1] and read(content(), tmp_path)[1]


def test_two_offices_do_not_share_what_is_remembered(tmp_path: Path, cache: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        assert read(content(), tmp_path / name)[1]
    assert len(list(cache.iterdir())) == 2


def test_small_files_leave_no_trace(tmp_path: Path, cache: Path) -> None:
    small = content(size=remembered.WORTH_IT - 1)
    assert read(small, tmp_path)[1] and read(small, tmp_path)[1] and not cache.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder for the user in its own way")
def test_only_the_user_may_read_it(tmp_path: Path, cache: Path) -> None:
    read(content(), tmp_path)
    [file] = cache.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_there_is_one_memory_for_a_table_and_old_ones_go(tmp_path: Path, cache: Path) -> None:
    read(content("a"), tmp_path)
    read(content("b"), tmp_path)
    [file] = cache.iterdir()
    long_ago = time.time() - (remembered.FORGOTTEN_AFTER + 1) * 86_400
    os.utime(file, (long_ago, long_ago))
    read(content("c"), tmp_path, name="invoices")
    assert file not in list(cache.iterdir()) and len(list(cache.iterdir())) == 1


def test_problems_come_back_as_they_were(tmp_path: Path) -> None:
    problem = Problem("jobs.csv", None, 2, "Total", "lots", "This is a word.")

    def build() -> Table:
        record = Record("jobs", {"total": None}, Place("jobs.csv", None, 2), {"total": problem}, lines=3)
        return Table("jobs", [record], [problem], {"total": None})

    for _ in range(2):
        table = remembered.table_of([content()], tmp_path, "jobs", SETTINGS, build)
        assert table.records[0].problems == {"total": problem} and table.records[0].lines == 3 and table.problems == [problem]
