"""What customers owe: by how long it is overdue, what is disputed or kept back, credits, and promises that were not kept."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from contractor_ops.figures.ageing import group_of
from contractor_ops.figures.bills import NEEDS, Bill, bills
from contractor_ops.figures.credits import Credit, credits_of
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.values import Business, Group, Line, group
from contractor_ops.figures.windows import days_ago, days_in, said
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.customers import Customers
from contractor_ops.views.moments import day_of

TITLES = {
    "not-due": "Not yet due", "1-30": "1 to 30 days overdue", "31-60": "31 to 60 days overdue", "61-90": "61 to 90 days overdue",
    "over-90": "More than 90 days overdue", "no-date": "Invoices owed without a date", "disputed": "Invoices in dispute", "retainage": "Retainage",
}  # fmt: skip
"""Each invoice on which money is owed stands in one of these. What is due today is not overdue."""
_ONE = {"no-date": "invoice owed without a date", "disputed": "invoice in dispute"}
OVERDUE = ("1-30", "31-60", "61-90", "over-90")
_NO_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Promise:
    """A customer said that they would pay. `record` is the invoice's number; "" means all that this customer owed when they said so, `at`."""

    customer: str
    record: str
    promised_on: date
    at: datetime | None = None
    address: str = ""


def overdue(business: Business) -> tuple[Group, ...]:
    """What is owed by age, the groups of TITLES in their order; () where `lacking(business, *NEEDS)`. The groups add up to `owed`."""
    if lacking(business, *NEEDS):
        return ()
    found: dict[str, list[Line]] = {key: [] for key in TITLES}
    for key, one, _ in _open(business):
        found[key].append(one)
    return tuple(group(key, title, in_order(found[key]), _ONE.get(key, "")) for key, title in TITLES.items())


def owed(business: Business) -> Group:
    """Every invoice on which money is owed, due or not. Void ones, drafts, paid ones, what was written off, and credits are not among them."""
    return group(
        "owed", "Invoices on which money is owed", in_order(one for _, one, _ in _open(business)), "invoice on which money is owed"
    )


def past_due(business: Business) -> Group:
    """Every invoice that is overdue, however long, with those that the sheet calls overdue without a date; disputes and retainage are not among them."""
    lines = in_order(one for key, one, bill in _open(business) if key in OVERDUE or (key == "no-date" and bill.meaning == "overdue"))
    return group("past-due", "Overdue invoices", lines, "overdue invoice")


def credits(business: Business) -> Group:
    """What customers have to their credit: a line for each, with what they owe beside it. Amounts are above zero."""
    return group(
        "credits",
        "Credits of customers",
        in_order(_credit_line(one) for one in _credits(business)),
        "credit of a customer",
    )


def promises_broken(business: Business, promises: Iterable[Promise] = ()) -> Group:
    """Invoices that are still open although the day on which their customer promised to pay is over; the last promise holds.

    Promises come from people's calls (`promises`) and from the sheet's own column.
    """
    today = business.today
    lines = (
        replace(one, why=f"promised to pay by {said(day, today)}, {days_ago(day, today)}", days=(today - day).days)
        for one, day in _promised(business, sorted(promises, key=_when))
        if day < today
    )
    return group("promises-broken", "Promises to pay that were not kept", in_order(lines), "promise to pay that was not kept")


def _key(promise: Promise) -> str:
    """By what the customer is found: the address, else the name."""
    if "@" in promise.address:
        return promise.address.strip().lower()
    digits = _NO_DIGIT.sub("", promise.address)
    return digits[-10:] if digits else f"name {normal_name(promise.customer)}"


def _when(promise: Promise) -> tuple[bool, float, date]:
    """The order in which promises were made; those of which nobody knows the moment first."""
    return promise.at is not None, promise.at.timestamp() if promise.at else 0.0, promise.promised_on


