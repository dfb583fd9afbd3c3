"""Brakes: named reasons why a whole run refuses to act. Each says what was seen and what to type if it is meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.planning.decision import Brake, Plan
from contractor_ops.planning.phrases import at, count, day
from contractor_ops.ports import ChannelTrouble, Shape
from contractor_ops.recipe import Recipe
from contractor_ops.spans import Span
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Table

LEDGER_NEW = "ledger-new"
NAMES = (
    LEDGER_NEW,
    "stale-source",
    "short-source",
    "missing-column",
    "unusual-volume",
    "clock-back",
    "renamed-recipe",
    "other-machine",
    "provider-blocks",
)
MISSING = "Put it back, or name it in config.toml under [tables.{table}] columns."
SHORT = 0.75
"""A sheet with fewer than three quarters of the rows that it had is suddenly short."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the brakes look at: the sheet now, the sheet as it was last trusted, and what the ledger remembers of earlier runs.

    Of a view it is the sheet of the table that it cannot do without.
    """

    recipe: Recipe
    spec: TableSpec
    table: Table
    shape: Shape | None
    max_age: Span | None
    last_sent_now: datetime | None
    seen_recipes: Mapping[str, str]
    present_recipes: frozenset[str]
    machine: str
    last_machine: str | None
    per_run: int
    calendar: OfficeCalendar
    troubles: Sequence[ChannelTrouble] = ()
    lost_ledger: str = ""


def brakes(evidence: Evidence, plan: Plan) -> list[Brake]:
    """Every brake that holds this run."""
    found = (
        *_lost(evidence), *_stale(evidence, plan.now), *_short(evidence), *_missing(evidence), *_volume(evidence, plan),
        *_clock(evidence, plan.now), *_renamed(evidence), *_machine(evidence), *_blocked(evidence, plan),
    )  # fmt: skip
    return [Brake(name, message, _remedy(name, hint, evidence.recipe.name)) for name, message, hint in found]


def _remedy(name: str, hint: str, recipe: str) -> str:
    return f"{hint} If it is meant: contractor-ops run {recipe} --accept {name}"


Found = Iterator[tuple[str, str, str]]


def _lost(evidence: Evidence) -> Found:
    if evidence.lost_ledger:
        yield LEDGER_NEW, ledger_new(evidence.lost_ledger), "Put its newest copy back: contractor-ops check says which."


def ledger_new(traces: str) -> str:
    """The sentence about a ledger that knows of nothing, where there are traces of earlier runs."""
    return f"the ledger is new, but this office has sent before ({traces}): everybody would hear again."


def _stale(evidence: Evidence, now: datetime) -> Found:
    if evidence.max_age is None:
        return
    age_from = _as_of(evidence.table, now)
    if age_from is None:
        return
    age_from = age_from.astimezone(now.tzinfo)
    if evidence.calendar.has_gone_by(evidence.max_age, age_from, now):
        files = ", ".join(evidence.table.files)
        yield ("stale-source", f"{files} is from {at(age_from, now)}, older than {evidence.max_age}.",
               "Bring it up to date: save or export it again.")  # fmt: skip


def _as_of(table: Table, now: datetime) -> datetime | None:
    """The older of the file's modification time and the end of the day that the report names itself."""
    moments = [table.read_at] if table.read_at else []
    if table.as_of:
        moments.append(datetime.combine(table.as_of, time(23, 59), now.tzinfo))
    return min(moments, default=None)


def _short(evidence: Evidence) -> Found:
    return short_source(evidence.table, evidence.spec, evidence.shape)


def short_source(table: Table, spec: TableSpec, shape: Shape | None) -> Found:
    """A sheet that has suddenly lost rows since it was last trusted."""
    before, now = shape.rows if shape else 0, len(table.records)
    if not spec.rolling and (now < before * SHORT or (before and not now)):
        yield ("short-source", f"{', '.join(table.files)} has {count(now, 'row')}; last time it had {before}.",
               "See whether a filter or a part of the export is missing.")  # fmt: skip


