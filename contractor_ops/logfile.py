"""The log file: a line for every job that cron or a person ran with --send, and the traceback of every bug. Kept small by turning it over.

It holds what ran, when, how long and how it ended: no message, no address, no secret.
"""

import os
import traceback
from pathlib import Path

_ABOUT_CODE = (TypeError, AttributeError, NameError, ImportError, ZeroDivisionError, RecursionError, NotImplementedError)
"""Errors whose words are about the program. Those of others may quote a cell, a letter or a key, and are not kept."""
_MOST_BYTES, _KEPT = 1_000_000, 4


def log_file() -> Path:
    """Where it is: the user's folder for logs."""
    import platformdirs

    return platformdirs.user_log_path("contractor-ops") / "contractor-ops.log"


def note(line: str) -> None:
    """Add a line. A log that cannot be written stops no work: the ledger knows every run, and says so in the report."""
    try:
        _append(line)
    except OSError:
        return


def note_bug(error: BaseException, about: str) -> Path | None:
    """Add a traceback without the values that it was about; where it stands, or None when it could not be written."""
    try:
        return _append(f"{about}\n{_without_words(error)}")
    except OSError:
        return None


def _append(text: str) -> Path:
    file = log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > _MOST_BYTES:
        _turn_over(file)
    with os.fdopen(
        os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600), "a", encoding="utf-8", errors="backslashreplace"
    ) as stream:
        stream.write(text.rstrip("\n") + "\n")  # one write: lines of two jobs never mix
    return file


def _turn_over(file: Path) -> None:
    """`log` becomes `log.1`, that `log.2`, and so on; the oldest goes."""
    for number in range(_KEPT, 0, -1):
        older = file.with_name(f"{file.name}.{number - 1}") if number > 1 else file
        if older.exists():
            older.replace(file.with_name(f"{file.name}.{number}"))


def _without_words(error: BaseException) -> str:
    """Where it happened, of this error and of those that led to it."""
    told, seen = [], set[int]()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        told.append("".join(traceback.format_tb(one.__traceback__)) + f"{type(one).__name__}{_words_of(one)}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nled to:\n".join(reversed(told))


def _words_of(error: BaseException) -> str:
    if isinstance(error, OSError):
        return f": {error.strerror}" if error.strerror else ""
    return f": {error}"[:300] if isinstance(error, _ABOUT_CODE) else ""
