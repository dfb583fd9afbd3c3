"""What needs a person: one item for each thing to do, in the order to do it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from contractor_ops.reports.format import listed

Urgency = Literal["urgent", "failed", "in doubt", "mend", "release", "decide", "do", "backlog", "tidy"]
"""urgent: somebody may be in danger · failed, in doubt: a message that may not have arrived · mend: a row that cannot be used ·
release: words that a person reads first ·
decide: a question, or a row with a doubt · do: a task ·
backlog: what was due long before the first run · tidy: an unreadable cell that stopped nothing."""

_RANK: Mapping[Urgency, int] = {
    "urgent": -1, "failed": 0, "in doubt": 0, "mend": 1, "release": 2, "decide": 2, "do": 2, "backlog": 3, "tidy": 4,
}  # fmt: skip
_GRAVE = 0
"""A visit of today or tomorrow that nobody may come to stands with messages that did not arrive."""
AT_STAKE = frozenset({"billing_gaps"})
"""Tables whose rows are money at stake, which does not grow with its age: among themselves the largest comes first."""
_UNKNOWN_AMOUNT = Decimal(1000)  # a missed call has no amount, which is not to say that it is worth nothing


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a person must look at. `owner` is a name; `age` is in days from when it was due, None if unknown.

    `about` names the documents ("estimate E-1042"), `next` is an imperative sentence, `rows` counts the rows it settles,
    `review` is its number in the review queue where it has one, `table` says what its amount is of, `grave` that it is
    about who comes today or tomorrow.
    """

    urgency: Urgency
    owner: str
    customer: str
    amount: Decimal | None
    age: int | None
    about: str
    reason: str
    place: str
    next: str
    recipe: str = ""
    rows: int = 1
    review: int | None = None
    table: str = ""
    grave: bool = False

    @property
    def order(self) -> tuple[int, Decimal, str, str]:
        """Sorts the most urgent first; the last two only keep equals in a stable order."""
        worth = _UNKNOWN_AMOUNT if self.amount is None else abs(self.amount)
        rank = min(_RANK[self.urgency], _GRAVE) if self.grave else _RANK[self.urgency]
        return rank, -worth * max(self.age or 0, 1), self.about, self.place


@dataclass(frozen=True, slots=True)
class Section:
    """All that one person has to do, the most urgent first."""

    owner: str
    items: tuple[Item, ...]

    @property
    def amount(self) -> Decimal | None:
        """The money in its items, as far as it is known, once for each document, whatever its steps; None for a mixture.

        Invoices that are owed and estimates that may never be are one.
        """
        with_amounts = sorted((item for item in self.items if item.amount is not None), key=lambda item: abs(item.amount or Decimal(0)))
        once = {(item.table, item.about, item.customer): item.amount for item in with_amounts}
        return total(once.values()) if len({item.table for item in with_amounts}) == 1 else None


def by_owner(items: Iterable[Item]) -> tuple[Section, ...]:
    """A section for each owner; the person with the most urgent item comes first."""
    owners: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: item.order):
        owners.setdefault(item.owner, []).append(item)
    return tuple(Section(owner, tuple(_largest_first(theirs))) for owner, theirs in owners.items())


def _largest_first(items: Sequence[Item]) -> Iterator[Item]:
    """The items in their order, but that money at stake, in the places that it has in the list, goes by amount; what is not known comes last."""
    by_amount = iter(sorted((item for item in items if item.table in AT_STAKE), key=_by_amount))
    return (next(by_amount) if item.table in AT_STAKE else item for item in items)


def _by_amount(item: Item) -> tuple[int, bool, Decimal]:
    return _RANK[item.urgency], item.amount is None, -abs(item.amount or Decimal(0))


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def rows_in_words(rows: Sequence[int]) -> str:
    """Write row numbers as "row 31" or "rows 12, 13 and 18-21": runs of neighbours are drawn together."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    parts = [text for run in runs for text in _run(run)]
    return f"{'row' if len(set(rows)) == 1 else 'rows'} {listed(parts)}" if parts else ""


def _run(run: Sequence[int]) -> list[str]:
    return [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(row) for row in run]
