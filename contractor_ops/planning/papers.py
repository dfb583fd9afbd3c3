"""The rows of all tables that speak of customers, found by what they say of whose they are: phone, e-mail, customer number, name, document."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from contractor_ops.planning.marks import FEWEST, Marks, figures, marks_of
from contractor_ops.planning.searching import Searched, Way, only_figures, plain_names, small_letters
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.numbers import Directory, core_of, numbers_written

LOOKED_IN = ("customers", "leads", "estimates", "jobs", "visits", "invoices", "payments", "change_orders")
"""Who somebody is and how to reach them stands in the first ones."""
REFERS: Mapping[str, Mapping[str, str]] = {
    "estimates": {"job": "jobs"},
    "jobs": {"estimate": "estimates", "invoice": "invoices"},
    "visits": {"job": "jobs"},
    "invoices": {"job": "jobs", "estimate": "estimates"},
    "payments": {"invoice": "invoices", "job": "jobs"},
    "change_orders": {"job": "jobs", "invoice": "invoices"},
}
"""The columns in which a paper names another."""


class Row(NamedTuple):
    """A row by its table and its position there."""

    table: str
    at: int


class Papers:
    """The rows of an office. Each column is made ready when something is first looked for in it; `not_theirs` are numbers of the office's own."""

    def __init__(self, tables: Mapping[str, Table], country: str, not_theirs: Iterable[str] = ()) -> None:
        self.tables = {name: tables[name] for name in LOOKED_IN if name in tables}
        self.country = country
        self.not_theirs = frozenset(figures(number)[-10:] for number in not_theirs)
        self._marks: dict[Row, Marks] = {}
        self._named_by: dict[Row, frozenset[Row]] = {}
        self._directories: dict[str, Directory] = {}
        self._searched: dict[tuple[str, str], Searched] = {}

    def record(self, row: Row) -> Record:
        """The row, its phones and e-mails cleaned."""
        self.marks(row)
        return self.tables[row.table].records[row.at]

    def marks(self, row: Row) -> Marks:
        """By what it tells whose it is."""
        if row not in self._marks:
            table = self.tables[row.table]
            record = complete_record(table.records[row.at], TABLES[row.table], self.country, table.columns)
            self._marks[row] = marks_of(record, name_column(row.table), self.not_theirs)
        return self._marks[row]

    # ── finding ──

    def with_phone(self, number: str) -> set[Row]:
        """The rows with a number that ends so, or that is the end of it."""
        wanted = figures(number)[-10:]
        if len(wanted) < FEWEST:
            return set()
        near = self._near("phone", wanted[-FEWEST:], only_figures)
        return {row for row in near if any(one.endswith(wanted) or wanted.endswith(one) for one in self.marks(row).phones)}

    def with_email(self, address: str) -> set[Row]:
        """The rows with this address."""
        wanted = address.strip().lower()
        return {row for row in self._near("email", wanted, small_letters) if wanted in self.marks(row).emails}

    def of_customer(self, number: str) -> set[Row]:
        """The rows with this customer number."""
        wanted = number.strip().casefold()
        near = {*self._near("customer_number", wanted, small_letters), *self._near("number", wanted, small_letters, ("customers",))}
        return {row for row in near if (self.marks(row).number or "").casefold() == wanted}

    def named(self, names: Iterable[str]) -> set[Row]:
        """The rows with one of these names, as names are compared."""
        return {row for name in names for row in self.named_like(name.split()) if self._name(row) == name}

    def named_like(self, words: Collection[str]) -> set[Row]:
        """The rows with a name in which all these words stand, or stand within other words."""
        longest = max(words, key=len, default="")
        near = (row for table in self.tables for row in self._near(name_column(table), longest, plain_names, (table,)))
        return {row for row in near if all(word in self._name(row) for word in words)}

    def names(self) -> set[str]:
        """Every name, as names are compared."""
        cells = {cell for table, rows in self.tables.items() for cell in column_of(rows.records, name_column(table)) if cell}
        return {normal_name(str(cell)) for cell in cells}

    def numbered(self, number: str, tables: Collection[str] = LOOKED_IN) -> set[Row]:
        """The papers with this number; where it stands nowhere as it is, with other zeros, and then with letters missing on one side."""
        (letters, rest), wanted = core_of(number), number.strip().casefold()
        found = {row: self._number(row) for row in self._near("number", f"{rest or wanted}\n", small_letters, tables)}
        exact = {row for row, its in found.items() if its.casefold() == wanted}
        if exact or not rest:  # other zeros than these are no other way to write them
            return exact
        alike = {row: core_of(its)[0] for row, its in found.items() if core_of(its)[1] == rest}
        return {row for row, its in alike.items() if its == letters} or {row for row, its in alike.items() if not (its and letters)}

    def naming(self, row: Row) -> set[Row]:
        """The papers without a customer's name that name this one by its number."""
        core = core_of(self._number(row))[1]
        near = {
            other
            for table, columns in REFERS.items()
            for column, its in columns.items()
            if its == row.table and self._has_nameless(table)
            for other in self._near(column, core, small_letters, (table,))
            if not self._name(other)
        }
        return {other for other in near if row in self.named_by(other)}

    def named_by(self, row: Row) -> frozenset[Row]:
        """The papers that a paper names."""
        if row not in self._named_by:
            record = self.tables[row.table].records[row.at]
            self._named_by[row] = frozenset(
                other
                for column, its in REFERS.get(row.table, {}).items()
                for number in (numbers_written(record[column]) if its in self.tables else ())
                if number.strip("0")  # spreadsheets write 0 for none
                for other in self._of_number(number, its)
            )
        return self._named_by[row]

    def _of_number(self, number: str, table: str) -> set[Row]:
        """Nearly always the number stands there as it is, which a directory tells at once."""
        if table not in self._directories:
            self._directories[table] = Directory(self.tables[table].records)
        return {Row(table, at) for at in self._directories[table].exactly(number)} or self.numbered(number, (table,))

    def _has_nameless(self, table: str) -> bool:
        return table in self.tables and None in column_of(self.tables[table].records, "customer")

    def _name(self, row: Row) -> str:
        return normal_name(str(column_of(self.tables[row.table].records, name_column(row.table))[row.at] or ""))

    def _number(self, row: Row) -> str:
        return str(column_of(self.tables[row.table].records, "number")[row.at] or "")

    def _near(self, column: str, text: str, way: Way, tables: Collection[str] = LOOKED_IN) -> Iterator[Row]:
        """The rows whose cell could be what is looked for, as the text stands in it."""
        for table in self.tables:
            if table in tables and text.strip():
                if (table, column) not in self._searched:
                    self._searched[table, column] = Searched(column_of(self.tables[table].records, column), way)
                yield from (Row(table, at) for at in self._searched[table, column].rows_with(text))


def name_column(table: str) -> str:
    """The column with the customer's name."""
    return "name" if table == "customers" else "customer"
