"""Each export of the programs that contractors use is read without any configuration. Shapes are theirs, names are invented."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from contractor_ops.errors import UnusableFile

from .grids import column, headings, read, sums_agree

D = Decimal


def test_a_jobber_invoices_report() -> None:
    table = read(
        "invoices",
        """
Invoice #,Client name,Client email,Client phone,Service street,Service city,Service province,Service ZIP,Issued date,Due date,Job #s,Status,Total ($),Balance ($)
501,Ann Li,ann@li.example,(312) 555-0142,12 Elm St,Chicago,IL,60618,"Nov 20, 2025","Dec 20, 2025","101, 102",Past Due,"$8,988.00","$4,000.00"
502,Bob Roe,bob@roe.example,312-555-0143,-,-,-,-,"Nov 21, 2025",-,103,Draft,$50.00,$50.00
""",
    )
    first, second = table.records
    assert first["number"] == "501" and first["customer"] == "Ann Li" and first["job"] == "101, 102"
    assert first["address"] == "12 Elm St, Chicago, IL, 60618"
    assert (first["issued_on"], first["due_on"], first["status"]) == (date(2025, 11, 20), date(2025, 12, 20), "Past Due")
    assert (first["total"], first["balance"]) == (D("8988.00"), D("4000.00"))
    assert second["due_on"] is None and second["address"] is None
    assert table.columns["sent_on"] is None and not table.problems


def test_jobber_invoices_with_all_columns_prefer_the_service_address_and_the_total() -> None:
    table = read(
        "invoices",
        """
Invoice #,Client name,Billing street,Billing city,Service street,Service city,Subject,Line items,Salesperson,Pre-tax total ($),Tip ($),Tax (%),Tax amount ($),Total ($),Discount ($),Created date,Issued date,Marked paid date,Last contacted,Community,COMMUNITY,Balance ($),Status
7,Ann Li,PO Box 9,Evanston,12 Elm St,Chicago,Furnace,1 x tune-up,Sam Seller,100.00,0.00,10,10.00,110.00,0.00,"Nov 1, 2025","Nov 2, 2025",,"Nov 9, 2025",North,N,110.00,Awaiting payment
""",
    )
    record = table.records[0]
    assert record["address"] == "12 Elm St, Chicago" and record["total"] == D("110.00") and record["customer"] == "Ann Li"
    assert record["title"] == "Furnace" and record["issued_on"] == date(2025, 11, 2) and not table.problems


def test_a_jobber_quotes_report_under_its_preamble_and_with_its_totals_row() -> None:
    table = read(
        "estimates",
        """
Quotes Report
Date range: All time

Quote #,Client name,Client email,Property,Title,Status,Salesperson,Sent by user,Subtotal ($),Total ($),Drafted date,Sent date,Approved date,Converted date
31,Ann Li,ann@li.example,12 Elm St,New roof,Awaiting response,Sam Seller,Sam Seller,"9,000.00","9,900.00","Nov 1, 2025","Nov 2, 2025",-,-
Totals,,,,,,,,"9,000.00","9,900.00",,,,
""",
    )
    record = table.records[0]
    assert len(table.records) == 1 and record["customer"] == "Ann Li" and record["total"] == D("9900.00")
    assert (record["created_on"], record["sent_on"], record["approved_on"]) == (date(2025, 11, 1), date(2025, 11, 2), None)
    assert table.passed_over == {"title": 2, "blank": 1, "heading": 1, "total": 1}


def test_a_jobber_jobs_report() -> None:
    table = read(
        "jobs",
        """
