"""Which form a shortened verb has where it stands: what was done ("Replaced"), what is to be done ("replace", "replacement"), what goes on.

When it is not plain that a thing was done, it is never said to have been: then the verb itself is shown.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from contractor_ops.notes.cut import Clause, Token
from contractor_ops.notes.english import (
    ADVERBS,
    AND,
    ARTICLES,
    AUXILIARIES,
    BEING,
    BREAKS_OFF,
    DAYS,
    FINE,
    KINDS_OF_WORK,
    NEXT,
    NOT_DONE,
    PEOPLE,
    PREPOSITIONS,
    SAYS,
    SEVERAL,
    WANTED,
)  # fmt: skip
from contractor_ops.notes.pieces import Piece
from contractor_ops.notes.plain import fold
from contractor_ops.notes.words import Form, Verb, Words, plural

_HEADING = re.compile(
    r"(?:to[ -]?do|next (?:visit|time|trip)|(?:still )?needs?|(?:still )?needed|follow[ -]?up|f/u|recommend\w*|recs?|quote\w*|estimate|plan|pending|remaining|"
    r"punch ?list|return|outstanding|not done|open)\b[^:.]{0,30}:",
    re.IGNORECASE,
)
_WILL = frozenset({"will", "pls", "plz", "please"})
_NEEDS = (["need", "to"], ["needs", "to"], ["nds", "to"], ["going", "to"], ["have", "to"], ["has", "to"])


class Shown(NamedTuple):
    """A verb as it is shown. `noun` is true where it is a thing now; `glue` is the mark put before it."""

    text: str
    form: Form
    noun: bool = False
    glue: str = ""


def is_open(clause: Clause) -> bool:
    """Whether a clause tells what is still to be done, or may be: a wish, a condition, a question."""
    keys = [token.key for token in clause.tokens]
    coming = any(one == "next" and two in NEXT for one, two in pairwise(keys))
    return coming or "?" in clause.stop or not NOT_DONE.isdisjoint(keys) or keys[:2] == ["to", "do"]


def leaves_open(clause: Clause, words: Words) -> bool:
    """Whether the rest of its sentence too tells what is still to be done, or under which condition."""
    return is_open(clause) or _sets_to_work(clause, words) or any(token.key == "unless" for token in clause.tokens)


def _sets_to_work(clause: Clause, words: Words) -> bool:
    """ "cust to cln coils, chk belts", "need to cln coils, chk belts": nothing of it is done yet."""
    keys = [token.key for token in clause.tokens[:4]]
    if keys[0] in _WILL or keys[:2] in _NEEDS:
        return True
    who = keys[0] in PEOPLE or any(one.who for one in words.meanings.get(keys[0], ()))
    return who and len(keys) > 2 and (keys[1] == "to" or keys[1:3] in _NEEDS)


def is_heading(line: str) -> bool:
    """Whether a line begins with a heading for what is still to be done: "To do:", "Next visit:"."""
    return _HEADING.match(line) is not None


def form_of(
    verb: Verb, noun: str, before: Sequence[Piece], rest: Sequence[Token], words: Words, is_open: bool, heads: bool = False
) -> Shown:
    """How a shortened verb is shown. `noun`: what it may also stand for, as a thing. `before` and `rest`: what stands around it in its clause.

    `heads`: a colon stands behind it.
    """
    if heads and before and verb.noun and before[-1].stop != ":" and not _among(before[-1], BEING | AUXILIARIES) and not before[-1].who:
        return Shown(noun or verb.noun, "any", noun=True)  # "panel insp: double taps"
    if not before or before[-1].stop == ":":
        return _at_the_head(verb, before, rest, words, is_open)
    last = before[-1]
    if _among(last, AND):
        return _like_the_one_before(verb, before, rest, is_open)
    if last.who or _among(last, PEOPLE):
        return _somebodys(verb, before, is_open)
    if _among(last, AUXILIARIES) or (last.key == "not" and len(before) > 1 and _among(before[-2], AUXILIARIES)):
        return Shown(verb.plain, "plain")
    if _among(last, BEING) or last.key == "not":
        return Shown(verb.done, "done")
    if (last.verb and last.verb.then == "noun") or _among(last, WANTED) or _among(last, PREPOSITIONS):
        return _as_thing(verb, noun, rest)
    if last.verb and last.form != "any" and (noun or verb.noun) and not says(last):
        return Shown(noun or verb.noun, "any", noun=True)  # "check charge", "found leak"
    if _among(last, ARTICLES):
        return Shown(noun or verb.noun or verb.doing, "doing", noun=True)
    if noun:
        return Shown(noun, "any", noun=True)
    return _run_on(verb, before, rest, words, is_open)


def _at_the_head(verb: Verb, before: Sequence[Piece], rest: Sequence[Token], words: Words, is_open: bool) -> Shown:
    if before and (before[-1].key in WANTED or (before[-1].verb and before[-1].verb.then == "noun")):
        return Shown(verb.plain, "plain")
    if verb.noun and (_is_wanted(rest, words) or (rest and rest[0].key in DAYS)):
        return Shown(verb.noun, "any", noun=True)
    return Shown(verb.plain, "plain") if verb.head == "plain" or is_open else Shown(verb.done, "done")


def _is_wanted(rest: Sequence[Token], words: Words) -> bool:
    for token in rest[:5]:
        if token.key in BREAKS_OFF or token.key in PEOPLE or any(one.who for one in words.meanings.get(token.key, ())):
            return False
        meanings = words.meanings.get(token.key, ())
        if token.key in WANTED or (meanings and all(one.verb and one.verb.done in WANTED for one in meanings)):
            return True
        if token.stop:
            return False
    return False


def _like_the_one_before(verb: Verb, before: Sequence[Piece], rest: Sequence[Token], is_open: bool) -> Shown:
    joined = next((piece for piece in reversed(before) if piece.verb or (piece.meaning and piece.meaning.verb)), None)
    if joined is None:
        return Shown(verb.plain, "plain") if is_open else Shown(verb.done, "done")
    if joined.form == "any" or joined.verb is None:  # "recommend replacement and …"
        return _as_thing(verb, "", rest)
    if verb.head == "plain":
        return Shown(verb.plain, "plain")
    if joined.verb.head == "plain" or (joined.form == "plain" and is_open):
        return Shown(verb.plain, "plain") if is_open else Shown(verb.done, "done")
    return {"done": Shown(verb.done, "done"), "doing": Shown(verb.doing, "doing")}.get(joined.form, Shown(verb.plain, "plain"))


def _somebodys(verb: Verb, before: Sequence[Piece], is_open: bool) -> Shown:
    prior = before[-2] if len(before) > 1 else None
    if prior and prior.verb and prior.verb.then == "noun":
        return Shown(verb.plain, "plain")
    if prior and prior.key in PREPOSITIONS:
        return Shown(verb.noun or verb.done, "done", noun=bool(verb.noun))
    if verb.head == "plain" or is_open:
        several = before[-1].key in SEVERAL or before[-1].text.endswith("s")
        return Shown(verb.plain if several else plural(verb.plain), "plain")
    return Shown(verb.done, "done")


def _as_thing(verb: Verb, noun: str, rest: Sequence[Token]) -> Shown:
    """ "replacement" where nothing follows that is replaced, "replacing" where something does."""
    thing = noun or verb.noun
    if thing and not _object_follows(rest):
        return Shown(thing, "any", noun=True)
    return Shown(verb.doing, "doing")


def _object_follows(rest: Sequence[Token]) -> bool:
    if not rest:
        return False
    key = rest[0].key
    return not (
        key in PREPOSITIONS
        or key in AND
        or key in ADVERBS
        or key in FINE
        or key in BEING
        or key in {"asap", "to", "for", "soon", "if", "as"}
    )


def _run_on(verb: Verb, before: Sequence[Piece], rest: Sequence[Token], words: Words, is_open: bool) -> Shown:
    """A verb in the middle of a clause that nothing joins to it: a further thought ("cap bad, replaced"), or what was done to what stands before it."""
    follows = _object_follows(rest)
    if _is_wanted(rest, words) or (not follows and any(_asks(piece) or piece.who for piece in before)):
        return Shown(verb.noun or verb.doing, "any", noun=True)  # "declined compressor replacement"
    if is_open or (any(piece.who for piece in before) and any(piece.key in {"not", "no", "never"} for piece in before)):
        return Shown(verb.plain, "plain")
    follows = follows and rest[0].key not in words.states
    if verb.noun and not follows and (_among(before[-1], KINDS_OF_WORK) or before[-1].key.endswith("'d")):
        return Shown(verb.noun, "any", noun=True)
    told = any(piece.verb or piece.text in words.states or (len(before) > 1 and _is_adjective(piece)) for piece in before)
    glue = (";" if told else ":") if follows or verb.head == "plain" else ""
    if before[-1].key in ADVERBS:
        glue = ""
    return Shown(verb.plain, "plain", glue=glue) if verb.head == "plain" else Shown(verb.done, "done", glue=glue)


def _is_adjective(piece: Piece) -> bool:
    return piece.meaning is not None and piece.meaning.sort == "adjective"


def _asks(piece: Piece) -> bool:
    """Whether it tells that work is wanted, declined and the like, rather than done."""
    return _among(piece, WANTED) or (piece.verb is not None and (piece.verb.then == "noun" or piece.verb.done in WANTED))


def _among(piece: Piece, words: frozenset[str]) -> bool:
    """Whether it is one of these words, as written or as shown."""
    return piece.key in words or fold(piece.text.rpartition(" ")[2]) in words


def says(piece: Piece) -> bool:
    """Whether it tells that somebody says something."""
    return piece.verb is not None and piece.verb.plain in SAYS
