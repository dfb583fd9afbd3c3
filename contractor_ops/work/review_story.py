"""Whose an item of the queue is, and that customer's story: what was said last, what is open, which number to call."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import Contact, CustomerList, contact_of, customer_list
from contractor_ops.ports import KeptReply, ReviewItem
from contractor_ops.reports.format import documents
from contractor_ops.reports.review_card import CustomerStory, Open, Remark, Said
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.review_notes import Notes
from contractor_ops.work.review_open import opened_paper
from contractor_ops.work.review_own import Colleague, OwnPeople

_REMEMBERED = timedelta(days=365)
_LAST = 4
"""How many messages and replies are told."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call: `key` says who it is across rows, "" when only the name is known; the first of `phones` is the one to dial.

    `role` is set for one of our own people, and `about` then says which customer's what it is about.
    """

    name: str
    key: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    number: str | None = None
    role: str = ""
    about: str = ""

    @property
    def title(self) -> str:
        """Whom a person asks for on the telephone."""
        return f"{self.name}, {self.role}, about {self.about}" if self.role else self.name or "them"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every phone and e-mail."""
        return (*(phone.partition(";")[0] for phone in self.phones), *self.emails)


class Stories:
    """The customers behind the queue. Tables are read when the first item asks for them, and once."""

    def __init__(self, office: Office, now: datetime) -> None:
        self.office, self.now = office, now
        self._by_id: dict[str, dict[str, Record]] = {}
        self._by_name: dict[str, dict[str, list[Record]]] = {}
        self._noted: dict[object, tuple[Remark, ...]] = {}

    def caller(self, item: ReviewItem) -> Caller:
        """Whom to call about an item: the customer, or the one of our own people whom its message is for."""
        ours = self._addressee(item)
        return _ours(ours, item) if ours else self._customer(item, item.to or "")

    def story(self, item: ReviewItem) -> CustomerStory:
        """What was said last, what is open, and the notes that a person must have read."""
        caller = self.caller(item)
        open_ = tuple(opened for opened, _ in self._others(item))
        return CustomerStory(caller.phones, tuple(self._said(caller)[-_LAST:]), open_, self.notes(item), self.recipient(item))

    def notes(self, item: ReviewItem) -> tuple[Remark, ...]:
        """The notes that a person must have read."""
        key = item.table, item.to, item.members
        if key not in self._noted:  # every card asks for those of all items that are alike
            others = [(opened.what, record) for opened, record in self._others(item)]
            self._noted[key] = tuple(self._notes.of(item, self._row(item), others))
        return self._noted[key]

    def recipient(self, item: ReviewItem) -> str:
        """Who of our own people gets the message, "" where the customer does."""
        ours = self._addressee(item)
        return f"{ours.name}, {ours.role}" if ours else ""

    def _customer(self, item: ReviewItem, to: str) -> Caller:
        row = self._row(item)
        contact = contact_of(row, self._customers) if row else None
        told = [one for one in (to, item.members[0].place.file) if one.startswith("+") or "@" in one] if item.members else []
        known = (*contact.phones, *contact.listed_addresses) if contact else ()
        phones = dict.fromkeys(one for one in (*told, *known) if "@" not in one)
        emails = dict.fromkeys(one for one in (*told, *(contact.emails if contact else ()), *known) if "@" in one)
        name = item.customer or (contact.name if contact else None) or ""
        return Caller(name, contact.key if contact else "", tuple(phones), tuple(emails), contact.number if contact else None)

    def _addressee(self, item: ReviewItem) -> Colleague | None:
        return self._own.addressee(item, self._row(item))

    @cached_property
    def _own(self) -> OwnPeople:
        return OwnPeople(self.office, self._table("technicians", complete=True))

    @cached_property
    def _notes(self) -> Notes:
        return Notes(self.office)

    def _said(self, caller: Caller) -> list[Said]:
        said = [Said(reply.at, "they", reply.channel, reply.text or reply.whole) for reply in self._replies if _is_from(reply, caller)]
        until = self.now + timedelta(seconds=1)
        sent = [one for address in dict.fromkeys(caller.addresses) for one in self.office.ledger.sent_to(address, until, limit=_LAST)]
        said += [Said(one.at, "we", one.channel, one.body or one.subject or "") for one in sent]
        return sorted(dict.fromkeys(said), key=lambda one: one.at)

    @cached_property
    def _replies(self) -> list[KeptReply]:
        return self.office.ledger.replies(self.now - _REMEMBERED)

    def _others(self, item: ReviewItem) -> list[tuple[Open, Record]]:
        """The customer's other estimates and invoices that are open; those that the item is about stand above them already."""
        customer = self._customer(item, "" if self._addressee(item) else item.to or "")
        shown = {(item.table, member.key.record) for member in item.members}
        rows = [
            row for name in ("estimates", "invoices") for row in self._rows_of(name, customer) if (name, str(row["number"])) not in shown
        ]
        return [(opened, row) for row in rows if (opened := opened_paper(row))]

    def _rows_of(self, table: str, caller: Caller) -> list[Record]:
        """Rows of the same name that do not show another address: a name alone never joins two people."""
        name = normal_name(caller.name)
        if not name:
            return []
        if table not in self._by_name:
            self._by_name[table] = defaultdict(list)
            for record in self._records(table):
                self._by_name[table][normal_name(str(record["customer"] or ""))].append(record)
        rows = [self._cleaned(record) for record in self._by_name[table].get(name, [])]
        return [row for row in rows if _is_same(contact_of(row, self._customers), caller)]

    def _row(self, item: ReviewItem) -> Record | None:
        if item.table not in READABLE or not item.members:
            return None
        if item.table not in self._by_id:
            spec = READABLE[item.table]
            self._by_id[item.table] = {record_id(record, spec) or "": record for record in self._records(item.table)}
        found = self._by_id[item.table].get(item.members[0].key.record)
        return self._cleaned(found) if found else None

    @cached_property
    def _customers(self) -> CustomerList:
        table = self._table("customers", complete=True)
        return customer_list(table)

    def _records(self, name: str) -> list[Record]:
        table = self._table(name)
        return list(table.records) if table else []

    def _table(self, name: str, *, complete: bool = False) -> Table | None:
        try:
            return self.office.table(name, complete=complete, now=self.now) if self.office.has(name) else None
        except ContractorOpsError:  # a sheet that cannot be read keeps nobody from deciding; check and run tell about it
            return None

    def _cleaned(self, record: Record) -> Record:
        table = self._table(record.table)
        assert table is not None
        return complete_record(record, READABLE[record.table], self.office.config.office.country, table.columns)


def _ours(colleague: Colleague, item: ReviewItem) -> Caller:
    papers = documents("jobs" if item.table == "note_gaps" else item.table, [member.key.record for member in item.members])
    about = f"{item.customer}'s {papers}" if item.customer else papers
    return Caller(colleague.name, "", colleague.phones, colleague.emails, None, colleague.role, about)


def _is_from(reply: KeptReply, caller: Caller) -> bool:
    return reply.address in caller.addresses or bool(caller.key and reply.customer_key == caller.key)


def _is_same(contact: Contact, caller: Caller) -> bool:
    shown = {*contact.addresses, *contact.listed_addresses}
    if contact.number and caller.number:
        return contact.number == caller.number
    return not shown or not caller.addresses or bool(shown & set(caller.addresses))
