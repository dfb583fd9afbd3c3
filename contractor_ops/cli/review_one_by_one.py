"""`contractor-ops review` on a terminal: one item at a time, a key for each decision, every one written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractor_ops.cli.editor import edited, has_editor
from contractor_ops.cli.options import Desk
from contractor_ops.cli.review_shared import day_typed, whose
from contractor_ops.cli.screen import Screen
from contractor_ops.errors import ContractorOpsError
from contractor_ops.reports.format import count, day, phone
from contractor_ops.reports.queue_view import asleep
from contractor_ops.reports.review_card import Card, Line, Shown, keys_lines, show_card, words_of, wrapped
from contractor_ops.work.review import item, recipe_titles, turn_of, waiting, why_theirs
from contractor_ops.work.review_calls import Call
from contractor_ops.work.review_sitting import Sitting, alike
from contractor_ops.work.review_story import Stories

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractor_ops.ports import Outcome, ReviewItem

HELP = """r  release the message: it leaves at the next `run --send`, if the row and the words are still those you saw
e  edit the words, in your editor; then read and release them
s  snooze: put it aside until a day ("fri", "dec 1", "12/1", "+3", "tomorrow")
a  assign it to somebody else
c  call: shows the number, and notes what the call brought
x  dismiss: this step is not done; the recipe goes on with its next one
d  done: sent, told or settled by hand
g  group: release all messages of this step together, once you have read them
v  view the whole item
u  undo your last decision, and the one before it, and so on
n  next: leave this one for later
q  quit; so does Ctrl-C. Every decision is written already"""
_YES = "y yes, any other key no"
_CALLS: dict[str, Outcome] = {"r": "reached", "v": "voicemail", "d": "dispute", "p": "promise", "w": "wrong-number"}


def one_by_one(desk: Desk, owner: str | None) -> None:
    """Go through what waits for a person, or for everybody."""
    with Screen() as screen:
        OneByOne(desk, owner, screen).go()


class OneByOne:
    """The loop: a card, a key, a decision; `said` is what came of the last one."""

    def __init__(self, desk: Desk, owner: str | None, screen: Screen) -> None:
        self.desk, self.office, self.screen = desk, desk.office, screen
        self.numbers = [one.id for one in waiting(desk.office, desk.now, owner) if not asleep(one, desk.now.date())]
        self.sitting = Sitting(desk.office, desk.clock, Stories(desk.office, desk.now))
        self.titles = recipe_titles(desk.office)
        self.place, self.said = 0, Line("")
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
        width, height = self.screen.width, self.screen.height
        group = self._alike(found)
        name = self._name(turn_of(self.office, found, self.desk.now))
        card = Card(found, self.place + 1, len(self.numbers), name, self.titles.get(found.recipe, found.recipe), self.sitting.stories.story(found),
                    why_theirs(self.office, found, self.desk.now))  # fmt: skip
        foot = [*(wrapped(self.said, width) if self.said.text else [])]
        foot += keys_lines(found, len(group), bool(self.sitting.taken), width)
        shown = show_card(card, self.desk.now, width, height - len(foot) - 1)
        self.screen.show(shown.lines, foot)
        return shown

    # ── decisions ──

    def _release(self, found: ReviewItem, shown: Shown) -> bool:
        if found.kind == "message" and not shown.whole and not self._agreed([found], "Release it?"):
            return False
        self.sitting.release([found.id])
        return self._decided(found, "released: it leaves at the next run --send")

    def _group(self, found: ReviewItem, _: Shown) -> bool:
        group = self._alike(found)
        if len(group) < 2:
            self.said = Line("No other message of this step waits.")
            return False
        if not self._agreed(group, f"Release these {len(group)}?"):
            return False
        self.sitting.release([one.id for one in group])
        self.said = Line(f"{len(group)} messages released: they leave at the next run --send")
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
        """In the person's editor; without one, one line at the foot. Several lines need an editor: `edited` says how else."""
        if not has_editor() and "\n" not in words.strip():
            return self.screen.ask("The words; Enter when they are right:", words.strip()) or ""
        with self.screen.line_by_line():
            return edited(words, number)

    def _snooze(self, found: ReviewItem, _: Shown) -> bool:
        typed = self.screen.ask("Until when? (fri, dec 1, 12/1, +3, tomorrow; Enter goes back)")
        if typed is None:
            return False
        until = day_typed(typed, self.desk)
        self.sitting.snooze(found.id, until)
        return self._decided(found, f"snoozed until {day(until, self.desk.now)}")

    def _assign(self, found: ReviewItem, _: Shown) -> bool:
        people = list(self.office.config.people)
        key = self._choice("To whom?", {str(number): self._name(key) for number, key in enumerate(people[:9], 1)})
        if key is None:
            return False
        self.sitting.assign(found.id, people[int(key) - 1])
        return self._decided(found, f"{self._name(people[int(key) - 1])} has it now")

    def _call(self, found: ReviewItem, _: Shown) -> bool:
        caller = self.sitting.stories.caller(found)
        numbers = " or ".join(map(phone, caller.phones)) or "no number in the sheet"
        who = f"Call {caller.name or 'them'}: {numbers}"
        key = self._choice(who, {"r": "reached", "v": "voicemail", "d": "dispute", "p": "promise to pay", "w": "wrong number"})
        if key is None:
            return False
        outcome, on = _CALLS[key], None
        if outcome == "promise":
            typed = self.screen.ask("Promised for which day? (Enter goes back)")
            if typed is None:
                return False
            on = day_typed(typed, self.desk)
        note = self.screen.ask("In your words (Enter for none):") or ""
        settled = outcome in {"reached", "voicemail"} and self._yes("Done with that?")
        noted = self.sitting.call(found.id, Call(outcome, on, note, settled))
        return self._decided(found, noted.said)

    def _dismiss(self, found: ReviewItem, _: Shown) -> bool:
        because = self.screen.ask("Why? (Enter goes back)")
        if because is None:
            return False
        self.sitting.dismiss(found.id, because)
        return self._decided(found, f"dismissed: {because}")

    def _done(self, found: ReviewItem, _: Shown) -> bool:
        self.sitting.done(found.id)
        return self._decided(found, "done")

    def _undo(self, found: ReviewItem, _: Shown) -> None:
        last = self.sitting.undo()
        self.place = next((self.numbers.index(one.id) for one in last.before if one.id in self.numbers), self.place)
        what = f"{last.before[0].id} {whose(last.before[0])}" if len(last.before) == 1 else f"{len(last.before)} items"
        self.said = Line(f"{what}: taken back, not {last.kind} any more")

    def _next(self, found: ReviewItem, _: Shown) -> bool:
        return True

    def _decided(self, found: ReviewItem, what: str) -> bool:
        self.said = Line(f"{found.id} {whose(found)}: {what}")
        return True

    # ── questions ──

    def _agreed(self, items: Sequence[ReviewItem], question: str) -> bool:
        """All the words, whatever their length, and then the question."""
        self.screen.say([Line(""), *words_of(items, self.screen.width), Line(f"{question} {_YES}", "head")], end=" ")
        return self.screen.key() == "y"

    def _yes(self, question: str) -> bool:
        self.screen.foot([Line(f"{question} {_YES}", "head")])
        return self.screen.key() == "y"

    def _choice(self, question: str, choices: dict[str, str]) -> str | None:
        told = "  ".join(f"{key} {name}" for key, name in choices.items())
        lines = [
            *wrapped(Line(question, "head"), self.screen.width),
            *wrapped(Line(f"{told}  (any other key goes back)"), self.screen.width),
        ]
        self.screen.foot(lines)
        key = self.screen.key()
        return key if key in choices else None

    def _view(self, found: ReviewItem, _: Shown) -> None:
        from contractor_ops.reports.queue_view import item_lines

        told = item_lines(found, self.office.config.people, self.desk.now, turn_of(self.office, found, self.desk.now))
        self._tell("\n".join(told))

    def _help(self, found: ReviewItem, _: Shown) -> None:
        self._tell(HELP)

    def _tell(self, text: str) -> None:
        lines = [part for line in text.split("\n") for part in wrapped(Line(line), self.screen.width)]
        self.screen.show(lines, [Line("Any key goes back.", "dim")])
        self.screen.key()

    def _alike(self, found: ReviewItem) -> list[ReviewItem]:
        return alike(found, [one for one in self._left() if one.id in self.numbers])

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
        sends = ["Released messages leave at the next: contractor-ops run RECIPE --send"] if "released" in counts else []
        self.screen.say([Line(""), *(part for line in [told, *sends] for part in wrapped(Line(line), self.screen.width))])
