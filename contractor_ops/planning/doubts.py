"""What makes a person look first before a message leaves, and whether a number still stands for the same row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from contractor_ops.planning.conditions import first_met, unsure
from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.identity import own_day
from contractor_ops.planning.phrases import cell_trouble, money
from contractor_ops.planning.ready import Credits
from contractor_ops.planning.screen import LiveRow, amount_of
from contractor_ops.planning.standing import Standing, set_aside
from contractor_ops.planning.steps import DueStep
from contractor_ops.ports import Release
from contractor_ops.recipe import Recipe
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec

STOPPING = ("do_not_contact", "hold_until", "promised_on", "disputed", "paid_on")
LONGEST_NOTE = 160


@dataclass(frozen=True)
class Doubts:
    """Everything that a doubt about a row may come from."""

    recipe: Recipe
    spec: TableSpec
    facts: Facts
    contacts: Mapping[int, Contact]
    credits: Credits
    names_in_texts: Mapping[str, frozenset[str]]
    standing: Standing

    def about(self, row: LiveRow, due: DueStep, contact: Contact) -> list[str]:
        """What a person must look at before this message leaves."""
        found: Iterable[str | None] = (
            *row.doubts,
            *self.of_columns(row, due),
            *self._review_if(row),
            *(self._of_customer(row, due, contact) if due.step.to == "customer" else ()),
        )
        doubts = [doubt for doubt in found if doubt]
        notes = " ".join(str(row.record["notes"] or "").split())
        if doubts and notes and not row.record["because"]:
            doubts.append(f'the notes say "{notes if len(notes) <= LONGEST_NOTE else notes[: LONGEST_NOTE - 1] + "…"}"')
        return doubts

    def _of_customer(self, row: LiveRow, due: DueStep, contact: Contact) -> Iterator[str | None]:
        """What only counts where the customer is written to: our own people must hear of a danger at whose house ever it is."""
        yield self._automatic_answer(row, contact, due)
        yield from self._unreadable_stops(row)
        yield contact.unsure
        yield self._nothing_to_sell(row) if self.recipe.kind_of(due.step) == "follow-up" else None
        yield self._part_payment(row, due, contact)
        yield self._covered_by_credit(contact)
        yield "this customer is always handled by hand" if contact.by_hand else None

    def of_columns(self, row: LiveRow, due: DueStep) -> list[str]:
        """In a trail: what is doubtful about the cells that this step counts from, names, or goes to. The other steps go on."""
        if self.recipe.shape != "trail" or not row.record.problems or due.step.do == "task":
            return []
        named = {*self.names_in_texts.get(due.step.key, ()), due.step.anchor or self.recipe.when.anchor, *due.step.on_change}
        named |= {"technician": {"technician", "availability"}, "former-technician": {"technician"}}.get(due.step.to, set())
        return [cell_trouble(column, problem) for column, problem in row.record.problems.items() if column in named]

    def to_settle_first(self, row: LiveRow, due: DueStep) -> str:
        """What a task asks somebody to settle about the cells that this step needs; "" once they have said that it is meant."""
        if not row.record["to_settle"] or not (cells := self.of_columns(row, due)):
            return ""
        settling = any("to_settle" in names for names in self.names_in_texts.values())
        last = self._settling.get(row.id)
        return "" if not settling or (last and last.state in {"dismissed", "done"}) else "; ".join(cells)

    @cached_property
    def _settling(self) -> Mapping[str, Release]:
        """What a person last said of the task that asks them to settle something, by record."""
        steps = {key for key, names in self.names_in_texts.items() if "to_settle" in names}
        said = sorted(
            ((key, one) for key, one in self.standing.history.releases.items() if key.step in steps), key=lambda pair: pair[1].item
        )
        return {key.record: one for key, one in said}

    def mixed_up(self, row: LiveRow) -> str | None:
        """Why nobody can tell whom the row's number stands for, or None."""
        return self._number_used_twice(row) or self._not_the_same(row)

    def _number_used_twice(self, row: LiveRow) -> str | None:
        problem = row.record.problems.get("number")
        return cell_trouble("number", problem) if problem else None

    def _not_the_same(self, row: LiveRow) -> str | None:
        """Numbers that start again in January: the same number, another day and another customer."""
        known, contact = self.standing.history.known.get(row.id), self.contacts.get(row.position)
        if known is None or contact is None or not known.day:
            return None
        if known.customer and known.day != own_day(row.record) and known.customer != contact.key:
            return f"number {row.id} stood for another customer and another day before: numbers may have started again"
        return None

    def known_record(self, row: LiveRow) -> str:
        """The row's id, "" where its number stood for another customer before: their answer is not this one's."""
        return row.id if row.id in self.standing.history.answered_records and not self._not_the_same(row) else ""

    def _automatic_answer(self, row: LiveRow, contact: Contact, due: DueStep) -> str | None:
        """A machine's answer is no answer, but it may say that nobody is there: who chases or sells thinks twice."""
        sells = self.recipe.kind_of(due.step) == "follow-up"
        answer = self.standing.answer(self.known_record(row), contact, set_aside(self.recipe, due.step)) if sells else None
        return f"an automatic answer came {self.standing.said(answer)}" if answer and answer.weight == "automatic" else None

    def _review_if(self, row: LiveRow) -> Iterator[str | None]:
        conditions = self.recipe.review_if
        status = row.record["status"]
        if status is not None and conditions.status and meaning_of(str(status), self.spec.statuses) in conditions.status:
            yield f"its status is {status}"
        yield "the sheet says that it is disputed" if row.record["disputed"] is True else None
        yield first_met(row.record, conditions.tests)
        yield unsure(row.record, conditions.tests)

    def _unreadable_stops(self, row: LiveRow) -> Iterator[str]:
        """A cell that might say "do not" and cannot be read is not taken for silence."""
        for column in STOPPING:
            if column in row.record.problems:
                yield cell_trouble(column, row.record.problems[column])

    def _nothing_to_sell(self, row: LiveRow) -> str | None:
        total = row.record["total"]
        return f"its total is {money(total, self.facts.currency)}" if isinstance(total, Decimal) and total <= 0 else None

    def _part_payment(self, row: LiveRow, due: DueStep, contact: Contact) -> str | None:
        total, owed = row.record["total"], amount_of(row.record)
        names = self.names_in_texts.get(due.step.key, frozenset())
        credit = self.credits.by_key.get(contact.key) if contact.key else None
        if credit and ("total" in names or "balance" not in names):
            return f"the customer has a credit of {money(credit, self.facts.currency)}, and the words do not take it off"
        if self.spec.name != "invoices" or not isinstance(total, Decimal) or owed is None or not 0 < owed < total:
            return None
        if "total" in names or "balance" not in names:
            return f"part of it has been paid: {money(owed, self.facts.currency)} of {money(total, self.facts.currency)} is left"
        return None

    def _covered_by_credit(self, contact: Contact) -> str | None:
        name = normal_name(contact.name or "")
        credit = self.credits.by_name.get(name)
        if credit and not (contact.key and contact.key in self.credits.by_key):
            return f"the same name has a credit of {money(credit, self.facts.currency)} that may not have been applied"
        return None