Job #,Client name,Client phone,Billing street,Service street,Title,Created date,Scheduled start date,Closed date,Salesperson,Visits assigned to,Line items,Invoice #s,Quote #,Total revenue ($),Total costs ($),Profit %
101,Ann Li,312-555-0142,PO Box 9,12 Elm St,Tune-up,"Nov 1, 2025","Nov 5, 2025","Nov 6, 2025",Sam Seller,Ray Ortiz,1 x tune-up,501,31,180.00,60.00,66
""",
    )
    record = table.records[0]
    assert record["number"] == "101" and record["invoice"] == "501" and record["estimate"] == "31" and record["technician"] == "Ray Ortiz"
    assert (record["scheduled_on"], record["completed_on"], record["total"]) == (date(2025, 11, 5), date(2025, 11, 6), D("180.00"))
    assert table.columns["starts_at"] is None


def test_jobber_visits_and_requests() -> None:
    visits = read(
        "visits",
        "Job #,Date,Visit title,Client name,Client email,Visit completed,Visit based ($),Job type\n101,2025-11-05,Tune-up,Ann Li,a@li.example,Yes,90.00,One-off",
    )
    assert visits.records[0]["job"] == "101" and visits.records[0]["scheduled_on"] == date(2025, 11, 5)
    assert visits.records[0]["status"] == "Visit completed"
    leads = read(
        "leads", "Request #,Client name,Client email,Request title,Status,Requested on date\n5,Ann Li,a@li.example,Leak,New,2025-11-05"
    )
    assert (
        leads.records[0]["number"] == "5" and leads.records[0]["received_on"] == date(2025, 11, 5) and leads.records[0]["title"] == "Leak"
    )


def test_a_jobber_transaction_list_under_its_totals_preamble() -> None:
    table = read(
        "payments",
        """
Totals

Total Transactions,2
Total Transaction Value,-150.00

Client name,Date,Type,Total $,Tip $,Note,Cheque #,Invoice #,Method,Transaction ID,Transaction #,Confirmation #,Job #,Postal code,Paid - Tax $,Refunded on
Ann Li,2025-11-05,Payment,-100.00,0.00,,17,"9001, 9002",Cheque,t-1,1,,101,60618,0.00,
Bob Roe,2025-11-06,Payment,-50.00,0.00,,,9003,Card,t-2,2,,102,60618,0.00,
Report totals:,,,-150.00,0.00,,,,,,,,,,0.00,
""",
    )
    assert column(table, "amount") == [D("-100.00"), D("-50.00")] and column(table, "invoice") == ["9001, 9002", "9003"]
    assert column(table, "paid_on") == [date(2025, 11, 5), date(2025, 11, 6)] and sums_agree(table)


def test_jobber_clients() -> None:
    table = read(
        "customers",
        """
First name,Last name,Company name,Email,Main Phone,Mobile Phone,Street,City,Province/State,Postal Code,Note
Ann,Li,,ann@li.example,312-555-0100,312-555-0142,12 Elm St,Chicago,IL,60618,Has a dog
""",
    )
    record = table.records[0]
    assert record["name"] == "Ann Li" and record["address"] == "12 Elm St, Chicago, IL, 60618" and record["notes"] == "Has a dog"
    assert headings(table)["phone"] == ("Mobile Phone", "Main Phone")


def test_housecall_pro_estimates_take_the_decision_not_the_visit() -> None:
    table = read(
        "estimates",
        """
Estimate #,Customer,Email,Description,Status,Outcome,Created date,Total
5001,Ann Li,ann@li.example,Water heater,Scheduled,Won,11/15/2025,"2,500.00"
""",
    )
    assert table.records[0]["status"] == "Won" and headings(table)["status"] == ("Outcome",)


def test_the_housecall_pro_estimate_export_has_only_a_subtotal() -> None:
    table = read(
        "estimates",
        """
HCP Id,Date,Job Status,Subtotal,Customer,Mobile Phone,Address
h-1,11/15/25 09:30,Awaiting Approval,"2,500.00",Ann Li,(312) 555-0142,"12 Elm St, Chicago, IL 60618"
""",
    )
    record = table.records[0]
    assert record["number"] == "h-1" and record["total"] == D("2500.00") and record["status"] == "Awaiting Approval"
    assert record["created_on"] == datetime(2025, 11, 15, 9, 30)


def test_open_won_and_lost_values_are_one_total() -> None:
    table = read(
        "estimates",
        """
