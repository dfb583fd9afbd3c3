"""What a customer's papers say: visits that are booked, estimates and invoices that are open, what came in, and the jobs of the last year."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.planning.people import Person
from contractor_ops.planning.screen import owed_on
from contractor_ops.reports.format import day, days_since
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.who import Agreed, Bill, Done, Offer, Paid, Request, Visit
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.views.books.what_counts import amount, meaning, numbers_in, received, sign_of, state_of

_AHEAD = frozenset({"booked", "scheduled", "under-way", "on-hold", None})
_OPEN = frozenset({"draft", "sent", "viewed", None})
_SETTLED = frozenset({"paid", "void", "written-off"})
_NOT_OURS = frozenset({"draft", "void"})
_A_YEAR = timedelta(days=365)
_LATELY = timedelta(days=90)


def day_in(value: Value) -> date | None:
    """The day of a cell, None where it is no day."""
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _text(value: Value) -> str:
    return one_line(str(value)) if value is not None else ""


# ── visits ──


def visits_of(person: Person, now: datetime) -> tuple[Visit, ...]:
    """What is booked, the next first; then what was to be done before today and is not marked as done, and what has no day."""
    told = _numbers(visit["job"] for visit in person.of("visits") if _is_ahead(visit, now))
    jobs = {core: job for job in person.of("jobs") for core in numbers_in(job["number"])}
    found = [_visit(one, _job_of(one, jobs)) for one in person.of("visits") if _is_ahead(one, now)]
    found += [_visit(job, None) for job in person.of("jobs") if _is_ahead(job, now) and not numbers_in(job["number"]) & told]
    return tuple(sorted(found, key=lambda visit: _next_first(visit, now)))


def _numbers(cells: Iterable[Value]) -> set[tuple[str, str]]:
    return {core for cell in cells for core in numbers_in(cell)}


def _is_ahead(record: Record, now: datetime) -> bool:
    """Whether work is still to be done. A day that has gone by counts for a year, and only where a status says that it was not done."""
    means, on = meaning(record), day_in(record["starts_at"]) or day_in(record["scheduled_on"])
    if record["completed_on"] is not None or means not in _AHEAD:
        return False
    if on is None or on < now.date():
        return means is not None and (on is None or on >= now.date() - _A_YEAR)
    return True


def _job_of(visit: Record, jobs: dict[tuple[str, str], Record]) -> Record | None:
    return next((jobs[core] for core in numbers_in(visit["job"]) if core in jobs), None)


def _visit(record: Record, job: Record | None) -> Visit:
    def cell(name: str) -> Value:
        return record[name] if record[name] is not None else job[name] if job else None

    when, until, booked, confirmed = _when(record), record["ends_at"], cell("booked_on") or cell("created_on"), cell("confirmed")
    number = str((record["job"] or record["number"] if record.table == "visits" else record["number"]) or "")
    return Visit(
        f"job {number}".strip(), when, until if isinstance(until, datetime) else None, _text(cell("technician")) or None,
        _text(cell("title") or cell("job_type")), _text(cell("address")) or None, _text(record["status"]) or None,
        confirmed if isinstance(confirmed, bool) else None, day_in(booked), _text(cell("notes")), record.place,
    )  # fmt: skip


def _when(record: Record) -> date | datetime | None:
    starts, on = record["starts_at"], record["scheduled_on"]
    return starts if isinstance(starts, datetime) else on if isinstance(on, date) else None


def _next_first(visit: Visit, now: datetime) -> tuple[int, str]:
    on = day_in(visit.when)
    return (2 if on is None else 0 if on >= now.date() else 1, str(visit.when))


# ── estimates ──


def offers(person: Person, now: datetime) -> tuple[Offer, ...]:
    """The estimates that are not settled, the latest first; also those that were accepted and that no job names."""
    named = _numbers(job["estimate"] for job in person.of("jobs"))
    found = [_offer(one, now) for one in person.of("estimates") if meaning(one) in _OPEN or _waits_for_a_job(one, named, person)]
    found += [_change(one, now) for one in person.of("change_orders") if state_of(one) == "pending"]
    return tuple(sorted(found, key=lambda offer: offer.days if offer.days is not None else 0))


def _waits_for_a_job(estimate: Record, named: set[tuple[str, str]], person: Person) -> bool:
    if meaning(estimate) != "accepted" or estimate["job"] is not None or numbers_in(estimate["number"]) & named:
        return False
    since = day_in(estimate["approved_on"]) or day_in(estimate["sent_on"]) or day_in(estimate["created_on"])
    return not any(since is None or (on := day_in(job["scheduled_on"])) is None or on >= since for job in person.of("jobs"))


def _offer(record: Record, now: datetime) -> Offer:
    sent, made, expires = day_in(record["sent_on"]), day_in(record["created_on"]), day_in(record["expires_on"])
    remarks = {"draft": "a draft, not sent", "accepted": "accepted; no job is booked for it", None: "its status says nothing"}
    remark = remarks.get(meaning(record), "")
    return Offer(
        str(record["number"] or ""), _text(record["title"]), amount(record, "total"), _text(record["status"]) or None, sent, made,
        days_since(sent or made, now), expires, remark, _text(record["notes"]), record.place,
    )  # fmt: skip


def _change(record: Record, now: datetime) -> Offer:
    made, job = day_in(record["requested_on"]), f" to job {record['job']}" if record["job"] else ""
    return Offer(
        f"change {record['number'] or ''}".strip(), _text(record["description"]), amount(record, "amount"), _text(record["status"]) or None,
        None, made, days_since(made, now), None, f"a change{job}, not approved yet", _text(record["notes"]), record.place,
    )  # fmt: skip


def requests_of(person: Person) -> tuple[Request, ...]:
    """What the customer asked for and nobody has booked or given up, the latest first."""
    open_ones = (lead for lead in person.of("leads") if meaning(lead) in {"new", "contacted", None})
    found = [
        Request(
            str(one["number"] or ""), _text(one["title"]), day_in(one["received_on"]), day_in(one["contacted_on"]), _text(one["status"]) or None,
            one.place,
        )
        for one in open_ones
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.received_on or date.min, reverse=True))


# ── money ──


def bills(person: Person, now: datetime) -> tuple[Bill, ...]:
    """The invoices on which something is owed, the oldest due first, and credits after them."""
    found = [_bill(one, now) for one in person.of("invoices") if _is_open(one)]
    return tuple(sorted(found, key=lambda bill: ((bill.owed or 0) < 0, bill.due_on or date.max, bill.number)))


def _is_open(invoice: Record) -> bool:
    owed, means = owed_on(invoice), meaning(invoice)
    if means in _NOT_OURS or means == "written-off" or owed == 0:
        return False
    return owed is not None or (means not in _SETTLED and invoice["paid_on"] is None)


def _bill(record: Record, now: datetime) -> Bill:
    due, owed = day_in(record["due_on"]), owed_on(record)
    late = max((now.date() - due).days, 0) if due and (owed is None or owed > 0) else 0
    return Bill(
        str(record["number"] or ""), _text(record["title"]), owed, amount(record, "total"), due, late, _text(record["status"]) or None,
        "; ".join(_remarks(record, owed)), _text(record["notes"]), record.place,
    )  # fmt: skip


def _remarks(record: Record, owed: Decimal | None) -> Iterator[str]:
    if owed is None:
        yield "the sheet does not tell what is still owed"
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
    return Paid(came_in, day_in(record["paid_on"]), _text(invoice), _text(record["method"]), record.place)


def agreed_in(person: Person, now: datetime) -> Iterator[Agreed]:
    """The days that invoices say payment was promised for."""
    for invoice in person.of("invoices"):
        promised = day_in(invoice["promised_on"])
        if promised and _is_open(invoice):
            broken = f"; it is {(now.date() - promised).days} days past" if promised < now.date() else ""
            yield Agreed(f"payment of invoice {invoice['number'] or ''} was promised for {day(promised, now)}{broken}", promised, None)


# ── jobs ──


def done_jobs(person: Person, now: datetime) -> tuple[Done, ...]:
    """The jobs of the last year that are not ahead, the latest first."""
    since = now.date() - _A_YEAR
    found = [_done(job) for job in person.of("jobs") if not _is_ahead(job, now)]
    return tuple(sorted((one for one in found if one.on is None or one.on >= since), key=lambda one: one.on or date.min, reverse=True))


def _done(job: Record) -> Done:
    on = day_in(job["completed_on"]) or day_in(job["scheduled_on"])
    return Done(
        str(job["number"] or ""), _text(job["title"] or job["job_type"]), _text(job["status"]) or None, on,
        _text(job["technician"]) or None, _text(job["notes"]), _text(job["address"]) or None, job.place,
    )  # fmt: skip
