"""Whose an item of the queue is, and that customer's story: what was said last, what is open, which number to call."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cached_property

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.planning.contacts import Contact, CustomerList, contact_of, customer_list
from contractor_ops.ports import KeptReply, ReviewItem, ReviewMember
from contractor_ops.reports.as_of import as_of, judged_on
from contractor_ops.reports.format import documents, phone
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.review_card import CustomerStory, Open, Remark, Said, without_a_name
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.review_caller import Caller
from contractor_ops.work.review_heard import CallsTold
from contractor_ops.work.review_notes import Notes
from contractor_ops.work.review_open import opened_paper
from contractor_ops.work.review_own import Colleague, OwnPeople

_REMEMBERED = timedelta(days=365)
_LAST = 5
"""How many messages, replies and calls are told."""
_CALLS = "missed_calls"


class Stories:
    """The customers behind the queue. Tables are read when the first item asks for them, and once."""

    def __init__(self, office: Office, now: datetime) -> None:
        self.office, self.now = office, now
        self._by_id: dict[str, dict[str, list[Record]]] = {}
        self._by_name: dict[str, dict[str, list[Record]]] = {}
        self._noted: dict[object, tuple[Remark, ...]] = {}

    def caller(self, item: ReviewItem) -> Caller:
        """Whom to call about an item: the customer, or the one of our own people whom its message is for."""
        ours = self._addressee(item)
        return _ours(ours, item) if ours else self._customer(item, item.to or "")

    def story(self, item: ReviewItem) -> CustomerStory:
        """What was said last, what is open, and the notes that a person must have read."""
        caller, customer = self.caller(item), self._customer(item, "" if self._addressee(item) else item.to or "")
        open_ = tuple(opened for opened, _ in self._others(item))
        said = sorted([*self._said(caller)[-_LAST:], *self._calls.with_(caller)], key=lambda one: one.at)
        return CustomerStory(
            caller.phones, tuple(said[-_LAST:]), open_, self.notes(item), self.recipient(item), self._waiting(item, customer)
        )

    def notes(self, item: ReviewItem) -> tuple[Remark, ...]:
        """The notes that a person must have read."""
        key = item.table, item.to, item.members
        if key not in self._noted:  # every card asks for those of all items that are alike
            others = [(opened.what, record) for opened, record in self._others(item)]
            self._noted[key] = tuple(self._notes.of(item, self._rows(item), self._listed(item), others))
        return self._noted[key]

    def row(self, item: ReviewItem) -> Record | None:
        """The row that an item is about, the first of several; None where the sheet has it no more."""
        return next(iter(self._rows(item)), None)

    def contact(self, item: ReviewItem) -> Contact | None:
        """The customer as that row shows them."""
        row = self.row(item)
        return contact_of(row, self._customers) if row else None

    def goes_by(self, item: ReviewItem) -> str:
        """The telephone number of a caller whom nobody knows, "" for everybody who has a name."""
        if item.customer or item.to or len(item.members) != 1:
            return ""
        return without_a_name(item, self.caller(item).phones)

    def recipient(self, item: ReviewItem) -> str:
        """Who of our own people gets the message, "" where the customer does."""
        ours = self._addressee(item)
        return f"{ours.name}, {ours.role}" if ours else ""

    def _customer(self, item: ReviewItem, to: str) -> Caller:
        contact = self.contact(item)
        told = [one for one in (to, item.members[0].place.file) if one.startswith("+") or "@" in one] if item.members else []
        known = (*contact.phones, *contact.listed_addresses) if contact else ()
        phones = dict.fromkeys(one for one in (*told, *known) if "@" not in one)
        emails = dict.fromkeys(one for one in (*told, *(contact.emails if contact else ()), *known) if "@" in one)
        name = item.customer or (contact.name if contact else None) or ""
        return Caller(name, contact.key if contact else "", tuple(phones), tuple(emails), contact.number if contact else None)

    def _addressee(self, item: ReviewItem) -> Colleague | None:
        return self._own.addressee(item, self.row(item))

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
    def _calls(self) -> CallsTold:
        return CallsTold(self.office, self._table("calls"), self.now)

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

    def _rows(self, item: ReviewItem) -> list[Record]:
        """The rows that an item of one customer is about, of many customers the first one."""
        if item.table not in READABLE:
            return []
        if item.table not in self._by_id:
            self._by_id[item.table] = defaultdict(list)
            for record in self._records(item.table):
                self._by_id[item.table][record_id(record, READABLE[item.table]) or ""].append(record)
        found = (self._row_of(item.table, member) for member in (item.members if item.customer else item.members[:1]))
        return [self._cleaned(one) for one in found if one]

    def _row_of(self, table: str, member: ReviewMember) -> Record | None:
        """The row of that number; of several that share it, the one in the item's place, else the one of its customer."""
        found = self._by_id[table].get(member.key.record, [])
        here = [one for one in found if one.place == member.place]
        theirs = [one for one in found if normal_name(str(one["customer"] or "")) == normal_name(member.customer or "")]
        return next(iter([*theirs, *found] if len(here) != 1 or here[0] not in theirs else here), None)

    def _listed(self, item: ReviewItem) -> Record | None:
        """The customer's entry in the customers list."""
        row = self.row(item)
        found = self._customers.find(row) if row else None
        return found or (self._customers.named(item.customer) if item.customer and row is None else None)

    def _waiting(self, item: ReviewItem, customer: Caller) -> tuple[str, ...]:
        """What else of this customer stands in the queue, by number."""
        others = [one for one in self.office.ledger.reviews(("open", "approved")) if one.id != item.id and self._is_theirs(one, customer)]
        return tuple(_told(one, self.now) for one in others)

    def _is_theirs(self, other: ReviewItem, customer: Caller) -> bool:
        """By a name or an address that both show; a name alone joins nobody whose addresses differ."""
        named = normal_name(other.customer or "") == normal_name(customer.name) != ""
        if not (named or (other.to or "").partition(";")[0] in customer.addresses or other.table == _CALLS):
            return False
        its = self._customer(other, "" if self._addressee(other) else other.to or "")
        shared = set(its.addresses) & set(customer.addresses)
        return bool(shared) or (named and not (its.addresses and customer.addresses))

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


def _told(item: ReviewItem, now: datetime) -> str:
    papers = documents(item.table, [phone(member.key.record) for member in item.members])
    return f"{item.id}: {papers}, {'released' if item.state == 'approved' else one_line(as_of(item.reason, judged_on(item, now), now))}"


def _is_from(reply: KeptReply, caller: Caller) -> bool:
    return reply.address in caller.addresses or bool(caller.key and reply.customer_key == caller.key)


def _is_same(contact: Contact, caller: Caller) -> bool:
    shown = {*contact.addresses, *contact.listed_addresses}
    if contact.number and caller.number:
        return contact.number == caller.number
    return not shown or not caller.addresses or bool(shown & set(caller.addresses))
