"""`do = "message"`: claim, try, settle. At most once beats at least once."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import NamedTuple, cast

from contractor_ops.actions.bundle import Bundle, claims_for, conclude, hold
from contractor_ops.actions.calendar import entry_of
from contractor_ops.actions.flight import Flight
from contractor_ops.ports import (
    AnswerWeight,
    Channel,
    ChannelDown,
    ChannelKind,
    DeliveryError,
    InDoubt,
    Ledger,
    Message,
    Receipt,
    Refused,
    TryLater,
)

CLAIMED_TOGETHER = 20
"""Claims that share one wait for the disk. After a power cut at most so many are in doubt."""
CLOSED = "the sending window closed while this run was under way"
SECOND_TRY_AFTER = 2.0
"""Seconds before a message that was refused for the moment is tried once more; doubled each time a provider holds everybody back."""
PATIENCE = 60.0
"""Seconds that a run waits, all in all, for providers that ask it to."""


@dataclass(slots=True)
class Sending:
    """One run's sending: `may_leave` looks at the sending window again, `channels` are opened when first needed.

    `cap` counts messages to one address on the office's day that starts at `day_start`; None means no cap. `stopped_by`: answers
    of such a weight stop it, but for those `aside`, by step. `closes` tells until when a message may leave.
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
    cap: int | None
    day_start: datetime
    stopped_by: frozenset[AnswerWeight] = frozenset()
    aside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    closes: Callable[[Bundle, datetime], datetime | None] = lambda _bundle, _moment: None
    progress: Callable[[int], None] = lambda _: None
    done: int = 0
    trouble: list[str] = field(default_factory=list)
    later: list[Bundle] = field(default_factory=list)
    tries: Counter[int] = field(default_factory=Counter)
    second_try_after: float = SECOND_TRY_AFTER
    patience: float = PATIENCE
    not_before: dict[str, float] = field(default_factory=dict)
    flights: dict[str, "Flight[Claimed]"] = field(default_factory=dict)

    def flight(self, kind: str) -> "Flight[Claimed]":
        """The messages of one channel that are in the air."""
        if kind not in self.flights:
            self.flights[kind] = Flight(self.channel(kind).in_flight)
        return self.flights[kind]


class Claimed(NamedTuple):
    """A bundle whose claims are made, and its message."""

    bundle: Bundle
    message: Message
    claim_ids: tuple[int, ...]


def send_all(bundles: list[Bundle], sending: Sending) -> None:
    """Send every bundle. Stops when a channel is down: what was not tried is given back and leaves in a later run.

    Raises MissingSecret or FilesNeedMending before anything is claimed where a channel cannot be opened.
    """
    leads = [bundle[0] for bundle in bundles]
    for kind in {one.channel or "" for one in leads} | {one.instead.channel for one in leads if one.instead}:
        sending.channel(kind)
    waiting = iter(bundles)
    try:
        _send(waiting, sending)
        while sending.later:
            _wait(sending.second_try_after, sending)
            waiting, sending.later = iter(sending.later), []
            _send(waiting, sending)
    except ChannelDown as down:
        sending.trouble.append(down.reason)
        put_off, sending.later = sending.later, []
        for bundle in (*put_off, *waiting):
            conclude(bundle, "skipped", f"not sent, it leaves in a later run: {down.reason}")
    finally:
        for flight in sending.flights.values():
            flight.close()
        sending.flights.clear()


def _send(waiting: Iterator[Bundle], sending: Sending) -> None:
    while batch := list(islice(waiting, CLAIMED_TOGETHER)):
        _send_claimed(deque(_claimed(batch, sending)), sending)


def _claimed(batch: list[Bundle], sending: Sending) -> Iterator[Claimed]:
    ready = list(_still_in_hours(batch, sending))
    messages = [_message(bundle, sending) for bundle in ready]
    claims = [
        claims_for(
            bundle,
            message.message_id,
            sending.step_keys,
            sending.days,
            sending.channel(message.channel).name,
            sending.stopped_by,
            sending.aside,
        )
        for bundle, message in zip(ready, messages, strict=True)
    ]
    results = sending.ledger.claim(sending.run, sending.recipe, claims, sending.clock(), sending.cap, sending.day_start)
    for bundle, message, result in zip(ready, messages, results, strict=True):
        if result.refusal:
            conclude(bundle, "skipped", result.refusal)
        else:
            yield Claimed(bundle, message, result.claim_ids)


def _still_in_hours(batch: list[Bundle], sending: Sending) -> Iterator[Bundle]:
    for bundle in batch:
        open_now, until = sending.may_leave(bundle, sending.clock())
        if open_now:
            yield bundle
        else:
            hold(bundle, CLOSED, until)


def _message(bundle: Bundle, sending: Sending) -> Message:
    lead = bundle[0]
    channel = cast(ChannelKind, lead.channel)
    return Message(channel, lead.to or "", lead.to_name, lead.body or "", sending.new_message_id(bundle), lead.subject, lead.html,
                   pictures=lead.pictures, attachments=(entry,) if (entry := entry_of(lead, sending.clock())) else (),
                   commercial=lead.commercial and channel == "email", expires_at=sending.closes(bundle, sending.clock()))  # fmt: skip


def _send_claimed(waiting: deque[Claimed], sending: Sending) -> None:
    """Hand over what is claimed, as many at once as each channel takes. Raises ChannelDown once everything is settled or given back."""
    try:
        while waiting:
            _take_turn(waiting[0].message.channel, sending)
            _hand_over(waiting[0], sending)
            waiting.popleft()
            _settle_landed(sending)
        _settle_landed(sending, everything=True)
    except ChannelDown as down:
        _let_land(sending)
        for one in waiting:
            _give_back(one, down.reason, sending)
        raise
    except BaseException:
        _let_land(sending)  # somebody stopped the run: what is in the air already is still settled
        raise


