"""What a text message costs: its segments, and the characters that double the price without being missed."""

import unicodedata
from collections.abc import Iterable

# GSM 03.38: the characters that fit into 7 bits, and those that are written as two of them.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[~]|€\f")
_GSM_ALL = _GSM | _GSM_EXTENDED

_PLAIN = str.maketrans({
    **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‹›", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("•‣◦▪●·", "-"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "),
    **dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""),
    "…": "...", "×": "x", "\u2028": "\n", "\u2029": "\n",
})  # fmt: skip


def plain_sms(text: str) -> str:
    """The text with typographic quotes, dashes, blanks, bullets and "…" as the plain characters; letters such as é, ñ or í are kept."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def segments(text: str) -> int:
    """How many messages a text is billed as: 160 characters (153 each of several), or 70 (67) with any character outside GSM-7."""
    if not text:
        return 0
    if _GSM_ALL.issuperset(text):
        return _packed((2 if character in _GSM_EXTENDED else 1 for character in text), alone=160, each=153)
    return _packed((2 if ord(character) > 0xFFFF else 1 for character in text), alone=70, each=67)


def beyond_gsm(text: str) -> list[str]:
    """The characters, each once, that leave only 70 to a segment instead of 160."""
    return [character for character in dict.fromkeys(text) if character not in _GSM_ALL]


def _packed(widths: Iterable[int], alone: int, each: int) -> int:
    """A character of two units is never split between two segments."""
    total, filled, count = 0, 0, 1
    for width in widths:
        total += width
        filled += width
        if filled > each:
            count, filled = count + 1, width
    return 1 if total <= alone else count
