"""How a sheet was understood: which headings became which columns, what was left aside, and what only a person can say."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from contractor_ops.ports import Sheet
from contractor_ops.reports.table_view import shown
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.heading_words import as_heading, heading_key
from contractor_ops.tables.headings import known_keys
from contractor_ops.tables.layout import SCREENFUL
from contractor_ops.tables.looks import fits, main_look
from contractor_ops.tables.record import Table
from contractor_ops.work.init_found import Doubt, Fed, Heading
from contractor_ops.work.init_recipes import shipped


def fed(table: Table) -> Iterator[Fed]:
    """The columns that were found, each with its headings and first values."""
    for name, match in table.columns.items():
        if match is not None:
            yield Fed(name, match.headings or (match.why,), _samples(record[name] for record in islice(table.records, SCREENFUL)))


def left_aside(table: Table, headings: Iterable[Heading]) -> tuple[Heading, ...]:
    """The headings that feed no column."""
    used = {text for match in table.columns.values() if match for text in match.headings}
    return tuple(one for one in headings if one.text not in used)


def doubts(spec: TableSpec, table: Table, headings: Sequence[Heading], left: Sequence[Heading]) -> Iterator[Doubt]:
    """The columns that headings claim with equal right, and those that the recipes cannot do without and no heading names."""
    keys = known_keys(spec)
    unclear = {problem.column for problem in table.problems if problem.row is None}
    claims: dict[str, list[str]] = {}
    for heading in left:
        claimed = [column for column in keys.get(heading_key(heading.text), ()) if not table.has(column)]
        for column in claimed:
            claims.setdefault(column, []).append(heading.text)
        if heading.text in unclear and len(claimed) > 1:
            yield Doubt(tuple(sorted(claimed, key=spec.column_names.index)), (heading.text,))
    rivals = {column: texts for column, texts in claims.items() if len(texts) > 1 and not unclear.isdisjoint(texts)}
    yield from (Doubt((column,), tuple(texts)) for column, texts in rivals.items())
    for group in needed(spec):
        fitting = tuple(heading.text for heading in headings if _could_be(spec, group, heading))
        if fitting and not any(table.has(column) or column in rivals for column in group):
            yield Doubt(group, fitting, is_missing=True)


def columns_like(spec: TableSpec, group: Iterable[str], heading: Heading) -> list[str]:
    """Those of our columns whose kind a heading's values are; where they are only words, any may be meant."""
    look = main_look(heading.samples)
    wanted = [column for column in spec.columns if column.name in set(group)]
    return [column.name for column in wanted if look is None or look == "text" or (fits(column.kind, look) and column.kind not in _WORDS)]


_WORDS = frozenset({"text", "name", "id", "status"})


def _could_be(spec: TableSpec, group: tuple[str, ...], heading: Heading) -> bool:
    """Whether its values are of the kind of one of these columns."""
    look = main_look(heading.samples)
    return look is not None and any(fits(column.kind, look) for column in spec.columns if column.name in group)


def needed(spec: TableSpec) -> Iterator[tuple[str, ...]]:
    """Groups of columns of which the recipes that ship need one."""
    yield from spec.stops
    anchors = {recipe.when.anchor for recipe in shipped() if recipe.reads == spec.name}
    yield from ((anchor,) for anchor in sorted(anchors) if spec.column(anchor))


def people(table: Table) -> Iterator[tuple[str, str]]:
    """The telephone numbers and addresses of its first records, as they stand there."""
    for record in islice(table.records, 200):
        phone, address = record["phone"], record["address"]
        if phone or address:
            yield str(phone or ""), str(address or "")


def row_of_words(sheet: Sheet) -> int:
    """The row that reads most like headings, counted from 0."""

    def words(row: list[Any]) -> int:
        return sum(isinstance(cell, str) and bool(cell.strip()) for cell in row)

    return max(range(min(len(sheet.rows), SCREENFUL)), key=lambda at: (words(sheet.rows[at]), -at), default=-1)


def headings_of(sheet: Sheet, at: int) -> list[Heading]:
    """The headings of a row, counted from 0; none where there is no such row."""
    if at < 0:
        return []
    below = sheet.rows[at + 1 : at + 1 + SCREENFUL]
    return [
        Heading(text, _samples(row[place] for row in below if place < len(row)))
        for place, cell in enumerate(sheet.rows[at]) if (text := as_heading(cell))
    ]  # fmt: skip


def _samples(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(text for value in values if (text := shown(value).strip())), 2))
