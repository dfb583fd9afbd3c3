"""E-mail addresses: small letters, several joined with ", "; what is no address is told."""

import re
from collections.abc import Sequence

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import Trouble, Troubles, bare, clean_column, is_blank, shown

_BLANKS = frozenset({"no email", "no e-mail", "noemail", "no mail", "none given", "not given", "no email address", "does not have one"})
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
_BETWEEN = re.compile(r"[\s;,|<>()\[\]\"]+|/(?=[^@\s]*@)|mailto:", re.IGNORECASE)
_STAND_INS = frozenset({"noemail", "no-email", "no.email", "no_email", "none", "nomail", "donotemail"})
_CAUTION = re.compile(r"\b(?:do not|don'?t|bounced|bounces|wrong|old|bad|invalid|never|former)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()@]*\)")
_LABELS = frozenset({
    "work", "home", "personal", "office", "main", "primary", "secondary", "billing", "accounts", "cc", "also", "alt", "or", "and",
    "email", "e-mail", "mail", "his", "her", "hers", "wife", "husband",
})  # fmt: skip


def clean_emails(values: Sequence[Cell]) -> tuple[list[str | None], Troubles]:
    """Addresses in small letters, in the order of the cell; their form is checked, not whether anybody reads them."""
    return clean_column(values, _addresses)


def _addresses(value: Cell) -> str | None:
    text = bare(value if isinstance(value, str) else shown(value))
    if is_blank(text) or text.lower().rstrip(".") in _BLANKS:
        return None
    if _ADDRESS.fullmatch(text):  # the common case
        _check(text)
        return text
    found = list(dict.fromkeys(part for part in _parts(text) if "@" in part))
    if not found:
        raise Trouble("This is not an e-mail address; write it like name@company.example, or leave the cell empty.")
    if remark := _CAUTION.search(" ".join(part for part in _parts(text) if "@" not in part)):
        raise Trouble(f'The cell says "{remark[0].lower()}" beside the address; take out what may not be used.')
    for address in found:
        _check(address)
    beside = {part for part in _parts(_ASIDE.sub(" ", text)) if part and "@" not in part}
    if "<" not in text and not beside <= _LABELS:
        raise Trouble("There are words beside the e-mail address that may belong to it; leave only addresses in the cell.")
    return ", ".join(found)


def _parts(text: str) -> list[str]:
    return [part.strip(".:'’").lower() for part in _BETWEEN.split(text)]


def _check(address: str) -> None:
    local, _, domain = address.rpartition("@")
    if local in _STAND_INS:
        raise Trouble("This only stands in for an e-mail address, and may be a stranger's; leave the cell empty.")
    if len(address) <= 254 and len(local) <= 64 and _ADDRESS.fullmatch(address):
        return
    if not local or not domain:
        raise Trouble("A part of the e-mail address is missing; write it like name@company.example.")
    if "." not in domain:
        raise Trouble(f'The e-mail address ends in "{domain}", which is no full domain; write it like name@company.example.')
    raise Trouble("The e-mail address has a character or an ending that cannot be; correct it.")
