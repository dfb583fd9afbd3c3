"""OpenDocument spreadsheets (.ods): looked over for cells far from the others and for error cells, then read by calamine.

Blank rows and columns are stored as one element with a count, so a stray cell costs the file nothing and its reader everything.
"""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from contractor_ops.ports import Sheet
from contractor_ops.sources import calamine, refusals
from contractor_ops.sources.xlsx_parts import Address, too_sparse

_NAME = re.compile(rb'[^>]*?table:name="([^"]*)"')
_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>(?:<text:p>([^<]*)</text:p>)?")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_MANY_ROWS = re.compile(rb'number-rows-repeated="\d{4,}"')
_MANY_COLUMNS = re.compile(
    rb'number-columns-repeated="\d{4,}"(?:[^>]*/><table:table-cell [^>]*office:value-type|[^>]*office:value-type)'
    rb'|office:value-type[^>]*number-columns-repeated="\d{4,}"'
)
_HOLDS_VALUE, _HOLDS_ERROR = b"office:value-type=", b'calcext:value-type="error"'


@dataclass(slots=True)
class OdsTable:
    """How far one sheet's values reach (counted from 1), how many cell elements hold one, and its error cells."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: dict[Address, str] = field(default_factory=dict)

    @property
    def sparse(self) -> bool:
        """Whether calamine must not lay it out."""
        return too_sparse(self.rows, self.columns, lambda: self.cells)


def read_ods(archive: zipfile.ZipFile, data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    """The wanted sheets, or all, with their error cells.

    Raises UnusableFile, also for a scattered sheet that is not wanted: calamine lays out all of them.
    """
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refusals.locked(file)
    tables = look_over(archive.read("content.xml"))
    for name, table in tables.items():
        if table.sparse:
            raise refusals.scattered(file, name)
    try:
        sheets = calamine.read_sheets(data, file, wanted)
    except calamine.CalamineFailed as error:
        raise refusals.damaged(file) from error
    for sheet in sheets:
        sheet.errors = tables[sheet.name].errors if sheet.name in tables else {}
    return sheets


def look_over(content: bytes) -> dict[str, OdsTable]:
    """Those sheets of a content.xml that are worth a slow look: with error cells, or with long gaps before a value."""
    tables = {}
    for xml in content.split(b"<table:table ")[1:]:
        name = _NAME.match(xml)
        if name and _worth_a_look(xml):
            tables[unescape(name[1].decode())] = _measure(xml)
    return tables


def _worth_a_look(xml: bytes) -> bool:
    last_value = max(0, xml.rfind(_HOLDS_VALUE))  # every sheet ends in a long repeated blank
    return _HOLDS_ERROR in xml or bool(_MANY_ROWS.search(xml, 0, last_value) or _MANY_COLUMNS.search(xml))


def _measure(xml: bytes) -> OdsTable:
    table = OdsTable()
    row = next_row = column = 0
    for tag, attributes, text in _TAG.findall(xml):
        count = _REPEATED.search(attributes)
        repeated = int(count[1]) if count else 1
        if tag == b"table-row":
            row, column = next_row, 0
            next_row += repeated
            continue
        if _HOLDS_VALUE in attributes:
            table.rows, table.columns = next_row, max(table.columns, column + repeated)
            table.cells += 1
            if _HOLDS_ERROR in attributes:
                table.errors[row, column] = unescape(text.decode()) or "#ERROR"
        column += repeated
    return table