def _promised(business: Business, promises: Sequence[Promise]) -> Iterator[tuple[Line, date]]:
    """The day that was promised last for each open invoice. A day in the sheet beats an earlier one that was told on the telephone."""
    if lacking(business, *NEEDS):
        return
    records = business.tables["invoices"].records
    told = days_in(column_of(records, "promised_on"), business.now)
    standing = {bill.at: bill for bill in bills(business, payments=False) if bill.state == "open" and (promises or told[bill.at])}
    lines = {at: _line(bill, records[at], "", business) for at, bill in standing.items()}
    by_record, by_key = _found_by(lines, records)
    days: dict[int, date] = {}
    for promise in promises:
        theirs = by_key.get(_key(promise), [])
        named = _of_them(by_record.get(promise.record, []), theirs) if promise.record else theirs
        days |= {at: promise.promised_on for at in named if _meant(promise, standing[at], business)}
    for at, one in lines.items():
        if latest := max(filter(None, (told[at], days.get(at))), default=None):
            yield one, latest


def _of_them(named: Sequence[int], theirs: Sequence[int]) -> Sequence[int]:
    """Of a number that several customers have, the invoice of whoever promised; all of them where nothing tells whose it is."""
    return [at for at in named if at in theirs] or named


def _found_by(lines: Mapping[int, Line], records: Sequence[Record]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Open invoices by their record, and by everything that tells whose they are."""
    by_record: dict[str, list[int]] = {}
    by_key: dict[str, list[int]] = {}
    who = Customers(records)
    for at, one in lines.items():
        by_record.setdefault(one.record, []).append(at)
        for key in who.keys(at):
            by_key.setdefault(key, []).append(at)
    return by_record, by_key


def _meant(promise: Promise, bill: Bill, business: Business) -> bool:
    """Whether a promise was about this invoice: what was billed after it was made was not."""
    made = day_of(promise.at, business.now)
    return bool(promise.record) or made is None or bill.issued is None or bill.issued <= made


def _open(business: Business) -> Iterator[tuple[str, Line, Bill]]:
    """Each invoice on which money is owed, with the group that it stands in."""
    if lacking(business, *NEEDS):
        return
    found, records = bills(business, payments=False), business.tables["invoices"].records
    credited = {at: credit for credit in credits_of(business, found) for at in credit.open_bills}
    for bill in found:
        if bill.state == "open":
            record = records[bill.at]
            key, why = group_of(bill, record, business.today)
            yield key, _line(bill, record, "; ".join((why, *_remarks(bill, record), *_beside(credited.get(bill.at)))), business), bill


def _line(bill: Bill, record: Record, why: str, business: Business) -> Line:
    since = bill.due or bill.issued
    return line(record, bill.owed, (business.today - since).days if since else None, why, "" if record["number"] else "open balance")


def _remarks(bill: Bill, record: Record) -> Iterable[str]:
    """What a person should know of the amount."""
    if bill.owed is None:
        total = f", of {dollars(bill.total)}" if bill.total is not None else ""
        yield f"how much is owed is not known{total}"
    if bill.stands_in:
        yield "the sheet has no balance: its total stands in"
    if record["status"] is None or bill.meaning is not None:
        return
    yield f'its status "{record["status"]}" is not known'


def _beside(credit: Credit | None) -> Iterable[str]:
    if credit:
        yield f"their credit of {dollars(credit.amount)} is not taken off"


def _credits(business: Business) -> Sequence[Credit]:
    """A total below zero is a credit in a sheet that tells nothing else, so that less is needed than for what is owed."""
    return credits_of(business, bills(business, payments=False)) if not lacking(business, NEEDS[0], NEEDS[-1]) else ()


def _credit_line(credit: Credit) -> Line:
    if credit.owes:
        left = credit.owes - credit.amount
        why = f"owes {dollars(credit.owes)}: {f'{dollars(left)} is left' if left > 0 else 'nothing is left to collect'}"
    else:
        why = "owes nothing that is known"
    first = credit.record
    return Line(
        f"credit of {credit.customer or 'an unknown customer'}", credit.customer, why, credit.amount, table="invoices",
        record=record_id(first, TABLES["invoices"]) or "", place=first.place,
    )  # fmt: skip
