"""What somebody wrote back: whose it is, what it answers, what it stops, and who has it now."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from contractor_ops.errors import FilesNeedMending
from contractor_ops.office import Office
from contractor_ops.ports import CONFIRMATION, URGENT, KeptReply, Reply, ReviewItem, ReviewMember, SentMessage, StepKey
from contractor_ops.reports.format import count, phone
from contractor_ops.reports.inbox_report import Came, InboxReport
from contractor_ops.tables.record import Place
from contractor_ops.work.colleagues import asked_about, colleague_at, completes_notes
from contractor_ops.work.own_messages import INBOX, confirm_opt_out
from contractor_ops.work.reply_context import Meant, may_call_off, meant_by
from contractor_ops.work.reply_visits import made_urgent, near_visits
from contractor_ops.work.whose import whose

_SAME_SECOND = timedelta(seconds=1)
"""Mail tells whole seconds: an answer may seem to come before what it answers."""


def take_reply(office: Office, reply: Reply, report: InboxReport, run: int, clock: Callable[[], datetime]) -> Came | None:
    """Keep one reply; None where it was kept before. It is written down last, so that what is cut short is done again."""
    ledger = office.ledger
    if ledger.reply_known(reply.key):
        return None
    named = _named(office, reply)
    colleague = colleague_at(office, reply.address)
    meant = _meant(office, reply, named, colleague)
    judged, answered = meant.judged, meant.answered
    kept = KeptReply(
        reply.key, reply.channel, reply.address, reply.at, None, "", judged.label, judged.reason, judged.weight, judged.text, reply.text,
        reply.subject,
    )  # fmt: skip
    kept = (
        _of_colleague(office, kept, colleague, named, reply.pictures, clock())
        if colleague
        else _of_customer(office, kept, reply.name, answered)
    )
    if meant.settled:
        kept = replace(kept, lifted_at=reply.at)  # a person's word comes later than the reply
    near = [] if colleague else near_visits(office, kept, clock())
    if judged.opts_out:
        # Who asks from elsewhere to be left alone is left alone where we wrote to: mail is forwarded.
        addresses = dict.fromkeys((reply.address, *([named.address] if named and named.channel == reply.channel else [])))
        _opt_out(office, kept, addresses, report, run, clock)
    elif judged.label == "start" and ledger.opt_in(reply.address, clock(), _said(kept), by_person=False):
        report.opted_in.append(reply.address)
    owner = _owner(office, kept, None if colleague else answered)
    needed = not meant.quiet and _needs_a_person(office, kept)
    item = _task(kept, answered, owner, colleague, meant.story) if needed else None
    if item and (meant.urgent or near):
        item = made_urgent(office, item, near, clock())
    task = ledger.add_task(item, clock()) if item else None
    number = ledger.add_reply(kept)
    return Came(replace(kept, number=number or 0), owner, task, answered, colleague)


def _meant(office: Office, reply: Reply, named: SentMessage | None, colleague: str | None) -> Meant:
    """What triage makes of the words, and a customer's also by what they answer."""
    judged, answered = office.judge_reply(reply), named or _last_one_to(office, reply)
    return Meant(judged, answered) if colleague else meant_by(office, reply, judged, named, answered)


def _of_customer(office: Office, kept: KeptReply, signed: str, answered: SentMessage | None) -> KeptReply:
    """The reply with whose it is: the customer's of the message that it answers, else of the sheet, else whoever signed it."""
    name, key = (answered.customer, answered.customer_key) if answered else whose(office, kept.address)
    records = tuple((step.recipe, step.table, step.key.record) for step in answered.steps) if answered else ()
    return replace(kept, customer=name or signed or None, customer_key=key, answers=answered.id if answered else None, records=records)


def _of_colleague(office: Office, kept: KeptReply, name: str, named: SentMessage | None, pictures: int, at: datetime) -> KeptReply:
    """What our own people write is no customer's answer, it stops nothing; where they were asked about jobs' notes, it belongs to those."""
    if pictures:
        kept = replace(kept, text=f"{kept.text}\n({count(pictures, 'photo')} attached)".strip())
    records = asked_about(office.ledger, kept, named) if kept.weight != "automatic" and kept.label != "stop" else ()
    return replace(kept, customer=name if records else None, records=records, lifted_at=at)


