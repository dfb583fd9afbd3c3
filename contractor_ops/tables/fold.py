"""Several lines of one document are one record; one number that means two things is told."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.heading_words import heading_key
from contractor_ops.tables.headings import Headings
from contractor_ops.tables.options import agreed_lines, undecided
from contractor_ops.tables.record import Problem, Record, Value
from contractor_ops.tables.records import column_of

_LINE_AMOUNTS = frozenset(heading_key(text) for text in ("Amount", "Price", "Our price", "Line amount", "Line total", "Value"))
"""Headings that tell what one line comes to, where a document has several; "Total" and "Balance" tell it of the whole document."""
_TOLD_ONCE = ("status", "due_on", "sent_on", "issued_on", "paid_on")


def fold_lines(
    spec: TableSpec, records: Sequence[Record], headings: Headings, raw_row: Callable[[Record], Sequence[Any]]
) -> Sequence[Record]:
    """One record for each number and customer, in the order of their first lines. Records without a number are left alone."""
    numbers = column_of(records, "number")
    if len(set(numbers)) == len(records):
        return records
    customers = _customers_of_numbers(records)
    groups: dict[tuple[Value, str] | int, list[Record]] = {}
    for at, record in enumerate(records):
        number = record.values.get("number")
        groups.setdefault(at if number is None else (number, _customer_key(record) or customers[number]), []).append(record)
    return [lines[0] if len(lines) == 1 else _folded(spec, lines, headings, raw_row) for lines in groups.values()]


def _customers_of_numbers(records: Sequence[Record]) -> dict[Value, str]:
    """The customer that a line without one belongs to: its number's only customer, else nobody."""
    found: dict[Value, set[str]] = {}
    for record in records:
        found.setdefault(record.values.get("number"), set()).add(_customer_key(record))
    return {number: next(iter(names - {""})) if len(names - {""}) == 1 else "" for number, names in found.items()}


def _customer_key(record: Record) -> str:
    return str(record.values.get("customer") or record.values.get("customer_number") or "").casefold()


def _folded(spec: TableSpec, lines: list[Record], headings: Headings, raw_row: Callable[[Record], Sequence[Any]]) -> Record:
    agreed, rest = agreed_lines(spec, lines)
    first = agreed[0]
    problems = _problems_of(spec, agreed, rest)
    for name in first.values:
        column = spec.column(name)
        cells = [line.values[name] for line in (agreed if column and column.kind == "money" else lines)]
        adds_up = column is not None and column.kind == "money" and _is_line_amount(name, headings)
        if column is None or (cells.count(cells[0]) == len(cells) and not adds_up):
            continue
        if column.kind == "money":
            first.values[name] = _amount(name, cells, agreed, headings, raw_row, problems)
        else:
            first.values[name] = _told(name, agreed, rest, headings, problems)
    if (open_one := undecided(spec, rest)) and "status" not in problems:
        said = (
            f"The lines of this document disagree: {first.values['status']} and {open_one.values['status']}; only what is accepted is counted. "
            "Write Declined where the rest was not taken."
        )
        problems["status"] = _problem(open_one, headings.spelling("status"), open_one.values["status"], said)
    first.problems = problems
    first.lines = len(lines)
    return first


def _problems_of(spec: TableSpec, agreed: Sequence[Record], rest: Sequence[Record]) -> dict[str, Problem]:
    """The problems of all lines, the first line's first; an amount that is not counted may be as it is."""
    money = {column.name for column in spec.columns if column.kind == "money"}
    problems: dict[str, Problem] = {}
    for line in reversed(rest):
        problems.update({name: problem for name, problem in line.problems.items() if name not in money})
    for line in reversed(agreed):
        problems.update(line.problems)
    return problems


def _is_line_amount(name: str, headings: Headings) -> bool:
    feed = headings.feeds.get(name)
    return feed is not None and heading_key(headings.texts[feed.indexes[0]]) in _LINE_AMOUNTS