Estimate #,Customer name,Employees,Estimate status,Created date,Outcome,Open value,Won value,Lost value
="5001",Ann Li,Ray Ortiz,Pending,2025-11-15,open,"$2,500.00",$0.00,$0.00
="5002",Bob Roe,Ray Ortiz,Accepted,2025-11-14,won,$0.00,"$4,750.50",$0.00
""",
    )
    assert column(table, "total") == [D("2500.00"), D("4750.50")] and column(table, "number") == ["5001", "5002"]


def test_a_housecall_pro_jobs_export() -> None:
    table = read(
        "jobs",
        """
Job #,Job description,Job status,Customer name,Address,Job created date,Job scheduled start date,Assigned employees,Job amount,Due amount
="1001",Furnace,In Progress,Ann Li,12 Elm St,2025-10-10,2025-10-15 09:00:00,"Ray Ortiz, Kim Poe",$450.00,$125.00
""",
    )
    record = table.records[0]
    assert record["number"] == "1001" and record["technician"] == "Ray Ortiz, Kim Poe" and record["balance"] == D("125.00")
    assert record["starts_at"] == datetime(2025, 10, 15, 9) and record["scheduled_on"] == datetime(2025, 10, 15, 9)


def test_the_housecall_pro_job_report_counts_jobs_by_invoice_number() -> None:
    table = read(
        "jobs",
        """
Invoice Number,Created At,Date,End Time,On Job Duration,Customer,First Name,Last Name,Email,Mobile Phone,Home Phone,Address,Street,City,State
1234-1,10/10/2025,10/15/2025,11:00 AM,1.5,Ann Li,Ann,Li,ann@li.example,312-555-0142,312-555-0100,"12 Elm St, Chicago, IL",12 Elm St,Chicago,IL
""",
    )
    record = table.records[0]
    assert record["number"] == "1234-1" and record["invoice"] == "1234-1" and record["customer"] == "Ann Li"
    assert record["address"] == "12 Elm St, Chicago, IL" and record["scheduled_on"] == date(2025, 10, 15)


def test_a_servicetitan_receivable_summary_is_one_record_a_customer() -> None:
    table = read(
        "invoices",
        """
Customer,Phones,Balance,<= 30,31-60,61-90,91-120,> 120
Ann Li,(312) 555-0142,"1,200.00","1,000.00",200.00,0.00,0.00,0.00
""",
    )
    record = table.records[0]
    assert record["balance"] == D("1200.00") and record["number"] is None and record["due_on"] is None


def test_a_quickbooks_invoice_list() -> None:
    table = read(
        "invoices",
        """
Elm Roofing LLC,,,,,,,
Invoice List by Date,,,,,,,
"September 1-29, 2026",,,,,,,
,,,,,,,
Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance
9/1/2026,Invoice,1001,Ann Li,Gutters,10/1/2026,"1,250.00","1,250.00"
9/2/2026,Invoice,1002,Bob Roe,,10/2/2026,300.00,0.00
TOTAL,,,,,,"$1,550.00","$1,250.00"
,,,,,,,
,,,,,,,
,,,,,,,
"Accrual Basis Tuesday, September 29, 2026 09:30 PM GMT-04:00",,,,,,,
""",
    )
    assert column(table, "number") == ["1001", "1002"] and column(table, "balance") == [D("1250.00"), D("0.00")]
    assert table.as_of == date(2026, 9, 29) and sums_agree(table) and not table.problems
    assert table.passed_over == {"title": 3, "blank": 4, "heading": 1, "total": 1, "footer": 1}
    assert [record.place.row for record in table.records] == [6, 7]


def test_a_quickbooks_ageing_detail_keeps_credits_and_passes_over_its_groups() -> None:
    table = read(
        "invoices",
        """
