"""What the ledger remembers of a row's steps: what is done, and from when the steps count that come after another one."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from contractor_ops.planning.calendar import due_moment
from contractor_ops.planning.changes import Changes, as_text
from contractor_ops.planning.ears import GOES, STARTS, Ears
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.phrases import at
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.steps import DueStep
from contractor_ops.ports import OPEN_STATES, SETTLED, History, State, StepKey
from contractor_ops.recipe import Recipe, Step

_SAID = frozenset({"sent", "queued"})
_STILL_NEWS = timedelta(days=2)
"""How long before a reminder something may have fallen due that says the same and has not left yet: of older business the reminder does not wait."""


@dataclass(frozen=True, slots=True)
class Past:
    """One recipe's past, asked by row and step."""

    recipe: Recipe
    facts: Facts
    history: History
    changes: Changes
    _states: Mapping[tuple[str, str, str], State]
    _settled: Set[tuple[str, str, str]]
    _dismissed: Set[tuple[str, str, str]]
    _keys: Mapping[str, str]
    _in_doubt: Mapping[tuple[str, str], str]
    _heard: Set[tuple[str, str]]
    _said: Mapping[tuple[str, str], datetime]
    ears: Ears
    in_turn: Sequence[tuple[int, Step]]
    speaking: Sequence[int]

    def key(self, row: LiveRow, due: DueStep) -> StepKey:
        """What the ledger calls this row's step."""
        return StepKey(row.id, due.step.key, due.anchor)

    def state(self, row: LiveRow, due: DueStep) -> str | None:
        """What has become of it, None where it was never tried."""
        return self._states.get((row.id, due.step.key, due.anchor))

    def dismissed(self, row: LiveRow, due: DueStep) -> bool:
        """Whether a person said: not this one."""
        return (row.id, due.step.key, due.anchor) in self._dismissed

    def is_done(self, row: LiveRow, due: DueStep) -> bool:
        """Whether nothing is left to do about it."""
        key = (row.id, due.step.key, due.anchor)
        return self._states.get(key) in SETTLED or key in self._dismissed

    def trace(self, row: LiveRow, due: DueStep) -> Literal["", "done", "look"]:
        """What is known of it at a glance: nothing, that it was done and nobody has to do with it any more, or something to look at closely."""
        key = (row.id, due.step.key, due.anchor)
        return "done" if key in self._settled else "look" if key in self._states or key in self._dismissed else ""

    def counted(self, row: LiveRow) -> tuple[DueStep, ...]:
        """The row's steps, those that count from another step moved to when that one was done; until then they wait for it."""
        if not self.in_turn:
            return row.steps
        if self.recipe.shape == "trail":  # each stands for itself
            return self._of_trail(row)
        by_name = {one.step.name: one for one in row.steps}
        for _, step in self.in_turn:
            by_name[step.name] = self._since_done(row, by_name[step.name], by_name[step.since[0]])
        return tuple(sorted(by_name.values(), key=lambda one: (one.waits != "", one.due.timestamp())))

    def _of_trail(self, row: LiveRow) -> tuple[DueStep, ...]:
        steps, now = list(row.steps), self.changes.now.timestamp()
        texts = {column: as_text(row.record[column], column) for column in self.ears.columns}
        for place, step in self.in_turn:
            if not step.on_change:
                other = next(one for one in steps if one.step.name == step.since[0])
                steps[place] = self._since_done(row, steps[place], other)
            elif self._in_doubt or not self.changes.stands_still(row.id, step, texts, self.ears):
                steps[place] = self._started(row, steps[place], texts)
        near = [place for place in self.speaking if steps[place].stamp <= now and steps[place].has_a_moment]
        by_name = {one.step.name: one for one in steps} if near else {}
        for place in near:
            steps[place] = self._unless_said(row, steps[place], by_name)
        return tuple(steps)

    def _started(self, row: LiveRow, due: DueStep, texts: Mapping[str, str]) -> DueStep:
        """A step that a change starts. What nobody was told cannot have changed for them.

        Without `since` nobody was told anything: what changes while the row is not what the step is about is no news to it later either.
        """
        if anchor := self._in_doubt.get((row.id, due.step.key)):  # a person looks at it, whatever has changed since
            return DueStep(due.step, self.changes.now, anchor)
        if due.over and not due.step.since:
            return due
        family = self.ears.families[due.step.key]
        if any((row.id, key) in self._in_doubt for key in family):  # whether they were told is not known yet
            return due
        told = any((row.id, self._keys[name]) in self._heard for name in due.step.since)
        listening = told if due.step.since else not due.outside
        if due.step.do == "task" and (due.outside or due.over):
            listening = False  # what is mended meanwhile is asked about anew when it comes again
        current = {column: texts[column] for column in due.step.on_change}
        return self.changes.started(due, row.id, row.record, current, self.ears, listening=listening, spoken=self._spoken(row, due))

    def _spoken(self, row: LiveRow, due: DueStep) -> datetime | None:
        """When the same people last heard all that this step is about from another one."""
        said = (self._said.get((row.id, step.key)) for step in self.ears.speakers.get(due.step.key, ()))
        return max((at for at in said if at), key=datetime.timestamp, default=None)

    def _unless_said(self, row: LiveRow, due: DueStep, all_of_row: Mapping[str, DueStep]) -> DueStep:
        """The step, unless another message says the same to the same people, or they have never heard of what has changed."""
        if due.step.on_change and not due.changed:  # in doubt
            return due
        if (due.changed or due.step.to == "technician") and (why := self._is_news_to_nobody(row, due, all_of_row)):
            return replace(due, outside=why)
        spoken = None if due.changed else self._spoken(row, due)
        if spoken and spoken.timestamp() >= (due.due - _early(due)).timestamp():
            return replace(due, over=f"they were told {at(spoken.astimezone(self.changes.now.tzinfo), self.changes.now)}")
        now = next((one for step in self.ears.speakers[due.step.key] if self._speaks_now(row, one := all_of_row[step.name], due)), None)
        return replace(due, waits=f"{now.step.name} says so too") if now else due

    def _speaks_now(self, row: LiveRow, one: DueStep, due: DueStep) -> bool:
        """Whether another step that says the same is about to: one that a change has started, or for a reminder what fell due about when it did."""
        if not one.has_a_moment or one.due.timestamp() > self.changes.now.timestamp() or self.is_done(row, one):
            return False
        return bool(one.changed) or (not due.changed and one.due.date() >= due.due.date() - _STILL_NEWS)

    def _is_news_to_nobody(self, row: LiveRow, due: DueStep, all_of_row: Mapping[str, DueStep]) -> str:
        """Why a change is no news: the visit that they were told of is over, or whoever goes has not heard of it yet."""
        if self._is_over(row, due.step):
            return "the visit is over"
        put_on = next((step for step in self.recipe.steps if step.key == self.ears.put_on), None)
        if put_on is None or due.step is put_on or due.step.to != "technician":
            return ""
        knows, goes = self.changes.knows(row.id, self.ears.families[put_on.key][0]), row.record[GOES]
        if knows is None or knows.told.get(GOES) == as_text(goes, GOES):
            return ""
        pending = all_of_row[put_on.name].has_a_moment
        return f"{put_on.name} tells {goes} all of it" if pending else f"{goes or 'whoever goes'} has not been told of the booking"

    def _is_over(self, row: LiveRow, step: Step) -> bool:
        """Whether the day is over for which they were told to expect somebody, and the one that the row names."""
        timed = self.ears.timed.get("technician" if step.to == "former-technician" else step.to)
        knows = self.changes.knows(row.id, self.ears.families[timed][0]) if timed and STARTS not in step.on_change else None
        if knows is None:
            return False
        days = [text[:10] for text in (knows.told.get(STARTS, ""), as_text(row.record[STARTS], STARTS)) if text]
        return bool(days) and max(days) < self.changes.now.date().isoformat()

    def _since_done(self, row: LiveRow, due: DueStep, other: DueStep) -> DueStep:
        if not self.is_done(row, other):
            return replace(due, waits=f"{due.step.name} comes after {due.step.since[0]}")
        memory = self.history.steps.get(self.key(row, other))
        done = (memory.done_at if memory else other.due).astimezone(self.facts.calendar.zone)
        offset = due.step.offset
        # Days count from the day: a run that comes a second earlier on the next one must not find the step not due yet.
        moment = due_moment(
            done.date() if offset.amount.in_days else done, amount=offset.amount, before=False, at=offset.at, calendar=self.facts.calendar,
            day_starts=self.facts.day_starts,
        )  # fmt: skip
        return replace(due, due=moment)


