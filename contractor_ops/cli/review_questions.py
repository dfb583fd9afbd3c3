"""What is asked at the foot of a card before something is decided, and what each key does."""

from collections.abc import Mapping, Sequence

from contractor_ops.cli.screen import Screen
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.review_card import Line, words_of, wrapped

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


class Questions:
    """Questions on a screen. Only the key that is named says yes; every other one goes back."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def agreed(self, items: Sequence[ReviewItem], question: str) -> bool:
        """All the words, whatever their length, and then the question."""
        self.screen.say([Line(""), *words_of(items, self.screen.width), Line(f"{question} {_YES}", "head")], end=" ")
        return self.screen.key() == "y"

    def yes(self, question: str) -> bool:
        """Yes or no."""
        self.screen.foot([Line(f"{question} {_YES}", "head")])
        return self.screen.key() == "y"

    def choice(self, question: str, choices: Mapping[str, str]) -> str | None:
        """One of several keys, None for any other."""
        told = "  ".join(f"{key} {name}" for key, name in choices.items())
        lines = [
            *wrapped(Line(question, "head"), self.screen.width),
            *wrapped(Line(f"{told}  (any other key goes back)"), self.screen.width),
        ]
        self.screen.foot(lines)
        key = self.screen.key()
        return key if key in choices else None

    def ask(self, question: str) -> str | None:
        """A line that is typed, None for an empty one."""
        return self.screen.ask(question)

    def tell(self, text: str) -> None:
        """Something to read, until a key is pressed."""
        lines = [part for line in text.split("\n") for part in wrapped(Line(line), self.screen.width)]
        self.screen.show(lines, [Line("Any key goes back.", "dim")])
        self.screen.key()
