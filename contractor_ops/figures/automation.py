"""Whether each recipe works: what it planned and sent in these days, what came of it, and the time that it saved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.figures.bills import bills
from contractor_ops.figures.offers import offers
from contractor_ops.figures.values import Business, Window
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.views.books.what_counts import amount, meaning
from contractor_ops.views.catalogue import READABLE
from contractor_ops.views.moments import day_of, in_utc

WON_WITHIN = timedelta(days=14)
MINUTES_EACH = 4
"""What it takes to look up a customer, write a few words and note it down: an assumption, shown wherever it is used."""
_NEVER_LEFT = frozenset({"failed", "undelivered", "refused", "skipped", "released", "unsent"})
_AUTOMATIC = frozenset({"auto_reply"})


@dataclass(frozen=True, slots=True)
class Measured:
    """Whether a recipe is worth it, in the days of `window`.

    Messages are counted once, however many records one covers. `planned` are those that were tried and those that wait for a person or
    were dismissed. `won` are records paid, accepted or booked within 14 days of a message, `won_amount` their money where it is known.
    `opted_out` are people who answered one of them with stop.
    """

    recipe: str
    title: str
    planned: int
    sent: int
    delivered: int
    answered: int
    won: int
    won_amount: Decimal | None
    opted_out: int
    window: Window

    @property
    def minutes_saved(self) -> int:
        """The time that nobody had to spend."""
        return self.sent * MINUTES_EACH


def measured(business: Business, titles: Mapping[str, str], window: Window) -> tuple[Measured, ...]:
    """One for each recipe that planned a message in these days, in the order of `titles` (a recipe's key and its title)."""
    messages = _in(business.tables, "messages", "sent_at", window, business.now)
    replies = _in(business.tables, "replies", "received_at", Window(window.first, date.max), business.now)
    waiting = [one for one in _in(business.tables, "reviews", "created_at", window, business.now) if one["kind"] == "message"]
    won = _Won(business)
    found = (
        _of(
            recipe, title, [one for one in messages if one["recipe"] == recipe], [one for one in replies if one["recipe"] == recipe],
            [one for one in waiting if one["recipe"] == recipe and one["status"] in {"open", "approved", "dismissed"}], won, window,
        )
        for recipe, title in titles.items()
    )  # fmt: skip
    return tuple(one for one in found if one.planned)


def _of(
    recipe: str, title: str, steps: Sequence[Record], replies: Sequence[Record], waiting: Sequence[Record], won: "_Won", window: Window
) -> Measured:  # fmt: skip
    messages = {_message(step): step for step in steps if step["channel"]}
    sent = {key: step for key, step in messages.items() if step["status"] not in _NEVER_LEFT}
    about = {(str(step["table"]), str(step["record"])) for step in steps if step["channel"] and step["status"] not in _NEVER_LEFT}
    answers = {(reply["from"], reply["record"]) for reply in replies if reply["label"] not in _AUTOMATIC}
    wins = dict(won.of(steps))
    amounts = [one for one in wins.values() if one is not None]
    return Measured(
        recipe, title, len(messages) + len(waiting), len(sent), sum(step["status"] == "delivered" for step in sent.values()),
        len({record for _, record in answers} & {record for _, record in about}), len(wins), sum(amounts, Decimal(0)) if amounts else None,
        len({reply["from"] for reply in replies if reply["label"] == "stop"}), window,
    )  # fmt: skip


def _message(step: Record) -> tuple[object, ...]:
    """What steps of one message share."""
    return step["address"], step["sent_at"], step["notes"]


def _in(tables: Mapping[str, object], name: str, column: str, window: Window, now: datetime) -> list[Record]:
    table = tables.get(name)
    records: Iterable[Record] = getattr(table, "records", ())
    return [one for one in records if day_of(one[column], now) in window]


class _Won:
    """On which day, and for how much, each record was won, as far as the sheets tell."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self._days: dict[tuple[str, str], list[tuple[date, Decimal | None]]] = defaultdict(list)
        for table, record, day, worth in (*_paid(business), *_accepted(business), *_booked(business)):
            self._days[table, record].append((day, worth))

    def of(self, steps: Iterable[Record]) -> Iterator[tuple[tuple[str, str], Decimal | None]]:
        """The records of these messages that were won within 14 days of one."""
        for step in steps:
            moment, key = in_utc(step["sent_at"], self.business.now), (str(step["table"]), str(step["record"]))
            if moment is None or not step["channel"] or step["status"] in _NEVER_LEFT:
                continue
            first = moment.astimezone(self.business.now.tzinfo).date()
            keys = [key, ("callers", str(step["address"]))] if key[0] in {"missed_calls", "leads"} else [key]
            for day, worth in (won for one in keys for won in self._days.get(one, ())):
                if first <= day <= first + WON_WITHIN:
                    yield key, worth
                    break


def _paid(business: Business) -> Iterator[tuple[str, str, date, Decimal | None]]:
    for bill in bills(business):
        if bill.state == "paid" and bill.paid is not None:
            yield "invoices", _id(business, "invoices", bill.at), bill.paid, bill.total


def _accepted(business: Business) -> Iterator[tuple[str, str, date, Decimal | None]]:
    for offer in offers(business):
        if offer.answer == "accepted" and offer.approved is not None:
            yield "estimates", _id(business, "estimates", offer.at), offer.approved, offer.total


def _booked(business: Business) -> Iterator[tuple[str, str, date, Decimal | None]]:
    """A job that was booked by whoever has this number: what a call or a lead turns into."""
    table = business.tables.get("jobs")
    for job in table.records if table else ():
        day = day_of(job["booked_on"], business.now) or day_of(job["created_on"], business.now)
        if day is not None and job["phone"] and meaning(job) not in {"cancelled", "no-show"}:
            for number in str(job["phone"]).split(", "):
                yield "callers", number.partition(";")[0], day, amount(job, "total")


def _id(business: Business, table: str, at: int) -> str:
    return record_id(business.tables[table].records[at], READABLE[table]) or ""
