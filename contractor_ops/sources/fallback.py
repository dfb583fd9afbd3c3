"""openpyxl and xlrd: ten times slower than calamine, asked where it cannot open a workbook, hides something, or must not be let near."""

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import Any

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Cell, Sheet

Choice = Callable[[Sequence[str]], Sequence[str]]
"""The sheets to read, given those that are there."""

_LAST_ROW = 1_048_576
_MOST_CELLS = 20_000_000


class CannotRead(Exception):
    """The reader does not understand the workbook."""


class TooScattered(Exception):
    """The cells that exist stand so far apart that even rows of unequal length would not fit into memory."""

    def __init__(self, sheet: str) -> None:
        super().__init__(sheet)
        self.sheet = sheet


def read_xlsx(data: bytes, choose: Choice) -> list[Sheet]:
    """Sheets by openpyxl, only the cells that exist: a row ends with its last cell, the gaps between rows are empty rows.

    Raises CannotRead, TooScattered, and whatever `choose` raises.
    """
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that it would lose in writing; nothing is written
        try:
            with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
                names = choose([sheet.title for sheet in book.worksheets])
                return [_openpyxl_sheet(book[name]) for name in names]
        except (UnusableFile, TooScattered):
            raise
        except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
            raise CannotRead(str(error)) from error


def _openpyxl_sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # believe the cells, not the size that the file claims
    errors: dict[tuple[int, int], str] = {}
    rows: list[list[Cell]] = []
    filled = slots = 0
    for at, cells in enumerate(sheet.rows):
        rows.append([_openpyxl_cell(cell, at, errors) for cell in cells])
        slots += len(cells)
        if slots > _MOST_CELLS or at >= _LAST_ROW:
            raise TooScattered(sheet.title)
        if any(cell != "" for cell in rows[at]):
            filled = at + 1
    last_error = max(errors, default=(-1, -1))[0]
    del rows[max(filled, last_error + 1) :]
    return Sheet(sheet.title, rows, hidden=sheet.sheet_state != "visible", errors=errors)


def _openpyxl_cell(cell: Any, row: int, errors: dict[tuple[int, int], str]) -> Cell:
    if cell.data_type != "e":
        return _as_calamine_does(cell.value)
    errors[row, cell.column - 1] = str(cell.value)
    return ""


def _as_calamine_does(value: Cell) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _day_or_moment(value)
    if isinstance(value, str) and "_x" in value:
        from openpyxl.utils.escape import unescape

        return unescape(value)  # "_x000D_" is a carriage return
    return value


def _day_or_moment(value: datetime) -> date | datetime:
    at_midnight = value.hour == value.minute == value.second == value.microsecond == 0
    return value.date() if at_midnight else value


def read_xls(data: bytes, choose: Choice) -> list[Sheet]:
    """Sheets of an .xls by xlrd, which tells error cells from blanks; a row ends with its last cell.

    Raises CannotRead, and whatever `choose` raises.
    """
    import xlrd

    try:
        with xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True) as book:
            return [_xlrd_sheet(book.sheet_by_name(name), book.datemode) for name in choose(book.sheet_names())]
    except UnusableFile:
        raise
    except Exception as error:  # xlrd raises its own errors and, for damaged workbooks, nearly anything
        raise CannotRead(str(error)) from error


def _xlrd_sheet(sheet: Any, datemode: int) -> Sheet:
    errors: dict[tuple[int, int], str] = {}
    rows = [list(_xlrd_row(sheet.row(at), at, datemode, errors)) for at in range(sheet.nrows)]
    return Sheet(sheet.name, rows, hidden=sheet.visibility != 0, errors=errors)


def _xlrd_row(cells: Iterable[Any], row: int, datemode: int, errors: dict[tuple[int, int], str]) -> Iterator[Cell]:
    import xlrd

    for column, cell in enumerate(cells):
        if cell.ctype == xlrd.XL_CELL_ERROR:
            errors[row, column] = xlrd.error_text_from_code.get(cell.value, "#ERROR")
            yield ""
        elif cell.ctype == xlrd.XL_CELL_DATE:
            yield _xlrd_date(cell.value, datemode)
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            yield bool(cell.value)
        else:
            yield cell.value


def _xlrd_date(number: float, datemode: int) -> Cell:
    import xlrd

    try:
        moment = xlrd.xldate_as_datetime(number, datemode)
    except (ValueError, OverflowError):
        return number  # formatted as a date but no possible day; a number in a date column is a problem for the cleaning room
    return moment.time() if 0 <= number < 1 else _day_or_moment(moment)
