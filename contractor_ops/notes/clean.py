"""A technician's note as a customer may read it on an invoice, beside the note itself: nothing in it that he did not write."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from contractor_ops.notes.cut import Clause, Token, sentences
from contractor_ops.notes.english import PEOPLE, SIZES
from contractor_ops.notes.entries import Part, entries_of
from contractor_ops.notes.expand import DOTTED, Setting, expand, setting
from contractor_ops.notes.forms import is_heading, leaves_open
from contractor_ops.notes.internal import Remark, parted
from contractor_ops.notes.kept_out import Told, keep_out
from contractor_ops.notes.language import language_of
from contractor_ops.notes.lists import in_one_form
from contractor_ops.notes.pieces import Piece
from contractor_ops.notes.plain import fold, plain
from contractor_ops.notes.sentences import is_shouted, joined, put_together
from contractor_ops.notes.spelling import Spelling
from contractor_ops.notes.words import Words

_BULLET = re.compile(r"(?:[-*•·▪►–—+>]+|\(?\d{1,2}[.)])\s+(?=\S)")
_KEY = re.compile(r"[^\s,;:.!?()]+")
_LONG_LINE = 60
_LONGEST_SHORT = 4
_SIDES = frozenset({"l.h", "r.h"})
_BEFORE_FIGURES = frozenset({"approximately", "number", "model number", "serial number", "part number"})


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words as written that a person must look at, and why."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A slip of the pen and the word that is shown in its place."""

    written: str
    shown: str


@dataclass(frozen=True, slots=True)
class CleanEntry:
    """One entry. `when` and `author` are as written, None where it names none; `head` is all of that, `original` the entry with it."""

    when: str | None
    author: str | None
    head: str
    original: str
    clean: str
    internal: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class CleanNote:
    """A note and what a customer may read of it. `original` is the note as it was, to the last character."""

    original: str
    clean: str
    entries: tuple[CleanEntry, ...]
    internal: tuple[Remark, ...]
    unsure: tuple[Unsure, ...]
    spelled: tuple[Spelled, ...]


def clean_note(note: str, words: Words, *, job_type: str = "", answers: str = "") -> CleanNote:
    """The note in sentences for a customer; `answers` is what the technician answered later, as further entries. Never raises."""
    reader = _Reader(words, job_type, f"{note}\n{answers}")
    entries = tuple(reader.entry(part) for text in (note, answers) for part in entries_of(plain(text), reader.is_word))
    shown = "\n".join(f"{_headed(entry.head)}{entry.clean}" for entry in entries if entry.clean)
    internal = tuple(remark for entry in entries for remark in entry.internal)
    return CleanNote(note, shown, entries, internal, tuple(reader.unsure.values()), tuple(reader.spelled.values()))


def _headed(head: str) -> str:
    """The head of an entry on its line; on one of its own where no mark parts it from what was done."""
    return f"{head}{' ' if head[-1] in ':-–—])' else chr(10)}" if head else ""


@lru_cache(maxsize=8)
def _spelling(words: Words) -> Spelling:
    return Spelling(words)


