"""What the ledger remembers of a row's steps: what is done, and from when the steps count that come after another one."""

from dataclasses import dataclass, replace

from contractor_ops.planning.calendar import due_moment
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.screen import DueStep, LiveRow
from contractor_ops.ports import SETTLED, History, StepKey
from contractor_ops.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Past:
    """One recipe's past, asked by row and step."""

    recipe: Recipe
    facts: Facts
    history: History

    def key(self, row: LiveRow, due: DueStep) -> StepKey:
        """What the ledger calls this row's step."""
        return StepKey(row.id, due.step.key, row.anchor)

    def state(self, row: LiveRow, due: DueStep) -> str | None:
        """What has become of it, None where it was never tried."""
        memory = self.history.steps.get(self.key(row, due))
        return memory.state if memory else None

    def dismissed(self, row: LiveRow, due: DueStep) -> bool:
        """Whether a person said: not this one."""
        release = self.history.releases.get(self.key(row, due))
        return release is not None and release.state == "dismissed"

    def is_done(self, row: LiveRow, due: DueStep) -> bool:
        """Whether nothing is left to do about it."""
        return self.state(row, due) in SETTLED or self.dismissed(row, due)

    def counted(self, row: LiveRow) -> tuple[DueStep, ...]:
        """The row's steps, those that count from another step moved to when that one was done; until then they wait for it."""
        if not any(one.step.since for one in row.steps):
            return row.steps
        by_name = {one.step.name: one for one in row.steps}
        found: dict[str, DueStep] = {}
        for step in self.recipe.steps:
            found[step.name] = self._since_done(row, by_name[step.name], found.get(step.since))
        return tuple(sorted(found.values(), key=lambda one: (one.waits, one.due.timestamp())))

    def _since_done(self, row: LiveRow, due: DueStep, other: DueStep | None) -> DueStep:
        if other is None:
            return due
        if not self.is_done(row, other):
            return replace(due, waits=True)
        memory = self.history.steps.get(self.key(row, other))
        done = (memory.at if memory else other.due).astimezone(self.facts.calendar.zone)
        offset = due.step.offset
        # Days count from the day: a run that comes a second earlier on the next one must not find the step not due yet.
        moment = due_moment(
            done.date() if offset.amount.in_days else done, amount=offset.amount, before=False, at=offset.at, calendar=self.facts.calendar,
            day_starts=self.facts.day_starts,
        )  # fmt: skip
        return DueStep(due.step, moment)
