"""Where the ledger is kept: in the office's folder, unless that folder is synced or on a network."""

import sys
from hashlib import sha256
from pathlib import Path

SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "box sync", "nextcloud", "mobile documents")
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs"}


def ledger_path(office: Path, name: str, configured: str) -> Path:
    """The ledger's file. A synced folder makes conflicted copies of a database, and locks do not hold on a network file system."""
    if configured:
        path = Path(configured).expanduser()
        return path if path.is_absolute() else office / path
    if why_not_in(office) is None:
        return office / name
    import platformdirs

    folder = platformdirs.user_data_path("contractor-ops") / sha256(str(office.resolve()).encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def why_not_in(office: Path) -> str | None:
    """Why the ledger is not kept in the office's folder: "a synced folder", "a network folder", or None when it is."""
    path = office.resolve()
    parts = [part.casefold() for part in path.parts]
    if any(part.startswith(SYNCED) for part in parts):
        return "a synced folder"
    return "a network folder" if _file_system(path) in NETWORK else None


def _file_system(path: Path) -> str:
    """The kind of file system under a path, "" where the system does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return "smbfs" if str(path).startswith("\\\\") else ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        if point and (path == Path(point) or Path(point) in path.parents) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def boot() -> str:
    """This start of the machine: what was written without waiting for the disk outlives a kill, not a restart."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return _boot_from_clock()


def _boot_from_clock() -> str:
    import time

    # Monotonic clocks count from the start of the machine; rounded, because two readings are never quite the same.
    return f"{sys.platform}-{round((time.time() - time.monotonic()) / 60)}"
