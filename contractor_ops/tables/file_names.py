"""Names of files that every system takes."""

import re
import unicodedata

from contractor_ops.tables.identity import digest_of

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 60


def file_stem(name: str, whole: str, before: str) -> str:
    """What a file is called that is about `name`: "draft-invoice-J-5001". A name that had to be changed is told apart by a piece of a hash of `whole`.

    `before` keeps the stem from being a name of a device of Windows.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("-", plain).strip("-")[:_LONGEST]
    # Two numbers that differ in small and large letters only are one file on Windows and macOS.
    changed = safe != name or safe != safe.upper()
    return f"{before}-{'-'.join(part for part in (safe, digest_of(whole)[:8] if changed else '') if part)}"
