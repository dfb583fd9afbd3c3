"""Putting new content in a file's place: a copy is kept, the change is whole or not at all, and the file stays whose it was."""

import contextlib
import hashlib
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
_LEFT_OVER = 3_600
_NOBODY = "If nobody has it open, delete that small file; else it is written at the next run after it is closed."


def refuse_if_open(path: Path, file: str) -> None:
    """Raise NotWritten while Excel or LibreOffice has the file open (also by the name of a link to it), or where we cannot put it in place."""
    for beside in dict.fromkeys((path, path.resolve())):
        for name in (f"~${beside.name}", f".~lock.{beside.name}#"):
            if beside.with_name(name).exists():
                raise NotWrittenYet(f"{file} is open in Excel or LibreOffice ({name} is beside it), so nothing was written.", _NOBODY)
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        reason = (error.strerror or "no access").lower()
        raise NotWritten(f"{file} cannot be written ({reason}).", "Close it in Excel, and see that you may change it.") from None
    _refuse_ties(path.stat(), file)


def _refuse_ties(seen: os.stat_result, file: str) -> None:
    """Raise NotWritten where a new file in its place would not be the same to everybody who has it now."""
    if seen.st_nlink > 1:
        raise NotWritten(
            f"{file} has a second name (a hard link), which would keep the old content, so nothing was written.",
            "Keep it under one name; a symbolic link to it does no harm.",
        )
    if not _may_keep_owner(seen):
        raise NotWritten(
            f"{file} belongs to another user of this computer, who could not change it any more afterwards, so nothing was written.",
            "Run contractor-ops as that user, or let the file's group do what its owner may (chmod g=u) and be one of the group.",
        )


def keep_copy(path: Path, data: bytes, office: Path, now: datetime) -> Path:
    """Keep what the file held in backups/, named by the time. No copy is written over; one that says the same already will do. Raises OSError."""
    folder = office / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    there = _copies(path, office)
    if there and there[-1].read_bytes() == data:
        return there[-1]
    name, number = f"{_stem(path, office)}-{now:%Y%m%d-%H%M%S}", 1
    while (copy := folder / f"{name}{f'-{number}' if number > 1 else ''}{path.suffix}").exists():
        number += 1
    _write_beside(copy, data).replace(copy)
    shutil.copystat(path, copy)  # its own time: a pattern for the newest file must not find the copy
    return copy


def drop_old_copies(path: Path, office: Path, kept: Path) -> None:
    """Leave the newest copies of a file, `kept` among them. To be done once a writing has succeeded: one that fails must not use copies up."""
    for copy in _copies(path, office)[:-KEPT]:
        if copy != kept:
            copy.unlink(missing_ok=True)


def _copies(path: Path, office: Path) -> list[Path]:
    """The copies of a file, the oldest first."""
    name = re.compile(re.escape(_stem(path, office)) + r"-(\d{8}-\d{6})(?:-(\d+))?" + re.escape(path.suffix))
    found = ((name.fullmatch(each.name), each) for each in (office / BACKUPS).iterdir())
    return [each for _, _, each in sorted((match[1], int(match[2] or 1), each) for match, each in found if match)]


def _stem(path: Path, office: Path) -> str:
    """What the copies of a file are called. Files outside the office may share their names: where each stands is part of it."""
    if path.is_relative_to(office):
        return "-".join(path.relative_to(office).with_suffix("").parts)
    return f"{path.stem}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:6]}"


def replace_content(path: Path, data: bytes, seen: os.stat_result) -> os.stat_result:
    """Put new content in place of the file that was `seen`; what it is to be told by from now on.

    Raises OSError; ChangedMeanwhile when it is not that file any more. Mode, owner and extended attributes stay. The file's time moves on by
    two seconds only: by it the office's own saving is told, and a sheet that nobody has saved for a month must not look fresh because we
    wrote into it.
    """
    _remove_left_over(path)
    beside = _write_beside(path, data)
    try:
        shutil.copystat(path, beside)
        _same_owner(beside, seen)
        os.utime(beside, ns=(seen.st_atime_ns, min(seen.st_mtime_ns + _LATER, max(time.time_ns(), seen.st_mtime_ns + _LEAST))))
        ours = beside.stat()
        if stamp(path.stat()) != stamp(seen):
            raise ChangedMeanwhile
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return ours


class ChangedMeanwhile(Exception):
    """Somebody saved the file while we were at it."""


def stamp(about: os.stat_result) -> tuple[int, int, int]:
    """What changes when somebody saves a file."""
    return about.st_mtime_ns, about.st_size, about.st_ino


def _write_beside(path: Path, data: bytes) -> Path:
    """The content in a new file in the same folder, on the disk and not only in the system's memory."""
    number, name = tempfile.mkstemp(prefix=_beside(path), suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _beside(path: Path) -> str:
    return f".{path.stem}-contractor-ops-"


def _remove_left_over(path: Path) -> None:
    """What a run that was killed left beside the file; what is younger may be another run's."""
    with contextlib.suppress(OSError):
        for each in path.parent.iterdir():
            if each.name.startswith(_beside(path)) and each.suffix == ".tmp" and each.stat().st_mtime < time.time() - _LEFT_OVER:
                each.unlink(missing_ok=True)


def _may_keep_owner(seen: os.stat_result) -> bool:
    """Whether a file in its place can be its owner's too, or at least let everybody do what they may now."""
    if not hasattr(os, "chown") or os.geteuid() == 0:
        return True
    groups_do_the_same = (seen.st_mode >> 3 & 7) == (seen.st_mode >> 6 & 7)
    return seen.st_gid in {os.getegid(), *os.getgroups()} and (seen.st_uid == os.geteuid() or groups_do_the_same)


def _same_owner(path: Path, seen: os.stat_result) -> None:
    about = path.stat()
    if hasattr(os, "chown") and (about.st_uid, about.st_gid) != (seen.st_uid, seen.st_gid):
        os.chown(path, seen.st_uid if os.geteuid() == 0 else -1, seen.st_gid)
        path.chmod(seen.st_mode & 0o7777)  # a change of owner takes some of the mode away


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk too, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
