"""Abbreviations written out, each in the form that its place asks for. Nothing else is changed, and what is unclear is left as written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from contractor_ops.notes.cut import Clause, Token
from contractor_ops.notes.english import AND, AUXILIARIES, BROKEN, ELSEWHERE, NO_THING, ORDERS, PEOPLE, POINTING, PREPOSITIONS
from contractor_ops.notes.forms import form_of, is_open, says
from contractor_ops.notes.pieces import Piece
from contractor_ops.notes.plain import fold
from contractor_ops.notes.words import EVERY_TRADE, OWN, Form, Meaning, Verb, Words

FIGURE = "#"
_NAMED = 100
"""How much a job's type speaks for a trade; each word of the note speaks for one."""
_LOOKED_AROUND = 12
"""How many words before and behind it tell what an abbreviation is."""
DOTTED = re.compile(r"[a-z](?:\.[a-z])+")
_SEVERAL = re.compile(r"[2-9]|[1-9]\d")
_DIGITS = "0123456789.,/-"
_JOINED = re.compile(r"([/&+])")
_TO_SEE = AUXILIARIES | PEOPLE | AND | PREPOSITIONS
_NO_VERB: tuple[Verb | None, Form] = (None, "any")


@dataclass(frozen=True)
class Setting:
    """What helps to tell what an abbreviation means: how much speaks for each trade, and the job's type."""

    words: Words
    trades: Mapping[str, int]
    job_type: str


def setting(words: Words, keys: frozenset[str], job_type: str) -> Setting:
    """The setting of a note by its job's type and by the words in it."""
    folded, named = _named(words, job_type)
    trades = {trade: _NAMED * (trade in named) for trade in words.job_types if trade not in EVERY_TRADE}
    for key in keys & words.telling.keys():
        told = words.telling[key]
        if len(told) == 1:
            trades[next(iter(told))] += 1
    if len(trades) == 1:
        trades = dict.fromkeys(trades, 1)
    return Setting(words, trades, folded)


@lru_cache(maxsize=256)
def _named(words: Words, job_type: str) -> tuple[str, frozenset[str]]:
    """The words of a job's type with a blank on either side, and the trades that they name."""
    folded = f" {' '.join(fold(job_type).replace('/', ' ').replace('-', ' ').split())} "
    trades = (trade for trade, types in words.job_types.items() if any(f" {kind} " in folded or f" {kind}s " in folded for kind in types))
    return folded, frozenset(trades)


def expand(clause: Clause, where: Setting, undone: bool = False) -> list[Piece]:
    """The clause's words with their abbreviations written out. `undone`: what stands before it says that this is still to be done."""
    pieces: list[Piece] = []
    spoken: list[Piece] = []
    position, tokens, undone = 0, clause.tokens, undone or is_open(clause)
    while position < len(tokens):
        many, key = _longest(tokens, position, where.words)
        here = tokens[position : position + many]
        rest = tokens[position + many : position + many + _LOOKED_AROUND]
        before = spoken[-_LOOKED_AROUND:]
        piece = _piece(here, key, before, rest, where, undone) if key else _joined(here[0], before, rest, where, undone)
        pieces.append(piece)
        if piece.key.isascii() or any(map(str.isalnum, piece.key)):
            spoken.append(piece)  # a smiley says nothing that a verb could follow
        position += many
    _count(pieces, where.words)
    _set_off_readings(pieces)
    _say_what_was_said(pieces, where.words)
    _part_off_orders(pieces)
    return pieces


def _part_off_orders(pieces: list[Piece]) -> None:
    """ "seals unserviceable replace" is "seals unserviceable; replace", "overheating see text" is "overheating; see text"."""
    if len(pieces) < 3:
        return
    thing, before, last = pieces[-3:]
    if last.key in ORDERS and not (last.meaning or before.stop or last.glue):
        if before.key in BROKEN or (before.meaning is not None and before.meaning.sort == "adjective"):
            pieces[-1] = replace(last, glue=";")
    elif before.key == "see" and last.key in ELSEWHERE and not (thing.stop or thing.who or thing.key in _TO_SEE):
        pieces[-2] = replace(before, glue=";")


def _count(pieces: list[Piece], words: Words) -> None:
    """ "replaced 2 comp" is "replaced 2 compressors"; "unit 2 comp" is no number of compressors."""
    for at in range(1, len(pieces)):
        number, thing = pieces[at - 1], pieces[at]
        meaning = thing.meaning
        if meaning is None or meaning.sort != "noun" or FIGURE in meaning.after or number.stop or not _SEVERAL.fullmatch(number.key):
            continue
        before, behind = pieces[at - 2] if at > 1 else None, pieces[at + 1] if at + 1 < len(pieces) else None
        counted = before is None or before.stop or before.verb or before.key in PREPOSITIONS or before.key in AND
        ends = behind is None or thing.stop or behind.key in PREPOSITIONS or behind.key in AND
        several = words.meanings.get(f"{thing.key}s", [])
        if counted and ends and not thing.text.endswith("s") and len({one.text for one in several}) == 1:
            pieces[at] = replace(thing, text=several[0].text)


