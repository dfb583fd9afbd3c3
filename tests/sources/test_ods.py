"""OpenDocument spreadsheets."""

import io
import zipfile
from datetime import date

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from contractor_ops.errors import UnusableFile
from contractor_ops.sources.file import read_sheets


def text(words: str) -> TableCell:
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=words))
    return cell


def number(value: float, repeated: int = 1) -> TableCell:
    return TableCell(valuetype="float", value=value, numbercolumnsrepeated=repeated)


def error(words: str) -> TableCell:
    cell = TableCell(valuetype="string", stringvalue="", formula="of:=1/0")
    cell.addElement(P(text=words))
    return cell


def row(*cells: TableCell, repeated: int = 1) -> TableRow:
    element = TableRow(numberrowsrepeated=repeated)
    for cell in cells:
        element.addElement(cell)
    return element


def blank(columns: int) -> TableCell:
    return TableCell(numbercolumnsrepeated=columns)


def workbook(**sheets: list[TableRow]) -> bytes:
    document, out = OpenDocumentSpreadsheet(), io.BytesIO()
    for name, rows in sheets.items():
        table = Table(name=name)
        for each in rows:
            table.addElement(each)
        document.spreadsheet.addElement(table)
    document.save(out)
    return with_error_types(out.getvalue())


def with_error_types(data: bytes) -> bytes:
    """Mark failed formulas as LibreOffice does; the library that writes these files does not know the mark."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'table:formula="of:=1/0"', b'table:formula="of:=1/0" calcext:value-type="error"'))
    return out.getvalue()


FILLER = row(blank(16384), repeated=1048000)  # every sheet that LibreOffice writes ends so


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    day = TableCell(valuetype="date", datevalue="2026-11-21")
    rows = [row(blank(9), repeated=2), row(blank(1), text("A-1"), number(20), day, blank(16380)), FILLER]
    [sheet] = read_sheets(workbook(Jobs=rows), "x.ods")
    assert sheet.name == "Jobs"
    assert sheet.rows[2][1:] == ["A-1", 20.0, date(2026, 11, 21)]


def test_repeated_cells_and_rows_are_written_out() -> None:
    [sheet] = read_sheets(workbook(Jobs=[row(text("a"), text("b"), text("c")), row(number(7, repeated=3), repeated=2), FILLER]), "x.ods")
    assert sheet.rows == [["a", "b", "c"], [7.0, 7.0, 7.0], [7.0, 7.0, 7.0]]


def test_error_cells_are_told_from_blanks() -> None:
    rows = [row(text("Number"), text("Total")), row(blank(2), repeated=3), row(number(1, repeated=2), error("#DIV/0!")), FILLER]
    [sheet, other] = read_sheets(workbook(Jobs=rows, Other=[row(text("a"))]), "x.ods")
    assert sheet.errors == {(4, 2): "#DIV/0!"}
    assert sheet.rows[4] == [1.0, 1.0, ""]
    assert other.errors == {}


@pytest.mark.parametrize(
    "stray",
    [
        [row(blank(9), repeated=1048570), row(blank(16383), text("x"))],
        [row(blank(16383), text("x")), row(blank(9), repeated=9000), row(text("y"))],
        [row(number(0, repeated=16384), repeated=9000)],
    ],
)
def test_a_stray_value_far_away_is_refused_before_it_can_do_harm(stray: list[TableRow]) -> None:
    with pytest.raises(UnusableFile) as refusal:
        read_sheets(workbook(Fine=[row(text("a")), FILLER], Jobs=[row(text("Number")), *stray, FILLER]), "x.ods")
    assert refusal.value.message.startswith("x.ods, sheet Jobs: a cell far away")
    assert "Ctrl+End" in refusal.value.remedy


def test_an_encrypted_document_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bytes(range(256)))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
            "</manifest:file-entry></manifest:manifest>",
        )
    with pytest.raises(UnusableFile, match=r"x\.ods is locked with a password"):
        read_sheets(out.getvalue(), "x.ods")


def test_a_damaged_document_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content><table:table table:name='a'>")
    with pytest.raises(UnusableFile, match=r"x\.ods is damaged"):
        read_sheets(out.getvalue(), "x.ods")
