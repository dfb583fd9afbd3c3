"""`contractor-ops review` on a terminal: one item at a time, a key for each decision, every one written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractor_ops.cli.editor import edited, has_editor
from contractor_ops.cli.options import Desk
from contractor_ops.cli.review_calling import call_told
from contractor_ops.cli.review_questions import HELP, Questions
from contractor_ops.cli.review_shared import whose
from contractor_ops.cli.screen import Screen
from contractor_ops.errors import ContractorOpsError
from contractor_ops.reports.format import count, day, listed
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.queue_view import asleep
from contractor_ops.reports.review_card import Card, Line, Shown, keys_lines, note_lines, show_card, words_of, wrapped
from contractor_ops.work.review import item, reason_of, recipe_titles, turn_of, waiting, why_theirs
from contractor_ops.work.review_held import hold_of, released
from contractor_ops.work.review_rehearsed import only_rehearsed
from contractor_ops.work.review_sitting import Sitting, alike
from contractor_ops.work.review_story import Stories
from contractor_ops.work.review_twin import asks_still
from contractor_ops.work.review_whole import whole_item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractor_ops.ports import ReviewItem


def one_by_one(desk: Desk, owner: str | None) -> None:
    """Go through what waits for a person, or for everybody."""
    with Screen() as screen:
        OneByOne(desk, owner, screen).go()


class OneByOne:
    """The loop: a card, a key, a decision; `said` is what came of the last one."""

    def __init__(self, desk: Desk, owner: str | None, screen: Screen) -> None:
        self.desk, self.office, self.screen, self.questions = desk, desk.office, screen, Questions(screen)
        self.numbers = [one.id for one in waiting(desk.office, desk.now, owner) if not asleep(one, desk.now.date())]
        self.sitting = Sitting(desk.office, desk.clock, Stories(desk.office, desk.now))
        self.titles = recipe_titles(desk.office)
        self.place, self.said = 0, Line("")
        self.seen: set[int] = set()
        self.put_off: set[int] = set()
        self.keys: dict[str, Callable[[ReviewItem, Shown], bool | None]] = {
            "r": self._release, "e": self._edit, "s": self._snooze, "a": self._assign, "c": self._call, "x": self._dismiss, "d": self._done,
            "g": self._group, "v": self._view, "?": self._help, "u": self._undo, "n": self._next,
        }  # fmt: skip

    def go(self) -> None:
        """Until the queue is through or the person has had enough."""
        while self.place < len(self.numbers):
            found = item(self.office, self.numbers[self.place])
            if found.state != "open":  # released in a group, or decided elsewhere meanwhile
                self.place += 1
                continue
            shown = self._show(found)
            key = self.screen.key()
            if key == "q":
                break
            self._do(key, found, shown)
        self._end()

    def _do(self, key: str, found: ReviewItem, shown: Shown) -> None:
        """A handler says True when the next item's turn has come; what it could not do stands above the keys."""
        handler = self.keys.get(key)
        self.said = Line("") if handler else Line("That is no key; ? shows what each does.", "warn")
        try:
            decided = bool(handler and handler(found, shown))
            self.place += decided  # not in one line: to take back moves the place itself
        except ContractorOpsError as error:
            self.said = Line(" ".join(error.lines()), "warn")

    def _show(self, found: ReviewItem) -> Shown:
        self.seen.add(found.id)
        width, height = self.screen.width, self.screen.height
        group = self._alike(found)
        name = self._name(turn_of(self.office, found, self.desk.now))
        card = Card(found, self.place + 1, len(self.numbers), name, self.titles.get(found.recipe, found.recipe), self.sitting.stories.story(found),
                    why_theirs(self.office, found, self.desk.now), str(hold_of(self.sitting.stories, found) or ""),
                    reason_of(self.office, found, self.desk.now))  # fmt: skip
        foot = [*(wrapped(self.said, width) if self.said.text else [])]
        foot += keys_lines(found, len(group), bool(self.sitting.taken), width)
        shown = show_card(card, self.desk.now, width, height - len(foot) - 1)
        self.screen.show(shown.lines, foot)
        return shown

    # ── decisions ──

    def _release(self, found: ReviewItem, shown: Shown) -> bool:
        warned = any(note.decides for note in self.sitting.stories.notes(found))
        question = "You have read the note. Release it all the same?" if warned else "Release it?"
        if found.kind == "message" and (warned or not shown.whole) and not self.questions.agreed(self._whole([found]), question):
            return False
        self.sitting.release([found.id])
        return self._decided(found, released(self.sitting.stories, found))

    def _whole(self, items: Sequence[ReviewItem]) -> list[Line]:
        """All the words of these items, after the notes that a person must have read."""
        width, stories = self.screen.width, self.sitting.stories
        notes = [line for one in items for line in note_lines(stories.notes(one), width)]
        return [*notes, *words_of(items, width, {one.id: stories.recipient(one) for one in items})]

    def _group(self, found: ReviewItem, _: Shown) -> bool:
        group = self._alike(found)
        if len(group) < 2:
            self.said = Line("No other message of this step waits that could be released with it.")
            return False
        new = sum(one.id not in self.seen for one in group)
        unseen = f" You have not come to {new} of them yet." if new else ""
        if not self.questions.agreed(self._whole(group), f"Release these {len(group)}?{unseen}"):
            return False
        self.sitting.release([one.id for one in group])
        held = [str(one.id) for one in group if hold_of(self.sitting.stories, one)]
        but = f"; but held: {listed(held)}, for their customers rest" if held else ""
        self.said = Line(f"{len(group)} messages released: they leave at the next run --send{but}")
        return True

    def _edit(self, found: ReviewItem, _: Shown) -> None:
        words = found.edited or found.body
        if found.kind != "message" or words is None:
            self.said = Line(f"{found.id} is no single message whose words could be changed.", "warn")
            return
        new = self._new_words(words, found.id)
        if not new.strip() or new.strip() == words.strip():
            self.said = Line("The words stay as they are.")
            return
        self.sitting.edit(found.id, new.strip())
        self._decided(found, "has new words; r releases them")

    def _new_words(self, words: str, number: int) -> str:
        """In the person's editor; without one a text that fits a line is changed at the foot, a longer one in nano where there is one."""
        long = len(words) + 2 > self.screen.width
        if "\n" not in words.strip() and not has_editor(simple=long):
            return self.screen.ask("The words; Enter when they are right; Esc goes back:", words.strip()) or ""
        with self.screen.line_by_line():
            return edited(words, number)

    def _snooze(self, found: ReviewItem, _: Shown) -> bool:
        until = self.questions.day("Until when? (fri, dec 1, 12/1, +3, tomorrow; Esc goes back)", self.desk)
        if until is None:
            return False
        self.sitting.snooze(found.id, until)
        return self._decided(found, f"snoozed until {day(until, self.desk.now)}")

    def _assign(self, found: ReviewItem, _: Shown) -> bool:
        people = list(self.office.config.people)
        key = self.questions.choice("To whom?", {str(number): self._name(key) for number, key in enumerate(people[:9], 1)})
        if key is None:
            return False
        self.sitting.assign(found.id, people[int(key) - 1])
        return self._decided(found, f"{self._name(people[int(key) - 1])} has it now")

    def _call(self, found: ReviewItem, _: Shown) -> bool:
        call = call_told(self.questions, found, self.sitting.stories.caller(found), self.desk)
        if call is None:
            return False
        self._decided(found, self.sitting.call(found.id, call).told)
        return call.outcome != "reached" or call.settled  # reached and not done: what follows is decided on the same card

    def _dismiss(self, found: ReviewItem, _: Shown) -> bool:
        because = self.questions.reason("Why?")
        if because is None:
            return False
        self.sitting.dismiss(found.id, because)
        return self._decided(found, f"dismissed: {because}")

    def _done(self, found: ReviewItem, _: Shown) -> bool:
        because: str | None = ""
        if found.urgent:
            because = self.questions.reason(f"This is urgent ({one_line(found.reason)}). Who has seen to it, and what came of it?")
        if because is None:
            return False
        self.sitting.done(found.id, because)
        return self._decided(found, f"done{asks_still(self.office, found)}")

    def _undo(self, found: ReviewItem, _: Shown) -> None:
        last = self.sitting.undo()
        self.place = next((self.numbers.index(one.id) for one in last.before if one.id in self.numbers), self.place)
        what = (
            f"{last.before[0].id} {whose(last.before[0], self.sitting.stories)}" if len(last.before) == 1 else f"{len(last.before)} items"
        )
        self.said = Line(f"{what}: taken back, not {last.kind} any more{f'; {last.stays}' if last.stays else ''}")

    def _next(self, found: ReviewItem, _: Shown) -> bool:
        self.put_off.add(found.id)
        return True

    def _decided(self, found: ReviewItem, what: str) -> bool:
        self.said = Line(f"{found.id} {whose(found, self.sitting.stories)}: {what}")
        return True

    # ── looking ──

    def _view(self, found: ReviewItem, _: Shown) -> None:
        self.questions.tell("\n".join(whole_item(self.sitting.stories, found)))

    def _help(self, found: ReviewItem, _: Shown) -> None:
        self.questions.tell(HELP)

    def _alike(self, found: ReviewItem) -> list[ReviewItem]:
        """Those that may be released with it: none that was left for later, and none with a note that a person must read by itself."""
        stories = self.sitting.stories
        others = [one for one in self._left() if one.id == found.id or (one.id in self.numbers and one.id not in self.put_off)]
        return [one for one in alike(found, others) if not any(note.decides for note in stories.notes(one))]

    def _left(self) -> list[ReviewItem]:
        """What still waits, whoever has decided the rest."""
        return [one for one in self.office.ledger.reviews(("open",)) if not asleep(one, self.desk.now.date())]

    def _name(self, key: str) -> str:
        people = self.office.config.people
        return people[key].name if key in people else key

    def _end(self) -> None:
        counts = self.sitting.counts()
        decided = ", ".join(f"{number} {kind}" for kind, number in counts.items()) or "nothing decided"
        left = sum(one.id in self.numbers for one in self._left())
        told = (
            f"{decided[:1].upper()}{decided[1:]}; {count(left, 'item still waits', 'items still wait')}."
            if self.numbers
            else "Nothing waits for a person."
        )
        untold = [only_rehearsed(self.office)] if not self.numbers else []
        sends = ["Released messages leave at the next: contractor-ops run RECIPE --send"] if "released" in counts else []
        self.screen.say(
            [Line(""), *(part for line in filter(None, [told, *untold, *sends]) for part in wrapped(Line(line), self.screen.width))]
        )
