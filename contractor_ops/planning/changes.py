"""What changed between two runs: a step with `on_change` starts when its columns are not what they were when it last acted, or was first seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from contractor_ops.planning.conditions import label
from contractor_ops.planning.ears import GOES, Ears
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
YES = {
    "called_off": ("it is off", "it is on again"),
    "on_hold": ("it is on hold", "it goes on"),
    "is_done": ("it is done", "it is open again"),
}
"""Columns that say no more than yes, and what it means that they begin or cease to."""
SAID = {
    "starts_at": "the start", "address": "the address", "technician": "the technician", "to_settle": "what is to settle",
    "title": "the work", "total": "the total", "job_type": "the kind of job", "sheet_technician": "whom the sheet names",
}  # fmt: skip
"""What sentences call columns that steps watch; the others go by their own names."""
_AND = " and "
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

    def stands_still(self, identity: str, step: Step, texts: Mapping[str, str], ears: Ears) -> bool:
        """Whether nothing has changed that this step watches, which is so of nearly every step of every row; `texts` are the row's own now."""
        before = self.watched.get((identity, ears.families[step.key][0]))
        if before is None or before.changed_at is not None or len(before.told) != len(step.on_change):
            return False
        for column in step.on_change:
            if before.told.get(column) != texts[column]:
                return False
        if step.key not in {ears.put_on, ears.taken_off}:
            return True
        others = (self.knows(identity, ears.families[key][0]) for key in (ears.put_on, ears.taken_off) if key)
        return all(one is not None and one.changed_at is None and one.told.get(GOES) == texts[GOES] for one in others)

    def started(
        self, due: DueStep, identity: str, record: Record, current: Values, ears: Ears, *, listening: bool, spoken: datetime | None
    ) -> DueStep:
        """The step as the changes stand; `listening`: False while changes are nobody's news yet.

        `spoken`: when another message last told the same people all that this step is about.
        """
        step = due.step
        before = self._before(step, identity, ears, current.get(GOES, ""))
        if before and before.changed_at and spoken and spoken.timestamp() >= before.changed_at.timestamp():
            before = Watched(before.now, before.now, None, before.times)
        after = next_watched(before, current, self.now, self._done(identity, ears.families[step.key]))
        after = _unless_nobody(step, after) if listening else Watched(current, current, None, after.times)
        key = identity, ears.families[step.key][0]
        if after != self.watched.get(key):
            self.seen[key] = after
        if after.changed_at is None:
            return due
        told = {column: self._value(column, text) for column, text in after.told.items()}
        moment = after.changed_at.astimezone(self.now.tzinfo) + (step.offset.amount.as_timedelta() if step.after else timedelta(0))
        return replace(due, due=moment, anchor=anchor_of(after), waits="", changed=self._said(step, told, record), before=told)

    def knows(self, identity: str, step: str) -> Watched | None:
        """What is remembered of a step now, this plan's own news among it."""
        return self.seen.get((identity, step)) or self.watched.get((identity, step))

    def _before(self, step: Step, identity: str, ears: Ears, goes_now: str) -> Watched | None:
        """What is remembered; who knows that they go is one thing for the step that puts on and the one that takes off."""
        before = self.watched.get((identity, ears.families[step.key][0]))
        if before is None or not (ears.put_on and ears.taken_off) or step.key not in {ears.put_on, ears.taken_off}:
            return before
        relieved = self._relieved(identity, ears)
        if step.key == ears.put_on:
            known = _was_told(before, self._done(identity, ears.families[step.key]))
            return before if known or before.told.get(GOES) not in relieved else replace(before, told={**before.told, GOES: ""})
        goes = self.knows(identity, ears.families[ears.put_on][0])
        knows = goes.told.get(GOES, "") if goes else ""
        if before.changed_at is None or relieved:
            told = {**before.told, GOES: "" if knows in relieved else knows if goes else before.told.get(GOES, "")}
            return Watched(told, told, None, before.times + bool(relieved))
        if knows not in {"", before.told.get(GOES), goes_now}:  # two to take off: a person sees both names
            return replace(before, told={**before.told, GOES: _joined(before.told.get(GOES, ""), knows)})
        return before

    def _relieved(self, identity: str, ears: Ears) -> tuple[str, ...]:
        """Who has heard, since the last run, that they go no longer."""
        key = ears.families[ears.taken_off]
        off = self.watched.get((identity, key[0]))
        told = off is not None and _was_told(off, self._done(identity, key))
        return tuple(off.told.get(GOES, "").split(_AND)) if off and told else ()

    def _done(self, identity: str, family: Sequence[str]) -> frozenset[str]:
        return frozenset().union(*(self.done.get((identity, key), ()) for key in family))

    def _said(self, step: Step, before: Mapping[str, Value], record: Record) -> str:
        changed = [column for column in step.on_change if as_text(before[column], column) != as_text(record[column], column)]
        return "; ".join(self._said_of(one, before[one], record[one]) for one in changed)

    def _said_of(self, column: str, before: Value, now: Value) -> str:
        if column in YES:
            return YES[column][now is None]
        if str(before or "").startswith(_MARK) or as_text(now, column).startswith(_MARK):
            return f"{SAID.get(column) or label(column)} has changed"
        return f"{SAID.get(column) or label(column)} was {self._shown(before)} and is {self._shown(now)}"

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
    settled = (key for key, memory in history.steps.items() if memory.state in SETTLED and memory.state != "failed")
    dismissed = (key for key, release in history.releases.items() if release.state == "dismissed")
    for key in (*settled, *dismissed):
        done[key.record, key.step] = done.get((key.record, key.step), frozenset()) | {key.anchor}
    return Changes(spec, now, history.watched, done)


