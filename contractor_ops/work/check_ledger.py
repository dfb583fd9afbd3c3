"""What `check` sees of the ledger: whether it is whole, where it is kept, and how old its last copy is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from contractor_ops.errors import ContractorOpsError
from contractor_ops.ledger.location import why_not_in
from contractor_ops.office import Office
from contractor_ops.planning.brakes import ledger_new
from contractor_ops.planning.phrases import count
from contractor_ops.reports.format import days_since
from contractor_ops.work.check_finding import Finding
from contractor_ops.work.ledger_lost import lost_ledger, put_back

BACKUPS = "backups"
_TOO_OLD = timedelta(days=8)
"""The timetable makes one each Sunday."""
_PUT_BACK = "Put the newest copy from backups/ in its place, and send nothing before: what the copy does not know of would leave again."


def check_ledger(office: Office, now: datetime) -> Iterator[Finding]:
    """Its place, its integrity, its copies."""
    if reason := why_not_in(office.folder):
        yield Finding("warning", "ledger", f"the office is in {reason}, so the ledger is kept in {office.ledger_file}")
    try:
        troubles = office.ledger.verify()
        in_use, lost = bool(office.ledger.recipes_seen()), lost_ledger(office)
    except ContractorOpsError as error:
        yield Finding("error", "ledger", error.message, error.remedy)
        return
    yield from (Finding("error", "ledger", trouble, _PUT_BACK) for trouble in troubles)
    if lost:
        yield Finding("error", "ledger", f"{office.ledger_file.name}: {ledger_new(lost)}", put_back(office), cause=ledger_new(lost))
    elif not troubles:
        yield Finding("ok", "ledger", f"{office.ledger_file.name} is whole")
    if in_use:
        yield from _copies(office, now)


def _copies(office: Office, now: datetime) -> Iterator[Finding]:
    """The ledger is what keeps a message from leaving twice: once messages have left, there must be a copy of it."""
    folder = office.folder / BACKUPS
    folder = folder if folder.is_dir() else office.folder
    remedy = f"contractor-ops ledger backup {folder / f'ledger-{now:%Y-%m-%d}.db'}   (a schedule makes one each Sunday)"
    copies = [*office.folder.glob("ledger-*.db"), *(office.folder / BACKUPS).glob("ledger*.db")]
    if not copies:
        yield Finding("warning", "ledger", "there is no copy of it", remedy)
        return
    newest = max(copies, key=lambda file: file.stat().st_mtime)
    made, name = datetime.fromtimestamp(newest.stat().st_mtime, office.zone), newest.relative_to(office.folder).as_posix()
    if now - made > _TOO_OLD:
        yield Finding("warning", "ledger", f"its newest copy, {name}, is {count(days_since(made, now) or 0, 'day')} old", remedy)
    else:
        yield Finding("ok", "ledger", f"its newest copy is {name}")
