"""What the office decides about its customers: who hears nothing, who rests, what a person has taken over."""

from datetime import date, datetime
from typing import Any

from contractor_ops.errors import TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.identity import record_id
from contractor_ops.ports import Pause
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.emails import clean_emails
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tomlfile import did_you_mean, nearest


def address_of(office: Office, typed: str) -> str | None:
    """A phone number or an e-mail address as the ledger keeps it; None for anything else, such as a name."""
    if "@" in typed:
        return clean_emails([typed])[0][0]
    if sum(character.isdigit() for character in typed) < 7:
        return None
    return clean_phone(typed, office.config.office.country)[0]


def opt_out(office: Office, typed: str, at: datetime, *, remove: bool) -> str:
    """Stop (or allow again) messages to an address. Raises TypedWrong for what is no address."""
    found = address_of(office, typed)
    if found is None:
        raise TypedWrong(f'"{typed}" is neither a phone number nor an e-mail address.')
    addresses = [one.partition(";")[0] for one in found.split(", ")]  # a line is opted out with all its extensions
    for address in addresses:
        if remove:
            office.ledger.opt_in(address, at, "a person of the office")
        else:
            office.ledger.opt_out(address, at, "a person of the office")
    return " and ".join(addresses)


def opted_out(office: Office) -> list[dict[str, Any]]:
    """The addresses that want no messages."""
    return [
        {"address": address, "since": since.astimezone(office.zone).isoformat(timespec="seconds"), "source": source}
        for address, since, source in office.ledger.opt_outs()
    ]


def pause(office: Office, typed: str, until: date, note: str, at: datetime) -> str:
    """Hold a customer's messages until a day."""
    address = address_of(office, typed)
    who = address.partition(";")[0].split(", ")[0] if address else typed.strip()
    if not normal_name(who):
        raise TypedWrong(f'"{typed}" names nobody.', "Give a name, a phone number or an e-mail address.")
    if address is None:
        _must_be_known(office, who)
    office.ledger.pause(Pause(who, until, note), at)
    return who


def _must_be_known(office: Office, who: str) -> None:
    """Raise UnknownName for a name or number that no table has: a misspelt one would hold nobody, and the office believe that it did."""
    names: dict[str, None] = {}
    for table in ("customers", "estimates", "invoices", "jobs", "leads"):
        for record in office.table(table).records if office.has(table) else ():
            for column in ("name", "customer", "customer_number", *(("number",) if table == "customers" else ())):
                names.setdefault(str(record[column] or ""))
    if normal_name(who) not in {normal_name(name) for name in names}:
        close = nearest(who, [name for name in names if name])
        raise UnknownName(f'No customer "{who}" stands in the tables' + (f'; did you mean "{close}"?' if close else "."),
                          "Name the customer as the sheet does, or give the phone number or e-mail address.")  # fmt: skip


def resume(office: Office, typed: str, at: datetime) -> str:
    """Lift a pause. Raises UnknownName naming those who are paused."""
    address = address_of(office, typed)
    who = address.partition(";")[0].split(", ")[0] if address else typed.strip()
    if not office.ledger.resume(who, at):
        paused = [one.who for one in office.ledger.pauses()]
        raise UnknownName(f"{who} is not paused; {did_you_mean(who, paused) if paused else 'nobody is'}")
    return who


def skip(office: Office, name: str, record: str, because: str, at: datetime) -> None:
    """Leave one record out of a recipe for good. Raises UnknownName when the table has no such record."""
    recipe = office.recipe(name)
    ids = [identity for row in office.table(recipe.reads).records if (identity := record_id(row, TABLES[recipe.reads]))]
    if record not in ids:
        hint = did_you_mean(record, ids, f"contractor-ops read {recipe.reads}")
        raise UnknownName(f"{recipe.reads} has no record {record}; {hint}")
    office.ledger.skip(recipe.key, record, because, at)
    for item in office.ledger.reviews(("open", "approved")):
        if item.recipe == recipe.key and all(member.key.record == record for member in item.members):
            office.ledger.decide_review(item.id, "gone", at, because)
