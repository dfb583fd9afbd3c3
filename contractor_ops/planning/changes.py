"""What changed between two runs: a step with `on_change` starts when its columns are not what they were when it last acted, or was first seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from contractor_ops.planning.conditions import label
from contractor_ops.planning.phrases import at, day, money
from contractor_ops.planning.steps import DueStep
from contractor_ops.ports import SETTLED, History, Watched
from contractor_ops.recipe import Step
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.identity import digest_of
from contractor_ops.tables.record import Record, Value

LONGEST_KEPT = 40
"""Letters of a text that are remembered as they are: names and job types, not notes."""
PRIVATE = frozenset({"address", "access_notes", "notes", "customer", "phone", "email", "to_settle"})
_MARK = "\u2026"
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the ledger remembers of watched columns, by record and step; `done` has the anchors under which each step has been done.

    `seen` gathers what the ledger should remember from now on.
    """

    spec: TableSpec
    now: datetime
    watched: Mapping[tuple[str, str], Watched]
    done: Mapping[tuple[str, str], frozenset[str]]
    seen: dict[tuple[str, str], Watched] = field(default_factory=dict)

    def started(self, due: DueStep, identity: str, record: Record, family: Sequence[str], *, listening: bool) -> DueStep:
        """The step as the changes stand; `listening`: False while changes are nobody's news yet.

        `family`: the keys of the steps that share what was told, under the first of which it is remembered.
        """
        step, current = due.step, {column: as_text(record[column], column) for column in due.step.on_change}
        before = self.watched.get((identity, family[0]))
        done = frozenset().union(*(self.done.get((identity, key), ()) for key in family))
        after = next_watched(before, current, self.now, done)
        if not listening or _tells_nobody(step, after):
            after = Watched(current, current, None, after.times)
        if after != before:
            self.seen[identity, family[0]] = after
        if after.changed_at is None:
            return due
        told = {column: self._value(column, text) for column, text in after.told.items()}
        moment = after.changed_at.astimezone(self.now.tzinfo) + (step.offset.amount.as_timedelta() if step.after else timedelta(0))
        return replace(due, due=moment, anchor=anchor_of(after), waits="", changed=self._said(step, told, record), before=told)

    def _said(self, step: Step, before: Mapping[str, Value], record: Record) -> str:
        changed = [column for column in step.on_change if as_text(before[column], column) != as_text(record[column], column)]
        return "; ".join(self._said_of(one, before[one], record[one]) for one in changed)

    def _said_of(self, column: str, before: Value, now: Value) -> str:
        if str(before or "").startswith(_MARK) or as_text(now, column).startswith(_MARK):
            return f"{label(column)} has changed"
        return f"{label(column)} was {self._shown(before)} and is {self._shown(now)}"

    def _shown(self, value: Value) -> str:
        if value is None:
            return "blank"
        if isinstance(value, datetime):
            return at(value.replace(tzinfo=self.now.tzinfo) if value.tzinfo is None else value.astimezone(self.now.tzinfo), self.now)
        if isinstance(value, date):
            return day(value, self.now.date())
        if isinstance(value, Decimal):
            return money(value)
        text = " ".join(str(value).split())
        return f'"{text[:60]}…"' if len(text) > 60 else text

    def _value(self, column: str, text: str) -> Value:
        """A remembered text as the value that it was."""
        found = self.spec.column(column)
        kind = found.kind if found else "text"
        try:
            if not text:
                return None
            if kind in {"day", "moment"}:
                return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
            return Decimal(text) if kind in {"money", "number"} else text
        except (ValueError, InvalidOperation):
            return text


def changes_of(spec: TableSpec, now: datetime, history: History) -> Changes:
    """What the ledger knows of changes and of the steps that they started."""
    done: dict[tuple[str, str], frozenset[str]] = {}
    settled = (key for key, memory in history.steps.items() if memory.state in SETTLED)
    dismissed = (key for key, release in history.releases.items() if release.state == "dismissed")
    for key in (*settled, *dismissed):
        done[key.record, key.step] = done.get((key.record, key.step), frozenset()) | {key.anchor}
    return Changes(spec, now, history.watched, done)


def _tells_nobody(step: Step, change: Watched) -> bool:
    """Whether the technician whom this step would tell is nobody: taken off from nobody, put on as nobody."""
    values = {"former-technician": change.told, "technician": change.now}.get(step.to, {})
    return not values.get("technician", "somebody")


def next_watched(before: Watched | None, current: Values, now: datetime, done: frozenset[str]) -> Watched:
    """What is to be remembered, given what was, what the columns say now, and under which anchors the step has been done."""
    if before is None or before.told.keys() != current.keys():
        return Watched(current, current, None)
    if before.changed_at is not None and anchor_of(before) in done:
        before = Watched(before.now, before.now, None, before.times + 1)
    if current == before.told:
        return Watched(current, current, None, before.times)
    if before.changed_at is not None and current == before.now:
        return before
    return Watched(before.told, current, now, before.times)


def anchor_of(watched: Watched) -> str:
    """What the ledger calls the step that this change starts: the same for a rehearsal as for the run that sends."""
    return digest_of(sorted(watched.told.items()), sorted(watched.now.items()), watched.times) if watched.changed_at else ""


def as_text(value: Value, column: str) -> str:
    """A value as it is remembered; nothing is "". Of a long or private text only a mark is kept: it may hold what somebody asks us to forget."""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else " ".join(str(value).split())
    kept = len(text) <= LONGEST_KEPT and column not in PRIVATE
    return text if kept or not text or text.startswith(_MARK) else f"{_MARK}{digest_of(text)}"
