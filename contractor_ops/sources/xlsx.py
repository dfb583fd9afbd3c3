"""Excel workbooks (.xlsx, .xlsm): looked over, then read by calamine, or by openpyxl where calamine must not or cannot."""

import zipfile
import zlib
from collections.abc import Sequence
from xml.etree import ElementTree

from contractor_ops.ports import Sheet
from contractor_ops.sources import calamine, fallback, refusals, xlsx_parts, xlsx_zeros
from contractor_ops.sources.choose import choose_sheets

_UNREADABLE = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, LookupError, ValueError, RuntimeError)


def read_xlsx(archive: zipfile.ZipFile, data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    """The wanted sheets, or all, with their error cells and never-calculated formulas. Raises UnusableFile."""
    try:
        parts = xlsx_parts.sheet_parts(archive)
        chosen = choose_sheets(list(parts), wanted, file)
        looked_over = {name: xlsx_parts.look_over(archive.read(parts[name])) for name in chosen}
        zeros = xlsx_zeros.zero_styles(archive)
    except _UNREADABLE:
        return _by_openpyxl(data, file, wanted)  # it reads some workbooks whose list of parts is broken
    if not chosen:
        raise refusals.no_sheets(file)
    slow = [name for name, part in looked_over.items() if part.sparse or part.nameless_errors]
    quick = [name for name in chosen if name not in slow]
    sheets = {sheet.name: sheet for sheet in _by_calamine(data, file, quick) + _by_openpyxl(data, file, slow)}
    for name, part in looked_over.items():
        sheets[name].errors = {**sheets[name].errors, **part.errors}
        _make_room(sheets[name])
        if zeros:
            xlsx_zeros.show_zeros(sheets[name], archive.read(parts[name]), zeros)
    return [sheets[name] for name in chosen]


def _make_room(sheet: Sheet) -> None:
    """Formulas that were never calculated may stand outside the block of values: their cells are there, as blanks."""
    for row, column in sheet.errors:
        sheet.rows.extend([] for _ in range(row + 1 - len(sheet.rows)))
        cells = sheet.rows[row]
        cells.extend([""] * (column + 1 - len(cells)))


def _by_calamine(data: bytes, file: str, names: Sequence[str]) -> list[Sheet]:
    try:
        return calamine.read_sheets(data, file, names) if names else []
    except calamine.CalamineFailed:
        return _by_openpyxl(data, file, names)


def _by_openpyxl(data: bytes, file: str, names: Sequence[str] | None) -> list[Sheet]:
    if names is not None and not names:
        return []
    try:
        sheets = fallback.read_xlsx(data, lambda there: choose_sheets(there, names, file))
    except fallback.CannotRead as error:
        raise refusals.damaged(file) from error
    except fallback.TooScattered as error:
        raise refusals.scattered(file, error.sheet) from error
    if not sheets:
        raise refusals.damaged(file)
    return sheets
