"""Which jobs are ready to bill: a first look at whole columns, for most are billed long since, then a closer one at the papers of the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from contractor_ops.notes.needs import missing
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.billed import is_billed
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.office_books import Books
from contractor_ops.views.books.surely_billed import credits_among, surely_bill
from contractor_ops.views.books.what_counts import drafts, meaning
from contractor_ops.views.moments import day_of
from contractor_ops.views.view import Given

if TYPE_CHECKING:
    from numpy import ndarray

    Flags = ndarray[Any, Any]

OVER = frozenset({"cancelled", "no-show"})
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
    invoices, estimates = books.papers["invoices"], books.papers["estimates"]
    sure, credits = (numpy.array(which, dtype=bool) for which in (surely_bill(invoices, estimates), credits_among(invoices)))
    billed = ~not_done & (_any(books, "jobs", said) | (_any(books, "invoices", sure) & ~_any(books, "invoices", credits)))
    size = numpy.bincount(books.groups.groups["jobs"], minlength=books.groups.count)[: books.groups.with_jobs]
    passed_over["not completed"] += int(size[not_done].sum())
    passed_over["billed"] += int(size[billed].sum())
    yield from numpy.flatnonzero(~not_done & ~billed).tolist()


def _any(books: Books, table: str, flags: "Flags") -> "Flags":
    """For each group with jobs whether one of its members in a table is flagged."""
    import numpy

    groups = books.groups.groups[table][flags[books.groups.rows[table]]] if len(flags) else numpy.array([], dtype=int)
    return numpy.bincount(groups, minlength=books.groups.count)[: books.groups.with_jobs] > 0


def _meanings(table: str, statuses: Sequence[Value]) -> list[str | None]:
    """What each status means, asked once for each word."""
    known = {status: meaning_of(str(status), TABLES[table].statuses) if status is not None else None for status in set(statuses)}
    return [known[status] for status in statuses]


# ── the closer look ──────────────────────────────────────────────────────────────────────────────────────────────────


def not_ready(books: JobBooks, given: Given) -> str:
    """Why there is no draft yet, "" where there is one."""
    if not all(_is_done(job, given) for job in books.jobs):
        return "not completed"
    if any(is_billed(job, books) for job in books.jobs):
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
