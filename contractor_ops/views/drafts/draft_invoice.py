"""A draft invoice: what the books say of a job's price, a line each with the row it came from. A person looks it over before anything is billed."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contractor_ops.config import BillingPart
from contractor_ops.tables.csv_out import write_csv
from contractor_ops.tables.file_names import file_stem
from contractor_ops.tables.printable import one_line
from contractor_ops.tables.record import Record
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.what_counts import CENT, adds_up, amount, tax_in, total_of
from contractor_ops.views.drafts.basis import Basis, Money, basis_of
from contractor_ops.views.drafts.doubts import doubts_of
from contractor_ops.views.drafts.parts_used import parts_used

COLUMNS = ("Job #", "Customer", "Line", "Description", "Quantity", "Unit price", "Amount", "From")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft. `amount` is None where no sheet has a price; a part's is not needed where the job has a price."""

    kind: str
    description: str
    amount: Decimal | None
    record: Record
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class DraftInvoice:
    """The lines of a draft, what they come to (None where a price is not known), and why a person must look more closely."""

    lines: tuple[Line, ...]
    total: Decimal | None
    doubts: tuple[str, ...]


def draft_of(books: JobBooks, sign: int, billing: BillingPart) -> DraftInvoice:
    """The draft for a job, or for several that one estimate holds together. `sign` is that of the payments sheet."""
    basis = basis_of(books, sign, billing)
    priced = [*_work(basis), *map(_change, basis.changes)]
    parts = [Line("part", part.description, None, job, part.quantity) for job in books.jobs for part in parts_used(job["parts"])]
    deposits = list(_deposits(basis))
    total = total_of(line.amount for line in (*priced, *deposits))
    return DraftInvoice((*priced, *parts, *deposits), total, doubts_of(basis, total))


def text_of(draft: DraftInvoice, job: str, customer: str) -> str:
    """The draft as CSV that no spreadsheet runs as a formula; its last line is the total."""
    rows = [
        {
            "Job #": job, "Customer": customer, "Line": line.kind, "Description": one_line(line.description), "Quantity": line.quantity,
            "Amount": _in_cents(line.amount), "From": str(line.record.place),
        }
        for line in draft.lines
    ]  # fmt: skip
    last = "" if draft.total is not None else "not known: no sheet has the price"
    rows.append({"Job #": job, "Customer": customer, "Line": "total", "Description": last, "Amount": _in_cents(draft.total)})
    stream = io.StringIO()
    write_csv(rows, COLUMNS, stream)
    return stream.getvalue()


def _in_cents(value: Decimal | None) -> Decimal | None:
    """An amount with its cents, "4800.00"; what is smaller than a cent is kept."""
    return value.quantize(CENT) if value is not None and value == value.quantize(CENT) else value


def file_name(job: str, whole: str) -> str:
    """A name that every system takes: "draft-invoice-J-5001.csv". A number that had to be changed is told apart by a piece of a hash of `whole`."""
    return f"{file_stem(job, whole, 'draft-invoice')}.csv"


def _numbered(what: str, paper: Record) -> str:
    return f"{what} {paper['number']}" if paper["number"] else what


def _work(basis: Basis) -> Iterator[Line]:
    """The work at the price that was agreed, tax apart; without an estimate at the job's own."""
    for one in basis.agreed:
        total, tax, name = amount(one, "total"), tax_in(one), str(one["title"] or "Work as agreed")
        if total is None or not tax or not adds_up(one):
            yield Line("estimate", name, total, one)
        else:
            yield Line("estimate", name, total - tax, one)
            yield Line("tax", _numbered("Tax, as on estimate", one), tax, one)
    for job in () if basis.agreed else basis.priced:
        yield Line("job", str(job["title"] or "Work done"), amount(job, "total"), job)


def _change(change: Record) -> Line:
    parts = (_numbered("Change order", change), str(change["description"] or ""))
    return Line("change order", ": ".join(part for part in parts if part), amount(change, "amount"), change)


def _deposits(basis: Basis) -> Iterator[Line]:
    """What the customer has paid before: deposits that were billed, and payments; else the deposit that the estimate tells of."""
    yield from (_deposit("Billed on invoice", one) for one in basis.billed)
    yield from (_deposit("Payment", one) for one in basis.prepaid)
    yield from (_deposit("Deposit, as on estimate", one) for one in basis.told_deposits if not (basis.billed or basis.prepaid))


def _deposit(what: str, money: Money) -> Line:
    paper, worth = money
    return Line("deposit", _numbered(what, paper), None if worth is None else -worth, paper)
