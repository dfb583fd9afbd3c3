"""What the exception report counts, worked out a second time: the rows and decisions of each recipe from the sheets, each item from the ledger and the sheets."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.figures.raw_ledger import Ledger, local
from tests.figures.raw_office import Sample, people_work
from tests.figures.raw_sheets import LOST, WON, Raw, Row, is_business_day, numbers, thin
from tests.figures.test_needs_recomputed import changes_not_billed, in_danger, nobody_called, not_as_agreed

RECOMPUTED = {"items", "counts"}
"""The parts of the report that these tests work out."""
TITLES = {
    "billing-check": "Billing check", "draft-invoices": "Draft invoices", "estimate-follow-up": "Estimate follow-up",
    "invoice-reminders": "Invoice reminders", "job-note-cleanup": "Job note cleanup", "lead-reply": "Answer to new leads",
    "missed-call-text-back": "Missed-call text-back", "note-flags": "Note flags",
}  # fmt: skip
KINDS = ("rows", "act", "review", "hold", "wait", "done", "ended", "broken")
OPENS = {5: time(9), **dict.fromkeys(range(5), time(8))}
CLOSES = {5: time(12), **dict.fromkeys(range(5), time(17))}


@dataclass(frozen=True)
class Reported:
    """An office in which every recipe was rehearsed at a moment, and its report then."""

    raw: Raw
    ledger: Ledger
    clock: datetime
    report: Any


@pytest.fixture(scope="module", params=["2026-11-23T09:30", "2026-11-25T10:00", "2026-11-30T11:00"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    now = request.param
    office = Sample(tmp_path_factory.mktemp("report") / "office", date(2026, 11, 23))
    if now.startswith("2026-11-25"):
        people_work(office)
    office.saved(now, "*")
    assert office.do("run", *TITLES, now=now).code in (0, 3)
    clock = datetime.fromisoformat(now)
    report = office.do("report", "--format", "json", now=now).json
    return Reported(Raw(office.folder, clock.date()), Ledger(office.folder / "ledger.db"), clock, report)


def test_the_rows_and_decisions_of_each_recipe(told: Reported) -> None:
    found = {TITLES[key]: decided for key, decided in decisions(told).items()}
    assert numbers(told.report["counts"]) == {title: {kind: counted.get(kind, 0) for kind in KINDS} for title, counted in found.items()}


def decisions(told: Reported) -> dict[str, Row]:
    raw = told.raw
    gaps = [*changes_not_billed(raw), *not_as_agreed(raw), *(row for row in raw.unbilled if (raw.today - row["done"]).days >= 3)]
    ready = [row for row in raw.done if not thin(row)]
    lacking = [row for row in raw.done if thin(row)]
    flags = [row for row in raw.jobs if is_flagged(row, raw)]
    return {
        "billing-check": all_of(gaps, "act"), "draft-invoices": all_of(ready, "act"), "job-note-cleanup": all_of(lacking, "review"),
        "note-flags": all_of(flags, "act"), "estimate-follow-up": counted([of_estimate(row, raw) for row in raw.estimates]),
        "invoice-reminders": counted([of_invoice(row, raw) for row in raw.invoices]),
        "lead-reply": counted([of_lead(lead, told) for lead in raw.leads]), "missed-call-text-back": counted(of_calls(told)),
    }  # fmt: skip


def all_of(rows: list[Any], kind: str) -> Row:
    return {"rows": len(rows), kind: len(rows)}


def counted(kinds: list[str]) -> Row:
    return {"rows": len(kinds), **{kind: kinds.count(kind) for kind in set(kinds)}}


def of_estimate(row: Row, raw: Raw) -> str:
    """Nudges go through a person from the second day on; after two weeks somebody calls."""
    if row["status"] in WON | LOST:
        return "ended"
    if row["status"] == "draft":
        return "wait"
    if isinstance(row["emailed"], str):
        return "broken"
    age = (raw.today - row["sent"]).days
    return "wait" if age < 2 else "review" if age < 14 else "act"


def of_invoice(row: Row, raw: Raw) -> str:
    """A reminder three days before, and from the day after it was due; after 37 days somebody calls. A promise is waited for; a dispute is a person's."""
    if row["balance"] == 0 or row["status"] in ("Paid", "Bad Debt"):
        return "ended"
    if row["balance"] < 0 or row["status"] == "Draft":
        return "wait"
    late = (raw.today - row["due"]).days
    if row["promised"] and row["promised"] >= raw.today:
        return "hold"
    return "wait" if late < -3 else "act" if late >= 37 and row["status"] != "Disputed" else "review"


