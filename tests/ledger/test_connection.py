import os
import resource
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contractor_ops.errors import ContractorOpsError, LedgerTrouble
from contractor_ops.ledger.connection import connect, is_full, to_moment, to_text
from contractor_ops.ledger.ledger import SqliteLedger

RECIPE = "estimate-follow-up"
NOBODY = 65534


def filled(path: Path, at) -> None:
    ledger = SqliteLedger(path)
    for number in range(300):
        ledger.skip(RECIPE, f"E-{number}", "a friend of the house", at)
    ledger.close()


def in_a_child(work: Callable[[], str], user: int | None = None) -> str:
    """What `work` answers in a process of its own, or the class and sentences of what it raised."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if user is not None and os.geteuid() == 0:  # root may write anywhere, so it has to become somebody else
                os.setgid(user)
                os.setuid(user)
            said = work()
        except ContractorOpsError as error:
            said = f"{type(error).__name__}: {' '.join(error.lines())}"
        except BaseException as error:
            said = f"a bug: {error!r}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def open_folder():
    """A folder that other users reach, as pytest's own is closed to them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_new_ledger_can_be_read_by_its_owner_only(ledger, path: Path, at):
    ledger.skip(RECIPE, "E-1", "a friend of the house", at)
    modes = {file.name.removeprefix(path.name): stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"": 0o600, "-wal": 0o600, "-shm": 0o600}


def test_it_writes_ahead_and_keeps_references(ledger):
    assert ledger._connection.rows("PRAGMA journal_mode") == [("wal",)]
    assert ledger._connection.rows("PRAGMA foreign_keys") == [(1,)]


def test_a_claim_waits_for_the_disk_and_the_mark_does_not(ledger, run, a_claim, at, day_start):
    full, normal = [(2,)], [(1,)]
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    assert ledger._connection.rows("PRAGMA synchronous") == full
    ledger.trying(taken.claim_ids, at)
    assert ledger._connection.rows("PRAGMA synchronous") == normal
    ledger.claim(run, RECIPE, [[a_claim("E-2")]], at, None, day_start)
    assert ledger._connection.rows("PRAGMA synchronous") == full


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(LedgerTrouble, match=r"the folder .*no-such-folder does not exist"):
        SqliteLedger(tmp_path / "no-such-folder" / "ledger.sqlite3")


def test_a_folder_that_is_a_file_is_named(tmp_path: Path):
    (tmp_path / "office").write_text("not a folder")
    with pytest.raises(LedgerTrouble, match=r"office/ledger\.sqlite3 cannot be made: Not a directory"):
        SqliteLedger(tmp_path / "office" / "ledger.sqlite3")


def test_a_ledger_that_is_a_folder_is_named(path: Path):
    path.mkdir()
    with pytest.raises(LedgerTrouble, match=r"ledger\.sqlite3 cannot be"):
        SqliteLedger(path)


@pytest.mark.parametrize("content", [b"Dear Ann, this is no ledger.\n" * 400, b"PK\x03\x04" + bytes(5000), b"xy"])
def test_a_file_that_is_no_ledger_is_named_and_left_as_it_is(path: Path, content: bytes):
    path.write_bytes(content)
    with pytest.raises(LedgerTrouble, match="is damaged") as caught:
        SqliteLedger(path)
    assert str(path) in caught.value.message
    assert "backup" in caught.value.remedy
    assert path.read_bytes() == content


@pytest.mark.parametrize("rest", [b"", b"S"])
def test_a_ledger_cut_off_to_nothing_is_no_new_ledger(path: Path, rest: bytes):
    path.write_bytes(rest)
    with pytest.raises(LedgerTrouble, match="is empty: what was in it has been cut off"):
        SqliteLedger(path, wait=0.05)


@pytest.mark.parametrize("part", [0.001, 0.01, 0.03, 0.1, 0.5, 0.9])
def test_a_ledger_cut_off_in_the_middle_is_damaged(path: Path, at, part: float):
    filled(path, at)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])

    def use() -> list[str]:
        ledger = SqliteLedger(path)
        try:
            return ledger.verify()
        finally:
            ledger.close()

    try:
        told = use()
    except LedgerTrouble as error:
        told = [error.message]
    assert "is damaged" in told[0]
    assert str(path) in told[0]


def test_a_ledger_overwritten_in_the_middle_is_told_when_it_is_used(path: Path, at, day_start):
    filled(path, at)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(LedgerTrouble, match="is damaged"):
        SqliteLedger(path).skip(RECIPE, "E-1", "again", at)


