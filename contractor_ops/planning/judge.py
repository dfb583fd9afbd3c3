"""The second look, at live rows: what the ledger remembers of them, and whether something is due."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from contractor_ops.planning.calendar import due_moment
from contractor_ops.planning.conditions import first_met, unsure
from contractor_ops.planning.contacts import Contact, where_is
from contractor_ops.planning.decision import Decision, Kind
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.identity import own_day, row_hash
from contractor_ops.planning.phrases import at, cell_trouble, day, local, money, since
from contractor_ops.planning.screen import DueStep, LiveRow, amount_of
from contractor_ops.planning.sending_hours import allowed, rule_words
from contractor_ops.planning.standing import Standing
from contractor_ops.ports import SETTLED, History, Release, StepKey
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Record, Value

STOPPING = ("do_not_contact", "hold_until", "promised_on", "disputed", "paid_on")
LONGEST_NOTE = 160
BACKLOG_AFTER = timedelta(days=7)
OPEN_STATES = frozenset({"claimed", "trying", "in_doubt"})


@dataclass(slots=True)
class Ready:
    """A step that is due and undone: `doubts` are what a person must look at first, `held` why it rests and until when."""

    row: LiveRow
    due: DueStep
    contact: Contact
    reason: str
    key: StepKey
    release: Release | None
    doubts: list[str] = field(default_factory=list)
    held: tuple[str, datetime | None] | None = None
    backlog: bool = False
    messages_sent: int = 0
    apart: bool = False
    leaves_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Credits:
    """What we owe customers by their credits in the same table: by who they are, and by bare name where nothing more is known."""

    by_key: Mapping[str, Decimal]
    by_name: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything there is to know when a live row is judged."""

    recipe: Recipe
    spec: TableSpec
    facts: Facts
    now: datetime
    anchor_column: str
    history: History
    contacts: Mapping[int, Contact]
    credits: Credits
    names_in_texts: Mapping[str, frozenset[str]]
    standing: Standing
    talks: Mapping[str, datetime] = field(default_factory=dict)
    waiting: dict[tuple[str, datetime], str] = field(default_factory=dict)

    def judge(self, row: LiveRow) -> Iterator[Decision | Ready]:
        """One decision (in a trail one for each step), or what is ready to be done."""
        steps = self._counted(row)
        if self.recipe.shape == "trail":
            for due in steps:
                done = self._is_done(row, due)
                yield self._decide("done", row, "it is done", due) if done else self._judge_steps(row, (due,))
        else:
            yield self._judge_steps(row, steps)

    def _counted(self, row: LiveRow) -> tuple[DueStep, ...]:
        """The row's steps, those that count from another step moved to when that one was done; until then they wait for it."""
        if not any(one.step.since for one in row.steps):
            return row.steps
        by_name = {one.step.name: one for one in row.steps}
        found: dict[str, DueStep] = {}
        for step in self.recipe.steps:
            found[step.name] = self._since_done(row, by_name[step.name], found.get(step.since))
        return tuple(sorted(found.values(), key=lambda one: (one.waits, one.due.timestamp())))

    def _since_done(self, row: LiveRow, due: DueStep, other: DueStep | None) -> DueStep:
        if other is None:
            return due
        if not self._is_done(row, other):
            return replace(due, waits=True)
        memory = self.history.steps.get(self._key(row, other))
        done = (memory.at if memory else other.due).astimezone(self.facts.calendar.zone)
        offset = due.step.offset
        # Days count from the day: a run that comes a second earlier on the next one must not find the step not due yet.
        moment = due_moment(
            done.date() if offset.amount.in_days else done, amount=offset.amount, before=False, at=offset.at, calendar=self.facts.calendar,
            day_starts=self.facts.day_starts,
        )  # fmt: skip
        return DueStep(due.step, moment)

    def twin(self, row: LiveRow) -> Iterator[Decision]:
        """The decision (in a trail one for each step) about a row that cannot be told from another one."""
        reason = "the row is the same as one above it, and has no number: give each a number, or take the copy away"
        for due in row.steps if self.recipe.shape == "trail" else row.steps[:1]:
            yield self._decide("review", row, reason, due)

    def _judge_steps(self, row: LiveRow, steps: tuple[DueStep, ...]) -> Decision | Ready:
        contact = self.contacts.get(row.position)
        over = self._over(row, contact)
        if over:
            return self._decide("ended", row, over)
        # Within one zone Python compares wall clocks, which is wrong in the hour that comes twice in autumn.
        due = [one for one in steps if not one.waits and one.due.timestamp() <= self.now.timestamp()]
        if not due:
            return self._wait(row, steps[0])
        if mixed_up := self._number_used_twice(row) or self._not_the_same(row):
            return self._decide("review", row, mixed_up, due[-1])
        open_step = next((one for one in due if self._state(row, one) in OPEN_STATES and not self._dismissed(row, one)), None)
        if open_step:
            return self._decide("review", row, "in doubt: it may have left or not; ask the customer or look in the Sent folder", open_step)
        latest = due[-1]
        if self._state(row, latest) == "failed":
            memory = self.history.steps[self._key(row, latest)]
            if not self._dismissed(row, latest):
                to = f" to {' or '.join(contact.addresses)}" if contact and contact.addresses else ""
                why = memory.detail or "no reason was given"
                return self._decide(
                    "review", row, f"our message{to} did not arrive ({why}): reach them another way, then dismiss it", latest
                )
        elif not any(self._is_done(row, one) for one in steps[len(due) - 1 :]):
            return self._take(row, steps[len(due) - 1 :], contact or _no_contact(row))
        done = max((place for place, one in enumerate(steps) if self._is_done(row, one)), default=len(due) - 1)
        later = steps[max(done + 1, len(due)) :]  # a step overtakes those before it, also when its day is corrected afterwards
        return self._wait(row, later[0]) if later else self._decide("done", row, "its last step is done", latest)

    def _take(self, row: LiveRow, steps: tuple[DueStep, ...], contact: Contact) -> Decision | Ready:
        """The step that is due (the first of these); one whose message comes too late, or may not go at all, gives way to the next.

        A task stands in at once. A message waits for its own day.
        """
        missed = ""
        for due in steps:
            if due is not steps[0] and due.waits and due.step.do == "message":
                continue
            if due is not steps[0] and due.step.do == "message" and due.due.timestamp() > self.now.timestamp():
                return self._decide("wait", row, f"{self._when(row)}; no message: {missed}; {self._due_at(due)}", due)
            why = self._passes(row, due, contact)
            if why is None:
                return self._ready(row, due, contact, f"; no message: {missed}" if missed else "")
            missed = missed or why
        return self._decide(
            "ended" if self.recipe.shape == "trail" else "review", row, f"{self._when(row)}; no message: {missed}", steps[-1]
        )

    def _passes(self, row: LiveRow, due: DueStep, contact: Contact) -> str | None:
        """Why this message is left to the next step, or None."""
        if due.step.do != "message":
            return None
        if due.step.to != "customer":
            return str(row.record["no_message_because"]) if row.record["no_message_because"] else None
        if why := row.record["no_message_because"] or self.standing.silenced(contact):
            return str(why)
        if due.step.within is None:
            return None
        leaves_by = self._leaves_by(due)
        assert leaves_by is not None
        if leaves_by.timestamp() < self.now.timestamp():
            return f"that is more than {due.step.within} ago"
        if resting := self.standing.rests(self._known_record(row), contact):
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

    def _over(self, row: LiveRow, contact: Contact | None) -> str | None:
        if row.id in self.history.skips:
            return f"skipped by a person: {self.history.skips[row.id]}"
        if contact is None or not self._to_customer(row):
            return None
        if ended := self._answered(row, contact) or self._talked(row, contact):
            return ended
        if any(one.step.within for one in row.steps):
            return None  # another step stands in for the message
        return self.standing.silenced(contact)

    def _answered(self, row: LiveRow, contact: Contact) -> str | None:
        """An answer ends all that chases or sells; what serves ends only where its recipe says so, by an answer that came since."""
        answer = self.standing.answer(self._known_record(row), contact)
        if answer is None or answer.weight == "automatic":
            return None
        if self.recipe.kind == "service" and not (
            answer.weight == "stops" and self.recipe.ends.reply and self._since_anchor(row, answer.at)
        ):
            return None
        return f"the customer answered {self.standing.said(answer)}"

    def _known_record(self, row: LiveRow) -> str:
        """The row's id, "" where its number stood for another customer before: their answer is not this one's."""
        return row.id if row.id in self.history.answered_records and not self._not_the_same(row) else ""

    def _talked(self, row: LiveRow, contact: Contact) -> str | None:
        talked = (
            max((self.talks[phone] for phone in contact.addresses if phone in self.talks), default=None)
            if self.recipe.ends.called
            else None
        )
        if talked is None or not self._since_anchor(row, talked):
            return None
        return f"somebody talked to them on the telephone {at(talked.astimezone(self.now.tzinfo), self.now)}"

    def _since_anchor(self, row: LiveRow, moment: datetime) -> bool:
        anchor = row.record[self.anchor_column]
        if isinstance(anchor, datetime):
            return moment.timestamp() > local(anchor, self.now).timestamp()
        return isinstance(anchor, date) and moment.astimezone(self.now.tzinfo).date() >= anchor

    def _to_customer(self, row: LiveRow) -> bool:
        return any(one.step.do == "message" and one.step.to == "customer" for one in row.steps)

    def _when(self, row: LiveRow) -> str:
        if because := row.record["because"]:  # a view knows
            return str(because)
        return since(self.anchor_column, row.record[self.anchor_column], self.now)  # type: ignore[arg-type]

    def _ready(self, row: LiveRow, due: DueStep, contact: Contact, note: str = "") -> Ready:
        reason = self._when(row) + row.note
        if self.recipe.ends.reply and self.anchor_column in {"sent_on", "created_on", "issued_on"}:
            reason += ", no answer"
        if due.step.do != "message" and row.record["review_because"]:
            reason += f"; {row.record['review_because']}"
        reason += note
        key = self._key(row, due)
        message = due.step.do == "message"
        ready = Ready(row, due, contact, reason, key, self.history.releases.get(key))
        to_customer = message and due.step.to == "customer"
        ready.backlog = to_customer and self._is_backlog(due)
        ready.doubts = self._doubts(row, ready) if message else []
        if to_customer:
            resting = self.standing.rests(self._known_record(row), contact)
            ready.held = resting or self._document_rests(row)
            ready.apart = ready.held is not None and resting is None
        ready.leaves_by = self._leaves_by(due)
        ready.messages_sent = sum(self._state(row, one) == "sent" for one in row.steps if one.step.do == "message")
        return ready

    def _doubts(self, row: LiveRow, ready: Ready) -> list[str]:
        found: Iterable[str | None] = (*row.doubts, self._automatic_answer(row, ready.contact), *self._review_if(row), *self._unreadable_stops(row),
                                       ready.contact.unsure, self._nothing_to_sell(row),
                                       self._part_payment(row, ready), self._covered_by_credit(row, ready),
                                       "this customer is always handled by hand" if ready.contact.by_hand else None)  # fmt: skip
        doubts = [doubt for doubt in found if doubt]
        notes = " ".join(str(row.record["notes"] or "").split())
        if doubts and notes and not row.record["because"]:
            doubts.append(f'the notes say "{notes if len(notes) <= LONGEST_NOTE else notes[: LONGEST_NOTE - 1] + "…"}"')
        return doubts

    def _automatic_answer(self, row: LiveRow, contact: Contact) -> str | None:
        """A machine's answer is no answer, but it may say that nobody is there: who chases or sells thinks twice."""
        answer = self.standing.answer(self._known_record(row), contact) if self.recipe.kind == "follow-up" else None
        return f"an automatic answer came {self.standing.said(answer)}" if answer and answer.weight == "automatic" else None

    def _review_if(self, row: LiveRow) -> Iterator[str | None]:
        conditions = self.recipe.review_if
        status = row.record["status"]
        if status is not None and conditions.status and meaning_of(str(status), self.spec.statuses) in conditions.status:
            yield f"its status is {status}"
        yield "the sheet says that it is disputed" if row.record["disputed"] is True else None
        yield first_met(row.record, conditions.tests)
        yield unsure(row.record, conditions.tests)

    def _number_used_twice(self, row: LiveRow) -> str | None:
        problem = row.record.problems.get("number")
        return cell_trouble("number", problem) if problem else None

    def _not_the_same(self, row: LiveRow) -> str | None:
        """Numbers that start again in January: the same number, another day and another customer."""
        known, contact = self.history.known.get(row.id), self.contacts.get(row.position)
        if known is None or contact is None or not known.day:
            return None
        if known.customer and known.day != own_day(row.record) and known.customer != contact.key:
            return f"number {row.id} stood for another customer and another day before: numbers may have started again"
        return None

    def _unreadable_stops(self, row: LiveRow) -> Iterator[str]:
        """A cell that might say "do not" and cannot be read is not taken for silence."""
        for column in STOPPING:
            if column in row.record.problems:
                yield cell_trouble(column, row.record.problems[column])

    def _nothing_to_sell(self, row: LiveRow) -> str | None:
        total = row.record["total"]
        return f"its total is {money(total, self.facts.currency)}" if isinstance(total, Decimal) and total <= 0 else None

    def _part_payment(self, row: LiveRow, ready: Ready) -> str | None:
        total, owed = row.record["total"], amount_of(row.record)
        names = self.names_in_texts.get(ready.due.step.key, frozenset())
        credit = self.credits.by_key.get(ready.contact.key) if ready.contact.key else None
        if credit and ("total" in names or "balance" not in names):
            return f"the customer has a credit of {money(credit, self.facts.currency)}, and the words do not take it off"
        if self.spec.name != "invoices" or not isinstance(total, Decimal) or owed is None or not 0 < owed < total:
            return None
        if "total" in names or "balance" not in names:
            return f"part of it has been paid: {money(owed, self.facts.currency)} of {money(total, self.facts.currency)} is left"
        return None

    def _covered_by_credit(self, row: LiveRow, ready: Ready) -> str | None:
        name = normal_name(ready.contact.name or "")
        credit = self.credits.by_name.get(name)
        if credit and not (ready.contact.key and ready.contact.key in self.credits.by_key):
            return f"the same name has a credit of {money(credit, self.facts.currency)} that may not have been applied"
        return None

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

    def _is_backlog(self, due: DueStep) -> bool:
        start = self.history.first_sent_at or self.now
        return self.recipe.first_run == "review" and due.due < start - BACKLOG_AFTER

    def _key(self, row: LiveRow, due: DueStep) -> StepKey:
        return StepKey(row.id, due.step.key, row.anchor)

    def _state(self, row: LiveRow, due: DueStep) -> str | None:
        memory = self.history.steps.get(self._key(row, due))
        return memory.state if memory else None

    def _dismissed(self, row: LiveRow, due: DueStep) -> bool:
        release = self.history.releases.get(self._key(row, due))
        return release is not None and release.state == "dismissed"

    def _is_done(self, row: LiveRow, due: DueStep) -> bool:
        return self._state(row, due) in SETTLED or self._dismissed(row, due)

    def _wait(self, row: LiveRow, later: DueStep) -> Decision:
        return self._decide("wait", row, f"{self._due_at(later)}{row.note}", later)

    def _due_at(self, later: DueStep) -> str:
        if later.waits:
            return f"{later.step.name} comes after {later.step.since}"
        said = self.waiting.get((later.step.key, later.due))
        if said is None:  # rows of one day wait for the same moment
            moment = later.due.astimezone(self.facts.calendar.zone)
            said = self.waiting[later.step.key, later.due] = f"{later.step.name} is due {at(moment, self.now)}"
        return said

    def _decide(self, kind: Kind, row: LiveRow, reason: str, due: DueStep | None = None) -> Decision:
        record, contact = row.record, self.contacts.get(row.position)
        return Decision(
            kind, row.id, due.step.name if due else None, reason, record.table, record.place, record["customer"],  # type: ignore[arg-type]
            owner_of(record, due.step if due else None, self.recipe), due=due.due if due and not due.waits else None,
            action=due.step.do if due else None,
            anchor=row.anchor, customer_key=contact.key if contact else "",
            amount=amount_of(record) if kind == "review" else None, urgent=urgent_about(record),
            row_hash=row_hash(record) if kind == "review" else "",
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
