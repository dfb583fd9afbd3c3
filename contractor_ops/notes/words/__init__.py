"""The words of the trades, as data: what abbreviations mean, what is left alone, what a customer must not read.

The files beside this one, and an office's own in the same format, become one `Words`. An office's own words win.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from contractor_ops.notes.english import NO_ENDINGS
from contractor_ops.notes.plain import fold
from contractor_ops.notes.points import TRADES
from contractor_ops.notes.words.word_file import KINDS, InternalKind, InternalPart, MeaningPart, VerbPart, WordFile
from contractor_ops.tomlfile import checked, read_toml

Form = Literal["any", "plain", "done", "doing"]
Sort = Literal["verb", "noun", "adjective", "phrase"]
OWN = "own"
EVERY_TRADE = ("general", "internal", "foreign")


@dataclass(frozen=True)
class Verb:
    """A verb's forms."""

    plain: str
    done: str
    doing: str
    noun: str
    head: Literal["done", "plain"]
    then: Literal["", "noun"]


@dataclass(frozen=True)
class Meaning:
    """What an abbreviation may stand for. `trade` is the file's: a trade, one that serves all, or the office's own.

    `made`: the abbreviation stands in no file, it was made by rule ("repl'd" of "repl"), and gives way to one that does.
    """

    text: str
    sort: Sort
    trade: str
    verb: Verb | None = None
    form: Form = "any"
    who: bool = False
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    job_types: tuple[str, ...] = ()
    made: bool = False

    @property
    def conditional(self) -> bool:
        """Whether it is meant in some places only."""
        return bool(self.before or self.after or self.job_types)


