"""Every figure of the sample office, worked out a second time from the raw workbooks with openpyxl and csv, never with our own reader."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from contractor_ops.config import read_config
from contractor_ops.figures.offers import (
    by_age,
    close_rate,
)
from contractor_ops.figures.receivables import Promise, credits, overdue, owed, past_due, promises_broken
from contractor_ops.figures.trends import trends
from contractor_ops.figures.turnaround import (
    cannot_be_billed,
    collected_in_time,
    days_to_invoice,
    days_to_pay,
    not_billed,
)
from contractor_ops.figures.unanswered import unanswered_calls, unanswered_leads
from contractor_ops.figures.values import Average, Business, Group, Share, Window
from contractor_ops.figures.week_ahead import papers_expired, week_ahead
from contractor_ops.figures.windows import last_days
from contractor_ops.office import Office
from contractor_ops.sample import write_sample_office

ZONE = ZoneInfo("America/Chicago")
DAYS = (date(2026, 11, 23), date(2026, 12, 31), date(2028, 2, 29))
Row = dict[str, Any]
OPEN, WON, LOST = {"Sent", "sent", "Viewed"}, {"Accepted", "Won", "Converted"}, {"Declined", "declined", "Lost", "Expired"}


class Raw:
    """The folder as it was written: rows by heading, nothing cleaned."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today

    def book(self, name: str, sheet: int = 0) -> list[Row]:
        lines = [list(line) for line in openpyxl.load_workbook(self.folder / name).worksheets[sheet].iter_rows(values_only=True)]
        at = next(at for at, line in enumerate(lines) if sum(cell is not None for cell in line) > 2)
        rows = [{str(heading): cell for heading, cell in zip(lines[at], line, strict=True)} for line in lines[at + 1 :]]
        return [row for row, line in zip(rows, lines[at + 1 :], strict=True) if line[0] not in (None, "TOTAL", lines[at][0])]

    def text(self, pattern: str) -> list[Row]:
        (file,) = self.folder.glob(pattern)
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
        return [row for row in rows if next(iter(row.values())) != "Total"]

    @cached_property
    def invoices(self) -> list[Row]:
        return [
            {"number": row["Invoice #"], "customer": row["Client name"], "status": row["Status"], "job": row["Job #s"],
             "issued": spelled(row["Issued date"]), "due": spelled(row["Due date"]), "promised": spelled(row["Promised on"]),
             "total": dollars(row["Total ($)"]), "balance": dollars(row["Balance ($)"])}
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
    def payments(self) -> list[Row]:
        return [
            {"invoice": row["Invoice #"], "day": slashed(row["Date"]), "amount": dollars(row["Amount"])}
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
            {"number": row["Estimate #"], "status": str(row["Status"]).strip(), "sent": day_of(row["Emailed"]) or day_of(row["Created"]),
             "expires": day_of(row["Expires"]), "total": Decimal(str(row["Total"])) if isinstance(row["Total"], int | float) else None}
            for row in self.book("estimates.xlsx")
        ]  # fmt: skip

    @cached_property
    def waiting(self) -> list[Row]:
        return [row for row in self.estimates if row["status"] in OPEN]

    @cached_property
    def jobs(self) -> list[Row]:
        return self.book("jobs.xlsx")

    @cached_property
    def done(self) -> list[Row]:
        return [row for row in self.jobs if row["Status"] == "Completed" and not row["Invoice #"]]

    def to_come(self, days: int = 7) -> list[Row]:
        until = self.today + timedelta(days=days)
        return [row for row in self.jobs if row["Status"] == "Scheduled" and self.today <= row["Scheduled start"].date() < until]


def day_of(cell: Any) -> date | None:
    return cell.date() if isinstance(cell, datetime) else None


def spelled(text: str) -> date | None:
    return None if text == "-" else datetime.strptime(text, "%b %d, %Y").date()


def slashed(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


def dollars(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def total(rows: Iterable[Row], column: str) -> Decimal:
    return sum((row[column] for row in rows if row[column] is not None), Decimal(0))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Business, Raw]:
    folder, today = tmp_path_factory.mktemp("office"), request.param
    write_sample_office(folder, today)
    now = datetime.combine(today, time(8), ZONE)
    office = Office(folder, read_config((folder / "config.toml").read_bytes()), clock=lambda: now)
    named = [*office.config.tables, "missed_calls", "note_gaps"]
    tables = {name: office.table(name, now=now) for name in named}
    return Business(tables, now, office.config, office.facts.calendar.is_business_day), Raw(folder, today)


def held(group: Group) -> tuple[set[str], Decimal]:
    """Which records a group holds, each once, and their money."""
    assert len({line.record for line in group.lines}) == len(group)
    return {line.record for line in group.lines}, group.amount


def numbered(rows: Iterable[Row], column: str = "balance") -> tuple[set[str], Decimal]:
    kept = list(rows)
    return {row["number"] for row in kept}, total(kept, column)


def test_what_is_owed_by_age(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    assert held(owed(business)) == numbered(raw.owing)
    late = [row for row in raw.owing if row["status"] != "Disputed"]

    def aged(first: int, last: int) -> tuple[set[str], Decimal]:
        return numbered(row for row in late if first <= (raw.today - row["due"]).days <= last)

    groups = {group.key: held(group) for group in overdue(business)}
    assert groups == {
        "not-due": aged(-9999, 0), "1-30": aged(1, 30), "31-60": aged(31, 60), "61-90": aged(61, 90), "over-90": aged(91, 9999),
        "no-date": numbered([]), "disputed": numbered(row for row in raw.owing if row["status"] == "Disputed"), "retainage": numbered([]),
    }  # fmt: skip
    assert held(past_due(business)) == aged(1, 9999)
    assert past_due(business).amount > 0


def test_credits_and_promises(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    credited = [row for row in raw.invoices if row["balance"] < 0]
    (line,) = credits(business).lines
    assert (line.record, line.amount) == (credited[0]["number"], -credited[0]["balance"])
    assert line.amount is not None
    theirs = total((row for row in raw.owing if row["customer"] == credited[0]["customer"]), "balance")
    assert line.why == f"owes ${theirs:,.2f}: ${theirs - line.amount:,.2f} is left"
    assert held(promises_broken(business)) == numbered(row for row in raw.owing if row["promised"] and row["promised"] < raw.today)
    made = [Promise(row["customer"], row["number"], raw.today - timedelta(days=1)) for row in raw.invoices if row["status"] != "Draft"]
    later = {row["number"] for row in raw.owing if row["promised"] and row["promised"] >= raw.today}
    assert held(promises_broken(business, made)) == numbered(row for row in raw.owing if row["number"] not in later)


def test_open_estimates(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    groups = by_age(business)
    assert sum((group.amount for group in groups), Decimal(0)) == total(raw.waiting, "total")
    assert sum(group.unknown for group in groups) == sum(row["total"] is None for row in raw.waiting)
    expected = defaultdict(list)
    for row in raw.waiting:
        soon = row["expires"] is not None and row["expires"] <= raw.today + timedelta(days=7)
        age = (raw.today - row["sent"]).days
        expected["at-risk" if soon or age > 30 else "stale" if age >= 7 else "fresh"].append(row["number"])
    found = {group.key: sorted(line.record for line in group.lines) for group in groups}  # one number is used twice
    assert found == {f"estimates-{key}": sorted(expected[key]) for key in ("at-risk", "stale", "fresh")}


def of(one: Share | Average) -> tuple[Any, Any]:
    if isinstance(one, Share):
        return (one.part, one.whole), one.before
    return (one.total, one.count), one.before


def test_the_close_rate(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    window = last_days(raw.today, 90)

    def rate(these: Window) -> tuple[int, int]:
        rows = [row for row in raw.estimates if row["sent"] and these.first <= row["sent"] <= these.last and row["status"] in WON | LOST]
        return sum(row["status"] in WON for row in rows), len(rows)

    assert of(close_rate(business, window)) == (rate(window), rate(window.before()))
    assert close_rate(business, window).part > 0


def test_from_done_to_invoiced_to_paid(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    window = last_days(raw.today, 90)
    completed = {row["Job #"]: row["Completed"].date() for row in raw.jobs if row["Completed"]}

    def mean(facts: list[tuple[date, int]], these: Window) -> tuple[Decimal, int]:
        days = [days for day, days in facts if these.first <= day <= these.last]
        return Decimal(sum(days)), len(days)

    billed = [(row["issued"], (row["issued"] - completed[row["job"]]).days) for row in raw.sound if row["job"] in completed]
    paid = [(raw.paid[row["number"]], (raw.paid[row["number"]] - row["issued"]).days) for row in raw.sound if row["number"] in raw.paid]
    assert of(days_to_invoice(business, window)) == (mean(billed, window), mean(billed, window.before()))
    assert of(days_to_pay(business, window)) == (mean(paid, window), mean(paid, window.before()))

    def collected(these: Window) -> tuple[int, int]:
        week = timedelta(days=7)
        ripe = [row for row in raw.sound if these.first <= row["issued"] + week <= these.last]
        return sum(raw.paid.get(row["number"], date.max) <= row["issued"] + week for row in ripe), len(ripe)

    assert of(collected_in_time(business, window)) == (collected(window), collected(window.before()))


def test_done_and_not_billed(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    assert held(not_billed(business)) == (
        {row["Job #"] for row in raw.done},
        sum((Decimal(str(row["Total"])) for row in raw.done), Decimal(0)),
    )
    thin = [row for row in raw.done if row["Hours"] is None or not row["Photos"] or row["Signature"] != "Yes" or not row["Parts used"]]
    assert held(cannot_be_billed(business)) == (
        {row["Job #"] for row in thin},
        sum((Decimal(str(row["Total"])) for row in thin), Decimal(0)),
    )
    assert 0 < len(thin) < len(raw.done)


def test_calls_and_leads_that_nobody_answered(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    log = [
        {**row, "at": datetime.strptime(f"{row['Date'][4:]} {row['Time']}", "%m/%d/%Y %I:%M %p")} for row in raw.text("exports/calls_*.csv")
    ]
    for row in log:
        minutes, seconds = row["Duration"].split(":")[1:]
        row["talked"] = row["Action Result"] in ("Accepted", "Call connected") and int(minutes) * 60 + int(seconds) >= 15
    talks = [(row["Phone Number"], row["at"]) for row in log if row["talked"]]
    since = business.now.replace(tzinfo=None)
    left = 2
    while left:
        since -= timedelta(days=1)
        left -= business.is_business_day(since.date())
    missed = {
        row["Phone Number"] for row in log
        if row["Direction"] == "Incoming" and not row["talked"] and row["at"] >= since and row["Phone Number"] != "Anonymous"
        and not any(number == row["Phone Number"] and at > row["at"] for number, at in talks)
    }  # fmt: skip
    found = unanswered_calls(business).lines
    numbers = {str(record["number"]): str(record["phone"]) for record in business.tables["missed_calls"].records}
    assert {numbers[line.record] for line in found} == {f"+1{''.join(filter(str.isdigit, number))}" for number in missed}
    assert len(found) == len(missed) > 0
    new = {row["Lead #"] for row in raw.text("leads.csv") if row["Status"] == "New"}
    assert {line.record for line in unanswered_leads(business).lines} == new


def test_the_week_ahead(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    groups = {group.key: group for group in week_ahead(business)}
    last = raw.today + timedelta(days=6)
    assert held(groups["falling-due"]) == numbered(row for row in raw.owing if raw.today <= row["due"] <= last)
    assert {line.record for line in groups["unassigned"].lines} == {row["Job #"] for row in raw.to_come() if not row["Technician"]}
    assert {line.record for line in groups["short-of-material"].lines} == set(short(raw))
    expiring = [row for row in raw.waiting if row["expires"] and raw.today <= row["expires"] <= last]
    assert held(groups["estimates-expiring"]) == numbered(expiring, "total")
    papers = {row["Number"]: day_of(row["Expires"]) for row in raw.book("compliance.xlsx") if row["Status"] != "Closed"}
    assert {line.record for line in groups["papers-expiring"].lines} == {
        number for number, day in papers.items() if day and raw.today <= day <= last
    }
    assert {line.record for line in papers_expired(business).lines} == {number for number, day in papers.items() if day and day < raw.today}
    machines = [day_of(row[column]) for row in raw.book("equipment.xlsx") for column in ("Next service", "Warranty until")]
    assert len(groups["equipment-dates"]) == sum(day is not None and raw.today <= day <= last for day in machines)
    assert all(line.days is not None and line.days <= 0 for group in groups.values() for line in group.lines)


def short(raw: Raw) -> Iterator[str]:
    """The jobs of the week for which the shelf is not enough, the earliest served first."""
    left = {row["Item"]: row["On hand"] for row in raw.book("inventory.xlsx")}
    for job in sorted(raw.to_come(), key=lambda row: (row["Scheduled start"], row["Job #"])):
        missing = False
        for need in raw.book("inventory.xlsx", 1):
            if need["Job type"] == job["Job type"]:
                missing |= left[need["Item"]] < need["Quantity"]
                left[need["Item"]] = max(left[need["Item"]] - need["Quantity"], 0)
        if missing:
            yield job["Job #"]


def test_twelve_weeks(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    found = {one.key: one for one in trends(business)}
    monday = raw.today - timedelta(days=raw.today.weekday())
    weeks = [(monday - timedelta(weeks=ago), monday - timedelta(weeks=ago, days=-6)) for ago in range(12, 0, -1)]

    def weekly(facts: list[tuple[date, Decimal]]) -> list[Decimal]:
        return [sum((amount for day, amount in facts if first <= day <= last), Decimal(0)) for first, last in weeks]

    assert {one.starts for one in found.values()} == {tuple(first for first, _ in weeks)}
    assert list(found["invoiced"].values) == weekly([(row["issued"], row["total"]) for row in raw.sound])
    assert list(found["collected"].values) == weekly([(row["day"], row["amount"]) for row in raw.payments])
    sent = [row for row in raw.estimates if row["sent"] and row["status"] in OPEN | WON | LOST]
    assert list(found["estimates-sent"].values) == weekly([(row["sent"], Decimal(1)) for row in sent])
    assert list(found["estimates-won"].values) == weekly([(row["sent"], Decimal(1)) for row in sent if row["status"] in WON])

    def late(end: date) -> Decimal:
        owed = Decimal(0)
        for row in raw.sound:
            if row["status"] != "Bad Debt" and row["due"] < end and row["issued"] <= end:
                came = [one["amount"] for one in raw.payments if one["invoice"] == row["number"] and one["day"] <= end]
                owed += row["total"] - sum(came, Decimal(0))
        return owed

    assert list(found["overdue"].values) == [late(last) for _, last in weeks]
    assert found["overdue"].values[-1] > 0
