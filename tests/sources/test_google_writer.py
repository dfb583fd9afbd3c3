"""Writing into a Google Sheet: the row is proved just before, formulas are left alone, nothing is written twice, and what stands there is told."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.clients.google_sheets import GoogleSheets
from contractor_ops.errors import NotWritten, NotWrittenYet
from contractor_ops.ports import RowChange, Written
from contractor_ops.sources.google_writer import GoogleWriter
from tests.providers.google_book import EMAIL, Formula, Spill, Spreadsheet, Tab, rows_of
from tests.providers.google_sheets import HTML_502, KEY, Answer, GoogleServer, error, too_many

HEADINGS = ("Estimate #", "Customer", "Total", "Last contact", "Next step", "Notes")
Write = Callable[..., Written]


@pytest.fixture
def book(server: GoogleServer) -> Spreadsheet:
    rows = [
        ["00123", "Ann Li", 4850, date(2026, 11, 2), "", "old"],
        ["00124", "Bob Roe", Formula("=100*2", 200), "", "", ""],
        ["00125", "Cy Dee"],
    ]
    return server.keep("Northside books", Tab("Estimates", rows_of(HEADINGS, *rows)), Tab("Others", [["x"]]), shared={EMAIL: "writer"})


@pytest.fixture
def writer(connect: Callable[..., GoogleSheets], book: Spreadsheet) -> GoogleWriter:
    return GoogleWriter(connect(1.0, writes=True), KEY)


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
    assert len(server.asked("batchUpdate")) == 1 and len(server.requests) == 6


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


# ── what formulas fill ──


@pytest.mark.parametrize(
    "formula",
    ['=ARRAYFORMULA(IF(A2:A="","",A2:A))', '={"Next step";A2:A}', "=QUERY(Others!A:B)", "=SORTN(Raw!D1:D9)", "=LET(x,Raw!D:D,x)", "=TOCOL(Raw!D1:D)",
     '=IMPORTHTML("https://x.example","table",1)', "=INDEX(Raw!D:D)", "=MY_SCRIPT(Raw!D:D)", "=IF(A1,FLATTEN(Raw!D:D),\"\")"],
)  # fmt: skip
@pytest.mark.parametrize("row", [1, 2])
def test_a_column_that_a_formula_may_fill_with_nothing_is_left_alone(
    formula: str, row: int, writer: GoogleWriter, book: Spreadsheet
) -> None:
    book.tabs[0].rows[row - 1][4] = Formula(formula, "Next step" if row == 1 else "")
    told = refused(lambda: writer.write([change({"Next step": "x"}, 4, "00125")]))
    assert told.message.endswith(f'"Next step": the formula in E{row} may fill the cell, so nothing was written.')


@pytest.mark.parametrize(
    "formula", ["=SUM(C2:C4)", '=IF(C2>0,"x","(none)")', "=VLOOKUP(A2,'Raw (old)'!A:B,2,FALSE)", '="QUERY("&A2', "=C2*2", "=TODAY()-D2"]
)
def test_a_formula_for_its_own_cell_keeps_nobody_from_writing(
    formula: str, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet
) -> None:
    book.tabs[0].rows[1][3] = book.tabs[0].rows[1][4] = Formula(formula, "x")
    assert writer.write([change({"Notes": "new"}), change({"Next step": "x"}, 3, "00124")]) == Written(2)
    assert (server.cell("Estimates", "F2"), server.cell("Estimates", "E3")) == ("new", "x")


def test_a_formula_that_cannot_reach_the_cell_keeps_nobody_from_writing(writer: GoogleWriter, book: Spreadsheet) -> None:
    """Between the two stand cells with content of their own: there a formula that fills others would show #REF!."""
    book.tabs[0].rows[0][3] = Formula("=MY_SCRIPT(A1)", "Last contact")
    book.tabs[0].rows[1][1] = Formula("=MY_SCRIPT(A2)", "Ann Li")
    assert writer.write([change({"Next step": "x"})]) == Written(1)
    book.tabs[0].rows[0][5] = Formula("=MY_SCRIPT(B1)", "Notes")  # "old" stands below it
    assert writer.write([change({"Notes": "x"}, 4, "00125")]) == Written(1)


