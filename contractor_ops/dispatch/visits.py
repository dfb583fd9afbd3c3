"""A row of the jobs table as a visit that somebody has to make: where, when, for how long, for whom, by whom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from contractor_ops.dispatch.naming import NOBODY, Crew
from contractor_ops.dispatch.places import NOWHERE, Spot, spot_of
from contractor_ops.dispatch.wording import said_clock, said_day
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value

AN_HOUR = 60
"""Minutes that a visit takes where neither its row nor its kind of job tells."""
_TO_COME = frozenset({"booked", "scheduled", "under-way", None})
"""A status without a known meaning, or none, does not take work off the calendar."""
_DONE = frozenset({"completed", "invoiced"})
_LONGEST = timedelta(days=60)
"""An end that lies further away is a slip of the pen."""

Standing = Literal["open", "done", "off"]


class Need(NamedTuple):
    """What a job's kind asks for: words for the skill, any of which will do, the first as sentences say it; and how long it takes."""

    skills: tuple[str, ...] = ()
    minutes: int | None = None


NO_NEED = Need()
Needs = Callable[[Record], Need]
Assigned = Callable[[Record], str]
"""Whom the ledger has for a row; "" and words like "nobody" are nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A visit. Times are naive, on the office's clock; without `starts` only the day is known, without `days` not even that.

    `takes_an_hour`: its length is not known. `written` is the technician as the sheet or the ledger names them; `technicians` those of
    them that the table has. `done_on` is the day on which it was done, as far as that is known. Only one object is one visit.
    """

    record: Record
    number: str
    customer: str
    customer_key: str
    spot: Spot
    days: tuple[date, ...]
    starts: datetime | None
    ends: datetime | None
    takes_an_hour: bool
    needs: tuple[str, ...]
    preferred: str | None
    technicians: tuple[str, ...]
    written: str
    standing: Standing
    done_on: date | None
    doubts: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The day on which it begins."""
        return self.days[0] if self.days else None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends - self.starts).total_seconds()) // 60 if self.starts and self.ends else AN_HOUR

    @property
    def is_assigned(self) -> bool:
        """Whether somebody is assigned, be it somebody whom the table does not know."""
        return bool(self.written)

    @property
    def order(self) -> tuple[object, ...]:
        """The order of start, and one order for those that start together, whatever the order of rows."""
        starts = self.starts or datetime.combine(self.day or date.max, time.min)
        place = self.record.place
        return (starts, self.starts is not None, self.number, normal_name(self.customer), place.file, place.sheet or "", place.row or 0)

    def said(self, today: date) -> str:
        """ "job 1024 (Ann Li) on Thu, Nov 26 at 9:00 AM"."""
        day = f" on {said_day(self.day, today)}" if self.day else ""
        return f"{self}{day}{f' at {said_clock(self.starts)}' if self.starts else ''}"

    def __str__(self) -> str:
        """What sentences call it: "job 1024 (Ann Li)"."""
        named = f"job {self.number}" if self.number else ""
        return f"{named} ({self.customer})" if named and self.customer else named or self.customer or str(self.record.place)


def visits_of(
    jobs: Iterable[Record],
    crew: Crew,
    now: datetime,
    *,
    needs: Needs = lambda record: NO_NEED,
    assigned: Assigned = lambda record: "",
    customers: Iterable[Record] = (),
) -> list[Visit]:
    """The visits of a jobs table. `assigned` is asked for rows that name nobody; `customers` may name whom they prefer."""
    reading = _Reading(crew, now, needs, assigned, _preferences(customers))
    return [reading.visit(record) for record in jobs]


def named_in(record: Record) -> str:
    """The technician as the sheet has it; "" where it says nobody."""
    written = _text(record["technician"])
    return "" if written.casefold() in NOBODY else written


def _preferences(customers: Iterable[Record]) -> Mapping[str, str | None]:
    """Whom a customer prefers, by number and by name; None where two customers of one name prefer different people."""
    found: dict[str, str | None] = {}
    for record in customers:
        wanted = str(record["preferred_technician"] or "").strip()
        for key in filter(None, (_number_key(record["number"]), normal_name(str(record["name"] or "")))):
            found[key] = wanted if found.get(key, wanted) == wanted else None
    return found


class _Reading(NamedTuple):
    """What is needed to read rows of jobs."""

    crew: Crew
    now: datetime
    needs: Needs
    assigned: Assigned
    preferences: Mapping[str, str | None]

    def visit(self, record: Record) -> Visit:
        number, customer = _text(record["number"]), _text(record["customer"])
        need = self.needs(record)
        day, starts = self._start(record)
        ends, known = self._end(record, starts, need.minutes)
        written = self._written(record)
        named = self.crew.named(written)
        keys = [key for key in (_number_key(record["customer_number"]), normal_name(customer)) if key]
        wanted = next((wish for key in keys if (wish := self.preferences.get(key))), "")
        preferred = self.crew.named(wanted)
        doubts = (*named.doubts, *(f"The customer's preferred technician: {doubt}" for doubt in preferred.doubts))
        address = _text(record["address"])
        return Visit(
            record, number, customer, keys[0] if keys else "", spot_of(address) if address else NOWHERE, _days(day, ends), starts, ends, not known,
            need.skills, next(iter(preferred.technicians), None), named.technicians, written, _standing(record), _day(record["completed_on"]) or day, doubts,
        )  # fmt: skip

    def _written(self, record: Record) -> str:
        """The technician as the sheet has it, else as the ledger does; "" for nobody."""
        written = named_in(record) or self.assigned(record)
        return "" if written.casefold() in NOBODY else written

    def _start(self, record: Record) -> tuple[date | None, datetime | None]:
        """The day and, where it is known, the time."""
        for column in ("starts_at", "scheduled_on"):
            value = record[column]
            if isinstance(value, datetime):
                starts = _local(value, self.now)
                return starts.date(), starts
            if isinstance(value, date):
                return value, None
        return None, None

    def _end(self, record: Record, starts: datetime | None, minutes: int | None) -> tuple[datetime | None, bool]:
        """When it ends, and whether that is known."""
        if starts is None:
            return None, False
        written = record["ends_at"]
        if isinstance(written, datetime) and starts < (ends := _local(written, self.now)) <= starts + _LONGEST:
            return ends, True
        return starts + timedelta(minutes=minutes or AN_HOUR), bool(minutes)


def _standing(record: Record) -> Standing:
    status = record["status"]
    meaning = meaning_of(str(status), TABLES["jobs"].statuses) if status is not None else None
    if record["completed_on"] is not None or meaning in _DONE:
        return "done"
    return "open" if meaning in _TO_COME else "off"


def _day(value: Value) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _days(day: date | None, ends: datetime | None) -> tuple[date, ...]:
    """Every day from the first to the end."""
    if day is None or ends is None or ends.date() == day:
        return (day,) if day else ()
    last = ends - timedelta(microseconds=1)  # what ends at midnight is not on the next day
    return tuple(day + timedelta(days=ahead) for ahead in range((last.date() - day).days + 1))


def _number_key(value: Value) -> str:
    number = _text(value)
    return f"#{number}" if number else ""


def _local(moment: datetime, now: datetime) -> datetime:
    """A moment on the office's clock, which `now` shows."""
    return moment if moment.tzinfo is None else moment.astimezone(now.tzinfo).replace(tzinfo=None)


def _text(value: Value) -> str:
    return str(value if value is not None else "").strip()