def _said(reply: KeptReply) -> str:
    return "the customer, by text" if reply.channel == "sms" else "the customer, by e-mail"


def _opt_out(
    office: Office, reply: KeptReply, addresses: Iterable[str], report: InboxReport, run: int, clock: Callable[[], datetime]
) -> None:
    for address in addresses:
        office.ledger.opt_out(address, clock(), _said(reply))
        report.opted_out.append((address, _said(reply)))
    if _confirms(office):
        report.trouble += confirm_opt_out(office, reply, run, clock)


def _confirms(office: Office) -> bool:
    try:
        return office.confirms_opt_outs
    except FilesNeedMending:  # whoever opens the mailbox says what is wrong in [inbox]
        return False


def _named(office: Office, reply: Reply) -> SentMessage | None:
    """The message of ours that an e-mail names as what it answers."""
    by_id = {message.message_id: message for message in (office.ledger.sent_as(reply.answers) if reply.answers else ())}
    return next((by_id[one] for one in reply.answers if one in by_id), None)


def _last_one_to(office: Office, reply: Reply) -> SentMessage | None:
    """The last message that went to this address before, else to whoever has it; to what confirms an opt-out nobody answers."""
    ledger, before = office.ledger, reply.at + _SAME_SECOND
    sent = ledger.sent_to(reply.address, before, limit=5)
    answered = next((one for one in sent if any(step.key.step != CONFIRMATION for step in one.steps)), None)
    return answered or ledger.sent_to_whoever_has(reply.address, before)


def _owner(office: Office, reply: KeptReply, answered: SentMessage | None) -> str:
    people = office.config.people
    if reply.label == "urgent" and "owner" in people:
        return "owner"
    if answered and answered.steps and answered.steps[0].owner in people:
        return answered.steps[0].owner
    return next((key for key in ("office", "owner", *people) if key in people), "office")


def _needs_a_person(office: Office, reply: KeptReply) -> bool:
    """All but what a machine wrote, plain opt-outs, and what a technician answers that completes the notes of its jobs.

    A CANCEL may also mean the appointment, and after a START somebody must resume.
    """
    if reply.weight == "automatic" or (reply.label != "urgent" and completes_notes(office, reply)):
        return False
    return reply.label != "stop" or may_call_off(reply.text or reply.subject)


def _task(reply: KeptReply, answered: SentMessage | None, owner: str, colleague: str | None, more: str) -> ReviewItem:
    recipe = reply.records[0][0] if reply.records else INBOX
    records = [(table, record) for _, table, record in reply.records] or [("replies", reply.address)]
    members = tuple(
        ReviewMember(StepKey(record, "reply", reply.key), "", "", Place(reply.address, None, None), reply.customer) for _, record in records
    )
    mark = URGENT if reply.label == "urgent" else ""
    return ReviewItem(
        recipe, f"{mark}reply/{reply.key}", "task", owner, _why(reply, colleague or "the customer"), members, reply.customer,
        subject=reply.subject or None, body=_story(reply, answered, colleague, more), due=reply.at, table=records[0][0],
    )  # fmt: skip


def _why(reply: KeptReply, who: str) -> str:
    """What the reply is about, in one line of the queue."""
    words = " ".join((reply.text or reply.subject or reply.whole).split())
    said = f'"{words[:117]}…"' if len(words) > 118 else f'"{words}"'
    label = {"urgent": "URGENT", "other": "wrote"}.get(reply.label, reply.label.replace("_", " "))
    return f"{label}: {said} ({reply.reason})" if reply.label != "other" else f"{who} wrote {said}"


def _story(reply: KeptReply, answered: SentMessage | None, colleague: str | None, more: str) -> str:
    """What to do, what was written, and the message that it answers beside it."""
    name = f"{colleague} (one of us)" if colleague else reply.customer
    who = f"{name} at {phone(reply.address)}" if name else phone(reply.address)
    story = f"{'Call' if reply.label == 'urgent' else 'Answer'} {who}, who wrote: {reply.text or reply.whole}"
    story += f"\n\n{more}" if more else ""
    if answered and answered.body:
        story += f"\n\n— answers our message of {answered.at:%Y-%m-%d}:\n{answered.body}"
    return story
