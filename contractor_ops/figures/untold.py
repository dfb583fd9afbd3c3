"""Which lists are missing today because a sheet cannot be read: an empty list is no good news then."""

from collections.abc import Mapping

from contractor_ops.figures.bills import NEEDS
from contractor_ops.figures.crew_off import OFF_NEEDS
from contractor_ops.figures.lacking import CANNOT_BE_READ, lacking, unread
from contractor_ops.figures.leak import Untold
from contractor_ops.figures.links import estimates_apart
from contractor_ops.figures.not_booked import NOT_BOOKED, NOT_BOOKED_NEEDS
from contractor_ops.figures.offers import NEEDS as OFFERS_NEED
from contractor_ops.figures.stuck import REORDER_NEEDS, STUCK_NEEDS
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
    NOT_BOOKED: ("Accepted estimates that nobody has booked", NOT_BOOKED_NEEDS),
    "leads-unanswered": ("Leads that nobody has answered", LEADS_NEED),
    "calls-unanswered": ("Missed calls that nobody has answered", CALLS_NEED),
    "falling-due": ("Invoices falling due", DUE_NEEDS),
    "unassigned": ("Visits without a technician", UNASSIGNED_NEEDS),
    "technician-off": ("Visits on a technician's day off", OFF_NEEDS),
    "on-hold": ("Jobs on hold", STUCK_NEEDS),
    "not-met": ("No-shows to be booked again", STUCK_NEEDS),
    "to-reorder": ("Items to order", REORDER_NEEDS),
    "short-of-material": ("Jobs short of material", MATERIAL_NEEDS),
    "estimates-expiring": ("Estimates expiring", EXPIRING_NEEDS),
    "papers": ("Papers and inspections", ("compliance",)),
    "equipment-dates": ("Services due and warranties ending", ("equipment",)),
}
"""The lists of things to decide and of the week ahead, and what each is made from."""
NO_ESTIMATES_LINKED = Untold("no-estimate", "Jobs without an accepted estimate", "no row names a job's estimate or an estimate's job")
"""Then a job that needs an estimate cannot be told from one whose estimate only does not say so."""


def untold(business: Business) -> tuple[Untold, ...]:
    """The lists that the office would have, were it not for a sheet that cannot be read or names nothing, each with the reason."""
    apart = (NO_ESTIMATES_LINKED,) if estimates_apart(business) else ()
    if not business.unreadable:
        return apart
    told = (Untold(key, title, lacking(business, *needs)) for key, (title, needs) in _LISTS.items() if _is_kept(business, needs))
    return (*(one for one in told if one.why.endswith(CANNOT_BE_READ)), *apart)


def _is_kept(business: Business, needs: tuple[str, ...]) -> bool:
    """Whether all tables without which there is no such list are there, or cannot be read."""
    return all(need in business.tables or unread(business, need) for need in needs if need.isidentifier())
