"""How words are written as data, and how they are found in a text.

A phrase is words with blanks between them. Case, accents and apostrophes do not matter, nor does what stands between two words, if it does
not end the sentence:

    a|b         either word                    {name}  one of the words or phrases that the file lists under [words]
    (a b|c)     either of these phrases        ..       up to three more words of the sentence
    a?          may be missing                 ...     up to five more words, also of the next sentence
    ab*         a word that begins with ab     $       the clause ends here
    #           3, 3rd, 3pm                    /       the sentence may end here
    ~           as "..", but no "and", "but", "I", "now" or the like, with which another thought may begin
"""

import re
from collections.abc import Iterable, Mapping

from contractor_ops.tables.cells.wording import Word, Wording, fold, key

_BETWEEN = r"[^\w.!?\n]{1,5}"
_FURTHER = r"\W{1,8}"
_WORD_ENDS = r"(?!\w|'\w)"
_CLAUSE_ENDS = r"(?![^\S\n]{0,3}[\w&/])(?!-\w)"
_ANY_WORD = r"\w{1,40}(?:'\w{1,9})?"
_NEW_THOUGHT = r"(?!(?:and|but|now|i|we|there|is|are|because|y|pero|hay|ahora)\b)"
_GAPS = {
    "..": rf"(?:{_BETWEEN}{_ANY_WORD}){{0,3}}?",
    "...": rf"(?:{_FURTHER}{_ANY_WORD}){{0,5}}?",
    "~": rf"(?:{_BETWEEN}{_NEW_THOUGHT}{_ANY_WORD}){{0,3}}?",
    "/": "",
}
_NAME = re.compile(r"\{\w+\}")
Words = Mapping[str, list[str]]


class Phrases:
    """Phrases, found by the word that they begin with: looking through a message takes time in proportion to its length."""

    def __init__(self, phrases: Iterable[str], words: Words) -> None:
        self._words = words
        self._by_first: dict[str, list[str]] = {}
        self._compiled: dict[str, list[re.Pattern[str]]] = {}
        for phrase in phrases:
            for first in _first_words(phrase, words):
                self._by_first.setdefault(first, []).append(phrase)

    def end(self, text: Wording, word: Word) -> int:
        """Where the longest phrase ends that begins with this word; 0 if none does."""
        phrases = self._by_first.get(word.text)
        if phrases is None:
            return 0
        patterns = self._compiled.get(word.text)
        if patterns is None:  # compiling all of them beforehand would take a second
            patterns = self._compiled[word.text] = [re.compile(_sequence(phrase, self._words)) for phrase in phrases]
        folded, longest = text.folded, 0
        for pattern in patterns:
            match = pattern.match(folded, word.start)
            if match and match.end() > longest:
                longest = match.end()
        return longest

    def find(self, text: Wording, never: "Phrases | None" = None) -> str:
        """The first phrase in the text, as it was written, or ""; what `never` finds is passed over."""
        if self._by_first.keys().isdisjoint(text.vocabulary):
            return ""
        begins, never_begins = self._by_first, never._by_first if never else {}
        passed = 0
        for word in text.words:
            if word.start < passed or (word.text not in begins and word.text not in never_begins):
                continue
            end = self.end(text, word)
            passed = never.end(text, word) if never else 0
            if end > passed:
                return text.quote(word.start, end)
        return ""


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that stand outside of brackets."""
    if "(" not in text:
        return text.split(mark) if mark in text else [text]
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == mark and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in parts if part]


def _choices(element: str, words: Words) -> list[str]:
    """Every way to write an element, each again a sequence of elements."""
    inner = element[1:-1] if element.startswith("(") else element
    return [way for choice in _split(inner, "|") for way in (words[choice[1:-1]] if _NAME.fullmatch(choice) else [choice])]


def _first_words(sequence: str, words: Words) -> set[str]:
    first = _split(sequence, " ")[0]
    choices = _choices(first, words)
    if choices == [first]:
        if not re.fullmatch(r"[\w'-]+|#", first):
            raise ValueError(f'"{sequence}" must begin with a whole word')
        written = key(fold(first))
        return {written.split("-")[0], written.replace("-", "")}
    return {word for choice in choices for word in _first_words(choice, words)}


def _sequence(text: str, words: Words) -> str:
    """A sequence of elements as a regular expression; each but the first brings what stands before it."""
    first, *rest = _split(text, " ")
    pattern, before = _either(_choices(first, words), words), first
    for element in rest:
        gap = _FURTHER if before in ("...", "/") else _BETWEEN
        pattern += _GAPS[element] if element in _GAPS else _further(element, gap, words)
        if not element.endswith("?"):
            before = element
    return pattern


def _further(element: str, gap: str, words: Words) -> str:
    choices = _choices(element.removesuffix("?"), words)
    written = [choice for choice in choices if choice != "$"]
    ways = [gap + _either(written, words)] * bool(written) + [_CLAUSE_ENDS] * (len(written) < len(choices))
    return f"(?:{'|'.join(ways)}){'?' if element.endswith('?') else ''}"


def _either(choices: list[str], words: Words) -> str:
    """Any of the choices, the longest that fits."""
    ways = sorted(choices, key=len, reverse=True)
    written = (_sequence(way, words) if " " in way or "(" in way else _literal(way) for way in ways)
    return f"(?:{'|'.join(written)}){_WORD_ENDS}"


def _literal(word: str) -> str:
    """`don't` with and without its apostrophe, `e-mail` with and without its dash."""
    return re.escape(fold(word)).replace("'", "'?").replace(r"\-", "-?").replace(r"\*", r"\w*").replace(r"\#", r"\d+(?:st|nd|rd|th|am|pm)?")
