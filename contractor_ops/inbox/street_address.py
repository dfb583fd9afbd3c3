"""A street address in what somebody texts: house number, street, unit, town and ZIP, where all of it is certain.

Libraries that find addresses without a town (pyap2 was tried) take "3 units on the way" and "2 guys at the court" for streets.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from contractor_ops.inbox.ordinary_words import NO_NAME, NO_STREET, STATES, plain


class Found(NamedTuple):
    """Where something stands in a text: from `start` to `end`; `begin` is where the words that lead to it begin ("my name is")."""

    begin: int
    start: int
    end: int


_CLEAR_TYPE = r"(?:st|street|ave?|avenue|rd|road|blvd|boulevard|ln|lane|pkwy|parkway|hwy|highway|ter|terr|terrace|cir|ct|dr|pl|trl|sq|plz|aly|cv|xing)"
_WORD_TYPE = (  # these are words of ordinary talk too
    r"(?:drive|court|place|way|circle|trail|square|plaza|loop|run|path|pike|alley|cove|crossing|point|pt|ridge|rdg|row|walk|bend|hill|hills|park)"
)
_DIRECTION = r"(?:[NSEW]\.?|[NS]\.?[EW]\.?|north|south|east|west|north(?:east|west)|south(?:east|west))"
_LETTERS = r"[^\W\d_](?:['’-]?[^\W\d_])*"
_WORD = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|[^\W\d_]{{1,2}}\.|{_LETTERS})"
_NUMBER = r"(?<![\w$€£#+@.])(?<!\d[,:/-])(?P<number>[1-9]\d{0,5}(?:-\d{1,4})?[A-Za-z]?(?:[ ]1/2)?)"
_STREET = re.compile(
    rf"{_NUMBER}[ \t]+(?:"
    rf"(?:(?:{_DIRECTION}[ \t]+)?(?:avenue|ave)[ \t]+(?-i:[A-Z]))"  # 12 Avenue B
    rf"|(?:(?:{_DIRECTION}[ \t]+)?(?:(?:county|state|us)[ \t]+)?(?:highway|hwy|route|rte|road|rd|(?-i:CR|FM|SR|US))[ \t]+\d{{1,4}})"  # 12 County Rd 5
    rf"|(?:(?-i:Calle|Avenida|Camino|Paseo|Via|Vía)[ \t]+(?-i:[A-ZÀ-Þ])[^\W\d_]+(?:[ \t]+(?-i:[A-ZÀ-Þ])[^\W\d_]+)?)"  # 4500 Calle Real
    rf"|(?:{_DIRECTION}[ \t]+)?(?P<words>{_WORD}(?:[ \t]+{_WORD}){{0,3}}?)[ \t]+"
    rf"(?:(?:{_CLEAR_TYPE})(?:[ \t]+(?:st|ave|rd))?|(?P<loose>{_WORD_TYPE}))"
    rf"|(?:(?:{_DIRECTION}[ \t]+)?(?:broadway|bowery))"  # 1600 Broadway
    rf")(?!\w|['’]\w|-\w)\.?(?:[ \t]+(?:(?-i:[NS]\.?[EW]\.?|[NSEW]\.?)|north|south|east|west)(?!\w|['’]))?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ \t]*[,\n]?[ \t]*(?:(?:apartment|apartamento|apto|apt|unit|suite|ste|bldg|building|lot|floor|rm|room|trlr|trailer|space|depto)\.?[ \t]*#?|\#)"
    r"[ \t]*(?:\d{1,5}[A-Za-z]?|(?-i:[A-Z])(?:-?\d{1,4})?|[b-hj-np-xz](?:-?\d{1,4})?)(?![\w'’])"
    r"|[ \t]*,?[ \t]*\d{1,2}(?:st|nd|rd|th)[ \t]+(?:floor|fl)(?!\w)",
    re.IGNORECASE,
)
_ZIP = r"(?:\d{5}(?:-\d{4})?(?![\w-])(?!\s*(?:btu|sq|dollars))|(?-i:[A-Z]\d[A-Z][ ]?\d[A-Z]\d)(?!\w))"
_TOWN_WORD = rf"(?:St\.|Ft\.|Mt\.|{_LETTERS})"
_TOWN = re.compile(
    rf"[ \t]*[,/\n]?\s*(?:(?:in|en)[ \t]+)?(?P<town>{_TOWN_WORD}(?:[ \t]+{_TOWN_WORD}){{0,2}}?)"
    rf"(?:(?:[,\s]\s*(?P<named>[a-z]{{2}}))?,?\s*(?P<zip>{_ZIP})|[,\s]\s*(?P<state>(?-i:[A-Z]{{2}})))(?![\w'’])",
    re.IGNORECASE,
)
_ZIP_ALONE = re.compile(rf"[ \t]*[,\n]?\s*(?:zip(?:[ ]code)?:?\s*)?(?:(?-i:[A-Z]{{2}})[ ,]+)?{_ZIP}", re.IGNORECASE)

_NOT_THERE = re.compile(  # beside the house, or counting something else
    r"(?:\b(?:near|past|behind|opposite|beside|not|cerca de|(?:next|close|across|down|up|away|far|blocks?|miles?|doors?)\s+(?:to|from)|between"
    r"|unit|apt|apartment|suite|ste|lot|bldg|building|floor|zone|stage|phase|model|error|code|used to live at|moved from|formerly(?: at)?)"
    r"|\d[ \t]+(?:and|to|or))[\s.:#]*$",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"\b(?:(?:and\s+)?(?:(?:my|the|our|service|home|street|house)\s+)*address\s*(?:is|[:=-])?|(?:and\s+)?(?:i|we)\s+(?:live|stay)\s*(?:at|on|in)?"
    r"|(?:and\s+)?(?:i['’]?m|i\s+am|we['’]?re|we\s+are|it['’]?s|it\s+is|located|over|here|house\s+is|home\s+is)\s+(?:over\s+)?(?:at|on)|at|from"
    r"|(?:y\s+)?(?:vivo|vivimos|estoy|estamos)\s+en|(?:y\s+)?(?:mi|la)?\s*direcci[oó]n\s*(?:es|:)?|en)[\s:,-]*$",
    re.IGNORECASE,
)
_LOOKED_AT = 60  # characters before a house number
_SAYS_SO = re.compile(r"address|direcci|\b(?:at|live|stay|vivo|vivimos)\b", re.IGNORECASE)


def find_address(text: str) -> Found | None:
    """The one street address in a text; None where there is none, more than one, or none that is certain."""
    found = list(_addresses(text))
    streets = {" ".join(text[one.start : one.end].lower().split()) for one in found}
    return found[0] if len(streets) == 1 else None


def _addresses(text: str) -> Iterator[Found]:
    at = 0
    while street := _STREET.search(text, at):
        start, before = street.start(), max(0, street.start() - _LOOKED_AT)
        led = _LEADS_TO.search(text, before, start)
        if not _is_street(street, bool(led and _SAYS_SO.search(led[0]))) or _NOT_THERE.search(text, before, start):
            at = street.end("number")
            continue
        end = _whole(text, street.end())
        while text[end - 1] == ".":
            end -= 1
        yield Found(led.start() if led else start, start, end)
        at = end


def _is_street(street: "re.Match[str]", said: bool) -> bool:
    """Whether the words before "drive" or "way" may name a street; a word of ordinary talk must be seen to be one."""
    words = (street["words"] or "").split()
    if not NO_STREET.isdisjoint(plain(word) for word in words if word not in {"A", "I"}):  # Washington has an A Street
        return False
    if street["loose"] is None or said or len(street["number"]) >= 3:
        return True
    return all(word[0].isupper() or word[0].isdigit() for word in [*words, street["loose"]]) or (
        len(street["number"]) == 2 and _stands_apart(street)
    )


def _stands_apart(street: "re.Match[str]") -> bool:
    before, after = street.string[: street.start()].rstrip(" \t"), street.string[street.end() :].lstrip(" \t")
    return not before[-1:].isalnum() and after[:1] in {"", ",", ";", "/", "\n"}


def _whole(text: str, end: int) -> int:
    """Where the address ends that has a street up to `end`: its unit, then its town and ZIP."""
    if unit := _UNIT.match(text, end):
        end = unit.end()
    if alone := _ZIP_ALONE.match(text, end):
        return alone.end()
    town = _TOWN.match(text, end)
    return town.end() if town and _is_town(town) else end


def _is_town(town: "re.Match[str]") -> bool:
    state = town["named"] or town["state"]
    words = town["town"].split()
    if (state and state.upper() not in STATES) or not (NO_NAME - {"new"}).isdisjoint(map(plain, words)):
        return False
    return bool(town["zip"]) or all(word[0].isupper() for word in words)