def _missing(evidence: Evidence) -> Found:
    yield from missing_column(evidence.table, evidence.spec, evidence.shape)
    watched = {column for step in evidence.recipe.steps for column in step.on_change}
    gone = [column for column in (evidence.shape.columns if evidence.shape else ()) if column in watched and not evidence.table.has(column)]
    if gone:
        yield ("missing-column", f"{', '.join(evidence.table.files)}: the column for {' and '.join(gone)} is gone; every row would look as if it "
               "had changed, and people would hear of it.", MISSING.format(table=evidence.table.name))  # fmt: skip


def missing_column(table: Table, spec: TableSpec, shape: Shape | None) -> Found:
    """A sheet without a column that stops messages."""
    stopping = {column for group in spec.stops for column in group}
    gone = [c for c in (shape.columns if shape else ()) if c in stopping and not table.has(c)]
    never = [group for group in spec.stops if not any(table.has(column) for column in group)]
    if gone or never:
        what = f"the column for {' and '.join(gone)} is gone" if gone else f"there is no column for {' or '.join(never[0])}"
        yield ("missing-column", f"{', '.join(table.files)}: {what}; without it customers who have paid or answered would hear from us.",
               MISSING.format(table=spec.name))  # fmt: skip


def _volume(evidence: Evidence, plan: Plan) -> Found:
    """Too many messages to customers at once; our own people hear of whatever happens, and only a customer's message knows where it goes."""
    acting = (one for one in plan.unsettled if one.decision == "act" and one.action == "message" and one.where)
    messages = {(one.group, one.words_hash) if one.group else (one.record, one.step, one.anchor) for one in acting}
    if len(messages) > evidence.per_run:
        yield ("unusual-volume", f"{len(messages)} messages would leave in one run; the limit is {evidence.per_run}.",
               "Look through them, or raise per_run under [limits] in config.toml.")  # fmt: skip


def _clock(evidence: Evidence, now: datetime) -> Found:
    last = evidence.last_sent_now
    if last and now < last:
        yield ("clock-back", f"it is {day(now.date(), last.date())} {now:%H:%M} by the clock, but the last run was on "
               f"{day(last.astimezone(now.tzinfo).date(), now.date())} {last.astimezone(now.tzinfo):%H:%M}.",
               "If this clock is wrong, set it. If it is right, it was wrong then: each recipe goes on once that is accepted.")  # fmt: skip


def _renamed(evidence: Evidence) -> Found:
    seen = evidence.seen_recipes
    gone = [name for name, table in seen.items() if table == evidence.recipe.reads and name not in evidence.present_recipes]
    if evidence.recipe.key not in seen and gone:
        yield ("renamed-recipe", f"this recipe is new, and {', '.join(gone)}, which wrote to the same customers, is gone.",
               f'If it was renamed, write id = "{gone[0]}" into {evidence.recipe.name}.toml, so that nobody hears twice.')  # fmt: skip


def _machine(evidence: Evidence) -> Found:
    here, last = evidence.machine.partition("/")[0], (evidence.last_machine or "").partition("/")[0]
    if last and last != here:
        yield ("other-machine", f"the ledger was last used on {last}, and this is {here}.",
               "If both run this office, customers may hear twice: stop one of them.")  # fmt: skip


def _blocked(evidence: Evidence, plan: Plan) -> Found:
    leaving = {one.channel for one in plan.unsettled if one.decision == "act" and one.action == "message"}
    for trouble in evidence.troubles:
        if trouble.channel in leaving:
            what = "texts do" if trouble.channel == "sms" else "e-mails do"
            yield ("provider-blocks", f"our {what} not arrive since {at(trouble.at.astimezone(plan.now.tzinfo), plan.now)}: {trouble.reason}",
                   "Mend that with the provider first.")  # fmt: skip
