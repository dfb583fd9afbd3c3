from datetime import date, datetime
from decimal import Decimal

import pytest

from contractor_ops.errors import Exit, UnusableFile
from contractor_ops.ports import Sheet

from .grids import book, column, csv_book, read, sums_agree

HEAD = ["Invoice #", "Customer", "Due date", "Total", "Status"]
ROW = ["501", "Ann Li", date(2026, 11, 30), 90.0, "Sent"]


@pytest.mark.parametrize("titles", [0, 1, 5, 39])
def test_headings_are_found_under_a_screenful_of_titles(titles: int) -> None:
    rows = [[f"Title line {n}", "", "", "", ""] for n in range(titles)] + [HEAD, ROW]
    table = read("invoices", book(Sheet("A", rows)))
    assert [record.place.row for record in table.records] == [titles + 2] and table.passed_over.get("title", 0) == titles


def test_a_table_may_begin_in_column_b() -> None:
    table = read("invoices", book(Sheet("A", [["", "", "", "", "", ""], ["", *HEAD], ["", *ROW]])))
    assert column(table, "number") == ["501"] and table.passed_over == {"blank": 1, "heading": 1}


def test_repeated_headings_and_page_titles_are_dropped() -> None:
    rows = [HEAD, ROW, ["Page 2", "", "", "", ""], HEAD, ["502", "Bob Roe", date(2026, 12, 1), 5.0, "Sent"]]
    table = read("invoices", book(Sheet("A", rows)))
    assert column(table, "number") == ["501", "502"] and table.passed_over == {"heading": 2, "footer": 1}


def test_the_second_row_of_a_two_row_heading_is_dropped() -> None:
    rows = [HEAD, ["Number", "Name", "Date", "Amount", "Status"], ROW]
    assert column(read("invoices", book(Sheet("A", rows))), "number") == ["501"]


def test_group_headings_above_the_headings_are_titles() -> None:
    rows = [["Document", "", "Dates", "", "State"], HEAD, ROW]
    assert column(read("invoices", book(Sheet("A", rows))), "number") == ["501"]


@pytest.mark.parametrize(
    "row",
    [
        ["TOTAL", "", "", 90.0, ""], ["Grand total", "", "", 90.0, ""], ["", "", "Subtotal", 90.0, ""], ["Total for Ann Li", "", "", 90.0, ""],
        ["Report totals:", "", "", "$90.00", ""], ["", "", "", 90.0, ""], ["", "TOTAL", "", "90", ""],
    ],
)  # fmt: skip
def test_totals_are_no_records(row: list[object]) -> None:
    table = read("invoices", book(Sheet("A", [HEAD, ROW, row])))
    assert len(table.records) == 1 and table.passed_over == {"heading": 1, "total": 1} and sums_agree(table)


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "", ""], ["", None, " ", "", None], ["Generated on 11/21/2026", "", "", "", ""], ["Note: prices include tax", "", "", "", ""],
        ["January 2026", "", "", "", ""], ["", "Ann Li", "", "", ""], ["Accrual basis Friday, November 20, 2026", "", "", "", ""],
    ],
)  # fmt: skip
def test_blanks_notes_and_groups_are_no_records(row: list[object]) -> None:
    assert len(read("invoices", book(Sheet("A", [HEAD, row, ROW, row]))).records) == 1


def test_a_customer_called_total_is_a_customer() -> None:
    rows = [HEAD, ["502", "Total Comfort Heating", date(2026, 12, 1), 5.0, "Sent"], ["503", "Grand Hotel", date(2026, 12, 1), 5.0, "Sent"]]
    assert len(read("invoices", book(Sheet("A", rows))).records) == 2


def test_a_row_with_hardly_anything_is_still_a_record_where_it_has_a_number() -> None:
    table = read("invoices", book(Sheet("A", [HEAD, ROW, ["INV-7", "", "", "", ""], ["", "", "", "", ""]])))
    assert column(table, "number") == ["501", "INV-7"]


def test_a_name_alone_is_a_record_in_a_table_of_names() -> None:
    assert column(read("customers", "Name,Phone,Email,Notes\nAnn Li,,,\nBob Roe,312-555-0142,,"), "name") == ["Ann Li", "Bob Roe"]
    assert column(read("technicians", "Technician,Phone,Email,Skills\nRay Ortiz,,,"), "name") == ["Ray Ortiz"]


def test_a_total_that_does_not_add_up_is_a_warning() -> None:
    table = read("invoices", book(Sheet("A", [HEAD, ROW, ["TOTAL", "", "", 190.0, ""]])))
    assert (
        not sums_agree(table)
        and table.warnings[0].row == 3
        and "90.00" in table.warnings[0].message
        and "190.00" in table.warnings[0].message
    )


