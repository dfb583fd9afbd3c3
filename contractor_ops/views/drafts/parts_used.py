"""The parts that a job's cell tells of, one by one, with their quantities as they are written there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from contractor_ops.tables.record import Value

_BETWEEN = re.compile(r"\s*(?:[;\n•]|,(?!\d))\s*(?![^()]*\))")
"""A comma before a figure stands inside a number: 1,500."""
_NOTHING = frozenset({"none", "no", "no parts", "none used", "no parts used", "nothing", "n/a", "na", "nil", "-", "0", "x"})
_BEFORE = re.compile(r"\(?(\d+(?:\.\d+)?)\)?\s*(?:[x×*]\s*|ea\.?\s+|pcs?\.?\s+(?:of\s+)?)(?=[a-z])", re.IGNORECASE)
"""2x capacitor, 2 pcs capacitor; not 16x25x1 filter, and not 3 in pipe."""
_BEHIND = re.compile(
    r"(?<=[a-z)])[\s,:-]+(?:\(\s*(?:x|qty:?\s*)?(\d+(?:\.\d+)?)\s*(?:x|ea|pcs?)?\s*\)|(?:[x×]\s*|qty[:.]?\s*)(\d+(?:\.\d+)?))$",
    re.IGNORECASE,
)
"""Capacitor x2, capacitor (2), capacitor qty 2; not flue pipe 3 in."""


class Part(NamedTuple):
    """One part; `quantity` is "" where the cell tells none."""

    description: str
    quantity: str


def parts_used(cell: Value) -> Iterator[Part]:
    """The parts in a cell, none where it says that none were used."""
    for text in _BETWEEN.split(str(cell or "")):
        written = text.strip(" .*\t")
        if written and written.casefold() not in _NOTHING:
            yield _part(written)


def _part(text: str) -> Part:
    if found := _BEFORE.match(text):
        return Part(text[found.end() :].strip(), found[1])
    if found := _BEHIND.search(text):
        return Part(text[: found.start()].strip(), found[1] or found[2])
    return Part(text, "")
