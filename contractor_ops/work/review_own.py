"""Which messages of the queue go to our own people, and to whom: nobody rings them as the customer, and nothing ever silences them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of, customer_list
from contractor_ops.ports import ReviewItem
from contractor_ops.recipe import Step
from contractor_ops.tables.record import Record, Table
from contractor_ops.work.people import address_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of our own people, and what they are to us."""

    name: str
    role: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


class OwnPeople:
    """Those in [people] and in the technicians table, as far as it can be read."""

    def __init__(self, office: Office, technicians: Table | None) -> None:
        self._people = {key: _person(office, key) for key in office.config.people}
        self._technicians = {record["name"]: _technician(record) for record in (technicians.records if technicians else ())}
        self.listed = customer_list(technicians)
        self._office = office

    @cached_property
    def _steps(self) -> dict[tuple[str, str], Step]:
        """Every recipe's steps; whoever only asks who somebody is does not wait for them."""
        return {(recipe.key, step.name): step for recipe in self._office.recipes() for step in recipe.steps}

    def addressee(self, item: ReviewItem, row: Record | None) -> Colleague | None:
        """Whom a message is for by its recipe, or by where it goes when the recipe has no such step any more; None for a customer."""
        step = self._step(item)
        if step is None:
            return self._at(item.to or "")
        if step.do != "message" or step.to == "customer":
            return None
        if step.to in self._people:
            return self._people[step.to]
        written = str(row["technician"] or "") if row else ""
        found = self.listed.named(written)
        return self._technicians[found["name"]] if found else Colleague(written or "the technician", "technician")

    def numbers(self) -> set[str]:
        """Every telephone number of ours, without extensions."""
        return {phone.partition(";")[0] for one in self.everybody() for phone in one.phones}

    def _step(self, item: ReviewItem) -> Step | None:
        return self._steps.get((item.recipe, item.members[0].key.step)) if item.members else None

    def _at(self, address: str) -> Colleague | None:
        return next((one for one in self.everybody() if address and address in {*one.phones, *one.emails}), None)

    def everybody(self) -> list[Colleague]:
        """Those of the office, and then the technicians."""
        return [*self._people.values(), *self._technicians.values()]


def own_people(office: Office, now: datetime) -> OwnPeople:
    """Ours as the sheets have them now; a technicians table that cannot be read keeps nobody from deciding."""
    try:
        return OwnPeople(office, office.table("technicians", complete=True, now=now) if office.has("technicians") else None)
    except ContractorOpsError:
        return OwnPeople(office, None)


def _person(office: Office, key: str) -> Colleague:
    person = office.config.people[key]
    phone = address_of(office, person.phone) if person.phone else None
    return Colleague(person.name, "of the office", (phone,) if phone else (), (person.email,) if person.email else ())


def _technician(record: Record) -> Colleague:
    contact = contact_of(record, CustomerList())
    return Colleague(str(record["name"] or ""), "technician", contact.phones, contact.emails)
