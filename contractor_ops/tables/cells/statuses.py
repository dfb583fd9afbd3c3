"""What a status cell means, whatever words the office uses for it. A word that is not known has no meaning: a person looks at its row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

Statuses = Mapping[str, tuple[str, ...]]
_LONGEST_PHRASE = 10  # words; a longer cell is a note, not a status

_WORD = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset({
    "not", "no", "never", "non", "without", "cannot", "isnt", "wasnt", "hasnt", "havent", "arent", "werent", "cant", "wont",
    "didnt", "doesnt", "dont",
})  # fmt: skip
_ONLY_ALONE = frozenset({
    "no", "yes", "ok", "call", "read", "human", "machine", "message", "customer", "final", "received", "waiting", "active", "today",
    "tomorrow", "late", "reversed", "w o",
})  # fmt: skip
"""Words that are a status when they stand alone and mean too much in company: "no" is declined, "no decision yet" is not."""

_DOUBTS = frozenset({
    "maybe", "perhaps", "probably", "possibly", "likely", "almost", "nearly", "soon", "should", "will", "would", "may", "might",
    "says", "said", "say", "claims", "claimed", "thinks", "promised", "promise", "promises", "promising", "going", "wants", "want",
    "if", "when", "unless", "until", "till", "once", "before", "needs", "need", "ready", "but", "except", "short", "wrong",
    "returned", "bounced", "refund", "lien", "legal", "lawyer", "attorney", "court", "plan", "supposedly", "allegedly", "expects",
    "expected", "hopefully", "verbal", "verbally", "partly", "partially", "half", "part", "minus", "less", "of", "payment", "pmt",
    "failed", "nsf",
})  # fmt: skip
"""Words beside a known one that make it uncertain: "says he paid", "hold until paid", "paid but bounced"."""

_AMOUNT = frozenset("%$€£")
"""A share or an amount beside the word, "50% paid", "Paid $200", makes it no plain status."""

_STRONGER = (
    ("disputed", frozenset({"overdue", "sent", "partial"})),
    ("written-off", frozenset({"overdue", "sent", "partial", "disputed"})),
    ("partial", frozenset({"overdue", "sent"})),
    ("overdue", frozenset({"sent"})),
    ("viewed", frozenset({"sent"})),
    ("converted", frozenset({"accepted"})),
    ("invoiced", frozenset({"completed"})),
    ("billed", frozenset({"approved"})),
    ("voicemail", frozenset({"missed"})),
)
"""Two meanings in one cell ("Past due - in dispute"): the later or graver one holds. Any other pair is no meaning."""

_DENIED = {
    "accepted": "sent", "viewed": "sent", "paid": "sent", "overdue": "sent", "approved": "pending", "billed": "approved",
    "completed": "under-way", "answered": "missed", "contacted": "new",
}  # fmt: skip
"""What "not …" leaves: "Not accepted" is an estimate that is still open, "Not paid" an invoice that was sent."""


@dataclass(frozen=True, eq=False)
class _Index:
    """A table's words, folded: each phrase and its meaning. Compared by identity, so that it may stand in a cache key."""

    meanings: Mapping[str, str]
    longest: int


_indexes: dict[int, tuple[Statuses, _Index]] = {}


def meaning_of(text: str | None, statuses: Statuses) -> str | None:
    """The meaning of a status cell among a table's `statuses`; None when it has none that is certain."""
    if not text:
        return None
    kept = _indexes.get(id(statuses))  # the entry keeps its statuses alive, so that no other can get the same id
    if kept is None:
        kept = _indexes[id(statuses)] = (statuses, _index(statuses))
    return _meaning(text, kept[1])


def _index(statuses: Statuses) -> _Index:
    meanings = {_folded(word): meaning for meaning, words in statuses.items() for word in (meaning, *words)}
    meanings |= {_folded(meaning): meaning for meaning in statuses}
    return _Index(meanings, max((len(phrase.split()) for phrase in meanings), default=0))


def _folded(text: str) -> str:
    """Lower case, "n't" as "not", everything that is no letter or figure a space."""
    return " ".join(_WORD.findall(text.casefold().replace("’", "'").replace("n't", " not").replace("'", "")))


@lru_cache(maxsize=8_192)
def _meaning(text: str, index: _Index) -> str | None:
    if "?" in text:
        return None
    words = _folded(text).split()
    exact = index.meanings.get(" ".join(words))
    if exact is not None or not words or len(words) > _LONGEST_PHRASE or not _AMOUNT.isdisjoint(text):
        return exact
    found: set[str | None] = set()
    rest: list[str] = []
    for phrase, meaning in _phrases(words, index):
        if meaning is None:
            rest.append(phrase)
            continue
        before = rest[-2:]
        if "to" in before:  # "to be paid"
            return None
        found.add(meaning if _NEGATIONS.isdisjoint(before) else _denied(meaning, index))
        rest = rest[:-2] + [word for word in before if word not in _NEGATIONS]
    uncertain = not (_DOUBTS | _NEGATIONS).isdisjoint(rest)
    return None if uncertain else _strongest(found)


def _phrases(words: list[str], index: _Index) -> Iterator[tuple[str, str | None]]:
    """The words as the longest known phrases with their meaning, and single words without one."""
    at = 0
    while at < len(words):
        lengths = range(min(index.longest, len(words) - at), 0, -1)
        phrases = (" ".join(words[at : at + length]) for length in lengths)
        phrase = next((phrase for phrase in phrases if phrase in index.meanings and phrase not in _ONLY_ALONE), words[at])
        yield phrase, None if phrase in _ONLY_ALONE else index.meanings.get(phrase)
        at += phrase.count(" ") + 1


def _denied(meaning: str, index: _Index) -> str | None:
    opposite = _DENIED.get(meaning)
    return opposite if opposite in index.meanings.values() else None


def _strongest(found: set[str | None]) -> str | None:
    if len(found) == 1:
        return next(iter(found))
    for stronger, weaker in _STRONGER:
        if stronger in found and found - {stronger} <= weaker:
            return stronger
    return None
