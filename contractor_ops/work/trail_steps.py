"""One step of one booking: what the planner decides now and what the ledger remembers, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from contractor_ops.office import Office
from contractor_ops.planning.conditions import first_unmet
from contractor_ops.planning.decision import Decision
from contractor_ops.planning.planner import day_start
from contractor_ops.ports import SETTLED, History, ReviewItem, StepKey, StepMemory
from contractor_ops.recipe import Recipe, Step
from contractor_ops.reports.ended import ended_as
from contractor_ops.reports.format import phone
from contractor_ops.reports.trail import State, TrailStep
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record
from contractor_ops.work.colleagues import colleague_at

GRACE = timedelta(hours=1)
"""So long after its moment a step is not called overdue: runs come every quarter of an hour, and people need a little longer."""
_IN_ORDER = ("booked", "scheduled", "under-way", "completed", "invoiced")
"""How a booking goes on: what is for a later one of these may still come."""
_DONE = {
    "assign": "assigned", "check-materials": "material was checked", "checklist": "the checklist was written", "update-row": "noted",
    "calendar": "the calendar entry was written",
}  # fmt: skip
_WAYS = {"sms": "text", "email": "e-mail"}


@dataclass(frozen=True)
class Queue:
    """The review queue by step, and what a person released within the last hour: that is on its way."""

    items: Mapping[tuple[str, StepKey], ReviewItem]
    just_released: frozenset[int]


def queue_of(office: Office, now: datetime) -> Queue:
    """The queue as it stands, tasks that are done included."""
    items = sorted(office.ledger.reviews(("open", "approved", "dismissed", "done")), key=lambda item: item.id)
    changes = office.ledger.review_changes(now - GRACE)
    released = frozenset(one.item for one in changes if one.state == "approved" and one.at <= now)
    return Queue({(item.recipe, member.key): item for item in items for member in item.members}, released)


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
        if state == "waiting" and memory:
            how = f"done once already: {how}"
        return TrailStep(
            self.recipe.name, step.name, state, reason, owner, due, decision.until if decision else None, done, how,
            item.id if item and stays_open else None, overdue=state == "due" and decision is not None and is_overdue(decision, item, self.queue, self.now),
        )  # fmt: skip

    # ── what the ledger remembers ──

    @cached_property
    def _history(self) -> History:
        return self.office.ledger.history(self.recipe.key, self.recipe.reads, [self.identity], (), day_start(self.now))

    @cached_property
    def _entries(self) -> list[dict[str, Any]]:
        return self.office.ledger.entries(self.recipe.key, self.identity)

    @cached_property
    def _assigned(self) -> str:
        own = self.office.ledger.own_values(self.recipe.reads).get(self.identity, {})
        return own["technician"].value if "technician" in own else "somebody"

    def _done(self, step: Step, anchor: str | None) -> StepMemory | None:
        """The last time that it was done; with `anchor` only for that one."""
        found = [
            memory for key, memory in self._history.steps.items()
            if key.step == step.key and memory.state in SETTLED - {"failed"} and (anchor is None or key.anchor == anchor)
        ]  # fmt: skip
        return max(found, key=lambda memory: memory.at, default=None)

    def _item(self, step: Step, decision: Decision | None, memory: StepMemory | None) -> ReviewItem | None:
        key = memory.key if memory else StepKey(self.identity, step.key, decision.anchor if decision else "")
        return self.queue.items.get((self.recipe.key, key))

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


def is_overdue(decision: Decision, item: ReviewItem | None, queue: Queue, now: datetime) -> bool:
    """Whether it should have been done more than an hour ago and is not on its way: released just now, or held until a moment that is known."""
    if decision.due is None or decision.due > now - GRACE or (decision.decision == "hold" and decision.until is not None):
        return False
    return not (decision.decision == "act" and item is not None and item.id in queue.just_released)


def overdue_step(recipe: Recipe, decision: Decision, queue: Queue, now: datetime) -> TrailStep | None:
    """What a decision about an open step tells if it is overdue; a row that cannot be used at all is overdue as a whole."""
    step = next((step for step in recipe.steps if step.name == decision.step), None)
    item = queue.items.get((recipe.key, StepKey(decision.record, step.key if step else "", decision.anchor)))
    if not (is_overdue(decision, item, queue, now) if step else decision.decision == "broken"):
        return None
    waits = item if item and item.state in {"open", "approved"} else None
    due = decision.due.astimezone(now.tzinfo) if decision.due else None
    owner = waits.owner if waits else decision.owner
    return TrailStep(recipe.name, decision.step or "", "due", _why(decision), owner, due, review=waits.id if waits else None, overdue=True)
