"""Every export that offices bring is read through its file without any configuration. Shapes are theirs, names are invented."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.ports import Sheet, Workbook
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Table

D = Decimal


def read(table: str, text: str, end: str = "\r\n") -> Table:
    data = text.strip("\n").replace("\n", end).encode()
    return build_table(TABLES[table], [Workbook("export.csv", read_sheets(data, "export.csv"), None)], country="US")


def known(record: Any) -> dict[str, Any]:
    return {name: value for name, value in record.values.items() if value is not None}


@dataclass(frozen=True)
class Export:
    """One export: its text, and for each record all that must be known of it and nothing else."""

    name: str
    table: str
    text: str
    records: list[dict[str, Any]]
    problems: list[str] = field(default_factory=list)


QUICKBOOKS_TITLE = "Elm Roofing LLC\n{title}\n{period}\n\n"

EXPORTS = [
    Export(
        "jobber invoices", "invoices",
        "Invoice #,Client name,Client email,Client phone,Service street,Service city,Service province,Service ZIP,Issued date,Due date,Job #s,Status,Total ($),Balance ($)\n"
        '501,Ann Li,ann@li.example,(312) 555-0142,12 Elm St,Chicago,IL,60618,"Nov 20, 2025","Dec 20, 2025","101, 102",Past Due,"$8,988.00","$4,000.00"\n'
        '502,Bob Roe,,,-,-,-,-,"Nov 21, 2025",-,-,Bad Debt,$50.00,$50.00\n',
        [
            {"number": "501", "customer": "Ann Li", "email": "ann@li.example", "phone": "+13125550142", "address": "12 Elm St, Chicago, IL, 60618",
             "issued_on": date(2025, 11, 20), "due_on": date(2025, 12, 20), "job": "101, 102", "status": "Past Due", "total": D(8988), "balance": D(4000)},
            {"number": "502", "customer": "Bob Roe", "issued_on": date(2025, 11, 21), "status": "Bad Debt", "total": D(50), "balance": D(50)},
        ],
    ),
    Export(
        "jobber quotes", "estimates",
        "Quote #,Client name,Client email,Client phone,Service street,Service city,Service province,Service ZIP,Title,Status,Line items,Salesperson,Sent by user,Job #s,Subtotal ($),Total ($),Discount ($),Required deposit ($),Collected deposit ($),Drafted date,Sent date,Changes requested date,Approved date,Converted date,Archived date\n"
        '31,Ann Li,ann@li.example,(312) 555-0142,12 Elm St,Chicago,IL,60618,New roof,Awaiting response,Shingles (1),Sam Seller,Dana Reed,101,"9,000.00","9,900.00",0.00,"1,000.00",0.00,"Nov 1, 2025","Nov 2, 2025",-,-,-,-\n',
        [
            {"number": "31", "customer": "Ann Li", "email": "ann@li.example", "phone": "+13125550142", "address": "12 Elm St, Chicago, IL, 60618",
             "title": "New roof", "status": "Awaiting response", "job": "101", "created_on": date(2025, 11, 1), "sent_on": date(2025, 11, 2),
             "total": D(9900), "salesperson": "Sam Seller", "subtotal": D(9000), "deposit_required": D(1000), "deposit_paid": D(0)},
        ],
    ),
    Export(
        "jobber visits", "visits",
        "Job #,Date,Visit title,Client name,Client email,Visit completed,Visit based ($),Job type\n"
        '101,"Nov 20, 2025",Tune-up,Ann Li,ann@li.example,"Nov 20, 2025",120.00,One-off\n102,"Nov 21, 2025",Tune-up,Bob Roe,,-,90.00,One-off\n',
        [
            {"job": "101", "scheduled_on": date(2025, 11, 20), "title": "Tune-up", "customer": "Ann Li", "email": "ann@li.example",
             "completed_on": date(2025, 11, 20), "total": D(120), "job_type": "One-off"},
            {"job": "102", "scheduled_on": date(2025, 11, 21), "title": "Tune-up", "customer": "Bob Roe", "total": D(90), "job_type": "One-off"},
        ],
    ),
    Export(
        "jobber requests", "leads",
        'Request #,Client name,Client email,Request title,Status,Requested on date\n5,Ann Li,ann@li.example,Leak,New,"Nov 5, 2025"\n',
        [{"number": "5", "customer": "Ann Li", "email": "ann@li.example", "title": "Leak", "status": "New", "received_on": date(2025, 11, 5)}],
    ),
    Export(
        "jobber payments", "payments",
        "Client name,Date,Time,Type,Paid with,Paid through,Total $,Tip $,Fee $,Note,Card ending #,Card type,Invoice #,Quote #,Payout #\n"
        'Ann Li,"Nov 5, 2025",3:04 PM,Payment,Visa,Client hub,100.00,0.00,-2.90,,4242,Visa,"9001, 9002",,77\nReport totals:,,,,,,100.00,0.00,-2.90,,,,,,\n',
        [{"customer": "Ann Li", "paid_on": date(2025, 11, 5), "type": "Payment", "method": "Visa", "amount": D(100), "invoice": "9001, 9002"}],
    ),
    Export(
        "jobber client balances", "invoices",
        'Name,Balance $,Paid to date $,Invoiced $,Phone #,Email\nAnn Li,"1,200.00",800.00,"2,000.00",(312) 555-0142,ann@li.example\n',
        [{"customer": "Ann Li", "balance": D(1200), "paid": D(800), "total": D(2000), "phone": "+13125550142", "email": "ann@li.example"}],
    ),
    Export(
        "jobber clients, one of them a company", "customers",
        "First name,Last name,Company name,Email,Main Phone,Mobile Phone,Street,City,Province/State,Postal Code,Note\n"
        "Ann,Li,,ann@li.example,312-555-0100,312-555-0142,12 Elm St,Chicago,IL,60618,\n,,Acme Co,,312-555-0101,,13 Elm St,Chicago,IL,60618,\n",
        [
            {"name": "Ann Li", "email": "ann@li.example", "phone": "+13125550142, +13125550100", "address": "12 Elm St, Chicago, IL, 60618"},
            {"name": "Acme Co", "phone": "+13125550101", "address": "13 Elm St, Chicago, IL, 60618"},
        ],
    ),
    Export(
        "housecall pro jobs", "jobs",
        "Invoice Number,Created At,Date,End Time,On Job Duration,Customer,First Name,Last Name,Email,Company,Mobile Phone,Customer Tags,Address,Street,City,State,Zip,Description,Amount,Labor,Materials,Due,Notes,Employee,Finished,Attachments\n"
        '1234-1,11/01/25 09:00,11/25/25 10:00,11/25/25 12:00,1:30,Ann Li,Ann,Li,ann@li.example,,(312) 555-0142,VIP,"12 Elm St, Chicago, IL 60618",12 Elm St,Chicago,IL,60618,Furnace,$180.00,$100.00,$80.00,$100.00,Left side door,Ray Ortiz,11/25/25 11:45,2\n',
        [
            {"number": "1234-1", "invoice": "1234-1", "customer": "Ann Li", "email": "ann@li.example", "phone": "+13125550142",
             "address": "12 Elm St, Chicago, IL 60618", "title": "Furnace", "technician": "Ray Ortiz", "created_on": datetime(2025, 11, 1, 9),
             "scheduled_on": datetime(2025, 11, 25, 10), "starts_at": datetime(2025, 11, 25, 10), "ends_at": datetime(2025, 11, 25, 12),
             "completed_on": datetime(2025, 11, 25, 11, 45), "hours": D("1.5"), "total": D(180), "balance": D(100), "notes": "Left side door",
             "photos": "2", "materials_cost": D(80)},
        ],
    ),
    Export(
        "housecall pro payments", "payments",
        "Job ID,Payment Received Date,Job Created Date,Job Completed Date,Payment type,Amount,Customer\n1234,11/25/2025,11/01/2025,11/24/2025,Check,50.00,Ann Li\n1234,11/26/2025,11/01/2025,11/24/2025,Check,60.00,Ann Li\n",
        [
            {"job": "1234", "paid_on": date(2025, 11, 25), "method": "Check", "amount": D(50), "customer": "Ann Li"},
            {"job": "1234", "paid_on": date(2025, 11, 26), "method": "Check", "amount": D(60), "customer": "Ann Li"},
        ],
    ),
    Export(
        "servicetitan receivables by date", "invoices",
        "Invoice,Date,Business Unit,Customer,Service Location,Total,Remaining Balance\n88123,11/25/2025,HVAC Service,Ann Li,12 Elm St,500.00,200.00\n",
        [{"number": "88123", "issued_on": date(2025, 11, 25), "customer": "Ann Li", "address": "12 Elm St", "total": D(500), "balance": D(200)}],
    ),
    Export(
        "servicetitan transactions by customer", "invoices",
        "Customer,Net Amount,Current,1-30,31-60,61-90,Over 90\nAnn Li,500.00,100.00,300.00,0.00,0.00,0.00\n",
        [{"customer": "Ann Li", "balance": D(500)}],
    ),
    Export(
        "servicetitan transactions by customer without their sum", "invoices",
        "Customer,Current,1-30,31-60,61-90,Over 90\nAnn Li,100.00,300.00,0.00,-50.00,0.00\nBob Roe,,25.00,,,\n",
        [{"customer": "Ann Li", "balance": D(350)}, {"customer": "Bob Roe", "balance": D(25)}],
    ),
    Export(
        "servicetitan jobs", "jobs",
        'Job ID,Job #,Job Type,Business Unit,Location Address,Completion Date\n90001,88123,AC Repair,HVAC Service,"12 Elm St, Chicago",11/25/2025\n',
        [{"number": "88123", "job_type": "AC Repair", "address": "12 Elm St, Chicago", "completed_on": date(2025, 11, 25)}],
    ),
    Export(
        "quickbooks transactions", "payments",
        QUICKBOOKS_TITLE.format(title="Transaction List by Date", period='"September 1-29, 2026"')
        + "Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount\n9/25/2026,Payment,1234,Y,Ann Li,,Checking,Accounts Receivable (A/R),300.00\n"
        + '\n\n\n"Tuesday, September 29, 2026 09:30 PM GMT-04:00"\n',
        [{"paid_on": date(2026, 9, 25), "type": "Payment", "number": "1234", "customer": "Ann Li", "method": "Checking", "amount": D(300)}],
    ),
    Export(
        "quickbooks sales by product, two lines of one invoice in two groups", "invoices",
        QUICKBOOKS_TITLE.format(title="Sales by Product/Service Detail", period='"September 1-29, 2026"')
        + ",Transaction date,Transaction type,Num,Client full name,Description,Quantity,Sales price,Amount,Balance\n"
        + "Gutters,,,,,,,,,\n,09/01/2026,Invoice,1001,Ann Li,Gutter,10,12.50,125.00,125.00\n,09/20/2026,Invoice,1002,Bob Roe,Gutter,10,12.50,125.00,250.00\nTotal for Gutters,,,,,,20,,$250.00,\n"
        + 'Roof,,,,,,,,,\n,09/01/2026,Invoice,1001,Ann Li,Tear-off,1,"1,000.00","1,000.00","1,000.00"\nTotal for Roof,,,,,,1,,"$1,000.00",\nTOTAL,,,,,,21,,"$1,250.00",\n',
        [
            {"number": "1001", "customer": "Ann Li", "issued_on": date(2026, 9, 1), "status": "Invoice", "title": "Gutter", "total": D(1125)},
            {"number": "1002", "customer": "Bob Roe", "issued_on": date(2026, 9, 20), "status": "Invoice", "title": "Gutter", "total": D(125)},
        ],
    ),
    Export(
        "quickbooks customer balances, whose own balance runs", "invoices",
        QUICKBOOKS_TITLE.format(title="Customer Balance Detail", period="All Dates")
        + ",Date,Transaction Type,Num,Due Date,Amount,Open Balance,Balance\nAnn Li,,,,,,,\n,09/21/2026,Invoice,1001,10/21/2026,100.00,60.00,60.00\n,09/22/2026,Invoice,1002,10/22/2026,50.00,50.00,110.00\nTotal for Ann Li,,,,,$150.00,$110.00,\nTOTAL,,,,,$150.00,$110.00,\n",
        [
            {"customer": "Ann Li", "number": number, "status": "Invoice", "issued_on": date(2026, 9, day), "due_on": date(2026, 10, day), "total": D(total), "balance": D(left)}
            for number, day, total, left in (("1001", 21, 100, 60), ("1002", 22, 50, 50))
        ],
    ),
    Export(
        "quickbooks desktop open invoices", "invoices",
        ",Type,Date,Num,P. O. #,Terms,Due Date,Aging,Open Balance\nAnn Li,,,,,,,,\n,Invoice,2026-09-01,1001,PO-9,Net 30,2026-10-01,50,\"1,250.00\"\n,Payment,2026-09-03,1009,,,,,-100.00\nTotal Ann Li,,,,,,,,\"1,150.00\"\nTOTAL,,,,,,,,\"1,150.00\"\n",
        [
            {"customer": "Ann Li", "status": "Invoice", "number": "1001", "issued_on": date(2026, 9, 1), "due_on": date(2026, 10, 1), "balance": D(1250)},
            {"customer": "Ann Li", "status": "Payment", "number": "1009", "issued_on": date(2026, 9, 3), "balance": D(-100)},
        ],
    ),
    Export(
        "quickbooks desktop estimates by job", "estimates",
        ",Type,Date,Num,Name,Memo,Active Estimate,Amount,Balance\nAnn Li,,,,,,,,\n,Estimate,09/21/2026,31,Ann Li,Roof,Yes,900.00,900.00\n,Estimate,09/22/2026,32,Ann Li,Porch,No,800.00,\"1,700.00\"\nTotal Ann Li,,,,,,,\"1,700.00\",\"1,700.00\"\n",
        [
            {"customer": "Ann Li", "created_on": date(2026, 9, 21), "number": "31", "notes": "Roof", "status": "Active Estimate", "total": D(900)},
            {"customer": "Ann Li", "created_on": date(2026, 9, 22), "number": "32", "notes": "Porch", "status": "Not active estimate", "total": D(800)},
        ],
    ),
    Export(
        "quickbooks contacts", "customers",
        'Customer,Phone Numbers,Email,Full Name,Billing Address\n"Li, Ann",Phone: (312) 555-0142 Mobile: (312) 555-0143,ann@li.example,Ann Li,"12 Elm St, Chicago, IL 60618"\n',
        [{"name": "Ann Li", "phone": "+13125550143, +13125550142", "email": "ann@li.example", "address": "12 Elm St, Chicago, IL 60618"}],
    ),
    Export(
        "ringcentral calls", "calls",
        "\ufeffDirection,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration,Included,Purchased\n"
        "Incoming,Voice,(312) 555-0142,Ann Li,Fri 11/20/2026,9:05 AM,Phone Call,Missed,,0:01:18,0.00,0.00\n",
        [{"direction": "Incoming", "phone": "+13125550142", "customer": "Ann Li", "started_at": datetime(2026, 11, 20, 9, 5), "status": "Missed", "duration": 78}],
    ),
    Export(
        "jobnimbus contacts as leads", "leads",
        "First Name,Last Name,Email,Home Phone,Mobile Phone,Address Line 1,Address Line 2,City,State Text,Zip,Status Name\nAnn,Li,ann@li.example,,(312) 555-0142,12 Elm St,Apt 2,Chicago,IL,60618,New\n",
        [{"customer": "Ann Li", "email": "ann@li.example", "phone": "+13125550142", "address": "12 Elm St, Apt 2, Chicago, IL, 60618", "status": "New"}],
    ),
    Export(
        "acculynx jobs", "jobs", 'Job Name,Customer Name,Trade,Contracted Amount\nLi: 12 Elm,Ann Li,Roofing,"12,000.00"\n',
        [{"title": "Li: 12 Elm", "customer": "Ann Li", "job_type": "Roofing", "total": D(12000)}],
    ),
    Export(
        "buildertrend jobs", "jobs", 'Job Name,Owner Email,Contract Amount,Completion Date\nLi: 12 Elm,ann@li.example,"12,000.00",11/20/2026\n',
        [{"title": "Li: 12 Elm", "email": "ann@li.example", "total": D(12000), "completed_on": date(2026, 11, 20)}],
    ),
    Export(
        "an owner's sheet, as jobs", "jobs",
        "Name,Email,Phone,Address,Job,Price,Date,Notes\nAnn Li,ann@li.example,312-555-0142,12 Elm St,Deck,4500,11/20/2026,\nBob Roe,,,13 Elm St,Deck,5000,11/21/2026,\n",
        [
            {"customer": "Ann Li", "email": "ann@li.example", "phone": "+13125550142", "address": "12 Elm St", "title": "Deck", "total": D(4500), "scheduled_on": date(2026, 11, 20)},
            {"customer": "Bob Roe", "address": "13 Elm St", "title": "Deck", "total": D(5000), "scheduled_on": date(2026, 11, 21)},
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_is_read_without_configuration(export: Export) -> None:
    table = read(export.table, export.text)
    assert [known(record) for record in table.records] == export.records
    assert [problem.message for problem in table.problems] == export.problems and not table.warnings


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_the_line_ends_make_no_difference(end: str) -> None:
    export = next(export for export in EXPORTS if export.name == "quickbooks transactions")
    assert [known(record) for record in read(export.table, export.text, end).records] == export.records


@pytest.mark.parametrize(
    ("table", "word", "meaning"),
    [
        ("estimates", "Copied to job", "converted"), ("estimates", "Awaiting response", "sent"), ("estimates", "pro approved", "accepted"),
        ("estimates", "Changes requested", None), ("estimates", "Active Estimate", "sent"), ("estimates", "Not active estimate", "expired"),
        ("invoices", "Bad Debt", "written-off"), ("invoices", "Past Due", "overdue"), ("calls", "Call connected", "answered"),
        ("calls", "Hang Up", "missed"), ("calls", "no-answer", "missed"), ("jobs", "Requires invoicing", "completed"),
    ],
)  # fmt: skip
def test_the_words_of_the_exports_have_their_meaning(table: str, word: str, meaning: str | None) -> None:
    assert meaning_of(word, TABLES[table].statuses) == meaning


@pytest.mark.parametrize(
    ("values", "fed"),
    [
        (("J-1", "J-2"), "number"), (("1001", "1002"), "number"), (("Job 7", "Job 8"), "number"), (("Deck", "New roof"), "title"),
        (("Deck 12x14 ft", "Fence, 40 feet"), "title"),
    ],
)  # fmt: skip
def test_job_is_a_number_or_a_title_by_its_values(values: tuple[str, str], fed: str) -> None:
    table = read("jobs", "Job,Customer,Status\n" + "".join(f'"{value}",Ann Li,Booked\n' for value in values))
    assert [record[fed] for record in table.records] == list(values)
    assert all(record[{"number": "title", "title": "number"}[fed]] is None for record in table.records)


@pytest.mark.parametrize(
    ("values", "fed"),
    [(("$4,500.00", "$7,200.00"), "total"), (("4500.50", "7200.00"), "total"), (("E-1", "E-2"), "number"), (("1001", "1002"), "number")],
)
def test_estimate_is_a_number_or_an_amount_by_its_values(values: tuple[str, str], fed: str) -> None:
    table = read("estimates", "Customer,Estimate,Status\n" + "".join(f'Ann Li,"{value}",Sent\n' for value in values))
    headings = {name: match.headings for name, match in table.columns.items() if match}
    assert headings[fed] == ("Estimate",) and set(headings) == {fed, "customer", "status"} and not table.problems


@pytest.mark.parametrize(("cells", "fed"), [((1001.0, 1002.0), "number"), ((4500.5, 7200.0, 99.95), "total")])
def test_a_workbooks_numbers_count_as_the_sheet_shows_them(cells: tuple[float, ...], fed: str) -> None:
    rows: list[list[Any]] = [["Customer", "Invoice", "Due date"], *(["Ann Li", cell, date(2026, 11, 20)] for cell in cells)]
    table = build_table(TABLES["invoices"], [Workbook("books.xlsx", [Sheet("Open", rows)], None)], country="US")
    assert [name for name in ("number", "total") if table.columns[name]] == [fed] and not table.problems


def test_whole_numbers_far_apart_under_estimate_are_no_guess_but_a_problem() -> None:
    table = read("estimates", "Customer,Estimate,Status\nAnn Li,4500,Sent\nBob Roe,7200,Sent\n")
    assert table.records[0]["number"] is None and table.records[0]["total"] is None
    assert [(problem.column, "number or total" in problem.message) for problem in table.problems] == [("Estimate", True)]


@pytest.mark.parametrize("staff", ["Salesperson", "Owner", "Estimator", "Assigned to", "Sent by user", "Account manager", "Created by"])
def test_our_own_people_are_never_the_customer(staff: str) -> None:
    table = read("estimates", f"Estimate #,{staff},Customer,Total\n1,Sam Seller,Ann Li,5\n")
    assert table.records[0]["customer"] == "Ann Li"
    alone = read("estimates", f"Estimate #,{staff},Total\n1,Sam Seller,5\n")
    assert alone.records[0]["customer"] is None


@pytest.mark.parametrize("heading", ["Date", "Created date", "Drafted date", "Estimate date", "Last contacted", "Viewed on", "Expires"])
def test_only_a_heading_that_says_sent_is_the_day_of_sending(heading: str) -> None:
    assert read("estimates", f"Estimate #,Customer,Total,{heading}\n1,Ann Li,5,11/20/2026\n").columns["sent_on"] is None


@pytest.mark.parametrize(
    "heading", ["Sent", "Sent on", "Date sent", "Sent date", "E-mailed", "Emailed on", "EMAILED", "sent_on", "Estimate Sent"]
)
def test_every_way_of_saying_sent_is_the_day_of_sending(heading: str) -> None:
    assert read("estimates", f"Estimate #,Customer,Total,{heading}\n1,Ann Li,5,11/20/2026\n").records[0]["sent_on"] == date(2026, 11, 20)


@pytest.mark.parametrize("customer", ["Marco", "Janet", "Mark Decker", "Augusta Falls", "Mayer & Sons", "Novak", "Octavia"])
def test_a_group_row_that_begins_like_a_month_is_a_customer(customer: str) -> None:
    text = f",Date,Num,Open balance\nBob Roe,,,\n,9/1/2026,1001,5.00\n{customer},,,\n,9/13/2026,1002,6.00\n"
    assert [record["customer"] for record in read("invoices", text).records] == ["Bob Roe", customer]


def test_the_ageing_groups_of_a_report_are_remembered() -> None:
    text = (
        "A/R Aging Detail Report\n\n,Date,Num,Customer,Open balance\nCURRENT,,,,\n,9/20/2026,1,Ann Li,5.00\nTotal for CURRENT,,,,$5.00\n"
        "1 - 30 days past due,,,,\n,8/20/2026,2,Ann Li,6.00\n,8/21/2026,3,Bob Roe,7.00\nTotal for 1 - 30 days past due,,,,$13.00\nTOTAL,,,,$18.00\n"
    )
    table = read("invoices", text)
    assert [record["ageing"] for record in table.records] == ["CURRENT", "1 - 30 days past due", "1 - 30 days past due"]
    assert [record["customer"] for record in table.records] == ["Ann Li", "Ann Li", "Bob Roe"] and table.columns["ageing"]


@pytest.mark.parametrize("month", ["September 2026", "Sep 2026", "sept. 2026", "MARCH", "May"])
def test_a_group_row_that_is_a_month_is_nobody(month: str) -> None:
    text = f",Date,Num,Open balance\n{month},,,\n,9/13/2026,1002,6.00\n"
    assert [record["customer"] for record in read("invoices", text).records] == [None]


def test_materials_are_parts_in_words_and_a_cost_in_figures() -> None:
    words = read("jobs", "Job #,Customer,Materials,Status\n1,Ann Li,2 valves,Done\n2,Bob Roe,N/A,Done\n")
    assert [record["parts"] for record in words.records] == ["2 valves", "none"] and words.columns["materials_cost"] is None
    cost = read("jobs", "Job #,Customer,Materials,Status\n1,Ann Li,$80.00,Done\n")
    assert cost.records[0]["materials_cost"] == D(80) and cost.columns["parts"] is None
