"""`do = "assign"`: the technician whom dispatch suggests stands in the ledger's own record, until the sheet names one."""

from datetime import datetime

from contractor_ops.actions.desk import Desk
from contractor_ops.planning.decision import Decision


def assign(desk: Desk, decision: Decision, at: datetime) -> None:
    """Assign. Where nobody fits the decision is a review, and never comes here."""
    desk.write(decision, at)
