"""What the office's sheet is to say about each row after a run: decided from what was sent, planned and put before people. Nothing is read here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from contractor_ops.figures.messages import OUTBOX
from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.ports import CallOutcome, NewValue, ReviewItem, SentMessage, StepKey
from contractor_ops.tables.record import Place

LEFT = frozenset({"sent", "queued"})
"""States of steps that are done for all that is known."""
_LONGEST = 400
_PLAIN = str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "·": ";", "\u00a0": " "})
"""Signs that Excel shows wrongly in a CSV file that holds none of them yet."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a table's records, by their id. `touched` are those that automation has ever had to do with."""

    contacts: Mapping[str, date] = field(default_factory=dict)
    next_steps: Mapping[str, str] = field(default_factory=dict)
    reviews: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    touched: frozenset[str] = frozenset()

    def values(self, record: str, wanted: Mapping[str, str]) -> dict[str, NewValue]:
        """New values by heading; what is over is emptied where it may have been ours, what is not known is left alone."""
        found: dict[str, NewValue] = {}
        for name, texts in (("next_step", self.next_steps), ("review", self.reviews)):
            if record in texts or record in self.touched:
                found[name] = texts.get(record)
        for name, known in (("last_contact", self.contacts), ("status", self.statuses), ("clean_note", self.notes)):
            if record in known:
                found[name] = known[record]
        return {wanted[name]: _in_plain_signs(value) for name, value in found.items() if name in wanted}


def _in_plain_signs(value: NewValue) -> NewValue:
    return value.translate(_PLAIN) if isinstance(value, str) else value


def contacts_of(messages: Iterable[SentMessage], calls: Iterable[CallOutcome], tables: Collection[str], zone: tzinfo) -> dict[str, date]:
    """The last day on which a message left to the customer of a record, or somebody called them about it; a file in outbox/ has reached nobody."""
    found: dict[str, date] = {}
    for message in messages:
        if message.customer_key and message.provider != OUTBOX:  # our own people have no key
            records = [step.key.record for step in message.steps if step.table in tables and step.state in LEFT]
            _latest(found, records, message.at, zone)
    for call in calls:
        if call.table in tables and call.outcome != "wrong-number":
            _latest(found, [call.record], call.at, zone)
    return found


def _latest(found: dict[str, date], records: Iterable[str], at: datetime, zone: tzinfo) -> None:
    day = at.astimezone(zone).date()
    for record in records:
        found[record] = max(day, found.get(record, day))


def next_steps_of(plans: Sequence[Plan], ids: Mapping[Place, str], people: Mapping[str, str], zone: tzinfo) -> dict[str, str]:
    """The next thing that a recipe will do about a record, and its day: "Second nudge on Nov 30, 2026"."""
    first: dict[str, tuple[datetime, str]] = {}
    for plan in plans:
        for one in plan.judged:
            record, when = ids.get(one.place), one.until or one.due or plan.now
            if record is None or not one.step or one.decision not in {"act", "wait", "hold", "review"}:
                continue
            if one.decision == "wait" and one.due is None:
                continue
            if record not in first or when < first[record][0]:
                first[record] = when, _step(one, when.astimezone(zone).date(), people)
    return {record: text for record, (_, text) in first.items()}


def _step(one: Decision, day: date, people: Mapping[str, str]) -> str:
    words = (one.step or "").replace("-", " ").replace("_", " ")
    words = words[:1].upper() + words[1:]
    if one.decision == "review":
        return f"{words}, when {people.get(one.owner, one.owner)} has looked at it"
    return f"{words} on {day:%b} {day.day}, {day.year}"


def reviews_of(items: Iterable[ReviewItem], tables: Collection[str], people: Mapping[str, str]) -> dict[str, str]:
    """Why a person must look at a record, and who: "Dana Reed: the total is 18,000"."""
    found: dict[str, list[str]] = {}
    for item in items:
        text = f"{people.get(item.owner, item.owner)}: {item.reason}"
        for record in dict.fromkeys(member.key.record for member in item.members if item.table in tables):
            if text not in found.setdefault(record, []):
                found[record].append(text)
    return {record: _short("; ".join(texts)) for record, texts in found.items()}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rstrip()}..."


@dataclass(frozen=True, slots=True)
class StatusSet:
    """A step that is done and sets a status, as the ledger has it. `claim` tells it from others; `fits`: is the recipe about such a status."""

    recipe: str
    key: StepKey
    claim: str
    at: datetime
    status: str
    fits: Callable[[str], bool]


def statuses_of(done: Iterable[StatusSet], now: Mapping[str, str], noted: Mapping[str, Mapping[str, str]]) -> dict[str, StatusSet]:
    """The statuses that are still to be written, by record: those of its last step that sets one, while nobody has moved it on since.

    `now` is what the sheet says, `noted` what was noted of the status when it was first to be written ("claim", "before") and once it
    was ("written"): so a status that could not be written is written by a later run, and what a person makes of it afterwards stays.
    """
    last: dict[str, StatusSet] = {}
    for one in done:
        if one.key.record not in last or last[one.key.record].at <= one.at:
            last[one.key.record] = one
    return {record: one for record, one in last.items() if _is_open(one, now.get(record), noted.get(record, {}))}


def _is_open(one: StatusSet, now: str | None, noted: Mapping[str, str]) -> bool:
    if now is None or noted.get("written") == one.claim or not one.fits(now):
        return False
    return noted.get("claim") != one.claim or noted.get("before") == now


def touched_by(messages: Iterable[SentMessage], items: Iterable[ReviewItem], tables: Collection[str]) -> frozenset[str]:
    """The records that automation has ever had to do with."""
    steps = {step.key.record for message in messages for step in message.steps if step.table in tables}
    return frozenset(steps | {member.key.record for item in items if item.table in tables for member in item.members})
