"""Where an office's tables come from, and what writes into them where the office allows it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from contractor_ops.config import Config
from contractor_ops.errors import NotWritten, UnusableFile
from contractor_ops.ports import Cell, SheetWriter, Source, Workbook
from contractor_ops.sources.file import Content, FileSource
from contractor_ops.sources.standard_input import StandardInput
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.record import Place, Table

if TYPE_CHECKING:
    from contractor_ops.sources.google_sheet import Books


@dataclass
class Sources:
    """The sheets of the office in `folder`. `replaced` maps a table to another file, "-" is standard input."""

    folder: Path
    config: Config
    replaced: Mapping[str, str]
    clock: Callable[[], datetime]
    _as_read: dict[tuple[str, str], tuple[Path, str]] = field(default_factory=dict)

    def table(self, name: str, complete: bool) -> Table:
        """A table as its source has it now. Raises UnusableFile, whose sentence begins with the table's name."""
        from contractor_ops.sources.remembered import table_of

        part, country = self.config.tables.get(name), self.config.office.country
        columns = part.columns if part else {}
        # Another file in its place has sheets of its own; the headings are the office's still.
        sheets = part.wanted_sheets if part and name not in self.replaced else None

        def build(workbooks: Sequence[Workbook]) -> Table:
            from contractor_ops.tables.build import build_table

            return build_table(TABLES[name], workbooks, columns=columns, sheets=sheets, country=country, complete=complete)

        source = self._source(name)
        if not isinstance(source, FileSource):
            return build(source.read())
        try:
            contents = source.contents()
        except UnusableFile as error:
            raise UnusableFile(f"{of_table(name)}{error.message}", error.remedy) from error
        if part and part.write_back:
            for one in contents:
                self._note(name, one)
        which = f"{name}, complete" if complete else name
        return table_of(contents, self.folder, which, (columns, sheets, country), lambda: build(source.workbooks(contents)))

    def _note(self, name: str, content: Content) -> None:
        """Remember what a file held; where it was another thing when the same run read it before, nothing that it can hold will do."""
        from contractor_ops.sources.writing.file import fingerprint

        if content.path:
            held, before = fingerprint(content.data), self._as_read.get((name, content.file))
            self._as_read[name, content.file] = (
                content.path,
                held if before is None or before == (content.path, held) else f"{before[1]}, {held}",
            )

    def writer(self, name: str, file: str, now: datetime) -> SheetWriter:
        """What writes into a file that a table was read from. Raises NotWritten where there is none."""
        if self._is_live(name):
            from contractor_ops.office_google import google_writer

            return google_writer(self.config, name, self.folder, self._google)
        from contractor_ops.sources.writing.file import FileWriter

        if (name, file) not in self._as_read:
            raise NotWritten(f"{file}: the table {name} comes from nothing that can be written into, so nothing was written.",
                             f"Take write_back out of [tables.{name}] in config.toml.")  # fmt: skip
        path, as_read = self._as_read[name, file]
        return FileWriter(path, file, self.folder, as_read, now)

    def one_thing(self, name: str, file: str) -> str:
        """The same for tables that stand in one file or spreadsheet, and for no others, whatever it is called."""
        if (name, file) in self._as_read:
            path, held = self._as_read[name, file]  # what was read before and after somebody saved it stands in other rows
            return f"{path.resolve()} {held}"
        if self._is_live(name):
            from contractor_ops.office_google import google_sheet

            source = google_sheet(self.config, name, self._google, self.clock)
            return source.books.book(source.address).key
        return f"{name}: {file}"

    def as_read(self, table: Table, whose: Sequence[str]) -> Callable[[Place, frozenset[str]], Mapping[str, Cell] | None] | None:
        """What gives a row's cells as they were read (nothing is asked again), where a writer cannot tell by itself whether they are still so.

        `whose` are our columns that tell whose row it is.
        """
        if not self._is_live(table.name):
            return None
        from contractor_ops.sources.writing.as_read import RowsAsRead

        matches = (table.columns.get(column) for column in whose)
        headings = [heading for match in matches if match for heading in match.headings]
        return RowsAsRead([sheet for book in self._source(table.name).read() for sheet in book.sheets], headings).cells

    def _is_live(self, name: str) -> bool:
        return name in self.config.tables and name not in self.replaced and bool(self.config.tables[name].google_sheet)

    def forget(self) -> None:
        """Look at everything anew when it is asked for."""
        self._as_read.clear()
        self.close()

    def close(self) -> None:
        """Let go of connections."""
        if books := self.__dict__.pop("_google", None):
            books.close()

    def _source(self, name: str) -> FileSource | Source:
        replaced, part = self.replaced.get(name), self.config.tables.get(name)
        if replaced == "-":
            return StandardInput(sys.stdin.buffer)
        if replaced:
            return FileSource(Path.cwd(), [replaced], None)
        assert part is not None
        if part.google_sheet:
            from contractor_ops.office_google import google_sheet

            return google_sheet(self.config, name, self._google, self.clock)
        if part.source:
            from contractor_ops.office_inboxes import call_log

            return call_log(self.config, self.folder, self.clock)
        return FileSource(self.folder, part.patterns, part.wanted_sheets)

    @cached_property
    def _google(self) -> "Books":
        """The office's spreadsheets at Google, each read once. Raises MissingSecret."""
        from contractor_ops.office_google import open_books

        return open_books(self.config, self.folder)


def of_table(name: str) -> str:
    """What begins a sentence about a table that cannot be read."""
    return f"Table {name}: "
