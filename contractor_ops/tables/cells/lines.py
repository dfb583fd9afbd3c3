"""The ends of a call as telephone systems log them: numbers in E.164, the office's own extensions and accounts as they stand."""

import re
from collections.abc import Sequence
from functools import lru_cache

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import Trouble, Troubles, bare, clean_column, is_blank, shown
from contractor_ops.tables.cells.phones import HIDDEN_CALLER, clean_phone, is_hidden_caller

_ADDRESS = re.compile(r"<?(?P<scheme>sips?:|tel:|client:|(?:pj)?sip/|iax2?/|dahdi/|zap/|local/)(?P<user>[^@;<>]*)[^<>]*>?", re.IGNORECASE)
_BEHIND_A_NAME = re.compile(r'"?[^<>]*"?\s*<(?P<inside>[^<>]+)>')
_EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|#)?\s*([0-9*#]{1,6})", re.IGNORECASE)
_FLOAT = re.compile(r"([0-9]{1,6})\.0+")
_ACCOUNT = re.compile(r"(?=[^\s]*[0-9_.\-])[A-Za-z][\w.\-]*|[A-Za-z]{1,2}")
"""Asterisk names its accounts "client1", and the places of its dial plan "s", "h" and "i"; a word like "Smith" may be a caller's name."""
_WHOLE = 7  # figures


def clean_lines(values: Sequence[Cell], country: str) -> tuple[list[str | None], Troubles]:
    """A column of them, each as `clean_line` leaves it."""

    def clean_cell(value: Cell) -> str | None:
        text, trouble = clean_line(value, country)
        if trouble:
            raise Trouble(trouble)
        return text

    return clean_column(values, clean_cell)


def clean_line(raw: Cell, country: str) -> tuple[str | None, str | None]:
    """One cell and None, or None and what is wrong; both None when it is blank. What does not begin with + is inside the office."""
    try:
        text = bare(raw if isinstance(raw, str) else "TRUE" if raw is True else shown(raw))
    except Trouble as trouble:
        return None, str(trouble)
    return _cleaned(text, country)


def is_inside(line: str) -> bool:
    """Whether a cleaned end of a call is an extension or an account of the office's own telephone system (or a short code)."""
    return not line.startswith("+")


@lru_cache(maxsize=65_536)
def _cleaned(text: str, country: str) -> tuple[str | None, str | None]:
    if is_blank(text):
        return None, None
    if named := _BEHIND_A_NAME.fullmatch(text):
        text = named["inside"].strip()
    address = _ADDRESS.fullmatch(text)
    if address:
        user = address["user"].strip()
        if is_hidden_caller(user):
            return None, HIDDEN_CALLER
        figures = re.sub(r"[^0-9]", "", user)
        if len(figures) < _WHOLE or re.search("[A-Za-z]", user) or address["scheme"][-1] == "/":
            return text.strip("<>"), None
        text = user
    if is_hidden_caller(text):
        return None, HIDDEN_CALLER
    if short := _EXTENSION.fullmatch(text) or _FLOAT.fullmatch(text):
        return short[1], None
    return (text, None) if _ACCOUNT.fullmatch(text) else clean_phone(text, country)
