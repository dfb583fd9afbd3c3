"""A row of the technicians table as somebody who can be sent: what they do, where, when, and how much on one day."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contractor_ops.dispatch.days_off import DaysOff, read_days_off
from contractor_ops.dispatch.places import Territory, read_territory
from contractor_ops.dispatch.skills import Skills, read_skills
from contractor_ops.dispatch.working_hours import WorkingHours, read_working_hours
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cleaning import DAY_FIRST_UNLESS
from contractor_ops.tables.record import Record, Value

JOBS_A_DAY = 6
"""What somebody takes on one day where their row says nothing."""
NO_SKILLS, NO_TERRITORY, NO_DAYS_OFF, NO_HOURS = Skills(), Territory(), DaysOff(), WorkingHours()
_CUSTOMERS = re.compile(r"\s*[;\n]\s*")
_CELLS = ("active", "jobs_a_day")
"""Columns whose cells the tables have read already; what was wrong with them stands in the record's problems."""


@dataclass(frozen=True, slots=True)
class Technician:
    """Somebody who does the work. `doubts` are sentences about cells that could not be read; the rest of the row counts.

    `twice`: two different rows have this name, so nobody knows which of them holds.
    """

    name: str
    phone: str | None = None
    email: str | None = None
    active: bool = True
    skills: Skills = NO_SKILLS
    territory: Territory = NO_TERRITORY
    days_off: DaysOff = NO_DAYS_OFF
    hours: WorkingHours = NO_HOURS
    jobs_a_day: int = JOBS_A_DAY
    regulars: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    twice: bool = False

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return normal_name(self.name)

    @property
    def can_be_told(self) -> bool:
        """Whether a message can reach them."""
        return bool(self.phone or self.email)

    def is_off(self, day: date) -> bool:
        """Whether they do not work on that day, by their days off or by their hours."""
        return self.days_off.has(day) or self.hours.is_free(day)


def technicians_of(records: Iterable[Record], today: date, country: str) -> list[Technician]:
    """Everybody in the table, by name. Two rows with the same name and anything else different are one technician that is `twice`."""
    day_first = country.upper() not in DAY_FIRST_UNLESS
    named: dict[str, list[Technician]] = defaultdict(list)
    for record in records:
        if normal_name(_text(record["name"])):
            one = _technician(record, today, day_first=day_first)
            named[one.key].append(one)
    return [_only(named[key]) for key in sorted(named)]


def _only(rows: list[Technician]) -> Technician:
    first = min(rows, key=repr)
    if all(row == first for row in rows):
        return first
    doubt = f"{first.name} stands in the technicians table {len(rows)} times with different cells; leave one row."
    return Technician(first.name, active=any(row.active for row in rows), doubts=(doubt,), twice=True)


def _technician(record: Record, today: date, *, day_first: bool) -> Technician:
    skills = read_skills(_text(record["skills"]))
    territory = read_territory(_text(record["territory"]))
    days_off = read_days_off(_text(record["days_off"]), today, day_first=day_first)
    hours = read_working_hours(_text(record["hours"]))
    name = _text(record["name"])
    doubts = (
        *_unclear(name, "skills", skills.not_understood, "list what they do, like heating, boilers"),
        *_unclear(name, "territory", territory.not_understood, "write ZIP codes, like 60618 or 606xx, or towns"),
        *_unclear(name, "days off", days_off.not_understood, "write weekdays or days, like Sat, Sun or Nov 26 - Nov 28"),
        *_unclear(name, "hours", hours.not_understood, "write them like 08:00-16:00"),
        *_of_cells(name, record),
    )
    return Technician(
        name, _text(record["phone"]) or None, _text(record["email"]) or None, record["active"] is not False, skills, territory, days_off,
        hours, _limit(record["jobs_a_day"]), _customers(_text(record["preferred_customers"])), doubts,
    )  # fmt: skip


def _text(value: Value) -> str:
    return str(value if value is not None else "").strip()


def _limit(value: Value) -> int:
    return max(0, int(value)) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else JOBS_A_DAY


def _customers(cell: str) -> frozenset[str]:
    """Names between semicolons or line breaks, else between commas; "Li, Ann" is one name as well."""
    parts = _CUSTOMERS.split(cell)
    names = parts if len(parts) > 1 else [cell, *cell.split(",")]
    return frozenset(filter(None, map(normal_name, names)))


def _unclear(name: str, heading: str, parts: Iterable[str], remedy: str) -> Iterator[str]:
    for part in parts:
        yield f'{name}, {heading}: "{part}" is not understood and does not count; {remedy}.'


def _of_cells(name: str, record: Record) -> Iterator[str]:
    for column in _CELLS:
        if problem := record.problems.get(column):
            yield f'{name}, {problem.column or column}: "{problem.value}" does not count. {problem.message}'
