"""A note cut into its entries: where a date, a time and a name begin a new one, as technicians stack them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
_DATE = (
    rf"(?:{_WEEKDAY}(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?=[\sT\],:)-])|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})(?!\d)|\d{{1,2}}/\d{{1,2}}(?![\d/\"”])"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?![\d/])"
    rf"|\d{{1,2}}[- ](?:{_MONTHS})\.?(?:[- ,]{{1,2}}(?:\d{{4}}|\d{{2}}(?!:)))?(?![\w/])))"
)
_TIME = r"(?:\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]m\b)"
_WHEN = rf"(?:{_DATE})(?:(?:T|,? (?:at |@ ?)?)(?:{_TIME}))?"
_NAME = r"(?-i:[A-Z]{2,3}\b|[A-Z][\w'’.-]{1,24}(?: [A-Z][\w'’.-]{0,24}){0,2})"
_MARK = r"(?::| ?[-–—](?= |$)|(?<=\.) )"
_HEAD = re.compile(
    rf"\[(?P<when1>{_WHEN})(?:[ ,-]{{1,3}}(?P<who1>[^\]\d\n]{{2,60}}?))?\](?: (?P<who5>{_NAME})(?=:))?:?"
    rf"|\((?P<when2>{_WHEN})(?:[ ,-]{{1,3}}(?P<who2>{_NAME}))?\):?"
    rf"|(?P<when3>{_WHEN})(?: ?[-–—,|/]? ?\(?(?P<who3>{_NAME})\)?(?: \([^()\d\n]{{2,20}}\))?)?(?P<mark3>{_MARK})?"
    rf"|(?P<who4>{_NAME})(?: ?[-–—,|]? ?)\(?(?P<when4>{_WHEN})\)?(?P<mark4>{_MARK})?",
    re.IGNORECASE,
)
_MAY_BEGIN = re.compile(
    rf"(?:(?<=^)|(?<=[\s(\[]))(?=[\[(]?(?:{_DATE}))|(?:(?<=^)|(?<=[.;!?…|] ))(?=(?-i:[A-Z])[\w'’.-]{{1,24}}[ \w'’.(|,-]{{1,50}}?\d)",
    re.IGNORECASE | re.MULTILINE,
)
_RULE = re.compile(r"[ \t]*(?:[-=_*#~]{4,}|[-=_*]{3,}(?=\s*$))[ \t]*", re.MULTILINE)
_FRAMED = re.compile(r"^[ \t]*[-=*~#]{2,}[ \t]*([^\n]{0,60}?\d[^\n]{0,60}?)[ \t]*[-=*~#]{2,}[ \t]*$", re.MULTILINE)
"""A head between dashes or stars: "-- 11/20 LO --"."""
_WHO = ("who1", "who2", "who3", "who4", "who5")
_WHEN_NAMES = ("when1", "when2", "when3", "when4")
_YEAR = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d{2}\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})")
_NEAR = 12
"""Further than so many characters before it a line does not begin with a head."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entry: `head` is all of its head as written; `when` and `author` are what stands in it, None where it names none."""

    head: str
    when: str | None
    author: str | None
    text: str


def entries_of(text: str, is_word: Callable[[str], bool]) -> list[Part]:
    """The entries of a note in the order in which they stand. `is_word` tells words that are no names. The parts make up the whole text."""
    text = _FRAMED.sub(r"\1", text)
    return [part for stretch in _RULE.split(text) if stretch.strip() for part in _stacked(stretch, is_word)]


def _stacked(text: str, is_word: Callable[[str], bool]) -> Iterator[Part]:
    heads = list(_heads(text, is_word))
    if len(heads) == 1 and not text[heads[0].end() :].strip():
        heads = []  # "Changed pump 11/20/26" is what was done, and no head of it
    first = heads[0].start() if heads else len(text)
    if text[:first].strip():
        yield Part("", None, None, text[:first].strip())
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        when = next(head[name] for name in _WHEN_NAMES if head[name])
        author = next((head[name] for name in _WHO if head[name]), None)
        body = text[head.end() : following.start() if following else len(text)]
        yield Part(head[0].strip(), when, author.strip() if author else None, body.strip())


def _heads(text: str, is_word: Callable[[str], bool]) -> Iterator[re.Match[str]]:
    """The heads, first those that are sure; a date with neither a name nor a mark begins an entry only where lines like it are stacked."""
    if not any(map(str.isdigit, text)):
        return
    found: list[tuple[re.Match[str], bool]] = []
    end = 0
    for place in _MAY_BEGIN.finditer(text):
        if place.start() < end:
            continue
        head = _HEAD.match(text, place.start())
        if head and _is_a_day(head) and not _is_a_word(head, is_word):
            sure = _is_sure(text, head, bool(found))
            if sure is not None:
                found.append((head, sure))
                end = head.end()
    bare = sum(not sure for _, sure in found)
    yield from (head for head, sure in found if sure or bare > 1 or len(found) > bare)


def _is_sure(text: str, head: re.Match[str], stacked: bool) -> bool | None:
    """Whether a head is one; False where only others like it could tell, None where it is a date in a sentence."""
    line = max(text.rfind("\n", 0, head.start()) + 1, head.start() - _NEAR)
    begins_line = not text[line : head.start()].strip(" -*•·>")
    bracketed = head["when1"] is not None
    named = any(head[name] for name in _WHO)
    if head["who4"] and not text[head.end() :].strip():
        return None
    marked = bool(head["mark3"] or head["mark4"])
    if begins_line:
        if bracketed or marked or (head["when2"] and named):
            return True
        tail = text[head.end() : head.end() + 1]
        if tail in {"\n", ""} and (named or _YEAR.search(head[0])):
            return True
        return False if tail in {" ", "\n", ""} and not head["who4"] else None
    if bracketed and (named or stacked or _ends_before(text, head.start())):
        return True
    if marked and named and (stacked or _ends_before(text, head.start())):
        return True
    return True if marked and stacked and _ends_before(text, head.start()) else None


def _ends_before(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].rstrip().endswith((".", ";", "!", "?", "…", "|"))


def _is_a_day(head: re.Match[str]) -> bool:
    """Whether the figures can be a month and a day, and no fraction of an inch."""
    slashed = _SLASHED.match(next(head[name] for name in _WHEN_NAMES if head[name]).strip())
    if not slashed:
        return True
    one, two = int(slashed[1]), int(slashed[2])
    if head["mark3"] is None and head["mark4"] is None and two in {2, 4, 8, 16} and one < two and one % 2 and not _YEAR.search(head[0]):
        return False
    return _exists(one, two) or _exists(two, one)


def _exists(month: int, day: int) -> bool:
    try:
        date(2024, month, day)
    except ValueError:
        return False
    return True


def _is_a_word(head: re.Match[str], is_word: Callable[[str], bool]) -> bool:
    author = head["who2"] or head["who3"] or head["who4"]
    return bool(author) and any(is_word(word) for word in author.split()[:1])
