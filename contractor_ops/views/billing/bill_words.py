"""What the words of a job or of its invoice say of how it is billed. They are data in bill_words.toml."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

_SIGNS = {" ": "[ -]?", "*": r"\w*"}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("bill_words.toml").read_text(encoding="utf-8"))


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = _data()[kind]
    return _any_of(said["says"]), _any_of(said["never"])


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of these phrases in whole words; none at all where there are none."""
    written = ["".join(_SIGNS.get(sign, re.escape(sign)) for sign in phrase) for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)" if written else r"(?!)", re.IGNORECASE)


def _found(kind: str, text: str) -> str | None:
    says, never = _patterns(kind)
    found = says.search(never.sub(" . ", text))
    return found[0] if found else None


def is_fee(words: str) -> bool:
    """Whether an invoice bills a fee for work that was called off."""
    return _found("fee", words) is not None


def free_of_charge(words: str) -> str | None:
    """The words that say that work may not be for billing, None where nothing does."""
    return _found("free", words)


def recurs_after(words: str) -> int | None:
    """How many days lie between two bills of work that is billed again and again; None where nothing says that it is."""
    found, left = [], words
    for pattern, days in _recurring():
        left, times = pattern.subn(" . ", left)
        found += [days] if times else []
    return min(found, default=None)


@cache
def _recurring() -> list[tuple[re.Pattern[str], int]]:
    """The longest first: "bi-weekly" is not weekly."""
    told: dict[str, int] = _data()["recurring"]
    return [(_any_of([phrase]), told[phrase]) for phrase in sorted(told, key=len, reverse=True)]
