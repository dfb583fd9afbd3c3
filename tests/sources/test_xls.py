"""Workbooks of Excel 97-2003."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlwt

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet
from contractor_ops.sources.file import read_sheets

DAY = xlwt.easyxf(num_format_str="YYYY-MM-DD")
MOMENT = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")


def workbook(fill: Callable[[xlwt.Worksheet], None], mac_days: bool = False) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    book.dates_1904 = mac_days
    fill(book.add_sheet("Jobs"))
    book.add_sheet("Lists").visibility = 1
    book.save(out)
    return out.getvalue()


def first(data: bytes) -> Sheet:
    return read_sheets(data, "x.xls")[0]


def table(sheet: xlwt.Worksheet) -> None:
    for column, heading in enumerate(["Number", "Zip", "Day", "At", "Paid"]):
        sheet.write(2, column, heading)
    sheet.write(3, 0, "A-1")
    sheet.write(3, 1, 60618)
    sheet.write(3, 2, datetime(2026, 11, 21), DAY)
    sheet.write(3, 3, datetime(2026, 11, 21, 14, 30), MOMENT)
    sheet.write(3, 4, True)


ROW = ["A-1", 60618.0, date(2026, 11, 21), datetime(2026, 11, 21, 14, 30), True]


@pytest.mark.parametrize("mac_days", [False, True])
def test_rows_dates_and_kinds_are_right_in_both_calendars(mac_days: bool) -> None:
    rows = first(workbook(table, mac_days)).rows
    assert len(rows) == 4
    assert rows[3] == ROW


def test_hidden_sheets_are_flagged() -> None:
    assert [(sheet.name, sheet.hidden) for sheet in read_sheets(workbook(table), "x.xls")] == [("Jobs", False), ("Lists", True)]


def test_error_cells_are_told_from_blanks_and_the_rest_stays_what_it_was() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        table(sheet)
        sheet.row(4).set_cell_error(1, 0x2A)
        sheet.row(5).set_cell_error(0, 0x17)

    sheet = first(workbook(fill))
    assert sheet.errors == {(4, 1): "#N/A", (5, 0): "#REF!"}
    assert sheet.rows[3] == ROW
    assert [sheet.name for sheet in read_sheets(workbook(fill), "x.xls", ["jobs"])] == ["Jobs"]


def test_a_stray_value_in_the_last_cell_is_kept_without_a_block_of_blanks() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        table(sheet)
        sheet.write(65535, 255, "x")

    rows = first(workbook(fill)).rows
    assert (len(rows), rows[65535][255], rows[3]) == (65536, "x", ROW)
    assert sum(map(len, rows)) < 1000


@pytest.mark.parametrize("cipher", [b"\x00\x00", b"\x01\x00"])
def test_a_workbook_locked_with_a_password_says_so(cipher: bytes) -> None:
    # An encrypted workbook has a FILEPASS record right after its first record.
    data = workbook(table)
    begin = re.search(rb"\x09\x08\x10\x00.{16}", data, re.DOTALL)
    assert begin is not None
    filepass = b"\x2f\x00\x08\x00" + cipher + b"\x12\x34\x56\x78\x00\x00"  # as long as the two records that it stands on
    locked = data[: begin.end()] + filepass + data[begin.end() + len(filepass) :]
    with pytest.raises(UnusableFile, match=r"x\.xls is locked with a password"):
        first(locked)


def test_a_word_document_is_no_workbook() -> None:
    with pytest.raises(UnusableFile, match=r"x\.xls is a Word document"):
        first(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "WordDocument".encode("utf-16-le"))
