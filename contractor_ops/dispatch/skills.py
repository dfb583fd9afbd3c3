"""Skills: what a technician's row says they do, and whether that is what a visit asks for. Compared word by word, endings aside."""

import re
from dataclasses import dataclass
from functools import lru_cache

from contractor_ops.tables.cells.column import is_blank
from contractor_ops.tables.cells.names import normal_name

_BETWEEN = re.compile(r"\s*(?:[,;/&+|\n]|\band\b)\s*", re.IGNORECASE)
_EVERYTHING = frozenset({"all", "any", "everything", "anything", "all trades", "all skills", "all jobs"})
_LIMITS = re.compile(r"\b(?:no|not|non|except|excluding|without|but|never|only)\b", re.IGNORECASE)
"""A part with one of these says what somebody does not do, or when; it counts as no skill."""
_ENDINGS = (("ations", ""), ("ation", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ses", "s"), ("s", ""))
_SHORTEST = 4
"""Letters that stay when an ending goes: "wiring" is no "wir"."""


@dataclass(frozen=True, slots=True)
class Skills:
    """What somebody does, as it is written; `not_understood` are the parts that say what they do not do."""

    written: tuple[str, ...] = ()
    everything: bool = False
    not_understood: tuple[str, ...] = ()

    def of(self, wanted: tuple[str, ...]) -> str | None:
        """The skill that answers to one of the wanted words, as it is written; None where there is none. Nothing wanted: ""."""
        if not wanted:
            return ""
        if self.everything:
            return "everything"
        asked = [_stems(word) for word in wanted]
        return next((skill for one in asked for skill in self.written if one and one <= _stems(skill)), None)


def read_skills(cell: str) -> Skills:
    """What a cell says: words between commas, or "all"."""
    parts = [part.strip() for part in _BETWEEN.split(cell.strip())]
    parts = [part for part in parts if not is_blank(part)]
    unclear = tuple(part for part in parts if _LIMITS.search(part))
    if unclear and any(part.casefold() in _EVERYTHING for part in parts):
        unclear = tuple(parts)  # "all, no gas"
    sure = tuple(part for part in parts if part not in unclear)
    return Skills(
        tuple(part for part in sure if part.casefold() not in _EVERYTHING), any(part.casefold() in _EVERYTHING for part in sure), unclear
    )


@lru_cache(maxsize=4_096)
def _stems(phrase: str) -> frozenset[str]:
    return frozenset(map(_stem, normal_name(phrase.replace("-", " ")).split()))


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) + len(instead) >= _SHORTEST:
            return word[: len(word) - len(ending)] + instead
    return word
