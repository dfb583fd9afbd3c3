"""Grids for the tests of reading: CSV text or lists of rows as a source would hand them over."""

import csv
import io
from typing import Any

from contractor_ops.ports import Sheet, Workbook
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table


def csv_book(text: str, file: str = "export.csv") -> Workbook:
    rows: list[list[Any]] = [list(row) for row in csv.reader(io.StringIO(text.strip("\n")))]
    return Workbook(file, [Sheet(None, rows)], None)


def book(*sheets: Sheet, file: str = "office.xlsx") -> Workbook:
    return Workbook(file, list(sheets), None)


def read(table: str, *sources: str | Workbook, country: str = "US", **options: Any) -> Table:
    books = [csv_book(source) if isinstance(source, str) else source for source in sources]
    return build_table(TABLES[table], books, country=country, **options)


def column(table: Table, name: str) -> list[Any]:
    return [record[name] for record in table.records]


def sums_agree(table: Table) -> bool:
    return not any("add up" in warning.message for warning in table.warnings)


def headings(table: Table) -> dict[str, tuple[str, ...]]:
    return {name: match.headings for name, match in table.columns.items() if match}
