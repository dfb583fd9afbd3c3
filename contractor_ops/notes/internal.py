"""What a customer must not read: found clause by clause by the phrases in the word files, kept out with what belongs to it.

Where it is not plain how far a remark goes, more is kept out rather than less, and a person is asked to look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from contractor_ops.notes.cut import PHONE, Clause
from contractor_ops.notes.english import ADDS, AROUND_CODES, BEHIND_PRICES, GOES_ON, OF_THEM, UNITS
from contractor_ops.notes.plain import fold
from contractor_ops.notes.words import Words
from contractor_ops.notes.words.word_file import InternalKind

Reach = Literal["line", "sentence", "doubt", "clause"]
REACHES: tuple[Reach, ...] = ("line", "sentence", "doubt", "clause")
_ELEMENT = re.compile(r"\([^()]*\)\??|\S+")
_WORD = r"\S{1,60} "
_MONEY = r"(?:[$€£](?=\S*\d)\S* |(?=\S*\d)\S*[$€£] |[\d,.]+k? (?:dollars?|bucks|usd|euros?) )"
_BARE = r"\d[\d.,]*k?:? "
_SIGNS = {
    "#": r"(?=\S*\d)\S*:? ",
    "##": r"[^\s\d]{0,9}(?:\d[^\s\d]?){3,20}\S{0,9} ",
    "#code": rf"[#*]{{0,3}}\d{{4,8}}[#*]{{0,3}}:? (?!(?:{'|'.join(sorted(UNITS))}) )",
    "#short": r"#?\d{1,3}:? ",
    "#price": rf"{_BARE}(?=$|(?:{'|'.join(sorted(BEHIND_PRICES))}) )",
    "$": _MONEY,
    "^": "^",
    ".": "$",
}
"""What is no word in a phrase. Anything with a figure; with three and more; four to eight figures alone, with no unit behind them; up to three;
a number that nothing is counted by; an amount of money; where the clause begins, and where it ends."""
_GLUED_CODE = re.compile(r"^([^\W\d_]{3,})[-=_]+([#*]*\d)")
_KEYPAD = re.compile(r"[#*]?\d{4,8}[#*]|\*\d{4,8}")
_CODE = re.compile(r"[#*]*\d[\d#*-]*[#*]*|[#*]+|[A-Z]\d{3,}[A-Z]?|\d{3,}[A-Z]")


@dataclass(frozen=True, slots=True)
class Remark:
    """Words that are kept from the customer, as written, and why."""

    words: str
    kind: InternalKind


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that a clause holds: how far it reaches, and which of its words begins it."""

    kind: InternalKind
    reach: Reach
    word: int


class _Phrases:
    """Phrases, found by the word that they begin with."""

    def __init__(self, phrases: Sequence[tuple[str, Found | None]]) -> None:
        self._by_first: dict[str, list[tuple[re.Pattern[str], Found | None]]] = {}
        self._anywhere: list[tuple[re.Pattern[str], Found | None]] = []
        for phrase, found in phrases:
            pattern = re.compile(compiled(phrase))
            firsts = list(_firsts(phrase))
            for first in firsts:
                self._by_first.setdefault(first, []).append((pattern, found))
            if not firsts:
                self._anywhere.append((pattern, found))

    def at(self, text: str, start: int, word: str) -> Iterator[tuple[int, Found | None]]:
        """Where each phrase ends that begins here, and what it is."""
        for pattern, found in (*self._by_first.get(word.rstrip(":"), ()), *self._anywhere):
            match = pattern.match(text, start)
            if match:
                yield match.end(), found


def compiled(phrase: str) -> str:
    """A phrase of the word files as a regular expression over folded words with one blank behind each."""
    return "".join(_element(one) for one in _ELEMENT.findall(fold(phrase)))


def _element(element: str) -> str:
    if element == "..":
        return f"(?:{_WORD}){{0,3}}?"
    bare = element.removesuffix("?")
    choices = (bare[1:-1] if bare.startswith("(") else bare).split("|")
    ways = "|".join("".join(map(_literal, choice.split())) for choice in choices)
    return f"(?:{ways}){'?' if element.endswith('?') else ''}"


def _literal(word: str) -> str:
    if word in _SIGNS:
        return _SIGNS[word]
    if word == "..":
        return f"(?:{_WORD}){{0,3}}?"
    ends = "" if word.endswith(":") else ":?"
    return re.escape(word.removesuffix("*")) + (r"\S{0,40}" if word.endswith("*") else "") + ends + " "


