"""In a ladder a later step overtakes those before it, but not what a person has released: that leaves first, and the later one waits a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contractor_ops.planning.calendar import due_moment
from contractor_ops.planning.past import Past
from contractor_ops.planning.phrases import at, local
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.steps import DueStep
from contractor_ops.recipe import Step
from contractor_ops.spans import Span

RELEASE_LASTS = timedelta(days=7)
"""How long after the next step fell due a released message may still leave before it."""


@dataclass(frozen=True, slots=True)
class Overtaking:
    """Which released step comes before the latest one. `looked_at` are the records that people were asked about: most rows are none of them."""

    past: Past
    now: datetime
    anchor_column: str
    looked_at: frozenset[str]

    def released(self, row: LiveRow, steps: Sequence[DueStep], due: int) -> DueStep | None:
        """The last message that a person has released and that has not left, where a later one of the `due` first steps counts now."""
        if row.id not in self.looked_at:
            return None
        done = max((place for place, one in enumerate(steps) if self.past.is_done(row, one)), default=-1)
        last = next((one for one in reversed(steps[done + 1 : due]) if self._is_released(row, one)), None)
        return last if last is not steps[due - 1] else None

    def lapsed(self, row: LiveRow, released: DueStep, due: Sequence[DueStep]) -> str | None:
        """Why its release does not count any more, or None."""
        if self.past.history.releases[self.past.key(row, released)].row_hash != row.hash:
            return "the row has changed since"
        later = due[due.index(released) + 1 :]
        if released.step.offset.before and self._has_come(row, released, later):
            return "the day that it is about has come"
        if self.now.timestamp() - later[0].due.timestamp() > RELEASE_LASTS.total_seconds():
            return f"{later[0].step.name} fell due more than a week ago"
        return None

    def left_late(self, row: LiveRow, due: DueStep) -> tuple[str, datetime] | None:
        """Where a released message left on this step's day or after it: what to say of it, and from when this one may be done.

        Steps that are meant for one day stay together, and what comes before an appointment cannot wait.
        """
        if (
            row.id not in self.looked_at
            or self.past.recipe.shape == "trail"
            or not due.step.offset.amount.in_days
            or due.step.offset.before
        ):
            return None
        late = max(((left, one) for one in row.steps if (left := self._left(row, one, due))), key=lambda pair: pair[0], default=None)
        if late is None:
            return None
        left, one = late
        return f"{one.step.name}, which a person had released, left {at(left, self.now)}", self._next_day(left, due.step)

    def _left(self, row: LiveRow, one: DueStep, later: DueStep) -> datetime | None:
        """When this message left after it was released, if that was too late for the later step to be done on the same day."""
        key = self.past.key(row, one)
        memory = self.past.history.steps.get(key)
        if memory is None or memory.state not in {"sent", "queued"} or key not in self.past.history.releases or one.step.do != "message":
            return None
        left = memory.at.astimezone(self.past.facts.calendar.zone)
        apart = one.due.date() < later.due.date() and one.step.name not in later.step.since
        return left if apart and left.date() >= later.due.date() else None

    def _has_come(self, row: LiveRow, one: DueStep, later: Sequence[DueStep]) -> bool:
        """Whether the day (of a step that counts hours: the moment) is there that a message comes before."""
        if any(not other.step.offset.before or not other.step.offset.amount.amount for other in later):
            return True
        anchor = row.record[self.anchor_column]
        if isinstance(anchor, datetime):
            anchor = local(anchor, self.now)
            if not one.step.offset.amount.in_days:
                return anchor.timestamp() <= self.now.timestamp()
            anchor = anchor.date()
        return isinstance(anchor, date) and anchor <= self.now.date()

    def _is_released(self, row: LiveRow, due: DueStep) -> bool:
        release = self.past.history.releases.get(self.past.key(row, due))
        return release is not None and release.state == "approved" and due.step.do == "message"

    def _next_day(self, left: datetime, step: Step) -> datetime:
        calendar, day_starts = self.past.facts.calendar, self.past.facts.day_starts
        one = Span(1, "business days" if step.offset.amount.unit == "business days" else "days")
        until = due_moment(left.date(), amount=one, before=False, at=step.offset.at, calendar=calendar, day_starts=day_starts)
        try:
            return calendar.next_opening(until) if step.in_hours else until
        except ValueError:  # an office that never opens
            return until
