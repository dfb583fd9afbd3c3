"""Large files as they were understood last time: an unchanged workbook need not be read again.

What is remembered is in the user's cache folder, for the user only. It counts only for exactly the bytes, the settings and the
version of this program that it was made with; whatever is wrong with it, the file itself is read.
"""

import contextlib
import hashlib
import marshal
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from contractor_ops import __version__
from contractor_ops.sources.file import Content
from contractor_ops.tables.packing import pack, unpack
from contractor_ops.tables.record import Table

WORTH_IT = 500_000
"""Bytes; what is smaller is read in a moment."""
LARGEST = 100_000_000
FORGOTTEN_AFTER = 30
"""Days in which nobody asked."""

_CODE = Path(__file__).parent.parent
_DIGEST = 32


def table_of(contents: Sequence[Content], office: Path, name: str, settings: object, build: Callable[[], Table]) -> Table:
    """The table that `build` makes of these files: remembered, or built now and remembered.

    `settings` is everything else that `build` goes by, as values whose repr says all.
    """
    if not WORTH_IT <= sum(len(content.data) for content in contents) <= LARGEST:
        return build()
    path = _folder() / hashlib.sha256(f"{office.resolve()}\n{name}".encode()).hexdigest()[:24]
    key = _key(contents, (name, settings))
    plain = _recall(path, key)
    if plain is not None:
        return unpack(plain, read_at=min(content.saved_at for content in contents))
    table = build()
    _remember(path, key, marshal.dumps(pack(table)))
    return table


def _folder() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("contractor-ops") / "tables"


def _key(contents: Sequence[Content], settings: object) -> bytes:
    """Differs as soon as anything differs that the table is made from: bytes, settings, or the code that makes it."""
    whole = hashlib.sha256(repr((__version__, sys.version, list(_stamps_of_the_code()), settings)).encode())
    for content in contents:
        whole.update(f"\n{content.file}\n".encode("utf-8", "surrogatepass") + hashlib.sha256(content.data).digest())
    return whole.digest()


def _stamps_of_the_code() -> Iterator[tuple[str, int, int]]:
    import python_calamine

    files = [*(_CODE / "tables").rglob("*.py"), *(_CODE / "sources").rglob("*.py"), Path(python_calamine.__file__)]
    for file in sorted(files):
        about = file.stat()
        yield str(file), about.st_size, about.st_mtime_ns


def _recall(path: Path, key: bytes) -> object:
    """What was remembered under this key, or None."""
    try:
        kept = memoryview(path.read_bytes())
        if kept[:_DIGEST] != key or kept[_DIGEST : 2 * _DIGEST] != hashlib.sha256(kept[2 * _DIGEST :]).digest():
            return None
        os.utime(path)
        return marshal.loads(kept[2 * _DIGEST :])  # noqa: S302 (it is what we wrote: the digest says so, and nobody else may write there)
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _remember(path: Path, key: bytes, kept: bytes) -> None:
    """Written beside and put in place at once; a folder that cannot be written is no trouble."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_old(path.parent)
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.writelines((key, hashlib.sha256(kept).digest(), kept))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    oldest = time.time() - FORGOTTEN_AFTER * 86_400
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
