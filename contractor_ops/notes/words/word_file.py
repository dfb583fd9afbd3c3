"""What a file of words may hold: abbreviations by what they are, words to leave alone, and what a customer must not read."""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_BRACKETS = re.compile(r" \([^()]*\)\??(?= )")
InternalKind = Literal["access", "customer", "price", "office"]
"""Why a remark is kept from the customer: how to get in, what we think of people, what it costs us, what is said among us."""
KINDS: tuple[InternalKind, ...] = get_args(InternalKind)


class _Part(BaseModel):
    """A table of a file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MeaningPart(_Part):
    """One meaning of an abbreviation, and where it is meant: right before or after one of some words ("#": anything with a figure), on some jobs."""

    means: str = Field(min_length=1)
    plural: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    job_types: tuple[str, ...] = ()
    who: bool = False


def _meanings(written: object) -> object:
    if isinstance(written, str):
        return ({"means": written},)
    return (written,) if isinstance(written, dict) else written


Meanings = Annotated[tuple[MeaningPart, ...], BeforeValidator(_meanings)]


class VerbPart(_Part):
    """A verb: how it is shortened, and its forms where the rules of English do not make them.

    `before`: a shortened form that stands for it only right before one of some words ("#": a figure, "# lb": so many pounds).
    `head`: what stands at the head of a clause, what was done or the verb itself. `then`: a verb behind it is a noun ("recommend replacement").
    """

    short: tuple[str, ...] = ()
    done: str = ""
    doing: str = ""
    noun: str = ""
    done_short: tuple[str, ...] = ()
    doing_short: tuple[str, ...] = ()
    before: dict[str, tuple[str, ...]] = {}
    head: Literal["done", "plain"] = "done"
    then: Literal["", "noun"] = ""


class TradePart(_Part):
    """What tells that a job, or a note, is of this trade."""

    job_types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class StatesPart(_Part):
    """Full words that tell how a thing is."""

    words: tuple[str, ...] = ()


class KeepPart(_Part):
    """What is neither written out nor corrected."""

    acronyms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def _readable(phrase: str) -> str:
    if set("()") & set(_BRACKETS.sub(" ", f" {phrase} ")) or not phrase.strip():
        raise ValueError(
            f'"{phrase}" cannot be read: brackets stand around whole words, like "(this one|that) code", and not in one another'
        )
    return phrase


Phrase = Annotated[str, AfterValidator(_readable)]
"""How a phrase is written: notes/internal.py."""


class InternalPart(_Part):
    """Phrases that keep a clause, its sentence or the rest of its line from the customer; `doubt` does so and asks a person, `never` is ordinary work."""

    clause: tuple[Phrase, ...] = ()
    sentence: tuple[Phrase, ...] = ()
    line: tuple[Phrase, ...] = ()
    doubt: tuple[Phrase, ...] = ()
    never: tuple[Phrase, ...] = ()


class InternalParts(_Part):
    """What is kept from the customer, by why."""

    access: InternalPart = InternalPart()
    customer: InternalPart = InternalPart()
    price: InternalPart = InternalPart()
    office: InternalPart = InternalPart()


class WordFile(_Part):
    """One file."""

    trade: TradePart = TradePart()
    verbs: dict[str, VerbPart] = {}
    nouns: dict[str, Meanings] = {}
    adjectives: dict[str, Meanings] = {}
    phrases: dict[str, Meanings] = {}
    states: StatesPart = StatesPart()
    keep: KeepPart = KeepPart()
    internal: InternalParts = InternalParts()
    foreign: dict[str, tuple[str, ...]] = {}
