"""Answers that nobody has seen to, and whose visit draws near: their items become urgent, and the owner hears that somebody may drive in vain."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time

from contractor_ops.office import Office
from contractor_ops.ports import URGENT, KeptReply, ReviewItem
from contractor_ops.tables.record import Record
from contractor_ops.work.alerts import about_reply, alert, is_owners
from contractor_ops.work.own_messages import INBOX
from contractor_ops.work.reply_visits import made_urgent, near_visits, theirs_to_come, up_to_date, with_visits

_RISES, _SLEEPS = time(7), time(21)
"""On the office's clock: nobody's telephone rings at night about a visit that is a day away."""
Clock = Callable[[], datetime]
_REPLY = "reply/"
_IN_VAIN = frozenset({"move", "stop", "no"})
"""Labels of answers after which somebody may drive in vain."""


def press(office: Office, run: int, clock: Clock) -> list[str]:
    """Make urgent what cannot wait any longer, and alert the owner once; what kept an alert from leaving."""
    trouble: list[str] = []
    for stored, reply in _unanswered(office):
        item, visits = _as_it_stands(office, stored, reply, clock()), near_visits(office, reply, clock())
        if visits and not item.urgent:
            _make_urgent(office, item, visits, clock())
        if visits and reply.label in _IN_VAIN and not is_owners(office, reply.address) and _is_awake(office, clock()):
            stands = up_to_date(office, reply.reason, visits, clock())
            told = replace(reply, reason=with_visits(office, stands, visits, clock()))
            trouble += alert(office, INBOX, about_reply(told, reply.customer), run, clock)
    return list(dict.fromkeys(trouble))


def _is_awake(office: Office, now: datetime) -> bool:
    return _RISES <= now.astimezone(office.zone).time() < _SLEEPS


def _as_it_stands(office: Office, item: ReviewItem, reply: KeptReply, at: datetime) -> ReviewItem:
    """The item, brought up to date where one of the visits in it stands otherwise by now."""
    visits = theirs_to_come(office, reply, at)
    reason, body = up_to_date(office, item.reason, visits, at), up_to_date(office, item.body or "", visits, at)
    if (reason, body) == (item.reason, item.body or ""):
        return item
    now = replace(item, reason=reason, body=body or None)
    office.ledger.add_task(now, at)
    return now


def _unanswered(office: Office) -> Iterator[tuple[ReviewItem, KeptReply]]:
    """The replies whose items are open."""
    items = {item.key.removeprefix(URGENT).removeprefix(_REPLY): item for item in office.ledger.reviews() if _is_reply(item)}
    since = min((item.due for item in items.values() if item.due), default=None)
    for reply in office.ledger.replies(since) if items else ():
        if reply.key in items:
            yield items[reply.key], reply


def _is_reply(item: ReviewItem) -> bool:
    return item.key.removeprefix(URGENT).startswith(_REPLY)


def _make_urgent(office: Office, item: ReviewItem, visits: list[Record], at: datetime) -> None:
    """The same thing under an urgent item's key: the one before is gone."""
    urgent = replace(made_urgent(office, item, visits, at), until=None, note="")
    number = office.ledger.add_task(urgent, at)
    if item.assigned:
        office.ledger.assign_review(number, item.assigned, at)
    office.ledger.decide_review(item.id, "gone", at, f"it cannot wait any longer: see {number}")
