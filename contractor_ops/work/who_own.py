"""Which of our own people goes by a name, a number or an e-mail address, and where they are today and tomorrow."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from contractor_ops.dispatch.naming import Crew, crew_listed
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList
from contractor_ops.planning.marks import FEWEST, figures
from contractor_ops.planning.people import Person
from contractor_ops.reports.who import OwnPerson
from contractor_ops.reports.who_papers import Visit
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.work.review_own import Colleague, own_people
from contractor_ops.work.who_cells import day_in, numbers_of, text_in
from contractor_ops.work.who_shelf import Shelf
from contractor_ops.work.who_visits import visits_of


def own_called(office: Office, shelf: Shelf, wanted: str) -> tuple[OwnPerson, ...]:
    """Those of our own people who fit what was typed; one who stands in config.toml and in the technicians table is told once."""
    found: dict[str, Colleague] = {}
    ours = own_people(office, shelf.now)
    for one in ours.everybody():
        if _fits(one, wanted.strip()):
            found[normal_name(one.name)] = one  # as a technician, who comes later: that tells more
    crews = crew_listed(record for same in ours.listed.by_name.values() for record in same)
    return tuple(_told(one, ours.listed, crews, shelf) for one in found.values())


def _fits(one: Colleague, text: str) -> bool:
    if "@" in text:
        return text.lower() in one.emails
    asked = figures(text)[-10:]
    if len(asked) >= FEWEST and not any(map(str.isalpha, text)):
        return any(figures(phone).endswith(asked) for phone in one.phones)
    words, name = normal_name(text).split(), normal_name(one.name).split()
    return bool(words) and all(any(part.startswith(word) for part in name) for word in words)


def _told(one: Colleague, listed: CustomerList, crews: Crew, shelf: Shelf) -> OwnPerson:
    known = listed.named(one.name)
    return OwnPerson(
        one.name, one.role, one.phones, one.emails, text_in(known["days_off"]) if known else "", tuple(_visits(one, crews, shelf))
    )


def _visits(one: Colleague, crews: Crew, shelf: Shelf) -> Iterator[Visit]:
    """What is booked for them today and tomorrow; a job that a visit is for tells that visit's address."""
    visits, jobs = (_theirs(shelf.tables.get(name), one, crews) for name in ("visits", "jobs"))
    named = numbers_of(visit["job"] for visit in visits)
    table = shelf.tables.get("jobs")
    about = [job for job in (table.records if table and named else ()) if numbers_of([job["number"]]) & named]
    together = list({id(job): job for job in (*jobs, *about)}.values())
    days = {shelf.now.date(), shelf.now.date() + timedelta(days=1)}
    records: Mapping[str, Sequence[Record]] = {"visits": visits, "jobs": together}
    yield from (visit for visit in visits_of(Person(frozenset(), records), shelf.now) if day_in(visit.when) in days)


def _theirs(table: Table | None, one: Colleague, crews: Crew) -> list[Record]:
    if table is None:
        return []
    cells = column_of(table.records, "technician")
    theirs = {cell for cell in set(cells) if normal_name(one.name) in map(normal_name, crews.named(cell).everybody)}
    return [record for record, cell in zip(table.records, cells, strict=True) if cell in theirs]
