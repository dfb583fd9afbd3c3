"""Which cells are meant: the row is found by its number and proved by its key, the column by the sheet's own heading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from contractor_ops.errors import NotWritten, NotWrittenYet
from contractor_ops.ports import Cell, NewValue, RowChange, Sheet
from contractor_ops.tables.cells.days import clean_days
from contractor_ops.tables.cells.text import clean_ids, without_controls
from contractor_ops.tables.csv_out import cell as csv_cell
from contractor_ops.tables.heading_words import as_heading
from contractor_ops.tables.headings import nearest
from contractor_ops.tables.layout import SCREENFUL
from contractor_ops.tables.record import Place

LONGEST = 32_767
"""Letters that a cell can hold in Excel."""
_SECOND = timedelta(seconds=1)
_ALIKE = 80
"""How alike, of 100, a heading must be to be suggested: "Last contacted" for "Last contact", and not "Contact name"."""
_NATIONAL = 9
"""Digits of a telephone number that tell it from others, however its country and area are written."""


@dataclass(frozen=True, slots=True)
class Target:
    """One cell to write. `row`, `column` and `heading_row` count from 0, as in a sheet's grid. `there` is what it says, `was` what the run read.

    In `key_columns` stands what proves the row.
    """

    sheet: str | None
    row: int
    column: int
    heading: str
    heading_row: int
    value: NewValue
    place: Place
    there: Cell = ""
    was: Cell = ""
    key_columns: tuple[int, ...] = ()

    def refused(self, reason: str, remedy: str = "") -> NotWritten:
        """That this cell cannot be written, and why."""
        return NotWritten(f'{self.place}, "{self.heading}": {reason}, so nothing was written.', remedy)


def place_changes(sheets: Sequence[Sheet], changes: Sequence[RowChange], file: str) -> list[Target]:
    """The cells that do not yet say what they should, without those that a person has changed since the run read them (`left_alone`).

    Raises NotWritten where a row, a heading or a key is not as it was.
    """
    return [one for one in _meant(sheets, changes, file) if not _touched(one)]


def left_alone(sheets: Sequence[Sheet], changes: Sequence[RowChange], file: str) -> list[str]:
    """A sentence for each cell that a person has changed since the run read it: it stays as it is. Raises NotWritten like `place_changes`."""
    return [
        f'{one.place}, "{one.heading}": somebody has changed it since it was read, so it stays as it is.'
        for one in _meant(sheets, changes, file) if _touched(one)
    ]  # fmt: skip


def columns_of(sheet: Sheet, needed: frozenset[str], more: Collection[str], file: str) -> Mapping[str, int]:
    """Where the needed headings stand in a sheet, and those of the others that it has once. Raises NotWritten."""
    heading_row, columns = _find_headings(sheet, needed, file)
    texts = [heading_form(as_heading(cell)) for cell in sheet.rows[heading_row]]
    return {**{heading: texts.index(form) for heading in more if texts.count(form := heading_form(heading)) == 1}, **columns}


def _meant(sheets: Sequence[Sheet], changes: Sequence[RowChange], file: str) -> list[Target]:
    by_name = {sheet.name: sheet for sheet in sheets}
    heads: dict[tuple[str | None, frozenset[str]], tuple[int, Mapping[str, int]]] = {}
    targets: dict[tuple[str | None, int, int], Target] = {}
    for change in changes:
        sheet = by_name.get(change.sheet)
        if sheet is None:
            raise NotWrittenYet(
                f'{file}: there is no sheet "{change.sheet}" any more, so nothing was written.', "It is tried again at the next run."
            )
        about = change.sheet, frozenset({*change.key, *change.values, *(change.as_read or ())})
        if about not in heads:
            heads[about] = _find_headings(sheet, about[1], file)
        for target in _cells(sheet, change, heads[about], file):
            if target.heading in change.only_later and _is_left(_cell(sheet.rows[target.row], target.column), target.value):
                continue
            at = target.sheet, target.row, target.column
            if targets.setdefault(at, target).value != target.value:
                raise target.refused("two different values are meant for this cell")
    return [one for one in targets.values() if not says(_cell(by_name[one.sheet].rows[one.row], one.column), one.value)]


def says(cell: Cell, value: NewValue) -> bool:
    """Whether a cell, as a reader gives it, says this already."""
    match value:
        case None:
            return cell in (None, "")
        case datetime() if isinstance(cell, datetime):
            return abs(cell - value) < _SECOND
        case date() if isinstance(cell, datetime):
            return not isinstance(value, datetime) and cell == datetime(value.year, value.month, value.day)  # noqa: DTZ001
        case Decimal() | int() if isinstance(cell, float | int):
            return float(cell) == float(value)
        case _:
            return bool(cell == value) or cell in (as_text(value), csv_cell(as_text(value)))


def as_text(value: NewValue) -> str:
    """A value in words and digits: ISO for days, "2026-11-23 14:05" for moments."""
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _cells(sheet: Sheet, change: RowChange, head: tuple[int, Mapping[str, int]], file: str) -> list[Target]:
    heading_row, columns = head
    place = Place(file, change.sheet, change.row)
    row = sheet.rows[change.row - 1] if 0 < change.row <= len(sheet.rows) else []
    if not change.key or change.row - 1 <= heading_row or not row:
        raise NotWrittenYet(f"{place}: there is no such row of the table, so nothing was written.", _READ_AGAIN)
    for heading, text in change.key.items():
        there = _cell(row, columns[heading])
        if not _is_key(there, text):
            raise NotWrittenYet(f'{place}: "{heading}" is "{_shown(there)}" where "{text}" stood, so nothing was written.', _READ_AGAIN)
    as_read = change.as_read or {}
    for heading in as_read.keys() - change.values.keys():
        if not _same(there := _cell(row, columns[heading]), was := as_read[heading]):
            raise NotWrittenYet(
                f'{place}: "{heading}" is "{_shown(there)}" where "{_shown(was)}" stood, so nothing was written.', _READ_AGAIN
            )
    return [
        Target(change.sheet, change.row - 1, columns[heading], heading, heading_row, _fit(value, heading, place), place,
               there := _cell(row, columns[heading]), as_read.get(heading, there), tuple(columns[heading] for heading in change.key))
        for heading, value in change.values.items()
    ]  # fmt: skip


def _same(one: Cell, other: Cell) -> bool:
    return bool(one == other) or (one in (None, "") and other in (None, ""))


def _touched(target: Target) -> bool:
    return not _same(target.there, target.was)


_READ_AGAIN = "Somebody has moved rows meanwhile; the next run reads the sheet again and writes then."


def _fit(value: NewValue, heading: str, place: Place) -> NewValue:
    """A value that a cell can hold: no control characters, no empty text, no number that is none."""
    if isinstance(value, str):
        text = without_controls(value).strip()
        if len(text) > LONGEST:
            raise NotWritten(f'{place}, "{heading}": the text is longer than a cell can hold, so nothing was written.')
        return text or None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _find_headings(sheet: Sheet, wanted: frozenset[str], file: str) -> tuple[int, Mapping[str, int]]:
    """The first row of a screenful that holds all these headings, and where each stands in it."""
    forms = {heading_form(heading): heading for heading in wanted}
    best: tuple[int, list[str]] = (0, [])
    for at, row in enumerate(sheet.rows[:SCREENFUL]):
        texts = [heading_form(as_heading(cell)) for cell in row]
        if forms.keys() <= set(texts):
            for form, heading in forms.items():
                if texts.count(form) > 1:
                    raise NotWritten(
                        f'{Place(file, sheet.name, at + 1)}: two columns are called "{heading}", so nothing was written.', "Rename one."
                    )
            return at, {heading: texts.index(form) for form, heading in forms.items()}
        if len(forms.keys() & set(texts)) > len(forms.keys() & set(best[1])):
            best = at, texts
    raise _no_heading(sheet, sorted(heading for form, heading in forms.items() if form not in best[1]), best[0], file)


def _no_heading(sheet: Sheet, missing: Sequence[str], at: int, file: str) -> NotWritten:
    there = [text for text in map(as_heading, sheet.rows[at] if sheet.rows else []) if text]
    near = nearest(missing[0], there, _ALIKE)
    other = f' or, if "{near}" is meant, write that' if near else ", or name another one"
    return NotWritten(
        f'{Place(file, sheet.name, None)}: no column is called "{missing[0]}", so nothing was written.',
        f"Add a column with that heading{other} under write_back in config.toml.",
    )


def heading_form(heading: str) -> str:
    """A heading without capitals and doubled blanks, to compare by."""
    return " ".join(heading.split()).casefold()


def _cell(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _is_key(cell: Cell, text: str) -> bool:
    """Whether the cell is the document's number, address or telephone number that was read there."""
    there, wanted = _plain(cell), _plain(text)
    if there.casefold() == wanted.casefold():
        return bool(wanted)
    if "@" in text:
        return wanted.casefold() in there.casefold()  # "Ann Li <ann@li.example>"
    digits, national = "".join(filter(str.isdecimal, there)), text[-_NATIONAL:]
    return text.startswith("+") and text[1:].isdecimal() and len(text) > _NATIONAL and national in digits


def _plain(cell: Any) -> str:
    return str(clean_ids([cell])[0][0] or "")


def _is_left(cell: Cell, value: NewValue) -> bool:
    """Whether a cell names this day or a later one, read with the month or the day first, or says something that is no day."""
    if cell in (None, "") or not isinstance(value, date):
        return False
    read = [clean_days([cell], day_first_country=first)[0][0] for first in (False, True)]
    days = [day.date() if isinstance(day, datetime) else day for day in read if day is not None]
    return not days or max(days) >= (value.date() if isinstance(value, datetime) else value)


def _shown(cell: Cell) -> str:
    return " ".join(as_heading(cell).split())[:40]
