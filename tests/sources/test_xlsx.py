"""Excel workbooks: what stands in them, what calamine would hide, and what would kill it."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet
from contractor_ops.sources.file import read_sheets

SHEET = "xl/worksheets/sheet1.xml"


def workbook(fill: Callable[[Worksheet], None], book: openpyxl.Workbook | None = None) -> bytes:
    book, out = book or openpyxl.Workbook(), io.BytesIO()
    fill(book.active)
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same workbook with one part's text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == part else content)
    return out.getvalue()


def first(data: bytes) -> Sheet:
    return read_sheets(data, "x.xlsx")[0]


def filled(data: bytes) -> dict[tuple[int, int], object]:
    """The cells that hold anything, by row and column."""
    return {(r, c): cell for r, row in enumerate(first(data).rows) for c, cell in enumerate(row) if cell not in ("", None)}


def table(sheet: Worksheet) -> None:
    sheet.append(["Number", "Total"])
    sheet.append(["A-1", 20])


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C4"], sheet["C6"] = "Number", "A-1"

    rows = first(workbook(fill)).rows
    assert len(rows) == 6
    assert (rows[3][2], rows[5][2]) == ("Number", "A-1")


def test_every_kind_of_cell_comes_as_what_it_is() -> None:
    cells = [
        "text", "02139", 5, 0.0825, True, date(2026, 11, 21), datetime(2026, 11, 21, 14, 30), time(8, 15), timedelta(hours=27),
    ]  # fmt: skip
    assert first(workbook(lambda sheet: sheet.append(cells))).rows == [cells]


def test_a_line_break_written_as_excel_writes_it_is_a_line_break() -> None:
    data = changed(workbook(lambda sheet: sheet.append(["a b"])), SHEET, lambda xml: xml.replace("a b", "a_x000D_\nb"))
    assert first(data).rows == [["a\r\nb"]]


def test_dates_of_a_1904_workbook_are_right() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert first(workbook(lambda sheet: sheet.append([date(2026, 11, 21)]), book)).rows == [[date(2026, 11, 21)]]


def test_hidden_sheets_are_flagged_and_chart_sheets_are_no_sheets() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Lists").sheet_state = "hidden"
    book.create_sheet("Deep").sheet_state = "veryHidden"
    book.create_chartsheet("Chart")
    sheets = read_sheets(workbook(table, book), "x.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet", False), ("Lists", True), ("Deep", True)]


def test_error_cells_are_told_from_blanks() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B3"], sheet["AB2"] = "#N/A", "#REF!", "#DIV/0!"

    sheet = first(workbook(fill))
    assert sheet.errors == {(0, 0): "#N/A", (1, 27): "#DIV/0!", (2, 1): "#REF!"}
    assert all(sheet.rows[row][column] == "" for row, column in sheet.errors)


def test_an_error_cell_without_an_address_is_found_too() -> None:
    data = changed(workbook(lambda sheet: sheet.append(["a", "#N/A"])), SHEET, lambda xml: re.sub(r'<(c|row) r="\w+"', r"<\1", xml))
    assert first(data).errors == {(0, 1): "#N/A"}


def test_formulas_that_were_never_calculated_are_told_from_blanks() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B2"], sheet["D9"] = "Total", '=IF(A1<>"",1,2)', "=SUM(B2)"

    sheet = first(workbook(fill))
    assert sheet.errors == {(1, 1): '=IF(A1<>"",1,2)', (8, 3): "=SUM(B2)"}
    assert sheet.rows[8][3] == ""


def test_formulas_with_an_answer_are_their_answer() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1+1", value=2)
    sheet.write_string("C1", 'an attribute t="e" in words')
    book.close()
    empty_answer = '<c r="B1" t="str"><f>""</f><v></v></c><c r="C1"'
    read = first(changed(out.getvalue(), SHEET, lambda xml: xml.replace('<c r="C1"', empty_answer)))
    assert (read.rows, read.errors) == ([[2.0, "", 'an attribute t="e" in words']], {})


def test_words_that_look_like_an_error_cell_are_words() -> None:
    words = 'x t="e"> =SUM(A1)</f></c>'
    data = changed(workbook(lambda sheet: sheet.append(["words"])), SHEET, lambda xml: xml.replace("words", words.replace("<", "&lt;")))
    sheet = first(data)
    assert (sheet.rows, sheet.errors) == ([[words]], {})


def test_a_blank_cell_at_the_very_end_does_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        table(sheet)
        sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")

    assert first(workbook(fill)).rows == [["Number", "Total"], ["A-1", 20]]


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "ZZ900000"])
def test_a_stray_value_far_away_neither_kills_the_process_nor_is_lost(address: str) -> None:
    def fill(sheet: Worksheet) -> None:
        table(sheet)
        sheet[address] = "x"

    cells = filled(workbook(fill))
    row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
    assert cells == {(0, 0): "Number", (0, 1): "Total", (1, 0): "A-1", (1, 1): 20, (row - 1, column - 1): "x"}


def test_one_sheet_with_a_stray_value_leaves_the_others_alone() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Scratch")["XFD1048576"] = "x"
    jobs, scratch = read_sheets(workbook(table, book), "x.xlsx")
    assert jobs.rows == [["Number", "Total"], ["A-1", 20.0]]
    assert (len(scratch.rows), scratch.rows[-1][-1]) == (1_048_576, "x")


def test_many_stray_values_far_away_are_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(100_000, 110_000))
    data = changed(workbook(table), SHEET, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))
    with pytest.raises(UnusableFile, match=r"x\.xlsx, sheet Sheet: a cell far away"):
        first(data)


def test_a_workbook_whose_list_of_parts_is_broken_is_read_or_refused_but_never_a_traceback() -> None:
    data = changed(workbook(table), "xl/_rels/workbook.xml.rels", lambda xml: xml[: len(xml) // 2])
    with pytest.raises(UnusableFile, match=r"x\.xlsx is damaged"):
        first(data)


def test_a_workbook_that_calamine_cannot_read_is_read_by_openpyxl() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Number", "Day", "Total", "Notes"])
        sheet.append(["A-1", date(2026, 11, 21), "#N/A", "last"])

    sheet = first(changed(workbook(fill), SHEET, lambda xml: xml.replace('ref="A1:D2"', 'ref="A:D"')))
    assert sheet.rows[1] == ["A-1", date(2026, 11, 21), "", "last"]
    assert sheet.errors == {(1, 2): "#N/A"}


@pytest.mark.parametrize(
    "rename",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("sheet1.xml", "Sheet1.XML"),
    ],
)
def test_parts_that_are_spelled_in_another_way_are_found(rename: Callable[[str], str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(table))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(rename(name), old.read(name))
    assert first(out.getvalue()).rows == [["Number", "Total"], ["A-1", 20.0]]


def test_a_sheet_cut_short_is_refused() -> None:
    with pytest.raises(UnusableFile, match=r"x\.xlsx is damaged"):
        first(changed(workbook(table), SHEET, lambda xml: xml[: xml.index("A-1")]))
