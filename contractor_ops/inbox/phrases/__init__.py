"""The words that triage goes by, as data. How a phrase is written: contractor_ops/tables/cells/phrases.py."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from contractor_ops.tables.cells.phrases import Phrases, Words
from contractor_ops.tables.cells.wording import Wording


@dataclass(frozen=True)
class Meaning:
    """One label's words. `alone`: all of a message. `clause`: all of its first or last clause, or of a sentence. `opens`: how an answer begins.

    `says`: anywhere. `never`: what looks like one of them and is not; of these `limits` say when or how instead of whether.
    `vocabulary`: further words of such a message that say nothing else.
    """

    alone: frozenset[str]
    clause: frozenset[str]
    opens: Phrases
    says: Phrases
    never: Phrases
    limits: Phrases
    vocabulary: frozenset[str]


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Meaning]:
    """Every table of the files beside this one, by its name."""
    found: dict[str, Meaning] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            words = tables.pop("words", {})
            found |= {name: _meaning(table, words) for name, table in tables.items()}
    return found


def _meaning(table: Mapping[str, list[str]], words: Words) -> Meaning:
    def whole(key: str) -> frozenset[str]:
        read = ((text, Wording(text).words) for text in table.get(key, ()))
        return frozenset(" ".join(word.text for word in words) or text for text, words in read)

    def phrases(*keys: str) -> Phrases:
        return Phrases([phrase for key in keys for phrase in table.get(key, ())], words)

    return Meaning(
        whole("alone"),
        whole("clause"),
        phrases("opens"),
        phrases("says"),
        phrases("never", "limits"),
        phrases("limits"),
        whole("vocabulary"),
    )
