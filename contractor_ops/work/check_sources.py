"""What `check` sees of the files that tables come from: their age, copies beside them that may be newer, and whether somebody has them open."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from contractor_ops.errors import UnusableFile
from contractor_ops.office import Office
from contractor_ops.planning.phrases import count
from contractor_ops.reports.format import days_since
from contractor_ops.sources.find import find_files
from contractor_ops.tables.record import Table
from contractor_ops.work.check_finding import Finding

_OLD = 30
"""Days after which a file of a table that has no max_age is told of all the same."""
_DOWNLOADED_AGAIN = re.compile(r"(?P<stem>.+?)(?: \(\d+\)| - Copy(?: \(\d+\))?| copy(?: \d+)?)", re.IGNORECASE)


def check_source(office: Office, name: str, table: Table, now: datetime) -> Iterator[Finding]:
    """The files of one table that could be read."""
    part = office.config.tables[name]
    if part.asked_live:
        return
    try:
        files = find_files(office.folder, part.patterns)
    except UnusableFile:  # reading the table has told it
        return
    yield from _age(office, name, table, now)
    for file in files:
        yield from _copies(name, file)
        yield from _opened(name, file, writes=bool(part.write_back))


def _age(office: Office, name: str, table: Table, now: datetime) -> Iterator[Finding]:
    """Too old by its max_age, or without one by any measure."""
    part = office.config.tables[name]
    since = table.read_at.astimezone(office.zone) if table.read_at else None
    if table.as_of is not None:
        since = datetime.combine(table.as_of, datetime.max.time(), office.zone)
    days = days_since(since, now)
    if since is None or days is None:
        return
    too_old = part.max_age is not None and office.facts.calendar.has_gone_by(part.max_age, since, now)
    if too_old or (part.max_age is None and days > _OLD):
        most = f", and its max_age is {part.max_age}" if part.max_age else ""
        message = f"{', '.join(table.files)} is {count(days, 'day')} old{most}"
        yield Finding("warning", f"table {name}", message, "Export it again.", cause=age_of(name))


def age_of(table: str) -> str:
    """The one cause that a table's file is too old and that the recipes that read it are held back."""
    return f"the age of {table}"


def _copies(name: str, file: Path) -> Iterator[Finding]:
    """ "estimates (1).xlsx": what a browser or a sync program calls a second download, while the first goes on being read."""
    if not file.is_file():
        return
    for copy in sorted(file.parent.glob(f"{_glob_safe(file.stem)}*{file.suffix}")):
        found = _DOWNLOADED_AGAIN.fullmatch(copy.stem)
        if copy != file and found and found["stem"] == file.stem and copy.stat().st_mtime_ns > file.stat().st_mtime_ns:
            yield Finding("warning", f"table {name}", f'"{copy.name}" is newer than {file.name}, which is what is read',
                          f"If it is the new export, put it in the place of {file.name}; else delete it.")  # fmt: skip


def _glob_safe(text: str) -> str:
    return re.sub(r"([\[\]*?])", r"[\1]", text)


def is_open(office: Office, name: str) -> bool:
    """Whether somebody has a file of this table open, which `check_source` tells."""
    part = office.config.tables[name]
    return not part.asked_live and any(map(_lock, find_files(office.folder, part.patterns)))


def _lock(file: Path) -> Path | None:
    """Excel's ~$estimates.xlsx or LibreOffice's .~lock.estimates.xlsx#, where it is there."""
    locks = (file.with_name(f"~${file.name}"), file.with_name(f"~${file.name[2:]}"), file.with_name(f".~lock.{file.name}#"))
    return next((one for one in locks if one.exists()), None)


def _opened(name: str, file: Path, *, writes: bool) -> Iterator[Finding]:
    if lock := _lock(file):
        more = ", and nothing is written back into it" if writes else ""
        yield Finding("warning", f"table {name}", f"{file.name} is open on somebody's screen ({lock.name}): what is not saved is not seen{more}",
                      f"Save and close it. If nobody has it open, delete {lock.name}.")  # fmt: skip