def test_a_locked_ledger_is_waited_for_and_then_told(path: Path, at):
    ledger = SqliteLedger(path, wait=0.1)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerTrouble, match=r"ledger\.sqlite3 is locked") as caught:
            ledger.skip(RECIPE, "E-1", "a friend of the house", at)
        assert "hangs" in caught.value.remedy
        assert ledger.opt_outs() == []  # reading goes on
        other.execute("ROLLBACK")
    ledger.skip(RECIPE, "E-1", "a friend of the house", at)
    ledger.close()


def test_a_read_only_folder_lets_the_ledger_be_read_and_says_why_it_cannot_be_written(open_folder: Path, at, day_start):
    path = open_folder / "ledger.sqlite3"
    filled(path, at)
    path.chmod(0o644)
    open_folder.chmod(0o555)

    def read() -> str:
        ledger = SqliteLedger(path)
        return ledger.history(RECIPE, "estimates", ["E-7"], [], day_start).skips["E-7"]

    def write() -> str:
        SqliteLedger(path).skip(RECIPE, "E-1", "again", at)
        return "written"

    assert in_a_child(read, NOBODY) == "a friend of the house"
    said = in_a_child(write, NOBODY)
    assert said.startswith(f"LedgerTrouble: The ledger {path} cannot be written")
    assert "the right to write" in said


def test_a_ledger_cannot_be_made_in_a_read_only_folder(open_folder: Path):
    open_folder.chmod(0o555)
    said = in_a_child(lambda: str(SqliteLedger(open_folder / "ledger.sqlite3")), NOBODY)
    assert said.startswith(f"LedgerTrouble: {open_folder / 'ledger.sqlite3'} cannot be made: Permission denied.")


def test_a_ledger_that_may_not_be_read_says_so(open_folder: Path, at):
    path = open_folder / "ledger.sqlite3"
    filled(path, at)
    path.chmod(0o000)
    assert in_a_child(lambda: str(SqliteLedger(path)), NOBODY).startswith(f"LedgerTrouble: The ledger {path} cannot be")


def test_a_full_ledger_claims_nothing_and_says_so(ledger, run, a_claim, at, day_start):
    [(pages,)] = ledger._connection.rows("PRAGMA page_count")
    ledger._connection.rows(f"PRAGMA max_page_count = {pages}")
    groups = [[a_claim(f"E-{number}", body="Any questions?" * 100)] for number in range(200)]
    with pytest.raises(LedgerTrouble, match="the disk is full") as told:
        ledger.claim(run, RECIPE, groups, at, None, day_start)
    assert told.value.remedy == f"Make room on the disk of {ledger._connection.path.parent} and try again."
    assert ledger.entries() == []


def test_a_disk_that_takes_no_more_ends_in_a_sentence(path: Path, run, ledger, a_claim, at, day_start):
    groups = [[a_claim(f"E-{number}", body="Any questions?" * 100)] for number in range(200)]

    def claim_much() -> str:
        full = SqliteLedger(path)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        full.claim(run, RECIPE, groups, at, None, day_start)
        return "claimed"

    assert in_a_child(claim_much).startswith(f"LedgerTrouble: The ledger {path} cannot be read or written")
    assert ledger.entries() == []
    assert ledger.verify() == []


def test_a_disk_is_full_when_there_is_no_room_left_where_the_ledger_is(path: Path):
    free = shutil.disk_usage(path.parent).free
    assert not is_full(path)
    assert is_full(path, no_room=free * 2)
    assert not is_full(path / "no" / "such" / "folder", no_room=free * 2)


def test_a_mistake_of_ours_is_not_dressed_up_as_the_ledgers(ledger, run, a_claim, at, day_start):
    with pytest.raises(sqlite3.IntegrityError):
        ledger.claim(run + 1, RECIPE, [[a_claim()]], at, None, day_start)
    with pytest.raises(sqlite3.ProgrammingError):
        ledger._connection.rows("SELECT ?")
    assert ledger.entries() == []


def test_a_transaction_that_breaks_off_leaves_nothing(path: Path):
    connection = connect(path)
    connection.run("CREATE TABLE a (b INTEGER)")
    with pytest.raises(KeyboardInterrupt), connection.writing():
        connection.run("INSERT INTO a VALUES (1)")
        raise KeyboardInterrupt
    assert connection.rows("SELECT * FROM a") == []
    connection.close()


def test_moments_sort_as_text_and_come_back(at):
    moments = [at, at.replace(microsecond=1), at.replace(second=1)]
    assert sorted(to_text(moment) for moment in moments) == [to_text(moment) for moment in moments]
    assert [to_moment(to_text(moment)) for moment in moments] == moments


def test_a_name_with_odd_letters_in_it_is_found_again(tmp_path: Path, at):
    path = tmp_path / "Añejo & Söhne 100% #1?" / "ledger.sqlite3"
    path.parent.mkdir()
    filled(path, at)
    assert [file.name for file in path.parent.iterdir()] == ["ledger.sqlite3"]
    SqliteLedger(path).close()
