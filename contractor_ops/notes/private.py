"""What is private whatever stands around it: card and social security numbers, and the names of other customers."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from contractor_ops.notes.cut import Clause
from contractor_ops.notes.plain import fold

_APART = r"[ .,;:/_-]{0,3}"
_CARD = re.compile(
    rf"(?<![\w.])(?:\d{{13,19}}|\d{{4}}{_APART}\d{{4}}{_APART}\d{{4}}{_APART}\d{{1,4}}(?:{_APART}\d{{3}})?|\d{{4}}{_APART}\d{{6}}{_APART}\d{{4,5}})"
    r"(?!\w)(?! (?:rpm|psi|cfm|ppm|volts?|watts|btuh?)\b)",
    re.IGNORECASE,
)
"""13 to 19 figures in one run, or in the groups that they are printed in; no readings."""
_MASKED = re.compile(r"(?<!\w)(?:[x*#•]{4}[ -]?){1,3}\d{4}(?!\w)", re.IGNORECASE)
_SOCIAL = re.compile(r"(?<![\w-])\d{3}([-–.])\d{2}\1\d{4}(?![\w-])")
_LONG_ENOUGH = re.compile(r"\d{2}(?:\D{0,3}\d){7}|[x*#•]{4}")
_EXPIRES = re.compile(
    r"(?:exp\w*\b|date\b|thru\b|cv[cv]\d?\b|zip\b|(?<!\d)(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?\d\d(?!\d)|\d{3,5}(?![\w.]))", re.IGNORECASE
)
_NAME = r"(?P<name>[A-Z][a-z]{2,})"
_OTHERS = (
    re.compile(
        rf"\b(?:at|from|as|like) (?:the )?{_NAME}(?:['’]s|s['’])? (?:job|house|place|account|residence|home|property|call|project|install)\b"
    ),
    re.compile(rf"\b(?:same|like)\b.{{0,60}}? (?:as|at|like) (?:at )?the {_NAME}s\b"),
    re.compile(r"\b(?:at|from|as|like) (?:Mr|Mrs|Ms|Miss)\b\.? (?P<name>[A-Z])"),
)


def private_numbers(clauses: Sequence[Clause]) -> set[int]:
    """Which clauses of an entry hold part of a card or social security number, or what is printed beside it."""
    text, begins = "", []
    for clause in clauses:
        begins.append(len(text))
        text += f"{clause.written} "
    if not _LONG_ENOUGH.search(text):
        return set()
    held = {
        at for first, last in _spans(text) for at, begin in enumerate(begins) if begin < last and begin + len(clauses[at].written) > first
    }
    return held | {at for one in held for at in _beside(clauses, one)}


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _CARD.finditer(text) if _adds_up(found[0]))
    for pattern in (_MASKED, _SOCIAL):
        yield from (found.span() for found in pattern.finditer(text))


def _adds_up(number: str) -> bool:
    """Luhn's test, which every card's number passes and one number in ten of others."""
    figures = [int(one) for one in reversed(number) if one.isdecimal()]
    doubled = (one * 2 - 9 * (one > 4) for one in figures[1::2])
    return len(set(figures)) > 1 and (sum(figures[::2]) + sum(doubled)) % 10 == 0


def _beside(clauses: Sequence[Clause], at: int) -> Iterator[int]:
    """The clauses right around a card's number that tell when it ends and how it is proved."""
    for around in (range(at + 1, len(clauses)), range(at - 1, -1, -1)):
        yield from takewhile(lambda one: _EXPIRES.match(clauses[one].written), around)


def names_another(clause: Clause, known: Collection[str]) -> bool:
    """Whether a clause tells of work at somebody else's. `known`: makers and other names that are nobody's."""
    return any((found := pattern.search(clause.written)) and fold(found["name"]) not in known for pattern in _OTHERS)
