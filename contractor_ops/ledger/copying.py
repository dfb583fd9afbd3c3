"""A ledger as it is now, for whoever wants to try something on it: the ledger itself is only read, not even opened as a database."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ledger.connection import Connection
from contractor_ops.ledger.ledger import SqliteLedger

_TRIES = 20


def copy_of(source: Path, target: Path) -> SqliteLedger:
    """The ledger at `source` as a copy at `target`, opened; a new one where there is none. Raises LedgerTrouble, which names `source`.

    To open a database in write-ahead mode makes files beside it, so its bytes are copied. What was written meanwhile is copied again.
    """
    try:
        for _ in range(_TRIES if source.exists() else 0):
            before = _state(source)
            for end in ("", "-wal"):
                _copy(_beside(source, end), _beside(target, end))
            if _state(source) == before:
                break
        return _Fleeting(target)
    except LedgerTrouble as error:
        raise LedgerTrouble(error.message.replace(str(target), str(source)), error.remedy) from error
    except OSError as error:
        raise LedgerTrouble(f"The ledger {source} cannot be copied: {error.strerror}.", "Make room on the disk and try again.") from error


class _Fleeting(SqliteLedger):
    """A ledger that is thrown away: nobody waits for the disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._connection = _Hasty(self._connection.raw, path)
        self._connection.run("PRAGMA synchronous = OFF")


class _Hasty(Connection):
    @contextmanager
    def writing(self, durable: bool = True) -> Iterator[None]:
        with self._transaction("BEGIN IMMEDIATE"):
            yield


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:  # without changes under way there is no log
        return
    target.chmod(0o600)


def _state(path: Path) -> tuple[int, int]:
    """What changes when a checkpoint rewrites the database itself; what is only added to its log leaves the copy whole."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")


def messages_of(file: Path) -> int:
    """How many steps of recipes a copy knows to be done; 0 also where it cannot be read."""
    sql = "SELECT count(*) FROM steps WHERE state IN ('sent', 'queued') AND step NOT LIKE '(%'"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            return int(copy.execute(sql).fetchone()[0])
    except (sqlite3.Error, OSError):
        return 0