def past_of(recipe: Recipe, facts: Facts, history: History, changes: Changes, ears: Ears) -> Past:
    """A recipe's past. A trail asks it of thirty steps a row, so what it asks most lies by plain keys."""
    states = {(key.record, key.step, key.anchor): memory.state for key, memory in history.steps.items()}
    dismissed = {(key.record, key.step, key.anchor) for key, release in history.releases.items() if release.state == "dismissed"}
    doubtful = {key[:2]: key[2] for key, state in states.items() if state in OPEN_STATES and key not in dismissed}
    heard = {*changes.done, *(key[:2] for key in states if states[key] in OPEN_STATES)}
    keys = {step.name: step.key for step in recipe.steps}
    places = [(place, step) for place, step in enumerate(recipe.steps) if step.since or step.on_change]
    # Who has been told that they go is known before anybody is taken off.
    in_turn = sorted(places, key=lambda one: one[1].key != ears.put_on)
    speaking = [place for place, step in enumerate(recipe.steps) if step.key in ears.speakers]
    settled = {key for key, state in states.items() if state in SETTLED and state != "failed"}
    return Past(
        recipe, facts, history, changes, states, settled, dismissed, keys, doubtful, heard, _said(history, ears), ears, in_turn, speaking
    )


def _early(due: DueStep) -> timedelta:
    """How long before a reminder the same words make it needless: half of the time between it and the visit, a day at most."""
    amount = due.step.offset.amount
    length = timedelta(days=amount.amount) if amount.unit == "business days" else amount.as_timedelta()
    return min(length, timedelta(days=2)) / 2


def _said(history: History, ears: Ears) -> dict[tuple[str, str], datetime]:
    """When each step that may say what another one would last left."""
    speaking = {step.key for steps in ears.speakers.values() for step in steps}
    found: dict[tuple[str, str], datetime] = {}
    for key, memory in history.steps.items():
        if memory.state in _SAID and key.step in speaking:
            known = found.get((key.record, key.step))
            found[key.record, key.step] = memory.done_at if known is None or known < memory.done_at else known
    return found
