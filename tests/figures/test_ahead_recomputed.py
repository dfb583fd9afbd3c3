"""The next seven days, twelve weeks, averages and the age of each sheet, worked out a second time from the files: every number of these parts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from tests.figures.raw_office import ZONE, Told
from tests.figures.raw_sheets import LOST, OPEN, Raw, Row, day_of, group, line, numbers, slashed

RECOMPUTED = {"ahead", "trends", "averages", "sources"}
"""The parts of the digest that these tests work out."""
FILES = {
    "calls": "exports/calls_*.csv", "leads": "leads.csv", "estimates": "estimates.xlsx", "jobs": "jobs.xlsx", "visits": "visits.csv",
    "invoices": "exports/invoices_*.csv", "payments": "payments.csv", "change_orders": "change_orders.csv", "customers": "customers.xlsx",
    "technicians": "technicians.xlsx", "equipment": "equipment.xlsx", "inventory": "inventory.xlsx", "materials": "inventory.xlsx",
    "compliance": "compliance.xlsx",
}  # fmt: skip
"""What the sample's config.toml names."""


Dated = tuple[Row, date | None, Decimal | None]


def ahead(raw: Raw) -> Row:
    """What comes today or in the six days after. Somebody goes where the job or its visit names a technician."""
    week = {raw.today + timedelta(days=more) for more in range(7)}
    due = [(row, row["due"], row["balance"]) for row in raw.owing]
    going = {row["Job #"] for row in raw.text("visits.csv") if row["Technician"]}
    nobody = [
        (job, job["Scheduled start"].date(), job["Total"]) for job in raw.to_come() if not job["Technician"] and job["Job #"] not in going
    ]
    lacking = [(job, job["Scheduled start"].date(), job["Total"]) for job in short(raw)]
    expiring = [(row, row["expires"], row["total"]) for row in raw.waiting]
    papers: list[Dated] = [(row, day_of(row["Expires"]), None) for row in raw.book("compliance.xlsx") if row["Status"] != "Closed"]
    machines: list[Dated] = [
        (row, day_of(row[name]), None) for row in raw.book("equipment.xlsx") for name in ("Next service", "Warranty until")
    ]
    stuck = {"on-hold": [job for job in raw.jobs if job["Status"] == "On hold"], "not-met": list(not_met(raw))}
    low = [row for row in raw.book("inventory.xlsx") if row["On hand"] <= row["Reorder at"]]
    lists: dict[str, list[Dated]] = {
        "falling-due": due, "unassigned": nobody, "short-of-material": lacking, "estimates-expiring": expiring, "papers-expiring": papers,
        "equipment-dates": machines, "technician-off": [(job, job["Scheduled start"].date(), job["Total"]) for job in raw.to_come() if is_off(job, raw)],
        **{key: [(job, raw.today, job["Total"]) for job in found] for key, found in stuck.items()}, "to-reorder": [(row, raw.today, None) for row in low],
    }  # fmt: skip
    return {
        key: group(line(row, amount, (raw.today - day).days) for row, day, amount in found if day in week) for key, found in lists.items()
    }


def short(raw: Raw) -> Iterator[Row]:
    """The jobs of the week for which the shelf is not enough, the earliest served first."""
    left = {row["Item"]: row["On hand"] for row in raw.book("inventory.xlsx")}
    for job in sorted(raw.to_come(), key=lambda row: (row["Scheduled start"], row["Job #"])):
        missing = False
        for need in raw.book("inventory.xlsx", 1):
            if need["Job type"] == job["Job type"]:
                missing |= left[need["Item"]] < need["Quantity"]
                left[need["Item"]] = max(left[need["Item"]] - need["Quantity"], 0)
        if missing:
            yield job


def is_off(job: Row, raw: Raw) -> bool:
    """Whether the technician has this day of the week off."""
    off = {row["Name"]: str(row["Days off"] or "").split(", ") for row in raw.book("technicians.xlsx")}
    return f"{job['Scheduled start']:%a}" in off.get(job["Technician"], [])


def not_met(raw: Raw) -> Iterator[Row]:
    """Nobody was at home in the last 30 days, and no other work for that customer is planned for later, as a job or as a visit."""
    in_vain = ("No show", "Cancelled", "On hold")
    later = [(one["Customer"], one["Scheduled start"].date()) for one in raw.jobs if one["Status"] not in in_vain]
    later += [
        (one["Customer"], slashed(one["Scheduled start"].split()[0])) for one in raw.text("visits.csv") if one["Status"] not in in_vain
    ]
    for job in raw.jobs:
        day = job["Scheduled start"].date()
        if (
            job["Status"] == "No show"
            and (raw.today - day).days <= 30
            and not any(who == job["Customer"] and other > day for who, other in later)
        ):
            yield job


