"""Where a sheet's table begins: its heading row, under whatever titles stand above it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contractor_ops.ports import Sheet
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.heading_words import as_heading, heading_key
from contractor_ops.tables.headings import known_keys
from contractor_ops.tables.looks import look_of

SCREENFUL = 60
"""How many rows we look through for the headings: a screenful of titles, and some."""
_BUCKET = re.compile(
    r"current|not (?:yet )?due|\d+ ?(?:-|–|to) ?\d+(?: days.*)?|(?:[<>]=?|over|under) ?\d+(?: days.*)?|"
    r"\d+ ?(?:\+|and over|or more|days and over).*",
    re.IGNORECASE,
)
ASTERISK = (
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
)
_DISPOSITIONS = frozenset({"ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"})
_AMA_FLAGS = frozenset({"DOCUMENTATION", "BILLING", "OMIT", "DEFAULT"})


@dataclass(frozen=True, slots=True)
class Start:
    """Where a table begins: `at` is the heading row counted from 0 (-1 where it has none), `known` our columns that it names."""

    at: int
    texts: tuple[str, ...]
    known: frozenset[str]
    ageing: bool = False


def find_start(spec: TableSpec, sheet: Sheet, configured: Mapping[str, str | list[str]]) -> Start | None:
    """The heading row: the row within a screenful that names most of our columns, and enough of them; None if there is none."""
    if spec.name == "calls":
        log = _asterisk_log(sheet.rows)
        if log:
            return log
    keys = _keys(spec, configured)
    best: Start | None = None
    for at, row in enumerate(sheet.rows[:SCREENFUL]):
        start = _start(spec, keys, at, row)
        if start and (best is None or len(start.known) > len(best.known)):
            best = start
    return best


def _start(spec: TableSpec, keys: Mapping[str, set[str]], at: int, row: Sequence[Any]) -> Start | None:
    filled = [cell for cell in row if cell not in (None, "")]
    if len(filled) < 2:
        return None
    texts = tuple(as_heading(cell) for cell in row)
    ageing = "balance" in spec.column_names and is_ageing_summary(texts)
    names = [keys[key] for key in {heading_key(text) for text in texts if text} if key in keys]
    known = frozenset(_distinct(names))
    if ageing:
        known |= {"customer", "balance"}
    elif len(names) < 2 or _looks_like_data(filled):
        return None
    return Start(at, texts, known, ageing) if meets_needs(spec, known) else None


def _distinct(names: Sequence[set[str]]) -> set[str]:
    return set().union(*names) if names else set()


def meets_needs(spec: TableSpec, known: Collection[str]) -> bool:
    """Whether one column of each group that the table needs is there."""
    return all(any(name in known for name in group) for group in spec.needs)


def is_ageing_summary(texts: Sequence[str]) -> bool:
    """Whether the headings are ageing buckets: "Current", "1 - 30", "31 - 60", "91 and over"."""
    return sum(_BUCKET.fullmatch(text) is not None for text in texts if text) >= 2


def ageing_columns(texts: Sequence[str]) -> dict[str, tuple[tuple[int, ...], str]]:
    """In an ageing summary: where the customer and the balance stand, and why we think so."""
    keys = [heading_key(text) for text in texts]
    found: dict[str, tuple[tuple[int, ...], str]] = {}
    if keys and keys[0] == "":
        found["customer"] = ((0,), "the ageing report names its customers here")
    totals = [keys.index(name) for name in ("openbalance", "balance", "totalbalance", "total", "grandtotal", "netamount") if name in keys]
    if totals:
        found["balance"] = ((totals[0],), "it totals the ageing columns")
    else:
        found["balance"] = (tuple(index for index, text in enumerate(texts) if is_bucket(text)), "the ageing columns are added up")
    return found


def is_bucket(text: str) -> bool:
    """Whether a group row names an ageing bucket, not a customer."""
    return _BUCKET.fullmatch(text.strip()) is not None


def heading_like(spec_keys: Mapping[str, set[str]], row: Sequence[Any]) -> frozenset[str]:
    """The keys of a row that reads like headings: three or more that we know, most of what it holds; else nothing."""
    filled = [cell for cell in row if cell not in (None, "")]
    if len(filled) < 3 or any(cell.__class__ is not str for cell in filled):
        return frozenset()
    keys = frozenset(heading_key(as_heading(cell)) for cell in filled) & spec_keys.keys()
    return keys if len(keys) >= 3 and len(keys) > 0.6 * len(filled) else frozenset()


def _keys(spec: TableSpec, configured: Mapping[str, str | list[str]]) -> dict[str, set[str]]:
    keys = known_keys(spec)
    for name, wanted in configured.items():
        for heading in [wanted] if isinstance(wanted, str) else wanted:
            keys.setdefault(heading_key(heading), set()).add(name)
    return keys


def _looks_like_data(filled: Sequence[Any]) -> bool:
    """Headings are words: a row with dates, amounts, addresses or numbers in it is data."""
    data = sum(cell.__class__ is not str or look_of(cell) in {"date", "email", "phone", "number"} for cell in filled)
    return data > 0.2 * len(filled)


def _asterisk_log(rows: Sequence[Sequence[Any]]) -> Start | None:
    """Asterisk writes Master.csv without headings; its 18 or 19 columns are known by what stands in two of them."""
    first = next((row for row in rows[:5] if any(row)), None)
    if first is None or not 16 <= len(first) <= 20:
        return None
    for at in (13, 14):
        if str(first[at]).strip() in _DISPOSITIONS and str(first[at + 1]).strip() in _AMA_FLAGS:
            texts = [""] * len(first)
            texts[1], texts[2], texts[16] = "src", "dst", "uniqueid"
            texts[at - 7] = "lastapp"
            for back, name in enumerate(reversed(ASTERISK[8:])):
                texts[at - back] = name
            return Start(-1, tuple(texts), frozenset({"number", "from", "to", "started_at", "duration", "status"}))
    return None
