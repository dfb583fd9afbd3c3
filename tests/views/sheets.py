"""An office's sheets as CSV texts, and the tables that are read from them: jobs and the papers beside them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from contractor_ops.config import BillingPart, NotesPart
from contractor_ops.ports import Workbook
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Table
from contractor_ops.views.view import Given

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=CHICAGO)
READ_AT = datetime(2026, 11, 21, 16, tzinfo=UTC)
Row = Mapping[str, Any]


def sheet(table: str, *rows: Row) -> Table:
    """A table read from a CSV with these rows; a heading that a row lacks is a blank cell."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    lines = [headings, *([str(row.get(heading, "")) for heading in headings] for row in rows)]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    workbook = Workbook(f"{table}.csv", read_sheets(text.encode(), f"{table}.csv"), READ_AT)
    return build_table(TABLES[table], [workbook], country="US")


def tables(**sheets: Sequence[Row]) -> dict[str, Table]:
    """Tables by name; one that is not named is not kept."""
    return {name: sheet(name, *rows) for name, rows in sheets.items() if rows}


def given(kept: Mapping[str, Table], notes: NotesPart | None = None, billing: BillingPart | None = None) -> Given:
    """What a view is made from, on a Tuesday morning."""
    return Given(
        kept, NOW, "US", frozenset(), frozenset(), {}, lambda words: ("", ""), lambda moment: moment.weekday() < 5,
        notes or NotesPart(), billing or BillingPart(), frozenset({"owner", "office"}),
    )  # fmt: skip


DONE = {
    "Job #": "J-1", "Customer": "Ann Li", "Title": "Furnace replacement", "Job type": "Install", "Status": "Completed", "Technician": "Tom",
    "Completed": "2026-11-20", "Total": "4800", "Notes": "New furnace in and commissioned.", "Parts used": "furnace", "Hours": "8", "Photos": "4",
    "Signature": "Yes",
}  # fmt: skip
"""A job of which nothing is missing."""
AGREED = {"Estimate #": "E-1", "Job #": "J-1", "Customer": "Ann Li", "Title": "Furnace replacement", "Status": "Accepted", "Total": "4800"}
CHANGE = {"CO #": "CO-1", "Job #": "J-1", "Description": "Second zone", "Amount": "460", "Status": "Approved", "Billed": "no"}
INVOICE = {"Invoice #": "2001", "Job #": "J-1", "Customer": "Ann Li", "Status": "Sent", "Issued": "2026-11-21", "Total": "4800"}
PAID = {"Payment #": "P-1", "Customer": "Ann Li", "Invoice #": "2001", "Amount": "4800", "Paid on": "2026-11-22"}


def but(row: Row, **changed: Any) -> dict[str, Any]:
    """A row with other cells: headings are written with "_" for what is no letter, `Job_=...` for "Job #"."""
    names = {_bare(heading): heading for heading in row}
    return {**row, **{names.get(_bare(name), name.replace("_", " ")): value for name, value in changed.items()}}


def _bare(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())
