"""Who does the work, as a cell names them: one rule for the calendar, the days off and whoever asks where somebody is."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Value

_BETWEEN = re.compile(r"[,;/&+|\n]|\band\b", re.IGNORECASE)
_NOBODY = frozenset({"", "unassigned", "not assigned", "none", "nobody", "tbd", "tba", "to be assigned", "n/a", "na", "open", "-", "?"})


class Technicians:
    """The rows of the technicians table, looked up as people write names: whole, turned ("Ortega, Luis"), or short ("Luis", "Luis O.")."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._names: dict[str, str] = {}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._crews: dict[str, tuple[str, ...]] = {}
        for record in records:
            name = str(record["name"] or "")
            if (plain := normal_name(name)) and plain not in self._names:
                self._names[plain] = name
                if record["active"] is not False:  # whoever has left is not meant by a first name
                    self._by_first[plain.split()[0]].append(name)

    def crew_of(self, cell: Value) -> tuple[str, ...]:
        """Those whom a cell names, as the table has them, else as they are written; nobody where it says so."""
        written = str(cell or "").strip()
        if written not in self._crews:
            self._crews[written] = tuple(dict.fromkeys(self._named(written)))
        return self._crews[written]

    def _named(self, written: str) -> Iterator[str]:
        """The whole cell as one name, else each part of it."""
        if written.casefold() in _NOBODY:
            return
        if found := self._known(written):
            yield found
        else:
            parts = (part.strip() for part in _BETWEEN.split(written))
            yield from (self._known(part) or part for part in parts if part.casefold() not in _NOBODY)

    def _known(self, written: str) -> str | None:
        """The name in the table; one that is written short counts where only one person can be meant."""
        if found := self._names.get(normal_name(written)):
            return found
        first, *rest = normal_name(written).split() or [""]
        meant = [name for name in self._by_first.get(first, ()) if _begins(normal_name(name).split()[1:], rest)]
        return meant[0] if len(meant) == 1 else None


def _begins(names: list[str], short: list[str]) -> bool:
    return len(short) <= len(names) and all(name.startswith(part) for name, part in zip(names, short, strict=False))
