"""What a customer's answer means because of what it answers: a rating that was asked for, or another time for a visit that is to come.

The words alone do not say it: "5" is a rating only to whoever asked for one, and "can we do Friday?" a wish to move only where a visit is booked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contractor_ops.errors import ContractorOpsError
from contractor_ops.inbox.moves import MAY_MOVE, asks_to_move
from contractor_ops.inbox.ratings import LOW, MAY_RATE, Rating, rating_in
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of, customer_list
from contractor_ops.ports import Judged, Reply, SentMessage
from contractor_ops.reports.format import day, listed, moment
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record

RATING, MOVE = "rating", "move"
_TO_COME = frozenset({"booked", "scheduled", "under-way"})
_OF_VISITS = frozenset({"bookings", "jobs"})
_RATES_WITHIN = timedelta(days=7)
_SAME_SECOND = timedelta(seconds=1)
_LOOKED_AT = 10
_ASKS_FOR_A_NUMBER = re.compile(r"\b(?:reply|text|press|answer|send|respond)\b.{0,30}?\b[0-9]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer means, and the message that it answers. `settled`: it stops nothing. `quiet`: nobody has to read it. `story` begins its task."""

    judged: Judged
    answered: SentMessage | None
    settled: bool = False
    quiet: bool = False
    story: str = ""


def meant_by(office: Office, reply: Reply, judged: Judged, named: SentMessage | None, answered: SentMessage | None) -> Meant:
    """What a customer's answer means. `named`: the message of ours that it names itself; `answered`: that, or the last one to whoever wrote."""
    if judged.label not in MAY_RATE or judged.opts_out:
        return Meant(judged, answered)
    return _rated(office, reply, judged, named, answered) or _moves(office, reply, judged, answered) or Meant(judged, answered)


# ── a rating ──


def _rated(office: Office, reply: Reply, judged: Judged, named: SentMessage | None, answered: SentMessage | None) -> Meant | None:
    rating = rating_in(judged.text or reply.subject)
    asked = _asked_for(office, reply, rating, named, answered) if rating else None
    if rating is None or asked is None:
        return None
    told = replace(judged, label=RATING, weight="pleasant", reason=f'it says "{rating.said}", {rating.score} of 5')
    quiet = rating.score > LOW and not rating.trouble
    return Meant(
        told,
        asked,
        settled=True,
        quiet=quiet,
        story=f"Rated us {rating.score} of 5. The request for a review is the same for everybody and goes on.",
    )


def _asked_for(office: Office, reply: Reply, rating: Rating, named: SentMessage | None, answered: SentMessage | None) -> SentMessage | None:
    """The message that asked for this rating: the one that it answers, else for a bare number one of the last week."""
    asking = {(recipe.key, step.key) for recipe in office.recipes() for step in recipe.steps if step.asks == RATING}
    if not asking or answered is None or _asks(answered, asking):
        return answered if asking else None
    if named is not None or not rating.bare:
        return None
    for message in office.ledger.sent_to(answered.address, reply.at + _SAME_SECOND, limit=_LOOKED_AT):
        if reply.at - message.at > _RATES_WITHIN or _asks(message, asking):
            return message if reply.at - message.at <= _RATES_WITHIN else None
        if _ASKS_FOR_A_NUMBER.search(message.body or ""):
            return None  # "reply 1 to confirm" came later: nobody knows which of the two it answers
    return None


def _asks(message: SentMessage, asking: set[tuple[str, str]]) -> bool:
    return any((step.recipe, step.key.step) in asking for step in message.steps)


# ── another time ──


def _moves(office: Office, reply: Reply, judged: Judged, answered: SentMessage | None) -> Meant | None:
    if judged.label not in MAY_MOVE or judged.weight != "stops":
        return None
    named = {step.key.record for step in answered.steps if step.table in _OF_VISITS} if answered else set()
    words = asks_to_move(judged.text, reply.subject, about_visit=bool(named))
    visits = _visits(office, reply, named) if words else []
    if not visits:
        return None
    told = replace(judged, label=MOVE, reason=f'it says "{words}", and {listed([_visit(office, one, reply.at) for one in visits])}')
    story = (
        f"Asks to move or cancel a visit: {'; '.join(_visit(office, one, reply.at) for one in visits)}. Settle the time with them and change the jobs "
        f"sheet: no machine does. Reminders rest until you then say: contractor-ops resume {reply.address}"
    )
    return Meant(told, answered, story=story)


def _visits(office: Office, reply: Reply, named: set[str]) -> list[Record]:
    """The customer's visits that are still to come: of those the ones that our message was about, where it names any."""
    try:
        theirs = list(_to_come(office, reply)) if office.has("jobs") else []
    except ContractorOpsError:  # check and run tell about a sheet that cannot be read
        return []
    return [one for one in theirs if str(one["number"] or "") in named] or theirs


def _to_come(office: Office, reply: Reply) -> Iterator[Record]:
    since = (reply.at.astimezone(office.zone) - timedelta(days=1)).date()
    customers = customer_list(office.table("customers")) if office.has("customers") else CustomerList()
    for job in office.table("jobs").records:
        if meaning_of(str(job["status"] or ""), TABLES["jobs"].statuses) in _TO_COME:
            starts = _starts(job)
            if (starts is None or _day(starts) >= since) and reply.address in contact_of(job, customers).addresses:
                yield job


def _starts(job: Record) -> date | None:
    starts = job["starts_at"] or job["scheduled_on"]
    return starts if isinstance(starts, date) else None


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _visit(office: Office, job: Record, at: datetime) -> str:
    """ "job J-1 (Furnace tune-up) stands at Wed, Dec 2, 1:00 pm"."""
    starts, now = _starts(job), at.astimezone(office.zone)
    title = job["title"] or job["job_type"]
    stands = (
        "has no start yet" if starts is None else f"stands at {moment(starts, now) if isinstance(starts, datetime) else day(starts, now)}"
    )
    return f"job {job['number'] or f'in row {job.place.row}'}{f' ({title})' if title else ''} {stands}"
