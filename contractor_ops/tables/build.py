"""From raw grids to a table of typed records, a column at a time."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Workbook
from contractor_ops.tables.cleaning import as_shown, clean_names, clean_values
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.fold import fold_lines, settle_shared_numbers
from contractor_ops.tables.gather import gather
from contractor_ops.tables.heading_words import heading_unit
from contractor_ops.tables.headings import Headings, match_headings
from contractor_ops.tables.layout import ageing_columns
from contractor_ops.tables.record import ColumnMatch, Place, Problem, Record, Table
from contractor_ops.tables.records import Records, with_problems
from contractor_ops.tables.rows import Rows, tell_rows_apart
from contractor_ops.tables.sheets import Found, choose_sheets
from contractor_ops.tables.titles import as_of_day
from contractor_ops.tables.totals import totals_that_do_not_add_up

Columns = Mapping[str, str | list[str]]
AS_THE_HEADINGS_SAY: Columns = {}
_SHEET_ERROR = "The cell holds a spreadsheet error; mend its formula or type the value."
_NEVER_CALCULATED = "The formula has never been calculated; open the file in Excel, save it, or type the value."


@dataclass(slots=True)
class _Block:
    """What one sheet gave."""

    found: Found
    headings: Headings
    rows: Rows
    records: Sequence[Record] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    as_of: date | None = None

    @property
    def file(self) -> str:
        return self.found.workbook.file

    @property
    def sheet(self) -> str | None:
        return self.found.sheet.name

    def problem(self, row: int | None, heading: str | None, value: Any, message: str) -> Problem:
        return Problem(self.file, self.sheet, row, heading, as_shown(value), message)


def build_table(
    spec: TableSpec,
    workbooks: Sequence[Workbook],
    *,
    columns: Columns = AS_THE_HEADINGS_SAY,
    sheets: Sequence[str] | None = None,
    country: str,
    complete: bool = True,
) -> Table:
    """Read a table from its files, put together in their order.

    Without `complete`, telephone numbers and e-mail addresses stay as written until `complete_record`.
    Raises UnusableFile when a file holds no such table.
    """
    found = [place for workbook in workbooks for place in choose_sheets(spec, workbook, sheets, columns)]
    if not found:
        raise UnusableFile(f"There is no file to read {spec.name} from.", f"Name one under [tables.{spec.name}] in config.toml.")
    with _without_collecting():
        blocks = [_read_block(spec, place, columns, country, complete) for place in found]
    read = blocks[0].records if len(blocks) == 1 else [record for block in blocks for record in block.records]
    by_source = {(block.file, block.sheet): block.headings for block in blocks}
    records = settle_shared_numbers(spec, read, lambda record, name: by_source[record.place.file, record.place.sheet].spelling(name))
    lines = sum(len(block.rows.records) for block in blocks)
    problems = [problem for block in blocks for problem in block.problems]
    problems += [problem for record in with_problems(records) for problem in record.problems.values()]
    return Table(
        spec.name, records, problems, _matches(spec, blocks),
        as_of=min((block.as_of for block in blocks if block.as_of), default=None),
        passed_over=dict(sum((block.passed_over for block in blocks), Counter())),
        folded=lines - len(records),
        warnings=[
            *(Problem(workbook.file, None, None, None, None, doubt) for workbook in workbooks for doubt in workbook.doubts),
            *(warning for block in blocks for warning in block.warnings),
        ],
        notes=[note for block in blocks for note in block.notes],
        files=tuple(dict.fromkeys(workbook.file for workbook in workbooks)),
        read_at=min((workbook.saved_at for workbook in workbooks if workbook.saved_at), default=None),
    )  # fmt: skip


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No garbage collection meanwhile: of all the records that are made none is garbage, and looking costs a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _matches(spec: TableSpec, blocks: Sequence[_Block]) -> dict[str, ColumnMatch | None]:
    """How each of our columns was found, in the first sheet that has it."""
    matches: dict[str, ColumnMatch | None] = {}
    for column in spec.columns:
        matches[column.name] = next((match for block in blocks if (match := block.headings.match(column.name))), None)
    if matches.get("customer", ...) is None and any(block.rows.customers for block in blocks):
        matches["customer"] = ColumnMatch((), "the group rows name the customers")
    if matches.get("ageing", ...) is None and any(block.rows.ageing for block in blocks):
        matches["ageing"] = ColumnMatch((), "the group rows say it")
    return matches


def _read_block(spec: TableSpec, found: Found, columns: Columns, country: str, complete: bool) -> _Block:
    rows, start = _even_rows(found), found.start
    headings = match_headings(
        spec, start.texts, _below(rows, start.at), columns, found.workbook.file, ageing_columns(start.texts) if start.ageing else {}
    )
    told = tell_rows_apart(spec, rows, start, headings)
    block = _Block(found, headings, told)
    if told.second_table is not None:
        raise UnusableFile(
            f"{Place(block.file, block.sheet, told.second_table + 1)}: a second table with other headings begins here.",
            "Put each table on a sheet of its own.",
        )
    _note_what_was_passed_over(block, rows)
    block.problems += [block.problem(None, heading, None, message) for heading, message in headings.unclear]
    _make_records(spec, block, rows, country, complete)
    block.warnings += [
        block.problem(row + 1, heading, value, message)
        for row, heading, value, message in totals_that_do_not_add_up(told, headings, block.records, rows)
    ]
    if spec.folds:
        block.records = fold_lines(spec, block.records, headings, lambda record: rows[(record.place.row or 1) - 1])
    return block


def _even_rows(found: Found) -> list[list[Any]]:
    """The sheet's rows, none shorter than the headings: a CSV may leave out what is blank at the end."""
    rows, width = found.sheet.rows, len(found.start.texts)
    if all(len(row) >= width for row in rows[found.start.at + 1 :]):
        return rows
    return [row if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]


