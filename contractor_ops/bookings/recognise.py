"""Finds the kind that a job's type and title name: the most words that stand near each other, in any order."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from contractor_ops.bookings.words import singular

K = TypeVar("K")
_WORD = re.compile(r"[^\W_]+|[;\n]|[.](?=\s)")
_OF_AN_ESTIMATE = re.compile(
    r"\b(?:per|from|see|as per|on|approved|accepted|signed|our|your)\s+(?:estimate|quote|bid)\b|\b(?:estimate|quote|bid)\s*#?\s*(?=\d)",
    re.IGNORECASE,
)
"""A word about the paper that the job came from: "per estimate 2041" makes no estimate visit."""
_FILLING = frozenset({"the", "a", "an", "of", "for", "old", "existing", "gal", "gallon", "ton", "btu"})
_NEAR = 1
"""So many other words may stand between those of a phrase."""


@dataclass(frozen=True, slots=True)
class Phrase(Generic[K]):
    """Words that name a kind. One of more `weight` wins, whatever number of words; `place` tells those apart that fit as well."""

    words: frozenset[str]
    means: K
    weight: int
    place: int


class Names(Generic[K]):
    """Every phrase that names a kind, and the words that are taken for the same."""

    def __init__(self, phrases: Iterable[tuple[str, K, int]], same: Mapping[str, Sequence[str]]) -> None:
        self._same = _Same(same)
        self._by_word: dict[str, list[Phrase[K]]] = defaultdict(list)
        self._types: dict[str, tuple[list[str], Phrase[K] | None]] = {}
        self._weights: dict[frozenset[str], int] = {}
        for place, (text, means, weight) in enumerate(phrases):
            if words := self.words(text):
                self._weights.setdefault(words, weight)
                self._by_word[max(words, key=lambda word: (len(word), word))].append(Phrase(words, means, weight, place))

    def words(self, name: str) -> frozenset[str]:
        """The words of a name, each once."""
        return frozenset(self.words_of(name))

    def weight(self, name: str) -> int:
        """The weight of the phrase with these words; 0 where there is none."""
        return self._weights.get(self.words(name), 0)

    def words_of(self, text: str) -> list[str]:
        """The words of a name or title as they are compared."""
        folded = unicodedata.normalize("NFKD", text.casefold())
        folded = "".join(one for one in folded if not unicodedata.combining(one)) if not folded.isascii() else folded
        found = _WORD.findall(_OF_AN_ESTIMATE.sub(" ", folded))
        words = self._same.applied([word if word.isalnum() else "|" for word in map(singular, found)])
        return [word for word in words if word not in _FILLING and not word[0].isdigit()]

    def find(self, job_type: str, title: str) -> K | None:
        """What a job's type and title name. The type is the office's word: the title may make it more exact, and speaks where it says little."""
        typed, by_type = self._typed(job_type)
        if by_type is None or by_type.weight < 0:
            best = self._best(self.words_of(title), typed)
        else:
            best = self._best(self.words_of(title), typed, by_type.words)
        return best.means if best else None

    def _typed(self, job_type: str) -> tuple[list[str], Phrase[K] | None]:
        """The words of a type and what it names; many jobs are of one type."""
        if job_type not in self._types:
            words = self.words_of(job_type)
            self._types[job_type] = words, self._best(words, [])
        return self._types[job_type]

    def _best(self, words: list[str], given: list[str], within: frozenset[str] = frozenset()) -> Phrase[K] | None:
        """The phrase that fits best. Words of `given` count wherever they stand; only phrases that hold all of `within` are looked at."""
        there = {*words, *given}
        fitting = (phrase for word in there for phrase in self._by_word.get(word, ()) if within <= phrase.words <= there)
        ranked = [(_rank(phrase, words, given), phrase) for phrase in fitting]
        return max((one for one in ranked if one[0]), key=lambda one: one[0], default=((), None))[1]


def _rank(phrase: Phrase[K], words: list[str], given: list[str]) -> tuple[int, ...]:
    """How well a phrase fits, the best the highest; () where its words stand too far apart."""
    at = _place(phrase.words, words) or _place(phrase.words.difference(given), words)
    return (phrase.weight, len(phrase.words), -at[0], -at[1], -phrase.place) if at else ()


def _place(wanted: frozenset[str], words: list[str]) -> tuple[int, int] | None:
    """By how many words too many the narrowest place with all these words is too wide, and where it begins."""
    if not wanted:
        return (_NEAR + 1, 0)
    for apart in range(_NEAR + 1):
        size = len(wanted) + apart
        for start in range(max(len(words) - size + 1, 1)):
            window = words[start : start + size]
            if "|" not in window and wanted <= {*window}:
                return apart, start
    return None


class _Same:
    """Words that mean the same, put in each other's place: "swap out" is "install"."""

    def __init__(self, same: Mapping[str, Sequence[str]]) -> None:
        self._instead = {
            tuple(map(singular, other.split())): [singular(word) for word in one.split()]
            for one, others in same.items()
            for other in others
        }
        self._longest = max(map(len, self._instead), default=0)
        self._first = {words[0] for words in self._instead}

    def applied(self, words: list[str]) -> list[str]:
        if self._first.isdisjoint(words):
            return words
        result: list[str] = []
        at = 0
        while at < len(words):
            length = self._length_at(words, at) if words[at] in self._first else 0
            result += self._instead[tuple(words[at : at + length])] if length else [words[at]]
            at += length or 1
        return result

    def _length_at(self, words: list[str], at: int) -> int:
        """How many words from here on mean the same as others; the most that do."""
        return next((n for n in range(min(self._longest, len(words) - at), 0, -1) if tuple(words[at : at + n]) in self._instead), 0)
