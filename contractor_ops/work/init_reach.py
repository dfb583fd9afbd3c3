"""How people and the office are reached: what is wrong with a mobile or a postal address that was typed, told while it is typed."""

import re
from collections.abc import Mapping

from contractor_ops.planning.places import places
from contractor_ops.tables.cells.phones import kind_of
from contractor_ops.work.init_answers import phone_meant

_NO_TEXTS = {
    "landline": "is a landline", "toll_free": "is a toll-free number", "premium": "is a number that callers pay for",
    "foreign": "is a number of another country", "short": "is a short number", "unknown": "is a number of an unknown kind",
}  # fmt: skip
_COUNTRY = re.compile(r"[\s,]+(?:usa|u\.s\.a\.?|us|u\.s\.|united states(?: of america)?|canada)\W*$", re.IGNORECASE)
_CODE = re.compile(r"(?<=[\s,])(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z][ -]?\d[A-Z]\d)\W*$", re.IGNORECASE)
_WITHIN = re.compile(r"(?:\b(?:suite|ste|unit|apt|apartment|floor|fl|room|rm|bldg|building|lot)\b|#)\W*\w*|\w+ floor", re.IGNORECASE)
_STREET = re.compile(
    r"(?:.*\b(?:street|st|avenue|ave|av|road|rd|drive|dr|lane|ln|boulevard|blvd|way|court|ct|place|pl|square|sq|highway|hwy|parkway|pkwy|"
    r"terrace|ter|trail|trl|circle|cir|broadway|route|rte|pike)\b\.?(?:\s+(?:[nsew]|ne|nw|se|sw|\d+)\b\.?)?|p\.?\s?o\.?\s?box\s+\w+)",
    re.IGNORECASE,
)
_TOWNS_TOO = {"NEW YORK", "WASHINGTON"}


def mobile_meant(typed: str) -> tuple[str, str]:
    """A number that texts can be sent to as config.toml has it, and what is wrong with it; both "" where nothing was typed."""
    number, wrong = phone_meant(typed)
    if ", " in number:
        return "", "That is more than one number; type the mobile only."
    if ";ext=" in number:
        return "", "That has an extension, so it is no mobile, and texts do not reach it. Type the mobile, or only Enter."
    return number, wrong


def why_no_texts(number: str) -> str:
    """Why texts are not sent to a number, "" where they may be."""
    kind = kind_of(number, "US") if number else ""
    return f"{number} {_NO_TEXTS[kind]}: no texts are sent to it" if kind in _NO_TEXTS else ""


def missing_in_address(address: str) -> str:
    """What a postal address lacks: "a town", "a ZIP code", "a town and a ZIP code"; "" where nothing, or where there is none."""
    text = _COUNTRY.sub("", " ".join(address.split()).rstrip(" .,"))
    if not text:
        return ""
    rest, codes = _CODE.subn("", text)
    lacks: Mapping[str, bool] = {"a town": not _has_town(rest.rstrip(" .,")), "a ZIP code": not codes}
    return " and ".join(what for what, lacking in lacks.items() if lacking)


def _has_town(address: str) -> bool:
    """Whether words are left that are neither street, nor suite, nor state."""
    before = _without_state(address)
    first, *others = before.split(",")
    after_street = first[len(found[0]) :] if (found := _STREET.match(first)) else ""
    if not found and before != address and len(first.split()) > 3:  # "350 Fifth New York NY"
        after_street = first
    return any(re.search(r"[^\W\d]{2}", _WITHIN.sub("", part)) for part in (after_street, *others))


def _without_state(address: str) -> str:
    upper = address.upper()
    names = [name for name in (*places().by_name, *places().regions) if name not in _TOWNS_TOO]
    last = next((name for name in names if re.search(rf"[\s,]{re.escape(name)}$", upper)), "")
    return address[: -len(last)].rstrip(" .,") if last else address
