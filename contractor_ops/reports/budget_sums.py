"""From a job's papers to its budget: what was agreed and billed, and what follows from that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from contractor_ops.reports.budget import Budget, Figure, Source
from contractor_ops.reports.budget_costs import costs
from contractor_ops.reports.budget_doubts import cells, lacking, lost_invoice, unsure_changes, unsure_invoices, unsure_visits
from contractor_ops.reports.budget_money import Rates, called, collected, none_told, retainage, summed
from contractor_ops.reports.budget_stage import stage_of
from contractor_ops.reports.format import listed, money
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.books.job_books import JobBooks
from contractor_ops.views.books.what_counts import (
    CENT,
    ChangeState,
    accepted,
    amount,
    drafts,
    live,
    meaning,
    says_billed,
    sign_of,
    state_of,
    told_once,
)


@dataclass(frozen=True)
class Shelf:
    """What all budgets have in common: the tables that the office keeps, how old they are, and what config.toml says."""

    tables: Mapping[str, Table]
    sources: tuple[Source, ...] = ()
    rates: Rates = field(default_factory=Rates)
    sign: int = 1
    """That of the payments sheet."""

    @classmethod
    def of(cls, tables: Mapping[str, Table], sources: tuple[Source, ...], rates: Rates) -> "Shelf":
        """The shelf with these tables."""
        return cls(tables, sources, rates, sign_of(tables["payments"].records) if "payments" in tables else 1)


def budget_of(books: JobBooks, shelf: Shelf) -> Budget:
    """The budget of one job, or of several that belong together."""
    unsure = list(books.unsure)
    agreed = accepted(books.estimates, books.jobs)
    figures = {"contract": _contract(books, agreed, unsure)}
    figures["approved_changes"] = _changes(books, shelf, "approved")
    figures["pending_changes"] = _changes(books, shelf, "pending")
    unsure += unsure_changes(books.change_orders)
    billed = figures["billed"] = _billed(books, shelf, unsure)
    figures["collected"] = collected(books, agreed, billed, shelf.tables, shelf.sign, unsure)
    figures["retainage"] = retainage(billed, shelf.rates.retainage)
    spent = figures["costs"] = costs(books.jobs, shelf.rates.labor_rate, shelf.tables.get("jobs"))
    figures["left_to_bill"] = _left_to_bill(figures, unsure)
    figures["left_of_budget"] = _left_of_budget(books, figures)
    figures["forecast"] = _forecast(figures)
    figures["forecast_margin"] = _less(_before_tax(figures["forecast"], figures["contract"]), spent, "the forecast less the costs so far")
    unsure += lacking(figures)
    problems, bad = cells(books)
    return Budget(
        _said(job["number"] for job in books.jobs), _said(job["customer"] for job in books.jobs), _said(job["title"] for job in books.jobs),
        _said(job["status"] for job in books.jobs), figures, shelf.sources, tuple(one[:1].upper() + one[1:] for one in dict.fromkeys(unsure)), problems,
        stage_of(books.jobs), bad or bool(unsure),
    )  # fmt: skip


def _said(values: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(str(value) for value in values if value is not None))


# ── agreed ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _contract(books: JobBooks, agreed: list[Record], unsure: list[str]) -> Figure:
    if not agreed:
        told = summed(told_once(books.jobs, "total"), "total")
        if told.amount is None or not told.rows:
            return Figure(None, note="no accepted estimate, and no sheet says what the job comes to")
        if len(told.rows) > len({row.record["number"] for row in told.rows}):
            unsure.append(unsure_visits([row.record for row in told.rows]))
        if any(state_of(change) == "approved" for change in books.change_orders):
            unsure.append("There is no accepted estimate: whether the job's own total holds the approved changes already, no sheet says.")
        return Figure(told.amount, told.rows, "no accepted estimate: the job's own total")
    if len(agreed) > 1:
        unsure.append(f"{len(agreed)} estimates are accepted ({listed([_with_total(one) for one in agreed])}): all are counted.")
    return summed(agreed, "total", taxed=True)


def _with_total(paper: Record) -> str:
    return f"{called(paper)}, {money(amount(paper, 'total')) or 'amount not known'}"


def _changes(books: JobBooks, shelf: Shelf, wanted: ChangeState) -> Figure:
    if "change_orders" not in shelf.tables:
        return none_told("no sheet holds change orders")
    found = [one for one in books.change_orders if state_of(one) == wanted]
    figure = summed(found, "amount")
    waiting = [one for one in found if wanted == "approved" and not says_billed(one)]
    note = f"not billed yet: {listed([called(one) for one in waiting])}" if waiting and len(waiting) < len(found) else ""
    return Figure(figure.amount, figure.rows, figure.note or note or ("" if found else "none"))


# ── billed ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _billed(books: JobBooks, shelf: Shelf, unsure: list[str]) -> Figure:
    if "invoices" not in shelf.tables:
        return none_told("no sheet holds invoices")
    found = live(books.invoices)
    left_out = [f"{called(one)} is a draft, not counted" for one in drafts(books.invoices)]
    left_out += [f"{called(one)} is void" for one in books.invoices if meaning(one) == "void"]
    if not found:
        if missing := lost_invoice(books, shelf.tables["invoices"]):
            unsure.append(missing)
            return none_told("the job says that it is billed, and its invoice was not found")
        return Figure(Decimal(0), note=listed(left_out) or "no invoice yet")
    unsure += unsure_invoices(found)
    figure = summed(found, "total", taxed=True)
    return Figure(figure.amount, figure.rows, figure.note or listed(left_out), figure.tax)


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _plus(contract: Figure, *changes: Figure) -> Figure:
    """The contract and changes together. Where no sheet holds change orders there are none to add, and it is said."""
    if contract.amount is None:
        return none_told("the contract is not known")
    if any(one.amount is None and one.rows for one in changes):
        return none_told("the amount of a change order is not known")
    known = [one.amount for one in changes if one.amount is not None]
    note = "" if len(known) == len(changes) else "without change orders: no sheet holds them"
    return Figure(contract.amount + sum(known, Decimal(0)), note=note)


def _left_to_bill(figures: Mapping[str, Figure], unsure: list[str]) -> Figure:
    contract, approved, billed = figures["contract"], figures["approved_changes"], figures["billed"]
    agreed = _plus(contract, approved)
    if agreed.amount is None:
        return agreed
    if billed.amount is None:
        return none_told("what was billed is not known")
    with_tax = agreed.amount - billed.amount
    how = "; ".join(part for part in ("contract and approved changes less what was billed", agreed.note) if part)
    if not billed.tax or (contract.tax and not approved.amount):
        return Figure(with_tax, note=how)
    before_tax = with_tax + billed.tax - (contract.tax or 0)
    if contract.tax is not None:
        return Figure(before_tax, note=f"{how}, before tax")
    if abs(with_tax) <= CENT:
        return Figure(with_tax, note=f"{how}, tax included")
    if abs(before_tax) > CENT:
        unsure.append(
            f"No sheet says whether what was agreed holds tax: {money(before_tax)} is left to bill if it does not, {money(with_tax)} if it does."
        )
    return Figure(before_tax, note=f"{how}, before tax")


def _before_tax(figure: Figure, contract: Figure) -> Figure:
    """What stays with the office: tax is passed on."""
    if figure.amount is None or not contract.tax:
        return Figure(figure.amount, note=figure.note if figure.amount is None else "")
    return Figure(figure.amount - contract.tax, note=f"without {money(contract.tax)} of tax")


def _left_of_budget(books: JobBooks, figures: Mapping[str, Figure]) -> Figure:
    told = summed(told_once(books.jobs, "budget"), "budget")
    if told.amount is not None and told.rows:
        return _less(told, figures["costs"], "the job's budget less the costs so far")
    agreed = _before_tax(_plus(figures["contract"], figures["approved_changes"]), figures["contract"])
    return _less(agreed, figures["costs"], "contract and approved changes less the costs so far")


def _less(whole: Figure, spent: Figure, how: str) -> Figure:
    if spent.amount is None:
        return none_told("costs are not known" if spent.at_least is None else "costs are known only in part")
    if whole.amount is None:
        return none_told(whole.note)
    return Figure(whole.amount - spent.amount, whole.rows, f"{how}; {whole.note}" if whole.note else how)


def _forecast(figures: Mapping[str, Figure]) -> Figure:
    found = _plus(figures["contract"], figures["approved_changes"], figures["pending_changes"])
    if found.amount is None:
        return found
    pending = " and, if they are approved, pending changes" if figures["pending_changes"].amount else ""
    return Figure(found.amount, note="; ".join(part for part in (f"contract and approved changes{pending}", found.note) if part))