def _amount(
    name: str,
    cells: Sequence[Value],
    lines: Sequence[Record],
    headings: Headings,
    raw_row: Callable[[Record], Sequence[Any]],
    problems: dict[str, Problem],
) -> Value:
    """A repeated document total once; what differs from line to line, or is an amount of the line, added up."""
    amounts = [cell for cell in cells if isinstance(cell, Decimal)]
    if not amounts:
        return None
    if not _is_line_amount(name, headings) and len(set(amounts)) == 1:
        return amounts[0]
    kept: list[Sequence[Any]] = []
    total = Decimal(0)
    for line, cell in zip(lines, cells, strict=True):
        row = raw_row(line)
        if row in kept and name not in problems:
            said = f"Row {line.place.row} repeats an earlier line of this document word for word; it was counted once. Check the sum."
            problems[name] = _problem(line, headings.spelling(name), cell, said)
        if row not in kept and isinstance(cell, Decimal):
            total += cell
        kept.append(row)
    return total


def _told(name: str, agreed: Sequence[Record], rest: Sequence[Record], headings: Headings, problems: dict[str, Problem]) -> Value:
    """What the lines tell beside the amounts; the rest is asked only for what the agreed lines leave blank."""
    filled, others = _filled(name, agreed), _filled(name, rest)
    if name == "notes":
        return "\n".join(map(str, dict.fromkeys([*filled, *others]))) or None
    if name in _TOLD_ONCE and len(filled) > 1 and name not in problems:
        odd = next(line for line in agreed if line.values[name] == filled[1])
        said = f"The lines of this document disagree: {filled[0]} and {filled[1]}; make them the same."
        problems[name] = _problem(odd, headings.spelling(name), filled[1], said)
    return next(iter([*filled, *others]), None)


def _filled(name: str, lines: Sequence[Record]) -> list[Value]:
    """The cells of a column that are not blank, each value once."""
    return list(dict.fromkeys(cell for line in lines if (cell := line.values[name]) is not None))


def settle_shared_numbers(spec: TableSpec, records: Sequence[Record], spelling: Callable[[Record, str], str | None]) -> Sequence[Record]:
    """Tell every record whose number another record has too; a record that two files or sheets hold alike is kept once."""
    if not spec.unique:
        return records
    numbers = column_of(records, spec.unique[-1])
    if len(set(numbers)) == len(numbers):
        return records
    keys = list(zip(*(column_of(records, name) for name in spec.unique), strict=True))
    groups: dict[Any, list[Record]] = {}
    for key, record in zip(keys, records, strict=True):
        if None not in key:
            groups.setdefault(key, []).append(record)
    dropped: set[int] = set()
    for same in groups.values():
        if len(same) > 1:
            kept = _without_copies(same, dropped)
            _tell(spec, kept, same, spelling)
    return [record for record in records if id(record) not in dropped]


def _without_copies(same: Sequence[Record], dropped: set[int]) -> list[Record]:
    kept: list[Record] = []
    for record in same:
        copy_of = next((other for other in kept if other.values == record.values and _source(other) != _source(record)), None)
        if copy_of is None:
            kept.append(record)
        else:
            copy_of.lines += record.lines
            dropped.add(id(record))
    return kept


def _tell(spec: TableSpec, kept: Sequence[Record], same: Sequence[Record], spelling: Callable[[Record, str], str | None]) -> None:
    name = spec.unique[-1]
    for record in kept:
        others = [
            str(other.place) if _source(other) != _source(record) else f"row {other.place.row}" for other in same if other is not record
        ]
        where = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
        if len(kept) == 1:
            said = f"The same record stands in {where} too; it was taken once. Keep it in one place."
        else:
            differing = _differing(record, kept).rstrip(".")  # "Inc." ends with a full stop of its own
            said = f"Number used twice: {where} has it too{differing}. Give each its own number, or take the copy away."
        number = record.values[name]
        record.problems = {**record.problems, name: _problem(record, spelling(record, name), number, said)}


def _differing(record: Record, kept: Sequence[Record]) -> str:
    """What the other record says otherwise, in words; nothing where they are the same."""
    other = next(item for item in kept if item is not record)
    names = [name for name in record.values if record.values[name] != other.values.get(name)]
    if not names:
        return ", word for word"
    if "customer" in names:
        return f", for {other.values.get('customer') or 'no customer'}"
    return f", with another {' and '.join(name.replace('_', ' ') for name in names[:2])}"


def _source(record: Record) -> tuple[str, str | None]:
    return record.place.file, record.place.sheet


def _problem(record: Record, heading: str | None, value: Value, message: str) -> Problem:
    place = record.place
    return Problem(place.file, place.sheet, place.row, heading, None if value is None else str(value), message)
