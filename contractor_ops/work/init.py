"""Look through a folder of spreadsheets, and through a Google Sheet: what each is taken for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from contractor_ops.errors import ContractorOpsError, UnusableFile
from contractor_ops.planning.identity import own_day
from contractor_ops.planning.screen import owed_on
from contractor_ops.ports import Workbook
from contractor_ops.sources.file import FileSource, read_file
from contractor_ops.sources.find import spreadsheets_in
from contractor_ops.tables.build import build_table
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.guess import guess_table
from contractor_ops.tables.heading_words import heading_key
from contractor_ops.tables.headings import known_keys
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.sheets import choose_sheets
from contractor_ops.work.init_answers import ZONE_WAS_GUESSED, Answers, no_such_zone
from contractor_ops.work.init_found import Found, Heading, every_export
from contractor_ops.work.init_read import columns_like, doubts, fed, headings_of, left_aside, needed, people, row_of_words
from contractor_ops.work.init_recipes import shipped
from contractor_ops.work.init_rivals import settled
from contractor_ops.work.init_write import write_office

__all__ = ["ZONE_WAS_GUESSED", "Answers", "Found", "found_tables", "no_such_zone", "write_office"]

HANDED_IN = {"messages", "replies", "reviews", "ratings"}
FOLDERS = (Path(), Path("exports"))
_FIRST_OF_ALL = 1000.0
Tell = Callable[[str, int, int | None], None]
Said = Mapping[str, str | list[str]]


def found_tables(folder: Path) -> list[Found]:
    """What every spreadsheet of a folder (and its exports/) is taken for; each table once, from the file that fits best."""
    return Sheets(folder).look()


def tables_to_choose() -> dict[str, str]:
    """The tables that a spreadsheet may be, and what each is for."""
    return {name: spec.purpose for name, spec in TABLES.items() if spec.needs and name not in HANDED_IN}


def columns_of(table: str) -> tuple[str, ...]:
    """Every column that a table may have."""
    return TABLES[table].column_names


def note_of(table: str, column: str) -> str:
    """What a column is, in a few words."""
    found = TABLES[table].column(column)
    return found.note.rstrip(".") if found else ""


def columns_meant(table: str, group: Iterable[str], heading: Heading) -> list[str]:
    """Which of these columns a heading can be, by the values below it; all of them where none fits."""
    return columns_like(TABLES[table], group, heading) or list(group)


def missing_columns(table: str, headings: Iterable[str]) -> list[tuple[tuple[str, ...], bool]]:
    """Groups of columns that none of these headings names: of each the table needs one (True), or the recipes do (False)."""
    spec = TABLES[table]
    keys = known_keys(spec)
    named = {column for heading in headings for column in keys.get(heading_key(heading), ())}
    groups = dict.fromkeys(needed(spec), False) | dict.fromkeys(spec.needs, True)
    return sorted(((group, must) for group, must in groups.items() if named.isdisjoint(group)), key=lambda one: not one[1])


def is_open(folder: Path, file: str) -> bool:
    """Whether a spreadsheet program has a file open: then what is not saved yet is not seen."""
    path = folder / file
    return path.with_name(f"~${path.name}").exists() or path.with_name(f".~lock.{path.name}#").exists()


@dataclass
class Sheets:
    """The spreadsheets of a folder; `google` maps the addresses of Google Sheets to what stands in them, `key_file` is what they were read with."""

    folder: Path
    google: Mapping[str, Workbook] = field(default_factory=dict)
    key_file: str = ""

    def look(self, tell: Tell = lambda *_: None) -> list[Found]:
        """What each is taken for. Raises ContractorOpsError where the folder is none."""
        if self.folder.exists() and not self.folder.is_dir():
            raise ContractorOpsError(f"{self.folder} is a file.", "Name the folder with your spreadsheets.")
        files = {file: None for inside in FOLDERS if (self.folder / inside).is_dir() for file in spreadsheets_in(self.folder, inside)}
        looked = [one for address, book in self.google.items() for one in self._looked_at(Found(book.file, None, google=address))]
        for number, file in enumerate(files):
            tell(f"looking at {file}", number, len(files))
            looked += self._looked_at(Found(file, None))
        return settled(self.folder, looked)

    def read_as(self, one: Found, table: str, said: Said) -> Found:
        """The sheet as a person says that it is; without `table`, and with the reason in `why`, where it cannot be read so."""
        return self._if_it_reads(replace(one, table=table, said=said, why="", instead_of=""), 0)

    def headings(self, one: Found) -> list[Heading]:
        """The headings of a sheet: those of the table that it holds, else the row that reads most like headings."""
        try:
            book = self._workbook(one)
            wanted = [one.sheet] if one.sheet else None
            place = choose_sheets(TABLES[one.table], book, wanted, one.said)[0] if one.table else None
        except UnusableFile:
            return []
        if place:
            return headings_of(place.sheet, place.start.at)
        sheet = next((sheet for sheet in book.sheets if not sheet.hidden and one.sheet in {None, sheet.name}), None)
        return headings_of(sheet, row_of_words(sheet)) if sheet else []

    def _looked_at(self, one: Found) -> list[Found]:
        try:
            guesses = [guess for guess in guess_table(self._workbook(one)) if guess[0] not in HANDED_IN]
        except UnusableFile as error:
            return [replace(one, why=error.message)]
        best: dict[str | None, Found] = {}
        for table, sheet, score, columns in guesses:
            if sheet not in best:
                first = _FIRST_OF_ALL if one.google else 0
                best[sheet] = self._if_it_reads(replace(one, table=table, sheet=sheet, columns=columns), score + first)
        return list(best.values()) or [replace(one, why="not a table that I recognise")]

    def _workbook(self, one: Found) -> Workbook:
        return self.google[one.google] if one.google else read_file(self.folder / one.file, self.folder)

    def _if_it_reads(self, one: Found, score: float) -> Found:
        """The file as what it is taken for, or why it cannot be read so: what is written must pass `check`."""
        spec, sheets = TABLES[one.table or ""], [one.sheet] if one.sheet else None
        try:
            books = [self.google[one.google]] if one.google else FileSource(self.folder, [every_export(one.file)], sheets).read()
            table = build_table(spec, books, columns=one.said, sheets=sheets, country="US", complete=False)
            place = choose_sheets(spec, books[0], sheets, one.said)[0]
        except UnusableFile as error:
            return replace(one, table=None, columns=(), why=f"looks like {one.table}, but cannot be used: {error.message}")
        columns, newest = tuple(column for column in table.columns if table.has(column)), max(map(own_day, table.records), default="")
        headings = headings_of(place.sheet, place.start.at)
        left = left_aside(table, headings)
        return replace(
            one, columns=columns, rank=(_has_open_rows(table), score, newest), fed=tuple(fed(table)), left_aside=left,
            doubts=tuple(doubts(spec, table, headings, left)), rows=len(table.records), people=tuple(people(table)),
        )  # fmt: skip


def _has_open_rows(table: Table) -> bool:
    """Whether a recipe that ships would have something to do: last year's list, all of it settled, is the wrong one."""
    wanted = {status for recipe in shipped() if recipe.reads == table.name for status in recipe.when.status}
    statuses = {record["status"] for record in table.records} if wanted else set()
    if statuses - {None}:
        return any(meaning_of(str(status), TABLES[table.name].statuses) in wanted for status in statuses)
    return bool(statuses) and any(_owes(record) for record in table.records)


def _owes(record: Record) -> bool:
    return (owed_on(record) or 0) > 0
