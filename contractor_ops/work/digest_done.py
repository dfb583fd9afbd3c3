"""What each recipe did since a moment, by the ledger: messages that left or lie in outbox/, tasks, answers, and what did not arrive."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from contractor_ops.figures.messages import IN_DOUBT, NEVER_LEFT, NOT_ARRIVED
from contractor_ops.office import Office
from contractor_ops.ports import SentMessage
from contractor_ops.reports.digest_parts import Done
from contractor_ops.reports.format import phone
from contractor_ops.work.colleagues import colleague_at
from contractor_ops.work.report import EVERY_STATE

_RESULTS_COME_WITHIN = timedelta(days=7)
"""A bounce is about a message of the last days, which an earlier digest may have told as sent."""
_DOUBTED_FOR = timedelta(days=30)
_JOBS = frozenset({"jobs", "note_gaps", "note_flags", "ready_to_bill"})
_UNDER_WAY = timedelta(minutes=15)
"""A message that a run is just handing over is in no doubt yet."""


def done_since(office: Office, titles: Mapping[str, str], since: datetime, now: datetime) -> Iterator[Done]:
    """What each recipe did after a moment and until now; those that did nothing are left out. `titles` are recipes by key."""
    if not office.ledger_file.exists():
        return
    lost = not_arrived(office, since, now)
    failed = Counter(map(_recipe, lost))
    sent, outbox = _that_left(office, {one.id for one in lost}, since, now)
    doubtful = Counter(_recipe(one) for one in in_doubt(office, now) if one.at > since)
    tasks = Counter(item.recipe for item in office.ledger.reviews(EVERY_STATE)
                    if item.kind == "task" and item.created_at and since < item.created_at <= now)  # fmt: skip
    answers = Counter(reply.records[0][0] for reply in office.ledger.replies(since)
                      if since < reply.at <= now and reply.records and reply.label != "auto_reply")  # fmt: skip
    for key, title in titles.items():
        if any(found.get(key) for found in (sent, outbox, tasks, answers, failed, doubtful)):
            yield Done(
                title,
                len(sent[key]),
                tasks[key],
                answers[key],
                failed[key],
                len(outbox[key]),
                whom(office, sent[key]),
                whom(office, outbox[key]),
                doubtful[key],
            )


def not_arrived(office: Office, since: datetime, now: datetime) -> list[SentMessage]:
    """Messages that were refused after a moment, or of which it came out then that they did not arrive."""
    became = {message: result for message, result in office.ledger.results(since) if result.at <= now}  # the last one stands
    lost = {message for message, result in became.items() if result.state in NOT_ARRIVED}
    return [message for message in office.ledger.messages(since - _RESULTS_COME_WITHIN) if message.at <= now
            and (message.id in lost or (message.at > since and any(step.state == "failed" for step in message.steps)))]  # fmt: skip


def in_doubt(office: Office, now: datetime) -> list[SentMessage]:
    """Messages of the last weeks of which nobody knows whether they left, as things stand now."""
    return [message for message in office.ledger.messages(now - _DOUBTED_FOR) if message.at <= now
            and any(step.state == "in_doubt" or (step.state == "trying" and now - message.at > _UNDER_WAY) for step in message.steps)]  # fmt: skip


def _that_left(
    office: Office, lost: set[int], since: datetime, now: datetime
) -> tuple[dict[str, list[SentMessage]], dict[str, list[SentMessage]]]:
    """By recipe, the messages that left and those that became files in outbox/."""
    sent: dict[str, list[SentMessage]] = defaultdict(list)
    outbox: dict[str, list[SentMessage]] = defaultdict(list)
    for message in office.ledger.messages(since):
        if since < message.at <= now and message.id not in lost and any(step.state not in NEVER_LEFT | IN_DOUBT for step in message.steps):
            (outbox if message.provider == "outbox" else sent)[_recipe(message)].append(message)
    return sent, outbox


def _recipe(message: SentMessage) -> str:
    return message.steps[0].recipe if message.steps else ""


def whom(office: Office, messages: Iterable[SentMessage]) -> tuple[str, ...]:
    """Whom messages went to, each once; our own people with whose thing it was about: "Sam Whitaker about Monique Dvorak's job"."""
    told = list(messages)
    ours = {address: colleague_at(office, address) for address in {one.address for one in told}}
    return tuple(dict.fromkeys(_to_ours(one, name) if (name := ours[one.address]) else _name(one) for one in told))


def _to_ours(message: SentMessage, name: str) -> str:
    table = message.steps[0].table if message.steps else ""
    about = f"{message.customer}'s job" if table in _JOBS else message.customer
    return f"{name} about {about}" if message.customer and message.customer != name else name


def _name(message: SentMessage) -> str:
    return message.customer or phone(message.address)


def names_of(messages: Iterable[SentMessage]) -> tuple[str, ...]:
    """The customers that messages go to, each once."""
    return tuple(dict.fromkeys(map(_name, messages)))
