"""Cells of a CSV file: their letters are exchanged, every other byte stays."""

import codecs
import csv
import io
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contractor_ops.errors import NotWritten
from contractor_ops.ports import NewValue
from contractor_ops.sources.delimited import SEPARATOR_LINE, separator_of
from contractor_ops.sources.writing.placing import Target, as_text
from contractor_ops.tables.csv_out import cell as safe_cell

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_LINE_END = re.compile(r"\r\n|\n|\r")
_NOT_UNDERSTOOD = "Save it again as CSV (UTF-8), or keep the table in an Excel workbook."


@dataclass(frozen=True, slots=True)
class _Line:
    """A record as it is written: where it begins and ends in the text, its line end left out."""

    start: int
    end: int


def patched_csv(data: bytes, targets: Sequence[Target], file: str) -> bytes:
    """The file with these cells changed. Raises NotWritten for text whose encoding or quotes are not understood."""
    mark, encoding, text = _decoded(data, file)
    line = SEPARATOR_LINE.match(text)
    body = line.end() if line else 0
    separator = line[1] if line else separator_of(text)
    by_row: dict[int, dict[int, Target]] = {}
    for target in targets:
        by_row.setdefault(target.row, {})[target.column] = target
    pieces, at = [], 0
    for number, record in enumerate(_records(text, body, separator)):
        if number in by_row:
            changed = _changed(text[record.start : record.end], separator, by_row[number])
            pieces += [text[at : record.start], changed]
            at = record.end
    pieces.append(text[at:])
    try:
        return mark + "".join(pieces).encode(encoding)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise NotWritten(f'{file}: its encoding ({encoding}) has no "{letter}", so nothing was written.', _NOT_UNDERSTOOD) from None


def in_ascii(value: NewValue) -> NewValue:
    """A text without accents ("Zoë" is "Zoe"): Excel would show them wrongly in a file that holds none yet and so does not tell its encoding."""
    if not isinstance(value, str) or value.isascii():
        return value
    return "".join(_plain(letter) or letter for letter in value)


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()


def _decoded(data: bytes, file: str) -> tuple[bytes, str, str]:
    """The byte order mark, the encoding, and the text: only where it gives back the same bytes."""
    mark, known = next(((mark, known) for mark, known in _MARKS if data.startswith(mark)), (b"", None))
    body = data[len(mark) :]
    for encoding in [known] if known else ["utf-8", "cp1252"]:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and text.encode(encoding) == body:
            return mark, encoding, text
    raise NotWritten(f"{file}: its encoding is not understood well enough, so nothing was written.", _NOT_UNDERSTOOD)


def _records(text: str, start: int, separator: str) -> Iterator[_Line]:
    """Every record, in the order and number in which the reader gives them."""
    csv.field_size_limit(sys.maxsize)
    taken: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(text[start:], newline=""):
            taken.append(line)
            yield line

    for _ in csv.reader(remembered(), delimiter=separator):
        length = sum(map(len, taken))
        yield _Line(start, start + length - _length_of_end(taken[-1]))
        start += length
        taken.clear()


def _length_of_end(line: str) -> int:
    return next((len(end) for end in ("\r\n", "\n", "\r") if line.endswith(end)), 0)


def _changed(record: str, separator: str, targets: Mapping[int, Target]) -> str:
    """A record with new cells, in its own way of quoting; blanks are put in where it ends before the column."""
    any_target = next(iter(targets.values()))
    cells = _split(record, separator)
    if [_read(cell, separator) for cell in cells] != next(csv.reader(io.StringIO(record, newline=""), delimiter=separator), [""]):
        raise any_target.refused("the quotes of this row are not understood", _NOT_UNDERSTOOD)
    filled = [cell for cell in cells if cell]
    quotes_all = bool(filled) and all(cell.startswith('"') for cell in filled)
    cells += [""] * (max(targets) + 1 - len(cells))
    for column, target in targets.items():
        quoted = cells[column].startswith('"') or quotes_all
        cells[column] = _quoted(safe_cell(as_text(target.value)), separator, always=quoted)
    return separator.join(cells)


def _split(record: str, separator: str) -> list[str]:
    """The cells as they are written, quotes and all. They are the record again when joined."""
    cells, start, within = [], 0, False
    for at, letter in enumerate(record):
        if letter == '"' and (within or at == start):
            within = not within
        elif letter == '"' and record[at - 1] == '"' and record[start] == '"':
            within = True
        elif letter == separator and not within:
            cells.append(record[start:at])
            start = at + 1
    return [*cells, record[start:]]


def _read(cell: str, separator: str) -> str:
    return next(csv.reader(io.StringIO(cell, newline=""), delimiter=separator), [""])[0]


def _quoted(text: str, separator: str, *, always: bool) -> str:
    must = always or separator in text or '"' in text or _LINE_END.search(text) or text != text.strip()
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if must else text
