"""Where bookings stand on their trails: values first, then their JSON and rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

State = Literal["done", "due", "waiting", "skipped"]
STEP_COLUMNS = ("recipe", "step", "state", "overdue", "due", "until", "done_at", "how", "reason", "owner", "review")
OVERDUE_COLUMNS = ("job", "customer", "starts_at", "recipe", "step", "due", "reason", "owner", "review", "more")


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One step of one booking: `due`, `until` and `done_at` are aware, office time.

    `do` is what kind of step it is, `how` says what was done and for whom, `reason` why it stands as it does. `owner` is a key
    of [people], `review` the number in the queue, `asked` since when it stands there.
    """

    recipe: str
    step: str
    state: State
    reason: str
    owner: str
    due: datetime | None = None
    until: datetime | None = None
    done_at: datetime | None = None
    how: str = ""
    review: int | None = None
    overdue: bool = False
    do: str = ""
    asked: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What the ledger's own record of the booking says in one column, and which step wrote it."""

    column: str
    value: str
    recipe: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A call with the customer, or what they wrote, since the booking: `label` is what it was taken for, or what became of the call."""

    at: datetime
    kind: Literal["reply", "call"]
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class BookingTrail:
    """One booking, and everything that is done, due, waits or is left out. `notes` say what keeps a whole recipe from running.

    `gone`: it is in no sheet any more, and `steps` are what the ledger remembers.
    """

    job: str
    customer: str
    title: str
    status: str
    starts_at: str
    technician: str
    place: str
    now: datetime
    steps: Sequence[TrailStep]
    own: Sequence[OwnWord] = ()
    heard: Sequence[Heard] = ()
    notes: Sequence[str] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Overdue:
    """The gravest overdue step of one booking; `more` are its other ones."""

    job: str
    customer: str
    starts_at: str
    step: TrailStep
    more: int = 0


@dataclass(frozen=True, slots=True)
class OpenTrails:
    """Every open booking: those with an overdue step, the gravest first, and how many have none."""

    now: datetime
    overdue: Sequence[Overdue]
    without: int
    notes: Sequence[str] = ()
    people: Mapping[str, str] = field(default_factory=dict)


def trail_json(trail: BookingTrail) -> dict[str, Any]:
    """One booking for scripts: keys are only ever added."""
    return {
        "job": trail.job, "customer": trail.customer or None, "title": trail.title or None, "status": trail.status or None,
        "starts_at": trail.starts_at or None, "technician": trail.technician or None, "place": trail.place, "now": trail.now.isoformat(),
        "steps": list(map(step_json, trail.steps)),
        "own": [{"column": one.column, "value": one.value, "recipe": one.recipe, "step": one.step, "at": one.at.isoformat()} for one in trail.own],
        "heard": [{"at": one.at.isoformat(), "kind": one.kind, "label": one.label, "words": one.words} for one in trail.heard],
        "notes": list(trail.notes), "gone": trail.gone,
    }  # fmt: skip


def step_json(step: TrailStep) -> dict[str, Any]:
    """One step for scripts."""
    return {
        "recipe": step.recipe, "step": step.step, "state": step.state, "overdue": step.overdue, "due": _iso(step.due), "until": _iso(step.until),
        "done_at": _iso(step.done_at), "how": step.how or None, "reason": step.reason, "owner": step.owner, "review": step.review,
    }  # fmt: skip


def overdue_json(found: OpenTrails) -> dict[str, Any]:
    """All open bookings for scripts: keys are only ever added."""
    return {"now": found.now.isoformat(), "overdue": list(overdue_rows(found)), "without": found.without, "notes": list(found.notes)}


def overdue_rows(found: OpenTrails) -> Iterator[dict[str, Any]]:
    """One row for each booking that has an overdue step."""
    for one in found.overdue:
        step = one.step
        yield {
            "job": one.job, "customer": one.customer or None, "starts_at": one.starts_at or None, "recipe": step.recipe, "step": step.step,
            "due": _iso(step.due), "reason": step.reason, "owner": step.owner, "review": step.review, "more": one.more,
        }  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
