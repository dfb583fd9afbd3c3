"""Whether a job is billed: one answer for the gaps of notes, the drafts and the billing check."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from contractor_ops.tables.record import Record
from contractor_ops.views.books.invoice_words import no_invoice_yet
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.numbers import base_of, core_of, numbers_written, same_number
from contractor_ops.views.books.what_counts import accepted, amount, is_credit, is_deposit, live, meaning, numbers_in, total_of

Core = tuple[str, str]


def that_bill_work(books: JobBooks) -> list[Record]:
    """The invoices that stand and bill work: neither void nor a draft, no credit nor taken back by one, and more than the deposit."""
    standing = live(books.invoices)
    agreed, gone = accepted(books.estimates, books.jobs), {id(one) for one in taken_back(standing)}
    billing = (one for one in standing if id(one) not in gone and ((total := amount(one, "total")) is None or total > 0))
    return [one for one in billing if not is_deposit(one, agreed, books.jobs)]


def is_billed(job: Record, books: JobBooks) -> bool:
    """Whether this one of some jobs is billed: its status or its row says so, or an invoice that bills work is for it."""
    if meaning(job) == "invoiced" or names_another_invoice(job, books.invoices):
        return True
    payers = JobsByNumber(books.jobs)
    return any(job is one for invoice in that_bill_work(books) for one in payers.of(invoice) or books.jobs)


def taken_back(standing: Sequence[Record]) -> list[Record]:
    """The invoices that credits take back whole, with these: one credit an invoice of the same amount, or all credits all that is billed."""
    totals = [amount(one, "total") for one in standing]
    credits = [one for one in standing if is_credit(one)]
    if credits and total_of(totals) == 0:
        return list(standing)
    left, gone = list(standing), []
    for credit in credits:
        worth = amount(credit, "total") or Decimal(0)
        same = next((one for one in left if amount(one, "total") == -worth), None)
        if same is not None:
            gone += [same, credit]
            left = [one for one in left if one is not same]
    return gone


def names_another_invoice(job: Record, invoices: Sequence[Record]) -> bool:
    """Whether a job's row says that it is billed by an invoice that no sheet has: "2042", "yes", "QuickBooks"."""
    if no_invoice_yet(job["invoice"]):
        return False
    known = {core for one in invoices for core in numbers_in(one["number"])}
    said = numbers_in(job["invoice"])
    return not said or any(not any(same_number(one, other) for other in known) for one in said)


class JobsByNumber:
    """Some jobs, to find those that an invoice is for."""

    def __init__(self, jobs: Sequence[Record]) -> None:
        self._numbers = {str(job["number"]) for job in jobs if job["number"]}
        self._by_number = _gathered((core_of(str(job["number"])), job) for job in jobs if job["number"])
        self._by_invoice = _gathered((core_of(number), job) for job in jobs for number in numbers_written(job["invoice"]))

    def of(self, invoice: Record) -> list[Record]:
        """The jobs that an invoice names or that name it, each row once; none where it does not tell."""
        named = (
            [cell] if (cell := str(invoice["job"] or "")) in self._numbers else numbers_written(cell)
        )  # "101, 102" may be one job's number
        named += [base for number in named if (base := base_of(number))]
        found = [job for number in named for job in _of(self._by_number, core_of(number))]
        found += _of(self._by_invoice, core_of(str(invoice["number"]))) if invoice["number"] else ()
        return list({id(job): job for job in found}.values())


_Gathered = Mapping[str, Sequence[tuple[Core, Record]]]


def _gathered(pairs: Iterable[tuple[Core, Record]]) -> _Gathered:
    found: dict[str, list[tuple[Core, Record]]] = {}
    for core, job in pairs:
        found.setdefault(core[1], []).append((core, job))
    return found


def _of(found: _Gathered, core: Core) -> list[Record]:
    """The jobs of a number, with the same letters before it where there are such."""
    alike = found.get(core[1], ())
    return [job for its, job in alike if its == core] or [job for its, job in alike if same_number(its, core)]
