"""Whole offices set up from whatever lies in a folder, and tables that go through pipes and come back the same."""

import io
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from contractor_ops.office import open_office
from contractor_ops.ports import Sheet, Workbook
from contractor_ops.reports.csv_out import write_csv
from contractor_ops.reports.table_rows import csv_columns
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.record import Table
from contractor_ops.work.check import check_office
from contractor_ops.work.init import Answers, found_tables, write_office
from tests.offices import CONFIG, INVOICES, Ran, follow_up
from tests.stories.inside import Office

NOW = datetime.fromisoformat("2026-11-23T10:00:00-05:00")
INVOICE_ROWS = "Invoice #,Customer,Phone,Status,Due date,Balance\n1001,Ann Li,312-555-0142,Sent,11/30/2026,250.00\n"
ESTIMATE_ROWS = "Estimate #,Customer,Status,Emailed,Total\nE-1,Ann Li,Sent,11/20/2026,4500.00\n"


def set_up(folder: Path) -> dict[str, str]:
    """What `init --yes` takes each file for; what it wrote has passed `check`."""
    found = found_tables(folder)
    write_office(folder, found, Answers(timezone="America/Chicago"))
    findings = check_office(open_office(folder), NOW)
    assert not [finding for finding in findings if finding.level == "error"]
    return {one.file: one.table or one.why for one in found}


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# ── init ──


