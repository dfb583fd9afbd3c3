"""What ends a row for good by what people did: a person skipped it, the customer answered, was talked to, or wants no messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.doubts import Doubts
from contractor_ops.planning.phrases import at, local
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.standing import Standing, set_aside
from contractor_ops.planning.steps import DueStep
from contractor_ops.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Ending:
    """What people have done, as far as this recipe ends by it."""

    recipe: Recipe
    now: datetime
    anchor_column: str
    standing: Standing
    doubts: Doubts
    talks: Mapping[str, datetime]

    def may_end(self, row: LiveRow, contact: Contact | None) -> bool:
        """Whether anything that a person did may end a step of this row."""
        if row.id in self.standing.history.skips:
            return True
        if contact is None:
            return False
        return bool(
            self.recipe.ends.called or self.standing.silenced(contact) or self.standing.answer(self.doubts.known_record(row), contact)
        )

    def over(self, row: LiveRow, contact: Contact | None, steps: Sequence[DueStep]) -> str | None:
        """Why nothing more is to be done about these steps of the row (in a ladder all of them), or None."""
        if row.id in self.standing.history.skips:
            return f"skipped by a person: {self.standing.history.skips[row.id]}"
        if contact is None or not self._to_customer(steps):
            return None
        if ended := self._answered(row, contact, steps) or self._talked(row, contact):
            return ended
        if any(one.step.within for one in steps):
            return None  # another step stands in for the message
        if any(one.changed for one in steps):
            return None  # whoever was told of a visit must hear of its change, if not by message
        return self.standing.silenced(contact)

    def _answered(self, row: LiveRow, contact: Contact, steps: Sequence[DueStep]) -> str | None:
        """An answer ends all that chases or sells; what serves ends only where its recipe says so, by an answer that came since."""
        aside = frozenset.intersection(*(set_aside(self.recipe, one.step) for one in steps))
        answer = self.standing.answer(self.doubts.known_record(row), contact, aside)
        if answer is None or answer.weight == "automatic":
            return None
        if self.recipe.kind == "service" and not (
            (answer.weight == "stops" or self.recipe.ends.reply == "any") and self.recipe.ends.reply and self._since_anchor(row, answer.at)
        ):
            return None
        return f"the customer answered {self.standing.said(answer)}"

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

    def _to_customer(self, steps: Sequence[DueStep]) -> bool:
        return any(one.step.do == "message" and one.step.to == "customer" for one in steps)
