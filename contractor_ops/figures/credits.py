"""What customers have to their credit, and what they owe beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contractor_ops.figures.bills import Bill
from contractor_ops.figures.values import Business
from contractor_ops.tables.record import Record
from contractor_ops.views.books.customers import Customers


@dataclass(frozen=True, slots=True)
class Credit:
    """One customer's credits. `open_bills` are the positions of the invoices on which they owe, `owes` what is known of those."""

    customer: str
    amount: Decimal
    owes: Decimal
    open_bills: tuple[int, ...]
    record: Record


def credits_of(business: Business, found: Sequence[Bill]) -> list[Credit]:
    """Every customer with a credit: one customer is the same number, phone or e-mail; a name, where nothing tells two apart. `found` are all the bills."""
    credited = [bill for bill in found if bill.state == "credit"]
    if not credited:
        return []
    records = business.tables["invoices"].records
    who = Customers(records)
    open_by = _by_key((bill for bill in found if bill.state == "open"), who)
    return [_credit(same, open_by, who, records) for same in _together(credited, who)]


def _together(credited: Sequence[Bill], who: Customers) -> list[list[Bill]]:
    """The credits of one customer each. The order of the rows does not matter: whoever shares a key is one."""
    groups: list[list[Bill]] = []
    by_key = _by_key(credited, who)
    seen: set[int] = set()
    for bill in credited:
        if bill.at in seen:
            continue
        same, ahead = [], [bill]
        seen.add(bill.at)
        while ahead:
            one = ahead.pop()
            same.append(one)
            ahead += list(_others(one, by_key, who, seen))
        groups.append(same)
    return groups


def _credit(same: Sequence[Bill], open_by: dict[str, list[Bill]], who: Customers, records: Sequence[Record]) -> Credit:
    seen: set[int] = set()
    mine = [bill for one in same for bill in _others(one, open_by, who, seen)]
    first = min((records[one.at] for one in same), key=lambda record: (str(record["number"]), str(record.place)))
    owes = sum((bill.owed for bill in mine if bill.owed is not None), Decimal(0))
    amount = -sum((one.owed for one in same if one.owed is not None), Decimal(0))
    return Credit(str(first["customer"] or ""), amount, owes, tuple(sorted(seen)), first)


def _by_key(some: Iterator[Bill] | Sequence[Bill], who: Customers) -> dict[str, list[Bill]]:
    found: dict[str, list[Bill]] = {}
    for bill in some:
        for key in who.keys(bill.at):
            found.setdefault(key, []).append(bill)
    return found


def _others(one: Bill, by_key: dict[str, list[Bill]], who: Customers, seen: set[int]) -> Iterator[Bill]:
    """The bills of the same customer that have not been seen yet; they have then."""
    for key in who.keys(one.at):
        for bill in by_key.get(key, ()):
            if bill.at not in seen and who.agree(one.at, who, bill.at):
                seen.add(bill.at)
                yield bill
