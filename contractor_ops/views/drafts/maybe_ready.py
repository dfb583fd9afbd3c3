"""Which jobs are ready to bill: a first look at whole columns, for most are billed long since, then a closer one at the papers of the rest."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from contractor_ops.notes.needs import missing
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.office_books import Books
from contractor_ops.views.books.what_counts import (
    NOT_BILLED,
    accepted,
    amount,
    drafts,
    is_deposit,
    live,
    meaning,
    numbers_in,
    speaks_of_deposit,
)
from contractor_ops.views.moments import day_of
from contractor_ops.views.view import Given

if TYPE_CHECKING:
    from numpy import ndarray

    Flags = ndarray[Any, Any]

OVER = frozenset({"cancelled", "no-show"})
_NOT_YET = frozenset({"no", "n", "none", "not yet", "no invoice", "pending", "to do", "todo", "tbd", "tba", "0", "false", "-", "n/a"})
"""What stands in the column for the invoice where there is none."""
_MAY_BE_DONE = frozenset({"completed", "invoiced", None})


def maybe_ready(books: Books, passed_over: Counter[str]) -> Iterator[int]:
    """The groups with jobs that are worth a closer look, in the order of the jobs; the jobs of the others are counted by why."""
    import numpy

    jobs = books.papers["jobs"]
    states = _meanings("jobs", column_of(jobs, "status"))
    over = numpy.array([state in OVER for state in states], dtype=bool)
    open_still = numpy.array([state not in _MAY_BE_DONE for state in states], dtype=bool) & ~over
    said = numpy.array([state == "invoiced" for state in states], dtype=bool)
    not_done = _any(books, "jobs", open_still) | ~_any(books, "jobs", ~over)
    billed = ~not_done & (_any(books, "jobs", said) | _any(books, "invoices", _surely_bills(books.papers)))
    size = numpy.bincount(books.groups.groups["jobs"], minlength=books.groups.count)[: books.groups.with_jobs]
    passed_over["not completed"] += int(size[not_done].sum())
    passed_over["billed"] += int(size[billed].sum())
    yield from numpy.flatnonzero(~not_done & ~billed).tolist()


def _any(books: Books, table: str, flags: "Flags") -> "Flags":
    """For each group with jobs whether one of its members in a table is flagged."""
    import numpy

    groups = books.groups.groups[table][flags[books.groups.rows[table]]] if len(flags) else numpy.array([], dtype=int)
    return numpy.bincount(groups, minlength=books.groups.count)[: books.groups.with_jobs] > 0


def _surely_bills(papers: Mapping[str, Sequence[Record]]) -> "Flags":
    """Invoices that stand and are no credit, and of which nothing says that they are for a deposit only."""
    import numpy

    invoices = papers["invoices"]
    asked = {deposit for deposit in column_of(papers["estimates"], "deposit_required") if deposit is not None}
    titles = column_of(invoices, "title")
    deposit = {title: speaks_of_deposit(title) for title in set(titles)}
    cells = zip(_meanings("invoices", column_of(invoices, "status")), column_of(invoices, "total"), titles, strict=True)
    return numpy.array(
        [
            state not in NOT_BILLED and (not isinstance(total, Decimal) or total > 0) and total not in asked and not deposit[title]
            for state, total, title in cells
        ],
        dtype=bool,
    )


def _meanings(table: str, statuses: Sequence[Value]) -> list[str | None]:
    """What each status means, asked once for each word."""
    known = {status: meaning_of(str(status), TABLES[table].statuses) if status is not None else None for status in set(statuses)}
    return [known[status] for status in statuses]


# ── the closer look ──────────────────────────────────────────────────────────────────────────────────────────────────


def not_ready(books: JobBooks, given: Given) -> str:
    """Why there is no draft yet, "" where there is one."""
    if not all(_is_done(job, given) for job in books.jobs):
        return "not completed"
    if _is_billed(books):
        return "billed"
    if drafts(books.invoices):
        return "drafted"
    return "incomplete" if any(missing(job, given.notes) for job in books.jobs) else ""


def _is_done(job: Record, given: Given) -> bool:
    """Whether the work is finished: its status says so; without one that is known, the day on which it was completed does."""
    state, finished = meaning(job), day_of(job["completed_on"], given.now)
    if finished is not None and finished > given.now.date():
        return False
    return state in {"completed", "invoiced"} or (state is None and finished is not None)


def _is_billed(books: JobBooks) -> bool:
    """Whether an invoice stands, other than for the deposit, or a job says that one does."""
    agreed = accepted(books.estimates, books.jobs)
    if any(meaning(job) == "invoiced" or _names_an_invoice(job, books) for job in books.jobs):
        return True
    standing = ((one, amount(one, "total")) for one in live(books.invoices))
    return any((total is None or total > 0) and not is_deposit(one, agreed) for one, total in standing)


def _names_an_invoice(job: Record, books: JobBooks) -> bool:
    """Whether a job says that it is billed by an invoice that no sheet has: "2042", "yes", "QuickBooks"."""
    said = str(job["invoice"] or "").strip()
    known = frozenset[tuple[str, str]]().union(*(numbers_in(one["number"]) for one in books.invoices))
    return bool(said) and said.casefold() not in _NOT_YET and (not numbers_in(said) or bool(numbers_in(said) - known))
