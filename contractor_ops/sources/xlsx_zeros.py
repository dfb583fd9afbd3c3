"""Leading zeros of an .xlsx: a cell that holds 7 and is shown as 00007 is a document's number, and calamine knows only the 7."""

import re
import zipfile

from contractor_ops.ports import Sheet
from contractor_ops.sources.xlsx_parts import column_number

_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b(?=[^>]*\bnumFmtId="(\d+)")(?=[^>]*\bformatCode="(0{2,})(?:;@)?")[^>]*>')
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_STYLE = re.compile(rb'<(?:\w+:)?xf\b[^>]*?\bnumFmtId="(\d+)"')


def zero_styles(archive: zipfile.ZipFile) -> dict[bytes, int]:
    """The cell styles whose format is only zeros ("00000"), and how many digits each shows."""
    part = next((name for name in archive.namelist() if name.lower() == "xl/styles.xml"), None)
    styles = archive.read(part) if part else b""
    widths = {number: len(zeros) for number, zeros in _FORMAT.findall(styles)}
    found = _CELL_STYLES.search(styles) if widths else None
    numbers = _CELL_STYLE.findall(found[0]) if found else []
    return {b"%d" % style: widths[number] for style, number in enumerate(numbers) if number in widths}


def show_zeros(sheet: Sheet, xml: bytes, styles: dict[bytes, int]) -> None:
    """Make texts of the whole numbers in those styles, as the sheet shows them."""
    if not styles:
        return
    cell = re.compile(
        rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)" s="(' + b"|".join(styles) + rb')"(?: t="n")?>(?:<f[^>]*>[^<]*</f>)?<(?:\w+:)?v>(\d+)</'
    )
    for letters, row, style, digits in cell.findall(xml):
        cells, column = sheet.rows[int(row) - 1 : int(row)], column_number(letters) - 1
        if cells and column < len(cells[0]):
            cells[0][column] = digits.decode().zfill(styles[style])
