"""The money of whoever is on the line, as lines: what is owed, what came in lately, what was agreed."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from contractor_ops.reports.format import count, day, money
from contractor_ops.reports.who import Agreed, Answer, Caller
from contractor_ops.reports.who_papers import Bill, Paid, Unbilled
from contractor_ops.reports.who_parts import FEW, MARGIN, more, note_lines, nothing, section


def money_lines(caller: Caller, answer: Answer) -> Iterator[str]:
    """What is owed, what came in lately and what was agreed."""
    if not answer.knows("invoices"):
        yield from section("OWES", [nothing("", answer, "invoices")])
        return
    bills = caller.invoices
    lines = [line for bill in bills[:FEW] for line in (f"{MARGIN}{_bill(bill, answer.now)}", *note_lines(bill.note))] + more(bills)
    lines += [f"{MARGIN}To be billed: {_unbilled(one, answer.now)}" for one in caller.to_bill[:FEW]] + more(caller.to_bill)
    lines += [f"{MARGIN}Paid: {_paid(one, answer.now)}" for one in caller.payments[:3]]
    lines += [f"{MARGIN}Agreed: {_agreed(one, answer.now)}" for one in caller.agreed[:FEW]]
    yield from section(
        f"OWES{_total(caller)}{_to_come(caller)}", lines or [f"{MARGIN}No invoice is open, and nothing came in during the last 90 days."]
    )


def _total(caller: Caller) -> str:
    unknown = count(sum(bill.owed is None for bill in caller.invoices), "invoice")
    known = [bill.owed for bill in caller.invoices if bill.owed is not None]
    if not known:
        return f": NOT KNOWN, the sheet does not tell it of {unknown}" if caller.invoices else " NOTHING"
    late = sum((bill.owed for bill in caller.invoices if bill.owed and bill.days_late), Decimal(0))
    besides = f", and {unknown} of which it is not known" if len(known) < len(caller.invoices) else ""
    return f" {money(caller.owed)}{f', {money(late)} of it late' if late else ''}{besides}"


def _to_come(caller: Caller) -> str:
    """What is done and not billed: it is not owed yet, and the customer should hear of it."""
    if not caller.to_bill:
        return ""
    known = [one.amount for one in caller.to_bill if one.amount is not None]
    besides = len(caller.to_bill) - len(known)
    unknown = f"{count(besides, 'job')} of which the amount is not known" if besides else ""
    return f"; to be billed: {' and '.join(part for part in (money(sum(known, Decimal(0))) if known else '', unknown) if part)}"


def _unbilled(one: Unbilled, now: datetime) -> str:
    done = f"done {day(one.on, now)}" if one.on else "done"
    return " · ".join(part for part in (one.number, money(one.amount) or "amount not known", done, one.title) if part)


def _bill(bill: Bill, now: datetime) -> str:
    due = f"due {day(bill.due_on, now)}" if bill.due_on else "no due day"
    late = f"{count(bill.days_late, 'day')} LATE" if bill.days_late else ""
    known = money(bill.owed) if bill.owed is not None else f"total {money(bill.total) or 'not known'}"
    return " · ".join(part for part in (bill.number, known, due, late, bill.title, bill.remark) if part)


def _paid(paid: Paid, now: datetime) -> str:
    what = f"invoice {paid.invoice}" if paid.invoice else "for no invoice that is named"
    return " · ".join(part for part in (money(paid.amount), day(paid.on, now) if paid.on else "", paid.method, what) if part)


def _agreed(agreed: Agreed, now: datetime) -> str:
    said = f"{day(agreed.said_at, now)}: " if agreed.said_at else ""
    return f"{said}{agreed.words}{f', for {day(agreed.for_day, now)}' if agreed.for_day and agreed.said_at else ''}"
