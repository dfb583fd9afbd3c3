"""Who is on the line, and everything that is asked first: a value. Its text stands in who_view, its rows in who_rows, what scripts read in who_json."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.reports.who_papers import Bill, Done, Offer, Paid, Request, Unbilled, Visit


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was said about the money or about calling again: by whom it is known, and for which day."""

    words: str
    for_day: date | None
    said_at: date | datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """Words that went to the customer (`ours`) or came from them; a call has its outcome in `words`. `state` is what became of it."""

    at: datetime
    ours: bool
    channel: str
    address: str
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class Stop:
    """What does not go on by itself, why, and what to type about it ("" where there is nothing to type)."""

    what: str
    why: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Age:
    """How old a table is: the day that its report names, else when its file was saved. `too_old` is the office's max_age where that has gone by.

    What is asked `live`, such as a Google sheet, is of now; `at` is then when somebody last changed it, None where that was not asked.
    """

    table: str
    file: str
    at: date | datetime | None
    too_old: str = ""
    live: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """One customer. `names` as the sheets write them; `papers` counts rows by table, and is empty for somebody whom no sheet has.

    `found_as` names the papers that were asked for by number. `called_back` is None where no call was missed. `unclear` names rows that could be
    somebody else's, `namesakes` customers who are called the same.
    """

    names: tuple[str, ...]
    number: str | None
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    addresses: tuple[str, ...]
    notes: str
    papers: Mapping[str, int]
    found_as: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()
    requests: tuple[Request, ...] = ()
    estimates: tuple[Offer, ...] = ()
    invoices: tuple[Bill, ...] = ()
    payments: tuple[Paid, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    messages: tuple[Said, ...] = ()
    calls: tuple[Said, ...] = ()
    called_back: bool | None = None
    jobs: tuple[Done, ...] = ()
    stopped: tuple[Stop, ...] = ()
    unclear: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()
    to_bill: tuple[Unbilled, ...] = ()

    @property
    def owed(self) -> Decimal:
        """What is known to be owed, credits taken off."""
        return sum((bill.owed for bill in self.invoices if bill.owed is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several customers who fit what was typed, with what tells them apart."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    addresses: tuple[str, ...]
    papers: Mapping[str, int]
    found_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPerson:
    """Somebody of the office or a technician. `off` is what the sheet says of their days off; `visits` are those of today and tomorrow."""

    name: str
    role: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    off: str = ""
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of whoever was asked for: a caller, or choices where several fit.

    `not_kept` are tables that the office does not keep, `not_read` those that could not be read, `troubles` sentences about them and the ledger:
    what they would tell is not known. `own` are those of our own people who fit too.
    """

    asked: str
    now: datetime
    caller: Caller | None
    choices: tuple[Choice, ...]
    sources: tuple[Age, ...]
    not_kept: frozenset[str] = frozenset()
    not_read: frozenset[str] = frozenset()
    troubles: tuple[str, ...] = ()
    own: tuple[OwnPerson, ...] = ()

    def knows(self, table: str) -> bool:
        """Whether a table was there to be asked."""
        return table not in self.not_kept | self.not_read
