"""What a leak is: one kind of thing that slips through, counted and priced, with how sure that is and which recipe mends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from contractor_ops.figures.values import Business, Line, Window
from contractor_ops.figures.whole_jobs import job_key

Sure = Literal["sure", "fairly sure", "a guess"]
WEIGHTS: dict[Sure, Decimal] = {"sure": Decimal(1), "fairly sure": Decimal("0.7"), "a guess": Decimal("0.3")}
"""What a dollar counts for when leaks are held against each other."""
FRESH = 7
"""Days after which a sheet's rows are told with less certainty."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One kind of thing that slips through: `part` of `whole`, which are `of` ("missed callers").

    `money` is what that is worth, None where nobody knows; `how` says how it was found. `because` gives the reason for `sure`. It was read from `rows`
    rows of `tables`, of the days in `window`. `recipe` mends it. `lines` are those that weigh most first.
    """

    key: str
    title: str
    sentence: str
    part: int
    whole: int
    of: str
    money: Decimal | None
    how: str
    sure: Sure
    because: str
    rows: int
    tables: tuple[str, ...]
    window: Window | None
    recipe: str
    lines: tuple[Line, ...]

    @property
    def weight(self) -> Decimal | None:
        """Its money, less the less sure it is."""
        return None if self.money is None else self.money * WEIGHTS[self.sure]

    @property
    def oldest(self) -> int:
        """The age in days of its oldest line."""
        return max((line.days or 0 for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Untold:
    """What the sheets cannot tell, and which table or column is missing."""

    key: str
    title: str
    why: str


def ranked(leaks: Iterable[Leak]) -> tuple[Leak, ...]:
    """Those worth fixing first in front: by money and how sure it is, then by age. Unknown money stands behind money that is known."""
    return tuple(
        sorted(leaks, key=lambda one: (one.money is None, -(one.weight or 0), -WEIGHTS[one.sure] if one.money is None else 0, -one.oldest))
    )


def claim_of(line: Line) -> tuple[str, str]:
    """Under what a line's money is counted once: its paper, a job with its customer, for one number may stand for two."""
    if line.table == "jobs" and line.record:
        return line.table, "\n".join(job_key(line.record, line.customer))
    return line.table, line.record or str(line.place)


def known_money(lines: Iterable[Line]) -> Decimal | None:
    """What is known of their money; None where nothing is."""
    amounts = [line.amount for line in lines if line.amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def without_amount(lines: Iterable[Line]) -> str:
    """How many have no amount, as the end of a sentence."""
    unknown = sum(line.amount is None for line in lines)
    return f"; {unknown:,} without an amount {'is' if unknown == 1 else 'are'} not in it" if unknown else ""


def days_of(cells: Iterable[date | None], today: date) -> Window | None:
    """From the first day to the last, as far as they are not ahead."""
    known = [day for day in cells if day is not None and day <= today]
    return Window(min(known), max(known)) if known else None


def less_sure_when_old(leak: Leak, business: Business) -> Leak:
    """A leak that was read from a sheet of last week or longer ago is told one degree less surely."""
    old = [(days, name) for name in leak.tables if (days := _age(business, name)) > FRESH]
    if not old:
        return leak
    days, name = max(old)
    degrees: Sequence[Sure] = tuple(WEIGHTS)
    less = degrees[min(degrees.index(leak.sure) + 1, len(degrees) - 1)]
    return replace(leak, sure=less, because=f"{leak.because}; the {name.replace('_', ' ')} sheet is {days} days old")


def _age(business: Business, name: str) -> int:
    table = business.tables.get(name)
    if table is None:
        return 0
    since = table.as_of or (table.read_at.astimezone(business.now.tzinfo).date() if table.read_at else None)
    return (business.today - since).days if since else 0