def _unless_nobody(step: Step, after: Watched) -> Watched:
    """Nobody is taken off where nobody was on, and nobody is put on where the sheet names nobody: whoever knew of it still does."""
    if step.to == "former-technician" and not after.told.get(GOES, "somebody"):
        return Watched(after.now, after.now, None, after.times)
    if step.to == "technician" and not after.now.get(GOES, "somebody"):
        return Watched(after.told, after.told, None, after.times)
    return after


def _joined(names: str, name: str) -> str:
    return names if name in names.split(_AND) else f"{names}{_AND}{name}"


def next_watched(before: Watched | None, current: Values, now: datetime, done: frozenset[str]) -> Watched:
    """What is to be remembered, given what was, what the columns say now, and under which anchors the step has been done."""
    if before is None or before.told.keys() != current.keys():
        return Watched(current, current, None)
    if _was_told(before, done):
        before = Watched(before.now, before.now, None, before.times + 1)
    if current == before.told:
        return Watched(current, current, None, before.times)
    if before.changed_at is not None and current == before.now:
        return before
    return Watched(before.told, current, now, before.times)


def _was_told(change: Watched, done: frozenset[str]) -> bool:
    """Whether the step has acted on this change; ledgers of before know it by what was told as well."""
    before = digest_of(sorted(change.told.items()), sorted(change.now.items()), change.times)
    return change.changed_at is not None and (anchor_of(change) in done or before in done)


def anchor_of(watched: Watched) -> str:
    """What the ledger calls the step that this change starts: the same for a rehearsal as for the run that sends."""
    return digest_of(sorted(watched.now.items()), watched.times) if watched.changed_at else ""


def as_text(value: Value, column: str) -> str:
    """A value as it is remembered; nothing is "". Of a long or private text only a mark is kept: it may hold what somebody asks us to forget."""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else " ".join(str(value).split())
    kept = len(text) <= LONGEST_KEPT and column not in PRIVATE
    return text if kept or not text or text.startswith(_MARK) else f"{_MARK}{digest_of(text)}"
