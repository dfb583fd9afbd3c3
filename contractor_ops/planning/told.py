"""What customers with several rows have heard of them: a credit is taken off once, and one message a day is for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.past import Past
from contractor_ops.planning.ready import Ready
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.steps import DueStep
from contractor_ops.recipe import Recipe, Step

_HEARD = frozenset({"sent", "queued", "trying", "in_doubt"})


@dataclass(slots=True)
class Told:
    """`first`: the row (by position) that each customer heard of first; `today`: whose message for all of their rows leaves today.

    `takes` says which row's message takes a customer's credit off, as the messages stand now.
    """

    recipe: Recipe
    first: dict[str, int] = field(default_factory=dict)
    today: set[str] = field(default_factory=set)
    takes: dict[str, int] = field(default_factory=dict)

    def share(self, bundles: Iterable[list[Ready]]) -> None:
        """The credits of these messages, which come in the order in which they leave: each is taken off in the one that comes first."""
        self.takes = dict(self.first)
        for bundle in bundles:
            if bundle[0].contact.key and is_to_customer(bundle[0].due.step):
                self.takes.setdefault(bundle[0].contact.key, bundle[0].row.position)

    def elsewhere(self, bundle: list[Ready]) -> bool:
        """Whether another message takes this customer's credit off."""
        taker = self.takes.get(bundle[0].contact.key)
        return is_to_customer(bundle[0].due.step) and taker is not None and taker not in {one.row.position for one in bundle}

    def leaves(self, contact: Contact, step: Step) -> None:
        """Note that this message leaves in this run."""
        if self._is_for_all(contact):
            self.today.add(_name(self.recipe, contact, step))

    def had(self, contact: Contact, step: Step) -> bool:
        """Whether another message for all of this customer's rows leaves today."""
        return self._is_for_all(contact) and _name(self.recipe, contact, step) in self.today

    def _is_for_all(self, contact: Contact) -> bool:
        return self.recipe.one_per == "customer" and self.recipe.kind == "follow-up" and bool(contact.key)


def told(past: Past, rows: Iterable[LiveRow], contacts: Mapping[int, Contact], now: datetime) -> Told:
    """What the ledger remembers of it."""
    found, history = Told(past.recipe), past.history
    heard = {key.record for key, memory in history.steps.items() if memory.state in _HEARD} if past.recipe.one_per == "customer" else ()
    first: dict[str, tuple[datetime, int]] = {}
    for row in rows if heard else ():
        contact = contacts.get(row.position)
        if contact is None or not contact.key or row.id not in heard:
            continue
        for one, at in _messages(past, row):
            first[contact.key] = min(first.get(contact.key, (at, row.position)), (at, row.position))
            if past.key(row, one) in history.releases and at.astimezone(now.tzinfo).date() == now.date():
                found.leaves(contact, one.step)
    found.first = {key: position for key, (_, position) in first.items()}
    found.takes = dict(found.first)
    return found


def is_to_customer(step: Step) -> bool:
    """Whether the customer hears this step."""
    return step.do == "message" and step.to == "customer"


def _messages(past: Past, row: LiveRow) -> Iterable[tuple[DueStep, datetime]]:
    for one in row.steps:
        memory = past.history.steps.get(past.key(row, one))
        if memory is not None and memory.state in _HEARD and is_to_customer(one.step):
            yield one, memory.at


def _name(recipe: Recipe, contact: Contact, step: Step) -> str:
    return f"{contact.key}/{step.key}" if recipe.shape == "trail" else contact.key
