"""Texts, document numbers and yes/no cells."""

import re
from collections.abc import Sequence

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import DASHES, Trouble, Troubles, bare, clean_column, clean_rest, is_blank, shown, unforced

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of writing: a terminal would obey them, a reader would be deceived."""

_LOOK = frozenset({"", " ", "=", "#", "-", "–", "—", "−", "'"})
"""First characters of a text that need a closer look."""

_NOT_AVAILABLE = frozenset({"NA", "N/A", "n/a", "N/a", "NULL", "null"})
"""What people and programs write for "nothing known"."""

_BEGINS_FORMULA = frozenset("=+-@＝＋－＠")
"""An apostrophe before one of these keeps a spreadsheet from running the text, as our own CSV files do; it is no writing."""

_PLAIN_ID = re.compile(r"[A-Z]{0,3}-?[0-9]{1,19}")
_WHOLE_FLOAT = re.compile(r"([1-9][0-9]*|0)\.0")
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_YES = frozenset({
    "yes", "y", "yeah", "yep", "x", "true", "t", "1", "ok", "on", "done", "signed", "✓", "✔", "☑", "✅", "√", "☒",
})  # fmt: skip
_NO = frozenset({"no", "n", "nope", "false", "f", "0", "off", "none", "not", "✗", "✘", "❌", "☐", "✕"})


def clean_text(values: Sequence[Cell]) -> tuple[list[str | None], Troubles]:
    """Texts as written, without white space around them and without control characters; line breaks are "\\n"."""
    if _repeats(values):
        return clean_column(values, _text)
    quick = [
        value
        if type(value) is str and value.isprintable() and value[:1] not in _LOOK and value[-1:] != " " and value not in _NOT_AVAILABLE
        else ...
        for value in values
    ]
    return clean_rest(values, quick, _text)


def _repeats(values: Sequence[Cell]) -> bool:
    """Whether a column has few different texts, going by its first cells: kinds of work, notes, who sold it."""
    first = values[:1000]
    return 4 * len(set(first)) < len(first)


def without_controls(text: str) -> str:
    """A text without control characters; line breaks are "\\n"."""
    return text if text.isprintable() else _CONTROL.sub("", _LINE_BREAK.sub("\n", text))


def clean_ids(values: Sequence[Cell]) -> tuple[list[str | None], Troubles]:
    """Numbers of documents as text: leading zeros and long numbers kept, never "….0"; what Excel has rounded is a trouble."""
    plain = _PLAIN_ID.fullmatch
    quick = [value if type(value) is str and plain(value) else ... for value in values]
    return clean_rest(values, quick, _id)


def clean_yes_no(values: Sequence[Cell]) -> tuple[list[bool | None], Troubles]:
    """Yes or no in the ways that people and programs write it; an empty cell is not a no."""
    return clean_column(values, _yes_no)


def _text(value: Cell) -> str | None:
    if not isinstance(value, str):
        return shown(value) or None
    text = unforced(without_controls(value))
    if text[:1] == "'" and text[1:2] in _BEGINS_FORMULA:
        text = text[1:]
    return None if text in DASHES or text in _NOT_AVAILABLE else text


def _id(value: Cell) -> str | None:
    if type(value) is float and value.is_integer() and -1e15 < value < 1e15:
        return str(int(value))
    text = _text(value)
    if text is None or is_blank(text := bare(text)):
        return None
    if _ROUNDED.fullmatch(text):
        raise Trouble("Excel has rounded this long number; format the column as text and type or import the number again.")
    whole = _WHOLE_FLOAT.fullmatch(text) if text.endswith(".0") else None
    return whole[1] if whole else text


def _yes_no(value: Cell) -> bool | None:
    text = bare(value if isinstance(value, str) else shown(value)).lower().rstrip(".!")
    if text in _YES:
        return True
    if text in _NO:
        return False
    if is_blank(text):
        return None
    raise Trouble("This is neither yes nor no; write yes or no, or leave the cell empty.")
