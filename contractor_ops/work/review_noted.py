"""What a person says of a call about an item of the queue, and what was written for it."""

from dataclasses import dataclass
from datetime import date, datetime

from contractor_ops.ports import Outcome, Pause, ReviewItem
from contractor_ops.reports.ended import CALLED
from contractor_ops.reports.format import day, documents, money
from contractor_ops.work.review_caller import Caller

OUTCOMES: dict[Outcome, str] = {
    "reached": CALLED[0],
    "voicemail": CALLED[1],
    "dispute": "they disputed it",
    "promise": "they promised",
    "wrong-number": "wrong number, noted",
}
"""Each outcome in words, a day follows."""
_OURS: frozenset[Outcome] = frozenset({"reached", "voicemail"})
"""What a call to one of our own people can bring: they dispute nothing, and their number is not silenced."""
_OWE_NOTHING: frozenset[str] = frozenset({"estimates", "leads", "calls", "missed_calls", "replies"})
_NOTHING_TO_DISPUTE: frozenset[str] = frozenset({"leads", "calls", "missed_calls"})


def fitting(item: ReviewItem, caller: Caller) -> frozenset[Outcome]:
    """The outcomes that a call about an item can have. Nobody looks for the right number of a caller whom nobody knows."""
    if caller.role:
        return _OURS
    fits = set(OUTCOMES)
    if item.table in _OWE_NOTHING:
        fits.discard("promise")
    if item.table in _NOTHING_TO_DISPUTE:
        fits.discard("dispute")
    if not caller.name:
        fits.discard("wrong-number")
    return frozenset(fits)


@dataclass(frozen=True, slots=True)
class Call:
    """What a person says of a call: `on` is the day of a promise, `settled` whether the item is done with that, `called` which number it was."""

    outcome: Outcome
    on: date | None = None
    note: str = ""
    settled: bool = False
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written besides the item: enough to take it back. `said` tells a person what follows.

    `opted_out` is the line that silenced a number, `rests` whether nothing leaves to the customer from now on.
    """

    said: str
    outcomes: tuple[int, ...]
    task: int | None = None
    paused: Pause | None = None
    paused_before: Pause | None = None
    opted_out: tuple[str, datetime, str] | None = None
    remedy: str = ""
    rests: bool = False

    @property
    def told(self) -> str:
        """What follows, and what a person may still have to do."""
        return f"{self.said}. {self.remedy}" if self.remedy else self.said


def note_of(call: Call, at: datetime) -> str:
    """What stands on the item afterwards."""
    said = f"{OUTCOMES[call.outcome]} on {day(at, at)}"
    if call.on:
        said = f"{said} to pay on {day(call.on, at)}"
    return f"{said}: {call.note}" if call.note else said


def about(item: ReviewItem) -> str:
    """The papers that an item is about, and the money."""
    amount = f", {money(item.amount)}" if item.amount is not None else ""
    return documents(item.table, [member.key.record for member in item.members]) + amount
