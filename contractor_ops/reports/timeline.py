"""What a simulation brought: a value, then its JSON and its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contractor_ops.planning.decision import Brake, Decision
from contractor_ops.reports.run_rows import RUN_COLUMNS

TIMELINE_COLUMNS = ("at", *RUN_COLUMNS)
DONE = frozenset({"sent", "queued"})


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was news at a moment; `first`: at the first run, so that it may have been so for long."""

    at: datetime
    one: Decision
    first: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that came from outside: `kind` is what was typed before the colon, `came` what became of it.

    `invented`: nobody has typed it. `column`: a cell of the sheet says something else.
    """

    at: datetime
    kind: str
    value: str
    came: str = ""
    invented: bool = False
    column: bool = False

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
    `first` and `last` are the first and the last word about each record and step. `only` is the record that it is all about, "" where
    there are more. `people` are names by their keys.
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
    runs: int = 0

    @property
    def decided(self) -> Iterator[Decided]:
        """The decisions alone."""
        return (one for one in self.happenings if isinstance(one, Decided))


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
