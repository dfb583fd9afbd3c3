"""What an earlier run left open: given back where nothing was tried, asked of the provider where something was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, cast

from contractor_ops.errors import FilesNeedMending, MissingSecret
from contractor_ops.office import Office
from contractor_ops.ports import CONFIRMATION, ChannelKind, Doubt, Message, Receipt, State
from contractor_ops.work.alerts import still_in_doubt
from contractor_ops.work.own_messages import TRY

LOOKED_BACK = timedelta(hours=1)
"""How much earlier than the claim a mailbox's own clock may have stamped the message."""


def recover(office: Office, recipe: str, run: int, clock: Callable[[], datetime]) -> list[tuple[Doubt, State]]:
    """Settle claims of runs that are no more; each with its state now. The caller holds the recipe's lock, so none of them is still at work."""
    answers: dict[str, Receipt | Literal[False] | None] = {}
    # The latest first: of two with the same words, an earlier one must not be given the text that a later one sent.
    doubts = reversed(office.ledger.abandoned(recipe, run))
    settled = [(doubt, _settle(office, doubt, answers, clock())) for doubt in doubts][::-1]
    for doubt, state in settled:
        if state == "in_doubt":
            still_in_doubt(office, doubt, run, clock)
    return settled


def _settle(office: Office, doubt: Doubt, answers: dict[str, Receipt | Literal[False] | None], at: datetime) -> State:
    ledger, claims = office.ledger, (doubt.claim_id,)
    if doubt.state == "claimed" or doubt.channel is None:
        # A task that was not put on the list, or was: adding it again finds it there.
        ledger.settle(claims, "released", at, detail="the run that claimed it was stopped before it tried")
        return "released"
    if doubt.message_id not in answers:  # a message for several rows is asked for once
        answers[doubt.message_id] = _asked(office, doubt)
    left = answers[doubt.message_id]
    if left is None and doubt.key.step in {CONFIRMATION, TRY}:  # its time is over: the opt-out holds without it, and who tried has looked
        ledger.settle(claims, "failed", at, detail="nobody knows whether it left")
        return "failed"
    if left is None:
        if doubt.state != "in_doubt":
            ledger.settle(claims, "in_doubt", at, detail="the run was stopped while it was being sent")
        return "in_doubt"
    if left is False:
        ledger.settle(claims, "released", at, detail="the provider does not know it")
        return "released"
    ledger.settle(claims, left.state, at, provider_id=left.provider_id, detail="the provider knows it")
    return left.state


def _asked(office: Office, doubt: Doubt) -> Receipt | Literal[False] | None:
    try:
        return _told(office, doubt)
    except (
        MissingSecret,
        FilesNeedMending,
    ):  # it stays in doubt, and keeps no message from leaving; `inbox` and `check` tell what is missing
        return None


def _told(office: Office, doubt: Doubt) -> Receipt | Literal[False] | None:
    channel = office.channel(doubt.channel or "")
    # Another provider than the one that was tried knows nothing of it, and its "no" proves nothing.
    if doubt.provider not in {"", channel.name}:
        return None
    message = Message(
        cast(ChannelKind, doubt.channel), doubt.address or "", doubt.customer or "", doubt.body or "", doubt.message_id, doubt.subject
    )
    claimed_at = next((sent.at for sent in office.ledger.sent_as([doubt.message_id])), doubt.at)  # a doubt's own time is its last change
    left = channel.left(message, claimed_at, lambda provider_id: _is_anothers(office, doubt, provider_id))
    if left is None and doubt.channel == "email" and office.sent_copy(doubt.message_id, claimed_at - LOOKED_BACK):
        return Receipt("sent", doubt.message_id)
    return left


def _is_anothers(office: Office, doubt: Doubt, provider_id: str) -> bool:
    sent = office.ledger.sent_under(provider_id)
    return sent is not None and sent.message_id != doubt.message_id
