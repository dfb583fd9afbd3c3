"""What figures are made of: plain values that can be printed, compared and recomputed by hand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from contractor_ops.config import Config
from contractor_ops.tables.record import Place, Table


@dataclass(frozen=True, slots=True)
class Business:
    """What figures are made from. `now` is aware, in the office's zone.

    `tables` holds the tables that the office keeps, its views (`missed_calls`, `note_gaps`, `billing_gaps` …) and what the ledger hands in
    (`messages`, `replies`, `reviews`), each under its name. A table that it does not keep, or that cannot be read, is not there; those that it
    keeps and that cannot be read are named in `unreadable`, so that nobody takes them for empty (`figures.lacking`).
    """

    tables: Mapping[str, Table]
    now: datetime
    config: Config
    is_business_day: Callable[[date], bool]
    unreadable: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody must look at or know of: "invoice 2042", whose, how much, since when.

    `amount` is None where nobody knows it; `days` is its age, or below zero how far ahead it lies. `owner` is a key of [people].
    `in_hand`: somebody has acted on it, and nobody need take it up now.
    """

    what: str
    customer: str
    why: str
    amount: Decimal | None = None
    days: int | None = None
    owner: str = ""
    table: str = ""
    record: str = ""
    place: Place | None = None
    in_hand: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind, those that weigh most first. `key` is for scripts and charts, `title` for people ("Overdue invoices"), `one` for one of them."""

    key: str
    title: str
    lines: tuple[Line, ...]
    one: str = ""

    @property
    def amount(self) -> Decimal:
        """What is known of their money."""
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal(0))

    @property
    def unknown(self) -> int:
        """How many lines have no amount that is known."""
        return sum(line.amount is None for line in self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def waiting(self) -> tuple[Line, ...]:
        """The lines that nobody has in hand."""
        return tuple(line for line in self.lines if not line.in_hand)

    @property
    def in_hand(self) -> int:
        """How many lines somebody has in hand."""
        return len(self) - len(self.waiting)

    @property
    def counted(self) -> str:
        """How many of what wait: "3 overdue invoices", "1 overdue invoice"."""
        many = f"{self.title[:1].lower()}{self.title[1:]}"
        wait = len(self.waiting)
        return f"1 {self.one}" if wait == 1 and self.one else f"{wait:,} {many}"


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a figure looks at, both counted in."""

    first: date
    last: date

    def __contains__(self, day: date | datetime | None) -> bool:
        if day is None:
            return False
        return self.first <= (day.date() if isinstance(day, datetime) else day) <= self.last

    def before(self) -> "Window":
        """The window of equal length that ends the day before this one begins."""
        length = self.last - self.first + timedelta(days=1)
        return Window(self.first - length, self.last - length)

    def with_before(self) -> "Window":
        """The days of this window and of the one before it."""
        return Window(self.before().first, self.last)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many: "7 of 9 missed calls texted back". `sentence` defines it, `window` says which days.

    `part` of `whole`; `before` is the same for the window before. `unknown` says why it cannot be told ("no calls table"), else "".
    """

    key: str
    title: str
    sentence: str
    part: int
    whole: int
    window: Window
    before: tuple[int, int] | None = None
    unknown: str = ""

    @property
    def of_one(self) -> Fraction | None:
        """The share, None where there is nothing to have a share of."""
        return Fraction(self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Average:
    """A mean over so many: "12.5 days to pay, over 31 invoices". `total` is what was added up, in `unit`; `before` is total and count of the window before."""

    key: str
    title: str
    sentence: str
    total: Decimal
    count: int
    unit: str
    window: Window
    before: tuple[Decimal, int] | None = None
    unknown: str = ""

    @property
    def mean(self) -> Decimal | None:
        """To one decimal; None where there is nothing to take the mean of."""
        return (self.total / self.count).quantize(Decimal("0.1")) if self.count else None


@dataclass(frozen=True, slots=True)
class Series:
    """A figure week by week, the oldest first: `starts` are the Mondays."""

    key: str
    title: str
    starts: tuple[date, ...]
    values: tuple[Decimal, ...]
    unit: str = "$"
    notes: tuple[str, ...] = field(default=())


def weightiest(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines by money, the largest first; those without an amount after them, the oldest first."""
    return tuple(sorted(lines, key=lambda line: (line.amount is None, -(line.amount or Decimal(0)), -(line.days or 0), line.what)))


def group(key: str, title: str, lines: Iterable[Line], one: str = "") -> Group:
    """A group of lines, those that weigh most first."""
    return Group(key, title, weightiest(lines), one)
