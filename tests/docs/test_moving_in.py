"""What the page says of each program's exports holds: every heading that it names is known, and what it says is not told is not."""

import csv
import io
import re
from dataclasses import dataclass

import pytest

from contractor_ops.ports import Workbook
from contractor_ops.sources.file import read_sheets
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Table
from tests.docs.documents import ROOT

DOCUMENT = (ROOT / "docs" / "moving-in.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| `exports/\w+_DAY\.\w+` \| (\w+) \| ([^|]+) \|$", re.MULTILINE)
SOMETHING = {
    r"date|\bon\b|created at": "11/05/2026",
    r"e-?mail": "ann@li.example",
    r"phone": "(312) 555-0142",
    r"total|amount|balance|revenue": "1,250.00",
    r"#|num|\bid\b": "1001",
    r"visit completed": "Yes",
}


@dataclass(frozen=True)
class Export:
    """An export as the page tells of it."""

    program: str
    report: str
    table: str
    headings: tuple[str, ...]

    def read(self) -> Table:
        """An export of one row with these headings."""
        text = io.StringIO()
        csv.writer(text).writerows([self.headings, [something(heading) for heading in self.headings]])
        return build_table(TABLES[self.table], [Workbook("e.csv", read_sheets(text.getvalue().encode(), "e.csv"), None)], country="US")


def something(heading: str) -> str:
    return next((value for words, value in SOMETHING.items() if re.search(words, heading, re.IGNORECASE)), "Ann Li")


def exports() -> list[Export]:
    parts = re.split(r"^## (.+)$", DOCUMENT, flags=re.MULTILINE)
    return [
        Export(program, report, table, tuple(headings.split(", ")))
        for program, text in zip(parts[1::2], parts[2::2], strict=True)
        for report, table, headings in ROW.findall(text)
    ]


def test_each_program_has_exports() -> None:
    assert {export.program for export in exports()} == {"Jobber", "Housecall Pro", "ServiceTitan", "QuickBooks Online"}
    assert len(exports()) == 17


@pytest.mark.parametrize("export", exports(), ids=lambda export: f"{export.program}, {export.report}")
def test_every_heading_that_is_named_is_known(export: Export) -> None:
    table = export.read()
    used = {heading for match in table.columns.values() if match is not None for heading in match.headings}
    assert [heading for heading in export.headings if heading not in used] == []
    assert len(table.records) == 1


@pytest.mark.parametrize("program", ["Housecall Pro", "ServiceTitan", "QuickBooks Online"])
def test_the_day_an_estimate_was_sent_is_not_told(program: str) -> None:
    table = next(export for export in exports() if export.program == program and export.table == "estimates").read()
    assert table.columns["sent_on"] is None and table.columns["created_on"] is not None


def test_jobber_tells_the_day_a_quote_was_sent() -> None:
    assert next(export for export in exports() if export.report == "Quotes").read().columns["sent_on"] is not None


@pytest.mark.parametrize(
    ("status", "meaning"),
    [("Sold", "accepted"), ("Dismissed", "declined"), ("Pending", "sent"), ("Closed", "converted"), ("Rejected", "declined")],
)
def test_statuses_mean_what_the_page_says(status: str, meaning: str) -> None:
    assert meaning_of(status, TABLES["estimates"].statuses) == meaning
