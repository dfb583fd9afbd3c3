"""Twelve weeks, Monday to Sunday, up to the last one that is over: invoiced, collected, overdue, estimates sent and won."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from contractor_ops.figures.bills import NEEDS, Bill, bills, is_paid, stands
from contractor_ops.figures.lacking import lacking, unread
from contractor_ops.figures.money_in import received
from contractor_ops.figures.offers import NEEDS as OFFERS_NEED
from contractor_ops.figures.offers import offers
from contractor_ops.figures.values import Business, Series
from contractor_ops.figures.windows import last_weeks, monday_of

WEEKS = 12
_UNDATED_OF = 20
"""Of so many paid invoices one may lack its day of payment; with more the past cannot be told."""
Dated = Iterable[tuple[date, Decimal]]


def trends(business: Business) -> tuple[Series, ...]:
    """All of them. A series without values cannot be told: its note says why."""
    return (invoiced(business), collected(business), overdue_at_the_end(business), estimates_sent(business), estimates_won(business))


def invoiced(business: Business) -> Series:
    """What was billed each week, by the invoices' days; drafts, void ones and credits are left out."""
    facts = ((one.issued, one.total) for one in bills(business, payments=False) if one.issued and one.total is not None and stands(one))
    unknown = lacking(business, "invoices", "invoices.total", "invoices.issued_on|invoices.sent_on")
    return _weekly("invoiced", "Invoiced", facts, business, unknown, notes=tuple(_credits(business)) if not unknown else ())


def collected(business: Business) -> Series:
    """What came in each week, refunds taken off; without a payments table the totals of invoices, on the day they were paid."""
    if "payments" in business.tables or unread(business, "payments"):
        facts = ((day, amount) for _, day, amount in received(business) if day is not None and amount is not None)
        return _weekly("collected", "Collected", facts, business, lacking(business, "payments", "payments.paid_on", "payments.amount"))
    unknown = lacking(business, "invoices", "invoices.total", "invoices.paid_on")
    note = "There is no payments table: each invoice counts in full on the day it was paid."
    paid = ((one.paid, one.total) for one in bills(business) if is_paid(one) and one.paid and one.total is not None)
    return _weekly("collected", "Collected", paid, business, unknown, notes=(note,))


def overdue_at_the_end(business: Business) -> Series:
    """What was overdue when each week ended, by the days on which invoices were issued, due and paid; what is in dispute now is left out."""
    title, unknown = "Overdue at the end of the week", lacking(business, *NEEDS, "invoices.due_on", "invoices.paid_on|payments")
    if unknown:
        return _untold("overdue", title, unknown)
    starts = last_weeks(business.today, WEEKS)
    late = [
        one
        for one in bills(business)
        if one.due and one.due < starts[-1] + timedelta(days=6) and ((one.state == "open" and one.meaning != "disputed") or is_paid(one))
    ]
    undated = [one for one in late if is_paid(one) and one.paid is None]
    if len(undated) * _UNDATED_OF > sum(map(is_paid, late)):
        return _untold("overdue", title, f"no sheet tells the day of payment of {_many(len(undated), 'paid invoice')}")
    ends = [start + timedelta(days=6) for start in starts]
    return Series("overdue", title, starts, tuple(_sums_at(ends, late)), notes=tuple(_left_out(undated, late)))


def estimates_sent(business: Business) -> Series:
    """How many estimates were sent each week."""
    facts = ((one.sent, Decimal(1)) for one in offers(business) if one.sent and one.answer in {"open", "accepted", "declined"})
    return _weekly("estimates-sent", "Estimates sent", facts, business, lacking(business, *OFFERS_NEED), "estimates")


def estimates_won(business: Business) -> Series:
    """How many of those sent each week have been accepted by now."""
    facts = ((one.sent, Decimal(1)) for one in offers(business) if one.sent and one.answer == "accepted")
    note = "Counted in the week in which they were sent: those of the last weeks may still be won."
    return _weekly("estimates-won", "Estimates won", facts, business, lacking(business, *OFFERS_NEED), "estimates", (note,))


def _weekly(key: str, title: str, facts: Dated, business: Business, unknown: str, unit: str = "$", notes: tuple[str, ...] = ()) -> Series:
    """The sum of each week."""
    if unknown:
        return _untold(key, title, unknown, unit)
    starts = last_weeks(business.today, WEEKS)
    sums = dict.fromkeys(starts, Decimal(0))
    for day, amount in facts:
        if (monday := monday_of(day)) in sums:
            sums[monday] += amount
    return Series(key, title, starts, tuple(sums.values()), unit, notes)


def _untold(key: str, title: str, why: str, unit: str = "$") -> Series:
    return Series(key, title, (), (), unit, (why,))


def _sums_at(ends: Sequence[date], late: Iterable[Bill]) -> list[Decimal]:
    """What was overdue on each of some days: the invoice had been issued, its day was over, and this much had not come in yet."""
    steps = [Decimal(0)] * (len(ends) + 1)
    for one in late:
        if one.due is not None:
            first = bisect_right(ends, one.due)
            first = max(first, bisect_left(ends, one.issued)) if one.issued else first
            for until, amount in _pieces(one):
                last = bisect_left(ends, until)
                if first < last:
                    steps[first] += amount
                    steps[last] -= amount
    return list(accumulate(steps[:-1]))


def _pieces(one: Bill) -> Iterator[tuple[date, Decimal]]:
    """An invoice's money, each part with the day on which it came in; what is still owed has none to speak of."""
    if one.state == "open" and one.owed is not None:
        yield date.max, one.owed
    if one.state == "credit" or not one.came or any(money.amount is None for money in one.came):
        if one.paid and one.total is not None:
            yield one.paid, one.total
    else:
        yield from ((money.day, money.amount) for money in one.came if money.amount is not None)


def _credits(business: Business) -> Iterator[str]:
    """What was credited in these weeks, in a sentence."""
    weeks = last_weeks(business.today, WEEKS)
    given = sum((-one.total for one in bills(business, payments=False) if one.total and one.total < 0 and one.meaning not in {"draft", "void"}
                 and one.issued and monday_of(one.issued) in weeks), Decimal(0))  # fmt: skip
    if given:
        yield f"Credits of ${given:,.0f} in these weeks are not taken off what was invoiced."


def _left_out(undated: Sequence[Bill], late: Sequence[Bill]) -> Iterator[str]:
    if undated:
        yield f"No sheet tells the day of payment of {_many(len(undated), 'paid invoice')}: left out."
    unknown = sum(one.state == "open" and one.owed is None for one in late)
    if unknown:
        yield f"Nobody knows what is owed on {_many(unknown, 'open invoice')}: left out."


def _many(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"
