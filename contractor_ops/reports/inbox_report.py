"""What one look into the inbox brought: a value first, then its lines and its JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contractor_ops.errors import ContractorOpsError
from contractor_ops.ports import Doubt, KeptReply, Result, SentMessage, State
from contractor_ops.reports.format import count, moment, phone
from contractor_ops.reports.printable import one_line

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Came:
    """A reply, whose task it is, the message that it answers, and which of our own people wrote it (None: none of them)."""

    reply: KeptReply
    owner: str
    task: int | None
    answers: SentMessage | None
    colleague: str | None = None

    @property
    def urgent(self) -> bool:
        """Whether it is shown before everything else."""
        return self.reply.label == "urgent"


@dataclass(slots=True)
class InboxReport:
    """Everything that is new: replies, results of messages, opt-outs (address and who said so), doubts with what became of them.

    `asked` names the places that were looked into, `trouble` says in a sentence each what could not be done. `to_mend` are the errors that
    kept places from being opened: whoever prints the report prints them too.
    """

    now: datetime
    asked: list[str] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    results: list[tuple[SentMessage | None, Result]] = field(default_factory=list)
    opted_out: list[tuple[str, str]] = field(default_factory=list)
    opted_in: list[str] = field(default_factory=list)
    doubts: list[tuple[Doubt, State]] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    to_mend: list[ContractorOpsError] = field(default_factory=list)

    @property
    def urgent_first(self) -> list[Came]:
        """The replies, urgent ones first, then as they came."""
        return sorted(self.came, key=lambda one: (not one.urgent, one.reply.at))

    @property
    def not_delivered(self) -> list[tuple[SentMessage | None, Result]]:
        """What did not arrive."""
        return [(message, result) for message, result in self.results if result.state in {"failed", "unsent"}]

    @property
    def has_news(self) -> bool:
        """Whether anything came, or went wrong, that somebody should know of at once."""
        return bool(self.came or self.not_delivered or self.opted_out or self.opted_in or self.doubts or self.trouble)

    @property
    def delivered(self) -> int:
        """How many messages are known to have arrived."""
        return len({result.provider_id or result.key for _, result in self.results if result.state == "delivered"})


def inbox_lines(report: InboxReport, people: dict[str, str]) -> Iterator[str]:
    """What came, as people read it: what is urgent first."""
    for one in report.urgent_first:
        yield from _reply_lines(one, people, report.now)
    for message, result in report.not_delivered:
        yield f"NOT DELIVERED  {_to(message, result)}: {result.reason}"
    for address, who in report.opted_out:
        yield f"OPTED OUT  {phone(address)} hears nothing more from us ({who})."
    for address in report.opted_in:
        yield f"{phone(address)} wants to hear from us again."
    for doubt, state in report.doubts:
        yield f"{phone(doubt.address or '')}: {_doubt(state)} ({doubt.recipe}, {doubt.key.record})."
    yield from report.trouble
    yield summary(report)


def _reply_lines(one: Came, people: dict[str, str], now: datetime) -> Iterator[str]:
    reply = one.reply
    name = f"{one.colleague} (one of us)" if one.colleague else reply.customer
    who = f"{name}, {phone(reply.address)}" if name else phone(reply.address)
    yield f"{reply.label.upper().replace('_', ' ')}  {who}, {moment(reply.at, now)} — {reply.reason}"
    yield f"  {_short(reply.text or reply.whole or reply.subject)}"
    if one.answers and one.answers.body:
        yield f"  answers our message of {moment(one.answers.at, now)}: {_short(one.answers.body)}"
    if one.task:
        yield f"  {people.get(one.owner, one.owner)} has it as number {one.task}: contractor-ops review show {one.task}"


def _to(message: SentMessage | None, result: Result) -> str:
    address = phone(message.address if message else result.address)
    return f"{message.customer}, {address}" if message and message.customer else address or "a message that is not ours"


def _doubt(state: State) -> str:
    if state in {"sent", "queued"}:
        return "the message in doubt did leave"
    if state == "failed":
        return "nobody knows whether the confirmation left; it is not sent again, and the opt-out holds"
    return (
        "the message never left; it leaves in the next run"
        if state == "released"
        else "nobody knows yet whether the message left; a person asks"
    )


def summary(report: InboxReport) -> str:
    """One line that counts."""
    if not report.asked and not report.trouble and not report.to_mend:
        return "Nowhere to look: neither Twilio, SendGrid nor [inbox] imap is set up in config.toml."
    open_doubts = sum(state == "in_doubt" for _, state in report.doubts)
    parts = [
        count(len(report.came), "reply", "replies"),
        f"{report.delivered} delivered" if report.delivered else "",
        f"{len(report.not_delivered)} not delivered" if report.not_delivered else "",
        count(len(report.opted_out), "opt-out") if report.opted_out else "",
        f"{count(open_doubts, 'message')} in doubt" if open_doubts else "",
    ]
    where = f" (looked into {', '.join(report.asked)})" if report.asked else ""
    return f"{', '.join(part for part in parts if part)}{where}."


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def inbox_json(report: InboxReport) -> dict[str, Any]:
    """What came, for scripts: keys are only ever added."""
    return {
        "now": report.now.isoformat(), "asked": report.asked,
        "replies": [_reply_json(one) for one in report.urgent_first],
        "results": [_result_json(message, result) for message, result in report.results],
        "opt_outs": [{"address": address, "source": who} for address, who in report.opted_out],
        "opt_ins": report.opted_in,
        "doubts": [{"recipe": doubt.recipe, "record": doubt.key.record, "step": doubt.key.step, "address": doubt.address, "state": state}
                   for doubt, state in report.doubts],
        "trouble": [*report.trouble, *(error.message for error in report.to_mend)],
    }  # fmt: skip


def _reply_json(one: Came) -> dict[str, Any]:
    reply = one.reply
    return {
        "id": reply.number, "at": reply.at.isoformat(), "channel": reply.channel, "from": reply.address, "customer": reply.customer,
        "label": reply.label, "reason": reply.reason, "text": reply.text, "subject": reply.subject or None,
        "records": [{"recipe": recipe, "table": table, "record": record} for recipe, table, record in reply.records],
        "answers": {"at": one.answers.at.isoformat(), "text": one.answers.body} if one.answers else None,
        "owner": one.owner, "review": one.task,
    }  # fmt: skip


def _result_json(message: SentMessage | None, result: Result) -> dict[str, Any]:
    return {
        "state": result.state, "at": result.at.isoformat(), "channel": result.channel, "to": message.address if message else result.address,
        "customer": message.customer if message else None, "code": result.code or None, "reason": result.reason or None,
        "records": [{"recipe": step.recipe, "record": step.key.record} for step in message.steps] if message else [],
    }  # fmt: skip


REPLY_COLUMNS = ("id", "at", "channel", "from", "customer", "label", "reason", "text", "owner", "review")
"""The columns of the replies as CSV."""
