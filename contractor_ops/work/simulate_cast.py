"""Which rows a simulation is about: all of the recipe's table, one of them, or one that is made up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from contractor_ops.errors import TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.recipe import Recipe
from contractor_ops.reports.format import count, listed, thing, things
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import ColumnMatch, Place, Record, Table, Value
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.views.catalogue import READABLE

STAGED = "STAGED-1"
DONE_WORD = "Completed"
"""What stands under status once a job is done."""
MADE_UP = ColumnMatch((), "made up for a simulation")
_STAY = timedelta(hours=3)
"""How long a made-up visit takes."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The rows of the table `main`; `record` is the only one, None where all are there. `about` says which, for people."""

    main: str
    record: Record | None
    about: str
    staged: bool = False

    @property
    def name(self) -> str:
        """What decisions call the only row, "" where all are there."""
        return (record_id(self.record, TABLES[self.main]) or f"row {self.record.place.row}") if self.record else ""

    def names(self, reads: str) -> set[str]:
        """What the only row is called in its own table, and in the view that is read."""
        if self.record is None:
            return set()
        return {self.name, record_id(replace(self.record, table=reads), READABLE[reads]) or ""}


def cast_of(office: Office, recipe: Recipe, now: datetime, wanted: str | None, *, staged: bool) -> Cast:
    """Who plays; the office's table is left with these rows alone. Raises UnknownName, UnusableFile, or TypedWrong."""
    main = office.main_of(recipe.reads)
    if staged:
        record = staged_record(office, recipe, now)
        _alone(office, main, record)
        return Cast(main, record, f"One made-up {thing(main)}, {STAGED} of {record['customer']}: {_said(record)}.", staged=True)
    if wanted is not None:
        record = _found(office.table(main, complete=False), wanted)
        complete_record(record, TABLES[main], office.config.office.country, office.table(main, complete=False).columns)
        _alone(office, main, record)
        return Cast(
            main,
            record,
            f"Only {thing(main)} {record_id(record, TABLES[main]) or wanted} ({record.place}): the other rows of {main} are left out.",
        )
    rows = len(office.table(main, complete=False).records)
    return Cast(main, None, f"All {things(main, rows)}." if rows != 1 else f"The only {thing(main)} there is.")


def put(office: Office, cast: Cast, values: Mapping[str, Value]) -> Cast:
    """The same row with other values."""
    assert cast.record is not None
    problems = {name: problem for name, problem in cast.record.problems.items() if name not in values}
    record = replace(cast.record, values={**cast.record.values, **values}, problems=problems)
    _alone(office, cast.main, record)
    return replace(cast, record=record)


def take_out(office: Office, cast: Cast) -> Cast:
    """The row is in the sheet no more. Whoever types into it again has put it back."""
    table = office.table(cast.main, complete=False)
    office.hand_in(replace(table, records=[], problems=[], warnings=[], sums={}))
    return cast


def _alone(office: Office, main: str, record: Record) -> None:
    table = office.table(main, complete=False)
    columns = {name: match or (MADE_UP if record[name] is not None else None) for name, match in table.columns.items()}
    # A row of its own, because reading goes on to change what it is given.
    alone = replace(record, values=dict(record.values))
    office.hand_in(replace(table, records=[alone], problems=list(record.problems.values()), columns=columns, warnings=[], sums={}))


def _found(table: Table, wanted: str) -> Record:
    spec, asked = TABLES[table.name], wanted.strip().casefold()
    by_number = [record for record in table.records if (record_id(record, spec) or "").casefold() == asked]
    found = by_number or [one for one in table.records if one["customer"] and normal_name(str(one["customer"])) == normal_name(wanted)]
    if len(found) > 1:
        names = dict.fromkeys(str(record["number"] or f"row {record.place.row}") for record in found[:6])
        raise UnknownName(f'"{wanted}" is {count(len(found), "row")} of {table.name}: {listed(list(names))}.', "Name one by its number.")
    if not found:
        known = [str(record[name]) for record in table.records for name in ("number", "customer") if record[name]]
        raise UnknownName(f'There is no "{wanted}" in {table.name}; {did_you_mean(wanted, known, f"contractor-ops read {table.name}")}')
    return found[0]


# ── one that is made up ──


