"""A customer's papers as `who` tells them: visits, requests, estimates, invoices, payments, jobs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.tables.record import Place


@dataclass(frozen=True, slots=True)
class Visit:
    """Work that is booked, or was to be done and is not marked as done. `when` is a moment where the sheet has a time, None where it has no day."""

    what: str
    when: date | datetime | None
    until: datetime | None
    technician: str | None
    title: str
    address: str | None
    status: str | None
    confirmed: bool | None
    booked_on: date | None
    note: str
    place: Place
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for and has no answer to yet, as the leads tell it; `contacted_on` is when the office first answered."""

    number: str
    title: str
    received_on: date | None
    contacted_on: date | None
    status: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Offer:
    """An estimate or a change order that is not settled. `days` is its age since it was sent, else since it was made."""

    number: str
    title: str
    amount: Decimal | None
    status: str | None
    sent_on: date | None
    created_on: date | None
    days: int | None
    expires_on: date | None
    remark: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice on which something is owed, or a credit (below zero). `owed` is None where the sheet does not tell."""

    number: str
    title: str
    owed: Decimal | None
    total: Decimal | None
    due_on: date | None
    days_late: int
    status: str | None
    remark: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Unbilled:
    """Work that is done and that no invoice bills. `amount` is None where the sheet does not tell."""

    number: str
    title: str
    amount: Decimal | None
    on: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in; a refund is below zero."""

    amount: Decimal | None
    on: date | None
    invoice: str
    method: str
    place: Place


@dataclass(frozen=True, slots=True)
class Done:
    """A job of the last year."""

    number: str
    title: str
    status: str | None
    on: date | None
    technician: str | None
    note: str
    address: str | None
    place: Place
