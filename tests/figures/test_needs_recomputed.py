"""What needs a decision and what is owed by age, worked out a second time from the workbooks and exports: every count, amount, age and row."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from tests.figures.raw_office import Told
from tests.figures.raw_sheets import WON, Raw, Row, digits, group, line, money, numbers, slashed, thin, total

RECOMPUTED = {"at_stake", "things", "in_hand", "needs", "ageing"}
"""The parts of the digest that these tests work out."""
Line = tuple[str, Decimal | None, int | None]
TITLES = {
    "dangers": "danger in a job note", "promises-broken": "promise to pay", "overdue": "overdue invoice", "disputed": "invoice in dispute",
    "jobs-cannot-be-billed": "finished job that cannot be billed", "jobs-not-billed": "finished job not billed", "billing-gaps": "billing gap",
    "estimates-at-risk": "estimate at risk", "estimates-stale": "estimate without an answer", "leads-unanswered": "lead that nobody",
    "calls-unanswered": "missed call that nobody", "papers-expired": "paper that has run out",
    "estimates-not-booked": "accepted estimate",
}  # fmt: skip


class Office(Protocol):
    """An office at a moment."""

    @property
    def raw(self) -> Raw: ...

    @property
    def clock(self) -> datetime: ...


def needs(told: Office) -> dict[str, list[Line]]:
    """Every list, by its own rule."""
    raw, today = told.raw, told.raw.today
    broken = [row for row in raw.owing if row["promised"] and row["promised"] < today]
    thin_ones = [row for row in raw.unbilled if thin(row)]
    ready = [row for row in raw.unbilled if not thin(row) and (today - row["done"]).days >= 3]
    return {
        "dangers": [line(row, None, (today - row["done"]).days) for row in raw.jobs if in_danger(row, raw)],
        "promises-broken": [line(row, row["balance"], (today - row["promised"]).days) for row in broken],
        "overdue": [line(row, row["balance"], (today - row["due"]).days) for row in raw.late if row not in broken],
        "disputed": [line(row, row["balance"], (today - row["due"]).days) for row in raw.owing if row["status"] == "Disputed"],
        "jobs-cannot-be-billed": [line(row, raw.to_bill(row), (today - row["done"]).days) for row in thin_ones],
        "jobs-not-billed": [line(row, raw.to_bill(row), (today - row["done"]).days) for row in ready],
        "billing-gaps": [*changes_not_billed(raw), *not_as_agreed(raw), *without_estimate(raw)],
        "estimates-at-risk": [line(row, row["total"], (today - row["sent"]).days) for row in of_estimates(raw, "at risk")],
        "estimates-stale": [line(row, row["total"], (today - row["sent"]).days) for row in of_estimates(raw, "stale")],
        "estimates-not-booked": [line(row, row["total"], (today - row["sent"]).days) for row in raw.estimates if not_booked(row, raw)],
        "leads-unanswered": [line(row, None, (today - row["at"].date()).days) for row in raw.leads if nobody_called(row, raw)],
        "calls-unanswered": list(callers(told)),
        "papers-expired": list(expired(raw)),
    }  # fmt: skip


def in_danger(job: Row, raw: Raw) -> bool:
    """A note of yesterday's work, of the day before or of today's tells of gas."""
    gas = re.search(r"\bgas leak|smell\w* (?:of )?gas", str(job["Notes"] or ""), re.IGNORECASE)
    return bool(gas) and job["done"] is not None and 0 <= (raw.today - job["done"]).days <= 2


def of_estimates(raw: Raw, state: str) -> Iterator[Row]:
    """Offers without an answer. They may slip away when the price soon holds no longer or after 30 days, and want a call after 7; past 90 they are history."""
    for row in raw.waiting:
        age = (raw.today - row["sent"]).days
        runs_out = row["expires"] is not None and row["expires"] <= raw.today + timedelta(days=7)
        found = "at risk" if runs_out or age > 30 else "stale" if age >= 7 else "fresh"
        if ("history" if age > 90 and found != "fresh" else found) == state:
            yield row


def not_booked(offer: Row, raw: Raw) -> bool:
    """The customer said yes more than two days ago and not last season, no job is made of it, and since it was sent they had none at all."""
    later = (job for job in raw.jobs if said(job["Customer"]) == said(offer["customer"]) and job["Scheduled start"].date() >= offer["sent"])
    named = any(job["Estimate #"] == offer["number"] for job in raw.jobs)
    return offer["status"] in ("accepted", "won") and 2 < (raw.today - offer["sent"]).days <= 90 and not named and not any(later)


def said(name: str) -> str:
    """A name as people say it: "Li, Ann" is Ann Li."""
    last, _, first = name.partition(", ")
    return f"{first} {last}" if first else name


def changes_not_billed(raw: Raw) -> Iterator[Line]:
    """The customer said yes to more work, the job's invoice is out, and the extra is on none."""
    billed = {str(row["job"]) for row in raw.sound}
    for row in raw.text("change_orders.csv"):
        if row["Status"] == "Approved" and row["Billed"] == "No" and row["Job #"] in billed:
            yield line(row, Decimal(row["Amount"]), (raw.today - slashed(row["Approved on"])).days)


def not_as_agreed(raw: Raw) -> Iterator[Line]:
    """An invoice is more than a dollar off the accepted offer and the extras that are billed."""
    offered = {row["number"]: row["total"] for row in raw.estimates if row["status"] in WON}
    extra = {row["Job #"]: Decimal(row["Amount"]) for row in raw.text("change_orders.csv") if row["Billed"] == "Yes"}
    for job in raw.jobs:
        sent = [row for row in raw.sound if row["job"] == job["Job #"]]
        if sent and job["Estimate #"] in offered:
            off = total(sent, "total") - offered[job["Estimate #"]] - extra.get(job["Job #"], Decimal(0))
            if abs(off) > 1:
                yield line(sent[-1], abs(off), (raw.today - sent[-1]["issued"]).days)


