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
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record, Table, Value
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.own_messages import INBOX
from contractor_ops.work.people import resume
from contractor_ops.work.replies import take_reply
from contractor_ops.work.simulate_cast import DONE_WORD, Cast, put, take_out
from contractor_ops.work.simulate_crew import be_off
from contractor_ops.work.simulate_events import CALL, DELETED, DONE, NOT_COLUMNS, OF_CREW, REPLY, RESUME, STOP, Event

_TALKED = timedelta(minutes=3)
_numbers = count(1)


def happen(office: SimulatedOffice, cast: Cast, event: Event) -> tuple[Cast, Happened]:
    """Let one event be; the row as it stands then."""
    office.turn_to(event.at)
    owner = ""
    if event.kind in {REPLY, STOP}:
        came, owner = _answered(office, cast, event.value or "STOP", event.at)
    elif event.kind == CALL:
        came = _talked(office, cast, event)
    elif event.kind == RESUME:
        came = _resumed(office, cast, event.at)
    elif event.kind in OF_CREW and event.days:
        came = be_off(office, str(event.cleaned), event.days)
    elif event.kind == DELETED:
        cast, came = take_out(office, cast), f"the row is in {cast.main} no more"
    else:
        cast, came = _changed(office, cast, event)
    return cast, Happened(event.at, event.kind, event.value, came, event.invented, event.kind not in NOT_COLUMNS, owner)


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


def _answered(office: SimulatedOffice, cast: Cast, words: str, at: datetime) -> tuple[str, str]:
    """What it was taken for, and the name of whoever must answer it."""
    address = reached_at(office, cast)
    assert address is not None
    reply = Reply(f"{SIMULATED}:{next(_numbers)}", "email" if "@" in address else "sms", address, at, words)
    run = office.ledger.open_run(INBOX, at, True, "auto", office.machine)
    came = take_reply(office, reply, InboxReport(at), run, office.clock)
    office.ledger.close_run(run, at, RunEnd(0, {}))
    return _understood(office, came) if came else ("", "")


def _understood(office: SimulatedOffice, came: Came) -> tuple[str, str]:
    reply, people = came.reply, office.config.people
    label = "an answer" if reply.label == "other" else reply.label.replace("_", " ")
    who = people[came.owner].name if came.owner in people else came.owner
    answers = f"{who} answers it" if came.task is not None else "nobody has to answer it"
    words = f"from {phone(reply.address)}, taken for: {label} ({reply.reason}); {answers}"
    return words, who if came.task is not None else ""


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


def _changed(office: SimulatedOffice, cast: Cast, event: Event) -> tuple[Cast, str]:
    """The row with other cells, and which they are."""
    assert cast.record is not None
    if event.kind == DONE:
        said = f"the sheet says status {DONE_WORD}, completed on {_shown(event.cleaned)}; status was {_shown(cast.record['status'])}"
        return put(office, cast, {"status": DONE_WORD, "completed_on": event.cleaned}), said
    was = cast.record[event.kind]
    parts = [f"was {_shown(was)}", _own_word(office, cast, event), _no_day(cast, event)]
    return put(office, cast, {event.kind: event.cleaned}), "; ".join(filter(None, parts))


def _own_word(office: SimulatedOffice, cast: Cast, event: Event) -> str:
    """What the ledger's own record says of a cell that the sheet leaves blank."""
    record = cast.record
    if record is None or cast.main != "jobs" or record[event.kind] is not None:
        return ""
    own = office.ledger.own_values("bookings").get(record_id(replace(record, table="bookings"), READABLE["bookings"]) or "", {})
    if event.kind not in own:
        return ""
    stays = "" if event.value else ", and a blank cell does not change that; type another name"
    return f"the ledger's own record says {own[event.kind].value}{stays if event.kind == 'technician' else ''}"


def _no_day(cast: Cast, event: Event) -> str:
    """A job that is said to be done, and whose day nobody has written."""
    done = cast.main == "jobs" and event.kind == "status" and meaning_of(event.value, TABLES["jobs"].statuses) in {"completed", "invoiced"}
    if not done or cast.record is None or cast.record["completed_on"] is not None:
        return ""
    return "completed on stays blank, as nobody has written it (done: writes both)"


def _shown(value: Value) -> str:
    if value is None:
        return "blank"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
