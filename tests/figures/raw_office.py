"""Sample offices at several moments, one of them changed by its people with openpyxl; and what the program says of each."""

import csv
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from contractor_ops.sample import write_sample_office
from tests.figures.raw_sheets import Raw, Row
from tests.offices import Ran
from tests.stories import inside

ZONE = ZoneInfo("America/Chicago")


class Sample(inside.Office):
    """The sample office as it is written on a day."""

    def __init__(self, folder: Path, written: date) -> None:
        self.folder = folder
        write_sample_office(folder, written)

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        ran = super().do(*words, now=now, stdin=stdin, env=env)
        assert "Traceback" not in ran.err and "bug" not in ran.err, ran.err
        return ran

    def saved(self, moment: str, *patterns: str) -> None:
        """Let files be as old as if they had been saved at a moment."""
        at = datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp()
        for path in (path for pattern in patterns for path in self.folder.rglob(pattern) if path.suffix in (".csv", ".xlsx")):
            os.utime(path, (at, at))


@dataclass(frozen=True)
class Case:
    """An office that was written on a day, and asked at a moment."""

    written: date
    now: str
    change: Callable[[Sample], None] = lambda office: None


@dataclass(frozen=True)
class Told:
    """What the program says of an office at a moment, and its files as they are."""

    office: Sample
    now: str

    @property
    def today(self) -> date:
        return self.clock.date()

    @property
    def clock(self) -> datetime:
        """The moment on the office's clock, without a zone, as the sheets have theirs."""
        return datetime.fromisoformat(self.now)

    @cached_property
    def raw(self) -> Raw:
        return Raw(self.office.folder, self.today)

    @cached_property
    def weekly(self) -> Any:
        return self._asked("digest", "--weekly")

    @cached_property
    def daily(self) -> Any:
        return self._asked("digest", "--daily")

    @cached_property
    def scorecard(self) -> Any:
        return self._asked("scorecard")

    def _asked(self, *words: str) -> Any:
        ran = self.office.do(*words, "--format", "json", now=self.now)
        assert ran.code == 0, ran.err
        return ran.json


def told(case: Case, folder: Path) -> Told:
    """Write the office of a case and let its people change it."""
    office = Sample(folder, case.written)
    office.saved(f"{case.written}T07:00", "*")
    case.change(office)
    return Told(office, case.now)


def rewrite(office: Sample, file: str, number: str, cells: Row) -> None:
    """Change cells of one row of a CSV file, found by its first cell; a number that is not there yet is a new row."""
    (path,) = office.folder.glob(file)
    lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    at = next((at for at, line in enumerate(lines) if line[0] == number), None)
    if at is None:
        lines.append(["-" if file.startswith("exports/inv") else "" for _ in lines[0]])
        at = -1
    values = {lines[0][0]: number, **cells}
    lines[at] = [str(values.get(heading, cell)) for heading, cell in zip(lines[0], lines[at], strict=True)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)


def retype(office: Sample, file: str, number: Any, cells: Row, key: str = "", sheet: int = 0) -> None:
    """Change cells of one row of a workbook, found by its first cell or the column `key`; what is not there yet is a new row."""
    book = openpyxl.load_workbook(office.folder / file)
    page: Any = book.worksheets[sheet]
    lines = list(page.iter_rows())
    top = next(line for line in lines if sum(cell.value is not None for cell in line) > 2)
    columns = {str(cell.value): cell.column for cell in top}
    found = next((line[0].row for line in lines if line[columns[key] - 1 if key else 0].value == number), None)
    row = found or page.max_row + 1
    for heading, value in {**({} if found else {key or str(top[0].value): number}), **cells}.items():
        page.cell(row, columns[heading]).value = value
    book.save(office.folder / file)


def a_week_passes(office: Sample) -> None:
    """The exports come every day, the workbooks are saved less often."""
    office.saved("2026-11-29T18:00", "exports/*.csv", "payments.csv")
    office.saved("2026-11-27T08:00", "leads.csv", "estimates.xlsx")
    office.saved("2026-11-19T08:00", "jobs.xlsx")


