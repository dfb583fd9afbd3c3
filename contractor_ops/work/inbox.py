"""Fetch what came back: replies, results and opt-outs, from where the last look left off. Safe to run twice, or to be killed in the middle."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from contractor_ops.errors import ContractorOpsError, Exit, LedgerTrouble, RunUnderWay
from contractor_ops.office import Office
from contractor_ops.ports import Arrival, Inbox, InboxDown, KeptReply, OptOut, Reply, Result, RunEnd, SentMessage
from contractor_ops.reports.inbox_report import InboxReport
from contractor_ops.work.alerts import about_reply, alert, is_owners
from contractor_ops.work.colleagues import colleague_at
from contractor_ops.work.own_messages import INBOX, TRY
from contractor_ops.work.pressing import press
from contractor_ops.work.recover import recover
from contractor_ops.work.replies import take_reply
from contractor_ops.work.results import settle_put_off, take_opt_out, take_result
from contractor_ops.work.whose import customers_written_to

Clock = Callable[[], datetime]
_FIRST_LOOK = timedelta(days=3)
"""How far the very first look goes back where no message of ours says since when answers can have come."""

_ASKED_FOR = timedelta(days=7)
"""For how long a provider is asked about a message that it has only queued, before a person is told."""
_REMEMBERED = timedelta(days=30)
"""How far back such messages are looked for: longer than anybody forgets to look."""
_ALERTED_FOR = timedelta(days=1)
"""For how long an alert that has not reached the owner is tried again."""


def fetch_inbox(office: Office, now: datetime, clock: Clock) -> InboxReport:
    """Look into every place that is set up, settle doubts, alert the owner. Raises RunUnderWay when another look is under way."""
    report = InboxReport(now)
    office.check_channels()
    with office.lock(INBOX):
        run = office.ledger.open_run(INBOX, now, True, "auto", office.machine)
        try:
            _settle_doubts(office, report, run, clock)  # first: a result that comes then finds its message settled
            settle_put_off(office, clock)
            for reply in office.ledger.replies(clock() - _ALERTED_FOR):
                _alert(office, reply, report, run, clock)
            for opened in office.inboxes():
                _look(office, opened, report, run, clock)
            report.trouble += [one for one in press(office, run, clock) if one not in report.trouble]
        except BaseException as error:
            code = error.exit_code if isinstance(error, ContractorOpsError) else Exit.BUG
            office.ledger.close_run(run, clock(), RunEnd(int(code), {}, error=str(error) or type(error).__name__))
            raise
        trouble = [*report.trouble, *(error.message for error in report.to_mend)]
        office.ledger.close_run(run, clock(), RunEnd(int(exit_code(report)), {}, error="; ".join(trouble)))
    return report


def exit_code(report: InboxReport) -> Exit:
    """3 where the office must mend something before a place can be asked, 5 where one could not be asked or an alert did not leave."""
    if report.to_mend:
        return min(error.exit_code for error in report.to_mend)
    return Exit.SOME_FAILED if report.trouble else Exit.DONE


def _look(office: Office, opened: Callable[[], Inbox | None], report: InboxReport, run: int, clock: Clock) -> None:
    """Look into one place; what is missing for it keeps no other from being asked."""
    try:
        inbox = opened()
    except ContractorOpsError as error:
        report.to_mend.append(error)
        return
    if inbox is not None:
        _look_into(office, inbox, report, run, clock)


def _look_into(office: Office, inbox: Inbox, report: InboxReport, run: int, clock: Clock) -> None:
    ledger = office.ledger
    since = (ledger.first_message_at() or report.now) - _FIRST_LOOK
    report.asked.append(inbox.name)
    try:
        for batch in inbox.fetch(ledger.cursor(inbox.name), since, _concerns(office)):
            for arrival in batch.arrivals:
                _take(office, arrival, report, run, clock)
            ledger.move_cursor(inbox.name, batch.cursor, clock())
        for result in inbox.became(_long_queued(office, inbox, clock())):
            take_result(office, result, report, clock)
        for message in _long_queued(office, inbox, clock()):
            if message.at < clock() - _ASKED_FOR:
                take_result(office, _never_heard_of(message, clock()), report, clock)
    except InboxDown as down:
        report.asked.remove(inbox.name)
        report.trouble.append(
            f"{down.reason}{'' if down.reason.endswith(('.', '?', '!')) else '.'} Nothing was lost: the next look goes on from there."
        )
    finally:
        inbox.close()


def _long_queued(office: Office, inbox: Inbox, at: datetime) -> list[SentMessage]:
    """Messages that this provider has had for a while without saying that they left."""
    return [message for message in office.ledger.messages(at - _REMEMBERED)
            if message.provider == inbox.name and message.at < at - inbox.asks_after and any(step.state == "queued" for step in message.steps)]  # fmt: skip


def _never_heard_of(message: SentMessage, at: datetime) -> Result:
    """What a person is told once: nobody knows what became of this message."""
    return Result(
        f"silent:{message.message_id}", "email" if message.channel == "email" else "sms", "failed", at, message_id=message.message_id,
        address=message.address, reason=f"the provider has not said in {_ASKED_FOR.days} days that it left: ask whether it came",
    )  # fmt: skip


def _concerns(office: Office) -> Callable[[str, Sequence[str]], bool]:
    """Mail concerns us when it answers a message of ours, or comes from somebody we have written to, there or by text."""
    ledger, written_to = office.ledger, customers_written_to(office)

    def concerns(address: str, message_ids: Sequence[str]) -> bool:
        return bool(message_ids and ledger.sent_as(message_ids)) or ledger.has_written_to(address) or written_to(address)

    return concerns


def _take(office: Office, arrival: Arrival, report: InboxReport, run: int, clock: Clock) -> None:
    if isinstance(arrival, Reply):
        came = take_reply(office, arrival, report, run, clock)
        if came:
            report.came.append(came)
            _alert(office, came.reply, report, run, clock)
    elif isinstance(arrival, OptOut):
        take_opt_out(office, arrival, report, clock)
    else:
        take_result(office, arrival, report, clock)


def _alert(office: Office, reply: KeptReply, report: InboxReport, run: int, clock: Clock) -> None:
    """Tell the owner about an urgent reply, unless it is the owner's own, or a person has dealt with it since."""
    if reply.label != "urgent" or not reply.address or is_owners(office, reply.address):
        return
    colleague = colleague_at(office, reply.address)
    if reply.lifted_at in {None, reply.at} or colleague:  # what our own people write stops nothing, and so is never lifted
        trouble = alert(office, INBOX, about_reply(reply, reply.customer or colleague), run, clock)
        report.trouble += [one for one in trouble if one not in report.trouble]


def _settle_doubts(office: Office, report: InboxReport, run: int, clock: Clock) -> None:
    """Ask the providers about every message in doubt; a recipe that is at work just now settles its own."""
    for recipe in office.ledger.recipes_left_open():
        try:
            if recipe == INBOX:
                settled = recover(office, recipe, run, clock)
            else:
                with office.lock(recipe):
                    settled = recover(office, recipe, run, clock)
        except RunUnderWay:
            continue
        except LedgerTrouble:
            raise
        except ContractorOpsError as error:
            report.trouble.append(error.message)
            continue
        told = [(doubt, state) for doubt, state in settled if doubt.key.step != TRY]  # who tried has looked
        report.doubts += [(doubt, state) for doubt, state in told if doubt.channel and doubt.state != "claimed"]