def test_a_folder_of_sound_and_spoilt_files_becomes_an_office_that_passes_check(tmp_path: Path) -> None:
    grid = [line.split(",") for line in INVOICE_ROWS.splitlines()]
    files: dict[str, bytes] = {
        "estimates.csv": ESTIMATE_ROWS.encode(), "~$estimates.xlsx": b"owner", ".~lock.estimates.csv#": b"me", "notes.txt": b"call Ann\n",
        "empty.csv": b"", "damaged.xlsx": b"PK\x03\x04 and no more", "page.xls": b"<html><table></table></html>",
        "pivot.csv": b"Row Labels,Sum of Amount\nAnn Li,5\n", "books.xlsx": workbook(Open=grid, Closed=grid),
        "two tables.csv": (INVOICE_ROWS + "\nEstimate #,Customer,Emailed,Status,Total\nE-1,Ann Li,11/20/2026,Sent,5\n").encode(),
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    taken = set_up(tmp_path)
    assert taken["estimates.csv"] == "estimates" and taken["books.xlsx"] != "estimates"
    assert not {"~$estimates.xlsx", ".~lock.estimates.csv#"} & taken.keys()
    assert "is empty" in taken["empty.csv"] and "damaged" in taken["damaged.xlsx"] and "web page" in taken["page.xls"]
    assert "second table" in taken["two tables.csv"]


def test_a_folder_without_a_single_table_becomes_an_office_that_passes_check(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("hello\nworld\n")
    assert set_up(tmp_path) == {"notes.csv": "not a table that I recognise"}


def test_a_file_that_a_sync_program_left_twice_is_told_and_not_taken(tmp_path: Path) -> None:
    copy = "invoices (Dana's conflicted copy 2026-11-20).csv"
    for age, name in enumerate(("invoices.csv", copy)):
        (tmp_path / name).write_text(INVOICE_ROWS)
        os.utime(tmp_path / name, (1_000_000_000 + age, 1_000_000_000 + age))
    assert "conflicted copy" in set_up(tmp_path)["invoices.csv"]


def test_tomorrows_export_is_read_without_another_init(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    for day, number in (("2026-11-22", "1000"), ("2026-11-23", "1001")):
        file = tmp_path / "exports" / f"invoices_{day}.csv"
        file.write_text(INVOICE_ROWS.replace("1001", number))
        os.utime(file, (1_000_000_000 + int(number), 1_000_000_000 + int(number)))
    set_up(tmp_path)
    assert [record["number"] for record in open_office(tmp_path).table("invoices").records] == ["1001"]
    (tmp_path / "exports" / "invoices_2026-11-24.csv").write_text(INVOICE_ROWS.replace("1001", "1002"))
    table = open_office(tmp_path).table("invoices")
    assert [record["number"] for record in table.records] == ["1002"] and table.files == ("exports/invoices_2026-11-24.csv",)


@pytest.mark.parametrize("name", ['Dana\'s "big" [2026] invoices.csv', "invoices [2026-11-23].csv", "invoices #1 = old \\ new.csv"])
def test_file_names_that_toml_or_a_pattern_would_take_amiss_pass_check(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(INVOICE_ROWS)
    set_up(tmp_path)
    assert len(open_office(tmp_path).table("invoices").records) == 1


def test_config_and_recipes_may_begin_with_a_mark_and_have_windows_line_ends(tmp_path: Path) -> None:
    office = Office(tmp_path / "office").sheet(
        "estimates", ["Estimate #", "Customer", "Status", "Emailed"], [["E-1", "Ann Li", "Sent", "11/20/2026"]]
    )
    office.recipe("own", follow_up())
    for file in (office.folder / "config.toml", office.folder / "recipes" / "own.toml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    ran = office.do("check", now="2026-11-23T10:00")
    assert ran.code == 0 and "recipe own: mode auto" in ran.out


# ── pipes ──


def value_of(column: Column, at: int) -> Any:
    """A cell of each kind that is hard on a CSV file."""
    return {
        "id": ("000123", "1234567890123456789"), "text": ("=1+1, \"quoted\"", "two\nlines; 'Twas"), "name": ("Zoë Núñez & Co", "Ann Li"),
        "money": (Decimal("-250.50"), Decimal("8988.00")), "number": (Decimal("1.5"), Decimal(2)), "day": (date(2026, 1, 2), date(2026, 3, 4)),
        "moment": (datetime(2026, 1, 2, 9, 30), datetime(2026, 3, 4, 17)), "phone": ("+13125550142;ext=12", "+13125550142, +13125550143"),
        "email": ("ann@li.example", "a@x.example, b@x.example"), "status": ("-odd", "Past due"), "line": ("+13125550142", "101"), "seconds": (0, 3723), "yes_no": (True, False),
    }[column.kind][at]  # fmt: skip


def hard_table(spec: TableSpec) -> Table:
    numbered = {"job": ("J-1", "101, 102")}
    rows = [[numbered.get(column.name, ("",) * 2)[at] or value_of(column, at) for column in spec.columns] for at in (0, 1)]
    grid = [[column.name for column in spec.columns], *rows]
    return build_table(spec, [Workbook("books.xlsx", [Sheet("A", grid)], None)], country="US")


@pytest.mark.parametrize("spec", [spec for spec in TABLES.values() if spec.needs], ids=lambda spec: spec.name)
def test_a_table_written_as_csv_comes_back_the_same(spec: TableSpec) -> None:
    table = hard_table(spec)
    assert not table.problems and csv_columns(table) == list(spec.column_names)
    stream = io.StringIO()
    write_csv((record.values for record in table.records), csv_columns(table), stream)
    back = build_table(spec, [Workbook("-", read_sheets(stream.getvalue().encode(), "-"), None)], country="US")
    assert [record.values for record in back.records] == [record.values for record in table.records] and not back.problems


def test_the_pipe_that_read_promises_works_through_the_program(tmp_path: Path) -> None:
    office = Office(tmp_path / "office").sheet(
        "invoices", INVOICES, [["=7", "@Li", "a@li.example", "312-555-0142", "Sent", "11/20/2026", "11/30/2026", "1250", "(250.00)", "-x"]]
    )
    written = office.do("read", "invoices", "--format", "csv")
    assert written.code == 0 and "'=7,'@Li,a@li.example,+13125550142," in written.out and "-250.00,'-x" in written.out
    first = office.do("read", "invoices", "--format", "json").json["records"]
    back = office.do("read", "invoices", "--table", "invoices=-", "--format", "json", stdin=written.out).json["records"]
    places = [record.pop("source") for record in (*first, *back)]
    assert first == back and places[-1] == {"file": "standard input", "sheet": None, "row": 2}
    assert set(TABLES["invoices"].column_names) == first[0].keys() and first[0]["address"] is None and first[0]["balance"] == -250


def test_where_a_job_came_from_is_called_lead_source_beside_the_rows_place(tmp_path: Path) -> None:
    office = Office(tmp_path / "office").sheet(
        "jobs", ["Job #", "Customer", "Status", "Lead source"], [["J-1", "Ann Li", "Booked", "Yard sign"]]
    )
    [record] = office.do("read", "jobs", "--format", "json").json["records"]
    assert record["lead_source"] == "Yard sign" and record["source"] == {"file": "jobs.csv", "sheet": None, "row": 2}


# ── refusals through the program ──


def is_plain(ran: Ran, *words: str) -> bool:
    told = ran.out + ran.err
    assert all(word in told for word in words), told
    return ran.code == 3 and "Traceback" not in told and "Error" not in told and '"records"' not in ran.out


def test_files_that_cannot_be_used_end_with_3_and_a_sentence_in_read_run_and_check(tmp_path: Path) -> None:
    office = Office(tmp_path / "office", CONFIG + '\n[tables.invoices]\nfile = "books.xlsx"\n')
    assert is_plain(office.do("read", "invoices", "--format", "json"), 'There is no file "books.xlsx"')
    (office.folder / "books.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert is_plain(office.do("read", "invoices", "--format", "json"), "books.xlsx is damaged")
    assert is_plain(office.do("run", "invoice-reminders", now="2026-11-23T10:00"), "books.xlsx is damaged")
    assert is_plain(office.do("check", now="2026-11-23T10:00"), "books.xlsx is damaged")
    (office.folder / "page.csv").write_bytes(b"<html></html>")
    replaced = office.do("run", "invoice-reminders", "--table", f"invoices={office.folder / 'page.csv'}", now="2026-11-23T10:00")
    assert is_plain(replaced, "page.csv is a web page")


def test_problems_in_rows_end_with_0_and_check_names_all_that_is_needed(tmp_path: Path) -> None:
    office = Office(tmp_path / "office").sheet("invoices", ["Invoice #", "Customer", "Due date"], [["1", "Ann Li", "31/31/2026"]])
    ran = office.do("read", "invoices", "--format", "json")
    assert ran.code == 0 and [(problem["row"], problem["column"], problem["value"]) for problem in ran.json["problems"]] == [
        (2, "Due date", "31/31/2026")
    ]
    told = office.do("check", now="2026-11-23T10:00").out
    assert 'invoices.csv, row 2, Due date: "31/31/2026" There is no such day in the calendar; correct the date.' in told
