"""Where an office leaks: calls and leads that nobody answered, quiet estimates, thin notes, unbilled work, billing gaps, late invoices."""

from dataclasses import dataclass

from contractor_ops.figures.leak import Leak, Untold, claim_of, less_sure_when_old, ranked
from contractor_ops.figures.leaks_asked import calls_unanswered, leads_unanswered
from contractor_ops.figures.leaks_billed import billing_gaps, invoices_late
from contractor_ops.figures.leaks_done import jobs_unbilled, notes_thin
from contractor_ops.figures.leaks_offered import estimates_quiet
from contractor_ops.figures.values import Business

_FINDERS = (notes_thin, jobs_unbilled, invoices_late, billing_gaps, estimates_quiet, leads_unanswered, calls_unanswered)
"""In the order in which they may claim a paper: what a paper is counted for first, it is counted for only."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """`found` are the leaks, the first one worth fixing in front; `tight` is what was looked at and holds; `untold` what nobody can tell."""

    found: tuple[Leak, ...]
    tight: tuple[Leak, ...]
    untold: tuple[Untold, ...]


def leaks(business: Business) -> Leaks:
    """Every leak that the sheets show. A paper, a lead or a caller is in one of them only, and so is its money.

    `missed_calls` in the business's tables holds the missed calls of as many days as are to be looked at.
    """
    told: list[Leak] = []
    untold: list[Untold] = []
    claimed: set[tuple[str, str]] = set()
    for find in _FINDERS:
        one = find(business, frozenset(claimed))
        if isinstance(one, Untold):
            untold.append(one)
        else:
            told.append(less_sure_when_old(one, business))
            claimed |= set(map(claim_of, one.lines))
    return Leaks(ranked(one for one in told if one.part), tuple(one for one in told if not one.part), tuple(untold))
