"""Writing into a Google Sheet: the row is proved just before, formulas are left alone, nothing is written twice, and what stands there is told."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.clients.google_account import account_of
from contractor_ops.clients.google_sheets import GoogleSheets
from contractor_ops.errors import NotWritten
from contractor_ops.ports import RowChange, Written
from contractor_ops.sources.google_writer import GoogleWriter
from tests.providers.google_book import EMAIL, Formula, Spreadsheet, Tab, rows_of
from tests.providers.google_sheets import HTML_502, KEY, Answer, GoogleServer, error, too_many

HEADINGS = ("Estimate #", "Customer", "Total", "Last contact", "Next step", "Notes")
Write = Callable[..., Written]


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as one:
        yield one
        assert one.invalid == []


@pytest.fixture
def book(server: GoogleServer) -> Spreadsheet:
    rows = [
        ["00123", "Ann Li", 4850, date(2026, 11, 2), "", "old"],
        ["00124", "Bob Roe", Formula("=100*2", 200), "", "", ""],
        ["00125", "Cy Dee"],
    ]
    return server.keep("Northside books", Tab("Estimates", rows_of(HEADINGS, *rows)), Tab("Others", [["x"]]), shared={EMAIL: "writer"})


@pytest.fixture
def writer(server: GoogleServer, book: Spreadsheet) -> GoogleWriter:
    return GoogleWriter(
        GoogleSheets(account_of(json.dumps(server.account())), server.base, 1.0, writes=True, wait=lambda seconds: None), KEY
    )


def change(values: Mapping[str, Any], row: int = 2, number: str = "00123", sheet: str = "Estimates") -> RowChange:
    return RowChange(sheet, row, {"Estimate #": number}, values)


def grid(book: Spreadsheet) -> list[list[Any]]:
    return [list(row) for row in book.tabs[0].rows]


def refused(write: Callable[[], Written]) -> NotWritten:
    with pytest.raises(NotWritten) as raised:
        write()
    return raised.value


def test_cells_are_written_in_one_request(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    written = writer.write(
        [change({"Next step": "Call Ann", "Last contact": date(2026, 11, 23)}), change({"Next step": "=SUM(A1)"}, 4, "00125")]
    )
    assert written == Written(3)
    assert [server.cell("Estimates", place) for place in ("D2", "E2", "E4")] == [date(2026, 11, 23), "Call Ann", "=SUM(A1)"]
    assert len(server.asked("batchUpdate")) == 1 and len(server.requests) <= 8


@pytest.mark.parametrize(
    ("value", "place", "stands"),
    [
        (date(2026, 11, 23), "Last contact", date(2026, 11, 23)),
        (date(2026, 11, 23), "Next step", "2026-11-23"),
        (datetime(2026, 11, 23, 14, 5), "Next step", "2026-11-23 14:05"),
        (Decimal("12.50"), "Next step", 12.5),
        (Decimal("12"), "Next step", 12),
        (7, "Next step", 7),
        ("00123", "Next step", "00123"),
        ("+1 312 555 0142", "Next step", "+1 312 555 0142"),
        (None, "Notes", ""),
        ("two\nlines", "Notes", "two\nlines"),
    ],
)
def test_each_kind_of_value_is_what_it_is(value: Any, place: str, stands: Any, writer: GoogleWriter, server: GoogleServer) -> None:
    assert writer.write([change({place: value})]) == Written(1)
    cell = server.cell("Estimates", f"{'ABCDEF'[HEADINGS.index(place)]}2")
    assert (cell, type(cell)) == (stands, type(stands))


def test_what_stands_there_already_is_not_written_again(writer: GoogleWriter, server: GoogleServer) -> None:
    assert writer.write([change({"Notes": "old", "Last contact": date(2026, 11, 2)})]) == Written(0)
    assert server.asked("batchUpdate") == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (change({"Notes": "x"}, 3), '"Estimate #" is "00124" where "00123" stood'),
        (change({"Notes": "x"}, 40), "there is no such row"),
        (change({"Remarks": "x"}), 'no column is called "Remarks"'),
        (change({"Total": 7}, 3, "00124"), '"Total": a formula stands in the cell'),
        (change({"Notes": "x"}, sheet="Gone"), 'there is no sheet "Gone" any more'),
    ],
)
def test_one_wrong_row_stops_the_whole_writing(
    wrong: RowChange, said: str, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet
) -> None:
    before = grid(book)
    told = refused(lambda: writer.write([change({"Notes": "new"}), wrong]))
    assert said in told.message and told.message.startswith("Northside books")
    assert grid(book) == before and server.asked("batchUpdate") == []


@pytest.mark.parametrize("formula", ['=ARRAYFORMULA(IF(A2:A="","",A2:A))', '={"Next step";A2:A}', "=QUERY(Others!A:B)"])
@pytest.mark.parametrize("row", [1, 2])
def test_a_column_that_a_formula_fills_is_left_alone(formula: str, row: int, writer: GoogleWriter, book: Spreadsheet) -> None:
    book.tabs[0].rows[row - 1][4] = Formula(formula, "Next step" if row == 1 else "")
    told = refused(lambda: writer.write([change({"Next step": "x"}, 4, "00125")]))
    assert "a formula above fills the column" in told.message


def test_a_row_that_moves_at_the_last_moment_is_not_written(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    def insert(path: str) -> None:
        if "FORMULA&" in path and len(book.tabs[0].rows) == 4:
            book.tabs[0].rows.insert(1, ["00122", "New Person", 1, "", "", ""])

    server.meanwhile = insert
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert "the row was changed at the same moment" in told.message and "next run" in told.remedy
    assert server.asked("batchUpdate") == [] and len(grid(book)) == 5


@pytest.mark.parametrize("fault", ["hang", "drop", "reset", "half", "garbage", error(503, "UNAVAILABLE", "…"), Answer(502, HTML_502)])
def test_a_writing_without_an_answer_is_looked_for_and_never_repeated(
    fault: Any, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet
) -> None:
    server.next(fault, "done", to="batchUpdate")
    assert writer.write([change({"Notes": "new"})]) == Written(1)
    server.next(fault, "read", to="batchUpdate")
    told = refused(lambda: writer.write([change({"Notes": "newer"})]))
    assert "so nothing was written" in told.message
    assert server.cell("Estimates", "F2") == "new" and len(server.asked("batchUpdate")) == 2


def test_where_it_cannot_be_looked_for_both_are_possible(writer: GoogleWriter, server: GoogleServer) -> None:
    server.next("drop", "done", to="batchUpdate")
    server.meanwhile = lambda path: "batchUpdate" in path and server.next(error(404, "NOT_FOUND", "Requested entity was not found."))
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert told.message.startswith(
        "The Google Sheet may have been written or not: Google ended the connection, and then Google knows no such"
    )


def test_an_account_that_may_only_look_is_told(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.shared[EMAIL] = "reader"
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert told.message == f"Northside books: {EMAIL} may look at it, but not change it, so nothing was written."
    assert "choose Editor" in told.remedy


def test_a_protected_sheet_is_told(writer: GoogleWriter, book: Spreadsheet) -> None:
    book.tabs[0].protected = True
    assert "a part of it is protected" in refused(lambda: writer.write([change({"Notes": "new"})])).message


def test_a_busy_google_is_not_written_to(writer: GoogleWriter, server: GoogleServer) -> None:
    server.next(too_many(), to="batchUpdate")
    assert "asked less often" in refused(lambda: writer.write([change({"Notes": "new"})])).message
    assert len(server.asked("batchUpdate")) == 1 and server.cell("Estimates", "F2") == "old"


def test_what_somebody_types_over_at_once_is_told(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    def type_over(path: str) -> None:
        if server.asked("batchUpdate") and "SERIAL_NUMBER" in path:
            book.tabs[0].rows[1][5] = "typed by Dana"

    server.meanwhile = type_over
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert "does not stand there any more" in told.message and "Version history" in told.remedy
