"""Who a record is: the same one tomorrow, the same customer elsewhere, the same row as was shown."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Record

_OWN_DAY = ("issued_on", "sent_on", "created_on", "booked_on", "started_at", "scheduled_on", "due_on")


def digest_of(*parts: object) -> str:
    """A short hash of some values, the same on every machine and in every release."""
    return sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def record_id(record: Record, spec: TableSpec) -> str | None:
    """A record's number; without one a hash of what its table names, never the row's position. None when there is nothing to go by."""
    number = record["number"]
    if number:
        return str(number)
    fields = [record[name] for name in spec.identity]
    if not record["customer"] and all(value is None for value in fields):
        return None
    return "~" + digest_of(record.table, normal_name(str(record["customer"] or "")), *fields)[:12]


def customer_key(number: str | None, phones: Iterable[str], emails: Iterable[str]) -> str:
    """One customer = the same customer number, else the same phone, else the same e-mail. "" when only a name is known."""
    if number:
        return f"number:{number}"
    return next((f"phone:{phone}" for phone in phones), None) or next((f"email:{email}" for email in emails), "")


def own_day(record: Record) -> str:
    """The record's own day as ISO text, to notice numbers that start again in January."""
    day = next((record[name] for name in _OWN_DAY if isinstance(record[name], date)), None)
    return (day.date() if isinstance(day, datetime) else day).isoformat() if isinstance(day, date) else ""


def row_hash(record: Record) -> str:
    """A hash of everything that the row says."""
    return digest_of(*(f"{name}={record[name]}" for name in sorted(record.values) if record[name] is not None))
