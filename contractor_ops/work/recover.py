"""What an earlier run left open: given back where nothing was tried, asked of the provider where something was."""

from collections.abc import Callable
from datetime import datetime, timedelta

from contractor_ops.office import Office
from contractor_ops.ports import Doubt
from contractor_ops.recipe import Recipe


def recover(office: Office, recipe: Recipe, run: int, clock: Callable[[], datetime]) -> None:
    """Settle claims of runs that are no more. The caller holds the recipe's lock, so none of them is still at work."""
    for doubt in office.ledger.abandoned(recipe.key, run):
        _settle(office, doubt, clock())


def _settle(office: Office, doubt: Doubt, at: datetime) -> None:
    ledger = office.ledger
    if doubt.state == "claimed" or doubt.channel is None:
        # A task that was not put on the list, or was: adding it again finds it there.
        ledger.settle((doubt.claim_id,), "released", at, detail="the run that claimed it was stopped before it tried")
        return
    channel = office.channel(doubt.channel)
    # Another provider than the one that was tried knows nothing of it, and its "no" proves nothing.
    left = channel.left(doubt.message_id, doubt.at - timedelta(hours=1)) if doubt.provider in {"", channel.name} else None
    if left is None:
        if doubt.state != "in_doubt":
            ledger.settle((doubt.claim_id,), "in_doubt", at, detail="the run was stopped while it was being sent")
    elif left:
        ledger.settle((doubt.claim_id,), "sent", at, provider_id=doubt.message_id, detail="the provider knows it")
    else:
        ledger.settle((doubt.claim_id,), "released", at, detail="the provider does not know it")
