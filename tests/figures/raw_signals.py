"""How the office does, each signal by its own rule from the raw sheets and the ledger's rows: facts with the day on which they count, good or not."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.figures.raw_ledger import Ledger
from tests.figures.raw_sheets import LOST, OPEN, Raw, Row, digits, is_business_day, thin

Facts = list[tuple[date, bool]]
DAY, WEEK, MONTH, HALF_YEAR = timedelta(days=1), 7, 28, 180


def signals(raw: Raw, ledger: Ledger, clock: datetime) -> dict[str, Row]:
    """What the program should say of each: this week's part and whole, and those of the week before; of more days where a week has too few."""
    weeks: dict[str, Facts] = {
        "leads-contacted": list(leads(raw, ledger)),
        "calls-texted": calls(raw, ledger, clock),
        "estimates-followed-up": list(estimates(raw, ledger)),
        "notes-complete": [(job["done"], not thin(job)) for job in raw.jobs if job["done"]],
        "invoices-reminded": list(invoices(raw, ledger)),
        "exceptions-reviewed": [(one["at"].date(), one["looked_at"]) for one in ledger.reviews if one["kind"] != "broken" and is_counted(one)],
        "questions-replaced": questions(ledger, raw.today),
    }  # fmt: skip
    return {key: shared(facts, raw.today, WEEK) for key, facts in weeks.items()} | {
        "close-rate": shared(closed(raw), raw.today, HALF_YEAR), "collected-within-7": shared(collected(raw), raw.today, MONTH),
    }  # fmt: skip


def shared(facts: Facts, today: date, days: int) -> dict[str, Any]:
    """So many were good of so many, in the days that are over and in as many before them."""

    def counted(first: int, last: int) -> dict[str, int]:
        kept = [good for day, good in facts if first <= (today - day).days <= last]
        return {"part": sum(kept), "whole": len(kept)}

    return {**counted(1, days), "before": counted(days + 1, 2 * days)}


def leads(raw: Raw, ledger: Ledger) -> Iterator[tuple[date, bool]]:
    """Who asked should hear from us within 24 hours, by a message or a call that was taken."""
    for lead in raw.leads:
        called = [call["at"] for call in raw.calls if not call["in"] and call["talked"] and call["number"] == lead["phone"]]
        heard = any(lead["at"] <= at <= lead["at"] + DAY for at in called + ledger.sent("leads", lead["number"]))
        yield lead["at"].date() + DAY, heard


def calls(raw: Raw, ledger: Ledger, clock: datetime) -> Facts:
    """A caller whom nobody answered should have a text within half an hour; one caller's calls of a day are one."""
    half_an_hour = timedelta(minutes=30)
    texts = [(digits(one["address"]), one["at"]) for one in ledger.left if one["channel"] == "sms"]
    callers: dict[tuple[date, str], bool] = defaultdict(bool)
    for call in raw.calls:
        if call["in"] and not call["talked"] and call["number"] and call["at"] + half_an_hour <= clock:
            texted = any(to == call["number"] and call["at"] <= at <= call["at"] + half_an_hour for to, at in texts)
            callers[call["at"].date(), call["number"]] |= texted
    return [(day, texted) for (day, _), texted in callers.items()]


def estimates(raw: Raw, ledger: Ledger) -> Iterator[tuple[date, bool]]:
    """An offer should be followed up on the second day after it was sent or in the two days after that."""
    for row in raw.estimates:
        if row["status"] in OPEN | LOST or row["number"] in raw.taken:
            due = row["sent"] + 2 * DAY
            yield due + 2 * DAY, any(due <= at.date() <= due + 2 * DAY for at in ledger.sent("estimates", row["number"]))


def invoices(raw: Raw, ledger: Ledger) -> Iterator[tuple[date, bool]]:
    """An invoice that is not paid on its day should have a reminder between four days before and two days after."""
    owing = {row["number"] for row in raw.owing}
    for row in raw.invoices:
        paid = raw.paid.get(row["number"])
        if row["number"] in owing or (paid and paid > row["due"]):
            first, last = row["due"] - 4 * DAY, row["due"] + 2 * DAY
            yield last, any(first <= at.date() <= last for at in ledger.sent("invoices", row["number"]))


def is_counted(item: Row) -> bool:
    """What settled itself before anybody looked was nothing to look at."""
    return item["state"] != "gone" or bool(item["looked_at"])


def questions(ledger: Ledger, today: date) -> Facts:
    """On a working day somebody should have looked a thing up."""
    asked = {at.date() for at in ledger.questions}
    days = (today - ago * DAY for ago in range(1, 2 * WEEK + 1))
    return [(day, day in asked) for day in days if is_business_day(day)]


def collected(raw: Raw) -> Facts:
    """An invoice should be paid within a week of its date."""
    week = 7 * DAY
    return [(row["issued"] + week, raw.paid.get(row["number"], date.max) <= row["issued"] + week) for row in raw.sound]


def closed(raw: Raw) -> Facts:
    """Offers that were taken or not, on the day they were sent. A job made of one says that it was taken; one whose time is over was not."""
    return [
        (row["sent"], row["number"] in raw.taken)
        for row in raw.estimates
        if row["number"] in raw.taken or row["status"] in LOST or (row["status"] in OPEN and is_over(row, raw.today))
    ]


def is_over(row: Row, today: date) -> bool:
    """Whether its price holds no longer, or a month has gone by where the sheet does not say how long it holds."""
    return bool(row["expires"] < today if row["expires"] else (today - row["sent"]).days > 30)
