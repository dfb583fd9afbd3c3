"""Excel 97-2003 workbooks (.xls), and what else stands in the same kind of container."""

import re
import struct
from collections.abc import Callable, Sequence
from functools import partial

from contractor_ops.ports import Sheet
from contractor_ops.sources import calamine, fallback, refusals
from contractor_ops.sources.choose import choose_sheets
from contractor_ops.sources.xlsx_parts import too_sparse

_ENCRYPTED_WORKBOOK = "EncryptedPackage".encode("utf-16-le")  # an .xlsx with a password is put into an OLE container
# Excel 97-2003 marks an encrypted workbook right after its first record; calamine takes the older of two ciphers for plain cells.
_FILEPASS = re.compile(rb"\x09\x08(?:\x10\x00.{16}|\x08\x00.{8})(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_OTHERS = {
    "WordDocument": "a Word document",
    "PowerPoint Document": "a PowerPoint presentation",
    "__properties_version1.0": "an Outlook message",
}
# A cell that is an error (BOOLERR), or a formula whose answer is one. Where the pattern fits by chance it costs time only.
_ERROR_CODE = rb"[\x00\x07\x0f\x17\x1d\x24\x2a]"
_ERROR_CELL = re.compile(rb"\x05\x02\x08\x00.{6}" + _ERROR_CODE + rb"\x01|\x06\x00.{8}\x02." + _ERROR_CODE + rb".{3}\xff\xff", re.DOTALL)
_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00.{4}(.{4}).{2}(.{2})\x00\x00", re.DOTALL)
_LEAST_CELL_BYTES = 10


def read_xls(data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    """The wanted sheets, or all, with their error cells. Raises UnusableFile."""
    if _ENCRYPTED_WORKBOOK in data or _FILEPASS.search(data):
        raise refusals.locked(file)
    for stream, what in _OTHERS.items():
        if stream.encode("utf-16-le") in data:
            raise refusals.another_kind(file, what)
    by_xlrd, by_calamine = partial(_by_xlrd, data, file, wanted), partial(calamine.read_sheets, data, file, wanted)
    if _scattered(data):
        return _first_that_can(file, by_xlrd)
    if _ERROR_CELL.search(data):
        return _first_that_can(file, by_xlrd, by_calamine)
    return _first_that_can(file, by_calamine, by_xlrd)


def _first_that_can(file: str, *readers: Callable[[], list[Sheet]]) -> list[Sheet]:
    for read in readers:
        try:
            return read()
        except (calamine.CalamineFailed, fallback.CannotRead):
            continue
    raise refusals.damaged(file)


def _scattered(data: bytes) -> bool:
    sizes = (struct.unpack("<IH", rows + columns) for rows, columns in _DIMENSIONS.findall(data))
    possible = [(rows, columns) for rows, columns in sizes if rows <= 65_536 and columns <= 256]
    return any(too_sparse(rows, columns, lambda: len(data) // _LEAST_CELL_BYTES) for rows, columns in possible)


def _by_xlrd(data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    return fallback.read_xls(data, lambda there: choose_sheets(there, wanted, file))
