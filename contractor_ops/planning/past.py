"""What the ledger remembers of a row's steps: what is done, and from when the steps count that come after another one."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from contractor_ops.planning.calendar import due_moment
from contractor_ops.planning.changes import Changes
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.steps import DueStep
from contractor_ops.ports import OPEN_STATES, SETTLED, History, State, StepKey
from contractor_ops.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Past:
    """One recipe's past, asked by row and step."""

    recipe: Recipe
    facts: Facts
    history: History
    changes: Changes
    _states: Mapping[tuple[str, str, str], State]
    _dismissed: Set[tuple[str, str, str]]
    _keys: Mapping[str, str]
    _in_doubt: Mapping[tuple[str, str], str]
    _heard: Set[tuple[str, str]]
    _families: Mapping[str, tuple[str, ...]]

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

    def counted(self, row: LiveRow) -> tuple[DueStep, ...]:
        """The row's steps, those that count from another step moved to when that one was done; until then they wait for it."""
        if not any(one.step.since or one.step.on_change for one in row.steps):
            return row.steps
        by_name = {one.step.name: one for one in row.steps}
        for step in self.recipe.steps:
            if step.on_change:
                by_name[step.name] = self._started(row, by_name[step.name])
            elif step.since:
                by_name[step.name] = self._since_done(row, by_name[step.name], by_name[step.since[0]])
        if self.recipe.shape == "trail":  # each stands for itself
            return tuple(by_name.values())
        return tuple(sorted(by_name.values(), key=lambda one: (one.waits != "", one.due.timestamp())))

    def _started(self, row: LiveRow, due: DueStep) -> DueStep:
        """A step that a change starts. What nobody was told cannot have changed for them.

        Without `since` nobody was told anything: what changes while the row is not what the step is about is no news to it later either.
        """
        if anchor := self._in_doubt.get((row.id, due.step.key)):  # a person looks at it, whatever has changed since
            return DueStep(due.step, self.changes.now, anchor)
        if due.over and not due.step.since:
            return due
        told = any((row.id, self._keys[name]) in self._heard for name in due.step.since)
        listening = told if due.step.since else not due.outside
        return self.changes.started(due, row.id, row.record, self._families[due.step.key], listening=listening)

    def _since_done(self, row: LiveRow, due: DueStep, other: DueStep) -> DueStep:
        if not self.is_done(row, other):
            return replace(due, waits=f"{due.step.name} comes after {due.step.since[0]}")
        memory = self.history.steps.get(self.key(row, other))
        done = (memory.at if memory else other.due).astimezone(self.facts.calendar.zone)
        offset = due.step.offset
        # Days count from the day: a run that comes a second earlier on the next one must not find the step not due yet.
        moment = due_moment(
            done.date() if offset.amount.in_days else done, amount=offset.amount, before=False, at=offset.at, calendar=self.facts.calendar,
            day_starts=self.facts.day_starts,
        )  # fmt: skip
        return replace(due, due=moment)


def past_of(recipe: Recipe, facts: Facts, history: History, changes: Changes) -> Past:
    """A recipe's past. A trail asks it of thirty steps a row, so what it asks most lies by plain keys."""
    states = {(key.record, key.step, key.anchor): memory.state for key, memory in history.steps.items()}
    dismissed = {(key.record, key.step, key.anchor) for key, release in history.releases.items() if release.state == "dismissed"}
    doubtful = {key[:2]: key[2] for key, state in states.items() if state in OPEN_STATES and key not in dismissed}
    heard = {*changes.done, *(key[:2] for key in states if states[key] in OPEN_STATES)}
    return Past(
        recipe,
        facts,
        history,
        changes,
        states,
        dismissed,
        {step.name: step.key for step in recipe.steps},
        doubtful,
        heard,
        _families(recipe),
    )


def _families(recipe: Recipe) -> dict[str, tuple[str, ...]]:
    """The steps that tell the same people of the same columns, by each one's key: what one of them has told the others need not tell again."""
    steps = [step for step in recipe.steps if step.on_change]
    return {
        one.key: tuple(
            step.key
            for step in steps
            if step is one or (one.since and (step.since, step.on_change, step.to) == (one.since, one.on_change, one.to))
        )
        for one in steps
    }
