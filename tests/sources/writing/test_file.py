"""A file of the office is written as a whole or not at all, with a copy kept."""

import os
import stat
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contractor_ops.errors import NotWritten
from contractor_ops.ports import RowChange
from contractor_ops.sources.writing.file import FileWriter, fingerprint
from contractor_ops.sources.writing.keeping import KEPT, ChangedMeanwhile, replace_content
from tests.sources.writing.making import NOW, cells, change, xlsx

NEXT = change(2, {"Next step": "Wait"})


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "sheets" / "estimates.xlsx"
    file.parent.mkdir()
    file.write_bytes(xlsx())
    return file


def writer(file: Path, now: datetime = NOW) -> FileWriter:
    office = file.parent.parent
    return FileWriter(file, file.relative_to(office).as_posix(), office, fingerprint(file.read_bytes()), now)


def refusal(one: FileWriter, what: RowChange = NEXT) -> NotWritten:
    before = one.path.read_bytes()
    with pytest.raises(NotWritten) as refused:
        one.write([what])
    assert one.path.read_bytes() == before
    return refused.value


def test_the_cells_are_written_and_the_old_file_is_kept(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    done = writer(book).write([NEXT])
    assert (done.cells, done.backup) == (1, "backups/sheets-estimates-20261123-100000.xlsx")
    assert cells(book.read_bytes()) == cells(before) | {("Estimates", 1, 6): "Wait"}
    assert (tmp_path / done.backup).read_bytes() == before
    assert sorted(each.name for each in book.parent.iterdir()) == ["estimates.xlsx"]


def test_what_stands_there_already_is_left_alone(book: Path, tmp_path: Path) -> None:
    before = book.stat()
    assert writer(book).write([change(2, {"Next step": "Call"})]).cells == 0
    assert book.stat().st_mtime_ns == before.st_mtime_ns
    assert not (tmp_path / "backups").exists()


def test_the_last_copies_are_kept(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "backups" / "sheets-estimates-old-20200101-000000.xlsx"
    other.parent.mkdir()
    other.touch()
    for day in range(KEPT + 3):
        writer(book, NOW + timedelta(days=day)).write([change(2, {"Next step": f"Day {day}"})])
    names = sorted(each.name for each in other.parent.iterdir())
    assert names[0] == "sheets-estimates-20261126-100000.xlsx"
    assert names[-1] == other.name
    assert len(names) == KEPT + 1


def test_a_sheet_that_nobody_has_saved_for_a_month_does_not_look_fresh(book: Path, tmp_path: Path) -> None:
    long_ago = time.time() - 30 * 86_400
    os.utime(book, (long_ago, long_ago))
    done = writer(book).write([NEXT])
    assert book.stat().st_mtime == pytest.approx(long_ago + 2, abs=0.01)
    assert (tmp_path / str(done.backup)).stat().st_mtime == pytest.approx(long_ago, abs=0.01)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_the_mode_stays(book: Path) -> None:
    book.chmod(0o640)
    writer(book).write([NEXT])
    assert stat.S_IMODE(book.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(book: Path) -> None:
    os.chown(book, 12345, 12346)
    book.chmod(0o4640)
    writer(book).write([NEXT])
    about = book.stat()
    assert (about.st_uid, about.st_gid, stat.S_IMODE(about.st_mode)) == (12345, 12346, 0o4640)


def test_a_link_stays_a_link(book: Path, tmp_path: Path) -> None:
    link = tmp_path / "sheets" / "link.xlsx"
    link.symlink_to(book)
    writer(link).write([NEXT])
    assert link.is_symlink()
    assert cells(book.read_bytes())["Estimates", 1, 6] == "Wait"


@pytest.mark.parametrize("name", ["~$estimates.xlsx", ".~lock.estimates.xlsx#"])
def test_while_somebody_has_it_open(book: Path, name: str) -> None:
    book.with_name(name).touch()
    said = refusal(writer(book))
    assert said.message == f"sheets/estimates.xlsx is open in Excel or LibreOffice ({name} is beside it), so nothing was written."
    assert "next run" in said.remedy


def test_after_somebody_saved_it(book: Path) -> None:
    one = writer(book)
    book.write_bytes(xlsx(lambda made, sheet: sheet.write("J2", "new")))
    assert refusal(one).message == "sheets/estimates.xlsx: somebody has saved it since it was read, so nothing was written."


def test_when_somebody_saves_it_at_the_same_moment(book: Path) -> None:
    seen = book.stat()
    book.write_bytes(b"saved by somebody else")
    with pytest.raises(ChangedMeanwhile):
        replace_content(book, b"ours", seen)
    assert book.read_bytes() == b"saved by somebody else"
    assert [each.name for each in book.parent.iterdir()] == ["estimates.xlsx"]


def test_a_file_that_is_gone(book: Path) -> None:
    one = writer(book)
    book.unlink()
    with pytest.raises(NotWritten, match="not there any more"):
        one.write([NEXT])


def test_a_folder_for_copies_that_cannot_be_made(book: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file of that name")
    assert "backups/ cannot be written" in refusal(writer(book)).message


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everything")
def test_a_file_for_reading_only(book: Path) -> None:
    book.chmod(0o440)
    assert "cannot be written" in refusal(writer(book)).message


def test_a_csv_file(tmp_path: Path) -> None:
    file = tmp_path / "sheets" / "estimates.csv"
    file.parent.mkdir()
    file.write_bytes(b"Number,Next step\r\nEST-1,\r\n")
    assert writer(file).write([change(2, {"Next step": "Wait"}, sheet=None)]).cells == 1
    assert file.read_bytes() == b"Number,Next step\r\nEST-1,Wait\r\n"