def test_a_total_that_is_no_number_warns_of_nothing() -> None:
    assert sums_agree(read("invoices", book(Sheet("A", [HEAD, ROW, ["TOTAL", "", "", "", ""]]))))


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("As of Jul 25, 2026", date(2026, 7, 25)), ("As of November 20, 2026", date(2026, 11, 20)), ("As of 11/20/2026", date(2026, 11, 20)),
        ("Date range: Jan 1, 2026 to Nov 21, 2026", date(2026, 11, 21)), ("September 1-29, 2026", None),
        ("January 1-September 8, 2025", date(2025, 9, 8)), ("Date range: All time", None), ("Open invoices", None),
    ],
)  # fmt: skip
def test_the_day_of_a_report_is_read_from_its_title(title: str, day: date | None) -> None:
    assert read("invoices", book(Sheet("A", [[title, "", "", "", ""], HEAD, ROW]))).as_of == day


def test_the_day_of_a_report_may_stand_in_a_cell_of_its_own() -> None:
    rows = [["As of", datetime(2026, 11, 20), "", "", ""], HEAD, ROW]
    assert read("invoices", book(Sheet("A", rows))).as_of == date(2026, 11, 20)


def test_a_file_without_headings_is_refused() -> None:
    with pytest.raises(UnusableFile, match="no heading row") as caught:
        read("invoices", "501,Ann Li,11/30/2026,90.00,Paid\n502,Bob Roe,11/30/2026,90.00,Sent")
    assert caught.value.exit_code == Exit.FILES_NEED_MENDING and "export.csv" in caught.value.message


def test_an_empty_file_is_refused_and_headings_alone_are_an_empty_table() -> None:
    with pytest.raises(UnusableFile, match="empty"):
        read("invoices", book(Sheet("A", [])))
    assert read("invoices", book(Sheet("A", [HEAD]))).records == []


def test_a_second_table_below_the_first_is_refused() -> None:
    rows = [
        HEAD,
        ROW,
        ["", "", "", "", ""],
        ["Email", "Phone", "Notes", "Address", ""],
        ["a@li.example", "312-555-0142", "x", "12 Elm St", ""],
    ]
    with pytest.raises(UnusableFile, match="row 4: a second table"):
        read("invoices", book(Sheet("A", rows)))


def test_the_first_sheet_that_fits_is_found() -> None:
    table = read("invoices", book(Sheet("Lists", [["Sent", "Paid"]]), Sheet("2026", [HEAD, ROW])))
    assert table.records[0].place.sheet == "2026"


def test_two_sheets_that_fit_are_refused_with_both_names_and_the_remedy() -> None:
    with pytest.raises(UnusableFile) as caught:
        read("invoices", book(Sheet("2025", [HEAD, ROW]), Sheet("2026", [HEAD, ROW])))
    assert '"2025" and "2026"' in caught.value.message
    assert 'sheet = "2025"' in caught.value.remedy and 'sheets = ["2025", "2026"]' in caught.value.remedy


def test_a_template_with_headings_only_is_no_rival() -> None:
    assert len(read("invoices", book(Sheet("Blank", [HEAD]), Sheet("2026", [HEAD, ROW]))).records) == 1


def test_a_hidden_sheet_is_only_read_when_it_is_named() -> None:
    office = book(Sheet("Old", [HEAD, ROW], hidden=True), Sheet("Now", [HEAD, [*ROW[:4], "Paid"]]))
    assert column(read("invoices", office), "status") == ["Paid"]
    assert column(read("invoices", office, sheets=["Old"]), "status") == ["Sent"]
    with pytest.raises(UnusableFile, match="no visible sheet"):
        read("invoices", book(Sheet("Old", [HEAD, ROW], hidden=True)))


def test_a_sheet_that_is_not_there_names_those_that_are_and_the_nearest() -> None:
    with pytest.raises(UnusableFile) as caught:
        read("invoices", book(Sheet("Invoices 2026", [HEAD, ROW]), Sheet("Notes", [])), sheets=["Invoices 2025"])
    assert "Invoices 2026, Notes" in caught.value.message and '"Invoices 2026"' in caught.value.remedy


def test_named_sheets_are_put_together_in_order() -> None:
    office = book(Sheet("2025", [HEAD, ROW]), Sheet("2026", [HEAD, ["502", "Bob Roe", date(2026, 12, 1), 5.0, "Sent"]]))
    table = read("invoices", office, sheets=["2026", "2025"])
    assert [(record["number"], record.place.sheet) for record in table.records] == [("502", "2026"), ("501", "2025")]


def test_short_and_long_rows_are_read() -> None:
    table = read(
        "invoices",
        csv_book("Invoice #,Customer,Due date,Total,Status,Notes\n501,Ann Li,11/30/2026,90\n502,Bob Roe,11/30/2026,5,Sent,x,more,\n"),
    )
    assert column(table, "status") == [None, "Sent"] and column(table, "total") == [Decimal(90), Decimal(5)]
