from decimal import Decimal

from .grids import book, column, csv_book, read

D = Decimal


def test_a_total_repeated_on_every_line_is_taken_once() -> None:
    table = read(
        "estimates",
        """
Quote No,Customer Name,Total,Line Description,Line Amount,Status
EST40-2,Ann Li,876.00,Panel,500.00,Accepted
EST40-2,Ann Li,876.00,Rose,50.00,Accepted
EST40-3,Ann Li,90.00,Lamp,90.00,Accepted
EST40-2,Ann Li,876.00,Discount,-20.00,Accepted
""",
    )
    assert column(table, "number") == ["EST40-2", "EST40-3"] and column(table, "total") == [D("876.00"), D("90.00")]
    assert [(record.place.row, record.lines) for record in table.records] == [(2, 3), (4, 1)] and table.folded == 2 and not table.problems


def test_a_total_on_the_first_line_only_is_the_documents_total() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Balance,Item\n1,Ann Li,100,60,Pipe\n1,,,,Tap\n2,Bob Roe,5,5,Tap")
    assert column(table, "total") == [D(100), D(5)] and column(table, "balance") == [D(60), D(5)] and table.folded == 1


def test_line_amounts_are_added_up() -> None:
    table = read(
        "invoices",
        "Invoice #,Customer,Due date,Description,Amount\n1,Ann Li,11/30/2026,Pipe,100.00\n1,Ann Li,11/30/2026,Tap,100.00\n1,Ann Li,,Bend,50.00",
    )
    assert column(table, "total") == [D("250.00")] and table.records[0].lines == 3 and not table.problems


def test_a_line_repeated_word_for_word_is_counted_once_and_told() -> None:
    table = read("invoices", "Invoice #,Customer,Due date,Amount\n1,Ann Li,11/30/2026,100.00\n1,Ann Li,11/30/2026,100.00")
    assert column(table, "total") == [D("100.00")] and "word for word" in table.problems[0].message and table.problems[0].row == 3


def test_lines_that_disagree_about_the_state_are_told() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Status\n1,Ann Li,100,Paid\n1,Ann Li,100,Sent")
    assert table.records[0]["status"] == "Paid" and "status" in table.records[0].problems


def test_notes_of_all_lines_are_kept() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Notes\n1,Ann Li,100,ring first\n1,Ann Li,100,wants a discount")
    assert table.records[0]["notes"] == "ring first\nwants a discount"


def test_one_number_under_two_customers_is_two_records_and_a_number_used_twice() -> None:
    table = read("invoices", "Invoice #,Customer,Total\n1,Ann Li,100\n1,Bob Roe,50\n2,Cy Poe,9")
    assert column(table, "customer") == ["Ann Li", "Bob Roe", "Cy Poe"]
    assert [("number" in record.problems) for record in table.records] == [True, True, False]
    assert (
        table.problems[0].message.startswith("Number used twice")
        and "Bob Roe" in table.problems[0].message
        and table.problems[0].column == "Invoice #"
    )


def test_a_job_number_used_twice_keeps_both_rows_and_marks_both() -> None:
    table = read("jobs", "Job #,Customer,Date\n7,Ann Li,2026-11-20\n7,Ann Li,2026-11-20\n8,Ann Li,2026-11-20")
    assert len(table.records) == 3 and [problem.row for problem in table.problems] == [2, 3]


def test_rows_without_a_number_are_never_folded() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Due date\n,Ann Li,100,11/30/2026\n,Ann Li,100,11/30/2026\n1,Ann Li,9,11/30/2026")
    assert len(table.records) == 3 and table.folded == 0 and not table.problems


def test_change_orders_are_counted_afresh_for_each_job() -> None:
    table = read("change_orders", "CO #,Job #,Amount\n1,100,5\n1,101,6\n2,100,7\n2,100,8")
    assert [problem.row for problem in table.problems] == [4, 5]


def test_the_same_record_in_two_files_is_one_and_told() -> None:
    text = "Invoice #,Customer,Total\n1,Ann Li,100"
    table = read("invoices", csv_book(text, "a.csv"), csv_book(text, "b.csv"))
    assert (
        len(table.records) == 1
        and table.folded == 1
        and "b.csv, row 2" in table.problems[0].message
        and table.records[0].place.file == "a.csv"
    )


def test_the_same_number_in_two_files_that_disagree_stays_two_and_is_told() -> None:
    table = read(
        "invoices", csv_book("Invoice #,Customer,Total\n1,Ann Li,100", "a.csv"), csv_book("Invoice #,Customer,Total\n1,Ann Li,90", "b.csv")
    )
    assert (
        len(table.records) == 2
        and [problem.file for problem in table.problems] == ["a.csv", "b.csv"]
        and "total" in table.problems[0].message
    )


def test_revisions_are_other_numbers() -> None:
    assert len(read("estimates", "Quote #,Customer,Total\nEST40,Ann Li,5\nEST40-2,Ann Li,6").records) == 2


def test_an_empty_book_of_files_reads_nothing() -> None:
    assert read("invoices", csv_book("Invoice #,Customer,Total"), book(*csv_book("Invoice #,Customer,Total").sheets)).records == []
