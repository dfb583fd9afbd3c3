"""What in a budget is not certain: the row that says too little, and how to write it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from contractor_ops.reports.budget import LABELS, Figure
from contractor_ops.reports.budget_money import called
from contractor_ops.reports.format import listed, money
from contractor_ops.tables.record import Problem, Record, Table
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.what_counts import amount, meaning, numbers_in, state_of

_READ = frozenset({
    "", "number", "job", "invoice", "estimate", "status", "total", "subtotal", "tax", "amount", "billed", "balance", "paid", "deposit_paid",
    "retainage", "costs", "materials_cost", "hours", "budget", "approved_on", "refunded_on",
})  # fmt: skip
"""The columns on which a figure may rest ("" is the row as a whole): a telephone number that cannot be read makes no amount unsure."""


def cells(books: JobBooks) -> tuple[tuple[Problem, ...], bool]:
    """The cells of a job's papers that could not be read, and whether a figure may rest on one of them."""
    papers = (*books.jobs, *books.estimates, *books.change_orders, *books.invoices, *books.payments)
    found = [(name, problem) for paper in papers for name, problem in paper.problems.items()]
    return tuple(problem for _, problem in found), any(name in _READ for name, _ in found)


def lacking(figures: Mapping[str, Figure]) -> Iterator[str]:
    """A sentence for each figure that is not known because a row lacks its amount; what a row's own cell tells already is not repeated."""
    for name, figure in figures.items():
        silent = [row.record for row in figure.rows if row.amount is None]
        if figure.amount is None and figure.note and any(not record.problems for record in silent):
            places = listed([str(record.place) for record in silent])
            remedy = " Write it there." if figure.note.startswith("the amount of") else ""
            yield f"{LABELS[name]}: {figure.note} ({places}).{remedy}"


def unsure_changes(changes: Iterable[Record]) -> list[str]:
    """The change orders of which nobody knows whether they were approved."""
    return [
        f"{called(one)} ({one.place}): {_status(one)} whether it was approved; it is not counted. "
        'Write "Approved", "Pending" or "Declined".'
        for one in changes
        if state_of(one) is None
    ]


def _status(change: Record) -> str:
    return f'the status "{change["status"]}" does not say' if change["status"] is not None else "no status says"


def unsure_invoices(invoices: Iterable[Record]) -> list[str]:
    """The invoices whose status is a word that is not known."""
    return [
        f'{called(one)} ({one.place}): the status "{one["status"]}" is not known; it is counted as billed. '
        'Write "Sent" if it was sent, "Draft" or "Void" if it should not count.'
        for one in invoices
        if one["status"] is not None and meaning(one) is None
    ]


def unsure_visits(visits: Sequence[Record]) -> str:
    """Rows of one job that tell different totals."""
    told = listed([f"{money(amount(one, 'total'))} in {one.place}" for one in visits])
    return f"Visits of one job tell different totals ({told}): they are added up. If one is the whole, write it in every row."


def lost_invoice(books: JobBooks, invoices: Table) -> str:
    """What is wrong where a job tells of an invoice that is not among its papers, and how to write it; "" where none does."""
    here = frozenset[tuple[str, str]]().union(*(numbers_in(one["number"]) for one in books.invoices))
    for job in books.jobs:
        if numbers_in(job["invoice"]) - here:
            return f"{called(job)} ({job.place}) names invoice {job['invoice']}, which was not found.{_like(invoices)}"
        if meaning(job) == "invoiced" and not books.invoices:
            return f'{called(job)} ({job.place}) is "{job["status"]}", and no invoice of it was found.{_naming(job, invoices)}'
    return ""


def _like(invoices: Table) -> str:
    example = next((one for one in invoices.records if one["number"]), None)
    return f' Write it as the invoice has it, like "{example["number"]}" ({example.place}).' if example else ""


def _naming(job: Record, invoices: Table) -> str:
    if not job["number"]:
        return ""
    column, file = invoices.columns.get("job"), listed(invoices.files)
    where = f'under "{column.headings[0]}"' if column else 'in a column "Job #"'
    return f' Write "{job["number"]}" {where} in the row of its invoice{f" ({file})" if file else ""}.'
