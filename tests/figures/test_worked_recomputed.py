"""What the recipes and the people did in a real week: queue, done, settled, reasons and the measure of each recipe, counted a second time from the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.figures.raw_ledger import Ledger
from tests.figures.raw_office import Sample
from tests.figures.raw_sheets import Row, day_of, digits, group, is_business_day, line, numbers
from tests.figures.raw_week import TOLD_LAST, Week
from tests.figures.test_needs_recomputed import Line, needs

RECOMPUTED = {"queue", "reasons", "more_reasons", "done", "settled", "measured"}
"""The parts of the digest that these tests work out."""
TITLES = {
    "billing-check": "Billing check", "draft-invoices": "Draft invoices", "estimate-follow-up": "Estimate follow-up",
    "invoice-reminders": "Invoice reminders", "job-note-cleanup": "Job note cleanup", "lead-reply": "Answer to new leads",
    "missed-call-text-back": "Missed-call text-back", "note-flags": "Note flags",
}  # fmt: skip
MINUTES = 4
"""What a message saves, as the digest says itself."""


# ── the queue ──


def waiting(week: Week) -> list[Row]:
    """What is open, with whose turn it is: after more than three business days the owner's of the firm."""
    given = {row["review_id"]: row["owner"] for row in week.ledger.rows("SELECT review_id, owner FROM assignments ORDER BY id")}
    found = []
    for one in week.ledger.reviews:
        if one["state"] in ("open", "approved") and one["kind"] != "broken":
            until = date.fromisoformat(one["until"]) if one["until"] else None
            put_off = until is not None and until > week.raw.today
            since = one["at"].date()
            days = sum(is_business_day(since + timedelta(days=day)) for day in range(1, (week.raw.today - since).days + 1))
            owner = given.get(one["id"], one["owner"])
            found.append({**one, "turn": "owner" if days > 3 and not put_off else owner, "put_off": put_off})
    return found


def test_everybodys_queue(week: Week) -> None:
    expected = {}
    for owner in {one["turn"] for one in waiting(week)}:
        mine = [one for one in waiting(week) if one["turn"] == owner]
        here = [one for one in mine if one["state"] == "open" and not one["put_off"]]
        ages = [(week.raw.today - one["at"].date()).days for one in here]
        released = sum(one["state"] == "approved" for one in mine)
        expected[owner] = {
            "things": len(here),
            "urgent": 0,
            "oldest": max(ages),
            "put_off": sum(one["put_off"] for one in mine),
            "released": released,
        }
    assert numbers(week.weekly["queue"]) == numbers(week.daily["queue"]) == expected
    assert {key: max(one[key] for one in expected.values()) for key in ("put_off", "released")} == {"put_off": 1, "released": 1}


def test_the_reasons_that_are_told_and_how_many_more_there_are(week: Week) -> None:
    here = {one["id"]: one for one in waiting(week) if one["state"] == "open" and not one["put_off"]}
    for told in (week.weekly, week.daily):
        shown = [one["number"] for one in told["reasons"]]
        assert 0 < len(set(shown)) == len(shown) <= 5
        amounts = {number: here[number]["amount"] for number in shown}
        worth = {number: {} if amount is None else {"amount": float(Decimal(amount))} for number, amount in amounts.items()}
        assert numbers(told["reasons"]) == {str(number): {"number": number, **worth[number]} for number in shown}
        assert told["more_reasons"] == len(here) - len(shown)


# ── what was done ──


def done(week: Week, since: datetime) -> Row:
    """What each recipe did after a moment: messages that somebody has, tasks, answers, and what turned out not to have arrived."""
    ledger = week.ledger
    results = {row["words_id"]: row["at"] for row in ledger.rows("SELECT words_id, at FROM results WHERE state IN ('failed', 'unsent')")}
    found: dict[str, Row] = defaultdict(lambda: {"sent": 0, "outbox": 0, "tasks": 0, "answered": 0, "failed": 0, "in_doubt": 0})
    for one in ledger.messages:
        found[one["recipe"]]["sent"] += one["went"] and one["at"] > since
        found[one["recipe"]]["in_doubt"] += one["at"] > since and any(step["state"] in ("trying", "in_doubt") for step in one["steps"])
        found[one["recipe"]]["failed"] += one["lost"] and (one["at"] > since or one["id"] in results)
    for item in ledger.reviews:
        found[item["recipe"]]["tasks"] += item["kind"] == "task" and item["at"] > since
    for reply in ledger.replies:
        found[reply["message"]["recipe"]]["answered"] += reply["at"] > since
    return {TITLES[recipe]: counted for recipe, counted in found.items() if recipe in TITLES and any(counted.values())}


