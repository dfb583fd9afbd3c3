"""One step of one booking: what the planner decides now and what the ledger remembers, put together."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from contractor_ops.office import Office
from contractor_ops.planning.conditions import first_unmet
from contractor_ops.planning.decision import Decision
from contractor_ops.planning.former import as_one
from contractor_ops.planning.planner import day_start
from contractor_ops.ports import SETTLED, History, ReviewItem, StepKey, StepMemory
from contractor_ops.recipe import Recipe, Step
from contractor_ops.reports.ended import ended_as
from contractor_ops.reports.format import phone
from contractor_ops.reports.trail import OwnWord, State, TrailStep
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Place, Record
from contractor_ops.timetable.reading import read_when
from contractor_ops.work.colleagues import colleague_at

GRACE = timedelta(hours=1)
"""So long after the run that should see to it, or after a person was asked, a step is not called overdue."""
_IN_ORDER = ("booked", "scheduled", "under-way", "completed", "invoiced")
"""How a booking goes on: what is for a later one of these may still come."""
_DONE = {
    "assign": "assigned", "check-materials": "material was checked", "checklist": "the checklist was written", "update-row": "noted",
    "calendar": "the calendar entry was written",
}  # fmt: skip
_START = "starts_at"
_WAYS = {"sms": "text", "email": "e-mail"}


@dataclass(frozen=True)
class Queue:
    """The review queue by step and by row, since when each is asked, what a person released within the last hour, and each recipe's last run that sent."""

    items: Mapping[tuple[str, StepKey], ReviewItem]
    by_place: Mapping[tuple[str, StepKey, Place], ReviewItem]
    first_asked: Mapping[tuple[str, StepKey], datetime]
    just_released: frozenset[int]
    last_runs: Mapping[str, datetime] = field(default_factory=dict)
    is_business_day: Callable[[date], bool] = lambda day: True

    def item(self, recipe: str, key: StepKey, place: Place | None = None) -> ReviewItem | None:
        """What a person is asked about a step; of two rows that share a number, about that one."""
        at_the_row = self.by_place.get((recipe, key, place)) if place else None
        return at_the_row or self.items.get((recipe, key))

    def asked(self, recipe: str, item: ReviewItem | None) -> datetime | None:
        """Since when somebody is asked about a step, by whatever number."""
        waits = item is not None and item.state in {"open", "approved"}
        return self.first_asked.get((recipe, item.members[0].key)) if item is not None and waits else None


def queue_of(office: Office, now: datetime) -> Queue:
    """The queue as it stands, tasks that are done included."""
    items = sorted(office.ledger.reviews(("open", "approved", "dismissed", "done", "gone")), key=lambda item: item.id)
    changes = office.ledger.review_changes(now - GRACE)
    released = frozenset(one.item for one in changes if one.state == "approved" and one.at <= now)
    trails = [recipe.key for recipe in office.recipes() if recipe.shape == "trail"]
    runs = {key: at for key in trails if (at := office.ledger.last_sent_now(key)) and at <= now}
    told = [item for item in items if item.state != "gone" or (item.kind == "task" and item.note)]
    by_step = {(item.recipe, member.key): item for item in told for member in item.members}
    by_place = {(item.recipe, member.key, member.place): item for item in told for member in item.members if item.state == "open"}
    asked = {(item.recipe, member.key): item.created_at for item in reversed(items) for member in item.members if item.created_at}
    return Queue(by_step, by_place, asked, released, runs, office.facts.calendar.is_business_day)


def own_words(office: Office, identity: str, now: datetime) -> list[OwnWord]:
    """What the ledger's own record of a booking says."""
    own = office.ledger.own_values("bookings")
    former = own.get(former_name(office, identity, now).get(identity, ""), {})
    values = {**former, **own.get(identity, {})}
    return [OwnWord(column, one.value, one.recipe, one.step, one.at.astimezone(office.zone)) for column, one in values.items()]


def former_name(office: Office, identity: str, now: datetime) -> dict[str, str]:
    """The name that the ledger knew a booking by before it had a number, by the one that it has now; nothing where it always had one."""
    former = office.former_names(now).get(identity)
    return {identity: former} if former else {}


