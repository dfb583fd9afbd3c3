"""Who is meant where a cell names technicians: whole names, first names, initials, several at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.wording import listed
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Value

_BETWEEN = re.compile(r"[,;/&+|\n]|\band\b", re.IGNORECASE)
NOBODY = frozenset({
    "", "unassigned", "not assigned", "none", "nobody", "no one", "tbd", "tba", "to be assigned", "to assign", "n/a", "na", "open", "-", "--",
    "–", "—", "?",
})  # fmt: skip
"""What offices write where nobody is assigned yet."""
_ALIKE = 0.75
"""So much of a name must agree with one of the table for it to be asked about."""


class Named(NamedTuple):
    """Those whom a cell names, as the table has them, and a sentence for each name that is not in the table or could be several people's.

    `everybody` has those, too: as they are written. `guesses` tells of each name that is cut short, and so may be a slip.
    """

    technicians: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    everybody: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()


class Crew:
    """The technicians, looked up as people write names: whole, turned ("Ortiz, Sam"), or short ("Sam", "Sam O.", "S. Ortiz", "SO")."""

    def __init__(self, technicians: Iterable[Technician]) -> None:
        self._whole: dict[str, str] = {}
        self._here: list[tuple[str, list[str]]] = []
        for one in technicians:
            self._whole.setdefault(one.key, one.name)
            if one.active:  # whoever has left is not meant by a first name
                self._here.append((one.name, one.key.split()))
        self._cells: dict[str, Named] = {}

    def named(self, cell: Value) -> Named:
        """Those whom a cell names; nobody where it says so."""
        written = str(cell or "").strip()
        if written not in self._cells:
            self._cells[written] = self._read(written)
        return self._cells[written]

    def _read(self, written: str) -> Named:
        """The whole cell as one name, else each part of it."""
        if written.casefold() in NOBODY:
            return Named()
        if len(found := self._meant(written)) == 1:
            return Named((found[0],), everybody=(found[0],), guesses=tuple(_guesses([(written, found)])))
        parts = (part.strip() for part in _BETWEEN.split(written))
        meant = [(part, self._meant(part)) for part in parts if part.casefold() not in NOBODY]
        names = dict.fromkeys(found[0] for _, found in meant if len(found) == 1)
        doubts = dict.fromkeys(self._doubt(part, found) for part, found in meant if len(found) != 1)
        everybody = dict.fromkeys(found[0] if len(found) == 1 else part for part, found in meant)
        return Named(tuple(names), tuple(doubts), tuple(everybody), tuple(_guesses(meant)))

    def _meant(self, written: str) -> list[str]:
        """Those who may be meant, by the surest way of writing that fits anybody."""
        if found := self._whole.get(normal_name(written)):
            return [found]
        words = normal_name(written).split()
        by_way: dict[int, list[str]] = defaultdict(list)
        for name, parts in self._here:
            for way in _ways(words, parts):
                by_way[way].append(name)
        return sorted(by_way[min(by_way)]) if by_way else []

    def _doubt(self, written: str, found: list[str]) -> str:
        if found:
            return f'"{written}" could be {listed(found)}; write the whole name.'
        near = get_close_matches(normal_name(written), [normal_name(name) for name, _ in self._here], n=1, cutoff=_ALIKE)
        known = f"did you mean {self._whole[near[0]]}? Write" if near else "write"
        return f'"{written}" is not in the technicians table; {known} the name as it stands there, or add a row.'


def crew_listed(records: Iterable[Record]) -> Crew:
    """The crew of a technicians table of which only names matter; the first row of a name holds."""
    rows: dict[str, Technician] = {}
    for record in records:
        if key := normal_name(name := str(record["name"] or "")):
            rows.setdefault(key, Technician(name, active=record["active"] is not False))
    return Crew(rows.values())


def _ways(words: list[str], parts: list[str]) -> Iterator[int]:
    """In which ways a short name fits a whole one, the surest first."""
    if words and words[0] == parts[0] and _begin(words[1:], parts[1:]):
        yield 0  # "Sam", "Sam O."
    elif len(words) > 1 and len(words[0]) == 1 and parts[0].startswith(words[0]) and words[-1] == parts[-1]:
        yield 1  # "S. Ortiz"
    elif len(words) == 1 and len(parts) > 1 and words[0] == parts[-1]:
        yield 2  # "Ortiz"
    elif words and "".join(words) in {"".join(part[0] for part in parts), parts[0][0]}:
        yield 3  # "SO", "S. O.", "S"


def _begin(short: list[str], whole: list[str]) -> bool:
    return len(short) <= len(whole) and all(part.startswith(word) for word, part in zip(short, whole, strict=False))


def _guesses(meant: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """Names in which a word stops short ("Dee Or" for Dee Orr). First names and initials are how people write, and no guess."""
    for written, found in meant:
        parts = set(normal_name(found[0]).split()) if len(found) == 1 else set()
        short = [word for word in normal_name(written).split() if len(word) > 1 and word not in parts]
        if any(part.startswith(word) for word in short for part in parts):
            yield f'"{written}" is taken for {found[0]}.'
