"""What a person says of a call about an item of the queue, and what was written for it."""

from dataclasses import dataclass
from datetime import date, datetime

from contractor_ops.ports import Outcome, Pause, ReviewItem
from contractor_ops.reports.format import day, documents, money

OUTCOMES: dict[Outcome, str] = {
    "reached": "reached them",
    "voicemail": "left a voicemail",
    "dispute": "they dispute it",
    "promise": "they promise to pay",
    "wrong-number": "wrong number",
}
"""Each outcome in words."""


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
    """What was written besides the item: enough to take it back. `said` tells a person what follows; `opted_out` is the line that silenced a number."""

    said: str
    outcomes: tuple[int, ...]
    task: int | None = None
    paused: Pause | None = None
    paused_before: Pause | None = None
    opted_out: tuple[str, datetime, str] | None = None
    remedy: str = ""

    @property
    def told(self) -> str:
        """What follows, and what a person may still have to do."""
        return f"{self.said}. {self.remedy}" if self.remedy else self.said


def note_of(call: Call, at: datetime) -> str:
    """What stands on the item afterwards."""
    said = f"{OUTCOMES[call.outcome]} {day(at, at)}"
    if call.on:
        said = f"{said}, for {day(call.on, at)}"
    return f"{said}: {call.note}" if call.note else said


def about(item: ReviewItem) -> str:
    """The papers that an item is about, and the money."""
    amount = f", {money(item.amount)}" if item.amount is not None else ""
    return documents(item.table, [member.key.record for member in item.members]) + amount
