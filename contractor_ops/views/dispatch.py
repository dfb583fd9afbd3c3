"""What a dispatcher must know of: every visit that is near, each technician's day on which visits stand, and how it all stands now.

Nothing here knows what changed: the recipe dispatch-alerts compares this table between two runs. So a column only changes when there is news
in it: `slot` is one word for all days far away, and a visit that is far away is neither called off nor closed in here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import listed, said_day
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import ColumnMatch, Place, Record, Table, Value
from contractor_ops.views.trail.desk import Desk
from contractor_ops.views.trail.dispatch_words import at_its_time, closed_on, cover_of, order_of, slot_of
from contractor_ops.views.trail.fitness import against, not_clear
from contractor_ops.views.trail.hazards import hazard_in
from contractor_ops.views.view import VERDICTS, Given, View

AHEAD, BEHIND = timedelta(days=14), timedelta(days=2)
"""How far from today a visit is near: what happens to those further away is no alert."""
_FORGOTTEN = timedelta(days=60)
"""How long ago a visit may have been that nobody closed."""
_JOBS = TABLES["jobs"]
_COPIED = ("customer", "customer_number", "phone", "email", "address", "title", "job_type", "starts_at", "technician")
_STANDING = {
    "open": (),
    "under-way": ("under way",),
    "unassigned": (),
    "unscheduled": ("no day",),
    "later": (),
    "past": (),
    "closed": (),
    "cancelled": (),
    "no-show": (),
    "technician-day": ("technician's day",),
}
_SAID = {"under-way": "under way", "unscheduled": "no day", "technician-day": "technician's day"}


def _of_jobs(name: str) -> Column:
    column = _JOBS.column(name)
    assert column is not None
    return Column(name, column.kind, (), column.note)


SPEC = TableSpec(
    "dispatch",
    "Visits that are to come, under way or just closed, and technicians' days, as a dispatcher must know them.",
    (
        Column("number", "id", (), "The job's number; of a technician's day the name and the day."),
        Column("status", "status", (), "How it stands: open, later (more than 14 days away), past (nobody closed it), closed … or a technician's day."),
        *map(_of_jobs, _COPIED),
        Column("slot", "text", (), "The day and time of a visit in the next 14 days; one word for all others."),
        Column("order", "text", (), "What is to be done, with which parts, for how much."),
        Column("closed", "text", (), "That the visit was closed, and when."),
        Column("hazard", "text", (), "The words of danger in the job's note, without codes."),
        Column("clash", "text", (), "Why the technician cannot keep it, who could go instead, and what is odd about its day."),
        Column("not_clear", "text", (), "Why nobody can tell who goes: a name that the technicians table does not have, or that could be several people's."),
        Column("technician_off", "text", (), "Of a technician's day: why they cannot come."),
        Column("days_ahead", "number", (), "Of a technician's day: in how many days it is."),
        Column("visits", "text", (), "Of a technician's day: the visits that they are to go to."),
        Column("cover", "text", (), "Of a technician's day on which they cannot come: who could go to which of the visits."),
        Column("preferred_by", "text", (), "Of a technician's day: the visits whose customers prefer them, and that others go to."),
        *VERDICTS,
    ),
    statuses=_STANDING,
    identity=("number",),
    unique=("number",),
)  # fmt: skip


def build(given: Given) -> Table:
    """A row for each visit, in the order of the jobs sheet, then one for each technician's day; `passed_over` counts the other jobs."""
    jobs = given.tables["jobs"]
    board = _Board(given, Desk(given, jobs.records))
    rows = [row for job in jobs.records if (row := board.visit_row(job))] + list(board.technician_rows())
    together = ColumnMatch((), "put together from the office's tables")
    columns: dict[str, ColumnMatch | None] = {name: jobs.columns.get(name) or together for name in SPEC.column_names}
    return Table(
        SPEC.name, rows, [problem for row in rows for problem in row.problems.values()], columns, passed_over=dict(board.passed_over),
        folded=jobs.folded, files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of,
    )  # fmt: skip


DISPATCH = View(SPEC, "jobs", ("technicians", "customers"), build)