def without_estimate(raw: Raw) -> Iterator[Line]:
    """Work from 1,000 dollars on that goes ahead without an accepted offer: the job's whole total is in question."""
    accepted = {row["number"] for row in raw.estimates if row["status"] in WON}
    for job in raw.jobs:
        live = job["Status"] in ("Scheduled", "Completed", "Invoiced")
        if live and job["Total"] >= 1000 and job["Estimate #"] not in accepted:
            yield line(job, job["Total"], None)


def nobody_called(lead: Row, raw: Raw) -> bool:
    """The lead is still new, and nobody has talked with that number since it came."""
    return lead["status"] == "New" and not any(
        call["talked"] and call["number"] == lead["phone"] and call["at"] >= lead["at"] for call in raw.calls
    )


def callers(told: Office) -> Iterator[Line]:
    """Each number that rang in the last fifteen days, was not answered and has not been talked with since, by its last call."""
    last: dict[str, Row] = {}
    for call in told.raw.calls:
        if call["in"] and not call["talked"] and call["number"] and call["at"] >= told.clock - timedelta(days=15):
            last[call["number"]] = call
    for number, missed in last.items():
        if not any(call["talked"] and call["number"] == number and call["at"] > missed["at"] for call in told.raw.calls):
            yield line(missed, None, (told.raw.today - missed["at"].date()).days)


def expired(raw: Raw) -> Iterator[Line]:
    for row in raw.book("compliance.xlsx"):
        if row["Status"] != "Closed" and row["Expires"].date() < raw.today:
            yield line(row, None, (raw.today - row["Expires"].date()).days)


def kept(told: Told) -> dict[str, Any]:
    return {key: group(lines) for key, lines in needs(told).items() if lines}


def test_what_needs_a_decision(told: Told) -> None:
    assert numbers(told.weekly["needs"]) == kept(told)
    assert numbers(told.daily["needs"]) == kept(told)


def test_dangers_stand_first_then_what_weighs_most(told: Told) -> None:
    found = kept(told)
    order = sorted(found, key=lambda key: (key != "dangers", -found[key]["amount"], -found[key]["count"]))
    weights = [(key == "dangers", found[key]["amount"], found[key]["count"]) for key in order]
    assert [(one["key"] == "dangers", one["amount"], one["count"]) for one in told.weekly["needs"]] == weights
    for one in told.weekly["needs"]:
        amounts = [entry["amount"] for entry in one["lines"] if entry["amount"] is not None]
        assert amounts == sorted(amounts, reverse=True)


def test_the_one_number_and_what_it_is_made_of(told: Told) -> None:
    lists = needs(told)
    at_stake = sum(
        {(key == "billing-gaps", place): amount for key, lines in lists.items() for place, amount, _ in lines if amount}.values()
    )
    things = sum(map(len, lists.values()))
    assert told.weekly["in_hand"] == told.daily["in_hand"] == 0  # nobody has worked here yet
    assert (told.weekly["at_stake"], told.weekly["things"]) == (told.daily["at_stake"], told.daily["things"]) == (float(at_stake), things)
    shown = [kept(told)[one["key"]]["count"] for one in told.weekly["needs"][:2]]
    assert len(told.weekly["needs"]) > 3
    words = re.sub(r"for \d+ days", "", told.daily["subject"])
    assert [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)] == [round(at_stake), *shown, things - sum(shown)]
    assert told.weekly["subject"].replace("This week: ", "") == told.daily["subject"]


def test_each_list_is_called_what_it_is(told: Told) -> None:
    for one in told.weekly["needs"]:
        plain = TITLES[one["key"]].split()[0]
        assert plain.rstrip("s") in one["title"].lower(), one["title"]


def test_what_is_too_old_to_decide_on(told: Told) -> None:
    old = list(of_estimates(told.raw, "history"))
    said = f"{len(old)} estimates without an answer for more than 90 days (${total(old, 'total'):,.2f}) are left out: close what is lost in the sheet."
    assert len(old) > 1
    assert [sentence for sentence in told.daily["left_out"] if re.search(r"\d", sentence)] == [said]
    assert said in told.weekly["left_out"]


def test_what_is_owed_by_age(told: Told) -> None:
    raw = told.raw

    def aged(first: int, last: int) -> Row:
        days = {row["number"]: (raw.today - row["due"]).days for row in raw.owing if row["status"] != "Disputed"}
        rows = (row for row in raw.owing if first <= days.get(row["number"], 999_999) <= last)
        return group(line(row, row["balance"], days[row["number"]]) for row in rows)

    ages = {"not-due": aged(-9999, 0), "1-30": aged(1, 30), "31-60": aged(31, 60), "61-90": aged(61, 90), "over-90": aged(91, 9999)}
    ages["disputed"] = group(needs(told)["disputed"])
    assert numbers(told.weekly["ageing"]) == numbers(told.daily["ageing"]) == ages
    assert sum(one["amount"] for one in ages.values()) == float(total(raw.owing, "balance"))


def test_the_changed_office_is_another_one(told: Told) -> None:
    """Else a figure that never moves would pass: what its people changed must show."""
    numbers_of = {digits(call["number"]) for call in told.raw.calls}
    paid = next(
        row
        for row in told.raw.invoices
        if row["customer"] == "Maple Court Condominiums" and money(4125) in (row["balance"], row["total"] - 2500)
    )
    assert ("3125550198" in numbers_of) == (paid["balance"] == 0)
