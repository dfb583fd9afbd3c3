"""What a draft invoice is made from: those of a job's papers that have a say in its price."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contractor_ops.config import BillingPart
from contractor_ops.tables.record import Record
from contractor_ops.views.books.billed import taken_back
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.what_counts import (
    accepted,
    amount,
    is_shared,
    live,
    numbers_in,
    received,
    says_billed,
    state_of,
    told_once,
)

Money = tuple[Record, Decimal | None]
"""A paper and what it is worth here, None where nobody says."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The papers that count. `priced` are the jobs that tell a total, or should; `changes` are approved and not billed.

    `billed` are invoices for a deposit, `credits` those below zero, `prepaid` what was paid on none of the job's invoices. `taken_back` are
    invoices and the credits that take them back whole: together they are nothing.
    """

    books: JobBooks
    billing: BillingPart
    agreed: tuple[Record, ...]
    priced: tuple[Record, ...]
    changes: tuple[Record, ...]
    billed: tuple[Money, ...]
    credits: tuple[Money, ...]
    prepaid: tuple[Money, ...]
    taken_back: tuple[Record, ...] = ()

    @property
    def told_deposits(self) -> tuple[Money, ...]:
        """The deposits that were paid, as the accepted estimates tell it."""
        return tuple((one, paid) for one in self.agreed if (paid := amount(one, "deposit_paid")))


def basis_of(books: JobBooks, sign: int, billing: BillingPart) -> Basis:
    """Sort a job's papers. `sign` is that of the payments sheet."""
    everything = live(books.invoices)
    gone = taken_back(everything)
    standing = [(one, amount(one, "total")) for one in everything if one not in gone]
    return Basis(
        books, billing,
        agreed=tuple(accepted(books.estimates, books.jobs)),
        priced=tuple(told_once(books.jobs, "total")),
        changes=tuple(one for one in books.change_orders if state_of(one) == "approved" and not says_billed(one)),
        billed=tuple((one, total) for one, total in standing if total is None or total > 0),
        credits=tuple((one, total) for one, total in standing if total is not None and total <= 0),
        prepaid=tuple(_prepaid(books, sign, [one for one, _ in standing])),
        taken_back=tuple(gone),
    )  # fmt: skip


def _prepaid(books: JobBooks, sign: int, standing: Sequence[Record]) -> list[Money]:
    """What came in, other than on these invoices."""
    billed = frozenset[tuple[str, str]]().union(*(numbers_in(one["number"]) for one in standing))
    before = [one for one in books.payments if not numbers_in(one["invoice"]) & billed]
    worth = ((one, None if is_shared(one, books) else received(one, sign)) for one in before)
    return [(one, came_in) for one, came_in in worth if came_in != 0]
