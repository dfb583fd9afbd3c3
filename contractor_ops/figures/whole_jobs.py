"""A job by its number and its customer, and what the billing check says of one that is on no invoice."""

from collections.abc import Mapping

from contractor_ops.figures.values import Business
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Value

NOT_INVOICED = "not invoiced"
JobKey = tuple[str, str]


def job_key(number: Value, customer: Value) -> JobKey:
    """One number may stand for two customers' jobs."""
    return str(number), normal_name(str(customer or ""))


def whole_jobs(business: Business) -> Mapping[JobKey, Record]:
    """The gaps of work that is not invoiced, each of one job; one that is about several jobs tells nothing of each."""
    view = business.tables.get("billing_gaps")
    return {
        job_key(row["job"], row["customer"]): row for row in (view.records if view else ()) if row["gap"] == NOT_INVOICED and row["job"]
    }