def _firsts(phrase: str) -> Iterator[str]:
    """The words that a phrase may begin with; none where it may begin with anything."""
    for element in _ELEMENT.findall(fold(phrase)):
        bare = element.removesuffix("?")
        for choice in (bare[1:-1] if bare.startswith("(") else bare).split("|"):
            first = choice.split()[0] if choice.split() else ""
            if first in _SIGNS or first in {"..", ""} or first.endswith("*"):
                return
        yield from ((choice.split()[0]).rstrip(":") for choice in (bare[1:-1] if bare.startswith("(") else bare).split("|"))
        if not element.endswith("?"):
            return


@lru_cache(maxsize=8)
def _phrases_of(words: Words) -> _Phrases:
    def all_of() -> Iterator[tuple[str, Found | None]]:
        for kind, parts in words.internal.items():
            for part in parts:
                for reach in REACHES:
                    yield from ((phrase, Found(kind, reach, 0)) for phrase in getattr(part, reach))
                yield from ((phrase, None) for phrase in part.never)

    return _Phrases(list(all_of()))


def found_in(texts: Sequence[str], words: Words) -> list[Found]:
    """What a clause holds that a customer must not read. `texts`: its folded words, as written and written out."""
    phrases = _phrases_of(words)
    return [found for text in texts for found in _search(text, phrases)]


def _search(text: str, phrases: _Phrases) -> Iterator[Found]:
    start = passed = 0
    for number, word in enumerate(text.split(" ")[:-1]):
        hits = list(phrases.at(text, start, word))
        ordinary = max((end for end, found in hits if found is None), default=0)
        for end, found in hits:
            if found is not None and end > ordinary and start >= passed:
                yield Found(found.kind, found.reach, number)
        passed = max(passed, ordinary)
        start += len(word) + 1


def as_searched(clause: Clause) -> str:
    """A clause's words as written, folded, one blank behind each; a colon stays with its word."""
    return "".join(f"{word} " for word, _ in _searched(clause))


def _searched(clause: Clause) -> Iterator[tuple[str, int]]:
    """The same words one by one, each with the number of its token. "office - order it" says the same as "office: order it"."""
    last = len(clause.tokens) - 1
    for at, token in enumerate(clause.tokens):
        colon = token.stop == ":" or (at == last and clause.stop.strip() in {"-", "–", "—"})
        *words, end = _GLUED_CODE.sub(r"\1 \2", token.key).removesuffix("'s").split(" ")
        yield from ((word, at) for word in words)
        yield f"{end}{':' if colon else ''}", at


def parted(clause: Clause, words: Words) -> list[Clause]:
    """The clause, in two where a remark begins within it that reaches to the end of the line."""
    words_at = [at for _, at in _searched(clause)]
    at = min((words_at[found.word] for found in found_in([as_searched(clause)], words) if found.reach == "line"), default=0)
    if not at:
        return [clause]
    return [Clause(clause.tokens[:at], ""), Clause(clause.tokens[at:], clause.stop)]


def is_code(clause: Clause) -> bool:
    """Whether a clause holds nothing but a code: figures, and how to type them in."""
    codes = [bool(_CODE.fullmatch(token.core)) for token in clause.tokens]
    return any(codes) and all(code or token.key in AROUND_CODES for code, token in zip(codes, clause.tokens, strict=True))


def holds_keypad_code(clause: Clause) -> bool:
    """Whether something stands in it that is typed into a keypad and nothing else: "4411#"."""
    return any(_KEYPAD.fullmatch(token.core) for token in clause.tokens)


def begins_with_code(clause: Clause) -> bool:
    """Whether the first thing that a clause says is a code."""
    first = next((token for token in clause.tokens if token.key not in AROUND_CODES), None)
    return first is not None and bool(_CODE.fullmatch(first.core))


def codes_in(clause: Clause) -> set[str]:
    """The codes of three figures and more in a clause, bare."""
    bare = (re.sub(r"[#*-]", "", token.core) for token in clause.tokens if _CODE.fullmatch(token.core))
    return {code for code in bare if sum(map(str.isdigit, code)) > 2}


def goes_on(clause: Clause) -> bool:
    """Whether a clause only goes on with what the one before it says of somebody."""
    keys = [token.key for token in clause.tokens]
    return bool(keys) and (keys[0] in GOES_ON or (keys[0] in ADDS and len(keys) > 1 and keys[1] in OF_THEM))


def has_phone(clause: Clause) -> bool:
    """Whether a telephone number stands in it."""
    return PHONE.search(clause.written) is not None