def test_what_was_done_in_the_week(week: Week) -> None:
    expected = done(week, datetime.combine(week.raw.today - timedelta(days=7), datetime.min.time()))
    assert numbers(week.weekly["done"]) == expected
    assert {key: max(one[key] for one in expected.values()) for key in ("sent", "tasks", "answered", "failed")} == {
        "sent": 20, "tasks": 10, "answered": 2, "failed": 1}  # fmt: skip
    assert expected["Estimate follow-up"]["answered"] == 2


def test_the_daily_summary_tells_what_was_done_since_the_last_one(week: Week) -> None:
    assert numbers(week.daily["done"]) == done(week, datetime.fromisoformat(TOLD_LAST))
    assert sum(one["sent"] for one in week.daily["done"]) == 0 < sum(one["answered"] for one in week.daily["done"])


def settled(week: Week, since: datetime) -> dict[str, dict[str, int]]:
    """What people called about, ticked off, dismissed and released after a moment, by whose list it stood on; each thing once."""
    called = {one["review_id"] for one in week.ledger.calls if one["at"] > since}
    found: dict[str, set[int]] = defaultdict(set)
    for item in week.ledger.reviews:
        states = [one["state"] for one in week.ledger.changes if one["review_id"] == item["id"] and one["at"] > since]
        last = states[-1] if states else ""
        released = "approved" in states and last in ("approved", "done")
        if item["id"] in called or last == "dismissed" or released or (last == "done" and item["kind"] == "task"):
            found[item["owner"]].add(item["id"])
    return {owner: {"things": len(items)} for owner, items in found.items()}


def test_what_people_settled(week: Week) -> None:
    weekly = settled(week, datetime.combine(week.raw.today - timedelta(days=7), datetime.min.time()))
    assert numbers(week.weekly["settled"]) == weekly
    assert weekly["office"]["things"] > 20
    assert numbers(week.daily["settled"]) == settled(week, datetime.fromisoformat(TOLD_LAST))


# ── is a recipe worth it ──


def measured(ledger: Ledger, recipe: str) -> Row:
    """Messages that were tried or wait, with what became of them; the days are the four weeks before, in which the whole ledger lies."""
    tried = [one for one in ledger.messages if one["recipe"] == recipe]
    left = [one for one in tried if one["went"]]
    wait = [
        one
        for one in ledger.reviews
        if one["recipe"] == recipe and one["kind"] == "message" and one["state"] in ("open", "approved", "dismissed")
    ]
    answers = [one for one in ledger.replies if one["message"] and one["message"]["recipe"] == recipe]
    return {
        "planned": len(tried) + len(wait), "sent": len(left), "written": sum(one["provider"] == "outbox" for one in tried),
        "delivered": sum(one["state"] == "delivered" for one in left), "minutes_saved": MINUTES * len(left),
        "answered": len({step["record"] for one in answers for step in one["message"]["steps"]}),
        "opted_out": len({one["address"] for one in answers if one["label"] == "stop"}), "won": 0,
    }  # fmt: skip


def test_the_measure_of_each_recipe(week: Week) -> None:
    expected = {recipe: measured(week.ledger, recipe) for recipe in TITLES}
    expected["invoice-reminders"] |= won(paid(week))
    expected["missed-call-text-back"] |= won(booked(week, "missed-call-text-back"))
    expected["lead-reply"] |= won(booked(week, "lead-reply"))
    assert numbers(week.weekly["measured"]) == {recipe: one for recipe, one in expected.items() if one["planned"]}
    assert week.daily["measured"] == []
    assert [expected[recipe]["won"] for recipe in ("invoice-reminders", "missed-call-text-back", "lead-reply")] == [1, 1, 0]


def won(amounts: Iterable[Decimal]) -> dict[str, Any]:
    kept = list(amounts)
    return {"won": len(kept), "won_amount": float(sum(kept))} if kept else {"won": 0}


def paid(week: Week) -> list[Decimal]:
    """Invoices that came in on the day of a reminder or in the two weeks after it."""
    invoices = {row["number"]: row for row in week.raw.sound}
    return [
        invoices[number]["total"] for number, day in week.raw.paid.items()
        if any(0 <= (day - at.date()).days <= 14 for at in week.ledger.sent("invoices", number))
    ]  # fmt: skip


def booked(week: Week, recipe: str) -> list[Decimal]:
    """Jobs that a caller booked on the day of a message or in the two weeks after it."""
    left = [(digits(one["address"]), one["at"].date()) for one in week.ledger.left if one["recipe"] == recipe]
    jobs = ((job["Total"], digits(job["Phone"]), day_of(job["Booked on"])) for job in week.raw.jobs)
    return [total for total, number, day in jobs if day and any(to == number and 0 <= (day - sent).days <= 14 for to, sent in left)]


