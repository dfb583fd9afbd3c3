"""Names of jobs and things, as they are compared."""

import re
import unicodedata
from collections.abc import Hashable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ES = ("ches", "shes", "xes", "sses", "zzes")
_NO_PLURAL = ("ss", "us", "is")


@lru_cache(maxsize=10_000)
def singular(word: str) -> str:
    """ "filter" of "filters", by rule; a word that is no plural stays."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(_ES) else word[:-1]


@lru_cache(maxsize=10_000)
def same_thing(name: Hashable) -> str:
    """The name of a thing for comparing: case, spaces and plural do not matter, everything else does."""
    text = unicodedata.normalize("NFKC", str(name or "")).casefold()
    return " ".join(map(singular, text.split()))


def plain(name: object) -> str:
    """The name of a kind of job for comparing: case, spaces and dashes do not matter."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", str(name or "")).casefold()))
