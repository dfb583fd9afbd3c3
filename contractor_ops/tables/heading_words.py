"""One form for a heading, however it is spelt: "Invoice #", "InvoiceNumber" and "invoice no." are the same to us."""

import re
from functools import lru_cache
from typing import Any

from contractor_ops.tables.cells.text import without_controls

_SAME = {
    "#": "number", "no": "number", "nr": "number", "num": "number", "nbr": "number", "client": "customer", "cust": "customer",
    "quote": "estimate", "quotation": "estimate", "proposal": "estimate", "bid": "estimate", "est": "estimate", "inv": "invoice",
    "wo": "workorder", "tel": "phone", "telephone": "phone", "ph": "phone", "cellphone": "mobile", "cell": "mobile",
    "tech": "technician", "amt": "amount", "qty": "quantity", "desc": "description", "zipcode": "zip", "postcode": "zip",
    "postal": "zip", "licence": "license", "labour": "labor", "lbr": "labor", "hr": "hour", "appt": "appointment",
    "sched": "scheduled", "req": "request", "addr": "address", "dt": "date", "mgr": "manager", "bal": "balance",
}  # fmt: skip
_UNITS = {
    "$": "", "usd": "", "us$": "", "cad": "", "aud": "", "gbp": "", "eur": "", "€": "", "£": "", "us dollars": "", "dollars": "",
    "s": "seconds", "sec": "seconds", "secs": "seconds", "seconds": "seconds", "min": "minutes", "mins": "minutes",
    "minutes": "minutes", "h": "hours", "hrs": "hours", "hours": "hours", "hh:mm:ss": "", "h:mm:ss": "", "utc": "utc", "gmt": "utc",
    "local": "", "local time": "", "y/n": "", "yes/no": "", "optional": "", "mm/dd/yyyy": "", "dd/mm/yyyy": "", "yyyy-mm-dd": "",
    "m/d/yyyy": "", "mm/dd/yy": "", "incl tax": "", "incl. tax": "",
}  # fmt: skip
_BRACKET = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_EMAIL = re.compile(r"\be-mail\b", re.IGNORECASE)
_PLURAL_HASH = re.compile(r"#\s*s\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+|[#%<>]")
_MONEY_TAIL = re.compile(r"[\s,]+(?:us)?[$€£]$|[\s,]+(?:usd|cad|aud|gbp|eur)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """A heading without case, spaces, punctuation and units, its words brought to one form: "Total ($)" becomes "total"."""
    text = _BRACKET.sub(lambda found: "" if found[1].lower() in _UNITS else f" {found[1]} ", heading)
    text = _MONEY_TAIL.sub("", text.strip())
    text = _EMAIL.sub("email", text.replace("№", "#"))
    text = _CAMEL.sub(" ", _PLURAL_HASH.sub("#", text))
    words = [_one_form(word) for word in _WORD.findall(text.lower())]
    return "".join(_without_repeats(words))


def heading_unit(heading: str) -> str:
    """The unit that a heading names in brackets: "seconds", "minutes", "hours", "utc", or ""."""
    units = [_UNITS.get(found.lower(), "") for found in _BRACKET.findall(heading)]
    return next((unit for unit in units if unit), "")


def as_heading(cell: Any) -> str:
    """A heading cell as text, without control characters, spaces trimmed and line breaks made spaces; "" for blank."""
    return "" if cell is None else " ".join(without_controls(str(cell)).split())


def _one_form(word: str) -> str:
    word = _SAME.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _SAME.get(word, word)


def _without_repeats(words: list[str]) -> list[str]:
    """Drop a word said twice in a row: "Customer.CustomerName" is the customer's name."""
    kept = [word for at, word in enumerate(words) if at == 0 or word != words[at - 1]]
    if kept[-2:] == ["zip", "code"]:
        kept.pop()
    return kept
