"""The steps of one row of a trail: each counts from a column of its own, and is for some rows only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from contractor_ops.planning.changes import SAID, YES
from contractor_ops.planning.conditions import label, met, say
from contractor_ops.planning.phrases import DAYS, cell_trouble
from contractor_ops.planning.sending_hours import SendingHours
from contractor_ops.planning.steps import DueStep
from contractor_ops.recipe import Condition, Recipe, Step
from contractor_ops.tables.record import Record, Value

_BEFORE_CLOSING = timedelta(hours=1)
_BEFORE_START = timedelta(hours=1)
_UNKNOWN = {
    "starts_at": "nobody knows yet when it starts",
    "rebook_on": "no day is known for the next one: its kind of job has no rebook_after",
}
_NEVER = datetime(9998, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Draft:
    """The steps of rows of one status: those that the status settles stand in `settled`, the others are `open`, each with its place there."""

    settled: list[DueStep]
    open: list[tuple[int, Step]]


@dataclass(frozen=True, slots=True)
class Trail:
    """A recipe whose steps stand for themselves. `due` reckons a step's moment from its anchor; `now` is aware, office time."""

    recipe: Recipe
    anchor_column: str
    now: datetime
    due: Callable[[Step, date], datetime]
    hours: SendingHours
    has_status: bool = True
    _moments: dict[tuple[str, date], datetime] = field(default_factory=dict)
    _settled: dict[tuple[str, object, str, str], DueStep] = field(default_factory=dict)
    _alike: dict[tuple[str, Value, str], DueStep] = field(default_factory=dict)
    _drafts: dict[tuple[object, str | None, str], Draft] = field(default_factory=dict)

    def steps(self, record: Record, meaning: str | None, over: str) -> tuple[DueStep, ...]:
        """The row's steps in the recipe's order. `over`: why the row has ended, which steps that are for its very status outlive."""
        draft = self._drafts.get((record["status"], meaning, over)) or self._draft(record, meaning, over)
        found = list(draft.settled)
        for place, step in draft.open:
            found[place] = self._by_status(step, record, meaning, over) or self._step(step, record)
        return tuple(found)

    def _draft(self, record: Record, meaning: str | None, over: str) -> Draft:
        """What rows of one status have in common: the steps that their status alone settles, and that no anchor tells from themselves."""
        common = [None if self._again(step) else self._alike_in_all(step, record, meaning, over) for step in self.recipe.steps]
        open_ones = [(place, self.recipe.steps[place]) for place, one in enumerate(common) if one is None]
        nothing = DueStep(self.recipe.steps[0], _NEVER)
        draft = self._drafts[record["status"], meaning, over] = Draft([one or nothing for one in common], open_ones)
        return draft

    def _alike_in_all(self, step: Step, record: Record, meaning: str | None, over: str) -> DueStep | None:
        """The step as it is in every row of this status: one that the status settles, or that only waits for a change."""
        settled = self._by_status(step, record, meaning, over)
        return self._step(step, record) if settled is None and step.on_change and not step.when.tests else settled

    def outlive(self, meaning: str | None) -> bool:
        """Whether any step is for rows whose status ends the rest."""
        return any(meaning in step.when.status for step in self.recipe.steps)

    def _by_status(self, step: Step, record: Record, meaning: str | None, over: str) -> DueStep | None:
        """A step that the row's status alone settles: one for all rows of that status."""
        wanted = step.when.status
        ended = over if meaning not in wanted else ""
        if not ended and (not wanted or meaning in wanted):
            return None
        if meaning is None and record["status"] is None and not self.has_status:
            return None  # the sheet has no such column, so no row is told apart by it
        status, anchor = record["status"], self._anchor(step, record[step.anchor or self.anchor_column])
        known = (step.key, status, ended, anchor)
        if known not in self._settled:
            outside = (
                ""
                if ended
                else f"only for what is {' or '.join(wanted)}; {f'its status is {status}' if status is not None else 'its status is blank'}"
            )
            self._settled[known] = DueStep(step, _NEVER, anchor, over=ended, outside=outside, by_status=True)
        return self._settled[known]

    def _step(self, step: Step, record: Record) -> DueStep:
        outside = _outside(step, record) if step.when.tests else ""
        column = step.anchor or self.anchor_column
        value = None if step.on_change else record[column]
        if column in record.problems and not step.on_change:
            return self._made(step, column, record, value, outside)
        if isinstance(value, datetime) and value.tzinfo is not None:  # one moment in two zones is equal, and two anchors
            return self._made(step, column, record, value, outside)
        known = self._alike.get((step.key, value, outside))
        if known is None:
            known = self._alike[step.key, value, outside] = self._made(step, column, record, value, outside)
        return known

    def _made(self, step: Step, column: str, record: Record, anchor: Value, outside: str) -> DueStep:
        if step.on_change:  # from when it counts only the ledger can tell
            return DueStep(step, self.now, waits=f"it comes when {_listed(step.on_change)}", outside=outside)
        if isinstance(anchor, date):
            return DueStep(step, self._moment(step, anchor), self._anchor(step, anchor), outside=outside)
        if unusable := self._unusable(step, column, record):
            return DueStep(step, self.now, outside=outside, unusable=unusable)
        return DueStep(step, _NEVER, waits=_UNKNOWN.get(column) or f"nobody knows yet when it is {label(column)}", outside=outside)

    def _anchor(self, step: Step, value: Value) -> str:
        """What tells the step from itself at another time."""
        return str(value) if self._again(step) and isinstance(value, date) else ""

    def _again(self, step: Step) -> bool:
        return bool(self.recipe.rearm if step.rearm is None else step.rearm) and not step.on_change

    def _unusable(self, step: Step, column: str, record: Record) -> str:
        if column in record.problems:
            return cell_trouble(column, record.problems[column])
        if record[column] is not None:
            return f"{label(column)} is no day"
        return "" if step.anchor else f"it has no {DAYS.get(column, label(column))}, and the steps count from that day"

    def _moment(self, step: Step, anchor: date) -> datetime:
        moment = self._moments.get((step.key, anchor))
        if moment is None:
            moment = self._moments[step.key, anchor] = self._while_it_may_leave(step, self.due(step, anchor))
        return moment

    def _while_it_may_leave(self, step: Step, due: datetime) -> datetime:
        """A reminder of an early visit leaves on the evening before where the sending hours leave it less than an hour before the start."""
        if not step.before or step.within is None or step.do != "message" or step.to != "customer":
            return due
        opens = due.replace(hour=self.hours.start.hour, minute=self.hours.start.minute, second=0, microsecond=0)
        latest, before = due + step.within.as_timedelta(), step.offset.amount
        if not before.in_days:
            latest = min(latest, due + before.as_timedelta() - _BEFORE_START)
        if due >= opens or latest >= opens:
            return due
        closes = datetime.combine(due.date() - timedelta(days=1), self.hours.end, due.tzinfo)
        return closes - step.within.as_timedelta() - _BEFORE_CLOSING


def _outside(step: Step, record: Record) -> str:
    """Why this step is not for the record, "" where it is."""
    for test in step.when.tests:
        if test.test == "missing":  # by far the most, asked of every row
            unmet = (record[test.column] is None) != test.value
        else:
            unmet = met(record, test) is None
        if unmet:
            found = record[test.column]
            return f"{_only_where(test)}{f'; it is {found}' if test.test == 'missing' and isinstance(found, str) else ''}"
    return ""


@lru_cache(maxsize=512)
def _only_where(unmet: Condition) -> str:
    if unmet.test == "missing":
        return f"only where {label(unmet.column)} is {'blank' if unmet.value else 'given'}"
    return f"only where {say(unmet)}"


@lru_cache(maxsize=512)
def _listed(columns: tuple[str, ...]) -> str:
    return " or ".join(" or ".join(YES[one]) if one in YES else f"{SAID.get(one) or label(one)} changes" for one in columns)
