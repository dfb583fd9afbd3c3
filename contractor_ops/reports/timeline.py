"""What a simulation brought: a value, then its JSON and its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contractor_ops.planning.decision import Brake, Decision
from contractor_ops.reports.run_rows import RUN_COLUMNS

TIMELINE_COLUMNS = ("at", *RUN_COLUMNS)
DONE = frozenset({"sent", "queued"})
_BY_STATUS = "only for what is "
"""How the reason of a step begins that the row's status alone leaves out."""
_ENDED_BY_STATUS = "its status is "
"""And of one that the status ended: it says nothing once the row has another one."""
_AHEAD = " is due "
"""In the reason of a step that only waits for its moment, which says nothing once that has come."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was news at a moment; `first`: at the first run, so that it may have been so for long.

    `expected`: when whoever should hear of it reckons with a visit, where the message waits until after that.
    """

    at: datetime
    one: Decision
    first: bool = False
    expected: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that came from outside: `kind` is what was typed before the colon, `came` what became of it.

    `invented`: nobody has typed it. `column`: a cell of the sheet says something else. `owner`: the name of whoever must answer it.
    """

    at: datetime
    kind: str
    value: str
    came: str = ""
    invented: bool = False
    column: bool = False
    owner: str = ""

    @property
    def said(self) -> str:
        """What happened, as one would type it; with nothing behind the colon a column is blank."""
        kind = self.kind.replace("_", " ")
        return f"{kind}: {self.value}" if self.value else f"{kind}: blank" if self.column else kind


@dataclass(frozen=True, slots=True)
class Braked:
    """A brake that would hold the run of this moment; it was lifted, to see what comes after."""

    at: datetime
    brake: Brake


@dataclass(slots=True)
class Timeline:
    """Everything that a recipe would do between two moments (aware, office time), in the order in which it would.

    `about` says in sentences which rows it is about, and `notes` what is other than in life. `brakes` are those that hold the run of now.
    `first` and `last` are the first and the last word about each record and step, `because` the last one that says why it did not come.
    `only` is the record that it is all about, "" where there are more. `gone`: when its row was taken out. `people` are names by their keys.
    """

    recipe: str
    title: str
    reads: str
    trail: bool
    mode: str
    steps: Sequence[str]
    start: datetime
    end: datetime
    days: int
    about: Sequence[str]
    notes: Sequence[str] = ()
    brakes: Sequence[Brake] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    happenings: list[Decided | Happened | Braked] = field(default_factory=list)
    first: dict[tuple[str, str | None], Decision] = field(default_factory=dict)
    last: dict[tuple[str, str | None], Decision] = field(default_factory=dict)
    because: dict[tuple[str, str | None], Decision] = field(default_factory=dict)
    gone: datetime | None = None
    runs: int = 0

    def note(self, at: datetime, one: Decision) -> None:
        """Remember what was decided at a moment."""
        key = (one.record, one.step)
        before = self.because.get(key)
        self.first.setdefault(key, one)
        self.last[key] = one
        if before is None or not _outlives(before, one, at):
            self.because[key] = one

    @property
    def decided(self) -> Iterator[Decided]:
        """The decisions alone."""
        return (one for one in self.happenings if isinstance(one, Decided))


def _outlives(before: Decision, one: Decision, at: datetime) -> bool:
    """Whether an earlier word says better why a step did not come: it died, or was left out when it was due, before the row went on."""
    if one.decision == "ended":
        return before.decision == "ended" and before.anchor == one.anchor
    if one.decision != "wait" or one.due is not None:
        return False
    if before.due is None:  # what it waited for says more than that its time is over; an end that was taken back says nothing
        return one.reason.startswith(_BY_STATUS) and not before.reason.startswith((_BY_STATUS, _ENDED_BY_STATUS))
    return before.decision in {"ended", "hold"} or (before.due.timestamp() <= at.timestamp() and _AHEAD not in before.reason)


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """The timeline for scripts: decisions as in the run document, each with its moment; keys are only ever added."""
    return {
        "recipe": timeline.recipe, "now": timeline.start.isoformat(), "until": timeline.end.isoformat(), "days": timeline.days,
        "mode": timeline.mode, "simulated": True, "about": list(timeline.about), "runs": timeline.runs,
        "brakes": [*(_brake(one, None) for one in timeline.brakes),
                   *(_brake(one.brake, one.at) for one in timeline.happenings if isinstance(one, Braked))],
        "events": [_event(one) for one in timeline.happenings if isinstance(one, Happened)],
        "decisions": list(timeline_decisions(timeline)),
    }  # fmt: skip


def timeline_decisions(timeline: Timeline) -> Iterator[dict[str, Any]]:
    """The decisions, each with its simulated moment."""
    return ({"at": decided.at.isoformat(), **decided.one.as_json()} for decided in timeline.decided)


def timeline_rows(timeline: Timeline) -> Iterator[Mapping[str, Any]]:
    """The decisions as rows, the source's parts as columns of their own."""
    return ({"recipe": timeline.recipe, **one, **one["source"]} for one in timeline_decisions(timeline))


def _brake(brake: Brake, at: datetime | None) -> dict[str, Any]:
    return {"name": brake.name, "message": brake.message, "remedy": brake.remedy, "at": at.isoformat() if at else None}


def _event(one: Happened) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "kind": one.kind, "value": one.value, "came": one.came or None, "invented": one.invented}
