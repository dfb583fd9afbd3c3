"""Whether several invoices of a job are for work that is billed again and again."""

from itertools import pairwise

from contractor_ops.tables.record import Record
from contractor_ops.views.billing.bill_words import recurs_after
from contractor_ops.views.billing.case import DONE, Case, Work, day_in
from contractor_ops.views.books.what_counts import meaning


def is_recurring(case: Case) -> bool:
    """Whether the words say so and the days do not speak against it, or each invoice may be for a visit of its own.

    Two bills for an annual service a day apart are two for the same one. Where a sheet has no days, the words are believed.
    """
    said = " ".join(str(one[column] or "") for one in (*case.books.jobs, *case.live) for column in ("title", "job_type", "notes"))
    days = sorted(day for one in case.live if (day := day_in(one, "issued_on", "sent_on")))
    apart = min(((later - earlier).days for earlier, later in pairwise(days)), default=None)
    least = recurs_after(said)
    if least is not None and (apart is None or apart >= least):
        return True
    return apart != 0 and any(1 < len(case.live) <= len(_visits(work)) for work in case.works)


def _visits(work: Work) -> list[Record]:
    """The visits that were made; where no status tells, all of them."""
    made = [row for row in work.rows if meaning(row) in DONE or row["completed_on"] is not None]
    return made or list(work.rows)
