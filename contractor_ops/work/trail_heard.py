"""What was heard of a customer since the booking: what they wrote, and the calls with them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of
from contractor_ops.reports.trail import Heard
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of

_LOOKED_BACK = timedelta(days=30)
"""How far back is looked where nobody knows when it was booked."""


def heard_since(office: Office, record: Record, identity: str, now: datetime) -> list[Heard]:
    """Everything since the day of booking, the oldest first."""
    addresses = frozenset(contact_of(record, CustomerList()).addresses)
    since = _since(record, now)
    return sorted([*_replies(office, addresses, identity, since, now), *_calls(office, addresses, since, now)], key=lambda one: one.at)


def _since(record: Record, now: datetime) -> datetime:
    booked = record["booked_on"]
    if not isinstance(booked, date):
        return now - _LOOKED_BACK
    day = booked.date() if isinstance(booked, datetime) else booked
    return datetime.combine(day, time(), now.tzinfo)


def _replies(office: Office, addresses: frozenset[str], identity: str, since: datetime, now: datetime) -> Iterator[Heard]:
    for reply in office.ledger.replies(since):
        about = any((table, one) == ("bookings", identity) for _, table, one in reply.records)
        if reply.at <= now and (about or reply.address in addresses):
            label = f"{reply.label.replace('_', ' ')}{', dealt with' if reply.lifted_at not in {None, reply.at} and reply.label != 'rating' else ''}"
            yield Heard(reply.at.astimezone(now.tzinfo), "reply", label, " ".join((reply.text or reply.whole or reply.subject).split()))


def _calls(office: Office, addresses: frozenset[str], since: datetime, now: datetime) -> Iterator[Heard]:
    """The lines of the telephone log; a log that cannot be read keeps no trail from being told."""
    phones = frozenset(one.partition(";")[0] for one in addresses if one.startswith("+"))
    if not phones or not office.has("calls"):
        return
    try:
        log = office.table("calls")
    except ContractorOpsError:
        return
    moments = column_of(log.records, "started_at")
    for at, started in enumerate(moments):
        if not isinstance(started, datetime):
            continue
        moment = started.replace(tzinfo=now.tzinfo) if started.tzinfo is None else started.astimezone(now.tzinfo)
        if since <= moment <= now and (way := _way(log.records[at], phones)):
            call = log.records[at]
            yield Heard(
                moment, "call", f"{way}, {call['status'] or 'nothing said'}", " ".join(str(call["notes"] or call["title"] or "").split())
            )


def _way(call: Record, phones: frozenset[str]) -> Literal["they called", "we called"] | None:
    if str(call["to"] or "").partition(";")[0] in phones:
        return "we called"
    ends = {str(call[name] or "").partition(";")[0] for name in ("from", "phone")}
    return "they called" if ends & phones else None
