"""Bring a ledger up to this version: its numbered migrations, each in a transaction, with a copy of the ledger made before."""

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ledger.connection import Connection, connect


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema; `name` is the file's, "0001_first"."""

    number: int
    name: str
    script: str


def migrations() -> list[Migration]:
    """Those that this version knows, in order."""
    folder = resources.files("contractor_ops.ledger") / "migrations"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return [Migration(int(entry.name[:4]), entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in files]


def bring_up_to_date(connection: Connection) -> None:
    """Apply what the ledger lacks. Raises LedgerTrouble, and leaves the file alone, where it is newer than we are or is no ledger."""
    known, has = migrations(), version(connection)
    if has > known[-1].number:
        message = (
            f"The ledger {connection.path} is from a newer version of contractor-ops: it is at {has}, this one knows {known[-1].number}."
        )
        raise LedgerTrouble(message, "Install the newer version on this machine too. The ledger was left as it is.")
    if not connection.read_only:
        connection.rows("PRAGMA journal_mode = WAL")
    for migration in known[has:]:
        _apply(connection, migration, keep_a_copy=has > 0)


def make_new(path: Path, wait: float) -> None:
    """Make a ledger whole under another name and then put it in its place: a kill meanwhile leaves no half of one."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):  # left by a run that was killed; what else is wrong is told below
        unfinished.unlink()
    try:
        with contextlib.closing(connect(unfinished, wait)) as connection:
            bring_up_to_date(connection)
    except LedgerTrouble as error:
        raise LedgerTrouble(error.message.replace(str(unfinished), str(path)), error.remedy) from error
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass  # two were first at the same time, and the other one was quicker
    except OSError:  # a file system without hard links
        if not path.exists():
            unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def version(connection: Connection) -> int:
    """The number of the ledger's last migration, 0 for an empty file. Raises LedgerTrouble for somebody else's database."""
    tables = {name for (name,) in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return 0
    if not {"migrations", "steps", "history"} <= tables:
        raise LedgerTrouble(f"{connection.path} is a database, but no ledger of contractor-ops.", "See which file [ledger] path names.")
    return int(connection.rows("SELECT coalesce(max(number), 0) FROM migrations")[0][0])


def _apply(connection: Connection, migration: Migration, keep_a_copy: bool) -> None:
    with connection.writing():
        if version(connection) >= migration.number:  # another process was quicker
            return
        if keep_a_copy:
            _copy_before(connection.path, migration)
        for statement in statements(migration.script):
            connection.run(statement)
        connection.run("INSERT INTO migrations (number, name) VALUES (?, ?)", (migration.number, migration.name))


def _copy_before(path: Path, migration: Migration) -> None:
    """Keep the ledger as it was; what an earlier try at the same migration left is older and gives way.

    A connection that is writing cannot be copied from, so this takes one of its own.
    """
    target = path.with_name(f"{path.name}.before-{migration.number:04}")
    target.unlink(missing_ok=True)
    with contextlib.closing(connect(path)) as source:
        source.copy(target)


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit behind our back."""
    statement = ""
    for piece in re.split("(?<=;)", script):  # a semicolon may also stand in a comment, a text or a trigger
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
