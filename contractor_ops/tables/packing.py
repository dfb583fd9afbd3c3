"""A table as plain lists, dicts, texts and numbers, and back: every cell with its type, every problem with its place."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.tables.records import Records

Plain = Any
"""What `marshal` can write: None, bool, int, float, str, and lists, tuples and dicts of them."""

_AS_THEY_ARE = ("name", "passed_over", "folded", "files")
_PROBLEMS = ("problems", "warnings", "notes")
_FEW = 1 << 16
_PLAIN = {str, int, float, bool, type(None)}
_KINDS: dict[str, tuple[type, Callable[[Any], Plain], Callable[[Plain], Value]]] = {
    "day": (date, date.toordinal, date.fromordinal),
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "amount": (Decimal, str, Decimal),
    "length": (timedelta, lambda length: (length.days, length.seconds, length.microseconds), lambda parts: timedelta(*parts)),
}


def pack(table: Table) -> Plain:
    """The whole table but the time it was saved at."""
    kept = {name: getattr(table, name) for name in _AS_THEY_ARE}
    return kept | {
        "records": [_pack_block(block) for block in _blocks(table.records)],
        "columns": {name: match and (match.headings, match.why) for name, match in table.columns.items()},
        "as_of": table.as_of and table.as_of.isoformat(),
        **{name: list(map(_pack_problem, getattr(table, name))) for name in _PROBLEMS},
    }


def unpack(plain: Plain, read_at: datetime | None) -> Table:
    """The table that `pack` was given."""
    blocks = [_unpack_block(plain["name"], block) for block in plain["records"]]
    problems: dict[str, Any] = {name: [Problem(*one) for one in plain[name]] for name in _PROBLEMS}
    return Table(
        records=blocks[0] if len(blocks) == 1 else [record for block in blocks for record in block],
        columns={name: match and ColumnMatch(*match) for name, match in plain["columns"].items()},
        as_of=plain["as_of"] and date.fromisoformat(plain["as_of"]),
        read_at=read_at,
        **{name: plain[name] for name in _AS_THEY_ARE},
        **problems,
    )


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


def _pack_column(values: Sequence[Value]) -> tuple[str, Plain]:
    """A column's kind and its cells: few different ones as numbers; where several kinds stand in one column, each cell has its own."""
    kinds = set(map(type, values))
    first = values[:1000]
    if kinds <= {date, type(None)} or (kinds <= {str, type(None)} and 2 * len(set(first)) < len(first)):  # days are dear to make
        few = set(values)
        if len(few) < min(_FEW, len(values)):
            number = {value: at for at, value in enumerate(few)}
            return "few", (_pack_column(list(few)), array("H", map(number.__getitem__, values)).tobytes())
    if kinds <= _PLAIN:
        return "plain", list(values)
    for name, (kind, write, _) in _KINDS.items():
        if kinds <= {kind, type(None)}:
            return name, [None if value is None else write(value) for value in values]
    return "mixed", [_pack_column([value]) for value in values]


def _unpack_column(kind: str, cells: Plain) -> Sequence[Value]:
    if kind == "plain":
        return list(cells)
    if kind == "few":
        return list(map(_unpack_column(*cells[0]).__getitem__, array("H", cells[1])))
    if kind == "mixed":
        return [_unpack_column(*cell)[0] for cell in cells]
    read = _KINDS[kind][2]
    return [None if cell is None else read(cell) for cell in cells]


def _pack_problem(problem: Problem) -> Plain:
    return problem.file, problem.sheet, problem.row, problem.column, problem.value, problem.message
