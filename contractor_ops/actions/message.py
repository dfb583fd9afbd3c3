"""`do = "message"`: claim, try, settle. At most once beats at least once."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Literal, cast

from contractor_ops.actions.bundle import Bundle, claims_for, conclude, hold
from contractor_ops.ports import Channel, ChannelDown, InDoubt, Ledger, Message, Receipt, Refused, TryLater

CLAIMED_TOGETHER = 20
"""Claims that share one wait for the disk. After a power cut at most so many are in doubt."""
CLOSED = "the sending window closed while this run was under way"
SECOND_TRY_AFTER = 2.0
"""Seconds before a message that was refused for the moment is tried once more."""


@dataclass(slots=True)
class Sending:
    """One run's sending: `may_leave` looks at the sending window again, `channels` are opened when first needed.

    `cap` counts messages to one address on the office's day that starts at `day_start`; None means no cap.
    """

    recipe: str
    run: int
    ledger: Ledger
    channel: Callable[[str], Channel]
    clock: Callable[[], datetime]
    may_leave: Callable[[Bundle, datetime], tuple[bool, datetime | None]]
    new_message_id: Callable[[Bundle], str]
    step_keys: Mapping[str, str]
    days: Mapping[str, str]
    commercial: bool
    cap: int | None
    day_start: datetime
    progress: Callable[[int], None] = lambda _: None
    done: int = 0
    trouble: list[str] = field(default_factory=list)
    later: list[Bundle] = field(default_factory=list)
    second_try_after: float = SECOND_TRY_AFTER


def send_all(bundles: list[Bundle], sending: Sending) -> None:
    """Send every bundle. Stops when a channel is down: what was not tried is given back and leaves in a later run.

    Raises MissingSecret or FilesNeedMending before anything is claimed where a channel cannot be opened.
    """
    for kind in {bundle[0].channel or "" for bundle in bundles}:
        sending.channel(kind)
    waiting = iter(bundles)
    try:
        _send(waiting, sending)
        _second_try(sending)
    except ChannelDown as down:
        sending.trouble.append(down.reason)
        put_off, sending.later = sending.later, []
        for bundle in (*put_off, *waiting):
            conclude(bundle, "skipped", f"not sent, it leaves in a later run: {down.reason}")


def _send(waiting: Iterator[Bundle], sending: Sending, last: bool = False) -> None:
    while batch := list(islice(waiting, CLAIMED_TOGETHER)):
        _send_batch(batch, sending, last)


def _send_batch(batch: list[Bundle], sending: Sending, last: bool) -> None:
    ready = list(_still_in_hours(batch, sending))
    messages = [_message(bundle, sending) for bundle in ready]
    claims = [
        claims_for(bundle, message.message_id, sending.step_keys, sending.days, sending.channel(message.channel).name)
        for bundle, message in zip(ready, messages, strict=True)
    ]
    results = sending.ledger.claim(sending.run, sending.recipe, claims, sending.clock(), sending.cap, sending.day_start)
    claimed = []
    for bundle, message, result in zip(ready, messages, results, strict=True):
        if result.refusal:
            conclude(bundle, "skipped", result.refusal)
        else:
            claimed.append((bundle, message, result.claim_ids))
    while claimed:
        try:
            _try(*claimed[0], sending, last)
        except ChannelDown as down:
            for bundle, _, claim_ids in claimed:
                _give_back(bundle, claim_ids, down.reason, sending)
            raise
        claimed.pop(0)


def _still_in_hours(batch: list[Bundle], sending: Sending) -> Iterator[Bundle]:
    for bundle in batch:
        open_now, until = sending.may_leave(bundle, sending.clock())
        if open_now:
            yield bundle
        else:
            hold(bundle, CLOSED, until)


def _message(bundle: Bundle, sending: Sending) -> Message:
    lead = bundle[0]
    channel = cast(Literal["sms", "email"], lead.channel)
    return Message(channel, lead.to or "", lead.to_name, lead.body or "", sending.new_message_id(bundle), lead.subject,
                   commercial=sending.commercial and channel == "email")  # fmt: skip


def _try(bundle: Bundle, message: Message, claim_ids: tuple[int, ...], sending: Sending, last: bool) -> None:
    """Hand one message to its channel and settle its claims. Raises ChannelDown with the claims still open."""
    ledger, clock = sending.ledger, sending.clock
    open_now, until = sending.may_leave(bundle, clock())
    if not open_now:
        ledger.settle(claim_ids, "released", clock(), detail=CLOSED)
        hold(bundle, CLOSED, until)
        return
    ledger.trying(claim_ids, clock())
    try:
        receipt: Receipt = sending.channel(message.channel).deliver(message)
    except TryLater as error:
        _put_off(bundle, claim_ids, error.reason, sending, last)
        return
    except Refused as error:
        ledger.settle(claim_ids, "failed", clock(), detail=error.reason)
        if error.opted_out:
            ledger.opt_out(message.to, clock(), "the provider says so")
        conclude(bundle, "failed", error.reason)
        return
    except InDoubt as error:
        ledger.settle(claim_ids, "in_doubt", clock(), detail=error.reason)
        conclude(bundle, "in_doubt", error.reason)
        return
    ledger.settle(claim_ids, receipt.state, clock(), provider_id=receipt.provider_id)
    conclude(bundle, receipt.state, provider_id=receipt.provider_id)
    sending.done += 1
    sending.progress(sending.done)


def _put_off(bundle: Bundle, claim_ids: tuple[int, ...], why: str, sending: Sending, last: bool) -> None:
    """It certainly did not leave, so its claims are given back at once: a run that is killed while it waits leaves no doubt."""
    if last:
        _give_back(bundle, claim_ids, why, sending)
        sending.trouble += [] if why in sending.trouble else [why]
    else:
        sending.ledger.settle(claim_ids, "released", sending.clock(), detail=why)
        sending.later.append(bundle)


def _second_try(sending: Sending) -> None:
    """What a provider refused for the moment is claimed and tried once more at the end of the run."""
    if sending.later:
        time.sleep(sending.second_try_after)
        waiting, sending.later = iter(sending.later), []
        try:
            _send(waiting, sending, last=True)
        except ChannelDown:
            sending.later = list(waiting)
            raise


def _give_back(bundle: Bundle, claim_ids: tuple[int, ...], why: str, sending: Sending) -> None:
    sending.ledger.settle(claim_ids, "released", sending.clock(), detail=why)
    conclude(bundle, "skipped", f"not sent, it leaves in a later run: {why}")