@pytest.mark.parametrize(
    ("place", "spill"),
    [
        ((1, 0), Spill('=IMPORTRANGE("abc","Estimates!A2:F")', [["00123", "Ann Li", 4850, "", ""], ["00124", "Bob Roe", 200, "", ""]])),
        ((1, 0), Spill("=QUERY(Raw!A2:B)", [["00123", "Ann Li"], ["00124", "Bob Roe"]])),
        ((1, 0), Spill("=SORTN(Raw!A2:B,100)", [["00123", "Ann Li"], ["00124", "Bob Roe"]])),
        ((1, 0), Spill("=OFFICE_ROWS()", [["00123", "Ann Li"], ["00124", "Bob Roe"]])),
        ((1, 0), Spill("={Raw!A2:B}", [["00123", "Ann Li"], ["00124", "Bob Roe"]])),
        ((0, 2), Spill('=ARRAYFORMULA(IF(ROW(A:A)=1,"Total",ROW(A:A)))', [["Total"], [2], [3]])),
        ((1, 4), Spill('=SPLIT("Call|Ann","|")', [["Call", "Ann"]])),
        ((0, 0), Spill("=Raw!A1:B3", [["Estimate #", "Customer"], ["00123", "Ann Li"], ["00124", "Bob Roe"]])),
    ],
)  # fmt: skip
def test_into_a_table_that_a_formula_fills_nothing_is_written(
    place: tuple[int, int], spill: Spill, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet
) -> None:
    """Written into, it would show #REF! in place of all rows; written beside it, our words would not move with the rows."""
    rows = [list(HEADINGS), ["00123", "Ann Li", "", "", "", ""], ["00124", "Bob Roe", "", "", "", ""]]
    for down, cells in enumerate(spill.shows):
        for right in range(len(cells)):
            rows[place[0] + down][place[1] + right] = ""
    rows[place[0]][place[1]] = spill  # type: ignore[call-overload]
    book.tabs[0].rows = rows
    told = refused(lambda: writer.write([change({"Next step": "x", "Notes": "y"}, 3, "00124")]))
    assert (
        told.message.startswith("Northside books, sheet Estimates: a formula in ") and "by itself, so nothing was written." in told.message
    )
    assert "Let us write into the sheet that its rows come from" in told.remedy
    assert server.asked("batchUpdate") == [] and not isinstance(told, NotWrittenYet)


