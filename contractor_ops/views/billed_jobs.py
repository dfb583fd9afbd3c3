"""Which jobs are billed already: their own row says so, or an invoice that stands names them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Table, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.book_numbers import base_of, core_of, numbers_written

_NOT_BILLED = frozenset({"draft", "void"})
_NO = frozenset(
    {
        "no",
        "n",
        "none",
        "not yet",
        "no invoice",
        "pending",
        "to do",
        "todo",
        "tbd",
        "0",
        "false",
        "to be invoiced",
        "to be billed",
        "not invoiced",
        "not billed",
    }
)


@dataclass(frozen=True)
class Billed:
    """What the invoices say. `named` are jobs that standing invoices name, as written; `standing` and `known` the invoices' own numbers."""

    named: frozenset[str]
    cores: frozenset[tuple[str, str]]
    rests: frozenset[str]
    standing: frozenset[tuple[str, str]]
    known: frozenset[tuple[str, str]]
    jobs: frozenset[Value]

    def by_an_invoice(self, number: Value) -> bool:
        """Whether an invoice names this job: the same number, the same but for letters and zeros before it, or a segment of it (1234-1)."""
        if not isinstance(number, str):
            return False
        if number in self.named:
            return True
        letters, rest = core_of(number)
        if (letters, rest) in self.cores or ("", rest) in self.cores or (not letters and rest in self.rests):
            return True
        base = base_of(number)
        return base is not None and base not in self.jobs and base in self.named

    def by_its_row(self, invoice: Value) -> bool:
        """Whether the invoice that stands in the job's own row bills it: one that is void or still a draft does not."""
        if invoice is None or str(invoice).strip().casefold() in _NO:
            return False
        numbers = {core_of(number) for number in numbers_written(invoice)}
        return not numbers or bool(numbers & self.standing or numbers - self.known)


def billed(jobs: Sequence[Record], invoices: Table | None) -> Billed:
    """Gather what the invoices say of these jobs; credits and invoices for a deposit bill no work."""
    records: Sequence[Record] = invoices.records if invoices else ()
    numbers = frozenset(column_of(jobs, "number"))
    standing = _standing(records)
    cells = {cell for cell, stands in zip(column_of(records, "job"), standing, strict=True) if stands and cell is not None}
    exact = cells & numbers
    odd = frozenset(_odd(cells - exact, numbers))
    cores = frozenset(map(core_of, odd))
    own = [core_of(str(number)) if number else None for number in column_of(records, "number")]
    return Billed(
        frozenset(map(str, exact)) | odd, cores, frozenset(rest for _, rest in cores),
        frozenset(core for core, stands in zip(own, standing, strict=True) if core and stands), frozenset(core for core in own if core), numbers,
    )  # fmt: skip


def _odd(cells: Iterable[Value], numbers: frozenset[Value]) -> Iterator[str]:
    """The numbers in cells that name several jobs, or one as it stands in no row; a segment (1234-1) names its job, too."""
    for cell in cells:
        for number in numbers_written(cell):
            yield number
            base = base_of(number)
            if base is not None and number not in numbers:
                yield base


def _standing(invoices: Sequence[Record]) -> list[bool]:
    """Whether each invoice bills work: neither void nor a draft, no credit, not the deposit."""
    statuses, totals, titles = (column_of(invoices, name) for name in ("status", "total", "title"))
    known = TABLES["invoices"].statuses
    over = {status for status in set(statuses) if status is not None and meaning_of(str(status), known) in _NOT_BILLED}
    return [
        status not in over and not (isinstance(total, Decimal) and total <= 0) and not (isinstance(title, str) and "deposit" in title.casefold())
        for status, total, title in zip(statuses, totals, titles, strict=True)
    ]  # fmt: skip