@dataclass(frozen=True)
class Teller:
    """One recipe, asked about one booking."""

    office: Office
    recipe: Recipe
    record: Record
    identity: str
    queue: Queue
    now: datetime
    _colleagues: dict[str, str | None] = field(default_factory=dict)

    def steps(self, decisions: Sequence[Decision]) -> list[TrailStep]:
        """Every step in the recipe's order. A decision without a step is about the whole row."""
        by_step = {one.step: one for one in decisions}
        return [self._step(step, by_step.get(step.name) or by_step.get(None)) for step in self.recipe.steps]

    def remembered(self) -> list[TrailStep]:
        """What was done, and what a person is still asked about, of a booking that nobody can decide about any more."""
        done = [self._told(step, None, "done", memory) for step in self.recipe.steps if (memory := self._done(step, None))]
        return [*done, *self._asked({step.step for step in done})]

    def _asked(self, done: Collection[str]) -> Iterator[TrailStep]:
        names = {step.key: step.name for step in self.recipe.steps}
        for (recipe, key), item in self.queue.items.items():
            name = names.get(key.step, key.step)
            if (recipe, key.record) == (self.recipe.key, self.identity) and item.state in {"open", "approved"} and name not in done:
                yield TrailStep(self.recipe.name, name, "due", item.reason, item.owner, item.due, review=item.id)

    def told_start(self) -> str:
        """The start that was told last, as ISO."""
        starts = (values.get(_START, "") for one in self._history.watched.values() for values in (one.now, one.told))
        return next((start.replace(" ", "T") for start in starts if start), "")

    def _step(self, step: Step, decision: Decision | None) -> TrailStep:
        anchor = decision.anchor if decision and decision.step else None
        memory = self._done(step, anchor)
        if decision is None or decision.decision == "done" or (decision.step is None and memory):
            return self._told(step, decision, "done" if decision or memory else "skipped", memory)
        state = state_of(step, decision, self.record)
        earlier = self._done(step, None)
        if state in {"waiting", "skipped"} and earlier and step.on_change:
            return self._told(step, decision, "done", earlier)
        return self._told(step, decision, state, earlier if state == "waiting" else None)

    def _told(self, step: Step, decision: Decision | None, state: State, memory: StepMemory | None) -> TrailStep:
        item = self._item(step, decision, memory)
        stays_open = item is not None and item.state in {"open", "approved"}
        owner = item.owner if item and stays_open else decision.owner if decision else self.recipe.owner
        due = decision.due.astimezone(self.now.tzinfo) if decision and decision.due else None
        done = memory.at.astimezone(self.now.tzinfo) if memory else None
        how = self._how(step, memory, item) if memory else _said_no(item) if state == "done" else ""
        reason = _why(decision) if decision and state != "done" else ""
        late = state == "due" and decision is not None and is_overdue(self.recipe, decision, item, self.queue, self.now)
        if state == "waiting" and memory:
            how = f"done once already: {how}"
        return TrailStep(
            self.recipe.name, step.name, state, reason, owner, due, decision.until if decision else None, done, how,
            item.id if item and stays_open else None, overdue=late,
            do=step.do, asked=self.queue.asked(self.recipe.key, item),
        )  # fmt: skip

    # ── what the ledger remembers ──

    @cached_property
    def _history(self) -> History:
        names = [self.identity, *self._former.values()]
        return as_one(self.office.ledger.history(self.recipe.key, self.recipe.reads, names, (), day_start(self.now)), self._former)

    @cached_property
    def _entries(self) -> list[dict[str, Any]]:
        return [entry for name in (*self._former.values(), self.identity) for entry in self.office.ledger.entries(self.recipe.key, name)]

    @cached_property
    def _former(self) -> dict[str, str]:
        """Under which name the ledger knew the booking before it had a number, by its number."""
        return former_name(self.office, self.identity, self.now)

    @cached_property
    def _assigned(self) -> str:
        own = {one.column: one.value for one in own_words(self.office, self.identity, self.now)}
        return own.get("technician", "somebody")

    def _done(self, step: Step, anchor: str | None) -> StepMemory | None:
        """The last time that it was done; with `anchor` only for that one."""
        found = [
            memory for key, memory in self._history.steps.items()
            if key.step == step.key and memory.state in SETTLED - {"failed"} and (anchor is None or key.anchor == anchor)
        ]  # fmt: skip
        return max(found, key=lambda memory: memory.at, default=None)

    def _item(self, step: Step, decision: Decision | None, memory: StepMemory | None) -> ReviewItem | None:
        key = memory.key if memory else StepKey(self.identity, step.key, decision.anchor if decision else "")
        return self.queue.item(self.recipe.key, key, self.record.place)

    def _how(self, step: Step, memory: StepMemory, item: ReviewItem | None) -> str:
        """What was done and for whom; by a person where one released it or ticked it off."""
        none: dict[str, Any] = {}
        entry = next((one for one in reversed(self._entries) if (one["step"], one["anchor"]) == (memory.key.step, memory.key.anchor)), none)
        if memory.state == "skipped":
            return f"left out: {memory.detail}" if memory.detail else "left out"
        if entry.get("settled_by"):
            return f"told in the message about {entry['settled_by']}"
        if step.do in {"task", "draft-invoice"}:
            return self._on_a_list(item)
        if step.do == "message":
            way, address = _WAYS.get(str(entry.get("channel")), "message"), str(entry.get("address") or "")
            name = self._name_at(address) or (self.record["customer"] if step.to == "customer" else None)
            to = f"{way} to {' at '.join(str(part) for part in (name, phone(address)) if part) or 'somebody'}"
            return to + (f", released by a person (number {item.id})" if item and item.kind == "message" else "")
        more = f"; {self._on_a_list(item)}" if item and item.kind == "task" else ""
        done = _DONE.get(step.do, step.do) + (f" {self._assigned}" if step.do == "assign" else "")
        return done + (", released by a person" if item and item.kind != "task" else "") + more

    def _on_a_list(self, item: ReviewItem | None) -> str:
        if item is None:
            return "put on a list"
        people = self.office.config.people
        whose = f"on {people[item.owner].name if item.owner in people else item.owner}'s list as number {item.id}"
        if item.state == "gone":
            return f"{whose}, which it has left: {item.note}"
        return f"{whose}, {'still open' if item.state in {'open', 'approved'} else 'done by a person' if ended_as(item) == 'done' else 'dismissed'}"

    def _name_at(self, address: str) -> str | None:
        if address not in self._colleagues:
            self._colleagues[address] = colleague_at(self.office, address) if address else None
        return self._colleagues[address]


