"""What a job's note lets slip that somebody must see to: a danger, damage, an angry customer, a warranty, a return visit, a sale."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from contractor_ops.notes.points import FLAGS, FlagName
from contractor_ops.tables.cells.phrases import Phrases
from contractor_ops.tables.cells.wording import Wording, clean, fold

GRAVE: frozenset[FlagName] = frozenset({"safety", "damage", "angry-customer"})
"""What falls to the owner where config.toml names nobody, and is looked for in cancelled jobs too; all else falls to the office."""
_LONGEST = 60_000
"""Characters of a note that are looked through; a longer one is kept whole all the same."""
_CLAUSE = re.compile(r"[;!?\n]+|[.,]+(?!\d)|\s[-–—]+\s|\bbut\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to see to, and the words of the note that say so, as they are written; `also` are further ones that say so again."""

    name: FlagName
    words: str
    also: tuple[str, ...] = ()

    @property
    def all_words(self) -> tuple[str, ...]:
        """All that the note says of it; nothing where it is not the note that tells."""
        return (self.words, *self.also) if self.words else ()


def flags_in(text: str) -> tuple[Flag, ...]:
    """The flags of a note, the gravest first, each once with all different words that raise it. A "no" holds for its own clause."""
    clauses = [Wording(part.strip()) for part in _CLAUSE.split(clean(text[:_LONGEST])) if part.strip()]
    found = ((name, _all_words(name, clauses)) for name in FLAGS)
    return tuple(Flag(name, words[0], words[1:]) for name, words in found if words)


def falls_to(flag: FlagName, named: Mapping[FlagName, str], people: Collection[str]) -> str:
    """The key of the person who sees to a flag: whom [notes] flags names, else the owner or the office; "" where [people] has neither."""
    wanted = named.get(flag) or ("owner" if flag in GRAVE else "office")
    return wanted if wanted in people else ""


def _all_words(name: FlagName, clauses: Iterable[Wording]) -> tuple[str, ...]:
    """What raises a flag, clause by clause; what was said before in the same words is not said again."""
    said: dict[str, str] = {}
    for clause in clauses:
        if words := _words(name, clause):
            said.setdefault(fold(words), words)
    return tuple(said.values())


def _words(name: FlagName, clause: Wording) -> str:
    return _phrases(name, "says").find(clause, _phrases(name, "never"))


@lru_cache(maxsize=1)
def _written() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("flags.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _phrases(name: FlagName, key: str) -> Phrases:
    return Phrases(_written()[name][key], _written()["words"])