def _set_off_readings(pieces: list[Piece]) -> None:
    """ "charge 12 superheat" is "charge, 12 superheat", "superheat 12 subcooling 9" is "superheat 12, subcooling 9"."""
    measures = [at for at, piece in enumerate(pieces) if _measures(piece)]
    if not measures:
        return
    following = pieces[measures[-1] + 1 : measures[-1] + 2]
    behind = not (following and following[0].tokens[0].figures)
    for at in measures:
        set_off = at - 1 if behind else at
        before = pieces[set_off - 1] if set_off > 0 else None
        if before is None or before.stop or not pieces[at - 1].tokens[-1].figures:
            continue
        if _is_thing(before) if behind else before.tokens[-1].figures:
            pieces[set_off] = replace(pieces[set_off], glue=",")


def _measures(piece: Piece) -> bool:
    meaning = piece.meaning
    return meaning is not None and FIGURE in meaning.after | meaning.before and fold(meaning.text) != piece.key


def _is_thing(piece: Piece) -> bool:
    return piece.meaning is not None and piece.verb is None and piece.meaning.sort in {"noun", "verb"}


def _say_what_was_said(pieces: list[Piece], words: Words) -> None:
    """ "advised compressor noisy" is "advised that the compressor is noisy"."""
    for at in [at for at, piece in enumerate(pieces) if says(piece) and piece.meaning]:
        first = at + 2 if at + 1 < len(pieces) and pieces[at + 1].who else at + 1
        state = _state_after(pieces, first, words)
        if state:
            subject = pieces[first : state - 1] if pieces[state - 1].key == "not" else pieces[first:state]
            number = state - 1 if pieces[state - 1].key == "not" else state
            several = subject[-1].text.endswith("s") and not subject[-1].text.endswith(("ss", "us"))
            pieces[first] = replace(pieces[first], glue="that" if subject[0].key in POINTING else "that the")
            pieces[number] = replace(pieces[number], glue="are" if several else "is")


def _state_after(pieces: Sequence[Piece], first: int, words: Words) -> int:
    """Where it is said how a thing is, of which nothing else stands between; 0 where it is not."""
    for at in range(first, min(first + 5, len(pieces))):
        piece = pieces[at]
        if at > first and (fold(piece.text) in words.states or (piece.meaning and piece.meaning.sort == "adjective")):
            ends = (
                at + 1 == len(pieces)
                or pieces[at + 1].glue in {";", ":"}
                or pieces[at + 1].key in {"and", "but", "&", "when", "on", "in", "at"}
            )
            return at if ends else 0
        if piece.glue or piece.stop or (piece.key == "not" and at == first) or (piece.key != "not" and not _may_be_a_thing(piece, words)):
            return 0
    return 0


def _may_be_a_thing(piece: Piece, words: Words) -> bool:
    if piece.meaning:
        return piece.meaning.sort == "noun"
    if piece.verb and piece.form != "plain":
        return False
    return piece.key in POINTING or not (piece.key in PREPOSITIONS or piece.key in NO_THING or fold(piece.text) in words.states)


def _longest(tokens: Sequence[Token], position: int, words: Words) -> tuple[int, str]:
    """How many words from here on are an abbreviation, and its key; one and nothing where none is."""
    first = tokens[position].key
    for many in range(min(words.longest.get(first, 0), len(tokens) - position), 0, -1):
        here = tokens[position : position + many]
        if any(token.stop or token.close for token in here[:-1]) or any(token.lead for token in here[1:]):
            continue
        key = " ".join(token.key for token in here)
        if key in words.meanings:
            return many, key
    if DOTTED.fullmatch(first):
        return 1, next((key for key in (first.replace(".", "/"), first.replace(".", "")) if key in words.meanings), "")
    return 1, ""


def _joined(token: Token, before: Sequence[Piece], rest: Sequence[Token], where: Setting, undone: bool) -> Piece:
    """Abbreviations joined by a stroke or the like, each written out: "chk/repl"."""
    parts = _JOINED.split(token.core)
    if len(parts) < 3 or token.figures or not all(len(part) > 1 and part.isalpha() for part in parts[::2]):
        return _as_written((token,), where.words)
    tokens = [Token("", part, "", "") for part in parts[::2]]
    pieces = [
        _piece((one,), one.key, before, (*tokens[at + 1 :], *rest), where, undone)
        if one.key in where.words.meanings
        else _as_written((one,), where.words)
        for at, one in enumerate(tokens)
    ]
    first = next((piece for piece in pieces if piece.meaning), None)
    if first is None or any(piece.ambiguous for piece in pieces):
        return _as_written((token,), where.words)
    text = pieces[0].text + "".join(f"{mark}{piece.text}" for mark, piece in zip(parts[1::2], pieces[1:], strict=True))
    return replace(first, tokens=(token,), text=text)


