"""Text from cells and customers made safe for a terminal or a pipe."""

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # window titles, links, device strings
    r"|\x1b[ -/]*[0-~]"
)
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_KEPT = "\n\t\u200c\u200d"
"""New lines, tabs, and the two joiners without which Persian and family emoji fall apart."""


def printable(text: str) -> str:
    """The text without escape sequences, control characters and bidirectional overrides; new lines and tabs are kept."""
    if text.isprintable():
        return text
    text = _LINE_END.sub("\n", _ESCAPE_SEQUENCE.sub("", text))
    return "".join(_safe(character) for character in text)


def one_line(text: str) -> str:
    """The same on one line: any run of blanks and new lines is one space."""
    return " ".join(printable(text).split())


def _safe(character: str) -> str:
    if character in _KEPT:
        return character
    category = unicodedata.category(character)
    if category == "Cs":  # half a surrogate pair cannot be written as UTF-8
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category in {"Cc", "Cf"} else character
