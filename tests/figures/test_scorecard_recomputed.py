"""Where the office leaks, worked out a second time from its files: each leak's counts, money, rows and lines, how sure it is, and which comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from tests.figures.raw_office import ZONE, Told
from tests.figures.raw_sheets import Raw, Row, digits, is_business_day, line, numbers, thin, total
from tests.figures.raw_signals import closed
from tests.figures.test_needs_recomputed import changes_not_billed, nobody_called, not_as_agreed

RECOMPUTED = {"money", "money_by_sureness", "leaks", "tight"}
"""The parts of the scorecard that these tests work out; how old its sources are stands with those of the digest."""
SURE = ("sure", "fairly sure", "a guess")
WEIGHT = {"sure": Decimal(1), "fairly sure": Decimal("0.7"), "a guess": Decimal("0.3")}
Line = tuple[str, Decimal | None, int | None]


@dataclass(frozen=True)
class Leak:
    """What a leak should come to; `files` are what it was read from, of which an old one makes it less sure."""

    part: int
    whole: int
    money: Decimal | None
    rows: int
    lines: list[Line]
    sure: str
    files: tuple[str, ...]


def leaks(told: Told) -> dict[str, Leak]:
    raw, today = told.raw, told.raw.today
    thin_ones = [row for row in raw.unbilled if thin(row) and row["done"] < today]
    forgotten = [row for row in raw.unbilled if not thin(row) and (today - row["done"]).days >= 3]
    gaps = [*changes_not_billed(raw), *not_as_agreed(raw)]
    papers = [raw.jobs, raw.estimates, raw.text("change_orders.csv"), raw.invoices, raw.payments]
    done = [row for row in raw.jobs if row["Status"] in ("Completed", "Invoiced")]
    owed = total(raw.late, "balance")
    credit = -sum(row["balance"] for row in raw.invoices if row["balance"] < 0)
    return {
        "notes-thin": Leak(len(thin_ones), len(raw.unbilled), sum_of(raw.to_bill(row) for row in thin_ones), len(raw.jobs), of_jobs(thin_ones, raw), "sure", ("jobs.xlsx",)),
        "jobs-unbilled": Leak(
            len(forgotten), len(done), sum_of(raw.to_bill(row) for row in forgotten), len(raw.jobs), of_jobs(forgotten, raw), "sure", ("jobs.xlsx", "exports/inv*.csv")
        ),
        "invoices-late": Leak(
            len(raw.late), len(raw.owing), sum_of(row["balance"] for row in raw.late), len(raw.invoices),
            [line(row, row["balance"], (today - row["due"]).days) for row in raw.late], "fairly sure" if 10 * credit > owed else "sure", ("exports/inv*.csv",)
        ),
        "billing-gaps": Leak(
            len(gaps), len(raw.jobs), sum((amount for _, amount, _ in gaps if amount), Decimal(0)) if gaps else None, sum(map(len, papers)), gaps,
            "fairly sure", ("jobs.xlsx", "estimates.xlsx", "change_orders.csv", "exports/inv*.csv", "payments.csv")
        ),
        "estimates-quiet": quiet(raw), "leads-unanswered": leads(raw), "calls-unanswered": calls(raw),
    }  # fmt: skip


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


def of_jobs(rows: Iterable[Row], raw: Raw) -> list[Line]:
    return [line(row, raw.to_bill(row), (raw.today - row["done"]).days) for row in rows]


def rate(raw: Raw) -> tuple[int, int]:
    """How many offers of half a year were taken, of those that had their time."""
    facts = [won for day, won in closed(raw) if 1 <= (raw.today - day).days <= 180]
    return sum(facts), len(facts)


def expected(raw: Raw, amount: Decimal) -> Decimal:
    won, answered = rate(raw)
    return (amount * won / answered).quantize(Decimal(1))


def typical(raw: Raw) -> Decimal:
    """The offer in the middle of those that were taken in half a year."""
    return Decimal(
        median(row["total"] for row in raw.estimates if row["number"] in raw.taken and 1 <= (raw.today - row["sent"]).days <= 180)
    )


def quiet(raw: Raw) -> Leak:
    """Offers of a week ago or longer without an answer and without a job; what is older than 90 days brings nothing into the sum."""
    old = [row for row in raw.waiting if (raw.today - row["sent"]).days >= 7]
    young = [row["total"] for row in old if (raw.today - row["sent"]).days <= 90 and row["total"] is not None]
    lines = [line(row, row["total"], (raw.today - row["sent"]).days) for row in old]
    sure = "fairly sure" if rate(raw)[1] >= 10 else "a guess"
    return Leak(len(old), len(raw.waiting), expected(raw, sum(young, Decimal(0))), len(raw.estimates), lines, sure, ("estimates.xlsx",))


def is_due(day: date, today: date) -> bool:
    """Since then a business day has gone by, and not more than 90 days."""
    ago = (today - day).days
    return ago <= 90 and any(is_business_day(day + timedelta(days=later)) for later in range(ago))


def leads(raw: Raw) -> Leak:
    """New leads whom nobody called and for whom nothing was written since."""
    recent = [lead for lead in raw.leads if is_due(lead["at"].date(), raw.today)]
    waiting = [lead for lead in recent if nobody_called(lead, raw) and not has_papers(lead, raw)]
    lines = [line(lead, None, (raw.today - lead["at"].date()).days) for lead in waiting]
    money = expected(raw, typical(raw) * len(waiting)) if waiting else None
    return Leak(len(waiting), len(recent), money, len(recent), lines, "a guess" if waiting else "sure", ("leads.csv",))


def has_papers(lead: Row, raw: Raw) -> bool:
    """An offer, a job or a bill of that number or address, of the lead's day or later."""
    papers = [(row["phone"], row["email"], row["sent"]) for row in raw.estimates] + [
        (row["phone"], "", row["issued"]) for row in raw.invoices
    ]
    papers += [(row["Phone"], row["Email"], day.date()) for row in raw.jobs for day in (row["Booked on"], row["Scheduled start"]) if day]
    same = (day for phone, email, day in papers if digits(phone) == lead["phone"] or (email and email == lead["email"]))
    return any(day is not None and day >= lead["at"].date() for day in same)