def people_work(office: Sample) -> None:
    """Two days on which much happened: money came, jobs were cancelled, sold and written down, people asked."""
    rewrite(office, "exports/invoices_*.csv", "2084", {"Status": "Paid", "Balance ($)": "$0.00"})
    rewrite(office, "payments.csv", "P-9001", {"Date": "11/24/2026", "Customer": "Maple Court Condominiums", "Invoice #": "2084", "Method": "ACH",
                                               "Amount": "4125.00"})  # fmt: skip
    rewrite(office, "exports/invoices_*.csv", "2106", {"Promised on": "Nov 24, 2026"})
    rewrite(office, "exports/invoices_*.csv", "2080", {"Due date": "Jul 2, 2026", "Issued date": "Jun 18, 2026"})
    rewrite(office, "exports/invoices_*.csv", "2104", {"Status": "Disputed"})
    rewrite(office, "leads.csv", "L-741", {"Received": "11/24/2026 9:05 AM", "Name": "Vera Holt", "Phone": "(312) 555-0199", "Status": "New",
                                           "Service needed": "Furnace replacement"})  # fmt: skip
    rewrite(office, "leads.csv", "L-738", {"Status": "Contacted"})
    rewrite(office, "change_orders.csv", "CO-91", {"Job #": "J-5076", "Description": "Longer line set", "Amount": "715.50", "Status": "Approved",
                                                   "Approved on": "11/20/2026", "Billed": "No"})  # fmt: skip
    with next(office.folder.glob("exports/calls_*.csv")).open("a", encoding="utf-8", newline="") as log:
        csv.writer(log).writerows([
            ["Incoming", "Voice", "(312) 555-0198", "", "Tue 11/24/2026", "8:15 AM", "Phone Call", "Missed", "", "0:00:00"],
            ["Incoming", "Voice", "(312) 555-0198", "", "Tue 11/24/2026", "8:40 AM", "Phone Call", "Voicemail", "", "0:00:31"],
            ["Outgoing", "Voice", "(708) 555-0177", "", "Tue 11/24/2026", "9:30 AM", "VoIP Call", "Call connected", "", "0:03:10"],
            ["Outgoing", "Voice", "(773) 555-0186", "", "Mon 11/23/2026", "9:00 AM", "VoIP Call", "Call connected", "", "0:02:10"],
        ])  # fmt: skip
    retype(office, "jobs.xlsx", "J-5148", {"Status": "Cancelled"})
    retype(office, "jobs.xlsx", "J-5144", {"Technician": None})
    rewrite(office, "visits.csv", "J-5144-1", {"Technician": ""})
    retype(office, "jobs.xlsx", "J-5145", {"Technician": None})
    retype(office, "jobs.xlsx", "J-5134", {"Hours": 2.5})
    retype(
        office,
        "jobs.xlsx",
        "J-5135",
        {"Notes": "Replaced the thermostat. Gas leak at the furnace valve, shut it off.", "Completed": datetime(2026, 11, 24, 12)},
    )
    retype(office, "jobs.xlsx", "J-5124", {"Total": 6010.25})
    retype(office, "estimates.xlsx", "E-1029", {"Status": "Accepted"}, key="Estimate #")
    retype(office, "estimates.xlsx", "E-1033", {"Expires": datetime(2026, 11, 28)}, key="Estimate #")
    retype(office, "estimates.xlsx", "E-1041", {"Emailed": datetime(2026, 10, 1), "Expires": datetime(2026, 12, 30)}, key="Estimate #")
    retype(office, "compliance.xlsx", "WC-1190", {"Expires": datetime(2026, 11, 20)}, key="Number")
    retype(
        office,
        "equipment.xlsx",
        "F266918",
        {"Next service": datetime(2026, 11, 27), "Warranty until": datetime(2026, 12, 1)},
        key="Serial #",
    )
    retype(office, "technicians.xlsx", "Kim Doyle", {"Days off": "Thu, Sun"})
    retype(office, "inventory.xlsx", "Line set 25 ft", {"On hand": 3})
    retype(office, "inventory.xlsx", "Filter 16x25x1", {"On hand": 1})
    office.saved("2026-11-25T06:00", "*")


CASES = {
    "monday": Case(date(2026, 11, 23), "2026-11-23T10:00"),
    "friday": Case(date(2026, 11, 23), "2026-11-27T15:30"),
    "a week later": Case(date(2026, 11, 23), "2026-11-30T08:00", a_week_passes),
    "changed": Case(date(2026, 11, 23), "2026-11-25T10:00", people_work),
    "new year": Case(date(2026, 12, 31), "2027-01-04T11:20"),
    "leap day": Case(date(2028, 2, 28), "2028-02-29T09:00"),
}
