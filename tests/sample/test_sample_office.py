"""The sample office is read back with openpyxl and csv, never with our own reader, so that neither can hide the other's mistakes."""

import csv
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from contractor_ops.sample import PLANTED, Planted, write_sample_office

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
DAYS = (MONDAY, SUNDAY, date(2026, 7, 4), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 14), date(2028, 2, 29), date(2028, 3, 1))
Row = list[str]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Office":
    folder = tmp_path_factory.mktemp("office")
    write_sample_office(folder, request.param)
    return Office(folder, request.param)


class Office:
    """The written folder, and its tables as rows of texts."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today
        self.config = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
        self.tables = {name: cells_of(folder, table) for name, table in self.config["tables"].items()}

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of a table by heading, without titles, totals and repeated headings."""
        lines = self.tables[table]
        place = next(number for number, line in enumerate(lines) if len([cell for cell in line if cell]) > 2)
        headings = lines[place]
        return [
            dict(zip(headings, line, strict=False))
            for line in lines[place + 1 :]
            if line[0].upper() not in ("", "TOTAL", headings[0].upper())
        ]


def cells_of(folder: Path, table: dict[str, Any]) -> list[Row]:
    (path,) = folder.glob(table["file"])
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    book = openpyxl.load_workbook(path)
    sheet = book[table["sheet"]] if "sheet" in table else book.worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def amount(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def spelled(text: str) -> date | None:
    return None if text == "-" else datetime.strptime(text, "%b %d, %Y").date()


def slashed(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def iso(text: str) -> date:
    return datetime.fromisoformat(text).date()


def test_every_planted_thing_stands_in_its_file(office: Office) -> None:
    missing = [item for item in PLANTED if not any(shows(row, item) for row in office.tables[item.table])]
    assert missing == []


def shows(row: Row, item: Planted) -> bool:
    return all(any(text in cell for cell in row) for text in item.shows)


def test_the_config_is_accepted_and_names_every_file_of_the_office(office: Office) -> None:
    from contractor_ops.config import read_config  # here, so that the other tests need nothing but the sample

    config = read_config((office.folder / "config.toml").read_bytes())
    assert "provider" not in config.sms and "provider" not in config.email  # so that everything goes to the outbox
    assert (config.people["owner"].name, config.people["office"].name, config.limits.per_run) == ("Maria Lopez", "Dana Reed", 50)
    named = {path.name for table in config.tables.values() for path in office.folder.glob(table.file)}
    assert named == {path.name for path in office.folder.rglob("*.*") if path.suffix in (".csv", ".xlsx")}


def test_the_volume_is_that_of_a_small_office(office: Office) -> None:
    sizes = {name: len(office.rows(name)) for name in ("customers", "estimates", "invoices", "jobs", "calls", "leads", "technicians")}
    assert sizes["calls"] in range(185, 225)
    del sizes["calls"]
    assert sizes == {"customers": 60, "estimates": 50, "invoices": 127, "jobs": 151, "leads": 40, "technicians": 5}


def test_payments_add_up_to_what_the_invoices_say_is_paid(office: Office) -> None:
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for payment in office.rows("payments"):
        paid[payment["Invoice #"]] += amount(payment["Amount"])
    invoices = {row["Invoice #"]: row for row in office.rows("invoices")}
    assert set(paid) <= set(invoices)
    for number, row in invoices.items():
        assert amount(row["Balance ($)"]) == amount(row["Total ($)"]) - paid[number], row


def test_a_paid_invoice_owes_nothing_and_an_overdue_one_does(office: Office) -> None:
    for row in office.rows("invoices"):
        balance = amount(row["Balance ($)"])
        if row["Status"] == "Paid":
            assert balance == 0, row
        if row["Status"] in ("Past Due", "Partially paid", "Disputed", "Bad Debt", "Draft"):
            assert balance > 0, row
        due = spelled(row["Due date"])
        assert row["Status"] != "Past Due" or (due is not None and due < office.today), row


def test_the_total_row_of_the_invoices_adds_up(office: Office) -> None:
    total = office.tables["invoices"][-1]
    rows = office.rows("invoices")
    assert amount(total[13]) == sum(amount(row["Total ($)"]) for row in rows)
    assert amount(total[14]) == sum(amount(row["Balance ($)"]) for row in rows)


def test_documents_refer_to_documents_that_exist_and_belong_to_the_same_customer(office: Office) -> None:
    jobs = {row["Job #"]: row for row in office.rows("jobs")}
    invoices = {row["Invoice #"]: row for row in office.rows("invoices")}
    estimates = {row["Estimate #"]: row for row in office.rows("estimates")}
    for row in invoices.values():
        if row["Job #s"] != "-":
            assert jobs[row["Job #s"]]["Customer"] == row["Client name"]
            assert jobs[row["Job #s"]]["Invoice #"] == row["Invoice #"]
    for row in jobs.values():
        assert not row["Estimate #"] or estimates[row["Estimate #"]]["Customer"] == row["Customer"]
        assert not row["Invoice #"] or invoices[row["Invoice #"]]["Client name"] == row["Customer"]
    for row in office.rows("visits"):
        assert jobs[row["Job #"]]["Customer"] == row["Customer"]
    for row in office.rows("payments"):
        assert invoices[row["Invoice #"]]["Client name"] == row["Customer"]
    for row in office.rows("change_orders"):
        assert row["Job #"] in jobs
        assert (row["Billed"] == "Yes") == (row["Invoice #"] in invoices)


def test_everybody_on_a_document_is_in_the_address_book_and_every_technician_in_the_crew(office: Office) -> None:
    known = {row["Name"] for row in office.rows("customers")}
    named = {row["Customer"] for name in ("estimates", "jobs", "visits", "payments", "equipment") for row in office.rows(name)}
    assert named | {row["Client name"] for row in office.rows("invoices")} <= known
    assert {row["Technician"] for row in office.rows("jobs")} - {""} == {row["Name"] for row in office.rows("technicians")}


def test_an_invoice_bills_its_job_and_the_change_orders_that_are_billed_but_for_one_planted_gap(office: Office) -> None:
    extra: dict[str, Decimal] = defaultdict(Decimal)
    for row in office.rows("change_orders"):
        extra[row["Job #"]] += amount(row["Amount"]) if row["Billed"] == "Yes" else 0
    jobs = {row["Job #"]: Decimal(row["Total"]) for row in office.rows("jobs")}
    billed = [(row["Job #s"], amount(row["Total ($)"])) for row in office.rows("invoices") if row["Job #s"] != "-"]
    assert [total - jobs[job] - extra[job] for job, total in billed if total != jobs[job] + extra[job]] == [-200]


def test_nothing_that_has_happened_lies_in_the_future(office: Office) -> None:
    today = office.today
    assert all(slashed(row["Date"]) <= today for row in office.rows("payments"))
    assert all((spelled(row["Issued date"]) or today) <= today for row in office.rows("invoices"))
    assert all(slashed(row["Received"].split()[0]) < today for row in office.rows("leads"))
    assert all(slashed(row["Date"].split()[1]) < today for row in office.rows("calls"))
    for row in office.rows("jobs"):
        assert iso(row["Booked on"]) <= min(today, iso(row["Scheduled start"])), row
        assert not row["Completed"] or iso(row["Completed"]) < today, row


def test_the_weekday_in_the_telephone_log_is_that_of_its_day(office: Office) -> None:
    for row in office.rows("calls"):
        name, day = row["Date"].split()
        assert name == slashed(day).strftime("%a")


def test_a_handful_of_estimates_is_due_on_any_day(office: Office) -> None:
    ages = Counter((office.today - iso(row["Emailed"])).days for row in plain_open_estimates(office))
    assert {2, 5, 10, 14} <= set(ages)
    due = sum(count for age, count in ages.items() if 2 <= age <= 14)
    backlog = sum(count for age, count in ages.items() if age > 100)
    assert 3 <= due <= 8
    assert backlog == 5
    assert sum(ages.values()) == due + backlog + sum(count for age, count in ages.items() if age < 2)


def plain_open_estimates(office: Office) -> list[dict[str, str]]:
    """Those that nobody has to look at first: the status is known, and amount, day, number, address and notes are in order."""
    rows = [row for row in office.rows("estimates") if row["Status"].strip().lower() in ("sent", "viewed")]
    numbers = Counter(row["Estimate #"] for row in office.rows("estimates"))
    return [
        row
        for row in rows
        if row["Total"].isdigit() and int(row["Total"]) < 15000 and row["Emailed"][:4].isdigit() and numbers[row["Estimate #"]] == 1
        if (row["Email"] or row["Mobile"]) and "discount" not in row["Notes"] and "warranty" not in row["Notes"]
    ]


def test_a_handful_of_customers_is_due_a_reminder_on_any_day(office: Office) -> None:
    owed = defaultdict(list)
    for row in office.rows("invoices"):
        days = (office.today - (spelled(row["Due date"]) or office.today)).days
        if row["Status"] in ("Past Due", "Awaiting Payment") and amount(row["Balance ($)"]) > 0 and row["Notes"] == "-" and days >= -3:
            owed[row["Client name"]].append(days)
    assert {-3, 1, 7, 14, 30} <= {day for days in owed.values() for day in days}
    assert sorted(owed["Grace Okafor"]) == [3, 10, 20]
    assert 3 <= len(owed) <= 8


def test_a_promised_day_lies_ahead(office: Office) -> None:
    promised = {row["Client name"]: spelled(row["Promised on"]) for row in office.rows("invoices") if row["Promised on"] != "-"}
    assert promised == {"Rosa Delgado": office.today + timedelta(days=6)}


def test_nobody_gets_an_estimate_message_and_an_invoice_message_on_the_first_day(office: Office) -> None:
    nudged = {row["Customer"] for row in plain_open_estimates(office) if 2 <= (office.today - iso(row["Emailed"])).days <= 10}
    reminded = {row["Client name"] for row in office.rows("invoices") if row["Status"] in ("Past Due", "Partially paid")}
    assert nudged & reminded == set()


def test_the_numbers_reach_nobody(office: Office) -> None:
    phones = [row["Phone"] for name in ("customers", "leads", "technicians") for row in office.rows(name)]
    phones += [row["Phone Number"] for row in office.rows("calls")]
    assert all(
        "555-01" in phone or "55501" in phone or "555 01" in phone or "555.01" in phone for phone in phones if phone[:1] not in ("", "A")
    )
    emails = [row["Email"] for name in ("customers", "leads", "technicians") for row in office.rows(name)]
    assert all(email.endswith(".example") for email in emails if email)


def test_two_customers_never_share_a_phone_or_an_address(office: Office) -> None:
    rows = office.rows("customers")
    for heading in ("Name", "Phone", "Email"):
        assert [value for value, count in Counter(row[heading] for row in rows if row[heading]).items() if count > 1] == []


def test_some_phones_stand_as_numbers_in_the_address_book(office: Office) -> None:
    sheet = openpyxl.load_workbook(office.folder / "customers.xlsx").worksheets[0]
    assert {type(cell.value) for cell in sheet["B"][1:]} == {int, str, type(None)}


def test_a_duplicate_number_stands_under_two_customers(office: Office) -> None:
    numbers = Counter(row["Estimate #"] for row in office.rows("estimates"))
    (twice,) = [number for number, count in numbers.items() if count > 1]
    assert {row["Customer"] for row in office.rows("estimates") if row["Estimate #"] == twice} == {
        "Prairie Path Montessori",
        "Three Wheat Bakery Inc.",
    }


def test_the_error_cell_is_an_error_and_days_are_days(office: Office) -> None:
    sheet = openpyxl.load_workbook(office.folder / "estimates.xlsx").worksheets[0]
    assert [cell.data_type for cell in sheet["K"] if cell.value == "#REF!"] == ["e"]
    assert sum(cell.is_date for cell in sheet["I"]) == 46  # all but three drafts and the impossible day


def test_a_technician_who_is_off_tomorrow_has_a_job_then(office: Office) -> None:
    tomorrow = office.today + timedelta(days=1)
    off = {row["Name"] for row in office.rows("technicians") if tomorrow.strftime("%a") in row["Days off"]}
    assert off & {row["Technician"] for row in office.rows("jobs") if iso(row["Scheduled start"]) == tomorrow} >= {"Luis Ortega"}


def test_the_exports_begin_with_a_byte_order_mark_and_have_windows_line_ends(office: Office) -> None:
    for path in (office.folder / "exports").iterdir():
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")


def test_the_readme_names_every_planted_thing_and_a_real_estimate(office: Office) -> None:
    text = (office.folder / "README.txt").read_text(encoding="utf-8")
    assert [item.why for item in PLANTED if item.why not in text] == []
    named = text.split("why estimates ")[1].split()[0]
    assert [row["Customer"] for row in office.rows("estimates") if row["Estimate #"] == named] == ["Li, Ann"]


def test_the_same_day_and_seed_give_the_same_cells(tmp_path: Path) -> None:
    write_sample_office(tmp_path / "one", MONDAY)
    write_sample_office(tmp_path / "two", MONDAY)
    write_sample_office(tmp_path / "other", MONDAY, seed=8)
    one, two, other = (Office(tmp_path / name, MONDAY).tables for name in ("one", "two", "other"))
    assert one == two
    assert one["customers"] != other["customers"]


def test_another_seed_is_as_coherent(tmp_path: Path) -> None:
    for seed in range(8, 14):
        write_sample_office(tmp_path / str(seed), SUNDAY, seed)
        another = Office(tmp_path / str(seed), SUNDAY)
        test_every_planted_thing_stands_in_its_file(another)
        test_payments_add_up_to_what_the_invoices_say_is_paid(another)
        test_documents_refer_to_documents_that_exist_and_belong_to_the_same_customer(another)
        test_a_handful_of_estimates_is_due_on_any_day(another)


def test_writing_again_into_the_same_folder_leaves_what_the_office_has_added(tmp_path: Path) -> None:
    write_sample_office(tmp_path, MONDAY)
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "mine.toml").write_text("title = 'mine'")
    write_sample_office(tmp_path, MONDAY)
    assert (tmp_path / "recipes" / "mine.toml").read_text() == "title = 'mine'"


def test_the_readme_names_only_commands_that_exist(office: Office) -> None:
    from contractor_ops.cli.main import COMMANDS

    named = re.findall(r"^  contractor-ops (\w+)", (office.folder / "README.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(named) > 4 and set(named) <= set(COMMANDS)


def test_the_demo_has_the_recipes_that_it_speaks_of_and_check_finds_no_fault_with_its_config(tmp_path: Path) -> None:
    from contractor_ops.office import open_office
    from contractor_ops.work.check import check_office
    from contractor_ops.work.demo import make_demo

    make_demo(tmp_path / "demo", "2026-11-23T10:00")
    office = open_office(tmp_path / "demo")
    assert {name for name, file in office.recipe_files().items() if file.is_relative_to(office.folder)} == office.recipe_files().keys()
    now = datetime(2026, 11, 23, 10, tzinfo=office.zone)
    assert [one for one in check_office(office, now) if one.about == "config.toml" and one.level != "ok"] == []
