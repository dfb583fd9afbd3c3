"""Tables that stand in no file of the office: its views, and what the ledger hands in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from contractor_ops.errors import ContractorOpsError
from contractor_ops.notes.points import NOTE_GAPS
from contractor_ops.planning.calendar import holiday_name
from contractor_ops.planning.contacts import may_match
from contractor_ops.planning.former import former_ids
from contractor_ops.ports import KeptReply, Ledger, Result, ReviewItem, SentMessage
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import ColumnMatch, Place, Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.bookings import BOOKINGS
from contractor_ops.views.trail.desk import Desk
from contractor_ops.views.view import Given, View

if TYPE_CHECKING:
    from contractor_ops.office import Office

LEDGER = "the ledger"
_SCORE = re.compile(r", ([1-5]) of 5$")
"""What the reason of a reply that was taken for a rating ends with."""
_LOOKED_BACK = timedelta(days=14)
"""How far back the messages and replies go that a view is given."""


def view_table(office: "Office", view: View, now: datetime) -> Table:
    """A view's rows at a moment (office time). Raises UnusableFile when a table that it is made from cannot be used."""
    found = given(office, view_tables(office, view, now - _LOOKED_BACK), now)
    return view.build(replace(found, only=office.looked_at(view.spec.name)))


def view_tables(office: "Office", view: View, since: datetime) -> dict[str, Table]:
    """The tables that a view is made from, with the messages and replies since a moment."""
    tables = {name: office.table(name) for name in (view.main, *view.also) if office.has(name) and name not in {"messages", "replies"}}
    for name in ("messages", "replies"):
        if name in view.also:
            tables[name] = handed_in(office, name, since)
    return tables


def given(office: "Office", tables: Mapping[str, Table], now: datetime) -> Given:
    """What a view is made from."""
    config = office.config
    people = [person.phone for person in config.people.values()]
    technicians = office.table("technicians").records if office.has("technicians") else ()
    calendar = office.facts.calendar
    suppliers = config.calls.never_text if isinstance(config.calls.never_text, dict) else dict.fromkeys(config.calls.never_text, "")
    named = {number: name for name, text in suppliers.items() for number in _numbers(office, text or name)}

    def judge(words: str) -> tuple[str, str]:
        from contractor_ops.inbox.triage import classify

        verdict = classify(words)
        return verdict.label, verdict.reason

    found = Given(
        tables, now, config.office.country,
        office.own_numbers,
        frozenset(_numbers(office, *people, *(str(record["phone"] or "") for record in technicians))),
        named, judge, lambda moment: calendar.is_business_day(moment.date()), config.notes, config.billing, frozenset(config.people),
        _own_records(office), config.job_types, partial(holiday_name, calendar.holidays), calendar.hours,
    )  # fmt: skip
    return _under_their_numbers(office, found)


def _own_records(office: "Office") -> dict[str, dict[str, str]]:
    """What the ledger's own records of bookings say; nothing where there is no ledger yet."""
    if not office.ledger_file.exists():
        return {}
    return {job: {column: one.value for column, one in values.items()} for job, values in office.ledger.own_values("bookings").items()}


def former_names(office: "Office", now: datetime) -> dict[str, str]:
    """The id that each booking had before it had a number, by its number."""
    if not office.ledger.numberless(BOOKINGS.spec.name):  # as in most offices
        return {}
    return _former(office, given(office, {name: office.table(name) for name in ("jobs", "customers") if office.has(name)}, now))


def _under_their_numbers(office: "Office", given: Given) -> Given:
    """What a view is made from, with the ledger's own record of each booking under the number that it has now."""
    former = _former(office, given) if given.own else {}
    own = {number: {**given.own.get(old, {}), **given.own.get(number, {})} for number, old in former.items()}
    return replace(given, own={**given.own, **own}) if own else given


def _former(office: "Office", given: Given) -> dict[str, str]:
    jobs, spec = given.tables.get("jobs"), BOOKINGS.spec
    known = office.ledger.numberless(spec.name) if jobs is not None else {}
    return former_ids(jobs.records, known, spec, Desk(given, jobs.records).address) if jobs is not None and known else {}


