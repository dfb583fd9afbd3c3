"""What is on hand, over all places where a thing lies, and what of it earlier bookings have left."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from contractor_ops.bookings.words import same_thing
from contractor_ops.tables.printable import one_line
from contractor_ops.tables.record import Record


@dataclass(slots=True)
class Stock:
    """One thing of the inventory: `free` are counted and not yet taken.

    `uncounted` names the rows whose count is not known; `low` says that it was told to order more.
    """

    name: str
    free: Decimal = Decimal(0)
    reorder_at: Decimal | None = None
    locations: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    low: bool = False

    def add(self, row: Record) -> None:
        """Count one more row of the same thing."""
        count, least, where = row["on_hand"], row["reorder_at"], one_line(str(row["location"] or ""))
        if isinstance(count, Decimal):
            self.free += count
        else:
            self.uncounted += (str(row.place),)
        if isinstance(least, Decimal):
            self.reorder_at = (self.reorder_at or Decimal(0)) + least
        if where and where not in self.locations:
            self.locations = tuple(sorted((*self.locations, where)))

    def take(self, wanted: Decimal) -> Decimal:
        """Take as many as there are, at most so many; how many that were."""
        taken = max(min(wanted, self.free), Decimal(0))
        self.free -= taken
        return taken

    def gets_low(self) -> bool:
        """Whether more should be ordered now; said once."""
        before, self.low = self.low, self.low or (self.reorder_at is not None and self.free <= self.reorder_at)
        return self.low and not before


class Shelf:
    """The inventory. A thing is found by its name and its part number, and only exactly; the order of the rows does not matter."""

    def __init__(self, inventory: Iterable[Record]) -> None:
        self._things: dict[tuple[str, str], Stock] = {}
        for row in sorted(inventory, key=lambda row: (_name(row), str(row.place))):
            key = (same_thing(_name(row)), same_thing(row["number"]))
            self._things.setdefault(key, Stock(_name(row))).add(row)
        self._named: dict[str, list[Stock]] = defaultdict(list)
        self._numbered: dict[str, list[Stock]] = defaultdict(list)
        for (name, number), stock in self._things.items():
            self._named[name].append(stock)
            if number:
                self._numbered[number].append(stock)

    def find(self, item: str, number: str) -> Stock | str:
        """The thing that a line of a list means; else a sentence that says why it is not known."""
        name, digits = same_thing(item), same_thing(number)
        if name not in self._named and digits not in self._numbered:
            return f'"{item}" is not in the inventory. Put it in, or write it as it is called there.'
        exactly = self._things.get((name, digits)) or (digits and self._things.get((name, "")))
        if exactly:
            return exactly
        if digits and name in self._named:
            return f'"{item}" has another part number in the inventory than {number}. Correct one of them.'
        fitting = self._numbered[digits] if digits else self._named[name]
        if len(fitting) == 1:
            return fitting[0]
        return f'Several things in the inventory are called "{item if not digits else number}". Write its part number, each its own, in both tables.'


def _name(row: Record) -> str:
    return one_line(str(row["item"] or row["number"] or ""))
