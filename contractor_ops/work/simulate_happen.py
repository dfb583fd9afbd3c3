"""What becomes of an event: the sheet says something else, or an answer is taken as the inbox would take it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from contractor_ops.errors import UnknownName
from contractor_ops.office_simulated import SIMULATED, SimulatedOffice
from contractor_ops.planning.contacts import Contact, contact_of, customer_list
from contractor_ops.ports import Reply, RunEnd
from contractor_ops.reports.format import phone
from contractor_ops.reports.inbox_report import Came, InboxReport
from contractor_ops.reports.timeline import Happened
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Place, Record, Table, Value
from contractor_ops.work.own_messages import INBOX
from contractor_ops.work.people import resume
from contractor_ops.work.replies import take_reply
from contractor_ops.work.simulate_cast import Cast, put
from contractor_ops.work.simulate_events import CALL, NOT_COLUMNS, REPLY, RESUME, STOP, Event

_TALKED = timedelta(minutes=3)
_numbers = count(1)


def happen(office: SimulatedOffice, cast: Cast, event: Event, also: dict[str, Value]) -> tuple[Cast, Happened]:
    """Let one event be; the row as it stands then. `also`: what the sheet says besides, from the same hand."""
    office.turn_to(event.at)
    if event.kind in {REPLY, STOP}:
        came = _answered(office, cast, event.value or "STOP", event.at)
    elif event.kind == CALL:
        came = _talked(office, cast, event)
    elif event.kind == RESUME:
        came = _resumed(office, cast, event.at)
    else:
        before, cast = cast, put(office, cast, {event.kind: event.cleaned, **also})
        came = _changed(before, event, also)
    return cast, Happened(event.at, event.kind, event.value, came, event.invented, event.kind not in NOT_COLUMNS)


def with_it(cast: Cast, event: Event, scripted: set[str]) -> dict[str, Value]:
    """What an office writes into the sheet in the same breath: the day, where a job is said to be done and no event says when."""
    done = event.kind == "status" and meaning_of(event.value, TABLES[cast.main].statuses) in {"completed", "invoiced"}
    if not done or cast.main != "jobs" or "completed_on" in scripted or cast.record is None or cast.record["completed_on"] is not None:
        return {}
    return {"completed_on": event.at.replace(tzinfo=None)}


def reached_at(office: SimulatedOffice, cast: Cast) -> str | None:
    """The address that the customer of the row writes from."""
    contact = _contact(office, cast)
    country = office.config.office.country
    return contact.reachable_by("sms", country) or contact.reachable_by("email", country) or next(iter(contact.addresses), None)


def _contact(office: SimulatedOffice, cast: Cast) -> Contact:
    record = cast.record
    assert record is not None
    if cast.main == "calls":
        record = replace(record, values={**record.values, "phone": record["phone"] or record["from"]})
    return contact_of(record, customer_list(office.table("customers") if office.has("customers") else None))


def _answered(office: SimulatedOffice, cast: Cast, words: str, at: datetime) -> str:
    address = reached_at(office, cast)
    assert address is not None
    reply = Reply(f"{SIMULATED}:{next(_numbers)}", "email" if "@" in address else "sms", address, at, words)
    run = office.ledger.open_run(INBOX, at, True, "auto", office.machine)
    came = take_reply(office, reply, InboxReport(at), run, office.clock)
    office.ledger.close_run(run, at, RunEnd(0, {}))
    return _understood(office, came) if came else ""


def _understood(office: SimulatedOffice, came: Came) -> str:
    reply, people = came.reply, office.config.people
    label = "an answer" if reply.label == "other" else reply.label.replace("_", " ")
    who = people[came.owner].name if came.owner in people else came.owner
    answers = f"{who} answers it" if came.task is not None else "nobody has to answer it"
    return f"from {phone(reply.address)}, taken for: {label} ({reply.reason}); {answers}"


def _resumed(office: SimulatedOffice, cast: Cast, at: datetime) -> str:
    """A person has answered the customer, and lets messages go on."""
    address = reached_at(office, cast)
    assert address is not None
    try:
        return " ".join(resume(office, address, at))
    except UnknownName:
        return "nobody was stopped"


def _talked(office: SimulatedOffice, cast: Cast, event: Event) -> str:
    """A conversation in the telephone log, where the office keeps one."""
    address = reached_at(office, cast)
    if not office.has("calls") or address is None or "@" in address:
        return (
            "the office keeps no calls table, so no recipe knows of it"
            if not office.has("calls")
            else "there is no number that could have called"
        )
    calls = office.table("calls")
    values: dict[str, Value] = dict.fromkeys(TABLES["calls"].column_names)
    values |= {
        "number": f"{SIMULATED}-{next(_numbers)}", "started_at": event.at.astimezone(UTC), "from": address, "phone": address, "direction": "inbound",
        "status": "answered", "duration": int(_TALKED.total_seconds()), "notes": event.value or None,
    }  # fmt: skip
    office.hand_in(_with_one_more(calls, Record("calls", values, Place(SIMULATED, None, None))))
    return "somebody talked to the customer"


def _with_one_more(table: Table, record: Record) -> Table:
    return replace(table, records=[*table.records, record])


def _changed(before: Cast, event: Event, also: dict[str, Value]) -> str:
    assert before.record is not None
    was = before.record[event.kind]
    parts = [f"was {_shown(was)}" if was is not None else "was blank"]
    parts += [f"the sheet also says {name.replace('_', ' ')} {_shown(value)}" for name, value in also.items()]
    return "; ".join(parts)


def _shown(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
