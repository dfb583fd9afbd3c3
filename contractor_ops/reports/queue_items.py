"""Which items of the review queue need a person, and which messages did not arrive that no run has put there yet."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from contractor_ops.ports import Result, ReviewItem, SentMessage
from contractor_ops.reports import next_thing
from contractor_ops.reports.as_of import as_of, judged_on
from contractor_ops.reports.format import days_since, documents, phone
from contractor_ops.reports.gravity import is_grave
from contractor_ops.reports.needs_person import Telling, about, asked_for, customers, of_step, told_once, where
from contractor_ops.reports.one_message import BACKLOG, in_doubt
from contractor_ops.reports.report_items import AT_STAKE, Item, Urgency, total


def items_from_queue(queue: Iterable[ReviewItem], telling: Telling, titles: Mapping[str, str]) -> list[Item]:
    """The open part of the review queue; what is snoozed comes back on its day. A row to mend is one thing, however many steps wait for it."""
    here = [item for item in queue if item.state == "open" and not snoozed(item, telling.now)]
    once = {_thing(item): item for item in reversed(here)}
    return [_queued(item, telling, titles) for item in here if once[_thing(item)] is item]


def _thing(item: ReviewItem) -> object:
    return (item.owner, item.reason, *(member.place for member in item.members)) if item.kind == "broken" else item.id


def snoozed(item: ReviewItem, now: datetime) -> bool:
    """Whether a person has put it off to a later day."""
    return item.state == "open" and item.until is not None and item.until > now.date()


def failed_items(failures: Iterable[tuple[SentMessage, Result]], telling: Telling, titles: Mapping[str, str]) -> list[Item]:
    """Messages that providers took and could not deliver, and that no run has put before a person yet."""
    return [_undelivered(message, result, telling, titles) for message, result in failures if message.steps]


def _undelivered(message: SentMessage, result: Result, telling: Telling, titles: Mapping[str, str]) -> Item:
    lead = message.steps[0]
    papers = documents(lead.table, [step.key.record for step in message.steps])
    return Item(
        "failed", telling.name(lead.owner), message.customer or "", None, days_since(message.at, telling.now), papers,
        f"our message did not arrive: {result.reason}", phone(message.address), next_thing.reach_another_way(message.customer, message.address),
        titles.get(lead.recipe, lead.recipe), len(message.steps), None, lead.table,
    )  # fmt: skip


def _queued_urgency(item: ReviewItem) -> Urgency:
    if item.urgent:
        return "urgent"
    if in_doubt(item.reason):
        return "in doubt"
    if item.kind == "broken":
        return "mend"
    return "backlog" if item.key == BACKLOG else asked_for(item.kind == "task", item.kind == "message", item.reason)


def _step(item: ReviewItem, kind: Urgency, telling: Telling) -> str | None:
    """The step of a trail that it is about; several rows of a backlog have several."""
    return item.members[0].key.step if item.recipe in telling.trails and item.members and kind not in {"mend", "backlog"} else None


def _queued(item: ReviewItem, telling: Telling, titles: Mapping[str, str]) -> Item:
    kind = _queued_urgency(item)
    members = item.members
    amounts = {member.key.record: member.amount for member in members}
    place = where([member.place for member in members])
    words = next_thing.mend((), (), place) if kind == "mend" else next_thing.for_review(kind, item, place)
    return Item(
        urgency=kind,
        owner=telling.name(item.owner),
        customer=item.customer or customers([member.customer for member in members]),
        amount=item.amount if item.amount is not None else total(amounts.values()),
        age=days_since(item.due or item.created_at, telling.now),
        about=about(kind, item.table, [member.key.record for member in members]),
        reason=of_step(_step(item, kind, telling), as_of(item.reason, judged_on(item, telling.now), telling.now)),
        place=phone(place),  # a reply stands in no sheet, but came from a number
        next=told_once(words, item.reason) if item.table in AT_STAKE else words,
        recipe=titles.get(item.recipe, item.recipe),
        rows=len(members),
        review=item.id or None,
        table=item.table,
        grave=is_grave(item.reason, item.body, members[0].key.step if members else None, telling.now),
    )
