"""The second look, at live rows: what the ledger remembers of them, and whether something is due."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from contractor_ops.planning.conditions import first_met, unsure
from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.decision import Decision, Kind
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.identity import own_day, row_hash
from contractor_ops.planning.phrases import at, cell_trouble, day, money, since
from contractor_ops.planning.screen import DueStep, LiveRow, amount_of
from contractor_ops.ports import SETTLED, History, Pause, Release, StepKey
from contractor_ops.recipe import Recipe
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Value

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
    paused: Mapping[str, tuple[Pause, ...]] = field(default_factory=dict)
    waiting: dict[tuple[str, datetime], str] = field(default_factory=dict)

    def judge(self, row: LiveRow) -> Iterator[Decision | Ready]:
        """One decision (in a trail one for each step), or what is ready to be done."""
        if self.recipe.shape == "trail":
            for due in row.steps:
                done = self._is_done(row, due)
                yield self._decide("done", row, "it is done", due) if done else self._judge_steps(row, (due,))
        else:
            yield self._judge_steps(row, row.steps)

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
        due = [one for one in steps if one.due.timestamp() <= self.now.timestamp()]
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
                return self._decide(
                    "review",
                    row,
                    f"the message was refused ({memory.detail or 'no reason was given'}): write by hand, then dismiss it",
                    latest,
                )
        elif not any(self._is_done(row, one) for one in steps[len(due) - 1 :]):
            return self._ready(row, latest, contact or _no_contact(row))
        done = max((place for place, one in enumerate(steps) if self._is_done(row, one)), default=len(due) - 1)
        later = steps[max(done + 1, len(due)) :]  # a step overtakes those before it, also when its day is corrected afterwards
        return self._wait(row, later[0]) if later else self._decide("done", row, "its last step is done", latest)

    def _over(self, row: LiveRow, contact: Contact | None) -> str | None:
        if row.id in self.history.skips:
            return f"skipped by a person: {self.history.skips[row.id]}"
        if self.recipe.ends.reply and self.recipe.kind == "follow-up" and row.id in self.history.answered:
            return f"the customer answered on {day(self.history.answered[row.id].date(), self.now.date())}"
        if contact is None or not self._to_customer(row):
            return None
        if contact.do_not_contact:
            return "the sheet says: do not contact"
        stopped = next((one for one in (*contact.addresses, *contact.listed_addresses) if one in self.history.opted_out), None)
        return f"the customer opted out ({stopped})" if stopped else None

    def _to_customer(self, row: LiveRow) -> bool:
        return any(one.step.do == "message" and one.step.to == "customer" for one in row.steps)

    def _ready(self, row: LiveRow, due: DueStep, contact: Contact) -> Ready:
        reason = since(self.anchor_column, row.record[self.anchor_column], self.now) + row.note  # type: ignore[arg-type]
        if self.recipe.ends.reply and self.anchor_column in {"sent_on", "created_on", "issued_on"}:
            reason += ", no answer"
        key = self._key(row, due)
        message = due.step.do == "message"
        ready = Ready(row, due, contact, reason, key, self.history.releases.get(key))
        to_customer = message and due.step.to == "customer"
        ready.backlog = to_customer and self._is_backlog(due)
        ready.doubts = self._doubts(row, ready) if message else []
        if to_customer:
            resting = self._customer_rests(contact)
            ready.held = resting or self._document_rests(row)
            ready.apart = ready.held is not None and resting is None
        ready.messages_sent = sum(self._state(row, one) == "sent" for one in row.steps if one.step.do == "message")
        return ready

    def _doubts(self, row: LiveRow, ready: Ready) -> list[str]:
        found: Iterable[str | None] = (*row.doubts, *self._review_if(row), *self._unreadable_stops(row), ready.contact.unsure, self._nothing_to_sell(row),
                                       self._part_payment(row, ready), self._covered_by_credit(row, ready),
                                       "this customer is always handled by hand" if ready.contact.by_hand else None)  # fmt: skip
        doubts = [doubt for doubt in found if doubt]
        notes = " ".join(str(row.record["notes"] or "").split())
        if doubts and notes:
            doubts.append(f'the notes say "{notes if len(notes) <= LONGEST_NOTE else notes[: LONGEST_NOTE - 1] + "…"}"')
        return doubts

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
        if known.day != own_day(row.record) and known.customer != contact.key:
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

    def _customer_rests(self, contact: Contact) -> tuple[str, datetime | None] | None:
        today = self.now.date()
        named = [pause for pause in self.history.pauses if _names(pause.who, contact)]
        for pause in (*named, *(self.paused.get(contact.key, ()) if contact.key else ())):
            if pause.until is None or today < pause.until:
                note = f": {pause.note}" if pause.note else ""
                return f"the customer is paused{note}", self._morning(pause.until) if pause.until else None
        if contact.pause_until and today < contact.pause_until:
            return "the customers table says: pause", self._morning(contact.pause_until)
        return None

    def _document_rests(self, row: LiveRow) -> tuple[str, datetime | None] | None:
        """What the sheet says of this document alone; the customer's others go on."""
        today = self.now.date()
        rest = _plain_day(row.record["hold_until"])
        if rest and today < rest:
            return "the sheet says: hold", self._morning(rest)
        promised = _plain_day(row.record["promised_on"])
        if promised and today <= promised:
            return f"payment was promised for {day(promised, today)}", self._morning(promised + timedelta(days=1))
        return None

    def _morning(self, on: date) -> datetime:
        return datetime.combine(on, self.facts.day_starts, self.facts.calendar.zone)

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
        said = self.waiting.get((later.step.key, later.due))
        if said is None:  # rows of one day wait for the same moment
            local = later.due.astimezone(self.facts.calendar.zone)
            said = self.waiting[later.step.key, later.due] = f"{later.step.name} is due {at(local, self.now)}"
        return self._decide("wait", row, f"{said}{row.note}", later)

    def _decide(self, kind: Kind, row: LiveRow, reason: str, due: DueStep | None = None) -> Decision:
        record, contact = row.record, self.contacts.get(row.position)
        return Decision(
            kind, row.id, due.step.name if due else None, reason, record.table, record.place, record["customer"],  # type: ignore[arg-type]
            (due.step.owner if due else "") or self.recipe.owner, due=due.due if due else None, action=due.step.do if due else None,
            anchor=row.anchor, customer_key=contact.key if contact else "",
            amount=amount_of(record) if kind == "review" else None,
            row_hash=row_hash(record) if kind == "review" else "",
        )  # fmt: skip


def paused_keys(pauses: Sequence[Pause], contacts: Iterable[Contact]) -> dict[str, tuple[Pause, ...]]:
    """The pauses of each customer by key: one that names a phone also holds the row that shows only the e-mail."""
    found: dict[str, tuple[Pause, ...]] = {}
    for contact in contacts if pauses else ():
        if contact.key:
            found[contact.key] = (*found.get(contact.key, ()), *(pause for pause in pauses if _names(pause.who, contact)))
    return found


def _plain_day(value: Value) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _no_contact(row: LiveRow) -> Contact:
    name = str(row.record["customer"]) if row.record["customer"] else None
    return Contact(name, None, (), (), "")


def _names(who: str, contact: Contact) -> bool:
    """Whether what the office typed names this customer: an address, a customer number, or the name."""
    return (
        who in (*contact.addresses, *contact.listed_addresses)
        or who == contact.number
        or normal_name(who) == normal_name(contact.name or "") != ""
    )
