"""Who a customer is across rows, and whether a row is still the one that was shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from contractor_ops.tables.identity import digest_of
from contractor_ops.tables.record import Record

_WORKED_OUT = frozenset({
    "to_settle", "remarks", "availability", "sheet_technician", "kept_technician", "materials", "missing_materials",
    "no_materials_because", "suggestion", "suggested_technician", "no_technician_because", "checklist", "no_checklist_because",
    "preparation", "related_service", "rebook_on", "to_take_back", "later_job", "next_visit", "day_is_over", "bring_list",
})  # fmt: skip
OWN_DAY = ("issued_on", "sent_on", "created_on", "booked_on", "started_at", "scheduled_on", "due_on")
"""The columns that say which day a record is of, the first that it has."""


def joined_keys(customers: Sequence[tuple[str | None, tuple[str, ...]]]) -> list[str]:
    """Who each of these is, given a customer number or None and all addresses: the keys of rows that belong together are equal.

    Rows with a number are told apart by it. Rows without one belong together when they share a phone or an e-mail, and to a
    number when their addresses stand under that number and no other. A name alone joins nobody.
    """
    parent: dict[str, str] = {}
    numbers: dict[str, set[str]] = {}

    def root(address: str) -> str:
        while parent.setdefault(address, address) != address:
            address = parent[address]
        return address

    for number, addresses in customers:
        for address in addresses:
            if number:
                numbers.setdefault(address, set()).add(number)
            else:
                first, other = sorted((root(addresses[0]), root(address)))
                parent[other] = first
    members: dict[str, set[str]] = {}
    for address in parent:
        members.setdefault(root(address), set()).update(numbers.get(address, ()))
    return [_joined_key(number, addresses, root, members) for number, addresses in customers]


def _joined_key(number: str | None, addresses: tuple[str, ...], root: Callable[[str], str], members: Mapping[str, set[str]]) -> str:
    if number:
        return f"number:{number}"
    if not addresses:
        return ""
    top = root(addresses[0])
    owners = members.get(top, set())
    return f"number:{next(iter(owners))}" if len(owners) == 1 else f"{'email' if '@' in top else 'phone'}:{top}"


def own_day(record: Record) -> str:
    """The record's own day as ISO text, to notice numbers that start again in January."""
    day = next((record[name] for name in OWN_DAY if isinstance(record[name], date)), None)
    return (day.date() if isinstance(day, datetime) else day).isoformat() if isinstance(day, date) else ""


def row_hash(record: Record) -> str:
    """A hash of everything that the row says; what a view works out beside it depends on other rows, and counts where words name it."""
    return digest_of(*(f"{name}={record[name]}" for name in sorted(record.values) if record[name] is not None and name not in _WORKED_OUT))
