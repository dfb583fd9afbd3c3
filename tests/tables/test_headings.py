from datetime import date
from decimal import Decimal

import pytest

from contractor_ops.errors import UnusableFile
from contractor_ops.tables.heading_words import heading_key, heading_unit

from .grids import column, headings, read


@pytest.mark.parametrize(
    "alike",
    [
        ["Invoice #", "invoice number", "InvoiceNumber", "INVOICE NO.", "Invoice Num", "invoice_no", "Inv #", " Invoice  № "],
        ["Due date", "DueDate", "DUE DATE", "due_date", "Due-Date:", "DUEDATE"],
        ["Customer name", "Client name", "Customer.CustomerName", "client_name", "CLIENT NAME"],
        ["Total", "Total ($)", "TOTAL (USD)", "Total, USD", "total $"],
        ["Duration", "Duration (s)", "duration (seconds)"],
        ["Email address", "E-mail Address", "e-mail address", "EMAIL ADDRESS"],
        ["Job number", "Job #", "Job #s", "Job No"],
        ["ZIP", "Zip code", "Postal code", "Postcode"],
        ["Quote #", "Estimate number", "Proposal No."],
    ],
)
def test_headings_that_people_would_call_the_same_are_the_same(alike: list[str]) -> None:
    assert len({heading_key(heading) for heading in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Tax (%)", "Tax ($)"), ("Total", "Subtotal"), ("Email", "Address"), ("Paid", "Paid on"), ("Profit %", "Profit ($)")]
)
def test_headings_that_mean_other_things_stay_apart(one: str, other: str) -> None:
    assert heading_key(one) != heading_key(other)


def test_a_unit_in_brackets_is_known() -> None:
    assert [heading_unit(text) for text in ("Duration (min)", "Start (UTC)", "Total ($)", "Total")] == ["minutes", "utc", "", ""]


def test_minutes_and_hours_become_seconds() -> None:
    table = read("calls", "Start time,From,Duration (min)\n2026-11-23 09:00,+13125550142,3\n2026-11-23 09:05,+13125550143,1.5")
    assert column(table, "duration") == [180, 90]


def test_configuration_wins_over_what_the_heading_says() -> None:
    text = "Number,Customer,Date,Emailed,Our price,Total\n1,Ann Li,11/20/2026,11/21/2026,90,100"
    table = read("estimates", text, columns={"sent_on": "Emailed", "total": "our  price"})
    assert table.records[0]["total"] == Decimal(90) and table.records[0]["sent_on"] == date(2026, 11, 21)
    match = table.columns["total"]
    assert match and match.headings == ("Our price",) and match.why == "config.toml says so"


def test_several_configured_headings_are_put_together() -> None:
    table = read("jobs", "Job #,Date,Given,Family\n1,2026-11-20,Ann,Li", columns={"customer": ["Given", "Family"]})
    assert table.records[0]["customer"] == "Ann Li"


def test_a_configured_heading_that_is_not_there_names_those_present_and_the_nearest() -> None:
    with pytest.raises(UnusableFile) as caught:
        read("estimates", "Number,Customer,E-mailed,Total\n1,Ann Li,11/21/2026,100", columns={"sent_on": "Emailled"})
    assert "Number, Customer, E-mailed, Total" in caught.value.message and '"E-mailed"' in caught.value.remedy


def test_a_configured_column_that_we_do_not_have_names_the_nearest() -> None:
    with pytest.raises(UnusableFile) as caught:
        read("estimates", "Number,Customer,Total\n1,Ann Li,100", columns={"totals": "Total"})
    assert '"totals"' in caught.value.message and '"total"' in caught.value.remedy


def test_due_is_a_date_or_an_amount_by_its_values() -> None:
    days = read("invoices", "Invoice #,Customer,Total,Due\n1,Ann Li,100.00,11/30/2026")
    amounts = read("invoices", "Invoice #,Customer,Total,Due\n1,Ann Li,100.00,$40.00")
    assert days.records[0]["due_on"] == date(2026, 11, 30) and days.columns["balance"] is None
    assert amounts.records[0]["balance"] == Decimal("40.00") and amounts.columns["due_on"] is None


@pytest.mark.parametrize(
    ("cell", "name", "value"), [("11/30/2026", "paid_on", date(2026, 11, 30)), ("$40.00", "paid", Decimal(40)), ("Yes", "status", "Paid")]
)
def test_paid_is_a_day_an_amount_or_a_yes(cell: str, name: str, value: object) -> None:
    table = read("invoices", f"Invoice #,Customer,Total,Paid?\n1,Ann Li,100.00,{cell}")
    assert table.records[0][name] == value
    assert [other for other in ("paid_on", "paid", "status") if table.columns[other]] == [name]


def test_a_no_under_paid_does_not_read_as_paid() -> None:
    assert column(read("invoices", "Invoice #,Customer,Total,Paid\n1,Ann Li,9,yes\n2,Bob Roe,9,no"), "status") == ["Paid", "Not paid"]


def test_a_heading_that_could_be_two_things_is_a_problem_and_feeds_neither() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Due\n1,Ann Li,100.00,soon\n2,Bob Roe,9.00,later")
    assert table.columns["due_on"] is None and table.columns["balance"] is None
    assert read("invoices", "Invoice #,Customer,Total,Due\n1,Ann Li,100.00,").columns["due_on"] is not None


def test_two_headings_with_equal_right_that_differ_are_a_problem_and_feed_nothing() -> None:
    table = read("invoices", "Invoice #,Customer,Status,Balance due,Outstanding balance\n1,Ann Li,Sent,100.00,40.00")
    assert table.columns["balance"] is None
    assert '"Balance due" and "Outstanding balance"' in table.problems[0].message and "config.toml" in table.problems[0].message


def test_two_headings_with_equal_right_that_agree_are_one() -> None:
    table = read("invoices", "Invoice #,Customer,Status,Balance due,Outstanding balance\n1,Ann Li,Sent,100.00,\n2,Bob Roe,Sent,,40.00")
    assert column(table, "balance") == [Decimal(100), Decimal(40)] and not table.problems


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Total,Amount,Subtotal,Pre-tax total", "Total"),
        ("Amount,Subtotal", "Amount"),
        ("Subtotal", "Subtotal"),
    ],
)
def test_the_total_is_the_fullest_sum_there_is(line: str, wanted: str) -> None:
    width = line.count(",") + 1
    table = read("invoices", f"Invoice #,Customer,{line}\n1,Ann Li,{','.join(['5.00', '4.00', '3.00', '2.00'][:width])}")
    assert headings(table)["total"] == (wanted,)


