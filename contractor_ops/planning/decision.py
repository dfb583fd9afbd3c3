"""A decision: what the planner says about one record now. A plain value that can be printed, stored and compared."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar, overload

from contractor_ops.bookings.calendar_file import Visit
from contractor_ops.planning.whereabouts import Whereabouts
from contractor_ops.ports import Picture, Watched
from contractor_ops.tables.record import Place, Problem, Record
from contractor_ops.tables.records import column_of, places_of

Kind = Literal["act", "review", "hold", "wait", "done", "ended", "broken"]
KINDS: tuple[Kind, ...] = ("act", "review", "hold", "wait", "done", "ended", "broken")
_SETTLED = frozenset({"ended", "done", "wait"})
BY_HAND = frozenset({"task", "draft-invoice"})
"""Actions that end on a person's list."""
Outcome = Literal["sent", "failed", "in_doubt", "queued", "skipped"]


@dataclass(frozen=True, slots=True)
class OtherWay:
    """The same message by the recipe's next channel, in case that the number turns out to take no texts."""

    channel: str
    to: str
    subject: str | None
    body: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that a step leaves for a person to look at: its name and its whole text."""

    name: str
    text: str


class Entry(NamedTuple):
    """One value that a step writes into the ledger's own record of a row."""

    table: str
    record: str
    column: str
    value: str


@dataclass(slots=True)
class Decision:
    """What happens to one record (in a trail: one record and step), and why.

    `due` and `until` are aware. `outcome`, `provider_id` and `settled_by` say what this run did, None for what
    earlier runs did. `segments` is how many text messages it is billed as, `cost` what they cost in the office's currency. The other fields
    after `settled_by` are the planner's own notes for acting and are not printed.
    """

    decision: Kind
    record: str
    step: str | None
    reason: str
    table: str
    place: Place
    customer: str | None
    owner: str
    due: datetime | None = None
    until: datetime | None = None
    action: str | None = None
    channel: str | None = None
    to: str | None = None
    subject: str | None = None
    body: str | None = None
    outcome: Outcome | None = None
    provider_id: str | None = None
    settled_by: str | None = None
    anchor: str = ""
    customer_key: str = ""
    amount: Any = None
    row_hash: str = ""
    words_hash: str = ""
    group: str = ""
    segments: int = 0
    where: Whereabouts | None = None
    to_name: str = ""
    leaves_by: datetime | None = None
    instead: OtherWay | None = None
    cost: Decimal | None = None
    urgent: str = ""
    known_as: tuple[str, ...] = ()
    draft: Draft | None = None
    sets: tuple[Entry, ...] = ()
    missing: str = ""
    html: str | None = None
    pictures: tuple[Picture, ...] = ()
    visit: Visit | None = None
    called_off: bool = False
    commercial: bool = False

    @property
    def may_be_released(self) -> bool:
        """Whether a person can say yes to it: words to somebody, or a choice."""
        return bool(self.body) and (self.to is not None or self.action == "assign")

    def go_by(self, way: OtherWay, note: str) -> None:
        """Take the other way, and say why."""
        self.channel, self.to, self.subject, self.body, self.words_hash = way.channel, way.to, way.subject, way.body, way.words_hash
        self.instead, self.segments, self.cost = None, 0, None
        self.reason = f"{self.reason} — {note}"

    def as_json(self) -> dict[str, Any]:
        """The decision as the run document prints it; keys are only ever added."""
        return {
            "decision": self.decision, "record": self.record, "step": self.step, "reason": self.reason,
            "source": {"table": self.table, "file": self.place.file, "sheet": self.place.sheet, "row": self.place.row},
            "customer": self.customer, "owner": self.owner,
            "due": _iso(self.due), "until": _iso(self.until),
            "action": self.action, "channel": self.channel, "to": self.to, "subject": self.subject, "body": self.body,
            "outcome": self.outcome, "provider_id": self.provider_id, "settled_by": self.settled_by,
            "segments": self.segments or None, "cost": float(self.cost) if self.cost is not None else None,
        }  # fmt: skip


Thing = TypeVar("Thing")


@dataclass(frozen=True)
class ByRow(Sequence[Thing | Decision], Generic[Thing]):
    """Something for every row, in the order of the sheet: what stands in `near` by the row's position, and of the others that they are over.

    Most rows of a large sheet are: the decisions about those are made when somebody asks for them. `over` maps a status to why its rows are over.
    """

    table: str
    records: Sequence[Record]
    over: Mapping[object, str]
    owner: str
    near: Mapping[int, Thing]

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Thing | Decision: ...
    @overload
    def __getitem__(self, at: slice) -> list[Thing | Decision]: ...
    def __getitem__(self, at: int | slice) -> Thing | Decision | list[Thing | Decision]:
        return self._all[at]

    def __iter__(self) -> Iterator[Thing | Decision]:
        return iter(self._all)

    @cached_property
    def _all(self) -> list[Thing | Decision]:
        near, over, table, owner = self.near, self.over, self.table, self.owner
        columns = (column_of(self.records, name) for name in ("status", "number", "customer"))
        cells = enumerate(zip(*columns, places_of(self.records), strict=True))
        return [
            near[at] if at in near else Decision("ended", number, None, over[status], table, place, customer, owner)
            for at, (status, number, customer, place) in cells
        ]


