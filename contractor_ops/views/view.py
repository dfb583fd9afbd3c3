"""What a view is: tables in, one table out. Pure, like everything here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.config import BillingPart, JobKindPart, NotesPart
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.record import Table

ENDED_BECAUSE = Column("ended_because", "text", (), "Why nothing is to be done about this row, where the view knows; it ends the row.")
REVIEW_BECAUSE = Column("review_because", "text", (), "What a person must look at first, where the view found something.")
NO_MESSAGE_BECAUSE = Column("no_message_because", "text", (), "Why no message may go to this one: the recipe's next step is taken at once.")
VERDICTS = (ENDED_BECAUSE, REVIEW_BECAUSE, NO_MESSAGE_BECAUSE)
"""Columns in which a view may settle a row by itself; planning asks them of every view."""
BECAUSE = Column("because", "text", (), "Why the row is there: it begins the reason of every decision about it.")
FALLS_TO = Column("falls_to", "text", (), "Whose it is, where that is not the recipe's owner: a key of [people].")
STORY = (BECAUSE, FALLS_TO)
"""Columns in which a view tells what it found, and whose that is; planning asks them of every view."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a view is made from. `tables` holds those that the office keeps, and `messages` and `replies` from the ledger.

    `now` is aware, in the office's zone. Numbers are E.164. `never_text` maps a number to what the office calls it. `judge` takes the words of a
    customer and gives triage's label and reason ("urgent", "smell of gas"). `notes` and `billing` are those parts of config.toml, `people`
    the keys of [people]. `own` has what the ledger's own records of bookings say, by job and column; `job_types` is that part of config.toml.
    `holiday_on` names a day that is a holiday; `open_on` has the weekdays (0 = Monday) on which the office is open.
    `only`: the numbers of the rows that anybody will look at, None for all; rows without a number are always there.
    """

    tables: Mapping[str, Table]
    now: datetime
    country: str
    own_numbers: frozenset[str]
    staff_numbers: frozenset[str]
    never_text: Mapping[str, str]
    judge: Callable[[str], tuple[str, str]]
    is_business_day: Callable[[datetime], bool]
    notes: NotesPart = field(default_factory=NotesPart)
    billing: BillingPart = field(default_factory=BillingPart)
    people: frozenset[str] = frozenset()
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    job_types: Mapping[str, JobKindPart] = field(default_factory=dict)
    holiday_on: Callable[[date], str | None] = lambda day: None
    open_on: Collection[int] = range(7)
    only: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A view: what its rows look like, the table it cannot do without, those that it uses where the office keeps them."""

    spec: TableSpec
    main: str
    also: tuple[str, ...]
    build: Callable[[Given], Table]
