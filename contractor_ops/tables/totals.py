"""Whether a report's own TOTAL row agrees with the rows that we read."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from contractor_ops.tables.headings import Headings
from contractor_ops.tables.record import Record
from contractor_ops.tables.rows import Rows

_A_CENT = Decimal("0.01")


Mismatch = tuple[int, str | None, Any, str]
"""Row counted from 0, heading, the cell, and the sentence."""


def totals_that_do_not_add_up(
    told: Rows, headings: Headings, records: Sequence[Record], rows: Sequence[Sequence[Any]]
) -> Iterator[Mismatch]:
    """Each sum of the last TOTAL row that differs from its column. `records` are not yet folded."""
    from contractor_ops.tables.cells.money import clean_money

    whole = [total.row for total in told.totals if total.whole]
    if not whole:
        return
    row = whole[-1]
    for name, feed in headings.feeds.items():
        if feed.column.kind != "money" or feed.mode != "one" or feed.indexes[0] >= len(rows[row]):
            continue
        cell = rows[row][feed.indexes[0]]
        claimed = clean_money([cell])[0][0]
        if claimed is None:
            continue
        amounts = [(record.place.row, record.values[name]) for record in records]
        above = [amount for _, amount in amounts if isinstance(amount, Decimal)]
        since = [amount for at, amount in amounts if isinstance(amount, Decimal) and (at or 0) > (whole[-2] if len(whole) > 1 else 0)]
        if all(abs(sum(part, Decimal(0)) - claimed) >= _A_CENT for part in (above, since)):
            said = f"The rows add up to {sum(above, Decimal(0)):,.2f}, this row says {claimed:,.2f}: rows may be missing. Export it again."
            yield row, headings.spelling(name), cell, said
