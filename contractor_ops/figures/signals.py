"""The seven signals: of what should have happened in these days, how much did. Each is a share with its definition."""

from contractor_ops.figures.messages import moments_sent
from contractor_ops.figures.signals_asked import CALLS, calls_texted, leads_contacted
from contractor_ops.figures.signals_office import ASKED, exceptions_reviewed, notes_complete, questions_replaced
from contractor_ops.figures.signals_sent import estimates_followed_up, invoices_reminded
from contractor_ops.figures.values import Business, Share, Window

__all__ = ["ASKED", "CALLS", "signals"]


def signals(business: Business, window: Window) -> tuple[Share, ...]:
    """The seven, in the order of the work: from the first call to the paid bill, then the people.

    Where something has its time, what counts are the things whose time ended in these days, so that none is counted before it is over.
    """
    sent = moments_sent(business)
    return (
        leads_contacted(business, window, sent),
        calls_texted(business, window),
        estimates_followed_up(business, window, sent),
        notes_complete(business, window),
        invoices_reminded(business, window, sent),
        exceptions_reviewed(business, window),
        questions_replaced(business, window),
    )
