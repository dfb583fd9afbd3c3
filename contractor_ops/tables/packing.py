"""A table as plain lists, dicts, texts and numbers, and back: every cell with its type, every problem with its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.tables.records import Records

Plain = Any
"""What `marshal` can write: None, bool, int, float, str, and lists, tuples and dicts of them."""

_PLAIN = {str, int, float, bool, type(None)}
_KINDS: dict[str, tuple[type, Callable[[Any], Plain], Callable[[Plain], Value]]] = {
    "day": (date, date.toordinal, date.fromordinal),
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "amount": (Decimal, str, Decimal),
    "length": (timedelta, lambda length: (length.days, length.seconds, length.microseconds), lambda parts: timedelta(*parts)),
}


def pack(table: Table) -> Plain:
    """The whole table but the time it was saved at."""
    return (
        table.name, [_pack_block(block) for block in _blocks(table.records)], [_pack_problem(one) for one in table.problems],
        {name: match and (match.headings, match.why) for name, match in table.columns.items()},
        table.as_of and table.as_of.isoformat(), table.passed_over, table.folded, [_pack_problem(one) for one in table.warnings], table.files,
    )  # fmt: skip


def unpack(plain: Plain, read_at: datetime | None) -> Table:
    """The table that `pack` was given."""
    name, blocks, problems, columns, as_of, passed_over, folded, warnings, files = plain
    unpacked = [_unpack_block(name, block) for block in blocks]
    return Table(
        name, unpacked[0] if len(unpacked) == 1 else [record for block in unpacked for record in block], [Problem(*one) for one in problems],
        {column: match and ColumnMatch(*match) for column, match in columns.items()}, as_of and date.fromisoformat(as_of),
        passed_over, folded, [Problem(*one) for one in warnings], files, read_at,
    )  # fmt: skip


def _blocks(records: Sequence[Record]) -> Iterator[tuple[Records, dict[int, int]]]:
    """Stretches of records from one sheet with the same columns, and how many lines were folded into which."""
    if isinstance(records, Records):
        yield records, {}
        return
    for (file, sheet, *names), stretch in groupby(records, lambda record: (record.place.file, record.place.sheet, *record.values)):
        same = list(stretch)
        columns = [[record.values[str(name)] for record in same] for name in names]
        problems = {at: record.problems for at, record in enumerate(same) if record.problems}
        block = Records(same[0].table, str(file), sheet, [record.place.row for record in same], list(map(str, names)), columns, problems)
        yield block, {at: record.lines for at, record in enumerate(same) if record.lines != 1}


def _pack_block(block: tuple[Records, dict[int, int]]) -> Plain:
    records, lines = block
    problems = {at: {name: _pack_problem(one) for name, one in of_record.items()} for at, of_record in records.problems.items()}
    return records.file, records.sheet, records.rows, records.names, [_pack_column(column) for column in records.columns], problems, lines


def _unpack_block(table: str, block: Plain) -> Sequence[Record]:
    file, sheet, rows, names, columns, packed, lines = block
    problems = {at: {name: Problem(*one) for name, one in of_record.items()} for at, of_record in packed.items()}
    records = Records(table, file, sheet, rows, names, [_unpack_column(*column) for column in columns], problems)
    for at, number in lines.items():
        records[at].lines = number
    return records


def _pack_column(values: Sequence[Value]) -> tuple[str, list[Plain]]:
    """A column's kind and its cells; where several kinds stand in one column, each cell has its own."""
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return "plain", list(values)
    for name, (kind, write, _) in _KINDS.items():
        if kinds <= {kind, type(None)}:
            return name, [None if value is None else write(value) for value in values]
    return "mixed", [_pack_column([value]) for value in values]


def _unpack_column(kind: str, cells: list[Plain]) -> Sequence[Value]:
    if kind == "plain":
        return cells
    if kind == "mixed":
        return [_unpack_column(*cell)[0] for cell in cells]
    read = _KINDS[kind][2]
    known: Mapping[Plain, Value] = {cell: None if cell is None else read(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))


def _pack_problem(problem: Problem) -> Plain:
    return problem.file, problem.sheet, problem.row, problem.column, problem.value, problem.message
