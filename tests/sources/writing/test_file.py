"""A file of the office is written as a whole or not at all, with a copy kept."""

import os
import stat
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contractor_ops.errors import NotWritten, NotWrittenYet
from contractor_ops.ports import RowChange
from contractor_ops.sources.writing.file import FileWriter, fingerprint
from contractor_ops.sources.writing.keeping import KEPT, ChangedMeanwhile, keep_copy, replace_content
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


def test_no_copy_is_written_over(book: Path, tmp_path: Path) -> None:
    before = [book.read_bytes()]
    done = [writer(book).write([NEXT])]
    before.append(book.read_bytes())
    done.append(writer(book).write([change(2, {"Next step": "Call"})]))  # within the same second
    assert [one.backup for one in done] == [f"backups/sheets-estimates-20261123-100000{more}.xlsx" for more in ("", "-2")]
    assert [(tmp_path / str(one.backup)).read_bytes() for one in done] == before


def test_files_of_one_name_outside_the_office_keep_copies_of_their_own(tmp_path: Path) -> None:
    office, copies = tmp_path / "office", []
    office.mkdir()
    for branch in ("north", "south"):
        file = tmp_path / branch / "estimates.csv"
        file.parent.mkdir()
        file.write_bytes(f"Number,Next step\r\nEST-1,{branch}\r\n".encode())
        one = FileWriter(file, str(file), office, fingerprint(file.read_bytes()), NOW)
        copies.append(office / str(one.write([change(2, {"Next step": "Wait"}, sheet=None)]).backup))
    assert [copy.read_bytes().split()[-1] for copy in copies] == [b"EST-1,north", b"EST-1,south"]
    assert copies[0].name.rpartition("-2026")[0] != copies[1].name.rpartition("-2026")[0]


def test_writings_that_fail_use_no_copies_up(book: Path, tmp_path: Path) -> None:
    for day in range(KEPT):
        writer(book, NOW + timedelta(days=day)).write([change(2, {"Next step": f"Day {day}"})])
    there = sorted(each.name for each in (tmp_path / "backups").iterdir())
    for day in range(3):
        seen = book.stat()
        book.write_bytes(xlsx(lambda made, sheet, day=day: sheet.write("J2", f"typed {day}")))
        keep_copy(book, book.read_bytes(), tmp_path, NOW + timedelta(days=100 + day))
        with pytest.raises(ChangedMeanwhile):
            replace_content(book, b"ours", seen)
    assert set(there) <= {each.name for each in (tmp_path / "backups").iterdir()}


def test_a_copy_that_says_the_same_already_will_do(book: Path, tmp_path: Path) -> None:
    first = keep_copy(book, book.read_bytes(), tmp_path, NOW)
    assert keep_copy(book, book.read_bytes(), tmp_path, NOW + timedelta(days=1)) == first