"Elm Roofing, Inc",,,,,,,
A/R Aging Detail Report,,,,,,,
"As of Jul 25, 2026",,,,,,,
,,,,,,,
,Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance
91 or more days past due,,,,,,,
,11/11/2025,Invoice,SI-1,Ann Li,12/11/2025,"1,000.00",800.00
,01/23/2023,Credit Memo,SC-1,Bob Roe,01/23/2023,-100.00,-100.00
Total for 91 or more days past due,,,,,,,$700.00
CURRENT,,,,,,,
,08/01/2026,Invoice,SI-2,Cy Poe,09/01/2026,500.00,500.00
Total for CURRENT,,,,,,,$500.00
TOTAL,,,,,,,"$1,200.00"
" Thursday, July 30, 2026 04:19 PM GMT-06:00",,,,,,,
""",
    )
    assert column(table, "balance") == [D("800.00"), D("-100.00"), D("500.00")] and column(table, "customer") == [
        "Ann Li",
        "Bob Roe",
        "Cy Poe",
    ]
    assert table.records[1]["status"] == "Credit Memo" and table.as_of == date(2026, 7, 25) and sums_agree(table)


def test_a_quickbooks_ageing_summary_is_one_record_a_customer() -> None:
    table = read(
        "invoices",
        """
Elm Roofing LLC,,,,,,
A/R Aging Summary,,,,,,
"As of November 20, 2026",,,,,,

,Current,1 - 30,31 - 60,61 - 90,91 and over,Total
Ann Li,,100.00,,,,$100.00
Freeman Goods,,,,,,
55 Twin Lane,50.00,,,,25.00,$75.00
Total for Freeman Goods,50.00,,,,25.00,$75.00
TOTAL,$50.00,$100.00,$0.00,$0.00,$25.00,$175.00
""",
    )
    assert column(table, "customer") == ["Ann Li", "55 Twin Lane"] and column(table, "balance") == [D("100.00"), D("75.00")]
    assert column(table, "number") == [None, None] and column(table, "due_on") == [None, None] and table.as_of == date(2026, 11, 20)
    assert table.columns["total"] is None and sums_agree(table)


def test_quickbooks_estimates_grouped_by_customer_take_the_customer_from_the_group_row() -> None:
    table = read(
        "estimates",
        """
Elm Roofing LLC,,,,,,
Estimates by Customer,,,,,,
All Dates,,,,,,
,,,,,,
,Date,Transaction Type,Num,Memo/Description,Amount,Status
Ann Li,,,,,,
,09/01/2026,Estimate,1001,Gutters,"1,250.00",Pending
,09/05/2026,Estimate,1004,Roof,"8,000.00",Accepted
Total for Ann Li,,,,,"$9,250.00",
Bob Roe,,,,,,
,09/02/2026,Estimate,1002,Flashing,300.00,Closed
Total for Bob Roe,,,,,$300.00,
TOTAL,,,,,"$9,550.00",
""",
    )
    assert column(table, "customer") == ["Ann Li", "Ann Li", "Bob Roe"] and column(table, "status") == ["Pending", "Accepted", "Closed"]
    assert table.columns["customer"] is not None and table.columns["sent_on"] is None and sums_agree(table)


def test_group_rows_may_stand_under_the_customer_heading() -> None:
    table = read("invoices", "Customer,Date,Num,Open balance\nAnn Li,,,\n,9/1/2026,1001,5.00\nBob Roe,,,\n,9/13/2026,1002,6.00")
    assert column(table, "customer") == ["Ann Li", "Bob Roe"]


def test_a_name_alone_among_named_rows_is_nobodys_customer() -> None:
    table = read("invoices", "Customer,Date,Num,Open balance\nAnn Li,9/1/2026,1001,5.00\nBob Roe,,,\n,9/13/2026,1002,6.00")
    assert column(table, "customer") == ["Ann Li", None]


def test_flat_quickbooks_estimates_with_email_and_expiry() -> None:
    table = read(
        "estimates",
        """
Date,Transaction type,Num,Customer,Email,Memo/Description,Amount,Estimate status,Expiration date
09/01/2026,Estimate,1001,Ann Li,ann@li.example,Gutters,"1,250.00",Pending,10/01/2026
""",
    )
    record = table.records[0]
    assert record["status"] == "Pending" and record["email"] == "ann@li.example" and record["expires_on"] == date(2026, 10, 1)


def test_a_running_balance_is_nobodys_balance() -> None:
    with_open = read(
        "invoices",
        """
