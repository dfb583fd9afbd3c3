"""`do = "check-materials"`: what the booking needs held against what is on the shelf; what is missing goes on its owner's list."""

from datetime import datetime

from contractor_ops.actions.desk import Desk
from contractor_ops.planning.decision import Decision


def check_materials(desk: Desk, decision: Decision, at: datetime) -> None:
    """Note that the shelf was looked at. Nobody has to do anything where all is there."""
    desk.write(decision, at)
    if decision.missing:
        decision.body = f"Order or pull for {decision.record}: {decision.missing}"
        desk.put_on_the_list(decision, at)
