"""A first look at whole columns: which jobs and invoices are plainly billed. Most are; the others are looked at by the rule in `billed`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.billed import is_billed
from contractor_ops.views.books.invoice_words import mentions_deposit
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.office_books import Books, books_of
from contractor_ops.views.books.what_counts import NOT_BILLED


class BilledJobs:
    """Which jobs of an office are billed. Most are found by a number as it is written; the books are put together for the rest, once somebody asks."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._jobs: Sequence[Record] = tables["jobs"].records
        invoices: Sequence[Record] = tables["invoices"].records if "invoices" in tables else ()
        sure = surely_bill(invoices, tables["estimates"].records if "estimates" in tables else ())
        cells, numbers = column_of(invoices, "job"), column_of(invoices, "number")
        self._named = {cell for cell, bills in zip(cells, sure, strict=True) if bills and cell is not None}
        self._standing = {number for number, bills in zip(numbers, sure, strict=True) if bills and number is not None} - _repeated(numbers)
        self._shared = _repeated(column_of(self._jobs, "number"))
        self._has_invoices = len(invoices) > 0
        self._has_credits = any(credits_among(invoices))

    def at_once(self, position: int, number: Value, invoice: Value) -> bool:
        """Whether a job's own number, or the invoice in its row, is enough to say that it is billed; else somebody must look closer."""
        named = invoice in self._standing or (number in self._named and number not in self._shared)
        return named and position not in self._credited

    def closer(self, position: int) -> bool:
        """Whether the job at this position of the jobs table is billed, by all papers that are its."""
        if not self._has_invoices:
            return is_billed(self._jobs[position], JobBooks((self._jobs[position],)))
        return is_billed(self._jobs[position], self._books.one(int(self._groups[position])))

    @cached_property
    def _credited(self) -> frozenset[int]:
        """The jobs of groups with a credit, which may take back what is billed. Most offices have a few, or none: then no books are needed."""
        if not self._has_credits:
            return frozenset()
        groups = self._books.groups
        credited = groups.of_each("invoices")[credits_among(self._books.papers["invoices"])]
        return frozenset(row for group in set(credited.tolist()) for row in groups.members("jobs", group))

    @cached_property
    def _books(self) -> Books:
        return books_of(self._tables)

    @cached_property
    def _groups(self) -> Sequence[int]:
        return self._books.groups.of_each("jobs").tolist()  # type: ignore[no-any-return]


def _repeated(numbers: Sequence[Value]) -> set[Value]:
    if len(set(numbers)) == len(numbers):
        return set()
    return {number for number, times in Counter(numbers).items() if times > 1}


def surely_bill(invoices: Sequence[Record], estimates: Sequence[Record]) -> list[bool]:
    """Which invoices stand, are no credit, and have nothing of a deposit about them."""
    asked = {deposit for deposit in column_of(estimates, "deposit_required") if deposit is not None}
    statuses, totals, titles = (column_of(invoices, name) for name in ("status", "total", "title"))
    known = TABLES["invoices"].statuses
    over = {status for status in set(statuses) if status is not None and meaning_of(str(status), known) in NOT_BILLED}
    deposit = {title for title in set(titles) if mentions_deposit(title)}
    return [
        status not in over and (not isinstance(total, Decimal) or total > 0) and total not in asked and title not in deposit
        for status, total, title in zip(statuses, totals, titles, strict=True)
    ]


def credits_among(invoices: Sequence[Record]) -> list[bool]:
    """Which invoices are below zero: a group with one may have nothing billed in the end."""
    return [isinstance(total, Decimal) and total < 0 for total in column_of(invoices, "total")]