def of_lead(lead: Row, told: Reported) -> str:
    """An answer in the first two hours in which the office is open, released by a person; then somebody calls."""
    if not nobody_called(lead, told.raw):
        return "ended"
    return "review" if told.clock - opened(lead["at"]) < timedelta(hours=2) else "act"


def opened(moment: datetime) -> datetime:
    """The moment, or when the office next opens."""
    day = moment.date()
    while True:
        if is_business_day(day) or day.weekday() == 5:
            first, last = (datetime.combine(day, hours[day.weekday()]) for hours in (OPENS, CLOSES))
            if moment < last:
                return max(moment, first)
        day += timedelta(days=1)


def of_calls(told: Reported) -> list[str]:
    """The missed calls of two business days: over when somebody talked with the caller since or the number is hidden, else somebody calls back."""
    since, left = told.clock, 2
    while left:
        since -= timedelta(days=1)
        left -= is_business_day(since.date())
    missed = [call for call in told.raw.calls if call["in"] and not call["talked"] and call["at"] >= since]
    talks = [(call["number"], call["at"]) for call in told.raw.calls if call["talked"]]
    return [
        "ended" if not call["number"] or any(number == call["number"] and at > call["at"] for number, at in talks) else "act"
        for call in missed
    ]


def is_flagged(job: Row, raw: Raw) -> bool:
    """The note of a job of the last 30 days tells of danger, of a part to come or of a wish to buy."""
    day = job["done"] or (job["Scheduled start"].date() if job["Status"] != "Scheduled" else None)
    words = str(job["Notes"] or "").lower()
    recent = day is not None and (raw.today - day).days <= 30
    return recent and any(said in words for said in ("smelled gas", "gas leak", "on order", "wants a quote"))


def test_each_item_of_the_queue(told: Reported) -> None:
    members: dict[int, list[str]] = {}
    for row in told.ledger.rows("SELECT review_id, record FROM review_members ORDER BY review_id, position"):
        members.setdefault(row["review_id"], []).append(row["record"])
    items = told.ledger.rows("SELECT id, table_name, amount, due, created_at FROM reviews WHERE state IN ('open', 'approved')")
    expected: dict[int, Row] = {}
    for item in items:
        number, age = item["id"], (told.raw.today - local(item["due"] or item["created_at"]).date()).days
        amount = {} if item["amount"] is None else {"amount": float(Decimal(item["amount"]))}
        expected[number] = {"review": number, "rows": len(members[number]), "age": age, **amount}
    assert {one["review"]: numbers(one) for one in told.report["items"]} == expected
    worth = {item["id"]: money(item["table_name"], members[item["id"]], told.raw) for item in items}
    sums = {number: float(amount) for number, amount in worth.items() if amount is not None}
    assert {number: expected[number]["amount"] for number in sums} == sums
    assert len(sums) > 15


def money(table: str, records: list[str], raw: Raw) -> Decimal | None:
    """What the sheets say of the rows of an item; a number that two rows share says nothing."""
    columns = {"estimates": ("number", "total"), "invoices": ("number", "balance"), "note_gaps": ("Job #", "Total")}
    rows = {"estimates": raw.estimates, "invoices": raw.invoices, "note_gaps": raw.jobs}
    if table not in columns:
        return None
    key, column = columns[table]
    same = [row[column] for row in rows[table] if row[key] in records]
    return sum(same, Decimal(0)) if len(same) == len(records) and None not in same else None


def test_everybody_finds_something_in_danger_or_late(told: Reported) -> None:
    """Else the counts would hold of an office in which nothing happens."""
    kinds = decisions(told)
    assert kinds["estimate-follow-up"]["review"] > 5
    assert kinds["invoice-reminders"]["ended"] > 50
    assert any(in_danger(job, told.raw) for job in told.raw.jobs) == (told.raw.today < date(2026, 11, 30))
