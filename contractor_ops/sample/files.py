"""Writing the sample office's folder: workbooks with openpyxl, exports as CSV."""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.sample.sheets import Cell, Rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def write_workbook(path: Path, sheets: dict[str, Rows]) -> None:
    """Write a workbook, its headings in bold. A text such as "#REF!" becomes an error cell."""
    from openpyxl import Workbook  # 170 ms

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), rows)
    book.save(path)


def _fill(sheet: "Worksheet", rows: Rows) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    headings, bold = next(row for row in rows if len(row) > 1), Font(bold=True)
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(place, column, value)
            cell.number_format = _number_format(value)
            if row is headings:
                cell.font = bold
    for column in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18


def _number_format(value: Cell) -> str:
    if isinstance(value, datetime):
        return "m/d/yyyy h:mm AM/PM"
    if isinstance(value, date):
        return "m/d/yyyy"
    return "#,##0.00" if isinstance(value, Decimal) else "General"


def write_csv(path: Path, rows: Rows, byte_order_mark: bool = False) -> None:
    """Write a CSV file with Windows line ends, as exports have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig" if byte_order_mark else "utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
