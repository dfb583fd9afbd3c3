"""The calls of the last days that nobody took: who called, when, what is known of them, and what stands against a text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from contractor_ops.tables.catalogue.shared import CUSTOMER_NUMBER, DO_NOT_CONTACT, EMAIL, HOME_ADDRESS, PAUSE_UNTIL
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.heading_words import heading_key
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.calls.callers import NOBODY, Caller, callers
from contractor_ops.views.calls.legs import Leg, leg_of
from contractor_ops.views.calls.reasons import AHEAD, Missed, ended_because, no_message_because, review_because
from contractor_ops.views.calls.since import Contacts, contacts
from contractor_ops.views.calls.together import Call, calls_of
from contractor_ops.views.moments import back, day_of, in_utc
from contractor_ops.views.view import VERDICTS, Given, View

_BUSINESS_DAYS = 2
_EARLIER_PARTS = timedelta(hours=1)
"""How long before the first call that counts a main line may stand whose parts would else seem calls of their own."""
_STILL_RINGING = timedelta(minutes=2)
_SAYS_NOTHING = frozenset({"dial", "queue", "phone call", "voip call", "voice", "call", "findme", "incoming call"})
"""What telephone systems write where people write what a call was about."""


def _plain(column: Column) -> Column:
    return Column(column.name, column.kind, (), column.note)


SPEC = TableSpec(
    "missed_calls",
    "Calls of the last days that came in and that nobody took.",
    (
        Column("number", "id", (), "The call's own number, or a name made of its moment and caller."),
        Column("started_at", "moment", (), "The moment the call came in."),
        Column("customer", "name", (), "The caller's name where the office knows the number, and it is one person's."),
        Column("phone", "phone", (), "The number that called; empty where it was hidden or cannot be dialled."),
        _plain(EMAIL),
        _plain(HOME_ADDRESS),
        _plain(CUSTOMER_NUMBER),
        Column("status", "status", (), "What the log says became of it; kept as written."),
        Column("duration", "seconds", (), "How long it took, in seconds."),
        Column("title", "text", (), "What the call was about, where the log says."),
        Column("notes", "text", (), "What the caller said on the voicemail, or somebody wrote down."),
        Column("known", "yes_no", (), "Whether the office knows the number."),
        Column("calls", "number", (), "How many times this caller tried in vain in these days."),
        Column("urgent", "yes_no", (), "Whether what the caller said tells of danger."),
        Column("disputed", "yes_no", (), "Whether there is an open dispute with this customer."),
        Column("caller_name", "text", (), "What the telephone showed; nobody is greeted by it."),
        _plain(DO_NOT_CONTACT),
        Column("handle_by_hand", "yes_no", (), "Yes: a person writes to this customer, never a recipe."),
        _plain(PAUSE_UNTIL),
        *VERDICTS,
    ),
    identity=("number",),
    unique=("number",),
)  # fmt: skip


def build(given: Given) -> Table:
    """Every call that came in and was missed since two business days ago (48 hours at least); a row each, the earliest first.

    What was left out is counted in `passed_over`, lines that are parts or copies of another in `folded`.
    """
    return missed_since(given, back(given.now, _BUSINESS_DAYS, given.is_business_day))


def missed_since(given: Given, since: datetime) -> Table:
    """Every call that came in and was missed since a moment (aware)."""
    log = given.tables["calls"]
    passed_over: Counter[str] = Counter()
    calls = _recent(calls_of(_legs(log, given, since, passed_over)), since, given, passed_over)
    missed = [call for call in calls if _is_missed(call, given.now, passed_over)]
    rows = _rows(missed, calls, given, log)
    problems = [problem for row in rows for problem in row.problems.values()]
    return Table(
        SPEC.name, rows, problems, _columns(log), passed_over=dict(passed_over), folded=sum(len(call.legs) - 1 for call in calls),
        warnings=_ahead(missed, given.now, log), files=log.files, read_at=log.read_at, as_of=log.as_of,
    )  # fmt: skip


MISSED_CALLS = View(
    SPEC, "calls", ("customers", "leads", "estimates", "jobs", "invoices", "technicians", "messages", "replies"), build
)  # fmt: skip


def _legs(log: Table, given: Given, since: datetime, passed_over: Counter[str]) -> Iterator[Leg]:
    for position, started_at in enumerate(column_of(log.records, "started_at")):
        at = in_utc(started_at, given.now)
        if at is not None and at < since - _EARLIER_PARTS:
            passed_over["older"] += 1
        else:
            yield leg_of(log.records[position], given.own_numbers, at)


def _recent(calls: Iterable[Call], since: datetime, given: Given, passed_over: Counter[str]) -> list[Call]:
    kept = []
    for call in calls:
        day = day_of(call.record["started_at"], given.now)
        if (call.at is not None and call.at < since) or (
            call.at is None and day is not None and day < since.astimezone(given.now.tzinfo).date()
        ):
            passed_over["older"] += len(call.legs)
        else:
            kept.append(call)
    return kept


def _is_missed(call: Call, now: datetime, passed_over: Counter[str]) -> bool:
    if call.way in {"out", "inside"}:
        passed_over["outgoing" if call.way == "out" else "inside the office"] += 1
        return False
    if call.outcome == "ringing" and call.at is not None and call.at > now.astimezone(UTC) - _STILL_RINGING:
        passed_over["still ringing"] += 1
        return False
    if call.outcome == "answered":
        passed_over["answered"] += 1
        return False
    return True


def _rows(missed: Sequence[Call], calls: Sequence[Call], given: Given, log: Table) -> list[Record]:
    numbers = {number for call in missed if (number := _dialled(call))}
    known = callers(numbers, given.tables)
    seen = contacts(calls, given.tables, given.now, SPEC.name)
    tries = Counter(_dialled(call) for call in missed)
    written = _customer_is_written(log)
    rows = [_row(call, known, seen, given, tries, written=written) for call in missed]
    in_danger = {row["phone"] for row in rows if row["urgent"] and row["phone"]}
    for row in rows:
        if row["phone"] in in_danger and not row["urgent"] and not row["ended_because"]:
            row.values["no_message_because"] = "another call of theirs is urgent: a person calls"
    return rows


def _dialled(call: Call) -> str | None:
    """The caller's number in E.164, without an extension."""
    return call.main.outside.partition(";")[0] if call.main.outside else None


