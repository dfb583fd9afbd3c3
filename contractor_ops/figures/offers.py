"""What was offered: estimates that wait for an answer, those that are going cold, and how many are won."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.links import Names
from contractor_ops.figures.tally import share
from contractor_ops.figures.values import Business, Group, Line, Share, Window, group
from contractor_ops.figures.windows import days_ago, days_in, last_days, said
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.moments import day_of

NEEDS = ("estimates", "estimates.status|estimates.approved_on", "jobs?")
"""What must be kept to tell what became of an estimate; a job that names it says more than its status."""
STALE_AFTER = 7
EXPIRES_WITHIN = 7
TOO_OLD_AFTER = 30
RATE_OVER = 180
"""Days of estimates that tell how many are accepted: four weeks of a small office have too few that have had their time."""
Answer = Literal["open", "accepted", "declined", "draft", "unclear"]
_ANSWERS: Mapping[str | None, Answer] = {
    "draft": "draft", "sent": "open", "viewed": "open", "accepted": "accepted", "converted": "accepted", "declined": "declined",
    "expired": "declined",
}  # fmt: skip


class Offer(NamedTuple):
    """One estimate: its position, what became of it, what it is worth, its days. `sent_told` is whether the sheet says itself when it was sent.

    One that a job names was accepted, whatever its status says.
    """

    at: int
    answer: Answer
    total: Decimal | None
    sent: date | None
    sent_told: bool
    approved: date | None
    expires: date | None


def offers(business: Business) -> list[Offer]:
    """Every estimate, in the order of the sheet; none where the office keeps no estimates."""
    return list(_offers(business)) if "estimates" in business.tables else []


def by_age(business: Business, stale_after: int = STALE_AFTER) -> tuple[Group, ...]:
    """Open estimates in three groups, each estimate in one: at risk, stale, and those that have still time."""
    if lacking(business, *NEEDS):
        return ()
    titles = {
        "at-risk": ("Estimates at risk", "estimate at risk"),
        "stale": (f"Estimates without an answer for {stale_after} days", f"estimate without an answer for {stale_after} days"),
        "fresh": ("Estimates that have time yet", "estimate that has time yet"),
    }
    found: dict[str, list[Line]] = {key: [] for key in titles}
    for key, one in _waiting(business, stale_after):
        found[key].append(one)
    return tuple(group(f"estimates-{key}", title, in_order(found[key]), one) for key, (title, one) in titles.items())


def close_rate(business: Business, window: Window | None = None) -> Share:
    """How many estimates were accepted, of those that have had their time; of half a year, where nobody asks for other days."""
    days = window or last_days(business.today, RATE_OVER)
    sentence = (
        "Estimates accepted, or named by a job, of those sent in these days that were answered or have had their time: "
        f"they have expired, or are older than {TOO_OLD_AFTER} days where the sheet does not say when they expire."
    )
    title = f"Close rate over {(days.last - days.first).days + 1} days"
    why = lacking(business, *NEEDS)
    facts = _closed(business) if not why else ()
    return share("close-rate", title, sentence, facts, days, why, "no estimate that was sent in these days has had its time")


def named_by_a_job(business: Business) -> frozenset[int]:
    """The positions of the estimates for which a job has been made; of a number that two customers have, that of the job's."""
    table, jobs = business.tables["estimates"], business.tables.get("jobs")
    if jobs is None or not jobs.has("estimate"):
        return frozenset()
    names = Names(jobs.records, "estimate", table.records)
    return frozenset(at for row in range(len(jobs.records)) for rows in names.of(row) for at in rows)


def _closed(business: Business) -> Iterator[tuple[date, int, int]]:
    """Each estimate of which it is known what came of it, on the day it was sent. One without an answer in its time is lost, as far as anybody can tell."""
    for one in offers(business):
        if one.sent is None or one.answer in {"draft", "unclear"}:
            continue
        if one.answer in {"accepted", "declined"} or _has_had_its_time(one, business.today):
            yield one.sent, int(one.answer == "accepted"), 1