def _as_written(here: Sequence[Token], words: Words) -> Piece:
    token = here[0]
    verb, form = words.verbs.get(token.key, _NO_VERB)
    return Piece(tuple(here), words.written.get(token.key, token.core) if token.core.islower() else token.core, verb=verb, form=form)


def _piece(here: Sequence[Token], key: str, before: Sequence[Piece], rest: Sequence[Token], where: Setting, undone: bool) -> Piece:
    plain = _as_written(here, where.words) if len(here) == 1 else Piece(tuple(here), " ".join(token.core for token in here))
    chosen = chosen_of(key, before, rest, where)
    if not chosen or _is_unit(key, before, chosen, where.words):
        return plain
    texts = tuple(dict.fromkeys(one.text for one in chosen))
    verbs = [one for one in chosen if one.verb]
    others = [one for one in chosen if not one.verb]
    if len(texts) > 1 and not (len(verbs) == 1 and len({one.text for one in others}) == 1):
        return replace(plain, ambiguous=texts)
    if not verbs:
        return Piece(tuple(here), others[0].text, others[0])
    return _verb_piece(here, verbs[0], others[0] if others else None, before, rest, where.words, undone)


def _verb_piece(
    here: Sequence[Token],
    meaning: Meaning,
    noun: Meaning | None,
    before: Sequence[Piece],
    rest: Sequence[Token],
    words: Words,
    undone: bool,
) -> Piece:
    verb = meaning.verb
    assert verb is not None
    if meaning.form != "any":
        return Piece(tuple(here), meaning.text, meaning, verb, meaning.form)
    shown = form_of(verb, noun.text if noun else "", before, () if here[-1].stop else rest, words, undone, here[-1].stop == ":")
    if shown.noun:
        return Piece(tuple(here), shown.text, noun or meaning)
    return Piece(tuple(here), shown.text, meaning, verb, shown.form, shown.glue)


def _is_unit(key: str, before: Sequence[Piece], chosen: Sequence[Meaning], words: Words) -> bool:
    """Whether it is the unit of the number before it, whatever else it may mean."""
    behind = bool(before) and before[-1].tokens[-1].figures and not before[-1].stop
    return behind and key in words.units and not any(FIGURE in one.after for one in chosen)


def chosen_of(short: str, before: Sequence[Piece], rest: Sequence[Token], where: Setting) -> list[Meaning]:
    """What an abbreviation means here: one meaning, or a verb and a thing, or all that it may be where that is open; nothing where none fits."""
    meanings = where.words.meanings[short]
    always = [one for one in meanings if not one.conditional]
    fitting = [one for one in meanings if one.conditional and _fits(one, before, rest, where)]
    if any(_worth(one, where) >= _NAMED for one in always):
        fitting = [one for one in fitting if _worth(one, where) > 0]
    if fitting:
        return _best(fitting, where)[:1]
    return _best([one for one in always if not _is_far(one, short, where)], where)


def _is_far(meaning: Meaning, short: str, where: Setting) -> bool:
    """Whether two letters are another trade's than the job's: they may well be something else here."""
    named = max(where.trades.values(), default=0) >= _NAMED
    return len(short) < 3 and named and where.trades.get(meaning.trade, 1) == 0


def _best(meanings: Sequence[Meaning], where: Setting) -> list[Meaning]:
    """Those of the trade for which most speaks; of the office's own or of every trade where nothing does."""
    if len({one.text for one in meanings}) < 2:
        return list(meanings)
    worth = {id(one): _worth(one, where) for one in meanings}
    most = max(worth.values())
    return [one for one in meanings if worth[id(one)] == most]


def _worth(meaning: Meaning, where: Setting) -> float:
    if meaning.trade == OWN:
        return 1000
    return 0.5 if meaning.trade in EVERY_TRADE else where.trades.get(meaning.trade, 0)


def _fits(meaning: Meaning, before: Sequence[Piece], rest: Sequence[Token], where: Setting) -> bool:
    if any(f" {kind} " in where.job_type or f" {kind}s " in where.job_type for kind in meaning.job_types):
        return True
    if meaning.after and before and not meaning.after.isdisjoint(_names_of(before[-1])):
        return True
    return bool(meaning.before and rest and not meaning.before.isdisjoint(_names_ahead(rest, where.words)))


def _names_of(piece: Piece) -> Iterator[str]:
    yield piece.key
    yield fold(piece.text.rpartition(" ")[2])
    if piece.tokens[-1].figures:
        yield FIGURE
        yield piece.key[-1:]  # "45% rh"


def _names_ahead(rest: Sequence[Token], words: Words) -> Iterator[str]:
    token = rest[0]
    yield token.key
    yield token.key.removesuffix("s")
    for meaning in words.meanings.get(token.key, ()):
        yield fold(meaning.text.partition(" ")[0])
    if token.figures:
        yield FIGURE
        yield token.key[-1:]
        yield f"{FIGURE} {token.key.lstrip(_DIGITS)}"  # "6lb"
        if len(rest) > 1:
            yield f"{FIGURE} {rest[1].key}"  # "6 lb"
