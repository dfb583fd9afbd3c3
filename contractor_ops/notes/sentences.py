"""Clauses put together as sentences: capitals where they begin, small letters where somebody shouted, a full stop where they end."""

import re
from collections.abc import Callable, Iterable, Sequence

from contractor_ops.notes.cut import Clause
from contractor_ops.notes.english import LEADING, UNDER
from contractor_ops.notes.pieces import Piece
from contractor_ops.notes.words import Words

Told = tuple[Clause, Sequence[Piece]]
Knows = Callable[[str], bool]
_MARKS = frozenset(",;:")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’/.-][^\W\d_]+)*")
_FIRST = re.compile(r"(?:[^\x00-\x7f\w]+ )*[(\[{\"“«'‘*]*(?P<word>[^\W\d_][^\s\d]*)(?!\S)")
_FORE = frozenset({"PRE", "RE", "NON", "ANTI", "MULTI", "SEMI"})
_ENDS_OPEN = re.compile(r"[\w)\]%\"'’”°>&+*#@$]$")


def is_shouted(line: str, knows: Knows) -> bool:
    """Whether a line is written in capitals: most of its words of three letters and more, and one of them a word rather than an acronym."""
    long = [word for word in _LETTERS.findall(line) if len(word) > 2 and not word.isnumeric()]
    capital = [word for word in long if word.isupper()]
    return bool(capital) and len(capital) > 0.7 * len(long) and any(len(word) > 3 and knows(word.lower()) for word in capital)


def put_together(told: Sequence[Told], words: Words, knows: Knows, shouted: bool, cut_before: bool) -> str:
    """One sentence. `cut_before`: something that stood before its first clause is kept out, so no "and" may begin it."""
    text = ""
    for at, (_, pieces) in enumerate(told):
        shown = list(pieces)
        if cut_before and at == 0 and len(shown) > 1 and shown[0].key in LEADING:
            shown = shown[1:]
        said = _said(shown, words, knows, shouted)
        joint = _joint(told, at) if at else ""
        text = f"{text}{joint}{_capital(said) if joint.startswith('.') or not at else said}"
    return _ended(text, told[-1][0].stop)


def _joint(told: Sequence[Told], at: int) -> str:
    """What stands between a clause and the one before it."""
    stop = told[at - 1][0].stop
    if stop in {",", ""} and _begins_anew(told, at):
        return "; " if _head(told[at][1]).form == "plain" else ". "
    if not stop.strip():
        return " "
    return f" {stop} " if stop[0] in "-–—" else f"{stop} "


def _head(pieces: Sequence[Piece]) -> Piece:
    return pieces[1] if len(pieces) > 1 and pieces[0].who else pieces[0]


def _begins_anew(told: Sequence[Told], at: int) -> bool:
    """Whether a clause behind a comma is a thought of its own: it begins with a shortened verb, and no list goes on behind it."""
    pieces = told[at][1]
    head = _head(pieces) if pieces else None
    if head is None or not head.meaning or not head.verb or head.form not in {"done", "plain"}:
        return False
    return told[0][1][0].key not in UNDER and (len(pieces) > 1 or at + 1 == len(told))


def _said(pieces: Sequence[Piece], words: Words, knows: Knows, shouted: bool) -> str:
    text = ""
    for at, piece in enumerate(pieces):
        first, last = piece.tokens[0], piece.tokens[-1]
        ends = at + 1 == len(pieces)
        shown = _lowered(piece, words, knows, ends or bool(last.stop)) if shouted else _plain_i(piece.text)
        colon = ":" if last.stop == ":" else ""
        glue = piece.glue if piece.glue in _MARKS else f" {piece.glue}" if piece.glue else ""
        text += f"{glue if text else ''}{' ' if text else ''}{first.lead}{shown}{last.close}{colon}"
    return text.replace("\u00a0", " ")


def _plain_i(text: str) -> str:
    return f"I{text[1:]}" if text == "i" or text[:2] in {"i'", "i’"} else text


def _lowered(piece: Piece, words: Words, knows: Knows, ends: bool) -> str:
    """A shouted word in small letters, if it is a word: no acronym, no part's number, no letter that names a thing ("unit A")."""
    text, key = piece.text, piece.key
    if piece.meaning or piece.corrected or not text.isupper() or piece.tokens[0].figures or text.startswith("<"):
        return text
    if key in words.written:
        return words.written[key]
    if text.endswith(("'S", "’S")) and key[:-2] in words.written:
        return f"{words.written[key[:-2]]}{text[-2]}s"
    if len(text) == 1:
        return key if key == "a" and not ends else text
    if "-" in text or "/" in text:
        return "".join(
            part.lower() if len(part) > 1 and (knows(part.lower()) or part in _FORE) else part for part in re.split("([-/])", text)
        )
    return _plain_i(key) if knows(key) or (len(key) > 5 and _has_vowel(key)) else text


def _has_vowel(key: str) -> bool:
    return not set("aeiouy").isdisjoint(key)


def _capital(text: str) -> str:
    """With a capital, unless the first thing is a number, a part's name or the like."""
    first = _FIRST.match(text)
    if first is None or not first["word"].islower():
        return text
    at = first.start("word")
    if text[at].upper().lower() != text[at]:
        return text  # "ß" has no capital, and that of "µ" is another letter's
    return f"{text[:at]}{text[at].upper()}{text[at + 1 :]}"


def _ended(text: str, stop: str) -> str:
    if text.endswith(":"):
        return text
    if not set(".!?…").isdisjoint(stop):
        return f"{text}{'.' if stop in {'..', '.,', '.-'} else stop}"
    return f"{text}." if _ENDS_OPEN.search(text) else text


def joined(sentences: Iterable[str]) -> str:
    """Sentences on one line."""
    return " ".join(sentence for sentence in sentences if sentence)
