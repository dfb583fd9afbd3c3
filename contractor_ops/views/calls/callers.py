"""Who is calling: what the office's tables know of a telephone number. A name alone finds nobody."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of

_OTHERS = ("leads", "jobs", "estimates", "invoices")
"""Where a caller is looked for who is not in the customers table."""
_DAYS = ("received_on", "scheduled_on", "starts_at", "booked_on", "created_on", "sent_on", "issued_on", "due_on")
_SUPPLIER = re.compile(r"\b(?:suppliers?|vendors?|distributors?|wholesalers?)\b", re.IGNORECASE)
_DISPUTE = re.compile(
    r"\b(?:disput\w*|lawyers?|attorneys?|lawsuits?|suing|sued|small claims|charge ?backs?|better business bureau|bbb|refuses to pay)\b",
    re.IGNORECASE,
)
_SETTLED = frozenset({"paid", "void"})


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of one number. Where it is two people's, nobody's name, e-mail or address is told."""

    known: bool = False
    name: str | None = None
    email: str | None = None
    address: str | None = None
    customer_number: str | None = None
    office_line: bool = False
    supplier: str | None = None
    do_not_contact: bool | None = None
    handle_by_hand: bool | None = None
    pause_until: date | None = None
    dispute: str | None = None


NOBODY = Caller()


@dataclass(slots=True)
class _Found:
    """The rows that have one number: those of the customers table, and the others, the latest last."""

    customers: list[Record] = field(default_factory=list)
    others: list[Record] = field(default_factory=list)
    office_line: bool = False


def callers(numbers: Collection[str], tables: Mapping[str, Table]) -> dict[str, Caller]:
    """Everybody who has one of these numbers (E.164, without extensions)."""
    found: dict[str, _Found] = {}
    for record, number, extension in _with_number(tables.get("customers"), numbers):
        one = found.setdefault(number, _Found())
        one.customers.append(record)
        one.office_line |= extension
    for name in _OTHERS:
        for record, number, extension in _with_number(tables.get(name), numbers):
            one = found.setdefault(number, _Found())
            one.others.append(record)
            one.office_line |= extension and not one.customers
    disputes = _Disputes(tables.get("invoices"))
    return {number: _caller(number, one, disputes) for number, one in found.items()}


def _with_number(table: Table | None, numbers: Collection[str]) -> Iterator[tuple[Record, str, bool]]:
    """The rows with one of these numbers, and whether it stands there with an extension."""
    records = table.records if table else ()
    for position, cell in enumerate(column_of(records, "phone")):
        if not isinstance(cell, str):
            continue
        for part in cell.split(", ") if "," in cell else (cell,):
            number, _, extension = part.partition(";")
            if number in numbers:
                yield records[position], number, bool(extension)


def _caller(number: str, found: _Found, disputes: "_Disputes") -> Caller:
    rows = found.customers or sorted(found.others, key=_age)
    named = "name" if found.customers else "customer"
    names = {normal_name(str(row[named])): str(row[named]) for row in rows if row[named]}
    name = next(iter(names.values())) if len(names) == 1 else None
    sure = name is not None or not names
    latest = rows if sure else []
    email = _last(latest, "email") if not found.customers else _only(latest, "email")
    customer_number = _only(latest, "number" if found.customers else "customer_number")
    return Caller(
        True, name, email, _last(latest, "address") if not found.customers else _only(latest, "address"), customer_number, found.office_line,
        next((str(row["tags"]) for row in found.customers if row["tags"] and _SUPPLIER.search(str(row["tags"]))), None),
        any(row["do_not_contact"] is True for row in (*found.customers, *found.others)) or None,
        any(row["handle_by_hand"] is True for row in found.customers) or None,
        max((day for row in found.customers if isinstance(day := row["pause_until"], date)), key=str, default=None),
        _noted(found.customers) or disputes.of(number, email, customer_number, name),
    )  # fmt: skip


def _age(row: Record) -> str:
    """The latest day of a row as text that sorts; rows without one come first."""
    days = (row[name] for name in _DAYS)
    return max((day.isoformat()[:10] for day in days if isinstance(day, date | datetime)), default="")


def _only(rows: Iterable[Record], column: str) -> str | None:
    """What all rows agree on, or None."""
    cells = {str(row[column]) for row in rows if row[column]}
    return next(iter(cells)) if len(cells) == 1 else None


def _last(rows: Iterable[Record], column: str) -> str | None:
    return next((str(row[column]) for row in reversed(list(rows)) if row[column]), None)


def _noted(customers: Iterable[Record]) -> str | None:
    for row in customers:
        if said := _DISPUTE.search(str(row["notes"] or "")):
            return f'the notes on this customer say "{said[0]}"'
    return None


class _Disputes:
    """The invoices over which there is a dispute, by every way to know whose they are. Here a name is enough: a person looks before anything is said."""

    def __init__(self, invoices: Table | None) -> None:
        self.reasons: dict[str, str] = {}
        records = invoices.records if invoices else ()
        statuses, notes = column_of(records, "status"), column_of(records, "notes")
        meanings = {status: meaning_of(str(status or ""), TABLES["invoices"].statuses) for status in set(statuses)}
        for position, (status, note) in enumerate(zip(statuses, notes, strict=True)):
            words = _DISPUTE.search(note) if isinstance(note, str) and meanings[status] not in _SETTLED else None
            if words or meanings[status] == "disputed":
                self._add(records[position], words[0] if words else None)

    def _add(self, invoice: Record, words: str | None) -> None:
        which = f"invoice {invoice['number']}" if invoice["number"] else "an invoice"
        reason = f'the notes on {which} say "{words}"' if words else f"{which} is disputed"
        for column in ("phone", "email", "customer_number"):
            for part in str(invoice[column] or "").split(", "):
                self.reasons.setdefault(part.partition(";")[0], reason)
        self.reasons.setdefault(normal_name(str(invoice["customer"] or "")), reason)
        self.reasons.pop("", None)

    def of(self, number: str, email: str | None, customer_number: str | None, name: str | None) -> str | None:
        """Why there is a dispute with this caller, or None."""
        keys = (number, *(email or "").split(", "), customer_number, normal_name(name or ""))
        return next((self.reasons[key] for key in keys if key and key in self.reasons), None)
