"""Papers that name each other by number."""

from collections.abc import Sequence
from decimal import Decimal

from contractor_ops.figures.values import Business
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.billing.estimates import are_linked
from contractor_ops.views.books.numbers import Directory, numbers_written


class Names:
    """Whom a column of one table names in another: invoices that a payment is for, jobs that an invoice bills."""

    def __init__(self, records: Sequence[Record], column: str, others: Sequence[Record]) -> None:
        self._cells = column_of(records, column)
        self._directory = Directory(others)
        self._found = self._directory.find_all(self._cells).tolist()
        self._whose, self._others = column_of(records, "customer"), column_of(others, "customer")

    def one(self, at: int) -> int | None:
        """The row of a cell that is one number, in one row: most are."""
        return found if (found := self._found[at]) >= 0 else None

    def of(self, at: int) -> list[list[int]]:
        """The rows of each number that the cell names; of a number that several customers have, those of the same customer."""
        found = self._found[at]
        if found >= 0:
            return [[found]]
        cell = self._cells[at]
        if cell is None:
            return []
        several = rows_named(self._directory, cell)
        return [of_customer(rows, self._whose[at], self._others) for rows in several]


def rows_named(directory: Directory, cell: Value) -> list[list[int]]:
    """The rows of each number that a cell names: usually one number, in one row."""
    if cell is None:
        return []
    if rows := directory.exactly(str(cell)):
        return [rows]
    return [rows for number in numbers_written(cell) if (rows := directory.exactly(number) or directory.loosely(number))]


def of_customer(rows: list[int], customer: Value, names: Sequence[Value]) -> list[int]:
    """Of the rows that share a number those of one customer; none where a number of several customers comes without a name."""
    if len(rows) == 1:
        return rows
    name = normal_name(str(customer or ""))
    found = {normal_name(str(names[row] or "")) for row in rows}
    return rows if len(found) == 1 else [row for row in rows if name and normal_name(str(names[row] or "")) == name]


def estimates_apart(business: Business) -> bool:
    """Whether there is work that should have an accepted estimate, and no row names a job's estimate or an estimate's job: then nobody can tell."""
    tables = business.tables
    if "billing_gaps" not in tables or "estimates" not in tables or not len(tables["estimates"].records) or are_linked(tables):
        return False
    large = business.config.billing.estimate_from
    return any(isinstance(total, Decimal) and total >= large for total in column_of(tables["jobs"].records, "total"))
