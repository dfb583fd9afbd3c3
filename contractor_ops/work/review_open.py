"""What is still open of an estimate or an invoice, as a card of the queue tells it."""

from datetime import date
from decimal import Decimal

from contractor_ops.planning.screen import owed_on
from contractor_ops.reports.review_card import Open
from contractor_ops.tables.record import Record
from contractor_ops.views.books.what_counts import amount, meaning
from contractor_ops.work.who_papers import is_open

_OPEN_ESTIMATES = frozenset({"sent", "viewed"})


def opened_paper(record: Record) -> Open | None:
    """What is still open of an estimate or invoice, or None."""
    number = str(record["number"] or "")
    if record.table == "estimates":
        opened = meaning(record) in _OPEN_ESTIMATES
        return Open(f"estimate {number}".strip(), amount(record, "total"), "sent", _day(record["sent_on"])) if opened else None
    if not is_open(record):
        return None
    owed, total = owed_on(record), amount(record, "total")
    shown = owed if owed is not None else total
    return Open(f"invoice {number}".strip(), shown, "due", _day(record["due_on"]), _unsure(record, owed, total))


def _unsure(invoice: Record, owed: Decimal | None, total: Decimal | None) -> str:
    if owed is not None:
        return "but its status says paid" if meaning(invoice) == "paid" else ""
    return f"{'in all; ' if total is not None else ''}what is still owed is not known"


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
