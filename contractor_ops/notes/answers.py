"""Which job a technician's answer belongs to, and whether it says anything."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_PLEASANTRIES = """
ok okay k kk oki yes yep yeah yup sure will do wilco on it got copy that roger 10-4 done thanks thank you thx ty tks np no-prob no-problem sounds good
great cool tomorrow tmrw tmw later soon in a bit one sec second minute min give me i'll ill i am im i'm send get them those these the this info
details notes rest when home back tonight today afternoon morning evening weekend monday tuesday wednesday thursday friday asap boss sir man buddy bro
dude sorry forgot my bad driving busy road way now right just call office hi hello hey please let check see look find out to up at for of and so as
can can't talk hold know understood noted text si sí vale claro gracias mañana manana luego ahorita ahora despues después
"""
_SAYS_NOTHING = frozenset(_PLEASANTRIES.split())
"""Words of answers like "ok, will do" and "driving, I'll send it tonight"."""
_WORD = re.compile(r"[\w'’-]+")
_PREFIX = r"(?:(?:job|wo|work\s?order|ticket|no\.?|nr\.?|number)\s*#?\s*|#\s*)"
_BEFORE = rf"(?<![\w.,:/#$-])(?P<prefix>{_PREFIX}{{1,2}})?"
_UNITS = r"hrs?|hours?|mins?|psi|amps?|volts?|v|a|lbs?|ft|feet|deg|ppm|microns?|gal|cfm|rpm|ohms?|watts?"
_AFTER = rf"(?![\w/]|[.,:-]\d|\s*(?:(?:{_UNITS})\b|[\"”'’%°]))"
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:part (?:no\b\.?|nr|number|#)|model|mod|serial|sn|s/n|p/n|pn|unit|apt|suite|ste|room|rm|code|ck|chk|check|invoice|inv|permit|lot|box|error|fault|ext"
    r"|zip|page|po|hwy|route|exit) ?(?:no\b\.?|number|#)? ?$",
    re.IGNORECASE,
)
_OF_ANOTHER = r"(?:[a-z]{1,4}-?)?[0-9]{3,9}(?:-[0-9]{1,3})?"
"""What may be the number of a job that nobody asked about."""
_COUNTS = re.compile(r"\s*(?:[-–]\s*[0-9]|(?:to|until|till|thru|sq|paid|cash|bucks|dollars|units?|pcs|pieces|x)\b)", re.IGNORECASE)
_NAMES = frozenset({"and", "both", "y", "job", "wo", "work", "order", "ticket", "no", "nr", "number", "for", "on", "also", "then", "plus"})
"""Words in front of a number at the beginning of a sentence that leave it a job's."""
_CORRECTS = re.compile(r"\b(?:make (?:that|it)|correction|corrected|i meant|meant to|should (?:be|say|have been))\b", re.IGNORECASE)
_NEAR = 24
_TOGETHER = re.compile(r"[\s,;:/&+-]*(?:(?:and|both|y)[\s,;:-]*)*", re.IGNORECASE)
_LED_OVER = re.compile(r"(?:[\s,;:&+-]|\b(?:and|also|then|for|on|at|as|job|plus|the|y|para)\b){1,20}$", re.IGNORECASE)


def says_something(text: str) -> bool:
    """Whether an answer tells anything about a job: "ok, will do" does not."""
    plain = re.sub(r"\bno (?=prob(?:lem)?\b)", "no-", text.casefold().replace("’", "'"))
    return any(word not in _SAYS_NOTHING for word in _WORD.findall(plain))


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a text names a job."""

    start: int
    end: int
    number: str


def belongs_to(text: str, asked: Sequence[str], unanswered: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The jobs that an answer is about, each with its part of the text; () where that cannot be told.

    `asked` are the numbers of all jobs that the writer was asked about, the latest first. Numbers in the text tell which it is; without one
    it must be the only job, or the only one of `unanswered`. A text that names a job beside them is no answer to settle without a person, nor is
    a question that names none. Several numbers part the text: what follows each is about it, what follows two named together about both.
    """
    marks = _marks(text, asked)
    if _names_another(text, asked):
        return ()
    if not marks:
        return _of_the_only_one(text.strip(), asked, unanswered)
    if len({mark.number for mark in marks}) == 1:
        return ((marks[0].number, text.strip()),)
    if not _TOGETHER.fullmatch(text[: marks[0].start].strip(".*#\r\n")):
        return ()  # words before the first number: of which job they tell nobody knows
    parts: dict[str, list[str]] = {}
    for named, said in _parts(text, marks):
        for number in dict.fromkeys(named):
            parts.setdefault(number, []).append(said)
    return tuple((number, "\n".join(said)) for number, said in parts.items())


