"""Messages that no recipe plans: they leave at any hour and beside any cap. Among them the one confirmation of an opt-out that the law allows."""

from collections.abc import Callable
from datetime import datetime, timedelta

from contractor_ops.actions.message import Sending, send_all
from contractor_ops.errors import ContractorOpsError, LedgerTrouble
from contractor_ops.office import Office
from contractor_ops.planning.decision import Decision
from contractor_ops.planning.planner import day_start
from contractor_ops.ports import CONFIRMATION, KeptReply
from contractor_ops.tables.record import Place

Clock = Callable[[], datetime]
INBOX, DIGEST, CHECK = "inbox", "digest", "check"
"""Under these names the ledger keeps what the inbox, the digest and `check --try` do by themselves, as if they were recipes."""
TRY = "(try)"
"""The step of a message by which somebody tries out whether messages arrive."""
CONFIRMED_WITHIN = timedelta(minutes=5)
"""47 CFR 64.1200(a)(12): one confirmation, within five minutes, that says nothing else."""
_SHORTEST = timedelta(seconds=10)
"""A message that has less time than this left is not begun."""


def send_now(office: Office, recipe: str, run: int, one: Decision, expires_at: datetime, clock: Clock) -> list[str]:
    """Send one message at once, unless its time is over; what went wrong, a sentence each. `one.outcome` says what became of it.

    It is claimed under `recipe`, whose lock the caller holds.
    """
    step = one.step or ""
    sending = Sending(
        recipe, run, office.ledger, office.channel, clock, lambda _bundle, moment: (moment + _SHORTEST < expires_at, None),
        office.new_message_id, {step: step}, {}, None, day_start(clock().astimezone(office.zone)),
        closes=lambda _bundle, _moment: expires_at,
    )  # fmt: skip
    try:
        send_all([[one]], sending)
    except LedgerTrouble:
        raise
    except ContractorOpsError as error:
        return [" ".join(error.lines())]
    return [*sending.trouble, *([one.reason] if one.outcome in {"failed", "in_doubt"} else [])]


def own_message(key: str, step: str, channel: str, to: str, name: str, words: str, why: str) -> Decision:
    """A message of the office's own about what `key` names. `why` begins the sentence that tells what went wrong with it."""
    return Decision(
        "act", key, step, why, "replies", Place(INBOX, None, None), name, "owner", action="message", channel=channel, to=to, body=words,
        to_name=name,
    )  # fmt: skip


def confirm_opt_out(office: Office, reply: KeptReply, run: int, clock: Clock) -> list[str]:
    """Confirm by text an opt-out that is written down already, once, and only while it is fresh; what went wrong, a sentence each."""
    expires_at = reply.at + CONFIRMED_WITHIN
    if reply.channel != "sms" or clock() > expires_at:
        return []
    words = f"{office.config.office.name}: you will get no more messages from us."
    one = own_message(reply.key, CONFIRMATION, "sms", reply.address, reply.customer or "", words, "The confirmation of an opt-out")
    said = _opted_out_by(office, reply.address)
    trouble = send_now(office, INBOX, run, one, expires_at, clock)
    # A provider that refuses it because it knows of the opt-out itself, and has often confirmed it, leaves nothing to do.
    return [] if _opted_out_by(office, reply.address) != said else trouble


def _opted_out_by(office: Office, address: str) -> str:
    return next((source for one, _, source in office.ledger.opt_outs() if one == address), "")
