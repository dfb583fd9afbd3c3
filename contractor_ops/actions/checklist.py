"""`do = "checklist"`: what the technician prepares for this kind of job, as a file that can be printed."""

from datetime import datetime

from contractor_ops.actions.desk import Desk
from contractor_ops.planning.decision import Decision


def checklist(desk: Desk, decision: Decision, at: datetime) -> None:
    """Leave the list in checklists/. Raises OSError."""
    assert decision.draft is not None
    desk.keep(decision.draft.name, decision.draft.text)
    desk.write(decision, at)