def test_open_balance_beats_balance() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Balance,Open balance\n1,Ann Li,9,7,5")
    assert table.records[0]["balance"] == Decimal(5)


def test_our_own_people_are_never_the_customer() -> None:
    table = read("estimates", "Quote #,Owner,Caller,Salesperson,Sent by user,Assigned to,Status,Total\n1,Sam,Sam,Sam,Sam,Sam,Sent,5")
    assert table.columns["customer"] is None and table.columns["sent_on"] is None


def test_the_full_name_is_preferred_to_the_short_one() -> None:
    table = read("invoices", "Num,Name,Customer,Customer full name,Open balance\n1,N,C,Ann Li,5")
    assert table.records[0]["customer"] == "Ann Li"


def test_sent_on_comes_only_from_a_heading_that_says_sent_or_emailed() -> None:
    assert read("estimates", "Estimate #,Customer,Date,Status\n1,Ann Li,11/20/2026,Sent").columns["sent_on"] is None
    for heading in ("Sent", "Sent on", "Date sent", "Emailed", "E-mailed on", "Sent date"):
        table = read("estimates", f"Estimate #,Customer,{heading},Status\n1,Ann Li,11/20/2026,Sent")
        assert table.records[0]["sent_on"] == date(2026, 11, 20), heading


def test_an_email_address_is_no_address() -> None:
    table = read("customers", "Name,E-mail Address\nAnn Li,ann@li.example")
    assert table.columns["address"] is None and table.records[0]["email"] == "ann@li.example"


@pytest.mark.parametrize(
    ("table", "line", "columns"),
    [
        ("jobs", "Job,Customer,Technician,Booked on,Scheduled start,Completed,Access notes,Parts used,Hours,Photos,Signature",
         "number customer technician booked_on starts_at completed_on access_notes parts hours photos signature"),
        ("technicians", "Technician,Phone,Email,Skills,Territory,Days off", "name phone email skills territory days_off"),
        ("inventory", "Item,On hand,Reorder at", "item on_hand reorder_at"),
        ("materials", "Job type,Item,Quantity", "job_type item quantity"),
        ("change_orders", "CO #,Job #,Description,Amount,Status,Approved on,Billed,Invoice #", "number job description amount status approved_on billed invoice"),
        ("calls", "Call Sid,Start Time,From,To,Status,Duration", "number started_at from to status duration"),
    ],
)  # fmt: skip
def test_headings_as_people_write_them_are_known_in_an_empty_sheet_too(table: str, line: str, columns: str) -> None:
    read_table = read(table, line + "\n")
    assert [name for name in columns.split() if read_table.columns[name] is None] == [] and not read_table.records


def test_why_a_column_was_chosen_is_told() -> None:
    table = read("invoices", "Invoice #,First name,Last name,Status,Due\n1,Ann,Li,Sent,11/30/2026")
    assert table.columns["due_on"] and table.columns["due_on"].why == "the heading says so, and its values are dates"
    assert table.columns["customer"] and table.columns["customer"].why == "put together from these headings"
    assert table.columns["status"] and table.columns["status"].why == "the heading says so"
