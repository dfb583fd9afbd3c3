"""What a spreadsheet is taken for: in words for the person who looks on, and as lines of config.toml."""

import glob
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from contractor_ops.reports.printable import one_line
from contractor_ops.tables.catalogue import TABLES

NEWEST_IS_READ = "of these files the newest is read"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the sheet, and the first values below it."""

    text: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fed:
    """One of our columns, the headings that it comes from, and its first values."""

    column: str
    headings: tuple[str, ...]
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that only a person can say: which of the `fitting` headings is one of these columns.

    `is_missing`: no heading claims it, and these are the ones whose values could be it.
    """

    columns: tuple[str, ...]
    fitting: tuple[str, ...]
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One spreadsheet and what it is taken for: `table` is None when it fits nothing, and `why` says so.

    `rank` is what the files for one table are compared by. `instead_of` is the table that it could be, where another file was taken.
    `is_named`: config.toml says already that this is where the table is read from.
    `said` are the columns that a person has named. `people` are the first telephone numbers and addresses, for the time zone.
    """

    file: str
    table: str | None
    sheet: str | None = None
    columns: tuple[str, ...] = ()
    why: str = ""
    rank: tuple[bool, float, str] = (False, 0, "")
    instead_of: str = ""
    is_named: bool = False
    google: str = ""
    said: Mapping[str, str | list[str]] = field(default_factory=dict)
    fed: tuple[Fed, ...] = ()
    left_aside: tuple[Heading, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    rows: int = 0
    people: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The file and, where it has several, the sheet."""
        return one_line(self.file) + (f', sheet "{one_line(self.sheet)}"' if self.sheet else "")

    @property
    def is_older(self) -> bool:
        """Whether it is only an earlier export of one that is read."""
        return self.table is None and self.why.endswith(NEWEST_IS_READ)

    @property
    def lines(self) -> list[str]:
        """What config.toml says under [tables.…] to have its rows."""
        source = f"google_sheet = {quoted(self.google)}" if self.google else f"file    = {quoted(every_export(self.file))}"
        sheet = [f"sheet   = {quoted(self.sheet)}"] if self.sheet else []
        return [source, *sheet, *([f"columns = {_inline(self.said)}"] if self.said else [])]

    def in_words(self) -> str:
        """One line for the person who looks on."""
        told = f" ({', '.join(self.columns)})" if self.columns else ", as config.toml says"
        taken_for = f"{self.table}{told}" if self.table else self.why
        return f"{self.name}: {taken_for}"

    def block(self, all_found: "list[Found]") -> str:
        """Its part of config.toml, with what would fit too as remarks."""
        names = ", ".join(column for column in self.columns if TABLES[self.table or ""].column(column))
        lines = [f"[tables.{self.table}]{' ' * 39}# found: {names}", *self.lines]
        for other in all_found:
            if other.instead_of == self.table:
                lines += [
                    "# Fits too. To have it instead, put # before the lines above and take it away here:",
                    *(f"# {line}" for line in other.lines),
                ]
        return "\n".join([*lines, *([] if self.google else ['max_age = "7 days"']), ""])


def every_export(file: str) -> str:
    """ "exports/invoices_2026-11-23.csv" as a pattern: tomorrow's export has another name, and the newest is taken."""
    pattern, dated = re.subn(r"\d{4}-\d\d-\d\d([T_ -]?\d{4,6})?|\d{8,14}", "*", glob.escape(file))
    return pattern if dated else file


def quoted(text: str) -> str:
    """Text as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON allows it in quotes, TOML does not


def _inline(columns: Mapping[str, str | list[str]]) -> str:
    def value(headings: str | list[str]) -> str:
        return quoted(headings) if isinstance(headings, str) else f"[{', '.join(map(quoted, headings))}]"

    return f"{{ {', '.join(f'{name} = {value(headings)}' for name, headings in columns.items())} }}"
