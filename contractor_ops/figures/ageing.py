"""How long an invoice has been overdue, by its own days or by what the report says."""

import re
from datetime import date
from decimal import Decimal

from contractor_ops.figures.bills import Bill
from contractor_ops.figures.windows import days_ago, said
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.books.what_counts import CENT

_AGES = ((0, "not-due"), (30, "1-30"), (60, "31-60"), (90, "61-90"))
_FIRST_DAY = re.compile(r"\d+")
_NOT_DUE = re.compile(r"\b(?:current|not (?:yet )?due)\b", re.IGNORECASE)
_BEYOND = re.compile(r"\b(?:over|more than|older than|past)\s+(\d+)|[>+]\s*(\d+)|(\d+)\s*\+", re.IGNORECASE)


def group_of(bill: Bill, record: Record, today: date) -> tuple[str, str]:
    """The group of an open invoice, and its days in words."""
    kept, since_said = record["retainage"], _since(bill, record, today)
    if bill.meaning == "disputed" or record["disputed"] is True:
        return "disputed", f"in dispute; {since_said}"
    if isinstance(kept, Decimal) and kept > 0 and bill.owed is not None and bill.owed - kept <= CENT:
        return "retainage", "what is left is retainage"
    reported = None if bill.due else _reported(record["ageing"])
    if reported:
        return reported, since_said
    since = bill.due or bill.issued
    return _of_age((today - since).days) if since else "no-date", since_said


def _reported(ageing: Value) -> str | None:
    """The group that the report itself puts an invoice without a due date in; None where its words say none."""
    text = str(ageing or "")
    if _NOT_DUE.search(text):
        return "not-due"
    if beyond := _BEYOND.search(text):
        return _of_age(int(next(filter(None, beyond.groups()))) + 1)
    return _of_age(int(found[0])) if (found := _FIRST_DAY.search(text)) else None


def _of_age(days: int) -> str:
    return next((key for most, key in _AGES if days <= most), "over-90")


def _since(bill: Bill, record: Record, today: date) -> str:
    if bill.due:
        return f"due {said(bill.due, today)}, {days_ago(bill.due, today)}"
    lacks = f'its due date "{problem.value}" cannot be read' if (problem := record.problems.get("due_on")) else "no due date"
    if _reported(record["ageing"]):
        return f'{lacks}; the report says "{record["ageing"]}"'
    if bill.issued:
        return f"{lacks}; counted from the day it was issued, {said(bill.issued, today)}, {days_ago(bill.issued, today)}"
    return f"{lacks}, and no day on which it was issued"