def _take_turn(kind: str, sending: Sending) -> None:
    """Wait until the provider takes the next one: its rate, or the time that it asked us to wait."""
    channel = sending.channel(kind)
    wait = sending.not_before.get(kind, 0.0) - time.monotonic()
    if wait > 0:
        _settle_landed(sending)
        time.sleep(wait)
    if channel.per_second:
        sending.not_before[kind] = max(time.monotonic(), sending.not_before.get(kind, 0.0)) + 1 / channel.per_second


def _hand_over(one: Claimed, sending: Sending) -> None:
    ledger, clock = sending.ledger, sending.clock
    open_now, until = sending.may_leave(one.bundle, clock())
    if not open_now:
        ledger.settle(one.claim_ids, "released", clock(), detail=CLOSED)
        hold(one.bundle, CLOSED, until)
        return
    ledger.trying(one.claim_ids, clock())
    channel = sending.channel(one.message.channel)
    sending.flight(one.message.channel).launch(one, lambda: channel.deliver(one.message))


def _settle_landed(sending: Sending, *, everything: bool = False) -> None:
    for flight in sending.flights.values():
        for one, answer in flight.landed(everything=everything):
            _settle(one, answer, sending)


def _let_land(sending: Sending) -> None:
    """Settle all that is in the air; another channel that is down changes nothing any more."""
    for flight in sending.flights.values():
        for one, answer in flight.landed(everything=True):
            try:
                _settle(one, answer, sending)
            except ChannelDown:
                continue


def _settle(one: Claimed, answer: "Future[Receipt]", sending: Sending) -> None:
    """Write down what became of a message. Raises ChannelDown with its claims given back."""
    try:
        receipt = answer.result()
    except DeliveryError as error:
        _settle_trouble(one, error, sending)
        return
    sending.ledger.settle(one.claim_ids, receipt.state, sending.clock(), provider_id=receipt.provider_id)
    conclude(one.bundle, receipt.state, provider_id=receipt.provider_id)
    sending.done += 1
    sending.progress(sending.done)


def _settle_trouble(one: Claimed, error: DeliveryError, sending: Sending) -> None:
    if isinstance(error, ChannelDown):
        _give_back(one, error.reason, sending)
        raise error
    if isinstance(error, TryLater):
        _put_off(one, error, sending)
    elif isinstance(error, Refused):
        _refused(one, error, sending)
    elif isinstance(error, InDoubt):
        sending.ledger.settle(one.claim_ids, "in_doubt", sending.clock(), detail=error.reason)
        conclude(one.bundle, "in_doubt", error.reason)
    else:
        raise error


def _refused(one: Claimed, error: Refused, sending: Sending) -> None:
    ledger, at, lead = sending.ledger, sending.clock(), one.bundle[0]
    if error.opted_out:
        ledger.opt_out(one.message.to, at, "the provider says so")
    if not error.landline:
        ledger.settle(one.claim_ids, "failed", at, detail=error.reason)
        conclude(one.bundle, "failed", error.reason)
        return
    # Nothing has left, and the next plan knows that this number takes no texts.
    ledger.note_landline(one.message.to, at, sending.channel(one.message.channel).name)
    ledger.settle(one.claim_ids, "released", at, detail=error.reason)
    if lead.instead is None:
        conclude(one.bundle, "failed", error.reason)
    else:
        for decision in one.bundle:
            decision.go_by(lead.instead, f"{one.message.to} takes no texts, so it went by e-mail")
        sending.later.append(one.bundle)


def _put_off(one: Claimed, error: TryLater, sending: Sending) -> None:
    """It certainly did not leave, so its claims are given back at once: a run that is killed while it waits leaves no doubt."""
    tries = sending.tries[id(one.bundle)] = sending.tries[id(one.bundle)] + 1
    wait = error.after if error.after is not None else sending.second_try_after * 2 ** (tries - 1)
    if error.everybody:
        wait = _longer_by(one.message.channel, wait, sending)  # several in the air are told the same, and wait together
    if error.everybody and wait > sending.patience:
        _give_back(one, error.reason, sending)
        raise ChannelDown(error.reason)
    if wait > sending.patience or (tries > 1 and not error.everybody):
        _give_back(one, error.reason, sending)
        sending.trouble += [] if error.reason in sending.trouble else [error.reason]
        return
    sending.ledger.settle(one.claim_ids, "released", sending.clock(), detail=error.reason)
    sending.later.append(one.bundle)
    if error.everybody:
        sending.patience -= wait
        sending.not_before[one.message.channel] = max(sending.not_before.get(one.message.channel, 0.0), time.monotonic()) + wait


def _longer_by(kind: str, wait: float, sending: Sending) -> float:
    """By how much the time until the channel takes the next one grows."""
    now = time.monotonic()
    return max(0.0, now + wait - max(now, sending.not_before.get(kind, 0.0)))


def _wait(seconds: float, sending: Sending) -> None:
    sending.patience -= seconds
    time.sleep(seconds)


def _give_back(one: Claimed, why: str, sending: Sending) -> None:
    sending.ledger.settle(one.claim_ids, "released", sending.clock(), detail=why)
    conclude(one.bundle, "skipped", f"not sent, it leaves in a later run: {why}")
