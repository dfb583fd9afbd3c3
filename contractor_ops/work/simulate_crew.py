"""A technician who is sick or off in a simulation: their days off say so from the moment that it is known."""

from dataclasses import replace
from datetime import date, datetime, time

from contractor_ops.dispatch.days_off import read_days_off
from contractor_ops.dispatch.naming import Crew
from contractor_ops.dispatch.technicians import technicians_of
from contractor_ops.office import Office
from contractor_ops.office_simulated import SimulatedOffice
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cleaning import DAY_FIRST_UNLESS
from contractor_ops.tables.record import ColumnMatch, Record

SICK, OFF = "sick", "off"
CALLS_IN = time(7)
"""When the office hears of it, where nobody says when."""
Days = tuple[date, date]


def span_of(typed: str, office: Office, today: date) -> Days | None:
    """The days of "dec 3-5" or "2026-12-03 - 2026-12-05", the next that are not past; None for what is no span."""
    day_first = office.config.office.country.upper() not in DAY_FIRST_UNLESS
    spans = read_days_off(typed, today, day_first=day_first).spans
    return next(((first, last) for first, last in spans if first < last and last >= today), None)


def technician_called(words: str, office: Office, today: datetime) -> str:
    """The technician who is meant. Raises ValueError."""
    if not office.has("technicians"):
        raise ValueError("the office keeps no technicians table, so nobody can be off")
    if not words:
        raise ValueError("it does not say who")
    crew = technicians_of(office.table("technicians").records, today.date(), office.config.office.country)
    named = Crew(crew).named(words)
    if len(named.technicians) != 1:
        why = named.doubts[0].rstrip(".") if named.doubts else f'"{words}" is nobody of the technicians table'
        raise ValueError(f"{why}; it has {', '.join(one.name for one in crew)}")
    return named.technicians[0]


def be_off(office: SimulatedOffice, name: str, days: Days) -> str:
    """Write it into the days off of everybody of this name; what was written, for people."""
    table = office.table("technicians")
    said = f"{days[0]} - {days[1]}" if days[0] != days[1] else str(days[0])
    rows = [_with(record, said) if normal_name(str(record["name"] or "")) == normal_name(name) else record for record in table.records]
    columns = {**table.columns, "days_off": table.columns.get("days_off") or ColumnMatch((), "written for a simulation")}
    office.hand_in(replace(table, records=rows, columns=columns))
    return f"the technicians table says of {name}: days off {said}"


def _with(record: Record, said: str) -> Record:
    before = str(record["days_off"] or "").strip()
    return replace(record, values={**record.values, "days_off": f"{before}, {said}" if before else said})