def staged_record(office: Office, recipe: Recipe, now: datetime) -> Record:
    """A row that the recipe is about, as an office would have typed it in just now. Raises TypedWrong where nobody has thought of one."""
    main = office.main_of(recipe.reads)
    if main not in _MADE:
        raise TypedWrong(f"--staged has no made-up {thing(main)}; it has {listed([thing(name) for name in _MADE])}.",
                         "Name a row of yours: --record NUMBER")  # fmt: skip
    spec, kind = TABLES[main], _latest_kind(office, main)
    wanted = next((word for word in recipe.when.status if word in spec.statuses), _USUAL.get(recipe.reads) or _USUAL[main])
    told: dict[str, Value] = {
        "number": STAGED, "customer": "Sam Staged", "phone": "+13125550199", "email": "sam.staged@customer.example",
        "address": office.config.office.postal_address or "412 Kedzie Ave, Chicago, IL 60618", "status": _word(wanted), **kind,
        **_MADE[main](now.replace(tzinfo=None, second=0, microsecond=0), wanted),
    }  # fmt: skip
    values: dict[str, Value] = {name: told.get(name) for name in spec.column_names}
    return Record(main, values, Place("staged", None, None))


def completed_later(cast: Cast, starts_at: Value) -> datetime | None:
    """When a made-up job that is still to be done is done; None for what is no such job."""
    record = cast.record
    if not cast.staged or cast.main != "jobs" or record is None or not isinstance(starts_at, datetime):
        return None
    if meaning_of(str(record["status"]), TABLES["jobs"].statuses) not in {"booked", "scheduled", "under-way"}:
        return None
    return starts_at + _STAY


def _said(record: Record) -> str:
    """What somebody must know of the made-up row to follow the story."""
    parts = [f"{name.replace('_', ' ')} {_shown(record[name])}" for name in ("title", "starts_at", "sent_on", "due_on", "received_on", "started_at")
             if record[name] is not None]  # fmt: skip
    return ", ".join([f"status {record['status']}", *parts])


def _shown(value: Value) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _word(meaning: str) -> str:
    return meaning.replace("-", " ").capitalize()


def _latest_kind(office: Office, main: str) -> dict[str, Value]:
    """What the latest row of the sheet was about: its kind of job and its title."""
    table = office.table(main, complete=False)
    latest = next((record for record in reversed(table.records) if record["title"] or record["job_type"]), None)
    if latest is None:
        return {"title": "Repair", "job_type": "Repair"}
    return {"title": latest["title"], "job_type": latest["job_type"]}


def _job(now: datetime, meaning: str) -> dict[str, Value]:
    done = meaning in {"completed", "invoiced"}
    starts = now if done or meaning == "no-show" else now.replace(hour=9, minute=0) + timedelta(days=10)
    return {
        "created_on": now.date(), "booked_on": now.date(), "scheduled_on": starts.date(),
        "starts_at": starts, "completed_on": now if done else None, "total": Decimal(450),
    }  # fmt: skip


def _estimate(now: datetime, meaning: str) -> dict[str, Value]:
    return {"created_on": now.date(), "sent_on": now.date(), "expires_on": now.date() + timedelta(days=30), "total": Decimal(1850)}


def _invoice(now: datetime, meaning: str) -> dict[str, Value]:
    total = Decimal(450)
    return {"issued_on": now.date(), "sent_on": now.date(), "due_on": now.date() + timedelta(days=14), "total": total, "balance": total}


def _lead(now: datetime, meaning: str) -> dict[str, Value]:
    return {"received_on": now, "source": "Website", "notes": "Please call me about a repair."}


def _call(now: datetime, meaning: str) -> dict[str, Value]:
    return {"started_at": now, "from": "+13125550199", "direction": "inbound", "duration": 0, "title": None}


_MADE: Mapping[str, Callable[[datetime, str], dict[str, Value]]] = {
    "jobs": _job, "estimates": _estimate, "invoices": _invoice, "leads": _lead, "calls": _call,
}  # fmt: skip
_USUAL: Mapping[str, str] = {
    "dispatch": "scheduled",
    "jobs": "completed",
    "estimates": "sent",
    "invoices": "sent",
    "leads": "new",
    "calls": "missed",
}
"""The status of a made-up row where the recipe asks for none that its table has, by view or table."""