@dataclass
class Words:
    """Everything that the files say. Keys are folded: small letters, straight apostrophes.

    `verbs` maps each written form of a verb to it and the form. `written` maps acronyms and names to how they are written. `longest` is the
    number of words of the longest abbreviation that begins with a word.
    """

    meanings: dict[str, list[Meaning]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    verbs: dict[str, tuple[Verb, Form]] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    job_types: dict[str, tuple[str, ...]] = field(default_factory=dict)
    telling: dict[str, set[str]] = field(default_factory=dict)
    internal: dict[InternalKind, list[InternalPart]] = field(default_factory=dict)
    foreign: dict[str, frozenset[str]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return id(self)


def read_words(trades: Sequence[str], own: Mapping[str, bytes]) -> Words:
    """The words of some trades (all of them where none is named) and the office's own files, their content by name. Raises FilesNeedMending."""
    words = Words()
    for name in (*EVERY_TRADE, *(trades or TRADES)):
        _add(words, _shipped(name), name)
    add_own(words, own)
    return words


def add_own(words: Words, own: Mapping[str, bytes]) -> None:
    """Add an office's own files to the words. Raises FilesNeedMending."""
    for name, content in own.items():
        _add(words, checked(WordFile, read_toml(content, name), name), OWN)


@cache
def _shipped(name: str) -> WordFile:
    file = files(__name__) / f"{name}.toml"
    return checked(WordFile, read_toml(file.read_bytes(), f"{name}.toml"), f"{name}.toml") if file.is_file() else WordFile()


def _add(words: Words, file: WordFile, trade: str) -> None:
    for key, meaning in _meanings(file, trade):
        _add_meaning(words, key, meaning)
    for plain, part in file.verbs.items():
        verb = _verb(plain, part)
        words.verbs |= {fold(plain): (verb, "plain"), fold(verb.doing): (verb, "doing"), fold(verb.done): (verb, "done")}
        words.known |= {fold(form) for form in (verb.plain, verb.done, verb.doing, verb.noun, _third(plain)) if form}
    words.states |= {fold(word) for word in file.states.words}
    words.written |= {fold(word): word for word in (*file.keep.acronyms, *file.keep.names)}
    words.units |= {fold(word) for word in file.keep.units}
    words.known |= {fold(word) for word in (*file.keep.words, *file.states.words, *file.trade.words)}
    for word in file.trade.words:
        words.telling.setdefault(fold(word), set()).add(trade)
    words.job_types[trade] = tuple(fold(word) for word in file.trade.job_types)
    words.foreign |= {language: frozenset(map(fold, common)) for language, common in file.foreign.items()}
    if trade == OWN:
        _keep_own(words, file)
    for kind in KINDS:
        words.internal.setdefault(kind, []).append(getattr(file.internal, kind))


def _keep_own(words: Words, file: WordFile) -> None:
    """What the office keeps as it is has none of our meanings."""
    for word in map(fold, (*file.keep.acronyms, *file.keep.names, *file.keep.words)):
        words.meanings[word] = [one for one in words.meanings.get(word, ()) if one.trade == OWN]
        if not words.meanings[word]:
            del words.meanings[word]


def _add_meaning(words: Words, key: str, meaning: Meaning) -> None:
    there = words.meanings.setdefault(key, [])
    if meaning.trade == OWN and any(one.trade != OWN for one in there):
        there[:] = []  # the office's own word stands in place of ours
    narrow = meaning.verb is not None and meaning.conditional
    if meaning.made and any(not one.made and not (one.verb and one.conditional) for one in there):
        return
    if not meaning.made and not narrow:  # "chgd" is "changed" by rule; that it is "charged" before pounds takes nothing from that
        there[:] = [one for one in there if not one.made]
    if meaning not in there:
        there.append(meaning)
    first, _, rest = key.partition(" ")
    words.longest[first] = max(words.longest.get(first, 1), 1 + len(rest.split()))
    if meaning.trade not in {OWN, *EVERY_TRADE} and not any(one.trade in EVERY_TRADE for one in there):
        words.telling.setdefault(key, set()).add(meaning.trade)
    words.known |= {fold(word) for word in meaning.text.split()}


def _meanings(file: WordFile, trade: str) -> Iterator[tuple[str, Meaning]]:
    """Every abbreviation of a file with each of its meanings, and the plurals of things."""
    tables: tuple[tuple[Sort, Mapping[str, tuple[MeaningPart, ...]]], ...] = (
        ("noun", file.nouns), ("adjective", file.adjectives), ("phrase", file.phrases),
    )  # fmt: skip
    written = {fold(key) for _, table in tables for key in table}
    for sort, table in tables:
        for key, parts in table.items():
            for part in parts:
                yield fold(key), _meaning(part, part.means, sort, trade)
                if sort == "noun" and f"{fold(key)}s" not in written and not key.endswith("s") and _may_end(key, "s"):
                    yield f"{fold(key)}s", replace(_meaning(part, part.plural or plural(part.means), sort, trade), made=True)
    for plain, shorts in file.verbs.items():
        yield from _verb_shorts(_verb(plain, shorts), shorts, trade)


def _meaning(part: MeaningPart, text: str, sort: Sort, trade: str) -> Meaning:
    before, after = (frozenset(map(fold, words)) for words in (part.before, part.after))
    return Meaning(text, sort, trade, None, "any", part.who, before, after, tuple(map(fold, part.job_types)))


def _verb_shorts(verb: Verb, part: VerbPart, trade: str) -> Iterator[tuple[str, Meaning]]:
    forms: tuple[tuple[Form, str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("any", verb.plain, part.short, ()),
        ("done", verb.done, part.done_short, ("d", "'d", "ed")),
        ("doing", verb.doing, part.doing_short, ("ing", "g", "'g", "ng")),
    )  # fmt: skip
    for form, text, shorts, ends in forms:
        yield from (
            (fold(short), Meaning(text, "verb", trade, verb, form, before=frozenset(map(fold, part.before.get(short, ())))))
            for short in shorts
        )
        if form == "done":
            yield f"{fold(verb.plain)}'d", Meaning(text, "verb", trade, verb, form, made=True)
        for short in (one for one in part.short if one not in part.before):
            yield from ((fold(short) + end, Meaning(text, "verb", trade, verb, form, made=True)) for end in ends if _may_end(short, end))


def _may_end(short: str, end: str) -> bool:
    """Whether an abbreviation may be given an ending: not where an English word would come of it ("ga" is not "gas", "br" not "bring")."""
    if not short[-1:].isalpha() or fold(short) + end in NO_ENDINGS:
        return False
    return len(short) > 2 or (end in {"s", "d", "'d"} and not set("aeiou") & set(fold(short)))


def _verb(plain: str, part: VerbPart) -> Verb:
    return Verb(plain, part.done or done_of(plain), part.doing or doing_of(plain), part.noun, part.head, part.then)


def done_of(verb: str) -> str:
    """ "replaced" of "replace", by rule."""
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}ed"


def doing_of(verb: str) -> str:
    """ "replacing" of "replace", by rule."""
    return f"{verb[:-1]}ing" if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else f"{verb}ing"


def plural(noun: str) -> str:
    """ "capacitors" of "capacitor", by rule."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def _third(verb: str) -> str:
    return plural(verb)
