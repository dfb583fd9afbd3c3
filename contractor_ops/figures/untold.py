"""Which lists are missing today because a sheet cannot be read: an empty list is no good news then."""

from collections.abc import Mapping

from contractor_ops.figures.bills import NEEDS
from contractor_ops.figures.lacking import CANNOT_BE_READ, lacking, unread
from contractor_ops.figures.leak import Untold
from contractor_ops.figures.offers import NEEDS as OFFERS_NEED
from contractor_ops.figures.turnaround import CANNOT_BE_BILLED_NEEDS, NOT_BILLED_NEEDS
from contractor_ops.figures.unanswered import CALLS_NEED, LEADS_NEED
from contractor_ops.figures.values import Business
from contractor_ops.figures.week_ahead import DUE_NEEDS, EXPIRING_NEEDS, MATERIAL_NEEDS, UNASSIGNED_NEEDS

_LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "overdue": ("Overdue invoices", NEEDS),
    "estimates": ("Estimates without an answer", OFFERS_NEED),
    "jobs-cannot-be-billed": ("Finished jobs that cannot be billed", CANNOT_BE_BILLED_NEEDS),
    "jobs-not-billed": ("Finished jobs not billed", NOT_BILLED_NEEDS),
    "billing-gaps": ("Billing gaps", ("billing_gaps",)),
    "leads-unanswered": ("Leads that nobody has answered", LEADS_NEED),
    "calls-unanswered": ("Missed calls that nobody has answered", CALLS_NEED),
    "falling-due": ("Invoices falling due", DUE_NEEDS),
    "unassigned": ("Visits without a technician", UNASSIGNED_NEEDS),
    "short-of-material": ("Jobs short of material", MATERIAL_NEEDS),
    "estimates-expiring": ("Estimates expiring", EXPIRING_NEEDS),
    "papers": ("Papers and inspections", ("compliance",)),
    "equipment-dates": ("Services due and warranties ending", ("equipment",)),
}
"""The lists of things to decide and of the week ahead, and what each is made from."""


def untold(business: Business) -> tuple[Untold, ...]:
    """The lists that the office would have, were it not for a sheet that cannot be read, each with the reason."""
    if not business.unreadable:
        return ()
    told = (Untold(key, title, lacking(business, *needs)) for key, (title, needs) in _LISTS.items() if _is_kept(business, needs))
    return tuple(one for one in told if one.why.endswith(CANNOT_BE_READ))


def _is_kept(business: Business, needs: tuple[str, ...]) -> bool:
    """Whether all tables without which there is no such list are there, or cannot be read."""
    return all(need in business.tables or unread(business, need) for need in needs if need.isidentifier())
