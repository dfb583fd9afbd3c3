"""How a customer stands with us: who hears nothing, who rests, who has answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.phrases import at
from contractor_ops.ports import Answer, History, Pause
from contractor_ops.tables.cells.names import normal_name


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

    def answer(self, record: str, contact: Contact) -> Answer | None:
        """The weightiest of what this customer answered, or somebody did to a message about this record, and no person has lifted."""
        known_as = (contact.key, *contact.addresses, *contact.listed_addresses)
        found = [self.history.answered[one] for one in known_as if one in self.history.answered]
        if record in self.history.answered_records:
            found.append(self.history.answered_records[record])
        return max(found, key=lambda one: (one.weight == "stops", one.weight == "pleasant", one.at), default=None)

    def rests(self, record: str, contact: Contact) -> tuple[str, datetime | None] | None:
        """Why messages to this customer rest and until when (None: until a person says so), or None."""
        today = self.now.date()
        named = [pause for pause in self.history.pauses if names(pause.who, contact)]
        for pause in (*named, *(self.paused.get(contact.key, ()) if contact.key else ())):
            if pause.until is None or today < pause.until:
                note = f": {pause.note}" if pause.note else ""
                return f"the customer is paused{note}", self.morning(pause.until) if pause.until else None
        if contact.pause_until and today < contact.pause_until:
            return "the customers table says: pause", self.morning(contact.pause_until)
        answer = self.answer(record, contact)
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
