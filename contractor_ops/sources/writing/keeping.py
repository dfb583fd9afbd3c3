"""Putting new content in a file's place: a copy is kept, the change is whole or not at all, and the file stays whose it was."""

import contextlib
import os
import re
import shutil
import tempfile
import time
from datetime import datetime
from pathlib import Path

from contractor_ops.errors import NotWritten, NotWrittenYet

BACKUPS = "backups"
KEPT = 10
"""How many copies of each file are kept."""
_LATER, _LEAST = 2_000_000_000, 1_000_000
_NOBODY = "If nobody has it open, delete that small file; else it is written at the next run after it is closed."


def refuse_if_open(path: Path, file: str) -> None:
    """Raise NotWritten while Excel or LibreOffice has the file open, or when we may not write it."""
    for name in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(name).exists():
            raise NotWrittenYet(f"{file} is open in Excel or LibreOffice ({name} is beside it), so nothing was written.", _NOBODY)
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        reason = (error.strerror or "no access").lower()
        raise NotWritten(f"{file} cannot be written ({reason}).", "Close it in Excel, and see that you may change it.") from None


def keep_copy(path: Path, data: bytes, office: Path, now: datetime) -> Path:
    """Keep what the file held in backups/, named by the time, and drop the oldest copies of it. Raises OSError."""
    folder = office / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    inside = path.relative_to(office) if path.is_relative_to(office) else Path(path.name)
    stem = "-".join(inside.with_suffix("").parts)
    copy = folder / f"{stem}-{now:%Y%m%d-%H%M%S}{path.suffix}"
    _write_beside(copy, data).replace(copy)
    shutil.copystat(path, copy)  # its own time: a pattern for the newest file must not find the copy
    old = re.compile(re.escape(stem) + r"-\d{8}-\d{6}" + re.escape(path.suffix))
    for name in sorted((each.name for each in folder.iterdir() if old.fullmatch(each.name)), reverse=True)[KEPT:]:
        (folder / name).unlink(missing_ok=True)
    return copy


def replace_content(path: Path, data: bytes, seen: os.stat_result) -> None:
    """Put new content in place of the file that was `seen`. Raises OSError; ChangedMeanwhile when it is not that file any more.

    Mode, owner and extended attributes stay. The file's time moves on by two seconds only: by it the office's own saving is told, and
    a sheet that nobody has saved for a month must not look fresh because we wrote into it.
    """
    beside = _write_beside(path, data)
    try:
        shutil.copystat(path, beside)
        _same_owner(beside, seen)
        os.utime(beside, ns=(seen.st_atime_ns, min(seen.st_mtime_ns + _LATER, max(time.time_ns(), seen.st_mtime_ns + _LEAST))))
        if stamp(path.stat()) != stamp(seen):
            raise ChangedMeanwhile
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(path.parent)


class ChangedMeanwhile(Exception):
    """Somebody saved the file while we were at it."""


def stamp(about: os.stat_result) -> tuple[int, int, int]:
    """What changes when somebody saves a file."""
    return about.st_mtime_ns, about.st_size, about.st_ino


def _write_beside(path: Path, data: bytes) -> Path:
    """The content in a new file in the same folder, on the disk and not only in the system's memory."""
    number, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _same_owner(path: Path, seen: os.stat_result) -> None:
    about = path.stat()
    if hasattr(os, "chown") and (about.st_uid, about.st_gid) != (seen.st_uid, seen.st_gid):
        os.chown(path, seen.st_uid, seen.st_gid)
        path.chmod(seen.st_mode & 0o7777)  # a change of owner takes some of the mode away


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk too, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
