"""CSV, TSV and their cousins: text in any usual encoding, with any usual separator, as a grid of str."""

import codecs
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Cell

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_LINES_LOOKED_AT = 300
_LETTERS_LOOKED_AT = 200_000
# Longest first: UTF-32's mark begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


MOST_NULS = 10
"""A few stray zero bytes are dirt in an export; many mean that it is no text at all."""


def read_delimited(data: bytes, file: str) -> list[list[Cell]]:
    """Every record as a list of str; `rows[0]` is what a spreadsheet would number row 1 (an empty line is a row).

    Raises UnusableFile for binary content and for a quote that is never closed, naming the row where it was opened.
    """
    text = _decode(data, file)
    line = SEPARATOR_LINE.match(text)  # Excel obeys this line and does not show it
    if line:
        text = text[line.end() :]
    rows = _records(text, line[1] if line else separator_of(text), file)
    if '="' in text or '=""' in text:
        rows = [[_unforced(cell) for cell in row] for row in rows]
    return rows


def separator_of(text: str) -> str:
    """The separator that cuts the largest share of the first records into the same number of cells; a comma where none does.

    A share, because a wrong separator does not see the quotes and makes several records of a cell with line breaks.
    """

    def agreement(separator: str) -> tuple[float, int]:
        widths = Counter(width for width in _widths(text, separator) if width)
        records = widths.total()
        del widths[1]
        return max(((count / records, width) for width, count in widths.items()), default=(0, 0))

    best = max(SEPARATORS, key=agreement)
    if _fits_quotes(text, best):
        return best
    return max((one for one in SEPARATORS if _cuts_headings(text, one) and _fits_quotes(text, one)), key=agreement, default=best)


def has_columns(rows: list[list[Cell]]) -> bool:
    """Whether at least two rows have more than one cell: text that is no table at all has not."""
    return sum(1 for row in islice(rows, _LINES_LOOKED_AT) if len(row) > 1) >= 2


def _widths(text: str, separator: str) -> Iterator[int]:
    csv.field_size_limit(sys.maxsize)
    return (len(row) for row in islice(csv.reader(_lines(text[:_LETTERS_LOOKED_AT]), delimiter=separator), _LINES_LOOKED_AT))


def _cuts_headings(text: str, separator: str) -> bool:
    return next(_widths(text, separator), 0) > 1


def _fits_quotes(text: str, separator: str) -> bool:
    """Whether every quoted cell of the first records ends where this separator stands; what is cut off at the end is not held against it."""
    try:
        for _ in islice(csv.reader(_lines(text[:_LETTERS_LOOKED_AT]), delimiter=separator, strict=True), _LINES_LOOKED_AT):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return True


def _lines(text: str) -> Iterator[str]:
    return io.StringIO(text, newline="")  # lines end in CRLF, LF or CR, and keep their ends


def _records(text: str, separator: str, file: str) -> list[list[Cell]]:
    csv.field_size_limit(sys.maxsize)
    rows: list[list[Cell]] = []
    try:
        rows.extend(csv.reader(_lines(text), delimiter=separator, strict=True))
    except csv.Error:
        return _loose_records(text, separator, file)
    return rows


def _loose_records(text: str, separator: str, file: str) -> list[list[Cell]]:
    """Read text whose quotes are not all doubled: `"2" pipe"` is a cell, a quote that swallows the next lines is not."""
    rows: list[list[Cell]] = []
    lines: list[str] = []  # of the record being read
    last = ""

    def remembered() -> Iterator[str]:
        for line in _lines(text):
            lines.append(line)
            yield line

    for row in csv.reader(remembered(), delimiter=separator):
        rows.append(row)
        if len(lines) > 1 and not _well_quoted(lines, separator):
            raise _unclosed(file, len(rows))
        last = lines[-1]
        lines.clear()
    if not _closed(last, separator):
        raise _unclosed(file, len(rows))
    return rows


def _well_quoted(lines: list[str], separator: str) -> bool:
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def _closed(last_line: str, separator: str) -> bool:
    """Whether the line ends outside quotes: a line put after it is a record of its own."""
    return len(list(csv.reader([last_line, "x"], delimiter=separator))) == 2


def _unclosed(file: str, row: int) -> UnusableFile:
    return UnusableFile(
        f'{file}, row {row}: a quote (") is opened and never closed, so where the rows end cannot be told.',
        "Export the file again, or close or remove the quote in that row.",
    )


def _unforced(cell: str) -> str:
    """`="5001"` is how some exports keep a spreadsheet from reading a number: the text alone."""
    return cell[2:-1].replace('""', '"') if len(cell) > 2 and cell.startswith('="') and cell.endswith('"') else cell


def _decode(data: bytes, file: str) -> str:
    text = _decoded(data)
    if text is None or text.count("\0") > MOST_NULS:
        raise UnusableFile(
            f"{file} is neither a spreadsheet nor text that can be read.", "Export it again as CSV (UTF-8) or as an Excel workbook."
        )
    return text.replace("\0", "")


def _decoded(data: bytes) -> str | None:
    known = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    # Excel on Windows saves "CSV" in CP1252 and "Unicode text" in UTF-16.
    for encoding in [known] if known else ["utf-8", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best else None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    head = data[:2000]
    even, odd = head[0::2], head[1::2]
    if odd and odd.count(0) > 0.6 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even and even.count(0) > 0.6 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return None
