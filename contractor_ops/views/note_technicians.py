"""Whom to ask about a job's note: its technician, as the technicians table knows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Table, Value

_SEVERAL = re.compile(r"\s*[,;/&+|\n]\s*|\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A technician as the table has them, else as the job's row has them; `because` is why nobody there can be written to, or ""."""

    name: str | None
    because: str


class Technicians:
    """The technicians table, or none, looked up by name; by a first name alone where only one person has it."""

    def __init__(self, table: Table | None) -> None:
        self._kept = table is not None
        self._by_name: dict[str, list[Record]] = {}
        self._by_first: dict[str, list[Record]] = {}
        for record in table.records if table else ():
            name = normal_name(str(record["name"] or ""))
            if name:
                self._by_name.setdefault(name, []).append(record)
                self._by_first.setdefault(name.split()[0], []).append(record)

    def asked(self, technician: Value) -> Asked:
        """Who is asked about a job: the first of several names that stands in the table."""
        written = str(technician or "").strip()
        if not written:
            return Asked(None, "the row names no technician")
        if not self._kept:
            return Asked(written, "there is no technicians table to find them in")
        found = next((rows for name in _names(written) if (rows := self._find(name))), [])
        if len(found) > 1:
            return Asked(written, f'"{written}" stands more than once in the technicians table')
        if not found:
            return Asked(written, f'"{written}" is not in the technicians table')
        record = found[0]
        if record["active"] is False:
            return Asked(str(record["name"]), f"{record['name']} has left, by the technicians table")
        reachable = record["phone"] or record["email"]
        return Asked(
            str(record["name"]), "" if reachable else f"{record['name']} has neither a phone nor an e-mail in the technicians table"
        )

    def _find(self, name: str) -> list[Record]:
        return self._by_name.get(name) or self._by_first.get(name, [])


def _names(written: str) -> Iterator[str]:
    """The whole cell as one name ("Ortega, Luis"), then each part of it."""
    yield normal_name(written)
    yield from map(normal_name, _SEVERAL.split(written))
