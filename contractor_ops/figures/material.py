"""What the jobs to come need, held against what is on the shelf."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from contractor_ops.figures.calendar import Booking, bookings
from contractor_ops.figures.values import Business, Window
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.books.numbers import core_of, numbers_written

Needs = dict[str, Decimal]
"""So many of each item, by its key."""


class Shelf:
    """What is on hand, over all places where an item lies. An item is found by its part number, else by its name."""

    def __init__(self, business: Business) -> None:
        self.left: dict[str, Decimal | None] = {}
        self.names: dict[str, str] = {}
        self._by_number: dict[str, str] = {}
        for one in business.tables["inventory"].records:
            key = _folded(one["item"]) or _folded(one["number"])
            self.names.setdefault(key, str(one["item"] or one["number"] or ""))
            if number := _folded(one["number"]):
                self._by_number.setdefault(number, key)
            before, here = self.left.get(key, Decimal(0)), one["on_hand"]
            self.left[key] = None if before is None or not isinstance(here, Decimal) else before + here

    def key(self, material: Record) -> str:
        """The item that a line of materials means."""
        key = self._by_number.get(_folded(material["number"])) or _folded(material["item"])
        self.names.setdefault(key, str(material["item"] or material["number"] or ""))
        return key

    def take(self, key: str, needed: Decimal) -> str:
        """Take so many off the shelf; what is missing, or ""."""
        there = self.left.get(key)
        if there is None:
            return f"needs {needed:f} {self.names[key]}, and nobody knows how many there are"
        self.left[key] = max(there - needed, Decimal(0))
        return f"needs {needed:f} {self.names[key]}, {there:f} left" if there < needed else ""


def shortages(business: Business, window: Window) -> Iterator[tuple[Booking, str]]:
    """The jobs for which something is missing, and what. Jobs take from the shelf in the order of their days."""
    if not {"jobs", "materials", "inventory"} <= business.tables.keys():
        return
    shelf = Shelf(business)
    lists = _lists(business, shelf)
    for one in _jobs(business, window):
        lacks = [told for key, needed in sorted(_needed(one, lists).items()) if (told := shelf.take(key, needed))]
        if lacks:
            yield one, "; ".join(lacks)


def _jobs(business: Business, window: Window) -> Iterator[Booking]:
    """The jobs of these days, the first that starts in front; one that has several rows needs its material once."""
    seen: set[str] = set()
    for one in sorted(
        bookings(business, window), key=lambda one: (one.starts, one.job, str(one.record["customer"]), str(one.record["title"]))
    ):
        if one.record.table == "jobs" and (not one.job or one.job not in seen):
            seen.add(one.job)
            yield one


def _lists(business: Business, shelf: Shelf) -> Mapping[object, Needs]:
    """What each job (by its number) and each kind of job (by its name) needs; a blank quantity is one."""
    found: dict[object, Needs] = defaultdict(lambda: defaultdict(Decimal))
    for one in business.tables["materials"].records:
        quantity = one["quantity"] if isinstance(one["quantity"], Decimal) else Decimal(1)
        keys: list[object] = [core_of(number) for number in numbers_written(one["job"])] if one["job"] else [_folded(one["job_type"])]
        for key in filter(None, keys):
            found[key][shelf.key(one)] += quantity
    return found


def _needed(one: Booking, lists: Mapping[object, Needs]) -> Needs:
    """What a job needs: for an item of its own list that holds, else what its kind of job needs."""
    by_type = lists.get(_folded(one.record["job_type"]), {})
    own = lists.get(core_of(one.job), {}) if one.job else {}
    return {**by_type, **own}


def _folded(cell: Value) -> str:
    return " ".join(str(cell or "").casefold().split())
