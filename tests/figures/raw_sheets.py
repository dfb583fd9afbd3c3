"""The sample office's files as they were written, read with openpyxl and csv and never with our own reader; and the numbers of what the program printed."""

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import openpyxl

Row = dict[str, Any]
OPEN, WON, LOST = {"sent", "viewed"}, {"accepted", "won", "converted"}, {"declined", "lost", "expired"}
HOLIDAYS = {date(2026, 11, 3), date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1), date(2028, 2, 21)}
"""Of Illinois, in the weeks that the tests look at: Election Day, Veterans Day, Thanksgiving, Christmas, New Year, Presidents' Day."""
_SHORT_TALK = 15
"""Seconds: who is answered for less has met the voicemail."""
_NAMED_BY = ("key", "recipe", "table", "number", "pick", "owner", "week", "title")


class Raw:
    """The folder on a day: rows by heading, each with the row of its sheet; cells turned into days and money, and nothing judged."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today

    def book(self, name: str, sheet: int = 0) -> list[Row]:
        lines = [list(line) for line in openpyxl.load_workbook(self.folder / name).worksheets[sheet].iter_rows(values_only=True)]
        at = next(at for at, line in enumerate(lines) if sum(cell is not None for cell in line) > 2)
        rows = [{**dict(zip(map(str, lines[at]), line, strict=True)), "row": f"{name}:{place + 1}"} for place, line in enumerate(lines)]
        return [row for row, line in zip(rows[at + 1 :], lines[at + 1 :], strict=True) if line[0] not in (None, "TOTAL", lines[at][0])]

    def text(self, pattern: str) -> list[Row]:
        (file,) = self.folder.glob(pattern)
        name = file.relative_to(self.folder).as_posix()
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
        placed = [{**row, "row": f"{name}:{place}"} for place, row in enumerate(rows, start=2)]
        return [row for row in placed if next(iter(row.values())) != "Total"]

    @cached_property
    def invoices(self) -> list[Row]:
        return [
            {"number": row["Invoice #"], "customer": row["Client name"], "phone": row["Client phone"], "status": row["Status"], "job": row["Job #s"],
             "issued": spelled(row["Issued date"]), "due": spelled(row["Due date"]), "promised": spelled(row["Promised on"]), "notes": row["Notes"],
             "total": dollars(row["Total ($)"]), "balance": dollars(row["Balance ($)"]), "row": row["row"]}
            for row in self.text("exports/invoices_*.csv")
        ]  # fmt: skip

    @cached_property
    def owing(self) -> list[Row]:
        return [row for row in self.invoices if row["balance"] > 0 and row["status"] not in ("Draft", "Bad Debt", "Paid")]

    @cached_property
    def sound(self) -> list[Row]:
        """Invoices for work that were sent."""
        return [row for row in self.invoices if row["total"] > 0 and row["status"] != "Draft"]

    @cached_property
    def late(self) -> list[Row]:
        """What is owed and not disputed after its day."""
        return [row for row in self.owing if row["status"] != "Disputed" and row["due"] < self.today]

    @cached_property
    def payments(self) -> list[Row]:
        return [
            {"invoice": row["Invoice #"], "day": slashed(row["Date"]), "amount": dollars(row["Amount"]), "row": row["row"]}
            for row in self.text("payments.csv")
        ]

    @cached_property
    def paid(self) -> dict[str, date]:
        """The last payment of each invoice on which nothing is owed."""
        last: dict[str, date] = {}
        for row in self.payments:
            last[row["invoice"]] = max(row["day"], last.get(row["invoice"], row["day"]))
        return {row["number"]: last[row["number"]] for row in self.sound if row["balance"] == 0}

    @cached_property
    def estimates(self) -> list[Row]:
        return [
            {"number": row["Estimate #"], "customer": row["Customer"], "status": str(row["Status"]).strip().lower(),
             "sent": day_of(row["Emailed"]) or day_of(row["Created"]), "emailed": row["Emailed"], "expires": day_of(row["Expires"]),
             "total": money(row["Total"]), "notes": row["Notes"] or "", "phone": row["Mobile"], "email": row["Email"], "row": row["row"]}
            for row in self.book("estimates.xlsx")
        ]  # fmt: skip

    @cached_property
    def taken(self) -> set[str]:
        """The offers that the customer took: their status says so, or a job was made of them, whatever it says."""
        jobs = {str(row["Estimate #"]) for row in self.jobs}
        return {row["number"] for row in self.estimates if row["status"] in WON or row["number"] in jobs}

    @cached_property
    def waiting(self) -> list[Row]:
        return [row for row in self.estimates if row["status"] in OPEN and row["number"] not in self.taken]

    @cached_property
    def jobs(self) -> list[Row]:
        return [{**row, "Total": money(row["Total"]), "done": day_of(row["Completed"])} for row in self.book("jobs.xlsx")]

    @cached_property
    def unbilled(self) -> list[Row]:
        """Work that is done and on no invoice that was sent: none is named, or it is still a draft."""
        drafts = {row["number"] for row in self.invoices if row["status"] == "Draft"}
        done = (row for row in self.jobs if row["Status"] in ("Completed", "Invoiced"))
        return [row for row in done if not row["Invoice #"] or str(row["Invoice #"]) in drafts]

    def to_bill(self, job: Row) -> Decimal | None:
        """What a finished job brings: what the customer said yes to, with all changes, once it has waited three days for its invoice; else its own total."""
        if (self.today - job["done"]).days < 3:
            return cast("Decimal | None", job["Total"])
        offered = {row["number"]: row["total"] for row in self.estimates if row["status"] in WON}
        changes = (row for row in self.text("change_orders.csv") if row["Job #"] == job["Job #"] and row["Status"] == "Approved")
        return cast(Decimal, offered.get(job["Estimate #"], job["Total"]) + sum(Decimal(row["Amount"]) for row in changes))

    @cached_property
    def done(self) -> list[Row]:
        """Work that is done and whose row names no invoice."""
        return [row for row in self.jobs if row["Status"] == "Completed" and not row["Invoice #"]]

    @cached_property
    def calls(self) -> list[Row]:
        log = []
        for row in self.text("exports/calls_*.csv"):
            hours, minutes, seconds = map(int, row["Duration"].split(":"))
            long = hours * 3600 + minutes * 60 + seconds >= _SHORT_TALK
            at = datetime.strptime(f"{row['Date'][4:]} {row['Time']}", "%m/%d/%Y %I:%M %p")
            log.append({"number": digits(row["Phone Number"]), "name": row["Name"], "in": row["Direction"] == "Incoming", "at": at, "row": row["row"],
                        "talked": row["Action Result"] in ("Accepted", "Call connected") and long})  # fmt: skip
        return log

    @cached_property
    def leads(self) -> list[Row]:
        return [
            {"number": row["Lead #"], "at": datetime.strptime(row["Received"], "%m/%d/%Y %I:%M %p"), "phone": digits(row["Phone"]),
             "status": row["Status"], "email": row["Email"], "row": row["row"]}
            for row in self.text("leads.csv")
        ]  # fmt: skip

    def to_come(self, days: int = 7) -> list[Row]:
        until = self.today + timedelta(days=days)
        return [row for row in self.jobs if row["Status"] == "Scheduled" and self.today <= row["Scheduled start"].date() < until]


def thin(job: Row) -> bool:
    """Whether the row of a job lacks what a bill is made from; "fixed it" is no note of the work."""
    return job["Hours"] is None or not job["Photos"] or job["Signature"] != "Yes" or not job["Parts used"] or not job["Notes"]


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def day_of(cell: Any) -> date | None:
    return cell.date() if isinstance(cell, datetime) else None


def money(cell: Any) -> Decimal | None:
    return Decimal(str(cell)) if isinstance(cell, int | float) else None


def spelled(text: str) -> date | None:
    return None if text == "-" else datetime.strptime(text, "%b %d, %Y").date()


def slashed(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def dollars(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def digits(number: Any) -> str:
    return re.sub(r"\D", "", str(number or ""))[-10:]


def total(rows: Iterable[Row], column: str) -> Decimal:
    return sum((row[column] for row in rows if row[column] is not None), Decimal(0))


def line(row: Row, amount: Decimal | None, days: int | None) -> tuple[str, Decimal | None, int | None]:
    """What the program should print of a row: where it stands, its money, its age."""
    return row["row"], amount, days


def group(lines: Iterable[tuple[str, Decimal | None, int | None]], in_hand: int = 0) -> Row:
    """What a list should come to, and on how much of it somebody has acted."""
    kept = sorted(lines, key=lambda one: (one[0], str(one[2])))
    known = [amount for _, amount, _ in kept if amount is not None]
    told = {"count": len(kept), "amount": float(sum(known)), "unknown": len(kept) - len(known), "in_hand": in_hand}
    return {**told, **({"lines": _lines(kept)} if kept else {})}


def _lines(kept: Iterable[tuple[str, Decimal | None, int | None]]) -> Row:
    found: Row = {}
    for place, amount, days in kept:
        told = {"amount": None if amount is None else float(amount), "days": days}
        found[_new(found, place)] = {name: value for name, value in told.items() if value is not None}
    return found


def numbers(tree: Any) -> Any:
    """A document with nothing left but its numbers; what stands in a list is found by its name, a line by its place in the sheets."""
    if isinstance(tree, dict):
        kept = {str(name): numbers(branch) for name, branch in tree.items() if name != "source"}
        return {name: branch for name, branch in kept.items() if branch is not None and branch != {}}
    if isinstance(tree, list):
        found: Row = {}
        for branch in sorted(tree, key=lambda one: (_name(one), str(one.get("days")) if isinstance(one, dict) else "")):
            kept = numbers(branch)
            if kept or kept == 0 or _place(branch):
                found[_new(found, _name(branch))] = kept
        return found
    return tree if isinstance(tree, int | float) and not isinstance(tree, bool) else None


def _name(branch: Any) -> str:
    if not isinstance(branch, dict):
        return str(branch)
    return _place(branch) or next((str(branch[name]) for name in _NAMED_BY if branch.get(name) is not None), "")


def _place(branch: Any) -> str:
    place = branch.get("source") if isinstance(branch, dict) else None
    return f"{place['file']}:{place['row']}" if place else ""


def _new(found: Row, name: str) -> str:
    return name if name not in found else _new(found, f"{name}+")
