"""A text as phrases are looked for in it: without accents, case and invisible characters, cut into words and clauses; each place is still known."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_APOSTROPHES, _QUOTES = "’‘ʼ`´′", "“”„«»"
_INVISIBLE = ("Cf", "Cs")  # zero-width characters, and halves of a character that stand alone
_COMBINING = range(0x300, 0x370)  # accents that stand behind their letter
_WORD = re.compile(r"\w{1,60}(?:'\w{1,20})*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WRAPPED = re.compile(r"(?<=[^\n]{60})\n(?=[^\n]{0,200}\w)")
_DOTS = re.compile(r"\.(?=\.)|(?<=\.)\.|(?<=\w)\.(?=\w)")
_MARK = re.compile(r"[.,;:!?\n()]")
_STRETCHED = re.compile(r"(?!\bo{3}\b)([aehiklnopstuy])\1{2,}")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|am|pm)?")
_SHOWN = 80


class _Clean(dict[int, str | None]):
    """Each character as it is shown again: wide and bold letters plain, control characters blank, invisible ones gone."""

    def __missing__(self, code: int) -> str | None:
        character, kind = chr(code), unicodedata.category(chr(code))
        if kind in _INVISIBLE or code in _COMBINING:
            clean = None
        elif character in "\n\r":
            clean = "\n"
        else:
            clean = " " if kind == "Cc" else unicodedata.normalize("NFKC", character) or " "
        self[code] = clean
        return clean


class _Fold(dict[int, str]):
    """Each character as it is compared: one small letter without its accent."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFKD", character)[0].lower()
        folded = "'" if character in _APOSTROPHES else '"' if character in _QUOTES else " " if character == "_" else plain
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_CLEAN, _FOLD = _Clean(), _Fold()


def clean(text: str) -> str:
    """The text with plain letters and line ends and nothing invisible."""
    return text.replace("\r\n", "\n").translate(_CLEAN)


def fold(text: str) -> str:
    """The text without case and accents; as long as before."""
    return text.translate(_FOLD)


def key(word: str) -> str:
    """A folded word as it is compared: without its apostrophe, "#" for any number."""
    return "#" if word[:1].isdigit() and _NUMBER.fullmatch(word) else word.replace("'", "")


class Word(NamedTuple):
    """A word without its apostrophe ("#" for a number), and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Wording:
    """`shown` is the clean text and `folded` the same, character by character, as it is compared."""

    shown: str

    @cached_property
    def folded(self) -> str:
        """As long as `shown`; lines that a mail program wrapped are one, web addresses are blanks, dots inside of words are commas."""
        folded = fold(self.shown)
        if "\n" in folded:
            folded = _WRAPPED.sub(" ", folded)
        if "http" in folded or "www" in folded:
            folded = _ADDRESS.sub(lambda found: " " * len(found[0]), folded)
        return _DOTS.sub(",", folded) if "." in folded else folded

    @cached_property
    def words(self) -> list[Word]:
        """Every word, in order; "stooop" counts as "stop"."""
        found = ((match[0], *match.span()) for match in _WORD.finditer(self.folded))
        words = [Word(key(word), start, end) for word, start, end in found]
        if _STRETCHED.search(self.folded):
            return [word._replace(text=_STRETCHED.sub(r"\1", word.text)) for word in words]
        return words

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(word.text for word in self.words)

    @cached_property
    def clauses(self) -> list[list[Word]]:
        """The words between two marks."""
        clauses: list[list[Word]] = [[]]
        last = 0
        for word in self.words:
            if last and _MARK.search(self.folded, last, word.start):
                clauses.append([])
            clauses[-1].append(word)
            last = word.end
        return clauses

    def quote(self, start: int, end: int) -> str:
        """The words there, as they were written, for a reason."""
        words = " ".join(self.shown[start : min(end, start + 4 * _SHOWN)].split())
        return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
