"""Our own people: what they write is no customer's answer."""

from collections.abc import Iterator

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of
from contractor_ops.tables.cells.phones import clean_phone


def colleague_at(office: Office, address: str) -> str | None:
    """The name of whoever of [people] or the technicians has this number or e-mail address, None for everybody else."""
    return next((name for name, addresses in _colleagues(office) if address in addresses), None)


def _colleagues(office: Office) -> Iterator[tuple[str, frozenset[str]]]:
    for person in office.config.people.values():
        numbers = (clean_phone(person.phone, office.config.office.country)[0] if person.phone else None) or ""
        yield person.name, frozenset({*(number.partition(";")[0] for number in numbers.split(", ")), person.email.lower()} - {""})
    try:
        technicians = office.table("technicians").records if office.has("technicians") else ()
    except ContractorOpsError:  # a sheet that cannot be read keeps no reply from being taken; check and run tell about it
        return
    for record in technicians:
        yield str(record["name"] or "a technician"), frozenset(contact_of(record, CustomerList()).addresses)
