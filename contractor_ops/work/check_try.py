"""`check --try PERSON`: one real message by each way that is set up, to a person of the office and to nobody else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contractor_ops.config import Person
from contractor_ops.errors import ContractorOpsError, Exit, FilesNeedMending, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of
from contractor_ops.ports import RunEnd
from contractor_ops.reports.format import listed, phone
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.work.own_messages import CHECK, TRY, own_message, send_now

TRIED_COLUMNS = ("channel", "to", "provider", "outcome", "provider_id", "message")
_EXPIRES = timedelta(minutes=30)
_OURS = {"technicians", "calls"}
"""Tables in which our own people stand: technicians, and everybody who ever called."""
_LEFT = frozenset({"sent", "queued"})


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one message; `provider_id` is the provider's own name for it, or the file in outbox/. `trouble` says why it did not leave."""

    channel: str
    to: str
    provider: str
    outcome: str
    provider_id: str
    trouble: str = ""

    @property
    def left(self) -> bool:
        """Whether the provider has it."""
        return self.outcome in _LEFT

    @property
    def sentence(self) -> str:
        """What a person should hear about it."""
        what = f"{'Text' if self.channel == 'sms' else 'E-mail'} to {phone(self.to)}"
        if self.outcome == "in_doubt":
            return f"{what}: nobody knows whether it left. {self.trouble}".rstrip()
        if not self.left:
            return f"{what}: it did not leave. {self.trouble}".rstrip()
        if self.provider == "outbox":
            return f"{what}: written to outbox/{self.provider_id}. Nothing leaves this machine by this way."
        return f"{what}: handed to {self.provider} as {self.provider_id}."

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {"channel": self.channel, "to": self.to, "provider": self.provider, "outcome": self.outcome or "failed",
                "provider_id": self.provider_id or None, "message": self.sentence}  # fmt: skip


def tried_lines(tried: Sequence[Tried]) -> Iterator[str]:
    """What was sent, and what to look at now."""
    yield from (one.sentence for one in tried)
    ways = ["telephone" if one.channel == "sms" else "mailbox" for one in tried if one.left and one.provider != "outbox"]
    if ways:
        spam = " (the folder for spam too)" if "mailbox" in ways else ""
        yield f"Now look at that {listed(ways)}{spam}: has it arrived? What it says begins with TEST."


def try_person(office: Office, typed: str, clock: Callable[[], datetime]) -> list[Tried]:
    """Send it. Raises UnknownName, FilesNeedMending where the person cannot be reached or an address is a customer's too, RunUnderWay."""
    key, person = _person(office, typed)
    ways = _ways(office, person)
    _no_customers(office, person, {to for _, to in ways})
    with office.lock(CHECK):
        run = office.ledger.open_run(CHECK, clock(), True, "auto", office.machine)
        try:
            tried = [_sent(office, key, person, channel, to, run, clock) for channel, to in ways]
        except BaseException as error:
            code = error.exit_code if isinstance(error, ContractorOpsError) else Exit.BUG
            office.ledger.close_run(run, clock(), RunEnd(int(code), {}, error=str(error) or type(error).__name__))
            raise
        trouble = "; ".join(one.sentence for one in tried if not one.left)
        office.ledger.close_run(run, clock(), RunEnd(int(Exit.SOME_FAILED if trouble else Exit.DONE), {}, error=trouble))
    return tried


def _person(office: Office, typed: str) -> tuple[str, Person]:
    people, wanted = office.config.people, " ".join(typed.split()).casefold()
    found = [key for key, one in people.items() if wanted in {key.casefold(), one.name.casefold()}]
    found = found or [key for key, one in people.items() if wanted in one.name.casefold().split()]
    if len(found) == 1:
        return found[0], people[found[0]]
    if found:
        raise UnknownName(f'"{typed}" may be {" or ".join(found)}.', "Write the key that stands in [people] of config.toml.")
    names = [*people, *(one.name for one in people.values())]
    raise UnknownName(f'There is no "{typed}" in [people] of config.toml; {did_you_mean(typed, names)}',
                      "Only the office's own people get a message to try things out.")  # fmt: skip


def _ways(office: Office, person: Person) -> list[tuple[str, str]]:
    number = clean_phone(person.phone, office.config.office.country)[0] if person.phone else None
    ways = [("sms", number.partition(";")[0].split(", ")[0] if number else ""), ("email", person.email.lower())]
    ways = [(channel, to) for channel, to in ways if to]
    if not ways:
        raise FilesNeedMending([f"config.toml: {person.name} has neither phone nor e-mail."], "Write them beside the name in [people].")
    return ways


def _no_customers(office: Office, person: Person, addresses: set[str]) -> None:
    """Raise FilesNeedMending where an address stands in a sheet of customers, or where that cannot be seen."""
    for name in office.config.tables:
        if name in _OURS or not {"phone", "email"} & set(TABLES[name].column_names):
            continue
        try:
            records = office.table(name).records
        except ContractorOpsError as error:
            why = f"{name} cannot be read, so nobody knows whether {person.name}'s address is a customer's too: nothing was sent."
            raise FilesNeedMending([f"{why} {error.message}"], error.remedy) from None
        for record in records:
            shared = addresses.intersection(contact_of(record, CustomerList()).addresses)
            if shared:
                raise FilesNeedMending([f"{phone(min(shared))} is {person.name}'s in config.toml and a customer's in {record.place}: nothing was sent."],
                                       "A message to try things out never goes to a customer: name somebody else, or mend one of the two.")  # fmt: skip


def _sent(office: Office, key: str, person: Person, channel: str, to: str, run: int, clock: Callable[[], datetime]) -> Tried:
    now = clock()
    name = office.config.office.name
    words = f"TEST from {name}: {'texts' if channel == 'sms' else 'e-mails'} from this office arrive. There is nothing to do."
    one = own_message(f"try/{key}/{now.isoformat()}", TRY, channel, to, person.name, words, f"The message to {person.name}")
    one.subject = f"TEST from {name}" if channel == "email" else None
    try:
        provider = office.channel(channel).name
    except ContractorOpsError as error:
        return Tried(channel, to, "", "failed", "", " ".join(error.lines()))
    trouble = send_now(office, CHECK, run, one, now + _EXPIRES, clock)
    return Tried(channel, to, provider, one.outcome or "", one.provider_id or "", " ".join(trouble) or _reason(one.reason, to, office))


def _reason(reason: str, to: str, office: Office) -> str:
    """Why the planner's own rules kept it back; a person who has opted out hears how that is taken back."""
    if any(address == to for address, _, _ in office.ledger.opt_outs()):
        return f"{phone(to)} has opted out of all messages: contractor-ops optout {to} --remove"
    return reason
