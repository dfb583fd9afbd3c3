"""Schedules that a folder left behind when it was moved or renamed: its jobs fail each time, and no office is left to take them out."""

import plistlib
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from contractor_ops.errors import FilesNeedMending
from contractor_ops.office import CONFIG
from contractor_ops.timetable import crontab, launchd, systemd
from contractor_ops.timetable.place import Place
from contractor_ops.work.cron import Kind, program
from contractor_ops.work.cron_install import agents_folder, crontab_of_user, remove, user_units


def left_behind() -> list[tuple[Kind, str]]:
    """What keeps jobs of a folder in which no office is any more, and that folder."""
    found = [(Kind.crontab, office) for office in crontab.offices_in(_crontab())]
    found += [(Kind.systemd, office) for file in _services() if (office := systemd.office_of(file.read_text("utf-8", "replace")))]
    found += [(Kind.launchd, office) for file in _agents() if (office := launchd.office_of(_plist(file)))]
    return [(kind, office) for kind, office in dict.fromkeys(found) if not (Path(office) / CONFIG).is_file()]


def left_sentence(kind: Kind, office: str) -> str:
    """That jobs stand there in vain."""
    return f"{kind} still runs the jobs of {office}, where no office is any more: they fail each time"


def left_remedy(kind: Kind, office: str) -> str:
    """What takes them out."""
    return f"contractor-ops cron --remove --for {kind} --office {shlex.quote(office)}"


def remove_left(kind: Kind, office: str, now: datetime) -> Iterator[str]:
    """Take out what a folder left behind. The user's own folder for data keeps a copy of the crontab as it was."""
    import platformdirs

    place = Place(office, program(), "")
    yield from remove(kind, platformdirs.user_data_path("contractor-ops"), [], place, now)


def _crontab() -> str:
    try:
        return crontab_of_user()
    except FilesNeedMending:
        return ""


def _services() -> list[Path]:
    return sorted(user_units().glob(f"{systemd.ANY}*.service"))


def _agents() -> list[Path]:
    return sorted(agents_folder().glob(f"{launchd.ANY}*.plist"))


def _plist(file: Path) -> object:
    try:
        return plistlib.loads(file.read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return None
