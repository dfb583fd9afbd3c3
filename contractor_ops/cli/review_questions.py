"""What is asked at the foot of a card before something is decided, and what each key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractor_ops.cli.keys import ESCAPE
from contractor_ops.cli.review_shared import day_typed
from contractor_ops.cli.screen import Screen
from contractor_ops.errors import TypedWrong
from contractor_ops.reports.review_card import Line, whole_words, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from contractor_ops.cli.options import Desk

HELP = """r  release the message: it leaves at the next `run --send`, if the row and the words are still those you saw
e  edit the words, in your editor or at the foot of the screen; then read and release them
s  snooze: put it aside until a day ("fri", "dec 1", "12/1", "+3", "tomorrow")
a  assign it to somebody else
c  call: shows the number, and notes what the call brought
x  dismiss: this step is not done; the recipe goes on with its next one
d  done: sent, told or settled by hand (asks who has seen to it where it is urgent)
g  group: release all messages of this step together, once you have read them; not those left with n
v  view the whole item
u  undo your last decision, and the one before it, and so on
n  next: leave this one for later
q  quit; so does Ctrl-C. Every decision is written already"""
_YES = "y yes, n no"
_NO = frozenset({"n", ESCAPE, "q"})
_BACK = frozenset({ESCAPE, "q", "\r", "\n"})
_NAMES = {" ": "Space", "\r": "Enter"}
_NO_ANSWER = "no answer here: press"


class Questions:
    """Questions on a screen. A key that is no answer brings the question again: the next one is never taken for a decision about an item."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def agreed(self, lines: Sequence[Line], question: str) -> bool:
        """All the lines, a screen at a time, and then the question."""
        room = max(self.screen.height - 3, 3)
        pages = [lines[at : at + room] for at in range(0, len(lines), room)] or [lines]
        for number, page in enumerate(pages[:-1], 1):
            foot = [Line(f"Page {number} of {len(pages)}. Space shows the next one, Esc goes back.", "head")]
            if not self._answered(page, foot, {" ", "\r", "\n"}, _NO):
                return False
        return self._answered(pages[-1], wrapped(Line(f"{question} {_YES}", "head"), self.screen.width), {"y"}, _NO)

    def _answered(self, lines: Sequence[Line], foot: Sequence[Line], yes: set[str], no: frozenset[str]) -> bool:
        while True:
            self.screen.show(lines, foot)
            key = self.screen.key()
            if key in yes or key in no:
                return key in yes
            foot = _wanted(foot, key, yes | (no & {"n"}))

    def yes(self, question: str) -> bool:
        """Yes or no."""
        return self._key(wrapped(Line(f"{question} {_YES}", "head"), self.screen.width), {"y"} | _NO) == "y"

    def choice(self, question: str, choices: Mapping[str, str]) -> str | None:
        """One of several keys, None for going back."""
        told = [*(f"{key} {name}" for key, name in choices.items()), "(Esc goes back)"]
        lines = [*wrapped(Line(question, "head"), self.screen.width), *whole_words(told, self.screen.width)]
        key = self._key(lines, choices.keys() | _BACK)
        return key if key in choices else None

    def _key(self, lines: Sequence[Line], answers: AbstractSet[str]) -> str:
        shown = lines
        while True:
            self.screen.foot(shown)
            key = self.screen.key()
            if key in answers:
                return key
            shown = _wanted(lines, key, (answers - _BACK - _NO) | (answers & {"n"}))

    def day(self, question: str, desk: Desk) -> date | None:
        """A day, None for going back; one that cannot be understood is asked for again."""
        asked = question
        while typed := self.screen.ask(asked):
            try:
                return day_typed(typed, desk)
            except TypedWrong as error:
                asked = f"{' '.join(error.lines())} {question}"
        return None

    def ask(self, question: str) -> str | None:
        """A line that is typed, None for going back."""
        return self.screen.ask(question)

    def reason(self, question: str) -> str | None:
        """Some words that must be there, None for going back."""
        asked = question
        while (typed := self.screen.ask(f"{asked} (Esc goes back)")) == "":
            asked = f"A few words are needed. {question}"
        return typed

    def tell(self, text: str) -> None:
        """Something to read, until a key is pressed."""
        lines = [part for line in text.split("\n") for part in wrapped(Line(line), self.screen.width)]
        self.screen.show(lines, [Line("Any key goes back.", "dim")])
        self.screen.key()


def _wanted(asked: Sequence[Line], key: str, answers: AbstractSet[str]) -> list[Line]:
    """The question again, and above it what is expected: a key that does nothing and says nothing looks broken."""
    named = sorted(_NAMES.get(one, one) for one in answers if one != "\n")
    pressed = f'"{key}" is' if key.isprintable() and key else "That is"
    told = Line(f"{pressed} {_NO_ANSWER} {' or '.join(named)}, or Esc to go back.", "warn")
    return [told, *(line for line in asked if _NO_ANSWER not in line.text)]
