"""The list for an office that sends by hand: whom to call or write to, the words ready to be pasted, and a box to tick."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contractor_ops.planning.decision import BY_HAND, Decision, Plan
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.as_of import as_of, judged_on
from contractor_ops.reports.format import count, documents, moment, phone
from contractor_ops.reports.needs_person import put_off, where
from contractor_ops.reports.next_thing import nowhere
from contractor_ops.reports.one_message import by_message, head, in_doubt
from contractor_ops.reports.printable import one_line, printable
from contractor_ops.reports.queue_items import snoozed

CALL_COLUMNS = ("done", "name", "phone", "email", "to_do", "subject", "words", "why", "about", "place", "not_before", "review")
"""The columns of the list as CSV."""


@dataclass(frozen=True, slots=True)
class Call:
    """One person to reach. `to` is a telephone number or an e-mail address, `words` are the message in full.

    A `task` has nothing to paste: its words tell the office what to do.
    """

    name: str
    to: str
    subject: str
    words: str
    why: str
    about: str
    place: str
    not_before: datetime | None = None
    review: int | None = None
    task: bool = False

    @property
    def by_email(self) -> bool:
        """Whether it is to be written rather than dialled."""
        return "@" in self.to


def calls_from_plans(plans: Sequence[Plan]) -> list[Call]:
    """A call for each message of these plans that has not left: due, to be released, or held. A group's message is one."""
    messages = (covered for plan in plans for covered in by_message(filter(_to_send, plan.decisions)))
    return [_call(covered) for covered in messages if head(covered).body]


def calls_from_queue(items: Iterable[ReviewItem], now: datetime) -> list[Call]:
    """A call for each open message or task of the review queue; what is snoozed is left out."""
    wanted = (item for item in items if item.state in {"open", "approved"} and not snoozed(item, now) and not in_doubt(item.reason))
    return [_queued(item, now) for item in wanted if item.edited or item.body]


def call_list(calls: Sequence[Call], now: datetime) -> str:
    """The list as plain text; the words of each message stand between two lines, at the margin, so that they can be copied as they are."""
    head = f"Call and text list, {moment(now, now)}: {count(len(calls), 'thing')} to do by hand"
    return "\n\n".join([head, *(_entry(number, call, now) for number, call in enumerate(calls, 1))]) + "\n"


def call_rows(calls: Iterable[Call]) -> list[Mapping[str, Any]]:
    """The list as rows for CSV, in CALL_COLUMNS; `done` is left blank to be ticked."""
    return [
        {
            "name": call.name, "phone": "" if call.by_email else call.to, "email": call.to if call.by_email else "",
            "to_do": call.words if call.task else "", "subject": call.subject, "words": "" if call.task else call.words,
            "why": call.why, "about": call.about, "place": call.place, "not_before": call.not_before, "review": call.review,
        }
        for call in calls
    ]  # fmt: skip


def _to_send(decision: Decision) -> bool:
    """Whether a person may send it by hand: it has not left, and cannot have."""
    if decision.decision not in {"act", "review", "hold"} or in_doubt(decision.reason) or put_off(decision):
        return False
    return decision.outcome in {None, "failed"} or (decision.outcome == "queued" and decision.action in BY_HAND)


def _call(covered: list[Decision]) -> Call:
    first = head(covered)
    return Call(
        name=first.customer or "",
        to=first.to or "",
        subject=first.subject or "",
        words=first.body or "",
        why=first.reason,
        about=documents(first.table, [decision.record for decision in covered]),
        place=where([decision.place for decision in covered]),
        not_before=first.until,
        task=first.action in BY_HAND,
    )


def _queued(item: ReviewItem, now: datetime) -> Call:
    return Call(
        name=item.customer or "",
        to=item.to or "",
        subject=item.subject or "",
        words=item.edited or item.body or "",
        why=as_of(item.reason, judged_on(item, now), now),
        about=documents(item.table, [member.key.record for member in item.members]),
        place=where([member.place for member in item.members]),
        review=item.id or None,
        task=item.kind == "task",
    )


def _entry(number: int, call: Call, now: datetime) -> str:
    facts = {
        "E-mail" if call.by_email else "Call or text": phone(call.to) or ("" if call.task else nowhere(call.why)),
        "To do": call.words if call.task else "",
        "Not before": moment(call.not_before, now) if call.not_before else "",
        "Why": f"{one_line(call.why)} ({one_line(call.about)}; {one_line(call.place)})",
        "Review item": str(call.review or ""),
        "Subject": call.subject,
    }
    told = [f"    {label}: {one_line(fact)}" for label, fact in facts.items() if fact]
    line = "-" * 40
    words = [] if call.task else [line, printable(call.words).strip(), line]
    return "\n".join([f"[ ] {number}. {one_line(call.name) or 'no name'}", *told, *words])