def _below(rows: Sequence[Sequence[Any]], at: int) -> Callable[[int], Iterator[Any]]:
    return lambda index: (row[index] for row in islice(rows, at + 1, None))


def _note_what_was_passed_over(block: _Block, rows: Sequence[Sequence[Any]]) -> None:
    above = rows[: max(block.found.start.at, 0)]
    blank = sum(not any(cell not in (None, "") for cell in row) for row in above)
    block.passed_over = Counter({"title": len(above) - blank, "blank": blank, "heading": int(block.found.start.at >= 0)})
    block.passed_over = +(block.passed_over + block.rows.passed_over + Counter(block.found.sheet.passed_over))
    block.as_of = as_of_day(above, [rows[row] for row in block.rows.below])


def _make_records(spec: TableSpec, block: _Block, rows: Sequence[Sequence[Any]], country: str, complete: bool) -> None:
    at, headings = block.rows.records, block.headings
    whole = len(at) == len(rows) - block.found.start.at - 1
    body = rows[block.found.start.at + 1 :] if whole else [rows[row] for row in at]
    errors = _error_cells(block)
    names: list[str] = []
    cleaned: list[list[Any]] = []
    troubles: dict[int, dict[str, Problem]] = {}
    for name in (column.name for column in spec.columns if column.name in headings.feeds):
        feed = headings.feeds[name]
        raw = gather(feed, headings.texts, lambda index: list(map(itemgetter(index), body)))
        shown = _without_errors(raw, feed.indexes, errors)
        values, bad, note = clean_values(
            feed.column.kind, raw, country=country, complete=complete, unit=heading_unit(headings.texts[feed.indexes[0]])
        )
        if note:
            block.notes.append(block.problem(None, headings.spelling(name), None, note))
        bad |= {index: _NEVER_CALCULATED if text.startswith("=") else _SHEET_ERROR for index, text in shown.items()}
        for index in sorted(bad):
            problem = block.problem(at[index] + 1, headings.spelling(name), shown.get(index, raw[index]), bad[index])
            troubles.setdefault(index, {})[name] = problem
        names.append(name)
        cleaned.append(values)
    if block.rows.customers:
        if "customer" in names:
            del cleaned[names.index("customer")]
            names.remove("customer")
        names.append("customer")
        cleaned.append(clean_names([block.rows.customers.get(row) for row in at])[0])
    if block.rows.ageing and spec.column("ageing") and "ageing" not in names:
        names.append("ageing")
        cleaned.append([block.rows.ageing.get(row) for row in at])
    block.records = Records(spec.name, block.file, block.sheet, [row + 1 for row in at], names, cleaned, troubles)


def _error_cells(block: _Block) -> dict[int, dict[int, str]]:
    """Error cells of the records: column -> index of the record -> the error's text."""
    if not block.found.sheet.errors:
        return {}
    index_of = {row: index for index, row in enumerate(block.rows.records)}
    cells: dict[int, dict[int, str]] = {}
    for (row, column), text in block.found.sheet.errors.items():
        if row in index_of:
            cells.setdefault(column, {})[index_of[row]] = text
    return cells


def _without_errors(raw: list[Any], indexes: Sequence[int], errors: Mapping[int, Mapping[int, str]]) -> dict[int, str]:
    """Blank the error cells of a column; what stood in them, by index."""
    shown = {index: text for column in indexes for index, text in errors.get(column, {}).items()}
    for index in shown:
        raw[index] = None
    return shown
