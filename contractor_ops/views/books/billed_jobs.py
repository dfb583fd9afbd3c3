"""Which jobs are billed already: their own row says so, or an invoice that stands is theirs, by number or, where it names no job, by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.numbers import base_of, core_of, numbers_written
from contractor_ops.views.books.office_books import Books, books_of
from contractor_ops.views.books.what_counts import NOT_BILLED, speaks_of_deposit

_NO = frozenset({
    "no", "n", "none", "not yet", "no invoice", "pending", "to do", "todo", "tbd", "0", "false", "open", "to be invoiced", "to be billed",
    "not invoiced", "not billed", "needs invoice",
})  # fmt: skip
"""What stands in a column of invoice numbers where there is no invoice."""
Core = tuple[str, str]


@dataclass(frozen=True)
class Billed:
    """What the invoices say, read once: most jobs are found by the number as it is written, and nothing is taken apart for them.

    `jobs` are all jobs' numbers; `cells` what standing invoices have in their column of jobs; `standing` and `others` the invoices' own numbers.
    """

    jobs: frozenset[Value]
    cells: frozenset[Value]
    standing: frozenset[Value]
    others: frozenset[Value]

    def by_an_invoice(self, number: Value) -> bool:
        """Whether an invoice names this job: the same number, the same but for letters and zeros before it, or a segment of it (1234-1)."""
        if not isinstance(number, str):
            return False
        if number in self.cells or number in self._odd or number in self._of_segments:
            return True
        letters, rest = core_of(number)
        if (letters, rest) in self._cores or ("", rest) in self._cores or (not letters and rest in self._rests):
            return True
        base = base_of(number)
        return base is not None and base not in self.jobs and (base in self.cells or base in self._odd)

    def by_its_row(self, invoice: Value) -> bool:
        """Whether the invoice that stands in the job's own row bills it: one that is void or still a draft does not."""
        if invoice in self.standing:
            return True
        if invoice is None or str(invoice).strip().casefold() in _NO:
            return False
        numbers = {core_of(number) for number in numbers_written(invoice)}
        return not numbers or bool(numbers & self._standing_cores or numbers - self._standing_cores - self._other_cores)

    @cached_property
    def _odd(self) -> frozenset[str]:
        """The numbers in cells that name several jobs, or one as it stands in no row."""
        return frozenset(number for cell in self.cells - self.jobs for number in numbers_written(cell))

    @cached_property
    def _of_segments(self) -> frozenset[str | None]:
        """The jobs of which an invoice bills a segment that is no job of its own."""
        return frozenset(base_of(number) for number in self._odd - self.jobs)

    @cached_property
    def _cores(self) -> frozenset[Core]:
        return frozenset(map(core_of, self._odd))

    @cached_property
    def _rests(self) -> frozenset[str]:
        return frozenset(rest for _, rest in self._cores)

    @cached_property
    def _standing_cores(self) -> frozenset[Core]:
        return frozenset(core_of(str(number)) for number in self.standing)

    @cached_property
    def _other_cores(self) -> frozenset[Core]:
        return frozenset(core_of(str(number)) for number in self.others)


def billed(jobs: Sequence[Record], invoices: Table | None) -> Billed:
    """Gather what the invoices say of these jobs; credits and invoices for a deposit bill no work."""
    records: Sequence[Record] = invoices.records if invoices else ()
    standing = _bills_work(records)
    numbers = column_of(records, "number")
    cells = frozenset(cell for cell, stands in zip(column_of(records, "job"), standing, strict=True) if stands and cell is not None)
    sound = frozenset(number for number, stands in zip(numbers, standing, strict=True) if stands and number is not None)
    return Billed(frozenset(column_of(jobs, "number")), cells, sound, frozenset(numbers) - sound - {None})


def _bills_work(invoices: Sequence[Record]) -> list[bool]:
    """Whether each invoice bills work: neither void nor a draft, no credit, not the deposit."""
    statuses, totals, titles = (column_of(invoices, name) for name in ("status", "total", "title"))
    known = TABLES["invoices"].statuses
    over = {status for status in set(statuses) if status is not None and meaning_of(str(status), known) in NOT_BILLED}
    deposit = {title: speaks_of_deposit(title) for title in set(titles)}
    return [
        status not in over and not (isinstance(total, Decimal) and total <= 0) and not deposit[title]
        for status, total, title in zip(statuses, totals, titles, strict=True)
    ]


class ByName:
    """Invoices that name no job, found by their customer: only where nothing else fits. The books are put together when they are first needed."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        records: Sequence[Record] = tables["invoices"].records if "invoices" in tables else ()
        loose = [at for at, job in enumerate(column_of(records, "job")) if job is None]
        told = frozenset(column_of(tables["jobs"].records, "invoice")) if loose else frozenset()  # what a job's own row names
        unnamed = [record for at in loose if (record := records[at])["customer"] and record["number"] not in told]
        self._names = {normal_name(str(one["customer"])) for one, bills in zip(unnamed, _bills_work(unnamed), strict=True) if bills}

    @cached_property
    def _books(self) -> Books:
        return books_of(self._tables)

    def bills(self, position: int, job: Record) -> bool:
        """Whether the job at this position of the jobs table is billed by such an invoice."""
        if normal_name(str(job["customer"] or "")) not in self._names:
            return False
        rows, groups = self._books.groups.rows["jobs"], self._books.groups.groups["jobs"]
        found = groups[rows == position]
        invoices = self._books.one(int(found[0])).invoices if len(found) else ()
        return any(_bills_work(invoices))
