"""What a column and a table are: our names, the kind of value, and the headings that offices and exports use for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ColumnKind = Literal[
    "id",  # a document's number: text, leading zeros and 19 digits kept, never "….0"
    "text",  # kept as written
    "name",  # a customer or a person: "Li, Ann" becomes "Ann Li"; companies are kept
    "money",  # Decimal
    "number",  # Decimal: hours, quantities
    "day",  # date, or datetime (naive, office time) where the sheet has a time too
    "moment",  # datetime: naive means the office's time zone, aware where the file names one
    "phone",  # text in E.164, several joined with ", "; an extension stays as ";ext=12"
    "line",  # one end of a telephone call: a phone, or an extension or account of the office's own, as written
    "email",  # text in lower case, several joined with ", "
    "status",  # kept as written; its meaning is asked of the table
    "seconds",  # a duration: int seconds
    "yes_no",  # bool
]

COSTLY: frozenset[ColumnKind] = frozenset({"phone", "line", "email"})
"""Kinds whose cells take long to clean; they are also what people are told apart by."""


@dataclass(frozen=True, slots=True)
class Column:
    """One of our columns: `headings` are recognised in any case, with or without punctuation and units.

    An earlier heading beats a later one. "A | B": two headings with equal right. "A + B": headings that are put together.
    """

    name: str
    kind: ColumnKind
    headings: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One of the tables an office keeps.

    `statuses` maps each meaning that recipes name to the words that say it. `folds`: several lines with one number and
    one customer are one record. `identity`: what makes a record the same one tomorrow when it has no number. `stops`: the
    columns that end or stop messages; one of each group must be there, or the run brakes. `needs`: one of each group must be
    there, or the sheet is no such table. `unique`: the columns that no two records share. `marks`: columns that tell this table
    from the others when a folder of spreadsheets is looked through. `rolling`: a log of the last days, whose length says nothing.
    """

    name: str
    purpose: str
    columns: tuple[Column, ...]
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    folds: bool = False
    identity: tuple[str, ...] = ()
    stops: tuple[tuple[str, ...], ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    unique: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    rolling: bool = False

    def column(self, name: str) -> Column | None:
        """Our column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def known_by_address(self) -> bool:
        """Whether a row without a number is told from others by a phone or an e-mail, which then must be cleaned first."""
        return any(column.kind in COSTLY for column in self.columns if column.name in self.identity)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Our column names in their order."""
        return tuple(column.name for column in self.columns)
