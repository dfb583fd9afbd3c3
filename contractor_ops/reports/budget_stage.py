"""How far a budget's jobs are: what is left to bill of work that is not done cannot be billed yet."""

from collections.abc import Iterable

from contractor_ops.reports.budget import Stage
from contractor_ops.tables.record import Record
from contractor_ops.views.books.what_counts import meaning


def stage_of(jobs: Iterable[Record]) -> Stage:
    """How far they are together: one that is still open keeps the others open."""
    stages = {_of_one(job) for job in jobs}
    return next((stage for stage in ("open", "unknown", "completed", "cancelled") if stage in stages), "unknown")


def _of_one(job: Record) -> Stage:
    match meaning(job):
        case "completed" | "invoiced":
            return "completed"
        case "cancelled":
            return "cancelled"
        case None:
            return "completed" if job["completed_on"] is not None else "unknown"
    return "open"