class _Reader:
    """Reads the entries of one note and gathers what a person must look at."""

    def __init__(self, words: Words, job_type: str, text: str) -> None:
        self.words = words
        self.spelling = _spelling(words)
        self.where: Setting = setting(words, frozenset(fold(key) for key in _KEY.findall(text)), job_type)
        self.own = frozenset(fold(key) for key in _KEY.findall(job_type))
        self.dots = self.capitals = True
        self.unsure: dict[tuple[str, str], Unsure] = {}
        self.spelled: dict[str, Spelled] = {}

    def is_word(self, name: str) -> bool:
        """Whether what could be a name at the head of an entry is a word of the trade."""
        key = fold(name)
        return key in self.words.verbs or key in self.words.states or key in self.words.written or key in self.words.units

    def entry(self, part: Part) -> CleanEntry:
        """One entry, cleaned."""
        self.dots, self.capitals = self._dots(part.text), part.text[:1].isupper() and not part.text.isupper()
        lines = [(_bullet(line), line) for line in _unwrapped(part.text.split("\n"))]
        by_line = []
        undone = False
        for number, (bullet, line) in enumerate(lines):
            said = line[len(bullet) :]
            by_line.append(list(self._told(number, said, undone or is_heading(said))))
            undone = (undone and bool(bullet)) or (is_heading(said) and said.endswith(":"))
        told = [one for clauses in by_line for one in clauses]
        keep_out(told, self.words)
        shown = (self._line(bullet, clauses, line) for (bullet, line), clauses in zip(lines, by_line, strict=True))
        clean = "\n".join(line for line in shown if line)
        original = f"{part.head} {part.text}".strip()
        return CleanEntry(part.when, part.author, part.head, original, clean, tuple(_remarks(told)))

    def _told(self, number: int, line: str, undone: bool) -> Iterator[Told]:
        for position, sentence in enumerate(sentences(line, self._is_short)):
            open_still = undone
            told = []
            for clause in (part for whole in sentence for part in parted(whole, self.words)):
                told.append((clause, expand(clause, self.where, open_still)))
                open_still = open_still or leaves_open(clause, self.words)
            if not open_still:
                in_one_form(told, self.words)
            yield from (Told(number, position, clause, pieces) for clause, pieces in told)

    def _dots(self, text: str) -> bool:
        """Whether the writer puts dots behind what he shortens: nothing that he shortened stands without one."""
        bare = (fold(word) for word in text.split(" "))
        return not any(word.isalpha() and word in self.words.meanings and not self.spelling.knows(word) for word in bare)

    def _is_short(self, before: Token | None, token: Token, following: Token) -> bool:
        """Whether the dot behind a word shortens it ("hyd. pipe") rather than ending a sentence ("new cap. chk chrg")."""
        meanings = self.words.meanings.get(token.key, ())
        after = self.words.meanings.get(following.key, ())
        known = self.words.verbs.get(following.key)
        if (known and known[1] == "done") or any(one.verb or one.who for one in after) or following.key in PEOPLE:
            return False
        if before is not None and before.figures and token.key in SIZES:
            return not following.core[:1].isupper() or following.core.isupper()
        if DOTTED.fullmatch(token.key):
            return following.core[:1].islower() or token.key in _SIDES
        if not self.dots:
            return following.figures and any(one.text in _BEFORE_FIGURES for one in meanings)
        if not meanings:
            return following.core[:1].islower() and len(token.key) <= 5 and token.core.isalpha() and not self.spelling.knows(token.key)
        if any(one.sort != "noun" for one in meanings):
            return True
        if any(following.key in one.before for one in meanings):
            return True
        return following.key in self.words.states or (following.core[:1].islower() and self.capitals) or following.core.isupper()

    def _line(self, bullet: str, told: Sequence[Told], line: str) -> str:
        shouted = is_shouted(line, self.spelling.knows)
        text = joined(self._sentence(list(clauses), shouted) for _, clauses in groupby(told, lambda one: one.sentence))
        return f"{bullet}{text}" if text else ""

    def _sentence(self, told: Sequence[Told], shouted: bool) -> str:
        for one in told:
            if one.doubt:
                self._ask(one.clause.written, one.doubt)
        shown = [one for one in told if one.why is None]
        if not shown:
            return ""
        if len(shown) < len(told):
            self._ask(" ".join(one.clause.written for one in shown), "only this part of its sentence is shown")
        language = language_of([token.key for one in shown for token in one.clause.tokens], self.words, self.spelling)
        if language:
            text = " ".join(f"{one.clause.written}{one.clause.stop if one.clause.stop.startswith(' ') else ''}" for one in shown)
            self._ask(text, f"it seems to be {language}, so it is left as written")
            return text
        shouted = shouted or is_shouted(" ".join(one.clause.written for one in shown), self.spelling.knows)
        checked = [(one.clause, self._checked(one.pieces, shouted, opens=number == 0)) for number, one in enumerate(shown)]
        return put_together(checked, self.words, self.spelling.knows, shouted, cut_before=told[0].why is not None)

    # ── spelling, and what is not known ──

    def _checked(self, pieces: Sequence[Piece], shouted: bool, opens: bool) -> list[Piece]:
        return [self._looked_up(piece, shouted, opens and at == 0) for at, piece in enumerate(pieces)]

    def _looked_up(self, piece: Piece, shouted: bool, first: bool) -> Piece:
        if piece.ambiguous:
            self._ask(piece.written, _may_be(piece.ambiguous))
        elif piece.meaning is None and self._is_strange(piece):
            return self._strange(piece, shouted, first)
        return piece

    def _is_strange(self, piece: Piece) -> bool:
        core, key = piece.written, piece.key
        if len(core) < 2 or not all(one.isalpha() or one in "'’-/" for one in core) or not core[0].isalpha():
            return False
        return key not in self.own and not self.spelling.knows(key)

    def _strange(self, piece: Piece, shouted: bool, first: bool) -> Piece:
        core, key = piece.written, piece.key
        if key in self.words.meanings:
            self._ask(core, _may_be(dict.fromkeys(one.text for one in self.words.meanings[key])))
            return piece
        is_name = core[0].isupper() and not core.isupper()
        if (is_name and not first) or (is_name and len(core) > _LONGEST_SHORT):
            return piece
        if len(key) < _LONGEST_SHORT or not _sounds(key) or (core.isupper() and not shouted):
            self._ask(core, "an abbreviation that is not known")
            return piece
        meant = self.spelling.meant(key) if core.islower() else ""
        if not meant:
            self._ask(core, "it may be misspelt")
            return piece
        self.spelled.setdefault(core, Spelled(core, meant))
        return replace(piece, text=meant, corrected=True)

    def _ask(self, words: str, why: str) -> None:
        self.unsure.setdefault((fold(words), why), Unsure(words, why))


def _bullet(line: str) -> str:
    found = _BULLET.match(line)
    return found[0] if found else ""


def _may_be(meanings: Iterable[str]) -> str:
    return f"it may be {' or '.join(meanings)}"


def _sounds(key: str) -> bool:
    return not set("aeiouy").isdisjoint(key)


def _remarks(told: Sequence[Told]) -> Iterator[Remark]:
    """What is kept out; clauses that stand together for one reason are one remark."""
    held: list[Told] = []
    for one in told:
        if one.why is None or (held and (one.why, one.line) != (held[-1].why, held[-1].line)):
            yield from _remark(held)
            held = []
        if one.why is not None:
            held.append(one)
    yield from _remark(held)


def _remark(held: Sequence[Told]) -> Iterator[Remark]:
    if held and held[0].why:
        yield Remark(" ".join(_whole(one.clause) for one in held), held[0].why)


def _whole(clause: Clause) -> str:
    return f"{clause.written}{clause.stop if clause.stop.startswith(' ') else ''}"


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with those put together again that an editor broke."""
    held, last = "", ""
    for line in (line.strip() for line in lines):
        if len(last) >= _LONG_LINE and line[:1].islower() and last[-1] not in ".!?:":
            held = f"{held} {line}"
        else:
            if held:
                yield held
            held = line
        last = line
    if held:
        yield held
