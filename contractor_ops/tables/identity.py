"""Which record a row is: the same one tomorrow, wherever it stands in the sheet."""

from hashlib import sha256

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Record


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
