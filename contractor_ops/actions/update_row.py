"""`do = "update-row"`: what is known now is written into the ledger's own record; write-back brings a status into the sheet."""

from datetime import datetime

from contractor_ops.actions.desk import Desk
from contractor_ops.planning.decision import Decision


def update_row(desk: Desk, decision: Decision, at: datetime) -> None:
    """Write what the step's `sets` says."""
    desk.write(decision, at)