,Date,Transaction Type,Num,Due Date,Amount,Open Balance,Balance
Ann Li,,,,,,,
,09/01/2026,Invoice,1001,10/01/2026,100.00,60.00,60.00
,09/02/2026,Invoice,1002,10/02/2026,50.00,50.00,110.00
Total for Ann Li,,,,,$150.00,$110.00,
""",
    )
    assert column(with_open, "balance") == [D("60.00"), D("50.00")] and column(with_open, "customer") == ["Ann Li", "Ann Li"]
    alone = read(
        "invoices",
        """
Date,Transaction Type,Num,Customer,Amount,Balance
09/01/2026,Invoice,1001,Ann Li,100.00,100.00
09/02/2026,Invoice,1002,Ann Li,50.00,150.00
09/03/2026,Invoice,1003,Bob Roe,70.00,70.00
""",
    )
    assert alone.columns["balance"] is None


def test_a_balance_that_equals_each_total_is_a_balance() -> None:
    table = read("invoices", "Invoice #,Customer,Total,Balance\n1,Ann Li,100.00,100.00\n2,Bob Roe,50.00,50.00\n3,Cy Poe,70.00,20.00")
    assert column(table, "balance") == [D("100.00"), D("50.00"), D("20.00")]


def test_quickbooks_payments_grouped_by_client_without_totals() -> None:
    table = read(
        "invoices",
        """
,Date,Transaction type,Memo/Description,Transaction number,Amount
Ann Li,,,,,
,09/01/2026,Invoice,,1001,100.00
,09/09/2026,Payment,,88,-100.00
Bob Roe,,,,,
,09/02/2026,Invoice,,1002,50.00
""",
    )
    assert column(table, "customer") == ["Ann Li", "Ann Li", "Bob Roe"] and column(table, "number") == ["1001", "88", "1002"]


def test_a_quickbooks_contact_list() -> None:
    table = read(
        "customers", "Customer,Phone Numbers,Email,Full Name,Billing Address\nAnn Li,(312) 555-0142,ann@li.example,Ann Li,12 Elm St"
    )
    assert table.records[0]["name"] == "Ann Li" and table.records[0]["address"] == "12 Elm St" and table.records[0]["phone"]


def test_quickbooks_desktop_open_invoices() -> None:
    table = read(
        "invoices",
        """
