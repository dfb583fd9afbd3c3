"""The visits to come that an answer is about: which they are, when they start, who goes, and whether they are near."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from contractor_ops.dispatch.naming import NOBODY
from contractor_ops.dispatch.visits import named_in
from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of, customer_list
from contractor_ops.ports import URGENT, KeptReply, ReviewItem, SentMessage
from contractor_ops.reports.format import day, listed, moment
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.views.bookings import BOOKINGS
from contractor_ops.views.trail.desk import Desk

OF_VISITS = frozenset({"bookings", "jobs"})
"""Tables whose records are visits."""
NEAR = timedelta(hours=48)
"""From when on before a visit an answer that nobody has seen to cannot wait."""
_GOES = r"(?:nobody goes yet|[^\n,;()]+ goes\b)"
_TO_COME = frozenset({"booked", "scheduled", "under-way"})
_OF_ALL = frozenset({"move", "stop"})
"""Labels of answers that concern every visit of the customer, where our message named none."""


def told_of(message: SentMessage | None) -> set[str]:
    """The visits that a message of ours was about."""
    return {step.key.record for step in message.steps if step.table in OF_VISITS} if message else set()


def visits_of(office: Office, address: str, at: datetime, named: Set[str], *, or_all: bool = True) -> list[Record]:
    """A customer's visits that are still to come: of those the ones that are named, else all of them or none."""
    try:
        theirs = list(_to_come(office, address, at)) if office.has("jobs") else []
    except ContractorOpsError:  # check and run tell about a sheet that cannot be read
        return []
    return [one for one in theirs if named and not named.isdisjoint(_known_as(office, one, at))] or (theirs if or_all else [])


def near_visits(office: Office, reply: KeptReply, now: datetime) -> list[Record]:
    """The visits within the next two days that a reply is about, if it stops anything and nobody has said that it is dealt with."""
    if reply.weight != "stops" or reply.lifted_at is not None:
        return []
    named = {record for _, table, record in reply.records if table in OF_VISITS}
    theirs = visits_of(office, reply.address, now, named, or_all=reply.label in _OF_ALL)
    return [one for one in theirs if _is_near(office, one, now)]


def theirs_to_come(office: Office, reply: KeptReply, now: datetime) -> list[Record]:
    """All visits of whoever wrote that are still to come."""
    return visits_of(office, reply.address, now, frozenset())


def made_urgent(office: Office, item: ReviewItem, near: Sequence[Record], at: datetime) -> ReviewItem:
    """A reply's item as one that cannot wait; its reason names the visits that are near."""
    reason = with_visits(office, item.reason, near, at)
    return replace(item, key=item.key if item.urgent else f"{URGENT}{item.key}", reason=reason if item.urgent else f"URGENT: {reason}")


def up_to_date(office: Office, words: str, visits: Sequence[Record], at: datetime) -> str:
    """The words with each of these visits as it stands now, where they tell how it stood before."""
    for one in visits:
        said = re.compile(rf"{re.escape(visit_name(one))}(?: \([^\n]*?\))? (?:stands at [^\n]*?|has no start yet), {_GOES}")
        now = visits_in_words(office, [one], at)
        words = said.sub(lambda _, now=now: now, words)  # type: ignore[misc]
    return words


def with_visits(office: Office, reason: str, visits: Sequence[Record], at: datetime) -> str:
    """A reason with the visits in it that it does not name yet."""
    about = [words for one in visits if f"{visit_name(one)} " not in reason and (words := visits_in_words(office, [one], at))]
    return "; ".join([reason, *about])


def visits_in_words(office: Office, visits: Sequence[Record], at: datetime) -> str:
    """ "job J-1 (Furnace tune-up) stands at Wed, Dec 2, 1:00 pm, Tom Vale goes"."""
    return listed([_visit(office, one, at) for one in visits])


def start_in_words(office: Office, visit: Record, at: datetime) -> str:
    """When a visit starts: "Wed, Dec 2, 1:00 pm"; "" where nobody knows."""
    starts, now = _starts(visit), at.astimezone(office.zone)
    return "" if starts is None else moment(starts, now) if isinstance(starts, datetime) else day(starts, now)


def who_goes(office: Office, visit: Record, at: datetime) -> str:
    """The technician by the sheet, else whom a recipe assigned; "" where nobody is."""
    if written := named_in(visit):
        return written
    own = office.ledger.own_values("bookings")
    found = (own[one]["technician"].value for one in _known_as(office, visit, at) if "technician" in own.get(one, {}))
    return next((name for name in found if name.casefold() not in NOBODY), "")


def visit_name(visit: Record) -> str:
    """How people call a visit: "job J-1", or by its row."""
    return f"job {visit['number'] or f'in row {visit.place.row}'}"


def _to_come(office: Office, address: str, at: datetime) -> Iterator[Record]:
    since = (at.astimezone(office.zone) - timedelta(days=1)).date()
    customers = customer_list(office.table("customers")) if office.has("customers") else CustomerList()
    for job in office.table("jobs").records:
        if meaning_of(str(job["status"] or ""), TABLES["jobs"].statuses) in _TO_COME:
            starts = _starts(job)
            if (starts is None or _day(starts) >= since) and address in contact_of(job, customers).addresses:
                yield job


def _starts(job: Record) -> date | None:
    starts = job["starts_at"] or job["scheduled_on"]
    return starts if isinstance(starts, date) else None


def _known_as(office: Office, job: Record, at: datetime) -> list[str]:
    """What the ledger calls a visit: by its number and the name that it had before it got one, else by what its row says."""
    if job["number"]:
        number = str(job["number"])
        return [number, *([former] if (former := office.former_names(at).get(number)) else [])]
    tables = {name: office.table(name) for name in ("jobs", "customers") if office.has(name)}
    address = job["address"] or Desk(office.given(tables, at), tables["jobs"].records).address(job)
    booking = replace(job, table=BOOKINGS.spec.name, values={**job.values, "address": address})
    return [one for one in (record_id(booking, BOOKINGS.spec), record_id(job, TABLES["jobs"])) if one]


def _is_near(office: Office, job: Record, now: datetime) -> bool:
    """Whether it starts within two days; one with a day alone starts when the day does for messages, and may start until it is over."""
    starts = _starts(job)
    if starts is None:
        return False
    if isinstance(starts, datetime):
        begins = ends = starts if starts.tzinfo else starts.replace(tzinfo=office.zone)
    else:
        begins = datetime.combine(starts, office.facts.day_starts, office.zone)
        ends = datetime.combine(starts, time.max, office.zone)
    return begins.timestamp() <= (now + NEAR).timestamp() and now.timestamp() < ends.timestamp()


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _visit(office: Office, job: Record, at: datetime) -> str:
    title, starts, technician = job["title"] or job["job_type"], start_in_words(office, job, at), who_goes(office, job, at)
    name = f"{visit_name(job)}{f' ({title})' if title else ''}"
    goes = f", {technician} goes" if technician else ", nobody goes yet"  # _GOES finds it again
    return f"{name} {f'stands at {starts}' if starts else 'has no start yet'}{goes}"
