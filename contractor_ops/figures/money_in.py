"""What came in for each invoice, by the payments table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from contractor_ops.figures.links import Names
from contractor_ops.figures.values import Business
from contractor_ops.figures.windows import days_in
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.what_counts import sign_of


class Came(NamedTuple):
    """Money for an invoice: the day, and how much; None where one payment was for several invoices."""

    day: date
    amount: Decimal | None


def received(business: Business) -> Iterator[tuple[int, date | None, Decimal | None]]:
    """Every payment: its position, its day, what it brought. Below zero for a refund; nothing where it was given back."""
    table = business.tables.get("payments")
    if table is None:
        return
    records, sign = table.records, sign_of(table.records)
    days = days_in(column_of(records, "paid_on"), business.now)
    statuses = column_of(records, "status")
    known = {one: meaning_of(str(one), TABLES["payments"].statuses) or "unknown" if one is not None else "" for one in set(statuses)}
    columns = (column_of(records, name) for name in ("amount", "type", "refunded_on"))
    for at, (day, status, amount, kind, refunded) in enumerate(zip(days, statuses, *columns, strict=True)):
        yield at, day, _brought(amount, kind, refunded, known[status], sign)


def came_in(business: Business) -> Mapping[int, Sequence[Came]]:
    """What came in for each invoice that a payment names, by the invoice's position, the earliest first."""
    if "payments" not in business.tables or "invoices" not in business.tables:
        return {}
    names = Names(business.tables["payments"].records, "invoice", business.tables["invoices"].records)
    found: dict[int, list[Came]] = {}
    for at, day, amount in received(business):
        if day is None or not amount or day > business.today:
            continue
        row = names.one(at)
        if row is not None and row not in found:
            found[row] = [Came(day, amount)]
            continue
        rows = [row] if row is not None else [same[0] for same in names.of(at) if len(same) == 1]  # one of two copies: nobody knows which
        for row in rows:
            found.setdefault(row, []).append(Came(day, amount if len(rows) == 1 else None))
    for money in found.values():
        if len(money) > 1:
            money.sort(key=lambda one: (one.day, one.amount is None, one.amount or 0))
    return found


def _brought(amount: Value, kind: Value, refunded: Value, state: str, sign: int) -> Decimal | None:
    """By the rule of `what_counts.received`, without a record for each payment."""
    if state in {"failed", "void"} or (isinstance(amount, Decimal) and refunded is not None):
        return Decimal(0)
    if not isinstance(amount, Decimal) or state in {"pending", "unknown"}:
        return None
    if kind is not None and "refund" in str(kind).casefold():
        return -abs(amount)
    return min(sign * amount, Decimal(0)) if state == "refunded" else sign * amount
