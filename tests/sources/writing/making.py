"""Workbooks with everything in them, and the question what a writing changed."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from contractor_ops.ports import NewValue, RowChange
from contractor_ops.sources.file import read_sheets
from contractor_ops.sources.writing.file import FileWriter, fingerprint

NOW = datetime(2026, 11, 23, 10, 0)
SHEET = "xl/worksheets/sheet1.xml"
HEADINGS = ["Number", "Customer", "Status", "Sent", "Total", "Last contact", "Next step", "Due"]
ROWS = [
    ["EST-1", "Ann Li", "Sent", date(2026, 10, 1), 1200.5, date(2026, 10, 5), "Call", None],
    ["EST-2", "Bo Diaz", "Won", date(2026, 10, 2), 80, None, None, None],
    ["EST-3", "Cy Fox", "Sent", date(2026, 10, 3), 300, None, "Wait", None],
]


def change(row: int, values: Mapping[str, NewValue], *, sheet: str | None = "Estimates", key: str = "") -> RowChange:
    """New values for a row of the table, which is known by its number."""
    return RowChange(sheet, row, {"Number": key or f"EST-{row - 1}"}, values)


def changed(data: bytes, *changes: RowChange, name: str = "estimates.xlsx") -> bytes:
    return FileWriter(Path(name), name, Path(), fingerprint(data), NOW).changed(data, changes)[0]


def xlsx(more: Callable[[Any, Any], None] | None = None, vba: bool = False, options: dict[str, Any] | None = None) -> bytes:
    """The table in a sheet of its own; `more` adds to the book and the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options or {})
    if vba:
        book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 no real macros"), is_stream=True)
    sheet, day = book.add_worksheet("Estimates"), book.add_format({"num_format": "mm/dd/yyyy", "bg_color": "#ffeecc"})
    sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))
    for at, row in enumerate(ROWS, 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            elif value is not None:
                sheet.write(at, column, value)
    if more:
        more(book, sheet)
    book.close()
    return out.getvalue()


def everything(book: Any, sheet: Any) -> None:
    """Whatever Excel can put into a workbook beside a table."""
    sheet.add_table(0, 0, 3, 7, {"columns": [{"header": heading} for heading in HEADINGS]})
    sheet.data_validation("C2:C100", {"validate": "list", "source": ["Sent", "Won", "Lost"]})
    sheet.conditional_format("E2:E4", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C2:C4", {"type": "text", "criteria": "containing", "value": "Won", "format": book.add_format({"bold": True})})
    sheet.add_sparkline("J2", {"range": "Estimates!E2:E4"})
    sheet.write_comment("B2", "Prefers the telephone")
    sheet.insert_image("L2", "dot.png", {"image_data": io.BytesIO(_PNG)})
    sheet.insert_textbox("L9", "Do not forget")
    sheet.write_formula("E6", "=SUM(E2:E4)", None, 1580.5)
    sheet.write_url("J3", "https://example.com/")
    sheet.write_rich_string("J4", "plain ", book.add_format({"bold": True}), "and bold")
    sheet.freeze_panes(1, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Estimates!$E$2:$E$4"})
    sheet.insert_chart("L20", chart)
    other = book.add_worksheet("Sums")
    other.write_formula("A1", '=COUNTIF(Estimates!C2:C4,"Won")', None, 1)
    other.hide()
    book.define_name("Totals", "=Estimates!$E$2:$E$4")
    book.set_custom_property("Office", "North")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def other_parts_differ(before: bytes, after: bytes) -> set[str]:
    """The parts that are not byte for byte the same; names, order and times must be."""
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert [(one.filename, one.date_time, one.compress_type) for one in old.infolist()] == [
            (one.filename, one.date_time, one.compress_type) for one in new.infolist()
        ]
        assert new.testzip() is None
        return {name for name in old.namelist() if old.read(name) != new.read(name)}


def cells(data: bytes) -> dict[tuple[str | None, int, int], object]:
    """Every filled cell as our reader gives it."""
    return {
        (sheet.name, r, c): cell
        for sheet in read_sheets(data, "estimates.xlsx")
        for r, row in enumerate(sheet.rows)
        for c, cell in enumerate(row)
        if cell not in ("", None)
    }


def by_openpyxl(data: bytes) -> dict[tuple[str, str], tuple[object, str]]:
    """Every cell as another reader gives it: its value (or formula) and number format."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def with_part(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part made otherwise, or a new part."""
    out, there = io.BytesIO(), parts(data)
    there[part] = edit(there.get(part, b""))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in there.items():
            archive.writestr(name, content)
    return out.getvalue()


def in_sheet(data: bytes, old: str, new: str) -> bytes:
    """The workbook with a piece of its first sheet's XML exchanged, which must be there."""

    def edit(xml: bytes) -> bytes:
        assert old.encode() in xml
        return xml.replace(old.encode(), new.encode(), 1)

    return with_part(data, SHEET, edit)


def prefixed(xml: bytes) -> bytes:
    """A sheet as .NET's libraries write it: every element of ours is called x:something."""
    xml = re.sub(rb"<(/?)(?![\w.-]+:)([a-zA-Z])", rb"<\1x:\2", xml)
    return xml.replace(b'xmlns="http://schemas', b'xmlns:x="http://schemas')


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


_PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    + _chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + _chunk(b"IEND", b"")
)
