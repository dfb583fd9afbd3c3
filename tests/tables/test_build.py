from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet, Workbook
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.guess import guess_table

from .grids import book, column, csv_book, read

HEAD = ["Invoice #", "Customer", "Mobile", "Email", "Due date", "Total", "Status", "Notes"]
ROW = ["501", "Ann Li", "(312) 555-0142", "Ann@Li.example", date(2026, 11, 30), 90.0, "Sent", "ring first"]


def test_a_cell_that_cannot_be_read_is_null_and_a_problem_with_its_place() -> None:
    table = read("invoices", "My invoices,,,\nInvoice #,Customer,Due on,Total\n1,Ann Li,31/31/2026,about 90")
    record = table.records[0]
    assert record["due_on"] is None and record["total"] is None and set(record.problems) == {"due_on", "total"}
    place = [(problem.file, problem.sheet, problem.row, problem.column, problem.value) for problem in table.problems]
    assert place == [("export.csv", None, 3, "Due on", "31/31/2026"), ("export.csv", None, 3, "Total", "about 90")]


def test_an_error_cell_is_null_and_a_problem_that_shows_the_error() -> None:
    sheet = Sheet("A", [HEAD, ROW, ["502", "", *ROW[2:]]], errors={(2, 1): "#REF!", (0, 20): "#N/A"})
    table = read("invoices", book(sheet))
    assert table.records[1]["customer"] is None and table.problems[0].value == "#REF!"
    assert (table.problems[0].sheet, table.problems[0].row, table.problems[0].column) == ("A", 3, "Customer")


def test_records_come_in_the_sheets_order_with_values_under_our_names() -> None:
    table = read("invoices", book(Sheet("A", [HEAD, ROW])))
    assert table.records[0].values == {
        "number": "501", "customer": "Ann Li", "email": "ann@li.example", "phone": "+13125550142", "status": "Sent",
        "due_on": date(2026, 11, 30), "total": Decimal(90), "notes": "ring first",
    }  # fmt: skip
    assert list(table.columns) == list(TABLES["invoices"].column_names) and table.columns["balance"] is None


def test_without_complete_phones_and_emails_wait_until_the_row_is_live() -> None:
    spec = TABLES["invoices"]
    table = read(
        "invoices", book(Sheet("A", [HEAD, ROW, ["502", "Bob Roe", 3125550143.0, "nonsense", "", 5.0, "Sent", ""]])), complete=False
    )
    assert column(table, "phone") == ["(312) 555-0142", "3125550143"] and not table.problems
    for record in table.records:
        complete_record(record, spec, "US", table.columns)
    assert column(table, "phone") == ["+13125550142", "+13125550143"] and column(table, "email") == ["ann@li.example", None]
    problem = table.records[1].problems["email"]
    assert (problem.row, problem.column, problem.value) == (3, "Email", "nonsense")


def test_completing_twice_changes_nothing() -> None:
    table = read("invoices", book(Sheet("A", [HEAD, ROW])))
    before = dict(table.records[0].values)
    assert complete_record(table.records[0], TABLES["invoices"], "US").values == before


def test_a_column_of_dates_that_fits_both_orders_is_told_and_read_as_the_country_writes() -> None:
    text = "Invoice #,Customer,Due date\n1,Ann Li,1/2/2026"
    american, british = read("invoices", text), read("invoices", text, country="GB")
    assert american.records[0]["due_on"] == date(2026, 1, 2) and british.records[0]["due_on"] == date(2026, 2, 1)
    assert [note.column for note in american.notes] == ["Due date"]


def test_a_day_and_a_time_in_two_columns_are_one_moment() -> None:
    assert read("calls", "Date,Time,From\n2026-11-23,15:04,+13125550142").records[0]["started_at"] == datetime(2026, 11, 23, 15, 4)
    utc = read("calls", "Call start (UTC),From\n2026-11-23 15:04,+13125550142").records[0]["started_at"]
    assert utc == datetime(2026, 11, 23, 15, 4, tzinfo=UTC)


def test_a_start_time_that_is_only_a_clock_is_put_together_with_its_day() -> None:
    visits = read("visits", "Job #,Visit date,Start time,Customer\n7,2026-11-24,9:00,Ann Li")
    assert visits.records[0]["starts_at"] == datetime(2026, 11, 24, 9)
    jobs = read("jobs", book(Sheet("A", [["Job #", "Scheduled", "Start time"], ["7", date(2026, 11, 24), time(9, 30)]])))
    assert jobs.records[0]["starts_at"] == datetime(2026, 11, 24, 9, 30) and jobs.records[0]["scheduled_on"] == date(2026, 11, 24)