def test_what_somebody_saves_right_after_us_is_not_put_back(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = xlsx(lambda made, sheet: sheet.write("J2", "an hour of Dana's typing"))

    def replaced_and_saved(path: Path, data: bytes, seen: os.stat_result) -> os.stat_result:
        ours = replace_content(path, data, seen)
        path.write_bytes(theirs)
        return ours

    monkeypatch.setattr("contractor_ops.sources.writing.file.replace_content", replaced_and_saved)
    one = writer(book)
    with pytest.raises(NotWrittenYet, match="somebody saved it at the same moment"):
        one.write([NEXT])
    assert book.read_bytes() == theirs


def test_a_disk_that_keeps_something_else_gives_the_old_file_back(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = book.read_bytes()

    def replaced_badly(path: Path, data: bytes, seen: os.stat_result) -> os.stat_result:
        ours = replace_content(path, data, seen)
        if data != before:
            path.write_bytes(bytes(len(data)))
            os.utime(path, ns=(ours.st_atime_ns, ours.st_mtime_ns))
        return ours

    monkeypatch.setattr("contractor_ops.sources.writing.file.replace_content", replaced_badly)
    with pytest.raises(NotWritten, match="the copy was put back"):
        writer(book).write([NEXT])
    assert book.read_bytes() == before
    kept = sorted((tmp_path / "backups").iterdir(), key=lambda each: each.name.endswith("-2.xlsx"))
    assert [kept[0].read_bytes() == before, set(kept[1].read_bytes())] == [True, {0}]


def test_what_a_killed_run_left_beside_the_file_is_taken_away(book: Path) -> None:
    old, young, other = (
        book.with_name(f".{name}.tmp") for name in ("estimates-contractor-ops-abcd", "estimates-contractor-ops-efgh", "estimates-x")
    )
    for each in (old, young, other):
        each.write_bytes(b"customers")
    for each in (old, other):
        os.utime(each, (time.time() - 7_200,) * 2)
    writer(book).write([NEXT])
    assert [each.exists() for each in (old, young, other)] == [False, True, True]


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


@pytest.mark.parametrize("name", ["~$link.xlsx", ".~lock.link.xlsx#", "~$estimates.xlsx"])
def test_while_somebody_has_it_open_by_the_name_of_a_link(book: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.xlsx"
    link.symlink_to(book)
    (book if "estimates" in name else link).with_name(name).touch()
    assert f"({name} is beside it)" in refusal(writer(link)).message


def test_a_file_of_two_names(book: Path) -> None:
    os.link(book, book.with_name("the-same.xlsx"))
    assert "has a second name" in refusal(writer(book)).message


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may take another user's part")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the administrator can give a file to somebody else")
class TestAnotherUsersFile:
    @pytest.fixture
    def shared(self, book: Path, tmp_path: Path) -> Iterator[Path]:
        """A folder that everybody may write into, and a file of user 12345, group 12346; we are 12347 of the same group."""
        ours = (folder for folder in tmp_path.parents if folder.name.startswith(("pytest-", "popen-")))
        for folder in (tmp_path, *ours, book.parent):
            folder.chmod(0o777)
        os.chown(book, 12345, 12346)
        kept = os.getgroups()
        os.setgroups([12346])
        os.setegid(12346)
        os.seteuid(12347)
        yield book
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(kept)

    def test_who_could_not_change_it_any_more(self, shared: Path, tmp_path: Path) -> None:
        os.seteuid(0)
        shared.chmod(0o760)
        os.seteuid(12347)
        assert "belongs to another user of this computer" in refusal(writer(shared)).message
        with pytest.raises(NotWritten, match="belongs to another user"):
            writer(shared).rehearse([NEXT])
        assert not (tmp_path / "backups").exists()

    def test_whose_group_may_do_the_same(self, shared: Path) -> None:
        os.seteuid(0)
        shared.chmod(0o660)
        os.seteuid(12347)
        assert writer(shared).write([NEXT]).cells == 1
        about = shared.stat()
        assert (about.st_gid, stat.S_IMODE(about.st_mode)) == (12346, 0o660)


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


def test_a_csv_file_of_plain_letters_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "sheets" / "estimates.csv"
    file.parent.mkdir()
    file.write_bytes(b"Number,Next step\r\nEST-1,\r\n")
    said = change(2, {"Next step": "Zo\u00eb must look at it"}, sheet=None)
    assert writer(file).write([said]).cells == 1
    assert file.read_bytes() == b"Number,Next step\r\nEST-1,Zoe must look at it\r\n"
    assert writer(file).write([said]).cells == 0


def test_a_csv_file_with_other_letters_gets_them_in_its_own_encoding(tmp_path: Path) -> None:
    file = tmp_path / "sheets" / "estimates.csv"
    file.parent.mkdir()
    file.write_bytes("Number,Customer,Next step\r\nEST-1,Jos\u00e9,\r\n".encode("cp1252"))
    writer(file).write([change(2, {"Next step": "Zo\u00eb"}, sheet=None)])
    assert file.read_bytes() == "Number,Customer,Next step\r\nEST-1,Jos\u00e9,Zo\u00eb\r\n".encode("cp1252")
