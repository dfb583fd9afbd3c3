"""Binary Excel workbooks (.xlsb), by calamine alone: its error cells are blanks here, nothing else reads them."""

import re
import struct
import zipfile
from collections.abc import Sequence

from contractor_ops.ports import Sheet
from contractor_ops.sources import calamine, refusals
from contractor_ops.sources.xlsx_parts import too_sparse

_DIMENSION = re.compile(rb"\x94\x01\x10.{4}(.{4}).{4}(.{4})", re.DOTALL)  # the record BrtWsDim, near the beginning of a sheet
_HEAD = 4096
_LEAST_CELL_BYTES = 8


def read_xlsb(archive: zipfile.ZipFile, data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    """The wanted sheets, or all. Raises UnusableFile."""
    sheets = [part for part in archive.infolist() if re.fullmatch(r"xl/worksheets/[^/]+\.bin", part.filename)]
    if any(_scattered(archive, part) for part in sheets):
        raise refusals.scattered(file, None)
    try:
        return calamine.read_sheets(data, file, wanted)
    except calamine.CalamineFailed as error:
        raise refusals.damaged(file) from error


def _scattered(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as stream:
        size = _DIMENSION.search(stream.read(_HEAD))
    rows, columns = struct.unpack("<II", size[1] + size[2]) if size else (0, 0)
    return too_sparse(rows + 1, columns + 1, lambda: part.file_size // _LEAST_CELL_BYTES)