def test_the_scheduled_start_is_the_day_of_the_work_whatever_the_date_column_means() -> None:
    record = read("jobs", "Job #,Date,Scheduled start\n7,2026-11-20,2026-11-24 09:00").records[0]
    assert record["scheduled_on"] == record["starts_at"] == datetime(2026, 11, 24, 9)


def test_files_and_their_age_are_remembered() -> None:
    old, new = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    books = [
        Workbook("a.csv", csv_book("Invoice #,Customer,Total\n1,A,5").sheets, new),
        Workbook("b.csv", csv_book("Invoice #,Customer,Total\n2,B,5").sheets, old),
    ]
    table = build_table(TABLES["invoices"], books, country="US")
    assert table.files == ("a.csv", "b.csv") and table.read_at == old


def test_no_file_at_all_is_told() -> None:
    with pytest.raises(UnusableFile, match="no file"):
        build_table(TABLES["invoices"], [], country="US")


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("Invoice #,Customer,Due date,Balance\n1,Ann Li,1/2/2026,5", "invoices"),
        ("Quote #,Client name,Sent date,Total\n1,Ann Li,1/2/2026,5", "estimates"),
        ("Job #,Customer,Technician,Scheduled\n1,Ann Li,Ray,1/2/2026", "jobs"),
        ("Call Sid,Start Time,From,To,Direction,Duration\nc1,2026-01-02,+13125550142,+13125550143,inbound,3", "calls"),
        ("Name,Phone,Email,Do not contact\nAnn Li,312-555-0142,a@li.example,", "customers"),
        ("Technician,Phone,Skills,Days off\nRay,312-555-0142,HVAC,Mon", "technicians"),
        ("Item,On hand,Reorder at\nFilter,3,5", "inventory"),
        ("CO #,Job #,Description,Amount,Approved on\n1,7,Vent,5,1/2/2026", "change_orders"),
        ("Permit number,Permit,Job #,Expires on\nP1,Roof,7,1/2/2026", "compliance"),
    ],
)
def test_a_tables_name_is_guessed_from_its_headings(text: str, table: str) -> None:
    guesses = guess_table(csv_book(text))
    assert guesses[0][0] == table and guesses == sorted(guesses, key=lambda guess: -guess[2])


def test_nothing_is_guessed_of_a_sheet_that_is_no_table() -> None:
    assert guess_table(csv_book("Title,,\nsome,text,here")) == []


_CELLS = st.sampled_from(
    [
        "",
        None,
        "501",
        "502",
        "Ann Li",
        "Bob Roe",
        "TOTAL",
        "Total for Ann Li",
        "Sent",
        "11/30/2026",
        "$5.00",
        7.0,
        "note",
        "Invoice #",
        "Due date",
    ]
)
_ROWS = st.lists(st.lists(_CELLS, min_size=0, max_size=6), max_size=25)


@settings(max_examples=200, deadline=None)
@given(_ROWS, _ROWS)
def test_every_row_is_a_record_or_folded_or_passed_over(above: list[list[object]], below: list[list[object]]) -> None:
    rows = [*above, ["Invoice #", "Customer", "Due date", "Amount", "Status", "Notes"], *below]
    try:
        table = read("invoices", book(Sheet("A", rows)))
    except UnusableFile:
        return
    assert len(table.records) + table.folded + sum(table.passed_over.values()) == len(rows)
    assert sum(record.lines for record in table.records) == len(table.records) + table.folded


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["Ann Li", "Bob Roe"]), st.integers(1, 99)), max_size=20))
def test_folding_loses_no_document_and_line_amounts_keep_their_sum(lines: list[tuple[int, str, int]]) -> None:
    rows = [[str(number), customer, f"line {at}", amount] for at, (number, customer, amount) in enumerate(lines)]
    table = read("invoices", book(Sheet("A", [["Invoice #", "Customer", "Description", "Amount"], *rows])))
    assert {(record["number"], record["customer"]) for record in table.records} == {
        (str(number), customer) for number, customer, _ in lines
    }
    assert len({(record["number"], record["customer"]) for record in table.records}) == len(table.records)
    assert sum(record["total"] for record in table.records) == sum(amount for _, _, amount in lines)
