"""Jobs that are done and cannot be billed yet: exactly what is missing, and whom to ask."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.config import NotesPart
from contractor_ops.tables.record import Table
from contractor_ops.views.note_gaps import build
from contractor_ops.views.view import Given
from tests.tables.grids import read

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
HEADINGS = ("Job #", "Customer", "Job title", "Technician", "Status", "Completed on", "Notes")
FULL = (*HEADINGS, "Hours", "Parts used", "Photos", "Signature", "Invoice #")
CLEANED = "Cleaned burners and flame sensor."


def sheet(name: str, headings: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return read(name, text.getvalue(), complete=True)


def jobs(*rows: tuple[str, ...]) -> Table:
    return sheet("jobs", FULL if rows and len(rows[0]) == len(FULL) else HEADINGS, *rows)


def given(table: Table, *others: Table, notes: NotesPart | None = None, people: tuple[str, ...] = ("owner", "office")) -> Given:
    return Given(
        {one.name: one for one in (table, *others)}, NOW, "US", frozenset(), frozenset(), {}, lambda _: ("", ""),
        lambda moment: moment.astimezone(UTC).weekday() < 5, notes=notes or NotesPart(), people=frozenset(people),
    )  # fmt: skip


CREW = sheet("technicians", ("Name", "Phone", "Email"), ("Luis Ortega", "312-555-0151", ""), ("Kim Park", "", ""))


def job(
    number: str = "J-1", status: str = "Completed", on: str = "2026-11-20", note: str = CLEANED, technician: str = "Luis Ortega",
    hours: str = "2", parts: str = "none", photos: str = "3", signature: str = "Yes", invoice: str = "", customer: str = "Ann Li",
) -> tuple[str, ...]:  # fmt: skip
    return (number, customer, "Tune-up", technician, status, on, note, hours, parts, photos, signature, invoice)


def rows(*lines: tuple[str, ...], also: tuple[Table, ...] = (CREW,)) -> dict[str, dict[str, object]]:
    return {str(record["number"]): dict(record.values) for record in build(given(jobs(*lines), *also)).records}


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"hours": ""}, "hours"),
        ({"photos": "0", "signature": "No"}, "photos and a signature"),
        ({"note": "fixed it"}, "a note of the work"),
        (
            {"note": "fixed it", "hours": "", "parts": "", "photos": "", "signature": ""},
            "a note of the work, hours, parts used, photos and a signature",
        ),
        ({"parts": ""}, "parts used"),
    ],
)
def test_what_is_missing_is_named_and_nothing_else(lacking: dict[str, str], said: str) -> None:
    [row] = rows(job(**lacking)).values()
    assert (row["missing"], row["because"], row["completed_on"]) == (said, f"missing: {said}", date(2026, 11, 20))


def test_what_the_note_says_counts_as_given() -> None:
    assert rows(job(note=f"{CLEANED} 2.5 hrs, no parts, pics uploaded, cust signed.", hours="", parts="", photos="", signature="")) == {}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (job(), "nothing is missing"),
        (job(hours="", status="Scheduled", on=""), "not completed"),
        (job(hours="", status="Cancelled"), "cancelled"),
        (job(hours="", status="Invoiced"), "billed already"),
        (job(hours="", invoice="2041"), "billed already"),
    ],
)
def test_what_is_no_gap_is_counted(line: tuple[str, ...], kind: str) -> None:
    built = build(given(jobs(line), CREW))
    assert (list(built.records), built.passed_over) == ([], {kind: 1})


@pytest.mark.parametrize(("invoice", "billed"), [("J-1", True), ("J-0, J-1", True), ("J-2", False)])
def test_an_invoice_that_names_the_job_bills_it(invoice: str, billed: bool) -> None:
    invoices = sheet("invoices", ("Invoice #", "Client name", "Job #s", "Status", "Total", "Balance", "Due date"),
                     ("9", "Ann Li", invoice, "Sent", "100", "100", "2026-12-01"))  # fmt: skip
    assert (rows(job(hours=""), also=(CREW, invoices)) == {}) is billed


@pytest.mark.parametrize(
    ("technician", "asked", "why"),
    [
        ("Luis Ortega", "Luis Ortega", ""),
        ("Old Joe, Luis Ortega", "Luis Ortega", ""),
        ("Kim Park", "Kim Park", "neither a phone nor an e-mail"),
        ("Old Joe", "Old Joe", "technicians table"),
        ("", None, "technician"),
    ],
)
def test_whom_to_ask_and_why_nobody_can_be(technician: str, asked: str | None, why: str) -> None:
    [row] = rows(job(hours="", technician=technician)).values()
    assert row["technician"] == asked
    assert (why in str(row["no_message_because"])) if why else row["no_message_because"] is None


def test_without_a_technicians_table_nobody_can_be_asked() -> None:
    [row] = rows(job(hours=""), also=()).values()
    assert row["no_message_because"]


def test_a_contradiction_is_before_a_person() -> None:
    [row] = rows(job(hours="", status="Scheduled")).values()
    assert "Scheduled" in str(row["review_because"])
