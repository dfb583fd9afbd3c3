"""Files as a source: found, looked at, and read by the reader that fits what is in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from contractor_ops.errors import UnusableFile
from contractor_ops.ports import Sheet, Workbook
from contractor_ops.sources import refusals
from contractor_ops.sources.content import Kind, kind_of, named_like_a_workbook
from contractor_ops.sources.delimited import has_columns, read_delimited
from contractor_ops.sources.find import find_files


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, not yet understood: `file` is what people call it, `saved_at` its modification time (aware), `path` where it is."""

    file: str
    data: bytes
    saved_at: datetime
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files of an office, by name or pattern, put together; `sheets` chooses among a workbook's, None is all (a CSV has but one)."""

    office: Path
    files: Sequence[str]
    sheets: Sequence[str] | None = None

    def contents(self) -> list[Content]:
        """Every file's bytes, in order. Raises UnusableFile where a file cannot be found or opened."""
        found = find_files(self.office, self.files)
        names = Counter(_called(path, self.office) for path in found)
        return [_content(path, self.office, whole=names[_called(path, self.office)] > 1) for path in found]

    def read(self) -> list[Workbook]:
        """Every file, in order. Raises UnusableFile with the file's name, a plain reason and a remedy."""
        return self.workbooks(self.contents())

    def workbooks(self, contents: Sequence[Content]) -> list[Workbook]:
        """What stands in these contents. Raises UnusableFile."""
        return [_workbook(content, self.sheets) for content in contents]


def read_file(path: Path, office: Path, sheets: Sequence[str] | None = None) -> Workbook:
    """One file as it stands, with all its sheets or those wanted. Raises UnusableFile."""
    return _workbook(_content(path, office), sheets)


def _workbook(content: Content, sheets: Sequence[str] | None) -> Workbook:
    return Workbook(content.file, read_sheets(content.data, content.file, sheets), content.saved_at)


def _called(path: Path, office: Path) -> str:
    return path.relative_to(office).as_posix() if path.is_relative_to(office) else path.name


def _content(path: Path, office: Path, *, whole: bool = False) -> Content:
    """What is in a file; it is called by its `whole` path where another one of the table has its name."""
    file = path.as_posix() if whole else _called(path, office)
    try:
        data, saved_at = _folder_of_pages(path) if path.is_dir() else (path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except OSError as error:
        reason = (error.strerror or "it is not there").lower()
        remedy = "Close other programs that hold it, and see that you may read it."
        raise UnusableFile(f"{file} cannot be opened: {reason}.", remedy) from error
    return Content(file, data, saved_at, path)


def _folder_of_pages(path: Path) -> tuple[bytes, datetime]:
    from contractor_ops.sources.google_voice import pack

    return pack(path)


def read_sheets(data: bytes, file: str, wanted: Sequence[str] | None = None) -> list[Sheet]:
    """The sheets in a file's content, whatever its name says it is. Raises UnusableFile."""
    kind = kind_of(data, file)
    if kind is Kind.ZIP:
        from contractor_ops.sources.workbook import read_zipped

        return read_zipped(data, file, wanted)
    if kind is Kind.OLE:
        from contractor_ops.sources.xls import read_xls

        return read_xls(data, file, wanted)
    rows = read_delimited(data, file)
    if named_like_a_workbook(file) and not has_columns(rows):
        raise refusals.another_kind(file, "plain text")
    return [Sheet(None, rows)]
