"""Many records of one sheet, kept a column at a time: most rows of a large sheet are over, and nobody asks for the whole record."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import overload

from contractor_ops.tables.record import NO_PROBLEMS, Place, Problem, Record, Value


class Records(Sequence[Record]):
    """A list of records that makes each when it is asked for, and keeps it, so that what is changed in it stays changed.

    `columns` holds one list of cells for each of `names`; `rows` are the records' rows as the spreadsheet numbers them;
    `problems` has an entry for each record with problems, by its position.
    """

    def __init__(
        self, table: str, file: str, sheet: str | None, rows: Sequence[int | None], names: Sequence[str], columns: Sequence[Sequence[Value]],
        problems: Mapping[int, Mapping[str, Problem]],
    ) -> None:  # fmt: skip
        self.table, self.file, self.sheet = table, file, sheet
        self.rows, self.names, self.columns, self.problems = rows, names, columns, problems
        self._made: dict[int, Record] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> list[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | list[Record]:
        if isinstance(at, slice):
            return [self[position] for position in range(*at.indices(len(self)))]
        position = range(len(self))[at]
        made = self._made.get(position)
        if made is None:
            cells = dict(zip(self.names, [column[position] for column in self.columns], strict=True))
            made = self._made[position] = Record(self.table, cells, self.place(position), self.problems.get(position, NO_PROBLEMS))
        return made

    def __iter__(self) -> Iterator[Record]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def place(self, position: int) -> Place:
        """Where a record stands."""
        return Place(self.file, self.sheet, self.rows[position])

    def column(self, name: str) -> Sequence[Value] | None:
        """The cells of one column as they were read, None where the sheet has no such column."""
        return self.columns[self.names.index(name)] if name in self.names else None


def column_of(records: Sequence[Record], name: str) -> Sequence[Value]:
    """One column of some records; None for each where there is no such column."""
    if isinstance(records, Records):
        return records.column(name) or [None] * len(records)
    return [record.values.get(name) for record in records]


def places_of(records: Sequence[Record]) -> Iterator[Place]:
    """Where each record stands."""
    if isinstance(records, Records):
        return map(Place, repeat(records.file), repeat(records.sheet), records.rows)
    return (record.place for record in records)


def with_problems(records: Sequence[Record]) -> Iterator[Record]:
    """The records that have a cell that could not be understood."""
    if isinstance(records, Records):
        return (records[position] for position in sorted(records.problems))
    return (record for record in records if record.problems)
