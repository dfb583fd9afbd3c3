"""Whether a sentence is in another language, which is left as it stands."""

from collections.abc import Sequence

from contractor_ops.notes.english import COMMON
from contractor_ops.notes.spelling import Spelling
from contractor_ops.notes.words import Words

_LATIN_ENDS = 0x24F


def language_of(keys: Sequence[str], words: Words, spelling: Spelling) -> str:
    """What language a sentence seems to be, as a phrase, or nothing for English. `keys` are its folded words."""
    letters = [one for key in keys for one in key if one.isalpha()]
    if letters and 2 * sum(ord(one) > _LATIN_ENDS for one in letters) > len(letters):
        return "in another script"
    english = sum(key in COMMON for key in keys)
    counts = {language: sum(key in common for key in keys) for language, common in words.foreign.items()}
    most = max(counts, key=lambda language: counts[language], default="")
    if most and counts[most] >= 2 and counts[most] > english:
        only = sum(key in words.foreign[most] and key not in COMMON for key in keys)
        if only >= 2 and _mostly_strange(keys, words, spelling, 0.25):
            return f"in {most}"
    accents = any(not key.isascii() for key in keys if key.isalpha())
    foreign = english < 2 and len(keys) > 3 and _mostly_strange(keys, words, spelling, 0.4 if accents else 0.7)
    return "in another language" if foreign else ""


def _mostly_strange(keys: Sequence[str], words: Words, spelling: Spelling, share: float) -> bool:
    plain = [key for key in keys if key.isalpha() and len(key) > 2]
    strange = [key for key in plain if key not in words.meanings and not spelling.knows(key)]
    return bool(strange) and len(strange) >= share * len(plain)
