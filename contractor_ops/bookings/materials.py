"""What each booking needs, held against what is on hand: what to pull, what to order, what nobody can say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.bookings.shelf import Shelf, Stock
from contractor_ops.bookings.words import plain, same_thing
from contractor_ops.tables.printable import one_line
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.books.numbers import core_of, numbers_written
from contractor_ops.views.moments import day_of, in_utc

NOTHING = "Nothing to bring: its materials list says so."
WITH_THE_FIRST = "Its materials are on the list of this job's first visit."
_NONE = frozenset({"none", "nothing", "n/a", "na", "-", "no material"})
"""What an item is called that is none, as `same_thing` writes it."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An open booking, as its materials depend on it. `key` is what the caller calls it; `kind` the name of its kind of job, "" where unknown."""

    key: str
    number: str
    job_type: str
    title: str
    kind: str
    starts: Value


@dataclass(frozen=True, slots=True)
class Materials:
    """What to pull from the shelf, what is missing and must be ordered, and what a person must settle: a sentence each."""

    lines: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Need:
    """One thing on a list; `quantity` None is unknown."""

    item: str
    number: str
    quantity: Decimal | None
    places: list[str] = field(default_factory=list)


_List = dict[tuple[str, str], _Need]


def check_materials(
    bookings: Iterable[Booking], materials: Sequence[Record], inventory: Sequence[Record], now: datetime
) -> dict[str, Materials]:
    """The materials of each open booking, by its key. Who starts earlier takes first; the order of rows does not matter."""
    shelf, lists = Shelf(inventory), _Lists(materials)
    found: dict[str, Materials] = {}
    first: dict[tuple[str, str], Materials] = {}
    for booking in sorted(bookings, key=lambda booking: _turn(booking, now)):
        job = core_of(booking.number)
        if any(job) and job in first:  # several visits of a job use its materials once
            found[booking.key] = _with(first[job])
            continue
        found[booking.key] = first[job] = _checked(booking, lists.of(booking), shelf)
    return found


def _with(first: Materials) -> Materials:
    """What a later visit is told: where its materials are, or the same where none are listed."""
    nothing_listed = first.lines == (NOTHING,) or not (first.lines or first.missing)
    return first if nothing_listed else Materials((WITH_THE_FIRST,), first.missing)


def _turn(booking: Booking, now: datetime) -> tuple[bool, date, float, str, str]:
    """Whose turn it is: by day, then by time; a day without a time first, no day last."""
    day, moment = day_of(booking.starts, now), in_utc(booking.starts, now)
    return (day is None, day or date.min, moment.timestamp() if moment else 0, booking.number, booking.key)


def _checked(booking: Booking, needed: "_List | None", shelf: Shelf) -> Materials:
    if needed is None:
        named = booking.job_type or booking.title
        kind = f'"{one_line(named)}"' if named else "a job without a type"
        return Materials(
            doubts=(
                f'There is no materials list for {kind}. Add its rows to the materials table; its item "none" says that it needs nothing.',
            )
        )
    lines, missing, doubts = [], [], []
    for _, need in sorted(needed.items()):
        if need.quantity is None:
            doubts.append(f'How many "{need.item}" it needs is not said ({", ".join(sorted(need.places))}). Write a number there.')
        elif need.quantity:
            pulled, short, doubt = _taken(need, need.quantity, shelf)
            lines += pulled
            missing += short
            doubts += doubt
    return Materials(tuple(lines) if lines or missing or doubts else (NOTHING,), tuple(missing), tuple(doubts))


def _taken(need: _Need, wanted: Decimal, shelf: Shelf) -> tuple[list[str], list[str], list[str]]:
    """The lines to pull, to order and to settle for one thing, which is off the shelf afterwards."""
    stock = shelf.find(need.item, need.number)
    if isinstance(stock, str):
        return [], [], [stock]
    taken = stock.take(wanted)
    lines = [_line(stock, taken)] if taken else []
    if taken == wanted:
        return lines, [], []
    if stock.uncounted:
        return (
            lines,
            [],
            [f"It needs {_number(wanted)} {stock.name}, and nobody knows how many there are ({', '.join(stock.uncounted)}). Count them."],
        )
    left = f"{_number(taken)} left for it" if taken else "none left for it"
    return lines, [f"Order {_number(wanted - taken)} × {stock.name}: it needs {_number(wanted)}, {left}."], []


def _line(stock: Stock, taken: Decimal) -> str:
    """ "2 × Filter (Shelf A1); 3 left, order more" at the booking that brings it down to where more is ordered."""
    where = f" ({', '.join(stock.locations)})" if stock.locations else ""
    return f"{_number(taken)} × {stock.name}{where}" + (f"; {_number(stock.free)} left, order more" if stock.gets_low() else "")


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


class _Lists:
    """The materials table: what single jobs need, and what kinds of job need."""

    def __init__(self, materials: Iterable[Record]) -> None:
        self._jobs: dict[tuple[str, str], _List] = defaultdict(dict)
        self._types: dict[str, _List] = defaultdict(dict)
        for row in materials:
            for needed in self._meant(row):
                _add(needed, row)

    def _meant(self, row: Record) -> list[_List]:
        if row["job"]:
            return [self._jobs[core_of(number)] for number in numbers_written(row["job"]) or [str(row["job"])]]
        name = plain(row["job_type"])
        return [self._types[name]] if name else []

    def of(self, booking: Booking) -> _List | None:
        """What a booking needs: for a thing on the job's own list that holds, else what its kind needs. None where there is no list."""
        own = self._jobs.get(core_of(booking.number)) if booking.number else None
        names = (plain(booking.title), plain(booking.job_type), plain(booking.kind))
        usual = next((self._types[name] for name in names if name in self._types), None)
        return None if own is None and usual is None else _together(usual or {}, own or {})


def _together(usual: _List, own: _List) -> _List:
    named = {name for name, _ in own}
    return {key: need for key, need in usual.items() if key[0] not in named} | own


def _add(needed: _List, row: Record) -> None:
    """Put a row on its list; a thing that stands there twice is needed as often as both say."""
    item, number = one_line(str(row["item"] or row["number"] or "")), one_line(str(row["number"] or ""))
    amount = row["quantity"]
    quantity = amount if isinstance(amount, Decimal) and amount >= 0 else None
    if same_thing(item) in _NONE:
        quantity = Decimal(0)
    key = (same_thing(item), same_thing(number))
    need = needed.setdefault(key, _Need(item, number, Decimal(0)))
    need.item = min(need.item, item)
    need.quantity = None if need.quantity is None or quantity is None else need.quantity + quantity
    if quantity is None:
        need.places.append(str(row.place))