def own_numbers(office: "Office") -> frozenset[str]:
    """The office's own lines, in E.164."""
    config = office.config
    return frozenset(_numbers(office, config.office.phone, str(config.sms.get("from", "")), *config.calls.own_numbers))


def _numbers(office: "Office", *texts: str) -> Iterator[str]:
    for text in texts:
        cleaned = clean_phone(text, office.config.office.country)[0] if text else None
        yield from (number.partition(";")[0] for number in (cleaned or "").split(", ") if number)


def leads_that_answered(office: "Office") -> list[Record]:
    """Callers whom nobody answered and who answered our text, as leads; nothing where there is no ledger yet."""
    if not office.ledger_file.exists():
        return []
    from contractor_ops.inbox.leads import leads_from

    return list(leads_from(office.ledger.replies(), office.zone))


def with_answers(leads: Table | None, answered: list[Record], country: str) -> Table:
    """The leads table with those who answered and whom nobody has typed in yet."""
    known = leads.records if leads else ()
    new = [one for one in answered if not any(_is_typed_in(one, record, country) for record in known)]
    columns = dict(leads.columns) if leads else dict.fromkeys(TABLES["leads"].column_names)
    for name in new[0].values if new else ():
        columns[name] = columns[name] or ColumnMatch((), "answers to missed calls")
    if leads is None:
        return Table("leads", new, [], columns, files=(LEDGER,))
    return replace(leads, records=[*known, *new], columns=columns) if new else leads


def _is_typed_in(answered: Record, lead: Record, country: str) -> bool:
    """Whether a row of the sheet is this caller's lead: the same number, and not over before the answer came."""
    number = str(answered["phone"])
    if not may_match(lead, (number,)):
        return False
    cleaned = clean_phone(str(lead["phone"]), country)[0] or ""
    return number in {one.partition(";")[0] for one in cleaned.split(", ")} and not _was_over(lead, answered["received_on"])


def _was_over(lead: Record, answered_on: Value) -> bool:
    """Whether a lead was booked or lost before a day; where its row does not say since when it stands there, it may be of that day."""
    received = lead["received_on"]
    if meaning_of(str(lead["status"] or ""), TABLES["leads"].statuses) not in {"booked", "lost"} or not isinstance(received, date):
        return False
    return isinstance(answered_on, datetime) and _day(received) < _day(answered_on)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def note_answers(office: "Office") -> list[KeptReply]:
    """What technicians answered when they were asked about jobs' notes, the oldest first; nothing where there is no ledger yet."""
    if not office.ledger_file.exists():
        return []
    return office.ledger.colleagues_replies(NOTE_GAPS)


def with_note_answers(jobs: Table, answers: Sequence[KeptReply], zone: ZoneInfo) -> Table:
    """The jobs table with each answer beside the job that it is about; the sheet's own notes stay as they are."""
    from contractor_ops.notes.answers import belongs_to

    told: dict[str, list[str]] = {}
    for reply in answers:
        numbers = [record for _, table, record in reply.records if table == NOTE_GAPS]
        head = f"[{reply.at.astimezone(zone):%Y-%m-%d %H:%M} {reply.customer or reply.address}]"
        for number, part in belongs_to(reply.text or reply.whole, numbers):
            told.setdefault(number, []).append(f"{head} {part}")
    for position, job in enumerate(column_of(jobs.records, "number")):
        if lines := told.get(str(job)):
            values = jobs.records[position].values
            values["answers"] = "\n".join([*filter(None, [values.get("answers")]), *lines])  # type: ignore[list-item]
    jobs.columns["answers"] = jobs.columns["answers"] or ColumnMatch((), LEDGER)
    return jobs


