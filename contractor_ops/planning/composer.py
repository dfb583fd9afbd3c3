"""The words of a message: which text, what stands in its places, by which way and to whom."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contractor_ops.config import Person
from contractor_ops.planning.contacts import Contact, CustomerList, contact_of
from contractor_ops.planning.decision import Entry
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.phrases import local
from contractor_ops.planning.ready import Credits, Ready
from contractor_ops.planning.screen import owed_on
from contractor_ops.planning.sms_text import plain_sms
from contractor_ops.planning.wording import Wording
from contractor_ops.ports import ChannelKind
from contractor_ops.recipe import NOT_PEOPLE, OTHER_ROWS, Recipe, Step
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.identity import digest_of
from contractor_ops.tables.record import Record, Value

_ALONE = re.compile(r"\s*\{\{\s*(\w+)\s*\}\}\s*")
AFTER_HOURS = "/after hours"
TECHNICIANS = frozenset({"technician", "former-technician"})
"""Those of `NOT_PEOPLE` who stand in the technicians table."""


@dataclass(frozen=True, slots=True)
class Words:
    """What would go out, or why it cannot: `missing` names the placeholders that have no value."""

    channel: str | None
    to: str | None
    subject: str | None
    body: str | None
    trouble: str = ""
    missing: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """What a person's release is tied to."""
        return digest_of(self.channel, self.to, self.subject, self.body)


