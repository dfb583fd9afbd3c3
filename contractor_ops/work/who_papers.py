"""What a customer's papers say of money: estimates, requests and invoices that are open, what came in, and what was promised."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.figures.not_booked import fits_a_job
from contractor_ops.planning.people import Person
from contractor_ops.planning.screen import owed_on
from contractor_ops.reports.format import day, days_since
from contractor_ops.reports.who import Agreed
from contractor_ops.reports.who_papers import Bill, Offer, Paid, Request
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.views.books.what_counts import amount, meaning, numbers_in, received, sign_of, state_of
from contractor_ops.work.who_cells import day_in, numbers_of, text_in

_OPEN = frozenset({"draft", "sent", "viewed", None})
_SETTLED = frozenset({"paid", "void", "written-off"})
_NOT_OURS = frozenset({"draft", "void"})
_LATELY = timedelta(days=90)


# ── estimates ──


def offers(person: Person, now: datetime) -> tuple[Offer, ...]:
    """The estimates that are not settled, the latest first; also those that were accepted and that no job names."""
    named = numbers_of(job["estimate"] for job in person.of("jobs"))
    found = [_offer(one, now) for one in person.of("estimates") if meaning(one) in _OPEN or _waits_for_a_job(one, named, person)]
    found += [_change(one, now) for one in person.of("change_orders") if state_of(one) == "pending"]
    return tuple(sorted(found, key=lambda offer: offer.days if offer.days is not None else 0))


def _waits_for_a_job(estimate: Record, named: set[tuple[str, str]], person: Person) -> bool:
    if meaning(estimate) != "accepted" or estimate["job"] is not None or numbers_in(estimate["number"]) & named:
        return False
    return not fits_a_job(estimate, person.of("jobs"))


def _offer(record: Record, now: datetime) -> Offer:
    sent, made, expires = day_in(record["sent_on"]), day_in(record["created_on"]), day_in(record["expires_on"])
    remarks = {"draft": "a draft, not sent", "accepted": "accepted; no job is booked for it", None: "its status says nothing"}
    remark = remarks.get(meaning(record), "")
    return Offer(
        str(record["number"] or ""), text_in(record["title"]), amount(record, "total"), text_in(record["status"]) or None, sent, made,
        days_since(sent or made, now), expires, remark, text_in(record["notes"]), record.place,
    )  # fmt: skip


def _change(record: Record, now: datetime) -> Offer:
    made, job = day_in(record["requested_on"]), f" to job {record['job']}" if record["job"] else ""
    return Offer(
        f"change {record['number'] or ''}".strip(), text_in(record["description"]), amount(record, "amount"), text_in(record["status"]) or None,
        None, made, days_since(made, now), None, f"a change{job}, not approved yet", text_in(record["notes"]), record.place,
    )  # fmt: skip


def requests_of(person: Person) -> tuple[Request, ...]:
    """What the customer asked for and nobody has booked or given up, the latest first."""
    open_ones = (lead for lead in person.of("leads") if meaning(lead) in {"new", "contacted", None})
    found = [
        Request(
            str(one["number"] or ""), text_in(one["title"]), day_in(one["received_on"]), day_in(one["contacted_on"]), text_in(one["status"]) or None,
            one.place,
        )
        for one in open_ones
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.received_on or date.min, reverse=True))


# ── money ──


def bills(person: Person, now: datetime) -> tuple[Bill, ...]:
    """The invoices on which something is owed, the oldest due first, and credits after them."""
    found = [_bill(one, now) for one in person.of("invoices") if is_open(one)]
    return tuple(sorted(found, key=lambda bill: ((bill.owed or 0) < 0, bill.due_on or date.max, bill.number)))


def is_open(invoice: Record) -> bool:
    """Whether something is owed on an invoice, or may be; a credit is open too."""
    owed, means = owed_on(invoice), meaning(invoice)
    if means in _NOT_OURS or means == "written-off" or owed == 0:
        return False
    return owed is not None or (means not in _SETTLED and invoice["paid_on"] is None)


def _bill(record: Record, now: datetime) -> Bill:
    due, owed = day_in(record["due_on"]), owed_on(record)
    late = max((now.date() - due).days, 0) if due and (owed is None or owed > 0) else 0
    return Bill(
        str(record["number"] or ""), text_in(record["title"]), owed, amount(record, "total"), due, late, text_in(record["status"]) or None,
        "; ".join((*_unknown(owed), *remarks_on(record, owed))), text_in(record["notes"]), record.place,
    )  # fmt: skip


def _unknown(owed: Decimal | None) -> tuple[str, ...]:
    return ("the sheet does not tell what is still owed",) if owed is None else ()


def remarks_on(record: Record, owed: Decimal | None) -> Iterator[str]:
    """What is out of the ordinary about an open invoice."""
    if record["disputed"] is True or meaning(record) == "disputed":
        yield "disputed"
    if meaning(record) == "paid" and owed:
        yield "but its status says paid"
    if owed is not None and owed < 0:
        yield "a credit"


def payments_of(person: Person, payments: Table | None, now: datetime) -> tuple[Paid, ...]:
    """What came in during the last 90 days, the latest first; where there is no payments table, by the invoices that say when they were paid."""
    since = now.date() - _LATELY
    if payments is None:
        found = [_paid(one, amount(one, "paid") or amount(one, "total"), one["number"]) for one in person.of("invoices") if one["paid_on"]]
    else:
        sign = sign_of(payments.records)
        found = [_paid(one, received(one, sign), one["invoice"]) for one in person.of("payments")]
    return tuple(sorted((one for one in found if one.on and since <= one.on <= now.date()), key=lambda one: one.on or since, reverse=True))


def _paid(record: Record, came_in: Decimal | None, invoice: Value) -> Paid:
    return Paid(came_in, day_in(record["paid_on"]), text_in(invoice), text_in(record["method"]), record.place)


def agreed_in(person: Person, now: datetime) -> Iterator[Agreed]:
    """The days that invoices say payment was promised for."""
    for invoice in person.of("invoices"):
        promised = day_in(invoice["promised_on"])
        if promised and is_open(invoice):
            broken = f"; it is {(now.date() - promised).days} days past" if promised < now.date() else ""
            yield Agreed(f"payment of invoice {invoice['number'] or ''} was promised for {day(promised, now)}{broken}", promised, None)
