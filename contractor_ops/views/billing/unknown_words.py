"""Statuses of invoices that nobody knows: such an invoice is taken as sent, and a person is told once for each word."""

from collections import Counter
from decimal import Decimal

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Problem, Table
from contractor_ops.tables.records import column_of


def unknown_statuses(invoices: Table | None) -> list[Problem]:
    """A warning for each status without a meaning on invoices that would bill something."""
    if invoices is None:
        return []
    statuses = column_of(invoices.records, "status")
    unknown = {one for one in set(statuses) if one is not None and meaning_of(str(one), TABLES["invoices"].statuses) is None}
    if not unknown:
        return []
    cells = zip(statuses, column_of(invoices.records, "total"), strict=True)
    counts = Counter(str(status) for status, total in cells if status in unknown and not (isinstance(total, Decimal) and total <= 0))
    match, file = invoices.columns.get("status"), invoices.files[0] if invoices.files else "invoices"
    heading = match.headings[0] if match and match.headings else None
    return [
        Problem(file, None, None, heading, status, f"{_invoices(times)} the status \"{status}\", which has no meaning that I know: "
                f"{'it is' if times == 1 else 'they are'} taken as sent. If that bills nothing yet, write Draft.")
        for status, times in counts.items()
    ]  # fmt: skip


def _invoices(times: int) -> str:
    return "1 invoice has" if times == 1 else f"{times:,} invoices have"