,Type,Date,Num,P. O. #,Terms,Due Date,Aging,Open Balance
Carter Katz,,,,,,,,
,Invoice,2026-09-01,1001,,Net 30,2026-10-01,50,"1,000.00"
,Payment,2026-09-09,88,,,,,-200.00
Total Carter Katz,,,,,,,,800.00
Total Comfort,,,,,,,,
,Invoice,2026-09-02,1002,,Net 30,2026-10-02,49,300.00
Total Total Comfort,,,,,,,,300.00
TOTAL,,,,,,,,"1,100.00"
""",
    )
    assert column(table, "customer") == ["Carter Katz", "Carter Katz", "Total Comfort"] and column(table, "number") == [
        "1001",
        "88",
        "1002",
    ]
    assert column(table, "balance") == [D("1000.00"), D("-200.00"), D("300.00")] and sums_agree(table)


def test_a_ringcentral_call_log() -> None:
    table = read(
        "calls",
        """
Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration
Voice,(312) 555-0142,Ann Li,Mon 11/23/2026,3:04 PM,Phone Call,Missed,,0:00:09
Voice,(312) 555-0143,Bob Roe,Mon 11/23/2026,4:10 PM,Phone Call,Accepted,,0:01:30
""",
    )
    first = table.records[0]
    assert column(table, "status") == ["Missed", "Accepted"] and column(table, "duration") == [9, 90]
    assert first["started_at"] == datetime(2026, 11, 23, 15, 4) and headings(table)["phone"] == ("Phone Number",)


@pytest.mark.parametrize(
    "text",
    [
        "Call ID,Direction,From,To,Duration (s),Status,Created At,User\nc1,incoming,+13125550142,+13125550100,90,missed,2026-11-23T15:04:00Z,Dana",
        "id,type,from number,to number,duration,call status,timestamp,user name\nc1,incoming,+13125550142,+13125550100,90,missed,2026-11-23T15:04:00Z,Dana",
        "Call Sid,Start Time,End Time,From,To,Direction,Status,Duration,Price\nc1,2026-11-23T15:04:00Z,,+13125550142,+13125550100,incoming,missed,90,-0.01",
        "Date/Time Start (UTC),Status,Source Number,Destination,Duration,Direction,Call ID\n2026-11-23 15:04,missed,+13125550142,+13125550100,90,incoming,c1",
    ],
)
def test_call_logs_of_four_providers_read_alike(text: str) -> None:
    record = read("calls", text).records[0]
    assert record["number"] == "c1" and record["from"] == "+13125550142" and record["to"] == "+13125550100" and record["duration"] == 90
    assert record["status"] == "missed" and record["direction"] == "incoming"
    assert str(record["started_at"]) == "2026-11-23 15:04:00+00:00"


def test_callrail_writes_the_callers_number_under_number() -> None:
    table = read("calls", "Call Status,Name,Number,Start Time,Duration (seconds)\nMissed Call,Ann Li,(312) 555-0142,2026-11-23 15:04,12")
    assert headings(table)["phone"] == ("Number",) and table.columns["number"] is None and table.records[0]["duration"] == 12


def test_an_asterisk_log_is_known_by_its_columns() -> None:
    row = '"","3125550142","100","default","Ann <3125550142>","PJSIP/a","PJSIP/b","Dial","x","{start}","","{start}","18","0","NO ANSWER","DOCUMENTATION","{id}",""'
    text = "\n".join(row.format(start=f"2026-07-26 01:5{n}:00", id=f"169.{n}") for n in (1, 2, 3))
    table = read("calls", text)
    assert len(table.records) == 3 and table.records[0].place.row == 1
    assert column(table, "status") == ["NO ANSWER"] * 3 and column(table, "number") == ["169.1", "169.2", "169.3"]
    assert table.records[0]["duration"] == 18 and table.records[1]["started_at"] == datetime(2026, 7, 26, 1, 52)


def test_jobnimbus_contacts() -> None:
    table = read(
        "customers",
        """
First Name,Last Name,Email,Home Phone,Mobile Phone,Address Line 1,Address Line 2,City,State Text,Zip,Status Name
Ann,Li,ann@li.example,312-555-0100,312-555-0142,12 Elm St,Apt 4,Chicago,IL,60618,Active
""",
    )
    assert table.records[0]["address"] == "12 Elm St, Apt 4, Chicago, IL, 60618"


def test_an_owners_plain_sheet() -> None:
    table = read(
        "estimates",
        "Name,E-mail Address,Phone,Address,Job,Price,Date,Notes\nAnn Li,ann@li.example,312-555-0142,12 Elm St,Deck,4500,11/20/2026,call after 5",
    )
    record = table.records[0]
    assert (record["customer"], record["email"], record["address"], record["title"]) == ("Ann Li", "ann@li.example", "12 Elm St", "Deck")
    assert record["total"] == D("4500") and record["created_on"] == date(2026, 11, 20) and record["notes"] == "call after 5"


@pytest.mark.parametrize("title", ["General Ledger", "Profit and Loss", "Sales by Customer Summary", "Balance Sheet"])
def test_a_report_of_sums_is_refused_by_its_title(title: str) -> None:
    text = f"Elm Roofing,,,\n{title},,,\n,Date,Num,Name,Amount,Balance\n,1/1/2026,1,Ann Li,5.00,5.00"
    with pytest.raises(UnusableFile, match="not a table of invoices"):
        read("invoices", text)


def test_a_pivot_table_is_refused() -> None:
    text = "deal_stage,Won,,\n,,,\n,close_date-Quarter,,\n,Qtr1,Qtr2,Grand Total\nCount of id,5,6,11\n,,,\nCount of id,stage,,"
    with pytest.raises(UnusableFile, match="pivot table"):
        read("estimates", text)
