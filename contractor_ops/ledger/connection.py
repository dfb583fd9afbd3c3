"""An open ledger behind a small wrapper, so that the queries stay portable SQL, and what goes wrong with it in plain sentences."""

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contractor_ops.errors import LedgerTrouble

Row = tuple[Any, ...]
WAIT = 30.0
CHUNK = 500
_NO_ROOM = 1_000_000
"""Bytes. With less than that nothing of ours can be written."""


class Connection:
    """One open ledger. Queries use `?` for their values and "(these)" for a list of them; every write stands inside `writing`."""

    def __init__(self, raw: sqlite3.Connection, path: Path, read_only: bool = False) -> None:
        self.raw = raw
        self.path = path
        self.read_only = read_only
        self._waits_for_the_disk: bool | None = None

    @contextmanager
    def writing(self, durable: bool = True) -> Iterator[None]:
        """One transaction, taken at once so that nobody else writes meanwhile.

        What is durable is on the disk when this returns, and so is all before it. The rest outlives a kill, but maybe not a power cut.
        """
        if self._waits_for_the_disk is not durable:
            self.run(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._waits_for_the_disk = durable
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries that see the ledger as it was at one moment."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.run(begin)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self.raw.in_transaction:  # SQLite has rolled back by itself where the disk was full
                self.raw.rollback()
            raise

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Do one statement; how many rows it touched."""
        try:
            return self.raw.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise trouble(error, self.path) from error

    def run_for(self, sql: str, values: Sequence[Any], these: Sequence[Any]) -> int:
        """Do one statement that says "(these)" once or more, after its values; how many rows it touched."""
        return self.run(with_places(sql, len(these)), (*values, *(tuple(these) * sql.count("(these)"))))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self.raw.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise trouble(error, self.path) from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def among(self, sql: str, values: Sequence[Any], these: Sequence[Any]) -> Iterator[Row]:
        """The rows of a query that ends in "(these)", asked for some at a time: a statement holds a limited number of values."""
        for start in range(0, len(these), CHUNK):
            chunk = these[start : start + CHUNK]
            yield from self.rows(with_places(sql, len(chunk)), (*values, *chunk))

    def copy(self, target: Path) -> None:
        """Copy the whole ledger, while others may be using it, into a new file that only its owner may read."""
        try:
            with contextlib.suppress(OSError):  # what keeps the folder from being made is told of the file
                target.parent.mkdir(parents=True, exist_ok=True)
            _create_private(target)
        except FileExistsError:
            raise LedgerTrouble(f"There is already a file {target}; it was left as it is.", "Choose another name.") from None
        try:
            with contextlib.closing(sqlite3.connect(target)) as copy:
                self.raw.backup(copy)
        except sqlite3.Error as error:
            target.unlink(missing_ok=True)
            raise trouble(error, target) from error

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()


def connect(path: Path, wait: float = WAIT) -> Connection:
    """Open the file at `path`, or make an empty one; no migration is applied. A lock is waited for `wait` seconds.

    Where the folder cannot be written an existing ledger is still opened, and can be read. Raises LedgerTrouble.
    """
    if not os.access(path, os.F_OK):
        with contextlib.suppress(FileExistsError):  # two may be first at the same time
            _create_private(path)
            return _open(path, "mode=rw", wait)
    _wait_for_its_maker(path, wait)
    try:
        return _open(path, "mode=rw", wait)
    except LedgerTrouble:
        if os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK):
            return _open(path, _read_only(path), wait)
        raise


def _create_private(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise
    except FileNotFoundError:
        message = f"{path} cannot be made: the folder {path.parent} does not exist."
        raise LedgerTrouble(message, "Make the folder, or name another.") from None
    except OSError as error:
        remedy = "Give this user the right to write in that folder, and see that the disk is not full."
        raise LedgerTrouble(f"{path} cannot be made: {error.strerror}.", remedy) from error


def _open(path: Path, mode: str, wait: float) -> Connection:
    try:
        raw = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=wait, isolation_level=None)
    except sqlite3.Error as error:
        raise trouble(error, path) from error
    return _look_into(Connection(raw, path, read_only=mode != "mode=rw"))


def _look_into(connection: Connection) -> Connection:
    """Look into the file for the first time, which is when SQLite notices that something is wrong with it."""
    try:
        connection.run("PRAGMA foreign_keys = ON")
        connection.rows("SELECT count(*) FROM sqlite_master")
    except LedgerTrouble:
        connection.close()
        raise
    return connection


def _wait_for_its_maker(path: Path, wait: float) -> None:
    """Another process may have made the file this very moment; one that stays empty was cut off, and is no new ledger.

    SQLite would take a file of one byte for a new one too.
    """
    until = time.monotonic() + min(wait, 2.0)
    while path.is_file() and path.stat().st_size <= 1:
        if time.monotonic() > until:
            remedy = "Put a backup in its place; if this office has never had a ledger, delete the empty file."
            raise LedgerTrouble(f"The ledger {path} is empty: what was in it has been cut off.", remedy)
        time.sleep(0.01)


def _read_only(path: Path) -> str:
    """SQLite reads a write-ahead log with an index beside it, which it cannot make in a read-only folder. Without a log it needs none."""
    log = path.with_name(f"{path.name}-wal")
    return "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"


# SQLite's primary result codes, and what they mean to the person at the keyboard.
_SENTENCES = {
    "locked": (
        "The ledger {path} is locked: another program has been writing to it all this time.",
        "See whether another run hangs, or a program that synchronises or backs up files holds it; then try again.",
    ),
    "damaged": (
        "The ledger {path} is damaged: {error}.",
        "Keep the file, put a backup in its place and see what `contractor-ops ledger verify` says. Nothing is sent until then.",
    ),
    "read-only": (
        "The ledger {path} cannot be written: {error}.",
        "Give this user the right to write the file and the folder it is in.",
    ),
    "full": ("The ledger {path} cannot be read or written: the disk is full.", "Make room on the disk of {folder} and try again."),
    "disk": (
        "The ledger {path} cannot be read or written: {error}.",
        "See that the disk is well and not full, and that the ledger is not on a network drive; then try again.",
    ),
    "other": ("The ledger {path} cannot be used: {error}.", "Put a backup in its place if it has been changed by another program."),
}
_MEANING = {
    sqlite3.SQLITE_BUSY: "locked", sqlite3.SQLITE_LOCKED: "locked", sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_CORRUPT: "damaged", sqlite3.SQLITE_NOTADB: "damaged", sqlite3.SQLITE_FORMAT: "damaged",
    sqlite3.SQLITE_READONLY: "read-only", sqlite3.SQLITE_PERM: "read-only", sqlite3.SQLITE_CANTOPEN: "read-only",
    sqlite3.SQLITE_FULL: "full", sqlite3.SQLITE_IOERR: "disk",
}  # fmt: skip


def with_places(sql: str, count: int) -> str:
    """A query with as many places for values as "(these)" stands for."""
    return sql.replace("(these)", f"({', '.join('?' * count)})")


def trouble(error: sqlite3.Error, path: Path) -> Exception:
    """The sentence for what SQLite says; a broken rule of the schema or a wrong call is a bug of ours and stays what it is."""
    if type(error) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
        return error
    code = getattr(error, "sqlite_errorcode", None)
    meaning = _MEANING.get(code & 0xFF, "other") if code is not None else "other"
    if meaning in {"disk", "full"} and is_full(path):
        meaning = "full"
    message, remedy = _SENTENCES[meaning]
    return LedgerTrouble(message.format(path=path, error=error), remedy.format(folder=path.absolute().parent))


def is_full(path: Path, no_room: int = _NO_ROOM) -> bool:
    """Whether there is no room left where a file is."""
    try:
        return shutil.disk_usage(path.absolute().parent).free < no_room
    except OSError:
        return False


def to_text(moment: datetime) -> str:
    """A moment as the ledger keeps it: UTC, of one width, so that it sorts as text. Raises ValueError where it has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def to_moment(text: str) -> datetime:
    """A moment as it stands in the ledger, in UTC."""
    return datetime.fromisoformat(text)
