"""One person's sitting at the queue: every decision is written at once, and each can be taken back, the last one first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.planning.asking import RELEASES
from contractor_ops.ports import MANUAL, ReviewItem
from contractor_ops.reports.format import phone
from contractor_ops.work.review import approve, assign, dismiss, done, edit, item, open_item, snooze
from contractor_ops.work.review_calls import note_call
from contractor_ops.work.review_noted import Call, Noted
from contractor_ops.work.review_story import Stories


@dataclass(frozen=True, slots=True)
class Taken:
    """One decision: its items as they were and as it left them, what a call wrote besides, and what could not be taken back of that."""

    kind: str
    before: tuple[ReviewItem, ...]
    after: tuple[ReviewItem, ...]
    noted: Noted | None = None
    stays: str = ""


@dataclass
class Sitting:
    """What has been decided since the sitting began, in order."""

    office: Office
    clock: Callable[[], datetime]
    stories: Stories
    taken: list[Taken] = field(default_factory=list)

    def release(self, numbers: Sequence[int]) -> None:
        """Release messages together; they are taken back together too."""
        for number in numbers:
            if open_item(self.office, number).kind != "message":
                approve(self.office, number, self.clock())  # says why it cannot be released, before anything is
        self._decide("released", numbers, lambda number: approve(self.office, number, self.clock()))

    def edit(self, number: int, words: str) -> None:
        """Give a message other words."""
        self._decide("edited", [number], lambda one: edit(self.office, one, words, self.clock()))

    def snooze(self, number: int, until: date) -> None:
        """Put an item aside until a day."""
        self._decide("snoozed", [number], lambda one: snooze(self.office, one, self.clock(), until))

    def assign(self, number: int, to: str) -> None:
        """Give an item to a person, by key or name."""
        self._decide("assigned", [number], lambda one: assign(self.office, one, to, self.clock()))

    def dismiss(self, number: int, because: str) -> None:
        """Settle an item without a message."""
        self._decide("dismissed", [number], lambda one: dismiss(self.office, one, self.clock(), because))

    def done(self, number: int, because: str = "") -> None:
        """Tick an item off; an urgent one needs a word about who has seen to it."""
        self._decide("done", [number], lambda one: done(self.office, one, self.clock(), because))

    def call(self, number: int, call: Call) -> Noted:
        """Note what a call brought."""
        before = item(self.office, number)
        noted = note_call(self.office, number, call, self.stories, self.clock())
        self.taken.append(Taken("called", (before,), (item(self.office, number),), noted))
        return noted

    def undo(self) -> Taken:
        """Take back the last decision. Raises TypedWrong where there is none, or somebody or a run has gone on from it."""
        if not self.taken:
            raise TypedWrong("There is nothing to take back.")
        last, at = self.taken.pop(), self.clock()
        late = [one.id for one, left in zip(last.before, last.after, strict=True) if not self.office.ledger.restore_review(one, left, at)]
        if len(late) < len(last.before) and last.noted:
            last = replace(last, stays=self._take_back(last.noted, at))
        if late:
            raise TypedWrong(f"{_numbers(late)} cannot be taken back: it has left, or somebody else has decided it since.")
        return last

    def counts(self) -> dict[str, int]:
        """How many items were decided how, without what was taken back."""
        kinds = dict.fromkeys(one.kind for one in self.taken)
        return {kind: sum(len(one.before) for one in self.taken if one.kind == kind) for kind in kinds}

    def _decide(self, kind: str, numbers: Sequence[int], decide: Callable[[int], object]) -> None:
        before: list[ReviewItem] = []
        try:
            for number in numbers:
                found = item(self.office, number)
                decide(number)
                before.append(found)
        finally:  # what was decided before the one that could not be can be taken back
            if before:
                self.taken.append(Taken(kind, tuple(before), tuple(item(self.office, one.id) for one in before)))

    def _take_back(self, noted: Noted, at: datetime) -> str:
        """What must stay, "" where nothing does: only what the call wrote is taken back, and no word of the customer's own."""
        ledger = self.office.ledger
        ledger.take_back_outcomes(noted.outcomes, at)
        if noted.task is not None:
            ledger.decide_review(noted.task, "gone", at, "taken back")
        if noted.paused and noted.paused in ledger.pauses():
            ledger.resume(noted.paused.who, at)
            if noted.paused_before:
                ledger.pause(noted.paused_before, at)
        if noted.opted_out is None:
            return ""
        number, last = noted.opted_out[0], [line for line in ledger.opt_outs() if line[0] == noted.opted_out[0]]
        if last and last != [noted.opted_out]:
            return f"{phone(number)} has opted out since, and still gets nothing"
        ledger.opt_in(number, at, MANUAL)
        return ""


def alike(one: ReviewItem, items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """The open messages of the same recipe and step, itself among them: those that may be released together once they are read.

    Only routine ones: what a person must look at for a reason of its own is looked at by itself.
    """
    return [other for other in items if _is_plain(one) and _is_plain(other) and _of_a_kind(other) == _of_a_kind(one)]


def _is_plain(one: ReviewItem) -> bool:
    return one.kind == "message" and one.state == "open" and bool(one.to and (one.edited or one.body)) and one.reason.endswith(RELEASES)


def _of_a_kind(one: ReviewItem) -> tuple[object, ...]:
    return one.recipe, one.members[0].key.step, one.channel


def _numbers(items: Sequence[int]) -> str:
    return " and ".join(map(str, items))
