"""What a job's note lets slip that somebody must see to: a danger, damage, an angry customer, a warranty, a return visit, a sale."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from contractor_ops.notes.points import FLAGS, FlagName
from contractor_ops.tables.cells.phrases import Phrases
from contractor_ops.tables.cells.wording import Wording, clean

_OWNERS_OWN: frozenset[FlagName] = frozenset({"safety", "damage", "angry-customer"})
"""What falls to the owner where config.toml names nobody; all else falls to the office."""
_LONGEST = 60_000
"""Characters of a note that are looked through; a longer one is kept whole all the same."""
_CLAUSE = re.compile(r"[;!?\n]+|[.,]+(?!\d)|\s[-–—]+\s|\bbut\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to see to, and the words of the note that say so, as they are written."""

    name: FlagName
    words: str


def flags_in(text: str) -> tuple[Flag, ...]:
    """The flags of a note, the gravest first, each once with the first words that raise it. A "no" holds for its own clause."""
    clauses = [Wording(part.strip()) for part in _CLAUSE.split(clean(text[:_LONGEST])) if part.strip()]
    found = ((name, next((words for clause in clauses if (words := _words(name, clause))), "")) for name in FLAGS)
    return tuple(Flag(name, words) for name, words in found if words)


def falls_to(flag: FlagName, named: Mapping[FlagName, str], people: Collection[str]) -> str:
    """The key of the person who sees to a flag: whom [notes] flags names, else the owner or the office; "" where [people] has neither."""
    wanted = named.get(flag) or ("owner" if flag in _OWNERS_OWN else "office")
    return wanted if wanted in people else ""


def _words(name: FlagName, clause: Wording) -> str:
    return _phrases(name, "says").find(clause, _phrases(name, "never"))


@lru_cache(maxsize=1)
def _written() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("flags.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _phrases(name: FlagName, key: str) -> Phrases:
    return Phrases(_written()[name][key], _written()["words"])
