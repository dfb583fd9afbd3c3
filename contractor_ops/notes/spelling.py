"""Which words are English, and which one a slip of the pen was meant to be. The dictionary is the library's."""

from functools import lru_cache
from typing import Any

from contractor_ops.notes.words import Words

_LEAST_SEEN = {2: 5_000, 3: 1_000, 4: 51}
"""How often a word of so many letters must have been seen by those who counted: short ones are listed that are none."""
_SHORTEST = 4
_VOWELS = frozenset("aeiouy")
_SHORT = 5
_USUAL, _VERY_USUAL = 200, 20_000
_OURS = 5_000
"""As if a word of the trade had been seen so often."""
_CLEAR, _RIVAL = 20, 5
"""A word is clear that is seen so many times as often as all others together that it could be."""


class Spelling:
    """What is known of a word, for one set of trade words; the dictionary is loaded when a word is known to nothing else."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[str, bool] = {}
        self._meant: dict[str, str] = {}

    def knows(self, key: str) -> bool:
        """Whether a folded word is English or the trade's."""
        if key not in self._known:
            self._known[key] = self._is_known(key)
        return self._known[key]

    def _is_known(self, key: str) -> bool:
        parts = [part for part in key.replace("/", "-").split("-") if part]
        if len(parts) > 1:
            return all(map(self.knows, parts))
        if len(key) == 1:
            return True
        key = key.removesuffix("'s").removesuffix("s'")
        return self._is_ours(key) or _seen(key) >= _LEAST_SEEN.get(len(key), 50)

    def _is_ours(self, key: str) -> bool:
        words = self._words
        return any(
            form in place
            for form in {key, key.removesuffix("s"), key.removesuffix("es")}
            for place in (words.known, words.units, words.written, words.states, words.verbs)
        )

    def meant(self, key: str) -> str:
        """The one word that an unknown one of four letters or more can only be a slip of; nothing where that is not clear."""
        if key not in self._meant:
            self._meant[key] = self._clear(key) if len(key) >= _SHORTEST and key.isalpha() and key.isascii() else ""
        return self._meant[key]

    def _clear(self, key: str) -> str:
        if key in self._words.meanings:
            return ""  # an abbreviation that means nothing here is no slip
        if key.endswith("in") and len(key) > _SHORT and self._weight(f"{key}g") > _USUAL:
            return f"{key}g"  # "workin"
        around = [word for word in _one_slip_off(key) if word[0] == key[0] and word.isalpha()]
        near = (word for word in around if _is_a_common_slip(key, word) or _is_a_slip(key, word))
        seen = sorted((self._weight(word), word) for word in near if self._weight(word) > _USUAL)
        if not seen or seen[-1][0] <= _CLEAR * sum(weight for weight, _ in seen[:-1]):
            return ""
        if any(self._weight(word) > _RIVAL * seen[-1][0] for word in around if len(word) == len(key)):
            return ""  # "prople" may well be "people", whatever the slip
        return seen[-1][1] if self._is_likely(key, seen[-1][1]) else ""

    def _weight(self, word: str) -> int:
        return max(_seen(word), _OURS if self._is_ours(word) else 0)

    def _is_likely(self, key: str, word: str) -> bool:
        """Whether a word is one that people write: it must be the more usual the shorter what was written, and the rarer the slip."""
        if self._is_ours(word):
            return True
        if _is_a_common_slip(key, word):
            return _seen(word) > (_USUAL if len(key) > _SHORTEST else _VERY_USUAL)
        return len(key) > _SHORT and _seen(word) > _VERY_USUAL


def _is_a_slip(written: str, meant: str) -> bool:
    """A letter left out, or one vowel for another. Whatever has a letter too many, or another consonant, may be a word that is not known here."""
    if len(meant) > len(written):
        return not meant.startswith(written)
    return len(meant) == len(written) and any({one, other} <= _VOWELS for one, other in zip(written, meant, strict=True) if one != other)


def _is_a_common_slip(written: str, meant: str) -> bool:
    """Two letters that changed places, or a letter that should stand twice and does not, or the other way round."""
    if len(written) == len(meant):
        return sorted(written) == sorted(meant)
    longer, shorter = sorted((written, meant), key=len, reverse=True)
    return any(longer[at] == longer[at - 1] and longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer)))


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)


def _seen(key: str) -> int:
    return int(_dictionary().word_frequency[key])


def _one_slip_off(key: str) -> set[str]:
    return {str(word) for word in _dictionary().edit_distance_1(key)}
