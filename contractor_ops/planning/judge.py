"""The second look, at live rows: what the ledger remembers of them, and whether something is due."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from contractor_ops.planning.contacts import Contact, where_is
from contractor_ops.planning.decision import Decision, Kind
from contractor_ops.planning.doubts import Doubts
from contractor_ops.planning.ending import Ending
from contractor_ops.planning.expected import pressing
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.overtaking import Overtaking
from contractor_ops.planning.past import Past
from contractor_ops.planning.phrases import at, day, since
from contractor_ops.planning.ready import Ready
from contractor_ops.planning.screen import LiveRow, amount_of
from contractor_ops.planning.sending_hours import allowed, rule_words
from contractor_ops.planning.standing import Standing, set_aside
from contractor_ops.planning.steps import DueStep
from contractor_ops.planning.told import is_to_customer
from contractor_ops.ports import OPEN_STATES, History
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.record import Record, Value

BACKLOG_AFTER = timedelta(days=7)


class QuietStep(NamedTuple):
    """A step of a trail about which nothing is to be done or asked; its decision is made when somebody wants to see it."""

    kind: Kind
    row: LiveRow
    due: DueStep


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything there is to know when a live row is judged."""

    recipe: Recipe
    facts: Facts
    now: datetime
    anchor_column: str
    history: History
    contacts: Mapping[int, Contact]
    standing: Standing
    past: Past
    overtaking: Overtaking
    ending: Ending
    doubts: Doubts
    waiting: dict[tuple[str, datetime], str] = field(default_factory=dict)

    def judge(self, row: LiveRow) -> Iterable[Decision | Ready | QuietStep]:
        """One decision (in a trail one for each step, in the recipe's order), or what is ready to be done."""
        steps = self.past.counted(row)
        if self.recipe.shape != "trail":
            return (self._judge_steps(row, steps),)
        problem = row.unknown or self._mixed_up(row, steps)
        if problem and row.id not in self.history.skips:
            return list(self._asked_once(row, steps, problem))
        if row.record["urgent"] is True or self.ending.may_end(row, self.contacts.get(row.position)):
            return [self._judge_alone(row, due) for due in steps]
        return [QuietStep(kind, row, due) if (kind := self._quiet(row, due)) else self._judge_alone(row, due) for due in steps]

    def _mixed_up(self, row: LiveRow, steps: Iterable[DueStep]) -> str | None:
        """Why nobody can tell whom the row's number stands for, where something was done for it or is to be done now."""
        problem, now = self.doubts.mixed_up(row), self.now.timestamp()
        concerns = problem and any(self.past.trace(row, due) or (due.stamp <= now and due.has_a_moment) for due in steps)
        return problem if concerns else None

    def _asked_once(self, row: LiveRow, steps: Iterable[DueStep], problem: str) -> Iterator[Decision]:
        """One question about the whole row, beside the first step that is still to come: people may have been told of it already."""
        asked = False
        for due in steps:
            if self.past.is_done(row, due) or due.over:
                judged = self._judge_alone(row, due)
                yield judged if isinstance(judged, Decision) else self._decide("review", row, problem, due)
            else:
                decision = self._decide("wait" if asked else "review", row, f"first settle: {problem}" if asked else problem, due)
                decision.action = None  # it is about the row, not about what this step does
                if not asked and (near := pressing(row.record, self.now)):
                    decision.urgent = decision.urgent or f"{problem}; {near}"
                yield decision
                asked = True

    def made(self, quiet: QuietStep) -> Decision:
        """The decision about a quiet step."""
        judged = self._judge_alone(quiet.row, quiet.due)
        assert isinstance(judged, Decision)
        return judged

    def owner(self, quiet: QuietStep) -> str:
        """Whose a quiet step is."""
        return owner_of(quiet.row.record, quiet.due.step, self.recipe)

    def _quiet(self, row: LiveRow, due: DueStep) -> Kind | None:
        """What `_judge_alone` decides about a step with which nobody has to do; None where it must look closer."""
        if due.step.sets_status:  # write-back brings it into the sheet, also what earlier runs did
            return None
        if trace := self.past.trace(row, due):
            return "done" if trace == "done" else None
        if due.over:
            return "ended"
        if due.outside:
            return "wait"
        return None if due.unusable or not (due.waits or due.stamp > self.now.timestamp()) else "wait"

    def twin(self, row: LiveRow) -> Iterable[Decision]:
        """The decision (in a trail one for each step) about a row that cannot be told from another one."""
        reason = "the row is the same as one above it, and has no number: give each a number, or take the copy away"
        return list(self._asked_once(row, row.steps if self.recipe.shape == "trail" else row.steps[:1], reason))

    def _judge_alone(self, row: LiveRow, due: DueStep) -> Decision | Ready:
        """One step of a trail."""
        failed = self.past.state(row, due) == "failed" and not self.past.dismissed(row, due)
        if self.past.is_done(row, due) and not failed:
            return self._decide("done", row, "it is done", due)
        if due.over:
            return self._decide("ended", row, due.over, due)
        if due.outside:
            return self._decide("wait", row, due.outside, due)
        if due.unusable:
            return self._decide("broken", row, due.unusable, due)
        return self._judge_steps(row, (due,))

    def _judge_steps(self, row: LiveRow, steps: tuple[DueStep, ...]) -> Decision | Ready:
        contact = self.contacts.get(row.position)
        over = self.ending.over(row, contact, steps)
        if over:
            return self._decide("ended", row, over, steps[0] if self.recipe.shape == "trail" else None)
        # Within one zone Python compares wall clocks, which is wrong in the hour that comes twice in autumn.
        due = [one for one in steps if not one.waits and one.due.timestamp() <= self.now.timestamp()]
        if not due:
            return self._wait(row, steps[0])
        if self.recipe.shape != "trail" and (mixed_up := self.doubts.mixed_up(row)):
            return self._decide("review", row, mixed_up, due[-1])
        open_step = next((one for one in due if self.past.state(row, one) in OPEN_STATES and not self.past.dismissed(row, one)), None)
        if open_step:
            return self._decide("review", row, "in doubt: it may have left or not; ask the customer or look in the Sent folder", open_step)
        judged = self._judge_latest(row, steps, due, contact or _no_contact(row))
        released = self.overtaking.released(row, steps, len(due))
        return self._released_first(row, released, due, judged) if released else judged

    def _judge_latest(self, row: LiveRow, steps: tuple[DueStep, ...], due: list[DueStep], contact: Contact) -> Decision | Ready:
        """Only the latest due step counts: it overtakes those before it."""
        latest = due[-1]
        if self.past.state(row, latest) == "failed":
            memory = self.history.steps[self.past.key(row, latest)]
            if not self.past.dismissed(row, latest):
                ours = not is_to_customer(latest.step)
                to = (
                    f" to the {latest.step.to.replace('-', ' ')}"
                    if ours
                    else f" to {' or '.join(contact.addresses)}"
                    if contact.addresses
                    else ""
                )
                why = memory.detail or "no reason was given"
                return self._decide(
                    "review", row, f"our message{to} did not arrive ({why}): reach them another way, then dismiss it", latest
                )
        elif not any(self.past.is_done(row, one) for one in steps[len(due) - 1 :]):
            return self._take(row, steps[len(due) - 1 :], contact)
        done = max((place for place, one in enumerate(steps) if self.past.is_done(row, one)), default=len(due) - 1)
        later = steps[max(done + 1, len(due)) :]  # a step overtakes those before it, also when its day is corrected afterwards
        return self._wait(row, later[0]) if later else self._decide("done", row, "its last step is done", latest)

    def _released_first(self, row: LiveRow, released: DueStep, due: list[DueStep], judged: Decision | Ready) -> Decision | Ready:
        """The message that a person has released, though the latest step is due; where it may not leave any more, the row says why."""
        contact = self.contacts.get(row.position) or _no_contact(row)
        ready = self._ready(row, released, contact, f"; it was released before {due[-1].step.name} fell due")
        why = self.overtaking.lapsed(row, released, due) or self._passes(row, released, contact)
        if not why and ready.held and isinstance(judged, Ready) and not judged.held and not is_to_customer(judged.due.step):
            why = ready.held[0]  # a customer who rests keeps none of our own people from their work
        if why:
            judged.reason += f"; {released.step.name} was released, but {why}"
            return judged
        ready.otherwise = judged
        return ready

    def _take(self, row: LiveRow, steps: tuple[DueStep, ...], contact: Contact) -> Decision | Ready:
        """The step that is due (the first of these); one whose message comes too late, or may not go at all, gives way to the next.

        A task stands in at once. A message waits for its own day.
        """
        missed = ""
        for due in steps:
            if due is not steps[0] and due.waits and due.step.do == "message":
                continue
            if due is not steps[0] and due.step.do == "message" and due.due.timestamp() > self.now.timestamp():
                return self._decide("wait", row, f"{self._when(row, due)}; no message: {missed}; {self._due_at(due)}", due)
            why = self._passes(row, due, contact)
            if why is None:
                return self._ready(row, due, contact, f"; no message: {missed}" if missed else "")
            missed = missed or why
        untold = bool(steps[-1].changed) and is_to_customer(steps[-1].step)  # who was told of the visit must hear of it some way
        asks: Kind = "review" if untold or self.recipe.shape != "trail" else "ended"
        return self._decide(asks, row, f"{self._when(row, steps[-1])}; no message: {missed}{'; call them' if untold else ''}", steps[-1])

    def _passes(self, row: LiveRow, due: DueStep, contact: Contact) -> str | None:
        """Why this message is left to the next step, or None."""
        if due.step.do != "message":
            return None
        if due.step.to != "customer":
            leaves_by = self._leaves_by(due)
            if leaves_by and leaves_by.timestamp() < self.now.timestamp():
                return f"that is more than {due.step.within} ago"
            return str(row.record["no_message_because"]) if row.record["no_message_because"] else None
        if why := row.record["no_message_because"] or self.standing.silenced(contact):
            return str(why)
        if due.step.within is None:
            return None
        leaves_by = self._leaves_by(due)
        assert leaves_by is not None
        if leaves_by.timestamp() < self.now.timestamp():
            return f"that is more than {due.step.within} ago"
        if resting := self.standing.rests(self.doubts.known_record(row), contact, set_aside(self.recipe, due.step)):
            return resting[0]
        return self._closed_until(leaves_by, due.step, contact)

    def _closed_until(self, leaves_by: datetime, step: Step, contact: Contact) -> str | None:
        """Why nothing can leave before this moment, or None."""
        ways = ((channel, contact.reachable_by(channel, self.facts.country, self.history.landlines)) for channel in step.by)
        to = next((address for _, address in ways if address), None)
        if to is None:
            return "there is no number or address that it could go to"
        where = where_is(contact, self.facts, to)
        open_now, until = allowed(self.now, self.facts.hours, where)
        if not open_now and (until is None or until.timestamp() > leaves_by.timestamp()):
            return rule_words(where, self.now, self.facts.hours)
        return None

    def _leaves_by(self, due: DueStep) -> datetime | None:
        return (due.due.astimezone(UTC) + due.step.within.as_timedelta()).astimezone(due.due.tzinfo) if due.step.within else None

    def _when(self, row: LiveRow, due: DueStep) -> str:
        if due.changed:
            return due.changed
        if because := row.record["because"]:  # a view knows
            return str(because)
        column = due.step.anchor or self.anchor_column
        return since(column, row.record[column], self.now)  # type: ignore[arg-type]

    def _ready(self, row: LiveRow, due: DueStep, contact: Contact, note: str = "") -> Ready:
        reason = self._when(row, due) + row.note
        if self.recipe.ends.reply and self.anchor_column in {"sent_on", "created_on", "issued_on"}:
            reason += ", no answer"
        if due.step.do != "message" and row.record["review_because"]:
            reason += f"; {row.record['review_because']}"
        late = self.overtaking.left_late(row, due)
        reason += note + (f"; {late[0]}" if late else "")
        key = self.past.key(row, due)
        message = due.step.do == "message"
        ready = Ready(row, due, contact, reason, key, self.history.releases.get(key))
        to_customer = message and due.step.to == "customer"
        ready.backlog = to_customer and self._is_backlog(due)
        ready.doubts = self.doubts.about(row, due, contact) if message else self.doubts.of_columns(row, due)
        resting = self.standing.rests(self.doubts.known_record(row), contact, set_aside(self.recipe, due.step)) if to_customer else None
        ready.held = resting or (self._document_rests(row) if to_customer else None) or self._waits_a_day(due, late)
        ready.apart = ready.held is not None and resting is None
        ready.leaves_by = self._leaves_by(due)
        ready.to_settle = self.doubts.to_settle_first(row, due) if message else ""
        if "messages_sent" in self.doubts.names_in_texts.get(due.step.key, ()):
            ready.messages_sent = sum(self.past.state(row, one) == "sent" for one in row.steps if one.step.do == "message")
        return ready

    def _document_rests(self, row: LiveRow) -> tuple[str, datetime | None] | None:
        """What the sheet says of this document alone; the customer's others go on."""
        today = self.now.date()
        rest = _plain_day(row.record["hold_until"])
        if rest and today < rest:
            return "the sheet says: hold", self.standing.morning(rest)
        promised = _plain_day(row.record["promised_on"])
        if promised and today <= promised:
            return f"payment was promised for {day(promised, today)}", self.standing.morning(promised + timedelta(days=1))
        return None

    def _waits_a_day(self, due: DueStep, late: tuple[str, datetime] | None) -> tuple[str, datetime] | None:
        if late is None or late[1].timestamp() <= self.now.timestamp():
            return None
        return f"{due.step.name} waits for another day", late[1]

    def _is_backlog(self, due: DueStep) -> bool:
        start = self.history.first_sent_at or self.now
        return self.recipe.first_run == "review" and due.due < start - BACKLOG_AFTER

    def _wait(self, row: LiveRow, later: DueStep) -> Decision:
        return self._decide("wait", row, f"{self._due_at(later)}{row.note}", later)

    def _due_at(self, later: DueStep) -> str:
        if later.waits:
            return later.waits
        said = self.waiting.get((later.step.key, later.due))
        if said is None:  # rows of one day wait for the same moment
            moment = later.due.astimezone(self.facts.calendar.zone)
            said = self.waiting[later.step.key, later.due] = f"{later.step.name} is due {at(moment, self.now)}"
        return said

    def _decide(self, kind: Kind, row: LiveRow, reason: str, due: DueStep | None = None) -> Decision:
        record, contact = row.record, self.contacts.get(row.position)
        return Decision(
            kind, row.id, due.step.name if due else None, reason, record.table, record.place, record["customer"],  # type: ignore[arg-type]
            owner_of(record, due.step if due else None, self.recipe), due=due.due if due and due.has_a_moment else None,
            action=due.step.do if due else None,
            anchor=due.anchor if due else "", customer_key=contact.key if contact else "",
            amount=amount_of(record) if kind == "review" else None, urgent=urgent_about(record),
            row_hash=row.hash if kind == "review" else "",
        )  # fmt: skip


def owner_of(record: Record, step: Step | None, recipe: Recipe) -> str:
    """Whose a row is: whom the view names, else the step's owner, else the recipe's."""
    return str(record["falls_to"] or "") or (step.owner if step else "") or recipe.owner


def urgent_about(record: Record) -> str:
    """What makes a row urgent, "" where nothing does: a view says so."""
    return str(record["because"] or record["review_because"] or "urgent") if record["urgent"] is True else ""


def _plain_day(value: Value) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _no_contact(row: LiveRow) -> Contact:
    name = str(row.record["customer"]) if row.record["customer"] else None
    return Contact(name, None, (), (), "")