def handed_in(office: "Office", name: str, since: datetime | None = None) -> Table:
    """The messages, replies, reviews or ratings that the ledger holds, as a table; its times are the office's, as in any sheet."""
    makers = {"messages": _messages, "replies": _replies, "reviews": _reviews}
    rows = _ratings(office, since) if name == "ratings" else makers[name](office.ledger, since)

    def local(value: Value) -> Value:
        return value.astimezone(office.zone).replace(tzinfo=None, microsecond=0) if isinstance(value, datetime) else value

    records = [Record(name, {column: local(value) for column, value in row.items()}, Place(LEDGER, None, None)) for row in rows]
    return Table(name, records, [], {column: ColumnMatch((), LEDGER) for column in TABLES[name].column_names}, files=(LEDGER,))


def _messages(ledger: Ledger, since: datetime | None) -> Iterator[dict[str, Value]]:
    became = {message: result for message, result in ledger.results(since) if message is not None}  # the last one stands
    for message in ledger.messages(since):
        yield from _lines(message, became.get(message.id))


def _lines(message: SentMessage, result: Result | None) -> Iterator[dict[str, Value]]:
    for step in message.steps:
        yield {
            "number": str(step.claim_id), "recipe": step.recipe, "table": step.table, "record": step.key.record, "step": step.key.step,
            "customer": message.customer, "channel": message.channel, "provider": message.provider, "address": message.address,
            "status": result.state if result and step.state in {"sent", "queued"} else step.state, "sent_at": message.at,
            "reason": (result.reason if result else "") or None, "notes": message.body,
        }  # fmt: skip


def _replies(ledger: Ledger, since: datetime | None) -> Iterator[dict[str, Value]]:
    return (_reply(reply) for reply in ledger.replies(since))


def _reply(reply: KeptReply) -> dict[str, Value]:
    recipe, _, record = reply.records[0] if reply.records else (None, None, None)
    return {
        "number": str(reply.number), "received_at": reply.at, "channel": reply.channel, "from": reply.address, "customer": reply.customer,
        "label": reply.label, "reason": reply.reason, "record": record, "recipe": recipe, "notes": reply.text or reply.whole,
    }  # fmt: skip


def _ratings(office: "Office", since: datetime | None) -> Iterator[dict[str, Value]]:
    replies = [reply for reply in office.ledger.replies(since) if reply.label == "rating"]
    technicians = _technicians(office) if replies else {}
    for reply in replies:
        score, row = _SCORE.search(reply.reason), _reply(reply)
        yield {
            "number": row["number"], "received_at": reply.at, "score": int(score[1]) if score else None, "job": row["record"],
            "customer": reply.customer, "technician": technicians.get(str(row["record"])), "recipe": row["recipe"], "notes": row["notes"],
        }  # fmt: skip


def _technicians(office: "Office") -> dict[str, Value]:
    """Who did each job: the sheet's word, else whom a recipe assigned. A sheet that cannot be read hides no rating."""
    own = {job: values["technician"].value for job, values in office.ledger.own_values("bookings").items() if "technician" in values}
    try:
        jobs = office.table("jobs").records if office.has("jobs") else ()
    except ContractorOpsError:
        return dict(own)
    return {**own, **{str(job["number"]): job["technician"] for job in jobs if job["technician"]}}


def _reviews(ledger: Ledger, since: datetime | None) -> Iterator[dict[str, Value]]:
    items = ledger.reviews(("open", "approved", "dismissed", "done", "gone"))
    looked_at = _looked_at(ledger)
    return (_review(item, item.id in looked_at) for item in items if since is None or item.created_at is None or item.created_at >= since)


def _looked_at(ledger: Ledger) -> set[int]:
    """The items that a person ever decided, or called about: what became of them afterwards does not undo that."""
    decided = {one.item for one in ledger.review_changes(datetime.fromtimestamp(0, UTC)) if one.state in {"approved", "dismissed", "done"}}
    return decided | {one.item for one in ledger.outcomes()}


def _review(item: ReviewItem, looked_at: bool) -> dict[str, Value]:
    return {
        "number": str(item.id), "recipe": item.recipe, "record": ", ".join(dict.fromkeys(member.key.record for member in item.members)),
        "kind": item.kind, "customer": item.customer, "owner": item.owner, "status": item.state, "looked_at": looked_at, "amount": item.amount,
        "created_at": item.created_at, "due": item.due, "reason": item.reason, "notes": item.note or None,
    }  # fmt: skip