def _of_the_only_one(text: str, asked: Sequence[str], unanswered: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The job of a text that names none. "Make that 3 hrs" may be about one that was answered before."""
    some_answered = 0 < len(unanswered) < len(asked)
    left = unanswered or asked
    if len(left) != 1 or not text or "?" in text or (some_answered and _CORRECTS.search(text)):
        return ()
    return ((left[0], text),)


def _parts(text: str, marks: Sequence[_Mark]) -> list[tuple[list[str], str]]:
    """The jobs that are named together, and what is said of them."""
    parts: list[tuple[list[str], str]] = []
    named: list[str] = []
    start = marks[0].start
    for mark, follower in zip(marks, [*marks[1:], None], strict=True):
        named.append(mark.number)
        end = follower.start if follower else len(text)
        if follower and _TOGETHER.fullmatch(text[mark.end : end]):
            continue
        parts.append((named, _LED_OVER.sub("", text[start:end]) if follower else text[start:end].strip()))
        named, start = [], end
    return parts


def _marks(text: str, asked: Sequence[str]) -> list[_Mark]:
    """Where the text names one of these jobs, in order."""
    ways = _ways_to_write(asked)
    if not ways:
        return []
    written = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    text = re.sub(
        f"(?<=[0-9])[/,+&](?=(?:{written})(?!\\w))", " ", text, flags=re.IGNORECASE
    )  # "5012/5013" are two; each place stays what it was
    found = re.finditer(f"{_BEFORE}(?P<number>{written}){_AFTER}", text, re.IGNORECASE)
    return [
        _Mark(one.start(), one.end(), ways[one["number"].casefold()])
        for one in found
        if one["number"].casefold() in ways and _is_surely_named(one, text)
    ]


def _names_another(text: str, asked: Sequence[str]) -> bool:
    """Whether the text names a job that is none of these, or a number that several of these have."""
    ways = _ways_to_write(asked)
    shapes = {re.sub("[0-9]", "[0-9]", re.escape(number)) for number in asked if not number.isdigit()}
    lengths = {len(digits) for number in asked for digits in re.findall("[0-9]+", number)[-1:]}
    text = re.sub(r"(?<=[0-9]{3})[/,+&](?=[0-9]{3})", " ", text)
    written = "|".join([*sorted(shapes, key=len, reverse=True), _OF_ANOTHER])
    return any(
        one["number"].casefold() not in ways and _is_called_a_job(one, text, shapes, lengths)
        for one in re.finditer(f"{_BEFORE}(?P<number>{written}){_AFTER}", text, re.IGNORECASE)
    )


def _is_called_a_job(found: re.Match[str], text: str, shapes: Collection[str], lengths: Collection[int]) -> bool:
    """Whether a number is a job's: called so, written as those asked about are, or put where a job's number stands."""
    start, end = found.span("number")
    if _OF_SOMETHING_ELSE.search(text, max(0, start - _NEAR), start) or _COUNTS.match(text, end):
        return False
    if found["prefix"] or any(re.fullmatch(shape, found["number"], re.IGNORECASE) for shape in shapes):
        return True
    before = _WORD.findall(re.split(r"[\n.,;!?]", text[:start])[-1].casefold())
    leads = all(word in _NAMES or re.search("[0-9]{3}", word) for word in before)
    alike = found["number"].isdigit() and end - start in lengths
    return (leads and text[end : end + 1] == ":") or (alike and end - start > 3 and (leads or before[-1] in {"for", "on"}))


def _is_surely_named(found: re.Match[str], text: str) -> bool:
    """Whether it is no part's, check's or apartment's number. One or two figures may count anything, unless called a job's or in front of a colon."""
    start, end = found.span("number")
    if _OF_SOMETHING_ELSE.search(text, max(0, start - _NEAR), start):
        return False
    if end - start > 2 or not found["number"].isdigit() or found["prefix"]:
        return True
    follows = text[end : end + 1]
    return follows in {":", ")"} or (follows in {".", "-"} and not text[: found.start()].strip())


def _ways_to_write(asked: Sequence[str]) -> dict[str, str]:
    """Each number as it stands, and its digits alone where no other job has the same."""
    figures = {number: found[0] for number in asked if len(found := re.findall(r"[0-9]{3,}", number)) == 1}
    told = Counter(figures.values())
    alone = {digits: number for number, digits in figures.items() if told[digits] == 1}
    return {**alone, **{number.casefold(): number for number in asked}}
