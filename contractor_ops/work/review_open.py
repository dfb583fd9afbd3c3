"""What is still open of an estimate or an invoice, as a card of the queue tells it."""

from datetime import date
from decimal import Decimal

from contractor_ops.planning.screen import owed_on
from contractor_ops.reports.review_card import Open
from contractor_ops.tables.record import Record
from contractor_ops.views.books.what_counts import amount, meaning
from contractor_ops.work.who_papers import is_open, remarks_on

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
    due = None if shown is not None and shown < 0 else _day(record["due_on"])  # a credit falls due to nobody
    remarks = _unknown(total) if owed is None else (), remarks_on(record, owed)
    return Open(f"invoice {number}".strip(), shown, "due", due, "; ".join(one for part in remarks for one in part))


def _unknown(total: Decimal | None) -> tuple[str]:
    return (f"{'in all; ' if total is not None else ''}what is still owed is not known",)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
