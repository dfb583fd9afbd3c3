"""Google Sheets as a source: which spreadsheet is meant, how few times it is asked for, and what becomes of each cell."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.clients.google_sheets import GoogleSheets
from contractor_ops.errors import UnusableFile
from contractor_ops.sources.google_address import Address, address_of
from contractor_ops.sources.google_cells import differences, moment_of, sheet_of
from contractor_ops.sources.google_sheet import Books, GoogleSheet
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from tests.providers.google_book import EMAIL, Broken, Formula, Tab
from tests.providers.google_sheets import KEY, GoogleServer, error, not_enabled

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")
INVOICES = ["Invoice #", "Customer", "Phone", "Status", "Issued", "Due date", "Total", "Balance", "Notes"]

Open = Callable[..., GoogleSheet]


@pytest.fixture
def books(connect: Callable[..., GoogleSheets]) -> Books:
    return Books(connect())


@pytest.fixture
def opened(books: Books) -> Open:
    def source(place: str = KEY, table: str = "invoices", **more: Any) -> GoogleSheet:
        return GoogleSheet(table, books, address_of(place), lambda: NOW, CHICAGO, **more)

    return source


def refusal(source: GoogleSheet) -> UnusableFile:
    with pytest.raises(UnusableFile) as raised:
        source.read()
    return raised.value


# ── which one is meant ──


@pytest.mark.parametrize(
    "address",
    [
        f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{KEY}/edit?gid=123#gid=123",
        f"https://docs.google.com/spreadsheets/d/{KEY}",
        f"https://docs.google.com/spreadsheets/d/{KEY}/edit?usp=sharing&ouid=1",
        f"https://docs.google.com/spreadsheets/u/1/d/{KEY}/edit",
        f"https://drive.google.com/open?id={KEY}",
        f"https://drive.google.com/file/d/{KEY}/view",
        f"https://docs.google.com/spreadsheet/ccc?key={KEY}&hl=en",
        f"docs.google.com/spreadsheets/d/{KEY}/edit",
        f"  {KEY} ",
    ],
)
def test_an_address_or_key_leads_to_the_key(address: str) -> None:
    assert address_of(address) == Address(key=KEY)


@pytest.mark.parametrize(
    "title",
    [
        "Northside invoices",
        "Invoices",
        "2026",
        "Northside-Invoices-2026-Final",
        "northside-invoices-2026-last-list",
        "Café & Söhne: Rechnungen?",
    ],
)
def test_anything_else_is_a_title(title: str) -> None:
    assert address_of(title) == Address(title=title)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1vQ0123456789abcdefghijklmnopqrstuvwxyz/pubhtml", "a published copy"),
        ("https://docs.google.com/document/d/1NorthsideBooksOfTheTests-0123456789_abcdefgh/edit", "not the address of a Google Sheet"),
        ("https://docs.google.com/spreadsheets/u/0/", "not the address of a Google Sheet"),
        ("https://northside.example/invoices", "not the address of a Google Sheet"),
    ],
)
def test_an_address_that_leads_elsewhere_is_told(address: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        address_of(address)


def test_a_title_is_looked_up_once(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside invoices", Tab("A", [["x"]]))
    server.keep("Northside invoices 2025", Tab("A", [["y"]]), key="older")
    for _ in range(2):
        [workbook] = opened("northside  invoices".replace("  ", " ")).read()
        assert workbook.file == "Northside invoices"
    assert len(server.asked("/drive/v3/files?")) == 1


def test_two_of_one_title_are_told(server: GoogleServer, opened: Open) -> None:
    server.keep("Invoices", Tab("A"))
    server.keep("Invoices", Tab("A"), key="other")
    told = refusal(opened("Invoices"))
    assert told.message == (
        f'The Google Sheet of invoices cannot be read: 2 spreadsheets that are shared with {EMAIL} are called "Invoices".'
    )
    assert told.remedy.startswith("Write the address of the one that is meant")


def test_a_title_that_nobody_shared_names_what_is_shared(server: GoogleServer, opened: Open, books: Books) -> None:
    server.keep("Northside invoices", Tab("A"))
    told = refusal(opened("Invoices"))
    assert f'no spreadsheet called "Invoices" is shared with {EMAIL}' in told.message
    assert told.remedy == 'Shared are: "Northside invoices".'


def test_where_nothing_is_shared_the_address_to_share_with_is_told(server: GoogleServer, opened: Open) -> None:
    assert f"click Share and add {EMAIL}" in refusal(opened("Invoices")).remedy


# ── how few times it is asked for ──


def test_a_sheet_of_a_thousand_rows_takes_three_requests(server: GoogleServer, opened: Open) -> None:
    rows = [[f"{1000 + number}", "Ann Li", "(312) 555-0142", "Open", date(2026, 10, 1), date(2026, 10, 31), 100.5, 100.5, "x" * 80]
            for number in range(1000)]  # fmt: skip
    server.keep("Northside books", Tab("Invoices", [INVOICES, *rows]))
    table = build_table(TABLES["invoices"], opened().read(), country="US")
    assert len(table.records) == 1000 and table.problems == []
    assert len(server.requests) == 3


def test_tables_of_one_spreadsheet_share_its_readings(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("Invoices", [["a"]]), Tab("Jobs", [["b"]]), Tab("Large and not wanted", [["c"]]))
    invoices = opened(sheets=("Invoices",), others=[("jobs",), ("Nobody has this",)])
    jobs = opened(f"https://docs.google.com/spreadsheets/d/{KEY}/edit", "jobs", sheets=("jobs",), others=[("Invoices",)])
    assert [sheet.rows for source in (invoices, jobs, invoices) for sheet in source.read()[0].sheets] == [[["a"]], [["b"]], [["a"]]]
    assert len(server.requests) == 3
    assert not [one for one in server.requests if "Large" in one]


def test_what_is_wanted_later_is_asked_for_alone(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("Invoices", [["a"]]), Tab("Jobs", [["b"]]))
    opened(sheets=("Invoices",)).read()
    opened(sheets=("Jobs",)).read()
    assert [one.partition("ranges=")[2] for one in server.asked("batchGet")] == ["'Invoices'", "'Invoices'", "'Jobs'", "'Jobs'"]


def test_what_failed_once_is_not_asked_for_again(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("Invoices"), shared={})
    first, second = refusal(opened()), refusal(opened(table="jobs"))
    assert len(server.requests) == 1
    assert first.message == f"The Google Sheet of invoices cannot be read: it is not shared with {EMAIL}."
    assert second.message == f"The Google Sheet of jobs cannot be read: it is not shared with {EMAIL}."


# ── what becomes of each cell ──


def test_every_kind_of_cell_is_what_it_is(server: GoogleServer, opened: Open) -> None:
    cells: list[Any] = [
        date(2026, 11, 20), datetime(2026, 11, 20, 9, 30), time(9, 30), timedelta(hours=26, minutes=5), 46346, 46346.375, 0.5, 3125550142,
        "00123", "1/2", "11/20/2026", "46346", "", None, True, False, -12.5, "  kept  ", "two\nlines",
    ]  # fmt: skip
    server.keep("Northside books", Tab("A", [cells]))
    [sheet] = opened().read()[0].sheets
    [row] = sheet.rows
    assert row == ["" if cell is None else cell for cell in cells]
    assert [type(one) for one in row[:8]] == [date, datetime, time, timedelta, int, float, float, int]
    assert (type(row[14]), row[14]) == (bool, True)


def test_broken_cells_stand_apart(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("A", [["a", "b"], [Broken("#REF!"), Broken("#DIV/0!")], [Broken("Loading..."), "#1 priority"]]))
    [sheet] = opened().read()[0].sheets
    assert sheet.rows == [["a", "b"], ["", ""], ["", "#1 priority"]]
    assert sheet.errors == {(1, 0): "#REF!", (1, 1): "#DIV/0!", (2, 0): "Loading..."}


def test_rows_are_of_one_length_and_blank_ones_keep_their_place(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("A", [[], ["a", "b", "c"], ["d"], ["", "", ""], ["", "e", ""]]))
    [sheet] = opened().read()[0].sheets
    assert sheet.rows == [["", "", ""], ["a", "b", "c"], ["d", "", ""], ["", "", ""], ["", "e", ""]]


def test_hidden_sheets_and_charts_are_never_chosen(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("Chart", kind="OBJECT"), Tab("Old", [["x"]], hidden=True), Tab("Now", [["y"]]))
    [workbook] = opened().read()
    assert [(sheet.name, sheet.hidden, sheet.rows) for sheet in workbook.sheets] == [("Now", False, [["y"]]), ("Old", True, [])]
    [workbook] = opened(sheets=("old",)).read()
    assert [(sheet.name, sheet.rows) for sheet in workbook.sheets] == [("Old", [["x"]])]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("Invoices"), Tab("Jobs"))
    told = refusal(opened(sheets=("Invoces",)))
    assert told.message == 'Northside books has no sheet "Invoces".'
    assert told.remedy == 'Did you mean "Invoices"? Its sheets: Invoices, Jobs.'


def test_problems_say_the_spreadsheet_and_the_sheet(server: GoogleServer, opened: Open) -> None:
    row = ["1001", "Ann Li", "(312) 555-0142", "Open", date(2026, 10, 1), "31/31/2026", 100, Broken("#REF!"), ""]
    server.keep("Northside books", Tab("Invoices 2026", [INVOICES, row]))
    table = build_table(TABLES["invoices"], opened().read(), country="US")
    places = {(one.file, one.sheet, one.row, one.column, one.value) for one in table.problems}
    assert places == {
        ("Northside books", "Invoices 2026", 2, "Due date", "31/31/2026"),
        ("Northside books", "Invoices 2026", 2, "Balance", "#REF!"),
    }


def test_an_empty_spreadsheet_is_told(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("Sheet1"))
    with pytest.raises(UnusableFile, match='Northside books, sheet "Sheet1": it is empty'):
        build_table(TABLES["invoices"], opened().read(), country="US")


def test_a_sheet_that_changes_between_the_two_readings_is_read_once_more(server: GoogleServer, opened: Open) -> None:
    book = server.keep("Northside books", Tab("Invoices", [["Total", "Due"], [46000, date(2026, 11, 20)]]))

    def insert_a_column(path: str) -> None:
        if "FORMATTED_STRING" in path and len(book.tabs[0].rows[0]) == 2:
            for row in book.tabs[0].rows:
                row.insert(0, "new" if row is not book.tabs[0].rows[0] else "Number")

    server.meanwhile = insert_a_column
    [sheet] = opened().read()[0].sheets
    assert sheet.rows == [["Number", "Total", "Due"], ["new", 46000, date(2026, 11, 20)]]


def test_a_sheet_that_never_holds_still_is_not_read(server: GoogleServer, opened: Open) -> None:
    """With rows that belong to others beside them, amounts would be taken for days."""
    book = server.keep("Northside books", Tab("Invoices", [["Number", "Total"], [1041, 4850], ["A-17", "TBD"], [1042, 900]]))
    server.meanwhile = lambda path: "FORMATTED_STRING" in path and book.tabs[0].rows.insert(1, [f"A-{len(book.tabs[0].rows)}", "TBD"])
    told = refusal(opened())
    assert told.message == "The Google Sheet of invoices cannot be read: somebody is changing it just now."
    assert len(server.asked("batchGet")) == 8


def test_what_was_changed_three_times_and_then_holds_still_is_read(server: GoogleServer, opened: Open) -> None:
    book = server.keep("Northside books", Tab("Invoices", [["Number", "Total"], [1041, 4850], ["A-17", "TBD"]]))

    def insert(path: str) -> None:
        if "FORMATTED_STRING" in path and len(book.tabs[0].rows) < 6:
            book.tabs[0].rows.insert(1, [f"A-{len(book.tabs[0].rows)}", "TBD"])

    server.meanwhile = insert
    [sheet] = opened().read()[0].sheets
    assert sheet.rows == [["Number", "Total"], ["A-5", "TBD"], ["A-4", "TBD"], ["A-3", "TBD"], [1041, 4850], ["A-17", "TBD"]]


@pytest.mark.parametrize("shows", [[0.25, 0.5], ["10:00:01", "10:00:02"], ["", "x"]])
def test_a_formula_that_never_gives_the_same_twice_keeps_nobody_from_reading(shows: list[Any], server: GoogleServer, opened: Open) -> None:
    rows = [["Number", "Sent", "Clock"], [1041, date(2026, 11, 20), Formula("=NOW()", shows[0])]]
    book = server.keep("Northside books", Tab("Invoices", rows))

    def tick(path: str) -> None:
        book.tabs[0].rows[1][2] = Formula("=NOW()", shows["FORMATTED_STRING" in path])

    server.meanwhile = tick
    [sheet] = opened().read()[0].sheets
    assert sheet.rows[1] == [1041, date(2026, 11, 20), shows[0]]


@pytest.mark.parametrize(
    ("numbers", "texts", "cells"),
    [
        ([[1, "a", 46346]], [[2, "a", "11/20/2026"]], set()),
        ([["a"]], [["b"]], {(0, 0)}),
        ([["a"]], [["a"], ["b"]], {(1, 0)}),
        ([["a", 1]], [["a"]], {(0, 1)}),
        ([["TBD"]], [[4850]], {(0, 0)}),
        ([[True]], [["TRUE"]], {(0, 0)}),
        ([[], ["a"]], [["a"]], {(0, 0), (1, 0)}),
    ],
)
def test_where_two_readings_differ_in_more_than_days(numbers: Any, texts: Any, cells: set[tuple[int, int]]) -> None:
    assert differences(numbers, texts) == cells


@given(st.integers(min_value=1000, max_value=2_958_465), st.integers(min_value=0, max_value=86_399))
def test_every_second_of_every_day_is_told_exactly(day: int, second: int) -> None:
    moment = datetime(1899, 12, 30) + timedelta(days=day, seconds=second)
    assert moment_of(day + second / 86_400) == (moment if second else moment.date())


@pytest.mark.parametrize("serial", [-1, -0.5, 2_958_466, 1e12])
def test_what_no_calendar_holds_stays_a_number(serial: float) -> None:
    assert moment_of(serial) == serial


@given(st.lists(st.lists(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()))))
def test_any_grid_becomes_a_sheet_of_equal_rows(grid: list[list[Any]]) -> None:
    sheet = sheet_of("A", grid, grid)
    assert len({len(row) for row in sheet.rows}) <= 1 and not differences(grid, grid)
    assert [row[: len(cells)] for row, cells in zip(sheet.rows, grid, strict=True) if not sheet.errors] == [
        ["" if cell is None else cell for cell in cells] for cells in grid if not sheet.errors
    ]


# ── its age, and its clock ──


def test_it_is_as_of_now_unless_its_age_is_asked_for(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("A", [["a"]]), modified=datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
    assert opened().read()[0].saved_at == NOW
    assert opened(changed=True).read()[0].saved_at == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def test_an_age_that_cannot_be_asked_for_is_told(server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("A", [["a"]]))
    server.next(not_enabled("drive.googleapis.com", "Google Drive API"), to="/drive/")
    told = refusal(opened(changed=True))
    assert "the Google Drive API is not switched on" in told.message and "max_age cannot be used" in told.remedy
    asked = len(server.requests)
    assert refusal(opened(changed=True)).message == told.message and len(server.requests) == asked
    assert opened().read()[0].saved_at == NOW, "a table that needs no age is read all the same"


@pytest.mark.parametrize(
    ("zone", "cell", "told"),
    [
        ("America/Los_Angeles", datetime(2026, 11, 20, 9, 30), True),
        ("America/Los_Angeles", date(2026, 11, 20), False),
        ("America/Chicago", datetime(2026, 11, 20, 9, 30), False),
        ("US/Central", datetime(2026, 11, 20, 9, 30), False),
        ("America/Regina", datetime(2026, 11, 20, 9, 30), True),  # the same time in winter only
        ("Nowhere/Else", datetime(2026, 11, 20, 9, 30), False),
        ("", datetime(2026, 11, 20, 9, 30), False),
    ],
)
def test_another_clock_is_told_where_the_sheet_holds_times(zone: str, cell: Any, told: bool, server: GoogleServer, opened: Open) -> None:
    server.keep("Northside books", Tab("A", [[cell]]), zone=zone)
    [workbook] = opened().read()
    assert workbook.sheets[0].rows == [[cell]], "what people see is what counts"
    assert [f"time zone is {zone}" in doubt for doubt in workbook.doubts] == [True] * told


def test_a_refusal_of_google_becomes_a_sentence(server: GoogleServer, opened: Open) -> None:
    server.next(error(400, "FAILED_PRECONDITION", "This operation is not supported for this document"))
    told = refusal(opened())
    assert (
        told.message == "The Google Sheet of invoices cannot be read: it is an Excel or other file kept in Google Drive, no Google Sheet."
    )