def calls(raw: Raw) -> Leak:
    """Callers of 90 days who were missed a business day ago or longer, and with whom nobody has talked since; who is a new lead is counted there."""
    missed = [call for call in raw.calls if call["in"] and not call["talked"] and is_due(call["at"].date(), raw.today)]
    last = {call["number"] or call["row"]: call for call in missed}
    new = {lead["phone"] for lead in raw.leads if is_due(lead["at"].date(), raw.today) and nobody_called(lead, raw)}
    waiting = [call for number, call in last.items() if call["number"] and number not in new and not talked(call, raw)]
    known = {digits(row["Phone"]) for row in raw.book("customers.xlsx")} | {lead["phone"] for lead in raw.leads}
    strangers = sum(call["number"] not in known and not call["name"] for call in waiting)
    lines = [line(call, None, (raw.today - call["at"].date()).days) for call in waiting]
    rows = sum(is_due(call["at"].date(), raw.today) for call in raw.calls)
    money = expected(raw, typical(raw) * strangers) if strangers else None
    return Leak(len(waiting), len(last), money, rows, lines, "a guess" if strangers else "sure", ("exports/calls*.csv",))


def talked(missed: Row, raw: Raw) -> bool:
    return any(call["talked"] and call["number"] == missed["number"] and call["at"] > missed["at"] for call in raw.calls)


def sureness(one: Leak, told: Told) -> str:
    """One degree less where a sheet is of more than a week ago."""
    saved = [file.stat().st_mtime for pattern in one.files for file in told.office.folder.glob(pattern)]
    ages = [(told.raw.today - datetime.fromtimestamp(at, ZONE).date()).days for at in saved]
    return SURE[min(SURE.index(one.sure) + (max(ages) > 7), 2)]


def as_numbers(one: Leak) -> Row:
    lines = {
        place: {key: value for key, value in (("amount", amount), ("days", days)) if value is not None} for place, amount, days in one.lines
    }
    told: dict[str, Any] = {"part": one.part, "whole": one.whole, "money": one.money, "rows": one.rows, "lines": lines}
    return {key: value for key, value in told.items() if value is not None and value != {}}


def test_every_leak(told: Told) -> None:
    found = leaks(told)
    assert numbers(told.scorecard["leaks"]) == {key: as_numbers(one) for key, one in found.items() if one.part}
    assert numbers(told.scorecard["tight"]) == {key: as_numbers(one) for key, one in found.items() if not one.part}
    assert {one["key"]: one["sure"] for one in told.scorecard["leaks"]} == {
        key: sureness(one, told) for key, one in found.items() if one.part
    }


def test_the_money_and_how_sure_it_is(told: Told) -> None:
    found = [(sureness(one, told), one.money) for one in leaks(told).values() if one.part and one.money]
    assert told.scorecard["money"] == float(sum(money for _, money in found))
    sums = {sure: float(sum(money for how, money in found if how == sure)) for sure in SURE}
    assert told.scorecard["money_by_sureness"] == {sure: money for sure, money in sums.items() if money}


def test_which_leak_is_worth_mending_first(told: Told) -> None:
    def weight(key: str) -> tuple[bool, Decimal, int]:
        one = leaks(told)[key]
        return one.money is None, -(one.money or Decimal(0)) * WEIGHT[sureness(one, told)], -max(days or 0 for _, _, days in one.lines)

    order = sorted((key for key, one in leaks(told).items() if one.part), key=weight)
    assert [one["key"] for one in told.scorecard["leaks"]] == order
    assert told.scorecard["first"] == order[0]
