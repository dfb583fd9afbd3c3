"""A line of a note cut into sentences, clauses and words, each still as it was written."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from contractor_ops.notes.plain import fold

PHONE = re.compile(r"(?<![\w.-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])")
_JOINED = "\u00a0"
"""Stands for a blank inside of a telephone number, which is one word."""
_CHUNK = re.compile(r"(?P<lead>[(\[{\"“«'‘*~]*)(?P<core>.*?)(?P<trail>[)\]}\"”»'’*]*(?P<stop>[.,;:!?…]*|-+|–|—)[)\]}\"”»]*)", re.DOTALL)
_PLACEHOLDER = re.compile(r"<\w{1,30}>")
_DASH = re.compile(r"[-–—]{1,3}|/{2,}|\||=>|->|→|~")
_GLUED = re.compile(
    r"(?<=[^\W\d_])[,;](?=[^\W\d_])"  # "cap,chk"
    r"|(?<=[A-Za-z]{2})[.!?](?=[A-Z][a-z]{2})|(?<=[A-Z]{4})\.(?=[A-Z]{4})|(?<=[^\W\d_]{2})\.{2,}(?=[^\W\d_])"  # "done.Replaced", "leaking..cracked"
    r"|(?<=[\w)])[,;](?=[a-z]{2,})"
    r"|(?<=[a-z]{2})\.(?=(?!com\b|net\b|org\b|info\b|gov\b|edu\b|pdf\b|jpe?g\b|png\b|html?\b|us\b|co\b|io\b)[a-z]{2,}(?:[\s,;]|\.?(?:\s|$)))"  # "cap.chk"
    r"|(?<=[^\W\d_]{3})(?:[:=,;.]|(?=[(#]))(?=\(?[#*]*\d)"  # "code:1234"
    r"|(?<=[^\W\d_]{3})(?=\([^\W\d_]{3})"  # "start(see history)"
)
_LOOSE = re.compile(
    r"^[.,;:!? ]+(?=[^\s.,;:!?])|(?<=[^\s.,;:!?]) +(?=[.,;:!?]+(?: |$)|[,;][^\W\d_]{2})|(?<=\() +(?=[^\W\d_])|(?<=\w) +(?=\))"
)
"""Marks that nothing stands before, and blanks before a mark."""
_LETTERS = re.compile(r"(?<!\S)([A-Za-z]) / ([A-Za-z])(?!\S)")
_DASHED = re.compile(r"(?<=[^\s\d] )-(?=[^\W\d_]{3})")
_WORD = 4
_ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with what clings to it: `lead` opening marks, `close` closing ones, `stop` the mark behind it."""

    lead: str
    core: str
    close: str
    stop: str

    @property
    def key(self) -> str:
        """The word as it is looked up."""
        return fold(self.core)

    @property
    def written(self) -> str:
        """As it was written."""
        return f"{self.lead}{self.core}{self.close}{self.stop}".replace(_JOINED, " ")

    @property
    def figures(self) -> bool:
        """Whether there is a figure in it."""
        return any(map(str.isnumeric, self.core))


@dataclass(frozen=True, slots=True)
class Clause:
    """Words up to a mark; `stop` is that mark as written, a dash between blanks for instance, or nothing before and behind brackets."""

    tokens: tuple[Token, ...]
    stop: str

    @property
    def written(self) -> str:
        """As it was written."""
        return " ".join(token.written for token in self.tokens)

    @property
    def ends(self) -> bool:
        """Whether a sentence ends here."""
        return not _ENDS.isdisjoint(self.stop)


Sentence = tuple[Clause, ...]


IsShort = Callable[[Token | None, Token, Token], bool]


def sentences(line: str, is_short: IsShort) -> list[Sentence]:
    """The sentences of a line. `is_short(before, token, next)` tells whether the dot behind a word only shortens it."""
    found: list[Sentence] = []
    clauses: list[Clause] = []
    for clause in _clauses(list(_tokens(line)), is_short):
        clauses.append(clause)
        if clause.ends:
            found.append(tuple(clauses))
            clauses = []
    return [*found, tuple(clauses)] if clauses else found


def _tokens(line: str) -> Iterator[Token]:
    if PHONE.search(line):
        line = PHONE.sub(lambda phone: phone[0].replace(" ", _JOINED), line)
    line = _DASHED.sub("- ", _LETTERS.sub(r"\1/\2", _LOOSE.sub("", line)))
    for chunk in _GLUED.sub(lambda mark: f"{' ' if mark[0] == '=' else ''}{mark[0]} ", line).split(" "):
        if chunk:
            yield _token(chunk)


def _token(chunk: str) -> Token:
    phone = PHONE.match(chunk.replace(_JOINED, " "))
    if phone:
        return Token("", chunk[: phone.end()], "", chunk[phone.end() :])
    if _DASH.fullmatch(chunk):
        return Token("", "", "", chunk)
    if placeholder := _PLACEHOLDER.match(chunk):
        return Token("", placeholder[0], "", chunk[placeholder.end() :])
    parts = _CHUNK.fullmatch(chunk)
    if parts is None or not parts["core"]:
        return Token("", chunk, "", "")
    lead, core, trail, stop = parts["lead"], parts["core"], parts["trail"], parts["stop"]
    if stop.startswith("-") and ((core.isupper() and len(core) < _WORD) or any(map(str.isnumeric, core))):
        return Token(lead, core + trail, "", "")  # "AB12-" may be the beginning of a part's number
    after = trail.rpartition(stop)[2] if stop else ""
    close = trail[: len(trail) - len(stop) - len(after)] + after
    return Token(lead, core, close, stop)


def _clauses(tokens: Sequence[Token], is_short: IsShort) -> Iterator[Clause]:
    held: list[Token] = []
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if not token.core:  # a dash between blanks
            if held:
                yield Clause(tuple(held), f" {token.stop}")
                held = []
            continue
        if held and "(" in token.lead:
            yield Clause(tuple(held), "")
            held = []
        if token.stop == "." and following is not None and is_short(held[-1] if held else None, token, following):
            token = Token(token.lead, token.core, token.close, "")
        held.append(token)
        stop = "" if token.stop == ":" else token.stop
        if stop or ")" in token.close:
            yield Clause(tuple(held), stop)
            held = []
    if held:
        yield Clause(tuple(held), "")
