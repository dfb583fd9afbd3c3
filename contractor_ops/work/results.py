"""What providers say became of messages: written beside each, and shown where it did not arrive."""

from collections.abc import Callable
from datetime import datetime, timedelta

from contractor_ops.office import Office
from contractor_ops.ports import OptOut, Result, SentMessage, State
from contractor_ops.reports.inbox_report import InboxReport

_OPEN: frozenset[State] = frozenset({"in_doubt", "queued"})
_PUT_OFF = timedelta(days=30)
"""How far back results are looked at that came while their messages were still being handed over: longer than anybody forgets to look."""


def take_result(office: Office, result: Result, report: InboxReport, clock: Callable[[], datetime]) -> None:
    """Keep one result of a message of ours; of other people's messages nothing is kept. What was kept before changes nothing.

    It is written down last, so that what is cut short is done again.
    """
    ledger = office.ledger
    if ledger.result_known(result.key):
        return
    message = _message_of(office, result)
    if message is None:
        return
    _settle(office, message, result, clock)
    if result.landline:
        ledger.note_landline(message.address, clock(), "the text provider")
    if result.opted_out:
        ledger.opt_out(message.address, clock(), "the provider says so")
        report.opted_out.append((message.address, "the provider says so"))
    ledger.add_result(result, message.id, clock())
    report.results.append((message, result))


def settle_put_off(office: Office, clock: Callable[[], datetime]) -> None:
    """Settle what failed while a run was still handing it over: a mailbox gives a bounce only once.

    Nothing else can come so early: a message is found by its provider's id only when its run has settled it.
    """
    for number, result in office.ledger.results(clock() - _PUT_OFF):
        if number is not None and result.state == "failed":
            message = _message_of(office, result)
            if message and message.id == number:
                _settle(office, message, result, clock)


def take_opt_out(office: Office, opt_out: OptOut, report: InboxReport, clock: Callable[[], datetime]) -> None:
    """Leave an address alone that a provider has been told to leave alone."""
    ledger = office.ledger
    if ledger.result_known(opt_out.key):  # also where a person has lifted it since
        return
    ledger.opt_out(opt_out.address, clock(), opt_out.reason)
    # Whoever unsubscribes has got the message.
    ledger.add_result(
        Result(opt_out.key, opt_out.channel, "delivered", opt_out.at, address=opt_out.address, reason=opt_out.reason), None, clock()
    )
    report.opted_out.append((opt_out.address, opt_out.reason))


def _message_of(office: Office, result: Result) -> SentMessage | None:
    ledger = office.ledger
    if result.provider_id:
        return ledger.sent_under(result.provider_id)
    if result.message_id:  # another id than ours is another's message, whoever it was for
        return next(iter(ledger.sent_as([result.message_id])), None)
    if result.address:
        return next((one for one in ledger.sent_to(result.address, result.at) if one.channel == result.channel), None)
    return None


def _settle(office: Office, message: SentMessage, result: Result, clock: Callable[[], datetime]) -> None:
    """Bring the steps of a message to what is known now; one that is being handed over just now is left to its run.

    What a provider never let out may be planned anew, nothing else may.
    """
    for step in message.steps:
        state: State | None = None
        if result.state in {"sent", "delivered"} and step.state in _OPEN:
            state = "sent"
        elif result.state == "unsent" and step.state == "queued":
            state = "released"
        elif result.state in {"failed", "unsent"} and step.state in _OPEN | {"sent"}:
            state = "failed"
        if state:
            office.ledger.settle((step.claim_id,), state, clock(), provider_id=result.provider_id, detail=result.reason)
