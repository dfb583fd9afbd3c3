"""How a record becomes a line that somebody reads."""

from collections.abc import Iterable
from decimal import Decimal

from contractor_ops.figures.values import Line
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.views.catalogue import READABLE

_ONE = {
    "invoices": "invoice", "estimates": "estimate", "jobs": "job", "visits": "visit", "note_gaps": "job", "leads": "lead", "missed_calls": "call",
    "equipment": "unit", "compliance": "paper",
}  # fmt: skip


def line(record: Record, amount: Decimal | None = None, days: int | None = None, why: str = "", what: str = "") -> Line:
    """A line about one record, named by its number unless `what` names it."""
    one = _ONE.get(record.table, record.table)
    named = what or (f"{one} {record['number']}" if record["number"] else f"{one} without a number")
    return Line(
        named, str(record["customer"] or ""), why, amount, days, str(record["falls_to"] or ""), record.table,
        record_id(record, READABLE[record.table]) or "", record.place,
    )  # fmt: skip


def in_order(lines: Iterable[Line]) -> list[Line]:
    """The lines in an order of their own, so that those of one weight stand alike wherever their rows stand in the sheet."""
    return sorted(lines, key=lambda one: (one.record, one.customer, one.why, one.what))
