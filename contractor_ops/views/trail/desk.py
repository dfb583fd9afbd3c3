"""Everything that is reckoned once for all bookings: who could go, what each needs, whom the other tables know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from contractor_ops.bookings.kind import Kind
from contractor_ops.bookings.kinds import Kinds
from contractor_ops.bookings.materials import Booking, Materials, check_materials
from contractor_ops.dispatch.assign import Plan, Suggestion, suggest
from contractor_ops.dispatch.clashes import Clash, clashes
from contractor_ops.dispatch.naming import Crew
from contractor_ops.dispatch.technicians import Technician, technicians_of
from contractor_ops.dispatch.visits import Need, Visit, visits_of
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Place, Record
from contractor_ops.views.view import Given

_NAMED = TableSpec("bookings", "", (), identity=("customer", "title", "address", "job_type"))
"""How a booking without a number is told from others."""


@dataclass(frozen=True)
class Desk:
    """The office as its dispatcher sees it. `visits` has every job, in the order of the sheet; `open` the places of those that are to come."""

    given: Given
    jobs: Sequence[Record]

    @cached_property
    def kinds(self) -> Kinds:
        """What the office knows of kinds of jobs."""
        return Kinds(self.given.job_types)

    def kind(self, job: Record) -> Kind | None:
        """The kind of a job."""
        return self.kinds.find(str(job["job_type"] or ""), str(job["title"] or ""))

    @cached_property
    def technicians(self) -> list[Technician]:
        """Everybody of the technicians table."""
        return technicians_of(self.records("technicians"), self.given.now.date(), self.given.country)

    @cached_property
    def crew(self) -> Crew:
        """The technicians as cells name them."""
        return Crew(self.technicians)

    def assigned(self, job: Record) -> str:
        """Whom the ledger has for a job, "nobody" where it let them go because the sheet named somebody; "" where it never had any."""
        return self.own(job).get("technician", "")

    @cached_property
    def visits(self) -> dict[Place, Visit]:
        """Each job as a visit, by its row."""
        visits = visits_of(self.jobs, self.crew, self.given.now, needs=self._need, assigned=self.assigned,
                           customers=self.records("customers"))  # fmt: skip
        return {visit.record.place: visit for visit in visits}

    @cached_property
    def suggestions(self) -> dict[Place, Suggestion]:
        """Who should go to each visit that has nobody."""
        return {one.visit.record.place: one for one in suggest(self.visits.values(), self.technicians, self.given.now)}

    @cached_property
    def clashes(self) -> dict[Place, list[Clash]]:
        """What cannot be kept, by the row of each visit that it is about."""
        found: dict[Place, list[Clash]] = {}
        for clash in clashes(self.visits.values(), self.technicians, self.given.now):
            found.setdefault(clash.visit.record.place, []).append(clash)
        return found

    def instead(self, visit: Visit) -> Suggestion | None:
        """Who could go to a visit in place of whoever stands there, as if it were the only one that is given away; None where it is too late."""
        return self._instead.instead(visit)

    def instead_of_all(self, visits: Iterable[Visit]) -> list[Suggestion]:
        """Who could go to each of these visits in place of whoever stands there, where all of them are given away, one after the other."""
        return [one for visit in visits if (one := self._given_away.give_away(visit))]

    @cached_property
    def _instead(self) -> Plan:
        return Plan(list(self.visits.values()), self.technicians, self.given.now)

    @cached_property
    def _given_away(self) -> Plan:
        return Plan(list(self.visits.values()), self.technicians, self.given.now)

    @cached_property
    def named(self) -> Mapping[str, Technician]:
        """The technicians by name, but for a name that stands in the table twice."""
        return {one.name: one for one in self.technicians if not one.twice}

    @cached_property
    def materials(self) -> dict[str, Materials]:
        """What each booking to come needs, by its row; nothing where the office keeps no materials lists."""
        if "materials" not in self.given.tables:
            return {}
        to_come = [visit.record for visit in self.visits.values() if visit.standing == "open"]
        bookings = [self.booking(job) for job in to_come]
        return check_materials(bookings, self.records("materials"), self.records("inventory"), self.given.now)

    def own(self, job: Record) -> Mapping[str, str]:
        """What the ledger's own record of a booking says."""
        address = job["address"] or self.address(job)  # as the row of the view has it
        identity = record_id(replace(job, table="bookings", values={**job.values, "address": address}), _NAMED)
        return self.given.own.get(identity or "", {})

    def address(self, job: Record) -> str | None:
        """The address that the customers table has of whoever this job is for. A bare name must be one customer's, and no number may speak against it."""
        name, number = normal_name(str(job["customer"] or "")), str(job["customer_number"] or "")
        if number:
            return self._addresses.get(f"#{number}") or None
        found = next((address for key in contact_keys(job) if (address := self._addresses.get(key))), None)
        return found or (self._addresses.get(name) or None if name and not contact_keys(job) else None)

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        """Customers' addresses by number, phone, e-mail and name; "" where two customers share one of these."""
        found: dict[str, str] = {}
        for customer in self.records("customers"):
            number, address = str(customer["number"] or ""), str(customer["address"] or "")
            for key in filter(None, (f"#{number}" if number else "", *contact_keys(customer), normal_name(str(customer["name"] or "")))):
                found[key] = address if found.get(key, address) == address else ""
        return found

    @cached_property
    def leads(self) -> Mapping[str, Record]:
        """Leads by phone and e-mail, the latest of each."""
        found: dict[str, Record] = {}
        for lead in sorted(self.records("leads"), key=lambda one: str(one["received_on"] or "")):
            found |= dict.fromkeys(contact_keys(lead), lead)
        return found

    def _need(self, job: Record) -> Need:
        kind = self.kind(job)
        return Need(kind.skills, kind.minutes) if kind else Need()

    def booking(self, job: Record) -> Booking:
        """The job as its materials depend on it."""
        kind = self.kind(job)
        named = {name: str(job[name] or "") for name in ("number", "job_type", "title")}
        return Booking(str(job.place), **named, kind=kind.name if kind else "", starts=job["starts_at"] or job["scheduled_on"])

    def records(self, table: str) -> Sequence[Record]:
        """The rows of a table, none where the office does not keep it."""
        return self.given.tables[table].records if table in self.given.tables else ()


def contact_keys(record: Record) -> list[str]:
    """Every number and address of a row."""
    texts = (str(record["phone"] or ""), str(record["email"] or ""))
    return [part.strip().casefold() for text in texts for part in text.split(",") if part.strip()]