def _why(decision: Decision) -> str:
    """Why a step stands as it does; for one that nothing holds also what becomes of it."""
    return f"{decision.reason}; the next run --send does it" if decision.decision == "act" else decision.reason


def _said_no(item: ReviewItem | None) -> str:
    """A step that was never tried is done where a person said so."""
    if item is None:
        return ""
    return "done by a person" if ended_as(item) == "done" else f"a person said: not this one{f' ({item.note})' if item.note else ''}"


def state_of(step: Step, decision: Decision, record: Record) -> State:
    """Done, due, waiting or skipped, for a decision about an open step."""
    if decision.decision in {"act", "review", "hold", "broken"}:
        return "due"
    if decision.decision in {"ended", "done"}:
        return "skipped" if decision.decision == "ended" else "done"
    if decision.due is not None:
        return "waiting"
    return "skipped" if _is_for_others(step, record) else "waiting"


def _is_for_others(step: Step, record: Record) -> bool:
    """Whether a step is not for a booking like this one, and will not be once it goes on."""
    meaning = meaning_of(str(record["status"] or ""), TABLES["jobs"].statuses)
    if step.when.status and meaning is not None and meaning not in step.when.status:
        later = _IN_ORDER[_IN_ORDER.index(meaning) + 1 :] if meaning in _IN_ORDER else ()
        return not set(later) & set(step.when.status)
    return first_unmet(record, step.when.tests) is not None


def is_overdue(recipe: Recipe, decision: Decision, item: ReviewItem | None, queue: Queue, now: datetime) -> bool:
    """Whether a person was asked more than an hour ago, or a run should have come more than an hour ago; what waits for a known moment is in time."""
    if decision.due is None:  # nobody can tell when it was due, but since when a person is asked
        return decision.decision == "review" and item is not None and item.state == "open" and _asked_long_ago(item, now)
    if decision.due > now - GRACE or (decision.decision == "hold" and decision.until is not None):
        return False
    if item is not None and item.state in {"open", "approved"}:
        return _asked_long_ago(item, now) and not (decision.decision == "act" and item.id in queue.just_released)
    if decision.decision == "hold":
        return True
    due = _next_run(recipe, decision.due, queue, now)
    return due is not None and due <= now - GRACE


def _asked_long_ago(item: ReviewItem, now: datetime) -> bool:
    return item.created_at is None or item.created_at <= now - GRACE


def _next_run(recipe: Recipe, due: datetime, queue: Queue, now: datetime) -> datetime | None:
    """The run that should have seen to what is due and has not come; None where it was not there yet when the last one came, or none ever came."""
    last = queue.last_runs.get(recipe.key)
    if last is None or last >= due:
        return None
    try:
        return read_when(recipe.runs).after(due.astimezone(now.tzinfo), queue.is_business_day) if recipe.runs else due
    except ValueError:  # the office is never open on those days
        return None


def overdue_step(recipe: Recipe, decision: Decision, queue: Queue, now: datetime) -> TrailStep | None:
    """What a decision about an open step tells if it is overdue; a row that cannot be used at all is overdue as a whole."""
    step = next((step for step in recipe.steps if step.name == decision.step), None)
    item = queue.item(recipe.key, StepKey(decision.record, step.key if step else "", decision.anchor), decision.place)
    if not (is_overdue(recipe, decision, item, queue, now) if step else decision.decision == "broken"):
        return None
    waits = item if item and item.state in {"open", "approved"} else None
    due = decision.due.astimezone(now.tzinfo) if decision.due else None
    owner = waits.owner if waits else decision.owner
    return TrailStep(recipe.name, decision.step or "", "due", _why(decision), owner, due, review=waits.id if waits else None, overdue=True,
                     do=step.do if step else "", asked=queue.asked(recipe.key, waits))  # fmt: skip
