"""Steps told in one breath have one form: "chk belts, tighten bolts" tells twice what was done.

A verb written in full is told as done only beside shortened ones that are, in a list of nothing but steps. Wherever a finding, a wish or a person
stands in the list, the verb may be what somebody is yet to do, and stays as written.
"""

from collections.abc import Sequence
from dataclasses import replace

from contractor_ops.notes.cut import Clause
from contractor_ops.notes.english import AND, AUXILIARIES, BEING, NO_STEPS, NOT_DONE, PEOPLE, STEPS, THINGS_BESIDE, TIMES, UNDER, WANTED
from contractor_ops.notes.expand import FIGURE
from contractor_ops.notes.pieces import Piece
from contractor_ops.notes.plain import fold
from contractor_ops.notes.words import Meaning, Words

Told = tuple[Clause, list[Piece]]
_LOOKS = frozenset({"check", "recheck", "test", "retest", "inspect", "measure", "verify", "evaluate", "monitor"})
"""After these alone, what follows may be what ought to be done: "chk cap, replace cap"."""
_LIST_MARKS = frozenset({",", ";", "", " -"})
_LONG_LIST = 3
_NEVER_IN_LISTS = (
    PEOPLE
    | (AUXILIARIES - {"to"})
    | BEING
    | WANTED
    | NOT_DONE
    | UNDER
    | TIMES
    | frozenset({"no", "not", "never", "without", "but", "for", "as"})
)


def in_one_form(told: Sequence[Told], words: Words) -> None:
    """Give the verbs that are written in full, in one sentence, the form of the shortened ones beside them."""
    for _, pieces in told:
        _joined_by_and(pieces, words)
    steps = list(told)
    while steps and _is_reading(steps[-1][1], words):
        steps.pop()
    if (
        len(steps) > 1
        and all(clause.stop in _LIST_MARKS for clause, _ in steps[:-1])
        and _are_steps([pieces for _, pieces in steps], words)
    ):
        for _, pieces in steps:
            _done(pieces, 0)


def _joined_by_and(pieces: list[Piece], words: Words) -> None:
    """ "cln & tighten conns": what "and" joins to a step that was done was done too."""
    if len(pieces) < 4 or not _is_shortened_step(pieces[0]) or not _is_plain_work(pieces, words):
        return
    for at in range(1, len(pieces) - 1):
        if pieces[at - 1].key in AND - {"or", "then"} and _is_full_step(pieces, at):
            _done(pieces, at)


def _are_steps(clauses: Sequence[list[Piece]], words: Words) -> bool:
    shortened = [pieces[0] for pieces in clauses if _is_shortened_step(pieces[0])]
    looks = all(head.verb and head.verb.plain in _LOOKS for head in shortened)
    return (
        bool(shortened)
        and (not looks or len(clauses) >= _LONG_LIST)
        and all((_is_shortened_step(pieces[0]) or _is_full_step(pieces, 0)) and _is_plain_work(pieces, words) for pieces in clauses)
    )


def _is_reading(pieces: Sequence[Piece], words: Words) -> bool:
    """Whether a clause holds figures and what they measure, and nothing else."""
    return any(piece.tokens[0].figures for piece in pieces) and all(
        piece.tokens[0].figures or piece.key in words.units or (piece.meaning and FIGURE in piece.meaning.after | piece.meaning.before)
        for piece in pieces
    )


def _is_shortened_step(head: Piece) -> bool:
    """Whether it is told as done only because of its place: "chk", not "chkd"."""
    return (
        head.verb is not None
        and head.meaning is not None
        and (head.meaning.form, head.form) == ("any", "done")
        and head.verb.plain not in NO_STEPS
    )


def _is_full_step(pieces: Sequence[Piece], at: int) -> bool:
    head = pieces[at]
    if head.meaning or head.verb is None or head.form != "plain" or head.key not in STEPS or at + 1 == len(pieces):
        return False
    beside = THINGS_BESIDE.get(head.key, frozenset())
    return pieces[at + 1].key not in AND and beside.isdisjoint(fold(pieces[at + 1].text).split())


def _is_plain_work(pieces: Sequence[Piece], words: Words) -> bool:
    """Whether a clause tells what was worked on and nothing else: no finding, no reading, no wish."""
    head, *rest = pieces
    if not rest or (head.verb and head.verb.plain in _LOOKS and any(piece.tokens[0].figures for piece in rest)):
        return False
    return not any(
        piece.who or piece.glue or piece.ambiguous or piece.key in _NEVER_IN_LISTS or (fold(piece.text) in words.states and not piece.verb)
        for piece in rest
    )


def _done(pieces: list[Piece], at: int) -> None:
    head = pieces[at]
    if head.verb is not None and head.meaning is None:
        done = head.verb.done
        pieces[at] = replace(head, text=done, meaning=Meaning(done, "verb", "general", head.verb, "done"), form="done")