@dataclass(frozen=True)
class _Board:
    """The office's visits as they stand today."""

    given: Given
    desk: Desk
    passed_over: Counter[str] = field(default_factory=Counter)

    @property
    def today(self) -> date:
        """The day in the office."""
        return self.given.now.date()

    def visit_row(self, job: Record) -> Record | None:
        """A visit's row; None where it is nobody's news."""
        visit = self.desk.visits[job.place]
        standing = self._standing(visit)
        if not standing:
            return None
        values: dict[str, Value] = {name: job[name] for name in _COPIED}
        values |= {
            "number": job["number"] or record_id(job, _JOBS),
            "status": _SAID.get(standing, standing),
            "starts_at": job["starts_at"] or job["scheduled_on"],
            "technician": visit.technicians[0] if len(visit.technicians) == 1 else visit.written or None,
            "slot": slot_of(visit, self.today) if standing in {"open", "unassigned", "under-way"} else "later",
            "order": order_of(job),
            "closed": closed_on(job, self.given.now) if standing == "closed" else None,
            "hazard": hazard_in("\n".join(str(job[name]) for name in ("notes", "answers") if job[name])) or None,
            "clash": against(visit, self.desk) or None,
            "not_clear": " ".join(not_clear(visit, self.desk)) or None,
            **dict.fromkeys(
                ("technician_off", "days_ahead", "visits", "cover", "preferred_by", "ended_because", "review_because", "no_message_because")
            ),
        }
        problems = {name: problem for name, problem in job.problems.items() if name in {"number", *_COPIED}}
        return Record(SPEC.name, values, job.place, problems, job.lines)

    def _standing(self, visit: Visit) -> str:
        """How a visit stands, "" where it is no news."""
        meaning = meaning_of(str(visit.record["status"] or ""), _JOBS.statuses)
        is_over = visit.done_on is not None and visit.done_on <= self.today  # a day that is still to come is a slip
        day = visit.done_on if visit.standing == "done" and is_over else visit.day
        if visit.standing == "done" or meaning in {"cancelled", "no-show"}:
            near = day is not None and self.today - BEHIND <= day <= self.today + AHEAD
            self.passed_over["closed or called off, and not near"] += not near
            return ("closed" if visit.standing == "done" else str(meaning)) if near else ""
        if day is not None and day < self.today - _FORGOTTEN and meaning != "under-way":
            self.passed_over["long ago, and never closed"] += 1
            return ""
        if day is None or visit.standing == "off":  # on hold: whatever day it had, nobody comes
            return "unscheduled"
        if meaning == "under-way":
            return "under-way"
        if day < self.today - BEHIND:
            return "past"
        return "later" if day > self.today + AHEAD else "open" if visit.is_assigned else "unassigned"

    def technician_rows(self) -> Iterator[Record]:
        """A row for each technician and day of the next 14 on which somebody counts on them."""
        for (name, day), visits in sorted(self._days.items()):
            if name in self.desk.named:
                yield self._technician_row(self.desk.named[name], day, visits)

    @cached_property
    def _days(self) -> dict[tuple[str, date], list[Visit]]:
        """The open visits of each technician and day, those of customers who prefer them among them."""
        found: dict[tuple[str, date], list[Visit]] = defaultdict(list)
        for visit in self.desk.visits.values():
            if visit.standing == "open":
                for name in dict.fromkeys((*visit.technicians, *filter(None, [visit.preferred]))):
                    for day in visit.days:
                        if self.today <= day <= self.today + AHEAD:
                            found[name, day].append(visit)
        return found

    def _technician_row(self, technician: Technician, day: date, visits: list[Visit]) -> Record:
        ordered = sorted(visits, key=lambda visit: visit.order)
        theirs = [visit for visit in ordered if technician.name in visit.technicians]
        off = self._off(technician, day)
        values: dict[str, Value] = dict.fromkeys(SPEC.column_names)
        values |= {
            "number": f"{technician.name}/{day}",
            "status": _SAID["technician-day"],
            "starts_at": day,
            "technician": technician.name,
            "technician_off": off,
            "days_ahead": (day - self.today).days,
            "visits": listed([at_its_time(visit) for visit in theirs]) or None,
            "cover": cover_of(self.desk.instead_of_all(theirs)) or None if off else None,
            "preferred_by": listed([at_its_time(visit) for visit in ordered if technician.name not in visit.technicians]) or None,
        }
        return Record(SPEC.name, values, self._places.get(technician.key, ordered[0].record.place), {})

    def _off(self, technician: Technician, day: date) -> str | None:
        if not technician.active:
            return f"{technician.name} has left"
        return f"{technician.name} is off on {said_day(day, self.today)}" if technician.is_off(day) else None

    @cached_property
    def _places(self) -> dict[str, Place]:
        table = self.given.tables.get("technicians")
        return {normal_name(str(record["name"] or "")): record.place for record in (table.records if table else ())}