def test_the_server_breaks_a_formula_that_is_written_into(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    """As Google does, which is why it matters."""
    book.tabs[0].rows = [["a", "b"], [Spill("=Raw!A1:B2", [[1, 2], [3, 4]]), ""], ["", ""]]
    writer.client.write(KEY, {"'Estimates'!B3": "ours"})
    cells = writer.client.cells(KEY, ["Estimates"])["Estimates"]
    assert [[cell.shows for cell in row] for row in cells.rows[1:]] == [["#REF", None], [None, "ours"]]


@pytest.mark.parametrize("merge", ["F2:F3", "E2:F2"])
def test_merged_cells_are_refused(merge: str, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].merges = [merge]
    told = refused(lambda: writer.write([change({"Notes": "x"})]))
    assert '"Notes": the cell is merged with others, so nothing was written.' in told.message and "Unmerge" in told.remedy
    assert writer.write([change({"Next step": "x"}, 4, "00125")]) == Written(1), "other cells are not"
    assert len(server.asked("batchUpdate")) == 1


def test_text_that_begins_like_a_formula_is_text(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].rows[1][4] = "=> ring"
    assert writer.write([change({"Next step": "= call"})]) == Written(1)
    assert writer.write([change({"Next step": "rung"})]) == Written(1)
    assert server.cell("Estimates", "E2") == "rung"


# ── whose row it is ──

CALLS = ("Phone", "When", "Reason", "Next step")
CALLED = ["312-555-0142", "9:00", "no heat", ""]


def called(row: int = 2, **more: Any) -> RowChange:
    as_read = {"Phone": "312-555-0142", "When": "9:00", "Next step": ""} | more
    return RowChange("Calls", row, {"Phone": "+13125550142"}, {"Next step": "Call back about: no heat"}, as_read=as_read)


def test_what_a_person_typed_since_the_run_read_it_stays(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].rows[1][4] = "Won"
    as_read = {"Estimate #": "00123", "Customer": "Ann Li", "Next step": "Sent", "Notes": "old"}
    written = writer.write([RowChange("Estimates", 2, {"Estimate #": "00123"}, {"Next step": "Viewed", "Notes": "new"}, as_read=as_read)])
    assert written.cells == 1 and (server.cell("Estimates", "E2"), server.cell("Estimates", "F2")) == ("Won", "new")
    assert written.left == (
        'Northside books, sheet Estimates, row 2, "Next step": somebody has changed it since it was read, so it stays as it is.',
    )


def test_a_newer_row_of_the_same_caller_is_not_taken_for_the_one_that_was_read(writer: GoogleWriter, book: Spreadsheet) -> None:
    book.tabs.append(Tab("Calls", rows_of(CALLS, ["312-555-0142", "9:30", "found another plumber", "mine"], CALLED)))
    told = refused(lambda: writer.write([called()]))
    assert isinstance(told, NotWrittenYet) and '"When" is "9:30" where "9:00" stood' in told.message
    assert book.tabs[2].rows[1][3] == "mine"


def test_two_rows_that_say_the_same_are_left_alone_and_told(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs.append(Tab("Calls", rows_of(CALLS, CALLED, CALLED)))
    written = writer.write([called(), change({"Notes": "new"})])
    assert written.cells == 1 and server.cell("Calls", "D2") == "" and server.cell("Estimates", "F2") == "new"
    [told] = written.told
    assert told.startswith("Northside books, sheet Calls, row 2: left as it is") and "another row says the same" in told


@pytest.mark.parametrize("key", ["+13125550142", "ann@li.example"])
def test_an_address_alone_never_proves_a_row(key: str, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    there = "(312) 555-0142" if key.startswith("+") else "Ann@Li.example"
    book.tabs.append(Tab("Leads", rows_of(("Contact", "When", "Next step"), [there, "", ""])))
    for as_read in (None, {"Contact": there, "When": "", "Next step": ""}):
        written = writer.write([RowChange("Leads", 2, {"Contact": key}, {"Next step": "Call"}, as_read=as_read)])
        assert written.cells == 0 and "nothing but a telephone number or an e-mail address" in written.told[0]
    assert server.cell("Leads", "C2") == "" and server.asked("batchUpdate") == []


def test_an_address_with_a_day_proves_a_row(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs.append(Tab("Calls", rows_of(CALLS, CALLED, ["312-555-0142", "9:30", "x", ""])))
    assert writer.write([called()]) == Written(1)
    assert server.cell("Calls", "D2") == "Call back about: no heat"


# ── rows that move ──


def at_the_writing(server: GoogleServer, what: Callable[[], object]) -> None:
    """Done between the last look and the writing."""
    server.meanwhile = lambda path: "batchUpdate" in path and len(server.asked("batchUpdate")) == 0 and what()


def test_a_row_that_moves_at_the_last_moment_is_not_written(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    def insert(path: str) -> None:
        if "rowData" in path and len(book.tabs[0].rows) == 4:
            book.tabs[0].rows.insert(1, ["00122", "New Person", 1, "", "", ""])

    server.meanwhile = insert
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert "the row was changed at the same moment" in told.message and "next run" in told.remedy
    assert server.asked("batchUpdate") == [] and len(grid(book)) == 5


def test_rows_that_move_while_it_is_written_get_back_what_they_said(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].rows[2][5] = "typed by Dana"
    book.tabs[0].rows[2][3] = date(2026, 11, 9)
    at_the_writing(server, lambda: book.tabs[0].rows.pop(1))
    told = refused(lambda: writer.write([change({"Notes": "new", "Last contact": date(2026, 11, 23)})]))
    assert told.message == (
        "Northside books, Estimates, F2; Estimates, D2: somebody moved rows at the very moment of writing, so another row got our words. "
        "What stood there was put back."
    )
    assert server.cell("Estimates", "F2") == "typed by Dana" and server.cell("Estimates", "D2") == date(2026, 11, 9)
    assert len(server.asked("batchUpdate")) == 2


@pytest.mark.parametrize("stood", [0, False, "", "=> ring", 12.5])
def test_what_is_put_back_is_what_stood_there(stood: Any, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].rows[2][5] = stood
    at_the_writing(server, lambda: book.tabs[0].rows.pop(1))
    assert "What stood there was put back." in refused(lambda: writer.write([change({"Notes": "new"})])).message
    assert (server.cell("Estimates", "F2"), type(server.cell("Estimates", "F2"))) == (stood, type(stood))


def test_a_formula_is_not_put_back_as_text(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].rows[2][5] = Formula("=C3*2", 400)
    at_the_writing(server, lambda: book.tabs[0].rows.pop(1))
    assert "Not everything that stood there could be put back." in refused(lambda: writer.write([change({"Notes": "new"})])).message
    assert server.cell("Estimates", "F2") == "new"


def test_after_a_sort_while_it_is_written_each_row_says_its_own(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    book.tabs[0].rows[3] = ["00125", "Cy Dee", 1, "", "", "of Cy"]
    at_the_writing(server, lambda: book.tabs[0].rows.insert(1, book.tabs[0].rows.pop()))
    told = refused(lambda: writer.write([change({"Notes": "new"}), change({"Notes": "for Bob"}, 3, "00124")]))
    assert "What stood there was put back." in told.message
    assert [row[5] for row in book.tabs[0].rows[1:]] == ["of Cy", "old", ""]


def test_a_blank_row_that_is_put_in_while_it_is_written_is_blank_again(
    writer: GoogleWriter, server: GoogleServer, book: Spreadsheet
) -> None:
    at_the_writing(server, lambda: book.tabs[0].rows.insert(1, ["", "", "", "", "", ""]))
    assert "What stood there was put back." in refused(lambda: writer.write([change({"Notes": "new"})])).message
    assert [row[5:] for row in book.tabs[0].rows[1:3]] == [[""], ["old"]]


def test_a_row_that_nobody_has_read_is_told_where_it_got_our_words(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    at_the_writing(server, lambda: book.tabs[0].rows.insert(1, ["00122", "New Person", 1, "", "", "typed by Dana"]))
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert told.message == (
        "Northside books, Estimates, F2: somebody moved rows at the very moment of writing, so another row got our words. "
        "Not everything that stood there could be put back."
    )
    assert "Version history" in told.remedy and len(server.asked("batchUpdate")) == 1


def test_what_cannot_be_put_back_is_told(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    def pop_and_refuse() -> None:
        book.tabs[0].rows.pop(1)
        server.next(too_many(), to="batchUpdate")

    at_the_writing(server, pop_and_refuse)
    book.tabs[0].rows[2][5] = "typed by Dana"
    assert "Not everything that stood there could be put back." in refused(lambda: writer.write([change({"Notes": "new"})])).message


def test_a_row_that_moves_after_the_writing_took_its_words_along(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    def insert(path: str) -> None:
        if "rowData" in path and server.asked("batchUpdate") and len(book.tabs[0].rows) == 4:
            book.tabs[0].rows.insert(1, ["00122", "New Person", 1, "", "", ""])

    server.meanwhile = insert
    assert writer.write([change({"Notes": "new"})]) == Written(1)
    assert [server.cell("Estimates", place) for place in ("A3", "F3", "F2")] == ["00123", "new", ""]


def test_an_address_that_is_corrected_at_that_moment_is_no_other_row(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    at_the_writing(server, lambda: book.tabs[0].rows[1].__setitem__(1, "Ann Lee"))
    as_read = {"Estimate #": "00123", "Customer": "Ann Li", "Notes": "old"}
    assert writer.write([RowChange("Estimates", 2, {"Estimate #": "00123"}, {"Notes": "new"}, as_read=as_read)]) == Written(1)


# ── what is not answered ──


@pytest.mark.parametrize("fault", ["hang", "drop", "reset", "half", "garbage", error(503, "UNAVAILABLE", "…"), Answer(502, HTML_502)])
def test_a_writing_without_an_answer_is_looked_for_and_never_repeated(
    fault: Any, writer: GoogleWriter, server: GoogleServer, book: Spreadsheet
) -> None:
    server.next(fault, "done", to="batchUpdate")
    assert writer.write([change({"Notes": "new"})]) == Written(1)
    server.next(fault, "read", to="batchUpdate")
    told = refused(lambda: writer.write([change({"Notes": "newer"})]))
    assert "and nothing of what was to be written can be seen there. Google may still carry it out." in told.message
    assert "The next run looks again" in told.remedy
    assert server.cell("Estimates", "F2") == "new" and len(server.asked("batchUpdate")) == 2


def test_what_google_carries_out_late_is_seen(writer: GoogleWriter, server: GoogleServer, book: Spreadsheet) -> None:
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if seconds == 5:
            book.tabs[0].rows[1][5] = "new"

    writer.client.patience.wait = wait
    server.next("drop", "read", to="batchUpdate")
    assert writer.write([change({"Notes": "new"})]) == Written(1)
    assert waited == [2, 5]


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
        if server.asked("batchUpdate") and "rowData" in path:
            book.tabs[0].rows[1][5] = "typed by Dana"

    server.meanwhile = type_over
    told = refused(lambda: writer.write([change({"Notes": "new"})]))
    assert told.message == "Northside books, Estimates, F2: what was written does not stand there any more."
    assert "Version history" in told.remedy