def _row(call: Call, known: Mapping[str, Caller], seen: Contacts, given: Given, tries: Counter[str | None], *, written: bool) -> Record:
    record, phone = call.record, _dialled(call)
    caller = known.get(phone or "", NOBODY)
    notes = next((str(leg.record["notes"]) for leg in call.legs if leg.record["notes"]), None)
    label, reason = given.judge(notes) if notes else ("", "")
    missed = Missed(call, phone, caller, notes, label, reason, given, seen)
    by_the_log = str(record["customer"]) if record["customer"] and written and not caller.known else None
    ended = ended_because(missed)
    values: dict[str, Value] = {
        "number": call.id, "started_at": record["started_at"], "customer": caller.name or by_the_log, "phone": phone,
        "email": caller.email or record["email"], "address": caller.address, "customer_number": caller.customer_number,
        "status": record["status"], "duration": call.talk if call.talk is not None else record["duration"], "title": _title(record),
        "notes": notes, "known": caller.known or by_the_log is not None, "calls": tries[phone] if phone else 1, "urgent": missed.urgent,
        "disputed": caller.dispute is not None, "caller_name": record["caller_name"] or (record["customer"] if not written else None),
        "do_not_contact": caller.do_not_contact, "handle_by_hand": caller.handle_by_hand, "pause_until": caller.pause_until,
        "ended_because": ended, "review_because": None if ended else review_because(missed),
        "no_message_because": None if ended else no_message_because(missed),
    }  # fmt: skip
    problems = {"started_at": record.problems["started_at"]} if "started_at" in record.problems else {}
    return Record(SPEC.name, values, record.place, problems, len(call.legs))


def _title(record: Record) -> str | None:
    title = str(record["title"] or "")
    return None if title.lower() in _SAYS_NOTHING else title or None


def _customer_is_written(log: Table) -> bool:
    """Whether somebody of the office wrote the customer into the log; under "Name" stands what the telephone showed."""
    match = log.columns.get("customer")
    return match is not None and any("customer" in heading_key(heading) for heading in match.headings)


def _columns(log: Table) -> dict[str, ColumnMatch | None]:
    """Where each column comes from: the log's own headings, else the tables put together."""
    together = ColumnMatch((), "put together from the office's tables")
    return {name: log.columns.get(name) or together for name in SPEC.column_names}


def _ahead(missed: Sequence[Call], now: datetime, log: Table) -> list[Problem]:
    late = [call for call in missed if call.at is not None and call.at > now.astimezone(UTC) + AHEAD]
    if not late:
        return []
    match = log.columns.get("started_at")
    heading = match.headings[0] if match and match.headings else None
    how_many = "A call lies" if len(late) == 1 else f"{len(late)} calls lie"
    said = (
        f"{how_many} ahead of now: the log's times may not be the office's. If they are UTC, let the heading say so: "
        f'"{heading or "Start time"} (UTC)".'
    )
    place = late[0].record.place
    return [Problem(place.file, place.sheet, None, heading, None, said)]
