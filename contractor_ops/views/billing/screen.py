"""The first look at all papers at once, in whole columns: which groups are plainly fine. Most are, and nobody reads them one by one.

A group that is let pass here has no gap; one that is not is read with every paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from contractor_ops.config import BillingPart
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.billing.case import DONE, OFF, plain
from contractor_ops.views.billing.said_done import speaks_of_done
from contractor_ops.views.billing.sums import says_done
from contractor_ops.views.books.columns import Columns
from contractor_ops.views.books.invoice_words import mentions_deposit, no_invoice_yet, notes_speak_of_a_part, speaks_of_a_part
from contractor_ops.views.books.office_books import Books
from contractor_ops.views.books.what_counts import ACCEPTED

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

_ENOUGH = 3
_USUALLY = 0.75
"""A type of job should have an accepted estimate where at least so many of its jobs, and this share of them, have one."""


@dataclass(frozen=True)
class Screen:
    """What can be said of each group by adding up columns; True: somebody must look closer."""

    books: Books
    billing: BillingPart
    today: date

    def to_look_at(self) -> list[int]:
        """The groups that are not plainly fine, in their order."""
        import numpy

        if not self.books.groups.count:
            return []
        return numpy.flatnonzero(
            self.jobs() | self.invoices() | self.payments() | self.estimates() | self.changes() | self.unlike()
        ).tolist()

    @cached_property
    def typical(self) -> frozenset[str]:
        """Types of jobs of which most have an accepted estimate. A job that lacks one is itself among those that are counted, less one."""
        import pandas

        jobs, estimates = self.tables["jobs"], self.tables["estimates"]
        if not len(jobs.records) or not len(estimates.records):
            return frozenset()
        accepted = self._any("estimates", estimates.means(ACCEPTED))
        kinds = column_of(jobs.records, "job_type")
        names = {kind: plain(kind) for kind in set(kinds)}
        each = pandas.DataFrame({"kind": [names[kind] for kind in kinds], "has": accepted[self.groups["jobs"]]})
        counted = each[~jobs.means(OFF)].groupby("kind")["has"].agg(["sum", "count"])
        usual = counted[(counted["sum"] >= _ENOUGH) & (counted["sum"] >= _USUALLY * (counted["count"] - 1))]
        return frozenset(str(kind) for kind in usual.index if kind)

    @cached_property
    def tables(self) -> dict[str, Columns]:
        """The columns of each table."""
        return {name: Columns(records) for name, records in self.books.papers.items()}

    @cached_property
    def groups(self) -> dict[str, "Array"]:
        """The group of each row; of payments, which may be in several, of each membership."""
        of = {name: self.books.groups.of_each(name) for name in ("jobs", "estimates", "change_orders", "invoices")}
        return of | {"payments": self.books.groups.groups["payments"]}

    def jobs(self) -> "Array":
        """Several jobs, a state that nobody knows, work and invoices that do not go together."""
        done, unclear, count = self._done(), self._unclear(), self._count("jobs")
        live = self._live > 0
        looks: Array = (count > 1) | (done & ~live) | ((count > 0) & ~done & live) | (unclear & live)
        return looks

    def invoices(self) -> "Array":
        """Amounts that are no plain bill, statuses that nobody knows, a balance on what is paid; parts that may not be all."""
        import numpy

        invoices = self.tables["invoices"]
        total, balance = invoices.cents("total"), invoices.cents("balance")
        unknown = invoices.means({None}) & invoices.filled("status")
        owed = numpy.where(numpy.isnan(balance), total - invoices.cents("paid"), balance)
        open_though_paid = (invoices.means({"paid"}) | invoices.filled("paid_on")) & (owed > 1)
        part = invoices.each("title", speaks_of_a_part) | invoices.each("notes", notes_speak_of_a_part) | invoices.has_space("number")
        several = ((self._live > 1) | self._any("invoices", self._stands & part)) & ~self._fits
        return self._any("invoices", self._stands & (unknown | ~(total > 0) | open_though_paid)) | several

    def payments(self) -> "Array":
        """Deposits that came as a payment, where there is an invoice that should take them off."""
        payments, rows = self.tables["payments"], self.books.groups.rows["payments"]
        for_the_job = ~payments.filled("invoice") & payments.filled("job")
        deposits = payments.each("type", mentions_deposit) | payments.each("notes", mentions_deposit) | for_the_job
        return (self._count("payments", deposits[rows]) > 0) & (self._live > 0)

    def estimates(self) -> "Array":
        """Work without an accepted estimate that has another, or should have one; deposits; several that were accepted."""
        estimates = self.tables["estimates"]
        accepted = estimates.means(ACCEPTED)
        has = self._any("estimates", accepted)
        money = (estimates.cents("deposit_required") > 0) | (estimates.cents("deposit_paid") > 0) | ~(estimates.cents("total") > 0)
        looks: Array = (
            (self._count("estimates", accepted) > 1) | self._any("estimates", accepted & money) | (self._any("estimates", ~accepted) & ~has)
        )
        return looks | (self._should_have_one() & ~has) if len(estimates.records) else looks

    def _should_have_one(self) -> "Array":
        jobs = self.tables["jobs"]
        wanted = self.typical | {plain(kind) for kind in self.billing.estimate_for}
        large = jobs.cents("total") >= float(self.billing.estimate_from * 100)
        return self._any("jobs", large | jobs.each("job_type", lambda kind: plain(kind) in wanted))

    def changes(self) -> "Array":
        """Changes that are not both approved and billed, as far as their rows say."""
        changes = self.tables["change_orders"]
        approved, billed = (
            changes.means({"approved", "billed"}),
            changes.means({"billed"}) | changes.yes("billed") | ~changes.each("invoice", no_invoice_yet),
        )
        partly = changes.filled("billed_amount")
        speaks = changes.filled("notes") | changes.each("description", speaks_of_done)
        quiet = changes.means({"pending", "declined"}) & ~billed & ~speaks & ~changes.filled("approved_on") & ~partly
        only_done = changes.each("status", says_done)
        settled = approved & billed & ~partly & ~only_done
        fine = (quiet | settled) & changes.each("amount", lambda amount: isinstance(amount, Decimal))
        void = self._any("invoices", ~self._stands)
        invoiced = (self._live > 0) | (self._count("jobs") == 0)
        looks: Array = self._any("change_orders", ~fine & (only_done | ~approved | billed)) | (self._any("change_orders", ~fine) & invoiced)
        return looks | (self._any("change_orders", billed) & void)

    def unlike(self) -> "Array":
        """Invoices beside an accepted estimate that do not come to it and the approved changes, with tax or without."""
        looks: Array = self._compared & ~self._fits
        return looks

    @cached_property
    def _compared(self) -> "Array":
        return self._any("estimates", self.tables["estimates"].means(ACCEPTED)) & (self._live > 0)

    @cached_property
    def _fits(self) -> "Array":
        """Groups whose invoices come to what was agreed."""
        import numpy

        agreed = self.tables["estimates"].means(ACCEPTED)
        changes = self.tables["change_orders"]
        extra = self._sum("change_orders", changes.cents("amount"), changes.means({"approved", "billed"}))
        near = float(self.billing.tolerance.amount * 100)
        billed, wanted = (
            self._sum(name, self.tables[name].cents("total"), which) for name, which in (("invoices", self._stands), ("estimates", agreed))
        )
        fits: Array = self._compared & (numpy.abs(billed - wanted - extra) <= near)
        left = self._compared & ~fits
        billed, wanted = (self._net("invoices", self._stands, left), self._net("estimates", agreed, left))
        fits |= left & (numpy.abs(billed - wanted - extra) <= near)
        return fits

    def _done(self) -> "Array":
        """Groups in which a job is done."""
        jobs = self.tables["jobs"]
        return self._any("jobs", jobs.means(DONE) | (~jobs.means(OFF) & self._has_been))

    def _unclear(self) -> "Array":
        """Groups with a job that is called off, or of which nobody knows whether it is done."""
        jobs = self.tables["jobs"]
        return self._any("jobs", jobs.means(OFF) | (jobs.means({None}) & ~self._has_been))

    @cached_property
    def _has_been(self) -> "Array":
        """Which jobs have a day of completion that does not lie ahead."""
        import numpy

        days = column_of(self.books.papers["jobs"], "completed_on")
        past = [isinstance(day, date) and (day.date() if isinstance(day, datetime) else day) <= self.today for day in days]
        return numpy.array(past, dtype=bool)

    @cached_property
    def _stands(self) -> "Array":
        """Which invoices stand: neither void nor still drafts."""
        return ~self.tables["invoices"].means({"draft", "void"})

    @cached_property
    def _live(self) -> "Array":
        """How many invoices of each group stand."""
        return self._count("invoices", self._stands)

    def _count(self, table: str, which: "Array | None" = None) -> "Array":
        import numpy

        return numpy.bincount(self.groups[table] if which is None else self.groups[table][which], minlength=self.books.groups.count)

    def _any(self, table: str, which: "Array") -> "Array":
        counted: Array = self._count(table, which) > 0
        return counted

    def _sum(self, table: str, amounts: "Array", which: "Array") -> "Array":
        import numpy

        return numpy.bincount(self.groups[table][which], weights=amounts[which], minlength=self.books.groups.count)

    def _net(self, table: str, which: "Array", wanted: "Array") -> "Array":
        """The totals before tax of the groups that are wanted."""
        import numpy

        rows = numpy.flatnonzero(which & wanted[self.groups[table]])
        return numpy.bincount(self.groups[table][rows], weights=self.tables[table].net(rows), minlength=self.books.groups.count)


def first_days(papers: Mapping[str, Sequence[Record]]) -> dict[str, date]:
    """The first day in a table of estimates or invoices."""
    found: dict[str, date] = {}
    for table, columns in (("estimates", ("created_on", "sent_on")), ("invoices", ("issued_on", "sent_on"))):
        days = [cell for column in columns for cell in set(column_of(papers[table], column)) if isinstance(cell, date)]
        plain_days = [day.date() if isinstance(day, datetime) else day for day in days]
        if plain_days:
            found[table] = min(plain_days)
    return found