def _has_had_its_time(one: Offer, today: date) -> bool:
    if one.expires is not None:
        return one.expires < today
    return one.sent is not None and (today - one.sent).days > TOO_OLD_AFTER


def _offers(business: Business) -> Iterator[Offer]:
    records, now = business.tables["estimates"].records, business.now
    statuses = column_of(records, "status")
    answers = {
        word: _ANSWERS.get(meaning_of(str(word), TABLES["estimates"].statuses), "unclear") for word in set(statuses) if word is not None
    }
    named = named_by_a_job(business)
    columns = (days_in(column_of(records, name), now) for name in ("sent_on", "created_on", "approved_on", "expires_on"))
    for at, (status, total, sent, created, approved, expires) in enumerate(
        zip(statuses, column_of(records, "total"), *columns, strict=True)
    ):
        worth = total if isinstance(total, Decimal) else None
        answer: Answer = "accepted" if at in named else _answer(answers.get(status), approved)
        yield Offer(at, answer, worth, sent or created, sent is not None, approved, expires)


def _answer(by_status: Answer | None, approved: date | None) -> Answer:
    """What the status says; where it says nothing, or that there is no answer yet, a day of approval is one."""
    if approved is not None and by_status in {None, "open"}:
        return "accepted"
    return by_status or "unclear"


def _waiting(business: Business, stale_after: int) -> Iterator[tuple[str, Line]]:
    """Each open estimate with the group that it stands in."""
    if lacking(business, *NEEDS):
        return
    records, wrote = business.tables["estimates"].records, _last_words(business)
    for one in offers(business):
        if one.answer == "open":
            record = records[one.at]
            spoke = wrote.get(str(record["number"]))
            key, why = _age(one, spoke, business.today, stale_after)
            days = (business.today - one.sent).days if one.sent else None
            yield key, line(record, one.total, days, "; ".join((why, *_remarks(one, record))))


def _age(one: Offer, spoke: date | None, today: date, stale_after: int) -> tuple[str, str]:
    if one.expires and one.expires <= today + timedelta(days=EXPIRES_WITHIN):
        verb = "expired" if one.expires < today else "expires"
        return "at-risk", f"{verb} {said(one.expires, today)}, {days_ago(one.expires, today)}"
    if one.sent is None:
        return "fresh", "nobody knows since when"
    since = f"{'sent' if one.sent_told else 'written'} {said(one.sent, today)}, {days_ago(one.sent, today)}"
    if (today - one.sent).days > TOO_OLD_AFTER:
        return "at-risk", since
    last = max(one.sent, spoke or one.sent)
    if spoke and spoke > one.sent:
        since = f"{since}; the customer wrote {days_ago(spoke, today)}"
    return ("stale" if (today - last).days >= stale_after else "fresh"), since


def _remarks(one: Offer, record: Record) -> Iterator[str]:
    if one.sent and not one.sent_told:
        problem = record.problems.get("sent_on")
        yield f'the day it was sent, "{problem.value}", cannot be read' if problem else "the sheet does not say when it was sent"
    if one.total is None:
        problem = record.problems.get("total")
        yield f'its total "{problem.value}" cannot be read' if problem else "without a total"


def _last_words(business: Business) -> dict[str, date]:
    """When the customer last answered a message about an estimate, by the estimate's number."""
    if "replies" not in business.tables or "messages" not in business.tables:
        return {}
    about = {(one["recipe"], one["record"]) for one in business.tables["messages"].records if one["table"] == "estimates"}
    found: dict[str, date] = {}
    for reply in business.tables["replies"].records:
        day = day_of(reply["received_at"], business.now)
        if day and (reply["recipe"], reply["record"]) in about and reply["label"] != "auto_reply":
            number = str(reply["record"])
            found[number] = max(day, found.get(number, day))
    return found
