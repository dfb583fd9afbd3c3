"""Figures of the sample office that stand behind what is printed, on three days: what is owed, credits, promises, open estimates, and rates over 90 days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contractor_ops.config import read_config
from contractor_ops.figures.offers import by_age, close_rate
from contractor_ops.figures.receivables import Promise, credits, overdue, owed, past_due, promises_broken
from contractor_ops.figures.turnaround import collected_in_time, days_to_invoice, days_to_pay
from contractor_ops.figures.unanswered import unanswered_calls
from contractor_ops.figures.values import Average, Business, Group, Share, Window
from contractor_ops.figures.windows import last_days
from contractor_ops.office import Office
from contractor_ops.sample import write_sample_office
from tests.figures.raw_office import ZONE
from tests.figures.raw_sheets import Raw, Row, total
from tests.figures.raw_signals import Facts, closed, collected

DAYS = (date(2026, 11, 23), date(2026, 12, 31), date(2028, 2, 29))


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
    groups = {group.key: held(group) for group in overdue(business)}
    assert groups["disputed"] == numbered(row for row in raw.owing if row["status"] == "Disputed")
    assert (groups["no-date"], groups["retainage"]) == (numbered([]), numbered([]))
    assert held(past_due(business)) == numbered(raw.late)
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
    """Those that have time yet are printed nowhere, and counted all the same."""
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


def counted(facts: Facts, window: Window) -> tuple[tuple[int, int], tuple[int, int]]:
    now = [good for day, good in facts if day in window]
    before = [good for day, good in facts if day in window.before()]
    return (sum(now), len(now)), (sum(before), len(before))


def test_rates_of_ninety_days(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    window = last_days(raw.today, 90)
    assert of(close_rate(business, window)) == counted(closed(raw), window)
    assert of(collected_in_time(business, window)) == counted(collected(raw), window)
    assert close_rate(business, window).part > 0


def test_from_done_to_invoiced_to_paid(sample: tuple[Business, Raw]) -> None:
    business, raw = sample
    window = last_days(raw.today, 90)
    done = {row["Job #"]: row["done"] for row in raw.jobs if row["done"]}

    def mean(facts: list[tuple[date, int]], these: Window) -> tuple[Decimal, int]:
        days = [days for day, days in facts if day in these]
        return Decimal(sum(days)), len(days)

    billed = [(row["issued"], (row["issued"] - done[row["job"]]).days) for row in raw.sound if row["job"] in done]
    paid = [(raw.paid[row["number"]], (raw.paid[row["number"]] - row["issued"]).days) for row in raw.sound if row["number"] in raw.paid]
    assert of(days_to_invoice(business, window)) == (mean(billed, window), mean(billed, window.before()))
    assert of(days_to_pay(business, window)) == (mean(paid, window), mean(paid, window.before()))


def test_calls_of_two_business_days(sample: tuple[Business, Raw]) -> None:
    """What a run looks at; the digest looks back further."""
    business, raw = sample
    since, left = business.now.replace(tzinfo=None), 2
    while left:
        since -= timedelta(days=1)
        left -= business.is_business_day(since.date())
    talks = [(call["number"], call["at"]) for call in raw.calls if call["talked"]]
    missed = {
        call["number"] for call in raw.calls
        if call["in"] and not call["talked"] and call["number"] and call["at"] >= since
        and not any(number == call["number"] and at > call["at"] for number, at in talks)
    }  # fmt: skip
    numbers = {str(record["number"]): str(record["phone"]) for record in business.tables["missed_calls"].records}
    found = unanswered_calls(business).lines
    assert {numbers[line.record] for line in found} == {f"+1{number}" for number in missed}
    assert len(found) == len(missed) > 0