# ── beside it ──


def test_a_promise_made_on_the_telephone_is_broken_when_its_day_is_over(week: Week) -> None:
    lists, today = needs(week), week.raw.today
    promised = {one["record"]: date.fromisoformat(one["promised_on"]) for one in week.ledger.calls if one["promised_on"]}
    broken = [row for row in week.raw.owing if row["number"] in promised and promised[row["number"]] < today]
    lists["promises-broken"] += [line(row, row["balance"], (today - promised[row["number"]]).days) for row in broken]
    lists["overdue"] = [one for one in lists["overdue"] if one[0] not in {row["row"] for row in broken}]
    assert len(broken) == 1
    hands = {key: [one for one in lines if in_hand(week, key, one)] for key, lines in lists.items()}
    assert numbers(week.weekly["needs"]) == {key: group(lines, len(hands[key])) for key, lines in lists.items() if lines}
    assert week.weekly["in_hand"] == week.daily["in_hand"] == sum(map(len, hands.values()))
    assert {key: len(lines) for key, lines in hands.items() if lines} == {"overdue": 4}
    waiting = [one for key, lines in lists.items() for one in lines if one not in hands[key]]
    assert (week.weekly["things"], week.weekly["at_stake"]) == (len(waiting), float(sum(amount for _, amount, _ in waiting if amount)))


TABLES = {"overdue": "invoices", "disputed": "invoices", "estimates-at-risk": "estimates", "estimates-stale": "estimates", "dangers": "note_flags",
          "leads-unanswered": "leads", "jobs-cannot-be-billed": "jobs", "jobs-not-billed": "jobs"}  # fmt: skip
SAME_JOB = {"note_gaps": "jobs", "ready_to_bill": "jobs"}


def in_hand(week: Week, key: str, told: Line) -> bool:
    """Somebody put it off, released it, ended it or reached them since it began, and nothing about it has been put before a person since."""
    place, _, days = told
    number = next((str(row.get("number") or row.get("Job #")) for row in every_row(week) if row["row"] == place), "")
    began = week.raw.today - timedelta(days=days or 0)
    records = week.ledger.rows("SELECT review_id, record FROM review_members")
    about = {one["review_id"] for one in records if str(one["record"]).partition("/")[0] == number}
    table = TABLES.get(key)
    items = [one for one in week.ledger.reviews if one["id"] in about and SAME_JOB.get(one["table_name"], one["table_name"]) == table]
    asked = [one["at"] for one in items if one["state"] == "open" and not put_off(one, week)]
    if any(one["state"] == "approved" or (one["state"] == "open" and put_off(one, week)) for one in items):
        return True
    over = {one["id"] for one in items if one["state"] == "dismissed" or (one["state"] == "done" and one["kind"] == "task")}
    ended = [one["at"] for one in week.ledger.changes if one["review_id"] in over and one["state"] in ("dismissed", "done") and not asked]
    calls = (one for one in week.ledger.calls if (one["table_name"], one["record"], one["outcome"]) == (table, number, "reached"))
    talked = [one["at"] for one in calls if not any(at > one["at"] for at in asked)]
    return any(at.date() >= began for at in (*ended, *talked))


def put_off(item: Row, week: Week) -> bool:
    return bool(item["until"]) and date.fromisoformat(item["until"]) > week.raw.today


def every_row(week: Week) -> list[Row]:
    return [*week.raw.invoices, *week.raw.estimates, *week.raw.leads, *week.raw.jobs]


def test_files_in_the_outbox_are_written_and_count_as_nothing_sent(tmp_path: Path) -> None:
    office, now = Sample(tmp_path / "office", date(2026, 11, 23)), "2026-11-23T09:30"
    office.saved(now, "*")
    recipes = ("estimate-follow-up", "invoice-reminders", "lead-reply")
    office.do("run", *recipes, "--send", now=now)
    office.do("review", "approve", *(str(one["id"]) for one in office.queue(now=now) if one["kind"] == "message"), now=now)
    office.do("run", *recipes, "--send", now=now)
    told = office.do("digest", "--weekly", "--format", "json", now="2026-11-24T12:00").json
    ledger = Ledger(office.folder / "ledger.db")
    assert numbers(told["measured"]) == {recipe: measured(ledger, recipe) for recipe in recipes}
    assert sum(one["written"] for one in told["measured"]) == sum(one["outbox"] for one in told["done"]) == len(office.outbox()) > 10
    assert {one["sent"] for one in (*told["measured"], *told["done"])} == {0}
