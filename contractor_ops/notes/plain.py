"""A note as plain text: HTML, control characters and odd blanks made ordinary, every letter and figure left; and how words are compared."""

import re
from functools import lru_cache
from html import unescape

_TAG = re.compile(r"</?(?:br|p|div|span|li|ul|ol|b|i|u|strong|em|table|tbody|tr|td|th|font|a|h[1-6])(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\ud800-\udfff]")
_BLANK = re.compile(r"[^\S\n]+")
_APOSTROPHES = str.maketrans("’‘ʼ`´′", "''''''")


def plain(text: str) -> str:
    """The text as a person reads it: entities and tags resolved, one kind of line end, one blank between words."""
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "<" in text:
        text = _TAG.sub(lambda tag: "\n" if _BREAKS.match(tag[0]) else " ", text)
    text = _CONTROL.sub(" ", _LINE_END.sub("\n", text))
    return "\n".join(line.strip() for line in _BLANK.sub(" ", text).split("\n"))


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """The word in small letters with straight apostrophes."""
    return word.lower().translate(_APOSTROPHES)


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; one that stands for a figure is left, for no figure may come into being."""
    character = unescape(entity[0])
    return entity[0] if any(map(str.isdecimal, character)) else character