@dataclass(frozen=True, slots=True)
class Composer:
    """Everything that puts a message together: the recipe's texts, the office, and who can be reached how.

    `wrote`: what the customer of a record wrote that nobody has answered, if it may be passed on.
    """

    recipe: Recipe
    spec: TableSpec
    facts: Facts
    people: Mapping[str, Person]
    texts: Mapping[str, Wording]
    subjects: Mapping[str, Wording]
    credits: Credits
    now: datetime
    technicians: CustomerList
    landlines: frozenset[str]
    opens: str
    opted_out: frozenset[str]
    wrote: Callable[[str, Contact], str | None] = lambda record, contact: None
    named: dict[str, frozenset[str]] = field(default_factory=dict)

    def words(self, bundle: list[Ready], step: Step, contact: Contact, ways: Sequence[ChannelKind] | None = None) -> Words:
        """The words by the first of `ways` that is possible, those of the step unless others are given."""
        context = self._context(bundle, contact, self._named(step))
        closed = step.text_after_hours and not self.facts.calendar.is_open(self.now)
        body = self.texts[f"{step.key}{AFTER_HOURS}" if closed else step.key].render(context)
        subject = self.subjects[step.key].render(context) if step.subject else None
        trouble = next((_why_not(part.missing, part.problem) for part in (body, subject) if part and part.text is None), "")
        missing = tuple(dict.fromkeys(name for part in (body, subject) if part for name in part.missing))
        if step.do != "message":
            return Words(None, None, None, body.text, trouble, missing)
        addressed = contact if step.to == "customer" else self.colleague(step.to, bundle[0])
        channel, to = self._address(step.by if ways is None else ways, addressed)
        if to is None:
            return Words(None, None, None, body.text, trouble or self._no_address(step, addressed, bundle[0]), missing)
        if to in self.opted_out and step.to != "customer":
            trouble = trouble or f"{addressed.name} wants no messages from us at {to}"
        subject_text = (subject.text if subject else self.recipe.title) if channel == "email" else None
        text = plain_sms(body.text) if channel == "sms" and body.text is not None else body.text
        return Words(channel, to, subject_text, text, trouble, missing)

    def sets(self, one: Ready) -> tuple[Entry, ...]:
        """What a step writes into the ledger's own records; "leads.status" goes to the lead that the row names, if it names one."""
        step, record = one.due.step, one.row.record
        if step.do == "assign":
            return (Entry(record.table, one.row.id, "technician", str(record["suggested_technician"] or "")),)
        found, context = [], self._context([one], one.contact, self._named(step)) if step.sets else {}
        for column in step.sets:
            table, _, name = column.rpartition(".")
            whose = record[OTHER_ROWS[table]] if table else one.row.id
            value = _as_it_is(step.sets[column], record) or self.texts[f"{step.key}/sets/{column}"].render(context).text
            if whose and value:
                found.append(Entry(table or record.table, str(whose), name, value))
        return tuple(found)

    def _address(self, ways: Sequence[ChannelKind], contact: Contact) -> tuple[ChannelKind | None, str | None]:
        # A channel that somebody set up comes before one that only writes files; within that, the recipe's own order.
        ways = sorted(ways, key=lambda channel: channel not in self.facts.channels)
        options = ((channel, contact.reachable_by(channel, self.facts.country, self.landlines)) for channel in ways)
        return next(((channel, to) for channel, to in options if to), (None, None))

    def colleague(self, key: str, one: Ready) -> Contact:
        """Whom a message to our own people goes to: a person of config.toml, else the row's technician."""
        person = self.people.get(key)
        if person:
            return Contact(person.name, None, (person.phone,) if person.phone else (), (person.email,) if person.email else (), "")
        found = self.technicians.named(_written(key, one))
        return replace(contact_of(found, CustomerList()), name=str(found["name"])) if found else Contact(None, None, (), (), "")

    def _no_address(self, step: Step, contact: Contact, one: Ready) -> str:
        """Why there is nowhere to write to; where it is one of ours, who that is and in which table."""
        ours = step.to in TECHNICIANS
        if ours and contact.name is None:
            written = _written(step.to, one)
            return f'"{written}" is not one name in the technicians table' if written else f"no {step.to.replace('-', ' ')} is named"
        whose = f"the {step.to.replace('-', ' ')}" if step.to in NOT_PEOPLE else step.to
        if not contact.addresses:
            where = f"the technicians table ({contact.name})" if ours else "config.toml" if step.to in self.people else "the sheet"
            return f"{whose} has neither phone nor e-mail in {where}"
        ways = {"sms": "no phone that takes texts", "email": "no e-mail address"}
        return f"{whose} has {' and '.join(ways[channel] for channel in step.by)}{f' in the technicians table ({contact.name})' if ours else ''}"

    def _named(self, step: Step) -> frozenset[str]:
        """The columns that any words of a step name: the others need not be put together."""
        if step.key not in self.named:
            wordings = [text for key, text in self.texts.items() if key.partition("/")[0] == step.key]
            wordings += [self.subjects[step.key]] if step.key in self.subjects else []
            self.named[step.key] = frozenset(name.partition(".")[0] for one in wordings for name in one.names())
        return self.named[step.key]

    def _context(self, bundle: list[Ready], contact: Contact, named: frozenset[str]) -> dict[str, Any]:
        office = {
            "name": self.facts.name,
            "phone": self.facts.phone,
            "postal_address": self.facts.postal_address,
            "website": self.facts.website,
            "opens": self.opens,
        }
        customer = {"name": contact.name, "first_name": contact.first_name,
                    "phone": next(iter(contact.phones), None), "email": next(iter(contact.emails), None)}  # fmt: skip
        columns = {name: self._on_our_clock(self._together(name, bundle)) for name in named if self.spec.column(name)}
        credit = self.credits.by_key.get(contact.key, Decimal(0)) if contact.key else Decimal(0)
        if credit and isinstance(columns.get("balance"), Decimal):
            columns["balance"] -= credit
        return {**columns, "customer": customer, "office": office, "technician": self._technician(bundle[0]) if "technician" in named else None,
                "before": bundle[0].due.before or {},
                "customer_wrote": self.wrote(bundle[0].row.id, contact) if "customer_wrote" in named else None,
                "count": len(bundle), "credit": credit or None,
            "messages_sent": max(one.messages_sent for one in bundle), "today": self.now.date()}  # fmt: skip

    def _technician(self, one: Ready) -> dict[str, Any]:
        """The row's technician: the name as the sheet has it, and the number that the technicians table knows."""
        name = one.row.record["technician"]
        found = self.technicians.named(str(name)) if name else None
        contact = contact_of(found, CustomerList()) if found else None
        return {
            "name": name,
            "first_name": contact.first_name if contact else None,
            "phone": next(iter(contact.phones), None) if contact else None,
        }

    def _on_our_clock(self, value: Any) -> Any:
        """A moment that the file gives in another zone (telephone logs do, in UTC) as people here read it."""
        return local(value, self.now) if isinstance(value, datetime) and value.tzinfo is not None else value

    def _left(self, one: Ready) -> Value:
        """What is left to pay, also in a sheet without a column for it: the total less what was paid, or all of it where nothing was paid."""
        record = one.row.record
        owed = owed_on(record)
        if owed is not None or "balance" in record.values or "paid" in record.problems or "balance" not in self.spec.column_names:
            return owed if owed is not None else record["balance"]
        whole = meaning_of(str(record["status"] or ""), self.spec.statuses) in {"sent", "overdue"}
        return record["total"] if whole else None

    def _together(self, column: str, bundle: list[Ready]) -> Any:
        """One value for several rows: numbers listed, money added up, the earliest day, else the value they share or the first."""
        values = [self._left(one) if column == "balance" else one.row.record[column] for one in bundle]
        known = [value for value in values if value is not None]
        if len(bundle) == 1 or not known:
            return values[0]
        kind = column_kind(self.spec, column)
        if kind == "id" and column == "number":
            return _listed([str(value) for value in known])
        if kind == "money":
            return sum(known, Decimal(0)) if len(known) == len(values) else None
        if kind in {"day", "moment"}:
            return min(known, key=str)
        return _listed([str(value) for value in dict.fromkeys(known)]) if column == "title" else known[0]


def _written(key: str, one: Ready) -> str:
    """The technician as the row names them, or did before they were changed."""
    names = (one.due.before or {}) if key == "former-technician" else one.row.record.values
    return str(names.get("technician") or "")


def _as_it_is(template: str, record: Record) -> str | None:
    """A day that stands alone is kept as a day, not as people say it: it is read again."""
    named = _ALONE.fullmatch(template)
    value = record[named[1]] if named else None
    return value.isoformat() if isinstance(value, date) else None


def column_kind(spec: TableSpec, name: str) -> str:
    """The kind of a column, "text" for what is none."""
    column = spec.column(name)
    return column.kind if column else "text"


def _listed(parts: list[str]) -> Value:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _why_not(missing: Sequence[str], problem: str | None) -> str:
    if problem:
        return f"the words cannot be put together: {problem}"
    return f"the words need {_listed(list(missing))}, and the row has no such value"
