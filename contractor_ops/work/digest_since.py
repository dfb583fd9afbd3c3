"""From when on a digest tells: the last one of its kind that really left, so that nothing is told twice or never."""

from datetime import datetime, time, timedelta

from contractor_ops.office import Office
from contractor_ops.ports import State
from contractor_ops.reports.digest import DigestKind
from contractor_ops.work.own_messages import DIGEST

LEFT: frozenset[State] = frozenset({"sent", "queued"})
"""What became of a digest that was sent."""
_DAYS = {"daily": 1, "weekly": 7}


def since_of(office: Office, kind: DigestKind, now: datetime, reader: str = "") -> datetime:
    """The moment of the last digest of this kind, to this reader where one is named; without one the midnight that begins yesterday, or the week."""
    days = datetime.combine(now.date() - timedelta(days=_DAYS[kind]), time.min, now.tzinfo)
    if not office.ledger_file.exists():
        return days
    runs = {run.id: run.now for run in office.ledger.runs(DIGEST, limit=1000)}
    told = (runs[entry["run"]] for entry in office.ledger.entries(DIGEST)
            if entry["state"] in LEFT and entry["run"] in runs and _is_of(str(entry["record"]), kind, reader))  # fmt: skip
    return max((moment.astimezone(now.tzinfo) for moment in told if moment < now), default=days)


def record_of(kind: DigestKind, now: datetime, reader: str) -> str:
    """Under what the ledger keeps that a reader had the digest of a day."""
    return f"{kind} {now.date().isoformat()} {reader}"


def _is_of(record: str, kind: DigestKind, reader: str) -> bool:
    of_kind, _, rest = record.partition(" ")
    return of_kind == kind and (not reader or rest.partition(" ")[2] == reader)
