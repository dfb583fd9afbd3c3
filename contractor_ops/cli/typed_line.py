"""A line that somebody types and changes: what each key does to it, and how it stands on a screen."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_LEFT, _RIGHT, _HOME, _END, _WORD_LEFT, _WORD_RIGHT = "left", "right", "home", "end", "word left", "word right"
_MOVES: Mapping[str, str] = {
    "\x1b[D": _LEFT, "\x1bOD": _LEFT, "\x02": _LEFT, "\x1b[C": _RIGHT, "\x1bOC": _RIGHT, "\x06": _RIGHT,
    "\x1b[H": _HOME, "\x1bOH": _HOME, "\x1b[1~": _HOME, "\x1b[7~": _HOME, "\x01": _HOME,
    "\x1b[F": _END, "\x1bOF": _END, "\x1b[4~": _END, "\x1b[8~": _END, "\x05": _END,
    "\x1b[1;5D": _WORD_LEFT, "\x1b[1;3D": _WORD_LEFT, "\x1bb": _WORD_LEFT, "\x1b[1;5C": _WORD_RIGHT, "\x1b[1;3C": _WORD_RIGHT, "\x1bf": _WORD_RIGHT,
}  # fmt: skip
_RUBS_OUT: Mapping[str, str] = {
    "\x7f": _LEFT, "\x08": _LEFT, "\x1b[3~": _RIGHT, "\x17": _WORD_LEFT, "\x1b\x7f": _WORD_LEFT, "\x1bd": _WORD_RIGHT, "\x15": _HOME, "\x0b": _END,
}  # fmt: skip
"""What goes, from where the person types: a letter, a word, all before it or all after it."""


@dataclass(slots=True)
class TypedLine:
    """A text, and the place in it where the next letter comes."""

    text: str = ""
    at: int = field(init=False)

    def __post_init__(self) -> None:
        self.at = len(self.text)

    def press(self, key: str) -> None:
        """What a key does; one that means nothing here does nothing."""
        if move := _MOVES.get(key):
            self.at = self._moved(move)
        elif rubbed := _RUBS_OUT.get(key):
            begin, end = sorted((self.at, self._moved(rubbed)))
            self.text, self.at = self.text[:begin] + self.text[end:], begin
        elif key == "\t" or key.isprintable():
            letter = " " if key == "\t" else key
            self.text, self.at = self.text[: self.at] + letter + self.text[self.at :], self.at + len(letter)

    def _moved(self, move: str) -> int:
        if move in {_HOME, _END}:
            return 0 if move == _HOME else len(self.text)
        way = -1 if move in {_LEFT, _WORD_LEFT} else 1
        place = self._step(self.at, way)
        if move in {_WORD_LEFT, _WORD_RIGHT}:
            while 0 < place < len(self.text) and not (
                self._in_word(place - 1) != self._in_word(place) and self._in_word(place - (way > 0))
            ):
                place = self._step(place, way)
        return place

    def _step(self, place: int, way: int) -> int:
        """One letter on, with the accents that stand on it."""
        place += way
        while 0 < place < len(self.text) and unicodedata.combining(self.text[place]):
            place += way
        return min(max(place, 0), len(self.text))

    def _in_word(self, place: int) -> bool:
        return self.text[place].isalnum()

    def rows(self, width: int, most: int) -> tuple[list[str], int, int]:
        """The text in rows of so many columns, at `most` so many rows around the place; and that place as row and column."""
        rows, row, column, used = [""], 0, 0, 0
        for number, letter in enumerate(f"{self.text} "):  # the blank is where the next letter comes
            wide = _columns(letter)
            if used + wide > width:
                rows.append("")
                used = 0
            if number == self.at:
                row, column = len(rows) - 1, used
            rows[-1] += letter
            used += wide
        first = min(max(row - most + 1, 0), len(rows) - 1)
        return rows[first : first + most], row - first, column


def _columns(letter: str) -> int:
    """How many columns of a terminal a letter takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
