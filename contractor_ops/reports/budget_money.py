"""The figures of a budget that are money come and gone: collected and kept back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from contractor_ops.reports.budget import Figure, Origin
from contractor_ops.reports.format import listed, money, thing
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.what_counts import CENT, amount, is_shared, live, meaning, received, tax_in, total_of

NO_SHEET = "no sheet says it"


@dataclass(frozen=True, slots=True)
class Rates:
    """What [billing] of config.toml adds: `retainage` in per cent of what was billed, `labor_rate` for an hour of work; None where not set."""

    retainage: Decimal | None = None
    labor_rate: Decimal | None = None


def none_told(why: str = NO_SHEET) -> Figure:
    """An amount that nobody knows, and why."""
    return Figure(None, note=why)


def called(paper: Record) -> str:
    """What people call a row: "estimate E-1042"; without a number its place tells which."""
    return f"{thing(paper.table)} {paper['number']}" if paper["number"] else f"the {thing(paper.table)} in {paper.place}"


def summed(papers: Sequence[Record], column: str, *, taxed: bool = False) -> Figure:
    """One column of some rows added up; not known where a row lacks it, 0 where there are no rows."""
    rows = tuple(Origin(paper, amount(paper, column)) for paper in papers)
    lacking = [called(row.record) for row in rows if row.amount is None]
    note = f"the amount of {listed(lacking)} is not known" if lacking else ""
    return Figure(total_of(row.amount for row in rows), rows, note, total_of(map(tax_in, papers)) if taxed and papers else None)


# ── collected ────────────────────────────────────────────────────────────────────────────────────────────────────────


def collected(
    books: JobBooks, agreed: Sequence[Record], billed: Figure, tables: Mapping[str, Table], sign: int, unsure: list[str]
) -> Figure:
    """What came in: payments, else what the invoices say was paid. Where the two disagree it is told and not known.

    `agreed` are the accepted estimates, of which a deposit may have been paid; `sign` is that of the payments sheet.
    """
    by_payments = _by_payments(books, sign)
    by_invoices = _by_invoices(live(books.invoices), unsure)
    found = _of_two(by_payments, by_invoices, billed, "payments" in tables, unsure)
    deposits = [Origin(one, paid) for one in agreed if (paid := amount(one, "deposit_paid"))]
    deposit = total_of(row.amount for row in deposits)
    if deposit and not billed.amount and billed.amount is not None and not found.rows:
        return Figure(deposit, tuple(deposits), "the deposit, as the estimate tells it")
    if deposit and found.amount is not None and found.amount < deposit:
        unsure.append(f"{called(deposits[0].record)} tells of a deposit of {money(deposit)}, more than has been collected.")
    return found


def _of_two(by_payments: Figure, by_invoices: Figure, billed: Figure, kept: bool, unsure: list[str]) -> Figure:
    told = by_invoices.amount if by_invoices.rows else None
    if by_payments.rows and (by_payments.amount is not None or told is None):
        if told is not None and by_payments.amount is not None and abs(told - by_payments.amount) > CENT:
            both = f"payments make {money(by_payments.amount)}, the invoices say {money(told)}"
            unsure.append(f"What was collected is not certain: {both}.")
            return Figure(None, by_payments.rows + by_invoices.rows, both)
        return by_payments
    if told is not None:
        silent = by_payments.note or ("no payment names them" if kept and told else "")
        note = f"as the invoices tell it; {silent}" if silent else "as the invoices tell it"
        return Figure(told, by_invoices.rows, note)
    if billed.amount is None or (by_invoices.rows and not kept):
        return none_told(by_invoices.note or NO_SHEET)
    return Figure(Decimal(0), note="no payment yet" if kept else "nothing billed yet")


def _by_payments(books: JobBooks, sign: int) -> Figure:
    shared = [one for one in books.payments if is_shared(one, books)]
    rows = tuple(Origin(one, None if one in shared else received(one, sign)) for one in books.payments)
    lacking = [called(row.record) for row in rows if row.amount is None and row.record not in shared]
    back = [called(one) for one in books.payments if one["refunded_on"] is not None or meaning(one) == "refunded"]
    never = [called(one) for one in books.payments if meaning(one) in {"failed", "void"}]
    notes = [
        f"{listed(list(map(called, shared)))} is for other jobs too" if shared else "",
        f"the amount of {listed(lacking)} is not known" if lacking else "",
        f"{listed(back)} was given back" if back else "",
        f"{listed(never)} never came in" if never else "",
    ]
    return Figure(total_of(row.amount for row in rows), rows, "; ".join(note for note in notes if note))


def _by_invoices(invoices: Iterable[Record], unsure: list[str]) -> Figure:
    rows = tuple(Origin(one, _paid_of(one, unsure)) for one in invoices)
    return Figure(total_of(row.amount for row in rows), rows)


def _paid_of(invoice: Record, unsure: list[str]) -> Decimal | None:
    """What has been paid of an invoice: its own word, else what is no longer owed. What was written off was not paid."""
    total, balance, paid = (amount(invoice, name) for name in ("total", "balance", "paid"))
    state = meaning(invoice)
    gone = total - balance if total is not None and balance is not None and state != "written-off" else None
    if paid is not None and gone is not None and abs(paid - gone) > CENT:
        unsure.append(f"{called(invoice)} ({invoice.place}): {money(paid)} is paid, but {money(gone)} is no longer owed.")
        return None
    known = paid if paid is not None else gone
    if state == "paid" and known is None:
        return total
    if state == "paid" and total is not None and known is not None and total - known > CENT:
        unsure.append(f'{called(invoice)} ({invoice.place}) is "{invoice["status"]}", but only {money(known)} of {money(total)} is paid.')
    return known


# ── kept back ────────────────────────────────────────────────────────────────────────────────────────────────────────


def retainage(billed: Figure, per_cent: Decimal | None) -> Figure:
    """What the customer keeps back until the end: as the invoices tell it, else the office's share of what was billed."""
    told = tuple(Origin(row.record, kept) for row in billed.rows if (kept := amount(row.record, "retainage")) is not None)
    if told:
        return Figure(total_of(row.amount for row in told), told)
    if per_cent is None:
        return none_told("no sheet says it, and [billing] has no retainage")
    if billed.amount is None:
        return none_told("what was billed is not known")
    kept_back = (billed.amount * per_cent / 100).quantize(CENT, ROUND_HALF_UP)
    return Figure(kept_back, note=f"{per_cent.normalize():f} % of what was billed")