def test_the_week_ahead(told: Told) -> None:
    assert numbers(told.weekly["ahead"]) == numbers(told.daily["ahead"]) == ahead(told.raw)
    assert any(one["count"] for one in ahead(told.raw).values())


def test_credits_of_the_weeks_are_named(told: Told) -> None:
    given = [row for row in told.raw.invoices if row["balance"] < 0 and weeks(told.raw.today)[0] <= row["issued"]]
    amount = -sum(row["total"] for row in given if row["issued"] < told.raw.today - timedelta(days=told.raw.today.weekday()))
    said = f"Credits of ${amount:,.0f} in these weeks are not taken off what was invoiced."
    assert amount > 0
    assert (said in told.weekly["left_out"], said in told.daily["left_out"]) == (True, False)


def test_something_of_everything_lies_ahead_of_the_changed_office(told: Told) -> None:
    """Else lists that are empty everywhere would be right by chance."""
    if told.raw.today == date(2026, 11, 25):
        assert [key for key, one in ahead(told.raw).items() if not one["count"]] == []


def weeks(today: date) -> list[date]:
    """The Mondays of the twelve weeks that are over."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=ago) for ago in range(12, 0, -1)]


def weekly(facts: list[tuple[date, Decimal]], today: date) -> Row:
    sums = {start: Decimal(0) for start in weeks(today)}
    for day, amount in facts:
        if (monday := day - timedelta(days=day.weekday())) in sums:
            sums[monday] += amount
    return {"weeks": {start.isoformat(): {"value": float(amount)} for start, amount in sums.items()}}


def overdue(raw: Raw, end: date) -> Decimal:
    """What was late on a day: billed by then, past its day, not come in, and not in dispute now."""
    owed = Decimal(0)
    for row in raw.sound:
        if row["status"] not in ("Bad Debt", "Disputed") and row["due"] < end and row["issued"] <= end:
            came = [one["amount"] for one in raw.payments if one["invoice"] == row["number"] and one["day"] <= end]
            owed += row["total"] - sum(came, Decimal(0))
    return owed


def test_twelve_weeks(told: Told) -> None:
    raw, today = told.raw, told.raw.today
    sent = [row for row in raw.estimates if row["status"] in OPEN | LOST or row["number"] in raw.taken]
    assert numbers(told.weekly["trends"]) == {
        "invoiced": weekly([(row["issued"], row["total"]) for row in raw.sound], today),
        "collected": weekly([(row["day"], row["amount"]) for row in raw.payments], today),
        "overdue": weekly([(start, overdue(raw, start + timedelta(days=6))) for start in weeks(today)], today),
        "estimates-sent": weekly([(row["sent"], Decimal(1)) for row in sent], today),
        "estimates-won": weekly([(row["sent"], Decimal(1)) for row in sent if row["number"] in raw.taken], today),
    }
    assert told.daily["trends"] == []


Facts = list[tuple[date, int]]


def average(facts: Facts, today: date) -> Row:
    """Over the 28 days that are over, and the 28 before them."""
    now = [days for day, days in facts if 1 <= (today - day).days <= 28]
    before = [days for day, days in facts if 29 <= (today - day).days <= 56]
    mean = (Decimal(sum(now)) / len(now)).quantize(Decimal("0.1"), ROUND_HALF_EVEN) if now else None
    told: dict[str, Any] = {"total": float(sum(now)), "count": len(now), "before": {"total": float(sum(before)), "count": len(before)}}
    return told if mean is None else {**told, "mean": float(mean)}


def test_from_done_to_invoiced_to_paid(told: Told) -> None:
    raw = told.raw
    done = {str(job["Job #"]): job["done"] for job in raw.jobs if job["done"]}
    first: dict[str, date] = {}
    for row in raw.sound:
        first[row["job"]] = min(row["issued"], first.get(row["job"], row["issued"]))
    billed = [(day, max((day - done[job]).days, 0)) for job, day in first.items() if job in done]
    paid = [
        (raw.paid[row["number"]], max((raw.paid[row["number"]] - row["issued"]).days, 0)) for row in raw.sound if row["number"] in raw.paid
    ]
    told_so = numbers(told.weekly["averages"])
    assert told_so == {"days-to-invoice": average(billed, raw.today), "days-to-pay": average(paid, raw.today)}
    assert told_so == numbers(told.daily["averages"])
    assert all(one["count"] > 10 for one in told_so.values())


def test_how_old_each_sheet_is(told: Told) -> None:
    """By the day on which its file was saved, on the office's clock."""

    def age(pattern: str) -> int:
        (file,) = told.office.folder.glob(pattern)
        return (told.raw.today - datetime.fromtimestamp(file.stat().st_mtime, ZONE).date()).days

    ages = {table: {"days": age(pattern)} for table, pattern in FILES.items()}
    assert numbers(told.weekly["sources"]) == numbers(told.daily["sources"]) == numbers(told.scorecard["sources"]) == ages
