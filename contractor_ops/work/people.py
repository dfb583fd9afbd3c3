"""What the office decides about its customers: who hears nothing, who rests, what a person has taken over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from contractor_ops.errors import TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.ports import MANUAL, KeptReply, Pause
from contractor_ops.reports.format import phone
from contractor_ops.tables.cells.emails import clean_emails
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.identity import record_id
from contractor_ops.tomlfile import did_you_mean, nearest
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.whose import names_at


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
            office.ledger.opt_in(address, at, MANUAL)
        else:
            office.ledger.opt_out(address, at, MANUAL)
    return " and ".join(addresses)


def opted_out(office: Office) -> list[dict[str, Any]]:
    """The addresses that want no messages, each with whose it is where the sheets know it."""
    found = office.ledger.opt_outs()
    names = names_at(office, [address for address, _, _ in found])
    return [
        {"address": address, "since": since.astimezone(office.zone).isoformat(timespec="seconds"), "source": source, "name": names.get(address, "")}
        for address, since, source in found
    ]  # fmt: skip


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


def resume(office: Office, typed: str, at: datetime) -> list[str]:
    """Lift a pause, and what the customer's answers stopped; what to say of it.

    Raises UnknownName naming those who are stopped, and TypedWrong where several customers of that name have answered.
    """
    ledger, address = office.ledger, address_of(office, typed)
    who = address.partition(";")[0].split(", ")[0] if address else typed.strip()
    answers = [reply for reply in ledger.replies() if reply.lifted_at is None]
    people = _told_apart([reply for reply in answers if (reply.address == who if address else _is_called(reply, who))])
    paused, said = ledger.resume(who, at), []
    if len(people) > 1:  # a name alone never joins two people
        several = f"{len(people)} customers called {who} have answered: {' and '.join(sorted(map(_reached_at, people)))}."
        remedy = "Give the phone number or e-mail address of the one who may hear from us again."
        if not paused:
            raise TypedWrong(several, remedy)
        people, said = [], [f"The pause is lifted. But {several} {remedy}"]
    known_as = {one for person in people for reply in person for one in _known_as(reply)}
    known_as |= {who} if address else set()  # also one that stands in the sheet beside the one that the answer came from
    if not (known_as and ledger.lift_answers(sorted(known_as), at)) and not paused:
        names = [*(one.who for one in ledger.pauses()), *dict.fromkeys(reply.customer or reply.address for reply in answers)]
        raise UnknownName(f"{who} is not stopped; {did_you_mean(who, names) if names else 'nobody is'}")
    silent = sorted({who, *known_as} & {opted_out for opted_out, _, _ in ledger.opt_outs()})
    return [*(said or [f"{who} hears from us again."]), *(_still_silent(one) for one in silent)]


def _still_silent(address: str) -> str:
    return f"But {phone(address)} has opted out and gets nothing; only with their consent: contractor-ops optout {address} --remove"


def _is_called(reply: KeptReply, who: str) -> bool:
    """Whether this is the customer number or the name of whoever wrote."""
    return reply.customer_key == f"number:{who}" or normal_name(who) == normal_name(reply.customer or "") != ""


def _known_as(reply: KeptReply) -> set[str]:
    return {one for one in (reply.address, reply.customer_key) if one}


def _told_apart(replies: Sequence[KeptReply]) -> list[list[KeptReply]]:
    """The replies of each customer: whoever shares neither an address nor a key is another one, whatever the name."""
    people: list[list[KeptReply]] = []
    for reply in replies:
        same = [person for person in people if any(_known_as(reply) & _known_as(other) for other in person)]
        people = [person for person in people if person not in same] + [[*(one for person in same for one in person), reply]]
    return people


def _reached_at(person: Sequence[KeptReply]) -> str:
    return " or ".join(dict.fromkeys(phone(reply.address) for reply in person))


def skip(office: Office, name: str, record: str, because: str, at: datetime) -> None:
    """Leave one record out of a recipe for good. Raises UnknownName when the table has no such record."""
    recipe = office.recipe(name)
    ids = [identity for row in office.table(recipe.reads).records if (identity := record_id(row, READABLE[recipe.reads]))]
    if record not in ids:
        hint = did_you_mean(record, ids, f"contractor-ops read {recipe.reads}")
        raise UnknownName(f"{recipe.reads} has no record {record}; {hint}")
    office.ledger.skip(recipe.key, record, because, at)
    for item in office.ledger.reviews(("open", "approved")):
        if item.recipe == recipe.key and all(member.key.record == record for member in item.members):
            office.ledger.decide_review(item.id, "gone", at, because)
