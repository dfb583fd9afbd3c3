"""Workbooks in a zip: which of the zipped kinds it is, and that it is not too large to unpack."""

import io
import zipfile
import zlib
from collections.abc import Sequence

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet
from contractor_ops.sources import refusals
from contractor_ops.sources.google_voice import is_page, read_pages

_LARGEST = 2_000_000_000  # bytes: some three million rows of fifteen columns
_SUSPICIOUS, _LARGEST_RATIO = 200_000_000, 200  # a workbook's XML shrinks to a tenth or a twentieth


def read_zipped(data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    """The sheets of an .xlsx, .xlsm, .xlsb or .ods, all of them or those wanted. Raises UnusableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive, file)
            return _read_any(archive, data, file, wanted)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError) as error:
        raise refusals.damaged(file) from error


def _read_any(archive: zipfile.ZipFile, data: bytes, file: str, wanted: Sequence[str] | None) -> list[Sheet]:
    names = {name.lower().replace("\\", "/") for name in archive.namelist()}
    if "content.xml" in names:
        from contractor_ops.sources.ods import read_ods

        return read_ods(archive, data, file, wanted)
    if "xl/workbook.bin" in names:
        from contractor_ops.sources.xlsb import read_xlsb

        return read_xlsb(archive, data, file, wanted)
    if "[content_types].xml" in names and not any(name.startswith(("word/", "ppt/")) for name in names):
        from contractor_ops.sources.xlsx import read_xlsx

        return read_xlsx(archive, data, file, wanted)
    if any(is_page(part) for part in archive.namelist()):
        return read_pages(archive)
    raise refusals.another_kind(file, _what(names))


def _what(names: set[str]) -> str:
    if any(name.startswith("index/") for name in names):
        return "an Apple Numbers document"
    if any(name.startswith("ppt/") for name in names):
        return "a PowerPoint presentation"
    return "a Word document" if "word/document.xml" in names else "a zip archive"


def _refuse_bomb(archive: zipfile.ZipFile, file: str) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = sum(part.compress_size for part in archive.infolist())
    if unpacked > _LARGEST or (unpacked > _SUSPICIOUS and unpacked > _LARGEST_RATIO * packed):
        raise UnusableFile(
            f"{file} would unpack to {unpacked / 1e9:.1f} GB, far more than a table of records needs.",
            "Export the table again, or copy the rows that are in use into a new workbook.",
        )
