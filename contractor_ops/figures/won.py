"""What came of messages: invoices that were paid, estimates that were accepted, jobs that were booked, each once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from contractor_ops.figures.bills import NEEDS, bills
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.messages import left
from contractor_ops.figures.offers import offers
from contractor_ops.figures.values import Business
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.books.what_counts import amount, meaning
from contractor_ops.views.catalogue import READABLE
from contractor_ops.views.moments import day_of, in_utc

WON_WITHIN = timedelta(days=14)
_ASKED = frozenset({"missed_calls", "leads"})
_BOOKED_NEEDS = ("jobs", "jobs.phone", "jobs.booked_on|jobs.created_on")
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "invoices": (*NEEDS, "invoices.paid_on|payments"), "estimates": ("estimates", "estimates.approved_on"), "leads": _BOOKED_NEEDS,
    "missed_calls": _BOOKED_NEEDS,
}  # fmt: skip
"""What must be kept to tell what came of messages about a table."""
Thing = tuple[str, str, str]
"""Table, number and customer of what was won, whatever the messages were about."""
Wins = Mapping[Thing, Decimal | None]


class _Win(NamedTuple):
    """What was won, on which day, at which moment where a sheet tells that, and what it is worth."""

    thing: Thing
    day: date
    at: datetime | None
    worth: Decimal | None


def won_unknown(business: Business, tables: Iterable[str]) -> str:
    """Why nobody can tell what came of messages about these tables, "" where somebody can."""
    return next((why for table in sorted(tables) if (why := lacking(business, *_NEEDS.get(table, ())))), "")


def wins_of(business: Business, messages: Iterable[Record]) -> Mapping[str, Wins]:
    """What each recipe won. Of several messages before a win the last one has it, so that nothing is counted for two."""
    by_key = _by_key(business)
    last: dict[Thing, tuple[datetime, str, _Win]] = {}
    for message in messages:
        moment = in_utc(message["sent_at"], business.now)
        if moment is None or not message["channel"] or not left(message):
            continue
        for win in _after(message, moment, by_key, business):
            if win.thing not in last or last[win.thing][:2] < (moment, str(message["recipe"])):
                last[win.thing] = moment, str(message["recipe"]), win
    found: dict[str, dict[Thing, Decimal | None]] = defaultdict(dict)
    for _, recipe, win in last.values():
        found[recipe][win.thing] = win.worth
    return found


def _after(message: Record, moment: datetime, by_key: Mapping[tuple[str, str], list[_Win]], business: Business) -> Iterator[_Win]:
    """What was won on the day of a message, where the sheet tells the time after it, and in the 14 days that follow."""
    table, first = str(message["table"]), moment.astimezone(business.now.tzinfo).date()
    keys = [(table, str(message["record"])), *([("callers", str(message["address"]))] if table in _ASKED else [])]
    for win in (one for key in keys for one in _of_customer(by_key.get(key, ()), message["customer"])):
        if first <= win.day <= first + WON_WITHIN and (win.at is None or win.at >= moment):
            yield win


def _of_customer(wins: Sequence[_Win], customer: Value) -> Sequence[_Win]:
    """Of a number that several customers have, what is this customer's; all of it where no name tells them apart."""
    same = [win for win in wins if win.thing[2] == normal_name(str(customer or ""))] if wins and wins[0].thing[0] != "jobs" else []
    return same or wins


def _by_key(business: Business) -> Mapping[tuple[str, str], list[_Win]]:
    """What was won, by the record or the caller that a message may be about."""
    found: dict[tuple[str, str], list[_Win]] = defaultdict(list)
    for key, win in (*_paid(business), *_accepted(business), *_booked(business)):
        found[key].append(win)
    return found


def _paid(business: Business) -> Iterator[tuple[tuple[str, str], _Win]]:
    for bill in bills(business) if not lacking(business, *_NEEDS["invoices"]) else ():
        if bill.state == "paid" and bill.paid is not None:
            record = business.tables["invoices"].records[bill.at]
            yield _of(record, bill.paid, record["paid_on"], bill.total, business)


def _accepted(business: Business) -> Iterator[tuple[tuple[str, str], _Win]]:
    for offer in offers(business) if not lacking(business, *_NEEDS["estimates"]) else ():
        if offer.answer == "accepted" and offer.approved is not None:
            record = business.tables["estimates"].records[offer.at]
            yield _of(record, offer.approved, record["approved_on"], offer.total, business)


def _booked(business: Business) -> Iterator[tuple[tuple[str, str], _Win]]:
    """A job that was booked by whoever has this number: what a call or a lead turns into."""
    for job in business.tables["jobs"].records if not lacking(business, *_BOOKED_NEEDS) else ():
        when = job["booked_on"] or job["created_on"]
        day = day_of(when, business.now)
        if day is not None and job["phone"] and meaning(job) not in {"cancelled", "no-show"}:
            _, win = _of(job, day, when, amount(job, "total"), business)
            for number in str(job["phone"]).split(", "):
                yield ("callers", number.partition(";")[0]), win


def _of(record: Record, day: date, when: Value, worth: Decimal | None, business: Business) -> tuple[tuple[str, str], _Win]:
    """A record that was won, under its table and number; the time of `when` counts where it is of that day."""
    number = record_id(record, READABLE[record.table]) or str(record.place)
    at = in_utc(when, business.now) if day_of(when, business.now) == day else None
    return (record.table, number), _Win((record.table, number, normal_name(str(record["customer"] or ""))), day, at, worth)
