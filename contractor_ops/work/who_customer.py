"""One customer's rows as what the office would say of them: who they are, what is booked, offered, owed, said, done and stopped."""

from collections.abc import Iterable

from contractor_ops.office import Office
from contractor_ops.planning.people import Person
from contractor_ops.reports.format import day, thing
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.who import Caller, Stop
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.people import address_of
from contractor_ops.work.who_calls import calls_with
from contractor_ops.work.who_cells import day_in
from contractor_ops.work.who_ledger import Known, Remembered
from contractor_ops.work.who_papers import agreed_in, bills, offers, payments_of, requests_of
from contractor_ops.work.who_shelf import CALLS, Shelf
from contractor_ops.work.who_unbilled import to_be_billed
from contractor_ops.work.who_visits import done_jobs, visits_of

_NOBODY = Person(frozenset(), {})


def caller_of(
    office: Office, shelf: Shelf, memory: Remembered, person: Person | None, found_as: tuple[str, ...], namesakes: tuple[str, ...],
    known_as: tuple[str, ...] = (),
) -> Caller:  # fmt: skip
    """Everything about one customer; without one, what calls and ledger know of whoever has these addresses."""
    one = person or _NOBODY
    phones, emails = reached_at(one) if person else (tuple(a for a in known_as if "@" not in a), tuple(a for a in known_as if "@" in a))
    names = names_of(one)
    calls = calls_with(office, shelf, (*phones, *emails))
    known = _known(one, names, phones, emails, calls.ids)
    stopped = [*_by_the_sheets(one, shelf), *memory.stopped(known), *_broken(one)]
    return Caller(
        names or calls.names, known.number, phones, emails, places_in(one), _notes(one), papers_in(one), found_as,
        visits_of(one, shelf.now), requests_of(one), offers(one, shelf.now), bills(one, shelf.now), payments_of(one, shelf.tables.get("payments"), shelf.now),
        (*memory.agreed(known), *agreed_in(one, shelf.now)), memory.messages(known), calls.last, calls.called_back, done_jobs(one, shelf.now),
        tuple(dict.fromkeys(stopped)), tuple(f"{_paper(record)} ({record.place})" for record in one.unclear), namesakes,
        to_be_billed(one, shelf),
    )  # fmt: skip


def _known(person: Person, names: Iterable[str], phones: Iterable[str], emails: Iterable[str], calls: frozenset[str]) -> Known:
    numbers = (record["number"] if record.table == "customers" else record["customer_number"] for record in person.all())
    records = {
        table: {identity for record in rows if (identity := record_id(record, READABLE[table]))} for table, rows in person.records.items()
    }
    lines = tuple(dict.fromkeys((*(phone.partition(";")[0] for phone in phones), *emails)))
    return Known(lines, next((str(one) for one in numbers if one), None), frozenset(map(normal_name, names)), {**records, CALLS: calls})


# ── who they are ──


def addresses_of(office: Office, typed: str) -> tuple[str, ...]:
    """What was typed as addresses, () where it is none."""
    found = address_of(office, typed)
    return tuple(found.split(", ")) if found else ()


def reached_at(person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every phone and every e-mail, each once. A number that nobody could clean stands as it is written."""
    phones = [str(record["phone"] or _as_written(record)) for record in person.all()]
    emails = [str(record["email"]) for record in person.all() if record["email"]]
    return _each_once(phones), _each_once(emails)


def _as_written(record: Record) -> str:
    return record.problems["phone"].value or "" if "phone" in record.problems else ""


def _each_once(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in cells for part in cell.split(", ") if part))


def names_of(person: Person) -> tuple[str, ...]:
    """The names, as the sheets write them, each once."""
    found: dict[str, str] = {}
    for record in person.all():
        name = record["name"] if record.table == "customers" else record["customer"]
        if name:
            found.setdefault(normal_name(str(name)), str(name))
    return tuple(found.values())


def places_in(person: Person) -> tuple[str, ...]:
    """The addresses, each once whatever its commas and capitals."""
    found: dict[str, str] = {}
    for record in person.all():
        if address := record["address"]:
            found.setdefault(normal_name(str(address).replace(",", " ")), one_line(str(address)))
    return tuple(found.values())


def papers_in(person: Person) -> dict[str, int]:
    """How many rows there are in each table."""
    return {table: len(rows) for table, rows in sorted(person.records.items()) if rows}


def _notes(person: Person) -> str:
    return " ".join(dict.fromkeys(one_line(str(record["notes"])) for record in person.of("customers") if record["notes"]))


# ── what stands still ──


def _by_the_sheets(person: Person, shelf: Shelf) -> Iterable[Stop]:
    for record in person.all():
        where = f"the sheet says so ({record.place})"
        if record["do_not_contact"] is True:
            yield Stop("every message", f"do not contact: {where}")
        if record["handle_by_hand"] is True:
            yield Stop("recipes", f"handled by hand: {where}")
        for column in ("pause_until", "hold_until"):
            until = day_in(record[column])
            if until and until > shelf.now.date():
                what = "messages" if column == "pause_until" else _paper(record)
                yield Stop(what, f"on hold until {day(until, shelf.now)}: {where}")


def _broken(person: Person) -> Iterable[Stop]:
    for record in person.all():
        for column, problem in record.problems.items():
            yield Stop(_paper(record), f"{problem.column or column} cannot be used ({record.place}): {problem.message}")


def _paper(record: Record) -> str:
    return f"{thing(record.table)} {record['number'] or ''}".strip()
