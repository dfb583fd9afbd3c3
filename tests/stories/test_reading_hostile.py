"""Sheets as they come when nobody was careful: every one is read right, or refused with a plain sentence, and never guessed."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Workbook
from contractor_ops.reports.table_rows import document
from contractor_ops.reports.table_view import plain_table, table_notes
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table

HEADINGS = ["Invoice #", "Customer", "Phone", "Status", "Issued", "Due date", "Total", "Balance", "Notes"]
ROW = ["1001", "Ann Li", "312-555-0142", "Sent", "11/20/2026", "11/30/2026", "1250.00", "250.00", "by the gate"]
DATES: list[Any] = [datetime(2026, 11, 20), datetime(2026, 11, 30)]
TYPED: list[Any] = ["1001", "Ann Li", "312-555-0142", "Sent", *DATES, 1250.0, 250.0, "by the gate"]


def csv_text(*rows: list[str]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def read(data: bytes | str, table: str = "invoices", name: str = "books.csv", country: str = "US") -> Table:
    content = data.encode() if isinstance(data, str) else data
    return build_table(TABLES[table], [Workbook(name, read_sheets(content, name), None)], country=country)


def refused(data: bytes | str, name: str = "books.csv") -> str:
    with pytest.raises(UnusableFile) as caught:
        read(data, name=name)
    assert caught.value.message and caught.value.remedy and name in caught.value.message
    return f"{caught.value.message} {caught.value.remedy}"


def workbook(*sheets: tuple[str, list[list[Any]]], edit: Callable[[Any], object] | None = None) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if edit:
        edit(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def is_the_row(table: Table) -> bool:
    [record] = table.records
    return (record["number"], record["customer"], record["phone"], record["balance"], record["due_on"], record["notes"]) == (
        "1001", "Ann Li", "+13125550142", Decimal(250), date(2026, 11, 30), "by the gate",
    ) and not table.problems  # fmt: skip


# ── what a cell may hold ──


def test_control_characters_reach_neither_a_record_nor_a_line_on_the_terminal() -> None:
    row = ["1001\x1b[2J", "Ann\x07 Li", "call\x1b]0;x\x07 me", "Se\x08nt", "11/20/2026", "31/31/2026\x9b", "1", "1", "a\u202eb\x00c\x7f"]
    table = read(csv_text([*HEADINGS[:8], "Notes\x07"], row))
    shown = plain_table(table) + "\n".join(table_notes(table)) + json.dumps(document(table, explain=True), default=str, ensure_ascii=False)
    assert not any(character in shown or f"{ord(character):04x}" in shown for character in "\x1b\x07\x08\x9b\u202e\x00\x7f")
    assert table.records[0]["customer"] == "Ann Li" and table.records[0]["notes"] == "abc"
    assert {problem.column for problem in table.problems} == {"Phone", "Due date"}


def test_what_looks_like_a_formula_in_a_csv_is_only_text() -> None:
    row = ["=1+1", "@SUM(A1)", "+13125550142", "=cmd|' /C calc'!A0", "11/20/2026", "11/30/2026", "=SUM(G1)", "+250", "-x"]
    table = read(csv_text(HEADINGS, row))
    record = table.records[0]
    assert (record["number"], record["customer"], record["notes"], record["balance"]) == ("=1+1", "@SUM(A1)", "-x", Decimal(250))
    assert record["total"] is None and [problem.value for problem in table.problems] == ["=SUM(G1)"]


def test_an_apostrophe_that_keeps_a_formula_still_is_no_writing() -> None:
    table = read(csv_text(HEADINGS, ["'=1+1", "'@SUM", "'312-555-0142", "'-sent", *ROW[4:8], "'Twas late"]))
    record = table.records[0]
    assert (record["number"], record["customer"], record["status"], record["notes"]) == ("=1+1", "@SUM", "-sent", "'Twas late")


def test_a_cell_of_megabytes_is_read() -> None:
    assert len(str(read(csv_text(HEADINGS, [*ROW[:8], "x" * 3_000_000])).records[0]["notes"])) == 3_000_000


@pytest.mark.parametrize("cell", ["NA", "N/A", "n/a", "-", "—", "", "  ", "NULL"])
def test_nothing_known_is_null_in_every_kind_of_column(cell: str) -> None:
    table = read(csv_text([*HEADINGS, "Address", "Email", "Disputed"], ["1001", *[cell] * 6, "250.00", *[cell] * 4]))
    [record] = table.records
    assert {name for name, value in record.values.items() if value is not None} == {"number", "balance"} and not table.problems


def test_error_cells_and_formulas_never_calculated_are_problems_with_their_place() -> None:
    def spoil(book: Any) -> None:
        book["Open"]["B2"], book["Open"]["G2"] = "#N/A", "#REF!"
        book["Open"]["B2"].data_type = book["Open"]["G2"].data_type = "e"

    table = read(workbook(("Open", [HEADINGS, [*TYPED[:7], "=G2-1000", "x"]]), edit=spoil), name="books.xlsx")
    record = table.records[0]
    assert record["customer"] is None and record["total"] is None and record["balance"] is None
    told = {problem.column: problem for problem in table.problems}
    assert {column: problem.value for column, problem in told.items()} == {"Customer": "#N/A", "Total": "#REF!", "Balance": "=G2-1000"}
    assert all((problem.file, problem.sheet, problem.row) == ("books.xlsx", "Open", 2) for problem in table.problems)
    assert "never been calculated" in told["Balance"].message and "spreadsheet error" in told["Total"].message


def test_numbers_kept_as_text_and_mixed_kinds_mean_the_same() -> None:
    rows: list[list[Any]] = [
        [1001.0, "Ann Li", 3125550142, "Sent", "46346", 46346, "1250", "250.00", 5],
        ["0002", 123, 3125550143.0, True, "2026-11-20", datetime(2026, 11, 30, 9, 30), "(250.00)", "-", None],
    ]
    first, second = read(workbook(("Open", [HEADINGS, *rows])), name="books.xlsx").records
    assert (first["number"], first["phone"], first["issued_on"], first["due_on"], first["total"]) == (
        "1001", "+13125550142", date(2026, 11, 20), date(2026, 11, 20), Decimal(1250),
    )  # fmt: skip
    assert (second["number"], second["customer"], second["total"], second["balance"]) == ("0002", "123", Decimal(-250), None)
    assert second["due_on"] == datetime(2026, 11, 30, 9, 30)


def test_ids_of_19_digits_stay_and_those_that_excel_has_rounded_are_told() -> None:
    long = "1234567890123456789"
    table = read(csv_text(HEADINGS, [long, *ROW[1:]], ["000123", *ROW[1:]], ["1.23457E+18", *ROW[1:]], ["1003.0", *ROW[1:]]))
    assert [record["number"] for record in table.records] == [long, "000123", None, "1003"]
    assert [(problem.row, problem.value) for problem in table.problems] == [(4, "1.23457E+18")]
    typed = read(workbook(("Open", [HEADINGS, [int(long), *TYPED[1:]]])), name="books.xlsx")
    assert typed.records[0]["number"] is None and "rounded" in typed.problems[0].message


def test_leading_zeros_that_only_the_cells_format_shows_are_kept() -> None:
    def style(book: Any) -> None:
        for address, zeros in {"A2": "00000", "A3": "00000", "A4": "General", "G2": "0.00"}.items():
            book["Open"][address].number_format = zeros

    numbers = ["7", "0012", "7"]
    data = workbook(("Open", [HEADINGS, *([int(number), *TYPED[1:]] for number in numbers)]), edit=style)
    table = read(data, name="books.xlsx")
    assert [record["number"] for record in table.records] == ["00007", "00012", "7"] and not table.problems
    assert [record["total"] for record in table.records] == [Decimal(1250)] * 3


@pytest.mark.parametrize(
    "row",
    ["Total (2 invoices),,,,,,11,11,", ",Subtotal:,,,,,11,11,", "Average,,,,,,5.50,5.50,", "COUNT,2,,,,,,,", "Grand Total,,,,,,11,11,", "Sum,,,,,,11,11,"],
)  # fmt: skip
def test_sums_and_counts_below_the_rows_are_no_records(row: str) -> None:
    table = read(csv_text(HEADINGS, [*ROW[:6], "5", "5", ""], ["1002", *ROW[1:6], "6", "6", ""]) + row + "\nThank you for your business\n")
    assert [record["number"] for record in table.records] == ["1001", "1002"] and table.passed_over["total"] == 1 and not table.warnings


# ── headings ──


def test_two_headings_of_one_name_that_differ_feed_nothing_and_are_told_what_helps() -> None:
    table = read("Invoice #,Customer,Due date,Balance,Balance\n1,Ann Li,2026-11-30,5,7\n")
    assert table.records[0]["balance"] is None and table.columns["balance"] is None
    assert [problem.column for problem in table.problems] == ["Balance"] and "Rename one of them" in table.problems[0].message
    alike = read("Invoice #,Customer,Due date,Balance,Balance\n1,Ann Li,2026-11-30,5,5\n")
    assert alike.records[0]["balance"] == 5 and not alike.problems


def test_three_hundred_columns_are_no_trouble() -> None:
    more = [f"Custom field {number}" for number in range(290)]
    assert is_the_row(read(csv_text([*HEADINGS, *more], [*ROW, *["x"] * 290])))
    assert is_the_row(read(csv_text([*HEADINGS, *["Custom"] * 290], [*ROW, *["x"] * 290])))


def test_a_screenful_of_title_lines_may_stand_above_the_headings() -> None:
    assert is_the_row(read("".join(f"A title that is number {line}\n" for line in range(30)) + csv_text(HEADINGS, ROW)))


def test_headings_may_be_repeated_and_blank_lines_stand_between() -> None:
    table = read("\n\n" + "\n".join(csv_text(*rows) for rows in ([HEADINGS], [HEADINGS], [ROW], [HEADINGS], [["1002", *ROW[1:]]])))
    assert [record["number"] for record in table.records] == ["1001", "1002"] and table.passed_over == {"blank": 6, "heading": 3}
    assert [record.place.row for record in table.records] == [7, 11]


def test_line_breaks_in_headings_and_merged_titles_do_no_harm() -> None:
    headings = ["Invoice\n#", "Customer\nname", *HEADINGS[2:]]
    data = workbook(("Open", [["Elm Roofing"], headings, TYPED]), edit=lambda book: book["Open"].merge_cells("A1:I1"))
    assert is_the_row(read(data, name="books.xlsx"))


def test_headings_alone_are_an_empty_table_and_data_alone_is_refused() -> None:
    assert not read(csv_text(HEADINGS)).records and not read(workbook(("Open", [HEADINGS])), name="books.xlsx").records
    assert "no heading row was found" in refused(csv_text(ROW, ["1002", *ROW[1:]]))


# ── sheets ──


def test_hidden_rows_and_columns_are_read_and_hidden_sheets_are_no_rivals() -> None:
    def hide(book: Any) -> None:
        book["Open"].row_dimensions[2].hidden = True
        book["Open"].column_dimensions["H"].hidden = True
        book["Old"].sheet_state, book["Older"].sheet_state = "hidden", "veryHidden"

    data = workbook(("Older", [HEADINGS, TYPED]), ("Old", [HEADINGS, TYPED]), ("Open", [HEADINGS, TYPED]), edit=hide)
    assert is_the_row(read(data, name="books.xlsx"))


def test_a_hidden_sheet_that_would_fit_is_named_where_no_other_does() -> None:
    data = workbook(("Read me", [["hello"]]), ("Open", [HEADINGS, TYPED]), edit=lambda book: setattr(book["Open"], "sheet_state", "hidden"))
    assert 'sheet = "Open"' in refused(data, "books.xlsx")


def test_two_sheets_that_fit_are_both_named() -> None:
    told = refused(workbook(("Open", [HEADINGS, TYPED]), ("2025", [HEADINGS, TYPED])), "books.xlsx")
    assert 'sheets = ["Open", "2025"]' in told


def test_a_stray_cell_in_the_last_row_and_column_is_survived() -> None:
    data = workbook(("Open", [HEADINGS, TYPED]), edit=lambda book: book["Open"].cell(1_048_576, 16_384, "x"))
    table = read(data, name="books.xlsx")
    assert is_the_row(table) and table.records[0].place.row == 2


def test_a_number_shown_in_a_refusal_is_shown_as_the_sheet_shows_it() -> None:
    assert '"10"' in refused(workbook(("Open", [[10.0, 7.5]])), "books.xlsx")


# ── files ──


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    text = csv_text(HEADINGS, ["1001", "Zoë Núñez", *ROW[2:]])
    assert read(text.encode(encoding)).records[0]["customer"] == "Zoë Núñez"


def test_a_german_file_with_semicolons_and_decimal_commas() -> None:
    text = "Invoice #;Customer;Due date;Total;Balance\nR-1;Müller GmbH;31.12.2026;1.234,56;234,50\nR-2;Meier;01.02.2027;99,00;-99,00\n"
    first, second = read(text.encode("cp1252"), country="DE").records
    assert (first["customer"], first["due_on"], first["total"], first["balance"]) == (
        "Müller GmbH", date(2026, 12, 31), Decimal("1234.56"), Decimal("234.50"),
    )  # fmt: skip
    assert (second["due_on"], second["total"], second["balance"]) == (date(2027, 2, 1), Decimal(99), Decimal(-99))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("books.csv", b"", "is empty"), ("books.csv", b" \r\n\r\n ", "is empty"), ("books.xls", b"<html><table><tr><td>1</td></tr></table>", "web page"),
        ("books.xls", b"\xef\xbb\xbf<table><tr><td>1</td></tr></table>", "web page"), ("books.xlsx", b"%PDF-1.7 ...", "a PDF"),
        ("books.xlsx", workbook(("Open", [HEADINGS, ROW]))[:900], "damaged"), ("books.csv", bytes(range(256)) * 20, "neither a spreadsheet nor text"),
        ("books.csv", b'Invoice #,Customer,Balance\n1,"Ann Li,5\n2,Bob Roe,6\n', "row 2: a quote"), ("books.xlsx", workbook(("Open", [])), "it is empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_name_and_a_plain_reason(name: str, data: bytes, reason: str) -> None:
    assert reason in refused(data, name)


# ── dates, money, telephones ──


def test_a_column_that_writes_dates_both_ways_leaves_the_unclear_ones_open() -> None:
    days = ["13/11/2026", "11/13/2026", "01/02/2026", "31/31/2026", "2026-02-30", "soon", "11/20/26"]
    table = read("Invoice #,Customer,Due date\n" + "".join(f"{at},Ann Li,{day}\n" for at, day in enumerate(days)))
    assert [record["due_on"] for record in table.records] == [
        date(2026, 11, 13),
        date(2026, 11, 13),
        None,
        None,
        None,
        None,
        date(2026, 11, 20),
    ]
    assert [(problem.row, problem.value) for problem in table.problems] == [
        (4, "01/02/2026"),
        (5, "31/31/2026"),
        (6, "2026-02-30"),
        (7, "soon"),
    ]


def test_a_column_that_fits_both_orders_is_no_problem_of_a_row() -> None:
    table = read("Invoice #,Customer,Due date\n1,Ann Li,1/2/2026\n")
    assert document(table, explain=False)["problems"] == [] and "month/day/year" in "\n".join(table_notes(table))


def test_every_way_of_writing_money() -> None:
    cells = {
        '"$8,988.00"': "8988", "($250.00)": "-250", '"-$15,224.75"': "-15224.75", "USD 1 250.00": "1250", '"CA$1,250.50"': "1250.5",
        "250 CR": "-250", "1250-": "-1250", ".5": "0.5", "0": "0", "paid half": None, "5k": None, "-": None,
    }  # fmt: skip
    table = read("Invoice #,Customer,Balance\n" + "".join(f"{at},Ann Li,{cell}\n" for at, cell in enumerate(cells)))
    assert [record["balance"] for record in table.records] == [None if text is None else Decimal(text) for text in cells.values()]
    assert [problem.value for problem in table.problems] == ["paid half", "5k"]


def test_every_way_of_writing_a_telephone_number() -> None:
    cells = {
        "3125550142.0": "+13125550142", "312-555-0142 / 312-555-0143": "+13125550142, +13125550143", "312-555-0142 ext 12": "+13125550142;ext=12",
        "001 312 555 0142": "+13125550142", "call after 5": None, "": None,
    }  # fmt: skip
    table = read("Name,Phone,Email\n" + "".join(f"Ann Li,{cell},ann@li.example\n" for cell in cells), table="customers")
    assert [record["phone"] for record in table.records] == list(cells.values())
    assert [problem.value for problem in table.problems] == ["call after 5"]