class Quiet(Protocol):
    """A step about which nothing is to be done or asked: done, over, or waiting."""

    @property
    def kind(self) -> Kind:
        """What its decision is."""


Uneventful = TypeVar("Uneventful", bound=Quiet)


@dataclass(frozen=True)
class BySteps(Sequence[Decision], Generic[Uneventful]):
    """The decisions of a trail, row by row and step by step. Those of quiet steps, which are most, are made when somebody asks for them."""

    found: Sequence[Decision | Uneventful]
    made: Callable[[Uneventful], Decision]
    owner: Callable[[Uneventful], str]

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, at: int) -> Decision: ...
    @overload
    def __getitem__(self, at: slice) -> list[Decision]: ...
    def __getitem__(self, at: int | slice) -> Decision | list[Decision]:
        return self._all[at]

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._all)

    @cached_property
    def eventful(self) -> list[Decision]:
        """Those that are more than quiet."""
        return [one for one in self.found if isinstance(one, Decision)]

    @property
    def quiet(self) -> Iterator[Uneventful]:
        """The others."""
        return (one for one in self.found if not isinstance(one, Decision))

    @cached_property
    def _all(self) -> list[Decision]:
        return [one if isinstance(one, Decision) else self.made(one) for one in self.found]


@dataclass(frozen=True, slots=True)
class Brake:
    """A named reason why a whole run refuses to act; `remedy` says what to type if it is meant."""

    name: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """What became of writing into one file of the office's: how many cells (of a rehearsal: would be), the copy that was kept, what kept it.

    `passing`: it is no more than that somebody has the file open; the next run writes.
    """

    tables: tuple[str, ...]
    file: str
    cells: int
    backup: str | None
    really: bool
    trouble: str = ""
    passing: bool = False

    def as_json(self) -> dict[str, Any]:
        """As the run document prints it."""
        return {"tables": list(self.tables), "file": self.file or None, "cells": self.cells, "written": self.really and not self.trouble,
                "backup": self.backup, "trouble": self.trouble or None}  # fmt: skip


@dataclass(slots=True)
class Plan:
    """Everything one run of one recipe has to say: the run document before it is printed. `sums` are those of its table.

    `watched` is what should be remembered of columns that steps watch, by record and step.
    """

    recipe: str
    title: str
    now: datetime
    mode: str
    sent: bool
    rows: int
    decisions: Sequence[Decision]
    brakes: list[Brake] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    trail: bool = False
    accepted: tuple[str, ...] = ()
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    write_back: Sequence[WrittenBack] = ()
    watched: Mapping[tuple[str, str], Watched] = field(default_factory=dict)
    _unsettled: list[Decision] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def judged(self) -> Iterable[Decision]:
        """The decisions that more was asked for than the row's status: all but those of most rows that are over, in the order of the sheet."""
        return self.decisions.near.values() if isinstance(self.decisions, ByRow) else self.decisions

    @property
    def eventful(self) -> Iterable[Decision]:
        """Of those, the ones that are more than a quiet step of a trail."""
        return self.decisions.eventful if isinstance(self.decisions, BySteps) else self.judged

    @property
    def unsettled(self) -> list[Decision]:
        """The decisions that people or actions have to do with: all but what has ended, is done or waits, which are most of a large sheet.

        They are looked out once: what a run does never makes one of the others into one of these.
        """
        if self._unsettled is None:
            self._unsettled = [one for one in self.eventful if one.decision not in _SETTLED]
        return self._unsettled

    def counts(self) -> dict[str, int]:
        """Rows in = decisions out: `rows`, in a trail `decisions` too, then one number for each kind of decision."""
        found = Counter(map(attrgetter("decision"), self.eventful))
        if isinstance(self.decisions, BySteps):
            found.update(map(attrgetter("kind"), self.decisions.quiet))
        found["ended"] += len(self.decisions) - found.total()
        tally: dict[str, int] = {kind: found[kind] for kind in KINDS}
        head = {"rows": self.rows, **({"decisions": len(self.decisions)} if self.trail else {})}
        return {**head, **tally}

    def owners(self) -> Counter[str]:
        """How many of the decisions are whose."""
        found = Counter(map(attrgetter("owner"), self.eventful))
        if isinstance(self.decisions, BySteps):
            found.update(map(self.decisions.owner, self.decisions.quiet))
        if isinstance(self.decisions, ByRow):
            found[self.decisions.owner] += len(self.decisions) - len(self.decisions.near)
        return +found

    def as_json(self) -> dict[str, Any]:
        """The run document."""
        return {
            "recipe": self.recipe, "now": self.now.isoformat(), "sent": self.sent, "mode": self.mode,
            "counts": self.counts(),
            "brakes": [{"name": b.name, "message": b.message, "remedy": b.remedy} for b in self.brakes],
            "decisions": [decision.as_json() for decision in self.decisions],
            "problems": [problem.as_json() for problem in self.problems],
            **({"sums": {name: float(amount) for name, amount in self.sums.items()}} if self.sums else {}),
            **({"write_back": [one.as_json() for one in self.write_back]} if self.write_back else {}),
        }  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
