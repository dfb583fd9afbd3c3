"""Rows of the technicians and jobs tables, as dispatch gets them: Monday, Nov 23, 2026 at 10:00 in Chicago."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from contractor_ops.dispatch.assign import Suggestion, suggest
from contractor_ops.dispatch.clashes import Clash, clashes
from contractor_ops.dispatch.naming import Crew
from contractor_ops.dispatch.technicians import Technician, technicians_of
from contractor_ops.dispatch.visits import Need, Visit, visits_of
from contractor_ops.tables.record import Place, Record, Value

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("America/Chicago"))
ZIPS = {"chicago": "12 Oak St, Chicago, IL 60618", "near": "7 Elm Ave, Chicago, IL 60625", "far": "1 Main St, Joliet, IL 60432"}


def technician(name: str, row: int = 2, **cells: Value) -> Record:
    return Record("technicians", {"name": name, **cells}, Place("crew.csv", None, row))


def job(number: str, starts: str | None = None, row: int = 2, **cells: Value) -> Record:
    """`starts`: "26 9:00" is that time on Nov 26, "26" that day."""
    when: dict[str, Value] = {}
    if starts:
        day, _, clock = starts.partition(" ")
        moment = datetime(2026, 11, int(day), *map(int, clock.split(":"))) if clock else datetime(2026, 11, int(day)).date()
        when = {"starts_at": moment}
    values: dict[str, Value] = {"number": number, "customer": "Ann Li", "address": ZIPS["chicago"], "status": "scheduled", **when, **cells}
    return Record("jobs", values, Place("jobs.csv", None, row))


def until(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)


def crew_of(*records: Record) -> list[Technician]:
    return technicians_of(records, NOW.date(), "US")


def visits(
    crew: Sequence[Technician], jobs: Sequence[Record], skills: tuple[str, ...] = (), minutes: int | None = 60, *,
    assigned: Mapping[str, str] | None = None, customers: Sequence[Record] = (),
) -> list[Visit]:  # fmt: skip
    return visits_of(jobs, Crew(crew), NOW, needs=lambda _: Need(skills, minutes), customers=customers,
                     assigned=lambda record: (assigned or {}).get(str(record["number"]), ""))  # fmt: skip


def suggested(
    crew: Sequence[Record], jobs: Sequence[Record], skills: tuple[str, ...] = (), minutes: int | None = 60, *,
    assigned: Mapping[str, str] | None = None, customers: Sequence[Record] = (),
) -> list[Suggestion]:  # fmt: skip
    people = crew_of(*crew)
    return suggest(visits(people, jobs, skills, minutes, assigned=assigned, customers=customers), people, NOW)


def clashing(crew: Sequence[Record], jobs: Sequence[Record], minutes: int | None = 60) -> list[Clash]:
    people = crew_of(*crew)
    return clashes(visits(people, jobs, (), minutes), people, NOW)
