"""A rating from 1 to 5 in what a customer answered, where they were asked for one: the score, and what they said besides."""

import re
from dataclasses import dataclass

from contractor_ops.inbox.phrases import meanings
from contractor_ops.inbox.triage import classify
from contractor_ops.tables.cells.wording import Wording, clean, fold

BEST, LOW = 5, 3
"""The best score, and the highest one that a person looks at."""
MAY_RATE = frozenset({"question", "complaint", "no", "yes", "other"})
"""Labels of triage that an answer with a rating may have."""
_WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "cero": 0,
    "uno": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
}
_NUMBER = rf"(?P<score>\d{{1,2}}(?:[.,]\d)?|{'|'.join(_WORDS)})"
_OUT_OF = r"(?:\s*(?:/|out\s+of\b|of\b|de\b)\s*(?P<best>5|10|five|ten|cinco|diez)\b)"
_UNIT = r"(?:\s*-?\s*(?P<unit>\+|plus\b|stars?\b|estrellas?\b|points?\b|puntos?\b|[⭐★🌟]+))"
_OR = r"(?:\s*(?:-|–|to|or|o)\s*(?:\d\b|five\b|cinco\b))"
_GREETING = r"(?:(?:hi|hello|hey|hola|thanks|thank\s+you|gracias)\b[^\w]*)?"
_WE_GIVE = (
    r"(?:(?:(?:i|we)(?:'d|'ll|\s+would|\s+will)?|le|les|yo\s+le)\s+(?:give|say|rate|rated|go\s+with|doy|damos|daria|pondria)\s+"
    r"(?:(?:it|you|u|them|him|her|this|that|all|guys)\s+)*)?"
)
_IT_IS = (
    r"(?:(?:(?:it|that)(?:'s|\s+is|\s+was)?|its|my|our|the|rating|score|is|was|a|an|un|una|mi|es|definitely|easily|easy|solid|strong|absolute|"
    r"about|probably|number|with|calificacion)\b:?\s*)*"
)
_FIRST = re.compile(rf"{_GREETING}{_WE_GIVE}{_IT_IS}(?<!\w){_NUMBER}(?![\w%$]|[.,:]\d)(?:{_OUT_OF}|{_OR})?{_UNIT}?")
_ANYWHERE = re.compile(rf"(?<![\w.,/-]){_NUMBER}(?:{_OUT_OF}|{_UNIT})")
_LAST = re.compile(rf"[.!,\n]\s*{_NUMBER}[\s.!]*$")
_STARS = re.compile(r"^[\s]*(?P<stars>[⭐★🌟]{1,5})")
_NOT = re.compile(r"(?:\bno|\bnot|n't|\bcannot|\bnever|\bwithout|\bif)\b(?:\W+\w+){0,4}\W*$")
_TAKEN_BACK = re.compile(
    r"\b(?:meant|mean|oops|typo|correction|sorry|perdon|quise|digo)\b.{0,20}\b(?:\d|one|two|three|four|five|uno|dos|tres|cuatro|cinco)\b",
    re.S,
)
_A_LIST = re.compile(r"(?:^|\s)2\s*[.):]\s")
_DRESS = str.maketrans({"\ufe0f": "", "\u20e3": "", "’": "'"})


@dataclass(frozen=True, slots=True)
class Rating:
    """A score from 1 to 5 in the words `said`; `bare`: nothing else of weight stands beside it; `trouble`: a person should read the rest."""

    score: int
    said: str
    bare: bool
    trouble: bool


def rating_in(text: str) -> Rating | None:
    """The rating that an answer to "how did we do, from 1 to 5?" gives, None where it gives none for certain.

    A score out of ten is halved, a 0 is a 1, and of two the lower one counts: no bad rating is told as a better one.
    """
    plain = clean(text).translate(_DRESS).strip()
    folded = fold(plain)
    found = _STARS.match(folded) or _FIRST.match(folded) or _only(folded)
    if found is None or (score := _score(found.groupdict())) is None:
        return None
    rest = f"{folded[: found.start()]} {folded[found.end() :]}".strip()
    if _TAKEN_BACK.search(rest) or _A_LIST.search(rest) or not _stands_alone(found, folded):
        return None
    beside = _beside(rest)
    return Rating(score, plain[found.start() : found.end()].strip(" \n.,!-–"), not beside, bool(beside) and _is_trouble(rest, beside))


def _only(folded: str) -> re.Match[str] | None:
    """The one score in the middle of a sentence or at its end; of two nobody knows which is meant."""
    found = [*_ANYWHERE.finditer(folded)] or [*_LAST.finditer(folded)]
    return found[0] if len(found) == 1 and not _NOT.search(folded[: found[0].start()]) else None


def _score(said: dict[str, str | None]) -> int | None:
    if stars := said.get("stars"):
        return len(stars)
    text = said["score"] or ""
    value = _WORDS[text] if text in _WORDS else float(text.replace(",", "."))
    if said.get("best") in {"10", "ten", "diez"}:
        value /= 2
    return max(1, int(value)) if value <= BEST else None


def _stands_alone(found: re.Match[str], folded: str) -> bool:
    """Whether the number counts nothing ("5 people came"): it says of what it is, or a mark or a word of judgement comes after it."""
    said, rest = found.groupdict(), folded[found.end() :]
    if said.get("stars") or said.get("best") or said.get("unit") or not re.match(r"\s*\w", rest):
        return not re.match(r"\s*reviews?\b", rest)
    following = re.match(r"\s*([\w']+)", rest)
    return following is None or following[1].replace("'", "") in meanings()["rating"].vocabulary


def _beside(rest: str) -> set[str]:
    """The words beside the score that are more than politeness and praise."""
    return set(Wording(rest).vocabulary) - meanings()["polite"].vocabulary - meanings()["pleasant"].vocabulary - {"#"}


def _is_trouble(rest: str, beside: set[str]) -> bool:
    """Whether the words want a person: a question, a complaint, a "but", or anything that is no praise."""
    verdict = classify(rest)
    if verdict.label in {"question", "complaint", "no", "stop", "urgent"} or beside & meanings()["caution"].vocabulary:
        return True
    return not set(Wording(rest).vocabulary) & meanings()["praise"].vocabulary
