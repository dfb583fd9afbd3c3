"""Which clauses of an entry are kept from the customer: those that say so, and those that belong to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from contractor_ops.notes.cut import Clause
from contractor_ops.notes.english import ABOUT_PEOPLE, LEADING
from contractor_ops.notes.internal import (
    Found,
    Reach,
    as_searched,
    begins_with_code,
    codes_in,
    found_in,
    goes_on,
    has_phone,
    holds_keypad_code,
    is_code,
)  # fmt: skip
from contractor_ops.notes.pieces import Piece
from contractor_ops.notes.plain import fold
from contractor_ops.notes.private import names_another, private_numbers
from contractor_ops.notes.words import Words
from contractor_ops.notes.words.word_file import InternalKind


@dataclass(slots=True)
class Told:
    """One clause in its place: the line and the sentence that it stands in. `why` is set when it is kept out, `doubt` says what a person must look at."""

    line: int
    sentence: int
    clause: Clause
    pieces: list[Piece]
    why: InternalKind | None = None
    doubt: str = ""

    @property
    def works(self) -> bool:
        """Whether it also tells of work, by a verb."""
        return any(piece.verb for piece in self.pieces)

    @property
    def begins_with_work(self) -> bool:
        """Whether it is a thought of its own: what was done, said first."""
        first = next((piece for piece in self.pieces if piece.key not in LEADING), self.pieces[0])
        return first.verb is not None and first.form == "done" and first.verb.plain not in ABOUT_PEOPLE


def keep_out(told: Sequence[Told], words: Words) -> None:
    """Mark each clause that a customer must not read, and what a person must look at."""
    _private(told, words)
    reached: set[tuple[Reach, int, int]] = set()
    for at, one in enumerate(told):
        for found in _strongest(found_in([as_searched(one.clause), _written_out(one.pieces)], words)):
            place = (found.reach, one.line, one.sentence)
            if found.reach == "clause" or place not in reached:
                _mark(told, at, found)
                reached.add(place)
        if one.why is None and has_phone(one.clause):
            one.why, one.doubt = "office", "kept out because of the telephone number"
        if one.why is None and holds_keypad_code(one.clause):
            one.why, one.doubt = "access", "kept out because it may be about how to get in"
    _what_goes_on(told)
    _codes(told)
    _repeated_codes(told)


def _private(told: Sequence[Told], words: Words) -> None:
    for at in private_numbers([one.clause for one in told]):
        told[at].why, told[at].doubt = "office", "kept out because it may be the number of a card or of a person"
    for one in told:
        if one.why is None and names_another(one.clause, words.written):
            one.why, one.doubt = "customer", "kept out because it may name another customer"


def _written_out(pieces: Sequence[Piece]) -> str:
    return "".join(f"{fold(piece.text)}{':' if piece.stop == ':' else ''} " for piece in pieces)


def _strongest(found: list[Found]) -> list[Found]:
    order: tuple[Reach, ...] = ("line", "sentence", "clause", "doubt")
    return sorted(found, key=lambda one: order.index(one.reach))[:1]


def _mark(told: Sequence[Told], at: int, found: Found) -> None:
    for one in _reached(told, at, found):
        if one.why is None:
            one.why = found.kind
            if found.reach == "doubt":
                one.doubt = f"kept out because it may be about {_ABOUT[found.kind]}"
            elif one.begins_with_work if found.reach == "line" else one.works:
                one.doubt = "kept out whole, though it may also tell of work"


def _reached(told: Sequence[Told], at: int, found: Found) -> Iterator[Told]:
    """The clauses that a remark reaches."""
    here = told[at]
    yield here
    if found.reach == "clause":
        return
    for one in takewhile(lambda one: one.line == here.line, islice(told, at + 1, None)):
        if found.reach == "line" or (one.sentence == here.sentence and not _is_apart(one, found)):
            yield one
    if found.reach != "line":
        for one in takewhile(
            lambda one: (one.line, one.sentence) == (here.line, here.sentence), (told[number] for number in range(at - 1, -1, -1))
        ):
            if not _is_apart(one, found):
                yield one


def _is_apart(one: Told, found: Found) -> bool:
    """Whether a clause of the same sentence is not about that: what was done is not about how to get in, nor about people."""
    return found.kind in {"access", "customer"} and one.begins_with_work


_ABOUT: dict[InternalKind, str] = {"access": "how to get in", "customer": "people", "price": "prices", "office": "the office"}


def _what_goes_on(told: Sequence[Told]) -> None:
    for before, one in pairwise(told):
        if one.why or not before.why or (one.line, one.sentence) != (before.line, before.sentence):
            continue
        amount = before.why == "price" and not one.works and any(token.figures for token in one.clause.tokens)
        if amount or goes_on(one.clause):
            one.why, one.doubt = before.why, "kept out because it goes on with what stands before it"


def _codes(told: Sequence[Told]) -> None:
    """The code that stands before or behind a remark about how to get in."""
    waiting = False
    for at, one in enumerate(told):
        if one.why == "access":
            waiting = not any(token.figures for token in one.clause.tokens)
            if at and told[at - 1].why is None and is_code(told[at - 1].clause):
                told[at - 1].why = "access"
            continue
        before = told[at - 1] if at else None
        if one.why is not None or before is None or before.why != "access":
            continue
        same = (one.line, one.sentence) == (before.line, before.sentence)
        if is_code(one.clause) or (begins_with_code(one.clause) and (waiting or same)):
            one.why = "access"
            one.doubt = "kept out whole, though it may also tell of work" if one.works else ""
        elif same and codes_in(one.clause) and not one.works:
            one.why, one.doubt = "access", "kept out because it may be about how to get in"


def _repeated_codes(told: Sequence[Told]) -> None:
    codes = {code for one in told if one.why == "access" for code in codes_in(one.clause)}
    for one in told:
        if one.why is None and codes and codes & codes_in(one.clause):
            one.why, one.doubt = "access", "kept out because a code from another remark stands in it"
