"""The copies of the ledger that the schedule makes: one a day is enough, and so many are kept that no disk fills up."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from contractor_ops.office import Office

BACKUPS = "backups"
KEPT_LATEST, KEPT_MONTHS = 8, 12
"""So many of the latest copies are kept, and of so many months the last one of each."""
_NAME = re.compile(r"ledger-(\d{4}-\d\d-\d\d)\.db")


def is_by_schedule(office: Office, file: Path) -> bool:
    """Whether a file is one that the schedule names: backups/ledger-2026-11-22.db."""
    return file.absolute().parent == (office.folder / BACKUPS).absolute() and _day(file) is not None


def newest_copy(office: Office) -> date | None:
    """The day of the latest copy that the schedule has made."""
    return max((day for file in (office.folder / BACKUPS).glob("ledger-*.db") if (day := _day(file))), default=None)


def thin_out(office: Office) -> list[Path]:
    """Take away the copies of the schedule that are older than what is kept; which."""
    files = {day: file for file in (office.folder / BACKUPS).glob("ledger-*.db") if (day := _day(file))}
    gone = [files[day] for day in sorted(files.keys() - kept(files))]
    for file in gone:
        file.unlink(missing_ok=True)
    return gone


def kept(days: Iterable[date]) -> set[date]:
    """Of copies of these days those that are kept."""
    order = sorted(days, reverse=True)
    last_of_month: dict[tuple[int, int], date] = {}
    for day in order:
        last_of_month.setdefault((day.year, day.month), day)
    return {*order[:KEPT_LATEST], *list(last_of_month.values())[:KEPT_MONTHS]}


def _day(file: Path) -> date | None:
    found = _NAME.fullmatch(file.name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
