"""How a customer stands with us: who hears nothing, who rests, who has answered."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.bookings.passed_on import passed_on
from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.phrases import at
from contractor_ops.ports import Answer, History, Pause
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.cells.names import normal_name

_OF_ANY_VISIT = frozenset({"move", "stop"})
"""Labels of answers that may be about a visit, whatever message of ours they answer."""
_MAY_BE_THE_VISIT = re.compile("can[cs]", re.IGNORECASE)
"""An opt-out in such a word may mean the visit, and not only our messages."""
_CUT_AT = 120
"""After so many letters the ledger cuts the words of an answer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger and the office's columns say of customers; `paused` has the pauses by customer key."""

    history: History
    facts: Facts
    now: datetime
    paused: Mapping[str, tuple[Pause, ...]] = field(default_factory=dict)

    def silenced(self, contact: Contact) -> str | None:
        """Why this customer is to hear nothing at all, or None."""
        if contact.do_not_contact:
            return "the sheet says: do not contact"
        stopped = next((one for one in (*contact.addresses, *contact.listed_addresses) if one in self.history.opted_out), None)
        return f"the customer opted out ({stopped})" if stopped else None

    def answer(self, record: str, contact: Contact, aside: Collection[str] = ()) -> Answer | None:
        """The weightiest of what this customer answered, or somebody did to a message about this record, and no person has lifted.

        `aside`: what was answered to these steps does not count.
        """
        known_as = (contact.key, *contact.addresses, *contact.listed_addresses)
        found = [self.history.answered[one] for one in known_as if one in self.history.answered]
        if record in self.history.answered_records:
            found.append(self.history.answered_records[record])
        counts = [one for each in found if (one := each.but(aside))]
        return max(counts, key=lambda one: (one.weight == "stops", one.weight == "pleasant", one.at), default=None)

    def wrote(self, record: str, contact: Contact) -> str | None:
        """What they wrote of this record, or of any visit, and nobody has answered: 'on Nov 22: "don't come"'."""
        history = self.history
        elsewhere = {one.at for named, one in history.answered_records.items() if named != record}
        known_as = (contact.key, *contact.addresses, *contact.listed_addresses)
        moves = [one for who in known_as if (one := history.answered.get(who)) and one.label in _OF_ANY_VISIT and one.at not in elsewhere]
        of_this = [history.answered_records[record]] if record in history.answered_records else []
        told = [one for one in (*of_this, *moves) if one.weight == "stops" and (one.label != "stop" or _MAY_BE_THE_VISIT.search(one.words))]
        answer = max(told, key=lambda one: one.at, default=None)
        words = passed_on(answer.words, cut_at=_CUT_AT) if answer else ""
        return f'on {_on(answer.at.astimezone(self.now.tzinfo))}: "{words}"' if answer and words else None

    def rests(self, record: str, contact: Contact, aside: Collection[str] = ()) -> tuple[str, datetime | None] | None:
        """Why messages to this customer rest and until when (None: until a person says so), or None; `aside` as for answers."""
        today = self.now.date()
        named = [pause for pause in self.history.pauses if names(pause.who, contact)]
        for pause in (*named, *(self.paused.get(contact.key, ()) if contact.key else ())):
            if pause.until is None or today < pause.until:
                note = f": {pause.note}" if pause.note else ""
                return f"the customer is paused{note}", self.morning(pause.until) if pause.until else None
        if contact.pause_until and today < contact.pause_until:
            return "the customers table says: pause", self.morning(contact.pause_until)
        answer = self.answer(record, contact, aside)
        if answer and answer.weight == "stops":
            return f"the customer wrote {self.said(answer)}; a person answers, and then: contractor-ops resume", None
        return None

    def said(self, answer: Answer) -> str:
        """When they answered, and how it begins: 'today at 9:00 AM: "How long does it take?"'."""
        words = f': "{answer.words}"' if answer.words else ""
        return f"{at(answer.at.astimezone(self.now.tzinfo), self.now)}{words}"

    def morning(self, on: date) -> datetime:
        """When messages may leave again on a day."""
        return datetime.combine(on, self.facts.day_starts, self.facts.calendar.zone)


def set_aside(recipe: Recipe, step: Step) -> frozenset[str]:
    """The steps of ours, as "recipe/step", whose answers have no bearing on this one.

    Who is asked for a review must not depend on what they said of our work: only the happy ones would be asked.
    """
    return frozenset(f"{recipe.key}/{one.key}" for one in recipe.steps if one.asks == "rating") if step.asks == "review" else frozenset()


def _on(moment: datetime) -> str:
    return f"{moment:%b} {moment.day}"


def paused_keys(pauses: Sequence[Pause], contacts: Iterable[Contact]) -> dict[str, tuple[Pause, ...]]:
    """The pauses of each customer by key: one that names a phone also holds the row that shows only the e-mail."""
    found: dict[str, tuple[Pause, ...]] = {}
    for contact in contacts if pauses else ():
        if contact.key:
            found[contact.key] = (*found.get(contact.key, ()), *(pause for pause in pauses if names(pause.who, contact)))
    return found


def names(who: str, contact: Contact) -> bool:
    """Whether what the office typed names this customer: an address, a customer number, or the name."""
    return (
        who in (*contact.addresses, *contact.listed_addresses)
        or who == contact.number
        or normal_name(who) == normal_name(contact.name or "") != ""
    )
