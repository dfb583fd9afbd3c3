"""Signals of what was sent: estimates that were followed up, and invoices of which the customer was reminded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from contractor_ops.figures.bills import NEEDS, Bill, bills, is_paid
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.messages import NO_FILE, Sent, nothing_sent
from contractor_ops.figures.offers import offers
from contractor_ops.figures.tally import share, unmoved
from contractor_ops.figures.values import Business, Share, Window
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.views.catalogue import READABLE

FIRST_NUDGE_AFTER = timedelta(days=2)
LATE_BY = timedelta(days=2)
"""How late a follow-up or reminder may be and still count: a weekend lies between."""
REMINDED_FROM = timedelta(days=4)
"""A reminder before an invoice falls due counts from so many days before."""
ESTIMATES_NEED = ("estimates", "estimates.sent_on")
INVOICES_NEED = (*NEEDS, "invoices.due_on", "payments?")


def estimates_followed_up(business: Business, window: Window, sent: Sent) -> Share:
    """Unanswered estimates that were followed up when it was time."""
    sentence = (
        "Estimates without an answer two days after they were sent, and how many had a follow-up within the next two days, which ended in these days. "
        f"Where no sheet tells the day of the answer, none had come by then. {NO_FILE}"
    )
    why = lacking(business, *ESTIMATES_NEED)
    facts = _followed(business, window.with_before(), sent) if not why else ()
    none = "no estimate was due for a follow-up in these days"
    found = share("estimates-followed-up", "Estimates followed up on schedule", sentence, facts, window, why, none)
    return unmoved(found, nothing_sent(business, "estimates"))


def _followed(business: Business, both: Window, sent: Sent) -> Iterator[tuple[date, int, int]]:
    """Each estimate that wanted a follow-up, on the last day for it, whatever became of it afterwards."""
    records = business.tables["estimates"].records
    for offer in offers(business):
        if offer.sent is None or offer.answer in {"draft", "unclear"}:
            continue
        due = offer.sent + FIRST_NUDGE_AFTER
        if due + LATE_BY in both and (offer.approved is None or offer.approved >= due):
            days = _days(records[offer.at], sent, business)
            yield due + LATE_BY, int(any(due <= day <= due + LATE_BY for day in days)), 1


def invoices_reminded(business: Business, window: Window, sent: Sent) -> Share:
    """Invoices that were unpaid when they fell due, and of which the customer was reminded on time."""
    sentence = (
        "Invoices not paid by the day they fell due, and how many had a reminder from four days before until two days after, which ended in these days. "
        f"Those paid on a day that no sheet tells are left out. {NO_FILE}"
    )
    why = lacking(business, *INVOICES_NEED)
    facts = _reminded(business, window.with_before(), sent) if not why else ()
    none = "no invoice was due for a reminder in these days"
    found = share("invoices-reminded", "Invoices reminded on time", sentence, facts, window, why, none)
    return unmoved(found, nothing_sent(business, "invoices"))


def _reminded(business: Business, both: Window, sent: Sent) -> Iterator[tuple[date, int, int]]:
    """Each invoice that wanted a reminder, on the last day for it, whether it has been paid since or not."""
    records = business.tables["invoices"].records
    for bill in bills(business):
        if bill.due is not None and bill.due + LATE_BY in both and _was_unpaid(bill, bill.due):
            days = _days(records[bill.at], sent, business)
            yield bill.due + LATE_BY, int(any(bill.due - REMINDED_FROM <= day <= bill.due + LATE_BY for day in days)), 1


def _was_unpaid(bill: Bill, on: date) -> bool:
    return bill.state == "open" or (is_paid(bill) and bill.paid is not None and bill.paid > on)


def _days(record: Record, sent: Sent, business: Business) -> Sequence[date]:
    """The days on which a message about a record left."""
    moments: Sequence[datetime] = sent.get((record.table, record_id(record, READABLE[record.table]) or ""), ())
    return [moment.astimezone(business.now.tzinfo).date() for moment in moments]
