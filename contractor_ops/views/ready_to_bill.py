"""Jobs that are done, signed off with nothing missing and not billed yet: each with a draft invoice for a person to look over."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.columns import Column, TableSpec
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Table, Value
from contractor_ops.views.billing.unknown_words import unknown_statuses
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.office_books import Books, books_of
from contractor_ops.views.books.strays import Strays
from contractor_ops.views.books.what_counts import accepted, amount, meaning, sign_of
from contractor_ops.views.drafts.draft_invoice import DraftInvoice, draft_of, file_name, text_of
from contractor_ops.views.drafts.job_doubts import doubts_of_jobs, finished_on, unknown_jobs
from contractor_ops.views.drafts.maybe_ready import OVER, maybe_ready, not_ready
from contractor_ops.views.view import STORY, VERDICTS, Given, View

_JOBS = TABLES["jobs"]


def _of_jobs(name: str) -> Column:
    column = _JOBS.column(name)
    assert column is not None
    return Column(name, column.kind, (), column.note)


SPEC = TableSpec(
    "ready_to_bill",
    "Jobs that are done with nothing missing and not billed yet, each with a draft invoice.",
    (
        Column("number", "id", (), "The job's number; with the customer's name where several have it."),
        *map(_of_jobs, ("customer", "title", "completed_on")),
        Column("total", "money", (), "What the draft comes to; unknown where no sheet has the price."),
        Column("estimate", "text", (), "The accepted estimate that it is priced by."),
        *VERDICTS,
        Column("draft_name", "text", (), "The file that the draft is kept in."),
        *map(_of_jobs, ("technician", "job_type", "status", "phone", "email", "address", "notes", "customer_number")),
        *STORY,
        Column("draft", "text", (), "The whole draft, as CSV."),
    ),
    statuses=_JOBS.statuses,
    identity=("customer", "title", "completed_on"),
    unique=("number",),
)  # fmt: skip


def build(given: Given) -> Table:
    """A row for each job that is ready, in the order of the jobs sheet; jobs that one estimate holds together are one row, when all are ready.

    `passed_over` counts the other jobs, by why; `sums` has what all drafts come to.
    """
    jobs, books = given.tables["jobs"], books_of(given.tables)
    sign = sign_of(given.tables["payments"].records) if "payments" in given.tables else 1
    shared, strays = _shared_numbers(books), Strays(books)
    passed_over: Counter[str] = Counter()
    rows = []
    for group in maybe_ready(books, passed_over):
        papers = books.one(group)
        going = replace(papers, jobs=tuple(job for job in papers.jobs if meaning(job) not in OVER))
        if why := not_ready(going, given):
            passed_over[why] += len(papers.jobs)
        else:
            passed_over["cancelled"] += len(papers.jobs) - len(going.jobs)
            unsure = (*unknown_jobs(papers), *going.unsure, *strays.of(group))
            rows.append(_row(replace(going, unsure=unsure), draft_of(going, sign, given.billing), shared, given.now))
    _tell_copies(rows)
    if "invoices" not in given.tables and not jobs.has("invoice"):
        _add_doubt(rows, "no sheet holds invoices: see that it is not billed already")
    return Table(
        SPEC.name, rows, [problem for row in rows for problem in row.problems.values()], _columns(jobs),
        passed_over={why: count for why, count in passed_over.items() if count}, folded=sum(row.lines - 1 for row in rows),
        warnings=unknown_statuses(given.tables.get("invoices")), files=jobs.files, read_at=jobs.read_at, as_of=jobs.as_of,
        sums={"to bill": sum((amount(row, "total") or Decimal(0) for row in rows), Decimal(0))},
    )  # fmt: skip


READY_TO_BILL = View(SPEC, "jobs", ("estimates", "change_orders", "invoices", "payments"), build)


def _shared_numbers(books: Books) -> set[str]:
    """Job numbers that stand for several jobs: the draft of one must not settle the other's."""
    jobs, rows, groups = books.papers["jobs"], books.groups.rows["jobs"], books.groups.groups["jobs"]
    repeated = books.linker.directory("jobs").several()
    group_of = dict(zip(rows.tolist(), groups.tolist(), strict=True)) if repeated else {}
    return {str(jobs[same[0]]["number"]) for same in repeated if len({group_of[row] for row in same}) > 1}


def _number(books: JobBooks) -> str:
    return ", ".join(dict.fromkeys(str(job["number"]) for job in books.jobs if job["number"]))


def _row(books: JobBooks, draft: DraftInvoice, shared: Set[str], now: datetime) -> Record:
    jobs, first, number = books.jobs, books.jobs[0], _number(books)
    customer = _all(jobs, "customer")
    told_apart = f"{number} ({customer})" if customer and number in shared else number
    worth = dollars(draft.total)
    finished, doubt = finished_on(jobs, now)
    said = (doubt, *doubts_of_jobs(books), *draft.doubts, *books.unsure)
    values: dict[str, Value] = {
        **{name: first[name] for name in ("phone", "email", "address", "customer_number")},
        **{name: _all(jobs, name) for name in ("customer", "title", "job_type", "technician", "status", "notes")},
        "number": told_apart or None, "completed_on": finished, "total": draft.total,
        "estimate": ", ".join(str(one["number"]) for one in accepted(books.estimates, books.jobs) if one["number"]) or None,
        "draft_name": _file_name(told_apart, customer, jobs, finished),
        "draft": text_of(draft, number, customer or ""),
        "because": f"signed off with nothing missing: draft invoice {f'for {worth}' if worth else 'without a price'}",
        "review_because": "; ".join(dict.fromkeys(filter(None, said))) or None, "ended_because": None, "no_message_because": None, "falls_to": None,
    }  # fmt: skip
    return Record(SPEC.name, values, first.place, _problems(jobs), len(books.jobs))


def _tell_copies(rows: Sequence[Record]) -> None:
    """Jobs without a number that are alike in all that tells them apart share a name and a place in the ledger: a person must say."""
    alike: dict[tuple[Value, ...], list[Record]] = {}
    for row in rows:
        if row["number"] is None:
            alike.setdefault(tuple(row[name] for name in SPEC.identity), []).append(row)
    copies = [row for same in alike.values() if len(same) > 1 for row in same]
    _add_doubt(copies, "another job without a number is just like it: see whether one is a copy")


def _add_doubt(rows: Iterable[Record], doubt: str) -> None:
    for row in rows:
        row.values["review_because"] = "; ".join(str(said) for said in (row["review_because"], doubt) if said)


def _file_name(number: str, customer: str | None, jobs: Sequence[Record], finished: date | None) -> str:
    """Named by the number, else by customer and day; what tells two such apart is hashed into it where the name alone does not."""
    about = (f"{job['title']} {job['completed_on']}" for job in jobs)
    return file_name(number or f"{customer or 'job'} {finished or ''}", "\x1f".join((number, customer or "", *about)))


def _all(jobs: Sequence[Record], name: str) -> str | None:
    """What the jobs say in a column, each thing once."""
    return ", ".join(dict.fromkeys(str(job[name]) for job in jobs if job[name] is not None)) or None


def _problems(jobs: Sequence[Record]) -> Mapping[str, Problem]:
    """Cells that could not be read and on which the row stands."""
    return {name: job.problems[name] for job in jobs for name in ("completed_on",) if name in job.problems}


def _columns(jobs: Table) -> dict[str, ColumnMatch | None]:
    """Where each column comes from: the jobs sheet's own headings, else the tables put together."""
    together = ColumnMatch((), "put together from the office's tables")
    return {name: jobs.columns.get(name) or together for name in SPEC.column_names}
