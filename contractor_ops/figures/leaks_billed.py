"""What was billed: invoices that are late, and those that do not fit what was agreed."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.figures.bills import NEEDS, bills
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.leak import Leak, Sure, Untold, claim_of, days_of, known_money, without_amount
from contractor_ops.figures.links import estimates_apart
from contractor_ops.figures.receivables import credits, owed, past_due
from contractor_ops.figures.values import Business, Line
from contractor_ops.figures.whole_jobs import NOT_INVOICED
from contractor_ops.tables.record import Record
from contractor_ops.views.books.numbers import numbers_written
from contractor_ops.views.books.what_counts import amount

_LATE, _GAPS = "Invoices past due", "Billing gaps"
_CREDITS_MATTER = 10
"""Credits of more than a tenth of what is late make that less sure."""
_COSTS_NOTHING = frozenset({"no accepted estimate", "invoiced, not completed", "two invoices", "deposit not credited"})
"""Gaps that are to be put right, and through which no money slips by themselves."""
_PAPERS = (("change_orders", "change_order"), ("invoices", "invoice"), ("jobs", "job"))
Claimed = frozenset[tuple[str, str]]


def invoices_late(business: Business, claimed: Claimed) -> Leak | Untold:
    """Invoices on which money is owed after the day it was due; what is in dispute is not among them."""
    if why := lacking(business, *NEEDS):
        return Untold("invoices-late", _LATE, why)
    lines = past_due(business).lines
    money = known_money(lines)
    sure, because = _how_sure(business, money)
    found = bills(business, payments=False)
    return Leak(
        "invoices-late", _LATE,
        "Invoices on which money is owed after their due day; of all on which money is owed. Without a due day the day of issue counts; disputes are left out.",
        len(lines), len(owed(business)), "unpaid invoices", money,
        f"their balances{without_amount(lines)}" if money is not None else "no amount is known", sure, because, len(found), ("invoices",),
        days_of((one.issued for one in found), business.today), "invoice-reminders", lines,
    )  # fmt: skip


def _how_sure(business: Business, money: Decimal | None) -> tuple[Sure, str]:
    if any(bill.stands_in for bill in bills(business)):
        return "fairly sure", "the sheet has no balance: totals stand in, less the payments that are known"
    credit = credits(business)
    if credit.amount * _CREDITS_MATTER > (money or 0):
        return "fairly sure", f"credits of ${credit.amount:,.0f} are not taken off"
    if not business.tables["invoices"].has("due_on"):
        return "fairly sure", "the sheet has no due day: the day of issue counts"
    beside = f"; credits of ${credit.amount:,.0f} are not taken off" if len(credit) else ""
    return "sure", f"each invoice's own balance and due day{beside}"


def billing_gaps(business: Business, claimed: Claimed) -> Leak | Untold:
    """What does not fit between jobs and their papers, but for work that is on no invoice at all."""
    if why := lacking(business, "billing_gaps", "invoices"):
        return Untold("billing-gaps", _GAPS, why)
    gaps = [_line(row, business) for row in business.tables["billing_gaps"].records if row["gap"] != NOT_INVOICED]
    lines = [one for one in gaps if claim_of(one) not in claimed]
    money = known_money(lines)
    idle = sum(line.amount is None for line in lines)
    again = f"; {idle:,} more cost nothing, or nobody knows what" if idle and money is not None else ""
    again += f"; {len(gaps) - len(lines)} about papers that are counted above" if len(lines) < len(gaps) else ""
    jobs = business.tables["jobs"].records
    papers = tuple(name for name in ("jobs", "estimates", "change_orders", "invoices", "payments") if name in business.tables)
    return Leak(
        "billing-gaps", _GAPS,
        "Where a job's estimate, changes, invoices and payments do not fit together, but for work that is on no invoice; of all jobs in the sheet.",
        len(lines), len(jobs), "jobs looked at", money,
        f"what was not billed or collected{again}" if money is not None else f"no amount is known{again}", "fairly sure",
        _how_sure_of_gaps(business), sum(len(business.tables[name].records) for name in papers),
        papers, None, "billing-check", tuple(lines),
    )  # fmt: skip


def _how_sure_of_gaps(business: Business) -> str:
    told = (
        "; which jobs lack an estimate cannot be told: no row names a job's estimate or an estimate's job"
        if estimates_apart(business)
        else ""
    )
    return f"the papers of each job were held against each other; some gaps have a good reason{told}"


def _line(row: Record, business: Business) -> Line:
    """A gap, under the paper that its money is about."""
    about = ((table, row[column]) for table, column in _PAPERS if row[column])
    table, number = next(((table, str(number)) for table, number in about), ("billing_gaps", str(row["number"])))
    first = (numbers_written(number) or [number])[0]
    since = row["since"]
    day = since.date() if isinstance(since, datetime) else since if isinstance(since, date) else None
    what = f"job {row['job']}" if row["job"] else f"invoice {row['invoice']}" if row["invoice"] else str(row["gap"])
    because = str(row["because"] or row["gap"])
    line = Line(what, str(row["customer"] or ""), because, slips(row), table=table, record=first, place=row.place)
    return replace(line, days=(business.today - day).days) if day else line


def slips(gap: Record) -> Decimal | None:
    """The money that is left out by a gap; None where too much was billed, or the paper only has to be put right."""
    billed, agreed = amount(gap, "billed"), amount(gap, "agreed")
    too_much = gap["gap"] == "differs" and billed is not None and agreed is not None and billed > agreed
    return None if too_much or gap["gap"] in _COSTS_NOTHING else amount(gap, "amount")
