"""Binary Excel workbooks; nothing here writes them, so their records are put together by hand."""

import io
import struct
import zipfile

import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.file import read_sheets

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(body)]) + body


def words(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def workbook(last_row: int = 3, last_column: int = 1) -> bytes:
    """One sheet with "Number" in A3 and 7 in B4, which claims to reach to the last row and column (counted from 0)."""
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + words("rId1") + words("Jobs")) + record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<IIII", 2, last_row, 0, last_column)) + record(145)
    sheet += record(0, struct.pack("<I", 2) + bytes(13)) + record(6, struct.pack("<II", 0, 0) + words("Number"))
    sheet += record(0, struct.pack("<I", 3) + bytes(13)) + record(5, struct.pack("<IId", 1, 0, 7.0))
    sheet += record(146) + record(130)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    [sheet] = read_sheets(workbook(), "x.xlsb")
    assert (sheet.name, sheet.rows[2:]) == ("Jobs", [["Number", ""], ["", 7.0]])


def test_a_cell_far_away_is_refused_before_it_can_do_harm() -> None:
    with pytest.raises(UnusableFile, match=r"x\.xlsb, one of its sheets: a cell far away"):
        read_sheets(workbook(last_row=1_048_575, last_column=16_383), "x.xlsb")


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(UnusableFile, match=r"x\.xlsb is damaged"):
        read_sheets(workbook().replace(b"worksheets/sheet1.bin", b"worksheets/sheet9.bin", 1), "x.xlsb")
