"""Note gaps in odd sheets: billed in every way an office writes it, days that are missing or wrong, numbers used twice, technicians nobody knows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from contractor_ops.ports import Workbook
from contractor_ops.sample import write_sample_office
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table
from contractor_ops.views.note_flags import build as build_flags
from contractor_ops.views.note_gaps import build
from tests.views.sheets import DONE, INVOICE, but, given, tables

OPEN = but(DONE, Hours="")
CREW = ({"Name": "Tom Oak", "Phone": "+13125550151", "Email": ""}, {"Name": "Luis Ortega", "Phone": "", "Email": "luis@northside.example"})
Row = Mapping[str, Any]


def view(*jobs: Row, **others: Sequence[Row]) -> Table:
    return build(given(tables(jobs=jobs, technicians=others.pop("technicians", CREW), **others)))


def row(*jobs: Row, **others: Sequence[Row]) -> dict[str, Any]:
    [found] = view(*jobs, **others).records
    return dict(found.values)


# ── billed already, and not ──


@pytest.mark.parametrize(("number", "invoice", "billed"), [
    ("J-1", {"Job_": "J-1"}, True), ("J-1", {"Job_": "J-1, J-2"}, True), ("J-1", {"Job_": "J-2 & J-1"}, True), ("J-1", {"Job_": "#J-1"}, True), ("J-001", {"Job_": "J-1"}, True), ("101", {"Job_": "Job 101"}, True),
    ("1234", {"Job_": "1234-1"}, True), ("1234-1", {"Job_": "1234"}, True), ("J-1", {"Job_": "j-1"}, True), ("J-1", {"Job_": "1"}, True),
    ("J-1", {"Job_": "J-11"}, False), ("J-1", {"Job_": "E-1"}, False), ("1234-1", {"Job_": "1234-2"}, False), ("J-1", {"Job_": "J-1", "Status": "Void"}, False), ("J-1", {"Job_": "J-1", "Status": "Draft"}, False),
    ("J-1", {"Job_": "J-1", "Total": "-200"}, False), ("J-1", {"Job_": "J-1", "Subject": "Deposit 50%", "Total": "2400"}, False), ("J-1", {"Job_": "J-1", "Subject": "Deposit 50%"}, True), ("J-1", {"Job_": "J-1", "Subject": "Final"}, True), ("J-1", {"Job_": "J-1", "Status": "Paid"}, True),
    ("J-1", {"Job_": ""}, True), ("J-1", {"Job_": "", "Customer": "Bob Roe"}, False), ("J-1", {"Job_": "", "Status": "Draft"}, False), ("J-1", {"Job_": "", "Issued": "2025-02-01"}, False),
])  # fmt: skip
def test_billed_by_an_invoice(number: str, invoice: Mapping[str, str], billed: bool) -> None:
    found = view(but(OPEN, Job_=number), invoices=[but(INVOICE, **invoice)])
    assert found.passed_over == ({"billed already": 1} if billed else {}) and len(found.records) == (not billed)


@pytest.mark.parametrize(("cell", "status", "billed"), [
    ("2001", "Sent", True), ("2001", "Draft", False), ("2001", "Void", False), ("2001, 2002", "Void", True), ("9999", "Sent", True), ("yes", "Sent", True), ("no", "Void", False), ("to be invoiced", "Void", False), ("", "Void", False),
])  # fmt: skip
def test_billed_by_the_invoice_in_its_own_row(cell: str, status: str, billed: bool) -> None:
    found = view(but(OPEN, Invoice_number=cell), invoices=[but(INVOICE, Job_="J-7", Status=status)])
    assert found.passed_over == ({"billed already": 1} if billed else {})


def test_a_name_bills_nothing_where_two_jobs_fit() -> None:
    jobs = [OPEN, but(OPEN, Job_="J-2", Completed="2026-11-19")]
    assert len(view(*jobs, invoices=[but(INVOICE, Job_="")]).records) == 2


# ── done or not ──


@pytest.mark.parametrize(("cells", "kind"), [
    ({"Status": "Scheduled", "Completed": ""}, "not completed"), ({"Status": "In progress", "Completed": ""}, "not completed"), ({"Status": "On hold", "Completed": ""}, "not completed"),
    ({"Status": "", "Completed": ""}, "not completed"), ({"Status": "Cancelled"}, "cancelled"), ({"Status": "No show"}, "cancelled"), ({"Status": "Scheduled", "Completed": "2026-12-01"}, "not completed"), ({"Status": "Not completed", "Completed": ""}, "not completed"),
])  # fmt: skip
def test_not_done_is_counted(cells: Mapping[str, str], kind: str) -> None:
    found = view(but(OPEN, **cells))
    assert (list(found.records), found.passed_over) == ([], {kind: 1})


@pytest.mark.parametrize(("cells", "on", "doubt"), [
    ({}, date(2026, 11, 20), None), ({"Completed": "2026-11-20 14:30"}, date(2026, 11, 20), None), ({"Status": ""}, date(2026, 11, 20), None), ({"Status": "Complete - unrated"}, date(2026, 11, 20), None),
    ({"Completed": "", "Scheduled": "2026-11-18"}, date(2026, 11, 18), None), ({"Completed": "", "Created": "2026-11-10"}, date(2026, 11, 10), None), ({"Completed": ""}, date(2026, 11, 24), None), ({"Completed": "", "Scheduled": "2026-12-18"}, date(2026, 11, 24), None),
    ({"Completed": "2026-12-01", "Scheduled": "2026-11-18"}, date(2026, 11, 18), "its day of completion lies ahead"), ({"Completed": "31/31/2026"}, date(2026, 11, 24), 'its day of completion "31/31/2026" cannot be read'),
    ({"Status": "Scheduled"}, date(2026, 11, 20), 'its status is "Scheduled", and yet it has a day of completion'), ({"Status": "Wrapped-ish"}, date(2026, 11, 20), 'the status "Wrapped-ish" has no meaning that I know'),
])  # fmt: skip
def test_the_day_is_a_day_that_is_over_and_what_is_unclear_is_told(cells: Mapping[str, str], on: date, doubt: str | None) -> None:
    found = row(but(OPEN, **cells))
    assert (found["completed_on"], type(found["completed_on"]), found["review_because"], found["because"]) == (
        on,
        date,
        doubt,
        "missing: hours",
    )


def test_a_day_that_cannot_be_read_is_a_problem_of_its_cell() -> None:
    found = view(but(OPEN, Completed="31/31/2026"))
    assert [problem.value for problem in found.problems] == ["31/31/2026"] and not found.records[0].problems


def test_statuses_that_nobody_knows_are_told_where_no_day_helps() -> None:
    found = view(but(OPEN, Status="Wrapped-ish", Completed=""), but(OPEN, Job_="J-2", Status="Wrapped-ish", Completed=""))
    assert (
        not found.records
        and [problem.value for problem in found.warnings] == ["Wrapped-ish"]
        and found.warnings[0].message.startswith("2 jobs have")
    )


# ── numbers ──


def test_a_number_used_twice_keeps_both_and_tells_without_words_of_what_may_be_missing() -> None:
    found = view(OPEN, but(OPEN, Notes="Cleaned coil", Photos="9", Signature="No"))
    assert [record["missing"] for record in found.records] == ["hours", "hours and a signature"]
    for record in found.records:
        said = record.problems["number"].message
        assert "used twice" in said and not any(word in said for word in ("hours", "photos", "signature", "notes"))


def test_jobs_without_numbers_are_kept() -> None:
    found = view(but(OPEN, Job_=""), but(OPEN, Job_="", Customer="Bob Roe"), invoices=[but(INVOICE, Job_="J-9")])
    assert [(record["number"], record["customer"]) for record in found.records] == [(None, "Ann Li"), (None, "Bob Roe")]


# ── whom to ask ──

TWINS = ({"Name": "Tom Oak", "Phone": "+13125550151"}, {"Name": "Tom Elm", "Phone": "+13125550152"})


@pytest.mark.parametrize(("written", "crew", "name", "why"), [
    ("Tom Oak", CREW, "Tom Oak", None), ("Oak, Tom", CREW, "Tom Oak", None), ("TOM OAK", CREW, "Tom Oak", None), ("Luis Ortega; Tom Oak", CREW, "Luis Ortega", None), ("Nobody Known & Tom Oak", CREW, "Tom Oak", None), ("Tom", CREW, "Tom Oak", None),
    ("Tom", TWINS, "Tom", "more than once"), ("Sam Poe", CREW, "Sam Poe", "is not in the technicians table"), ("", CREW, None, "names no technician"), ("Tom Oak", (), "Tom Oak", "there is no technicians table"),
])  # fmt: skip
def test_who_is_asked(written: str, crew: Sequence[Row], name: str | None, why: str | None) -> None:
    found = row(but(OPEN, Technician=written), technicians=crew)
    assert found["technician"] == name and (why in found["no_message_because"] if why else found["no_message_because"] is None)
    assert not any(word in str(found["no_message_because"]) for word in ("sign", "hours", "photo", "part"))


# ── whatever the sheet holds ──

statuses = st.sampled_from(["Completed", "Done", "Scheduled", "Cancelled", "Invoiced", "", "Odd word", "In progress"])
days = st.sampled_from(["", "2026-11-20", "2026-12-20", "31/31/2026", "2026-11-20 08:00"])
cell = st.sampled_from(["", "0", "2", "No", "yes", "none", "2 hrs, sig on paper", "👍", "done"])


@settings(max_examples=60, deadline=None)
@drawn(st.lists(st.tuples(statuses, days, cell, cell, cell, cell, st.sampled_from(["", "2001"])), min_size=1, max_size=6))
def test_every_job_is_a_row_or_counted(drawn_jobs: list[tuple[str, ...]]) -> None:
    names = ("Status", "Completed", "Hours", "Photos", "Signature", "Notes", "Invoice number")
    jobs = [but(DONE, Job_=f"J-{at}", **dict(zip(names, cells, strict=True))) for at, cells in enumerate(drawn_jobs)]
    found = view(*jobs)
    assert len(found.records) + sum(found.passed_over.values()) == len(jobs)
    for record in found.records:
        assert record["missing"] and record["because"] == f"missing: {record['missing']}" and type(record["completed_on"]) is date


# ── the sample office ──


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 7, 4), date(2027, 1, 1)], ids=str)
def test_the_sample_office_has_just_its_planted_gaps(tmp_path: Path, today: date) -> None:
    write_sample_office(tmp_path, today)
    files = {"jobs": "jobs.xlsx", "technicians": "technicians.xlsx", "invoices": next(tmp_path.glob("exports/invoices_*.csv")).name}
    kept = {name: build_table(TABLES[name], [_workbook(tmp_path, file)], country="US") for name, file in files.items()}
    now = datetime(today.year, today.month, today.day, 10, tzinfo=given({}).now.tzinfo)
    settled = given(kept)
    found = build(type(settled)(kept, now, *(getattr(settled, name) for name in settled.__slots__[2:])))
    assert sorted(str(record["missing"]) for record in found.records) == [
        "a note of the work, hours, parts used, photos and a signature", "hours", "photos and a signature",
    ]  # fmt: skip
    flags = build_flags(type(settled)(kept, now, *(getattr(settled, name) for name in settled.__slots__[2:])))
    assert sorted(str(record["flag"]) for record in flags.records) == ["return-visit", "safety", "upsell"]


def _workbook(folder: Path, name: str) -> Workbook:
    [path] = folder.rglob(name)
    return Workbook(name, read_sheets(path.read_bytes(), name), datetime(2026, 11, 21, tzinfo=UTC))
