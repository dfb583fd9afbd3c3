"""Messages: who hears what. Rows that share a message are put together, worded once, and each gets its decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from contractor_ops.config import Person
from contractor_ops.planning.contacts import Contact, CustomerList, contact_of, where_is
from contractor_ops.planning.decision import Decision, Draft, Kind, OtherWay
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.identity import row_hash
from contractor_ops.planning.judge import Credits, Ready, owner_of, urgent_about
from contractor_ops.planning.phrases import at, count, local, money
from contractor_ops.planning.screen import amount_of, owed_on
from contractor_ops.planning.sending_hours import allowed, cap_per_24_hours, rule_words
from contractor_ops.planning.sms_text import plain_sms, segments
from contractor_ops.planning.whereabouts import Whereabouts
from contractor_ops.planning.wording import Wording
from contractor_ops.ports import ChannelKind
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.identity import digest_of
from contractor_ops.tables.record import Value

AFTER_HOURS = "/after hours"
RELEASES = "a person releases it"
"""Why a message waits in a recipe whose mode is "approve", when nothing else is the matter."""


@dataclass(frozen=True, slots=True)
class Words:
    """What would go out, or why it cannot: `missing` names the placeholders that have no value."""

    channel: str | None
    to: str | None
    subject: str | None
    body: str | None
    trouble: str = ""

    @property
    def hash(self) -> str:
        """What a person's release is tied to."""
        return digest_of(self.channel, self.to, self.subject, self.body)


@dataclass(frozen=True, slots=True)
class Writer:
    """Everything that words and deciding about messages need."""

    recipe: Recipe
    spec: TableSpec
    facts: Facts
    people: Mapping[str, Person]
    texts: Mapping[str, Wording]
    subjects: Mapping[str, Wording]
    credits: Credits
    now: datetime
    sent_today: dict[str, int]
    technicians: CustomerList
    landlines: frozenset[str] = frozenset()
    opens: str = ""
    undelivered: Mapping[str, str] = field(default_factory=dict)
    opted_out: frozenset[str] = frozenset()

    def decide(self, ready: Sequence[Ready]) -> list[tuple[int, Decision]]:
        """A decision for every ready step, beside its row's position."""
        decided = []
        for bundle in self._bundles(ready):
            decided += self._decide_bundle(bundle)
        return decided

    def _bundles(self, ready: Sequence[Ready]) -> Iterable[list[Ready]]:
        """Rows that one message settles. A row with a doubt of its own stands alone, so that it holds nobody else up."""
        if self.recipe.one_per != "customer":
            return [[one] for one in ready]

        def shared(one: Ready) -> tuple[str, ...]:
            alone = bool(one.doubts) or one.apart or not one.contact.key
            return (
                one.contact.key,
                one.due.step.do,
                one.due.step.to,
                self._step_apart(one.due.step),
                str(one.row.position) if alone else "",
            )

        # sorted() is stable: bundles and their members keep the order of the sheet.
        first_seen: dict[tuple[str, ...], int] = {}
        for position, one in enumerate(ready):
            first_seen.setdefault(shared(one), position)
        return [list(members) for _, members in groupby(sorted(ready, key=lambda one: first_seen[shared(one)]), key=shared)]

    def _step_apart(self, step: Step) -> str:
        """In a trail every step stands for itself: a message is for several rows, never for several steps of one."""
        return f"/{step.key}" if self.recipe.shape == "trail" else ""

    def _decide_bundle(self, bundle: list[Ready]) -> list[tuple[int, Decision]]:
        lead = max(bundle, key=lambda one: one.due.due.timestamp() - (one.row.steps[0].due.timestamp()))
        step, contact = lead.due.step, lead.contact
        words = self._words(bundle, step, contact)
        released = self._released(bundle, words)
        if released and (edited := next((one.release.edited for one in bundle if one.release and one.release.edited), None)):
            words = Words(words.channel, words.to, words.subject, plain_sms(edited) if words.channel == "sms" else edited)
        # The clock is that of whoever the message goes to, also for rows that show the same customer elsewhere.
        where = where_is(contact, self.facts, words.to) if words.to and step.to == "customer" else None
        kind, reason, until = self._verdict(bundle, step, contact, words, where, released)
        old_business = kind == "review" and not words.trouble and all(one.backlog and not one.doubts for one in bundle)
        group = "backlog" if old_business else f"customer:{contact.key}{self._step_apart(step)}" if len(bundle) > 1 else ""
        if kind == "act" and step.to == "customer" and step.do == "message":
            for known_as in _known_as(contact, words):
                self.sent_today[known_as] = self.sent_today.get(known_as, 0) + 1
        # Words that a person has released leave as they are or not at all.
        instead = self._other_way(bundle, step, contact, words) if kind == "act" and not released else None
        decided = [(one.row.position, self._decision(one, bundle, kind, reason, until, words, group, where)) for one in bundle]
        for _, decision in decided:
            decision.instead = instead
        return decided

    def _verdict(
        self, bundle: list[Ready], step: Step, contact: Contact, words: Words, where: Whereabouts | None, released: bool
    ) -> tuple[Kind, str, datetime | None]:
        if words.trouble:
            return "review", words.trouble, None
        if step.do != "message":
            return "act", "", None
        held = next((one.held for one in bundle if one.held), None)
        if not released:
            asked = self._asked_of_a_person(bundle, words)
            # A customer who rests is nobody's work yet, unless there is more to look at than the words.
            if asked and not (held and asked == RELEASES):
                return "review", "; ".join([asked, *([held[0]] if held else [])]), self._snoozed(bundle)
        if held:
            return "hold", held[0], held[1]
        if not released and (aside := self._snoozed(bundle)):
            return "hold", "a person put it aside", aside
        return self._when_it_may_leave(contact, words, where) if where else ("act", "", None)

    def _asked_of_a_person(self, bundle: list[Ready], words: Words) -> str:
        doubts = [doubt for one in bundle for doubt in one.doubts]
        if why := self.undelivered.get(words.to or ""):
            doubts.append(f"the last message to {words.to} did not arrive ({why})")
        if net := self._net_credit(bundle):
            doubts.append(net)
        if any(one.backlog for one in bundle):
            doubts.append("it fell due more than a week before the first sending: old business that a person releases or drops")
        if any(one.release and one.release.state == "approved" for one in bundle):
            doubts.append("the row or the words have changed since they were released")
        if not doubts and self.recipe.mode == "approve":
            doubts.append(RELEASES)
        return "; ".join(dict.fromkeys(doubts))

    def _net_credit(self, bundle: list[Ready]) -> str | None:
        credit = self.credits.by_key.get(bundle[0].contact.key) if bundle[0].contact.key else None
        owed = [amount for one in bundle if isinstance(amount := amount_of(one.row.record), Decimal)]
        if not credit or "balance" not in self.spec.column_names or sum(owed) > credit:
            return None
        return f"the customer's credit of {money(credit, self.facts.currency)} covers what is owed"

    def _when_it_may_leave(self, contact: Contact, words: Words, where: Whereabouts) -> tuple[Kind, str, datetime | None]:
        # An e-mail wakes nobody: without an address the office's own zone will do. A text at the wrong hour is another matter.
        if not where.sure and words.channel == "sms":
            return "review", f"nobody knows what time it is where the customer is: {where.why}", None
        open_now, until = allowed(self.now, self.facts.hours, where)
        if not open_now and until is None:
            return "review", f"no hour of the next days suits: {rule_words(where, self.now, self.facts.hours)}", None
        if not open_now:
            return "hold", rule_words(where, self.now, self.facts.hours), until
        cap = self._daily_cap(where)
        if cap is not None and self._messages_today(contact, words) >= cap:
            tomorrow = datetime.combine(self.now.date() + timedelta(days=1), self.facts.day_starts, self.facts.calendar.zone)
            _, later = allowed(tomorrow, self.facts.hours, where)
            return "hold", "the customer has had today's message from us", later or tomorrow
        return "act", "", None

    def _daily_cap(self, where: Whereabouts) -> int | None:
        """The office's own limit, which service messages are exempt from, and the state's, which nobody is."""
        caps = [None if self.recipe.kind == "service" else self.facts.per_address_per_day, cap_per_24_hours(where)]
        return min((cap for cap in caps if cap is not None), default=None)

    def _messages_today(self, contact: Contact, words: Words) -> int:
        return max((self.sent_today.get(known_as, 0) for known_as in _known_as(contact, words)), default=0)

    def _released(self, bundle: list[Ready], words: Words) -> bool:
        return bool(words.body) and all(
            one.release is not None and one.release.state == "approved"
            and one.release.row_hash == row_hash(one.row.record) and one.release.words_hash == words.hash
            for one in bundle
        )  # fmt: skip

    def _snoozed(self, bundle: list[Ready]) -> datetime | None:
        until = next((one.release.until for one in bundle if one.release and one.release.until), None)
        return datetime.combine(until, self.facts.day_starts, self.facts.calendar.zone) if until and until > self.now.date() else None

    def _words(self, bundle: list[Ready], step: Step, contact: Contact, ways: Sequence[ChannelKind] | None = None) -> Words:
        """The words by the first of `ways` that is possible, those of the step unless others are given."""
        context = self._context(bundle, contact)
        closed = step.text_after_hours and not self.facts.calendar.is_open(self.now)
        body = self.texts[f"{step.key}{AFTER_HOURS}" if closed else step.key].render(context)
        subject = self.subjects[step.key].render(context) if step.subject else None
        trouble = next((_why_not(part.missing, part.problem) for part in (body, subject) if part and part.text is None), "")
        if step.do != "message":
            return Words(None, None, None, body.text, trouble)
        addressed = contact if step.to == "customer" else self._colleague(step.to, bundle[0])
        channel, to = self._address(step.by if ways is None else ways, addressed)
        if to is None:
            return Words(None, None, None, body.text, trouble or self._no_address(step, addressed))
        if to in self.opted_out and step.to != "customer":
            trouble = trouble or f"{addressed.name} wants no messages from us at {to}"
        subject_text = (subject.text if subject else self.recipe.title) if channel == "email" else None
        text = plain_sms(body.text) if channel == "sms" and body.text is not None else body.text
        return Words(channel, to, subject_text, text, trouble)

    def _address(self, ways: Sequence[ChannelKind], contact: Contact) -> tuple[ChannelKind | None, str | None]:
        # A channel that somebody set up comes before one that only writes files; within that, the recipe's own order.
        ways = sorted(ways, key=lambda channel: channel not in self.facts.channels)
        options = ((channel, contact.reachable_by(channel, self.facts.country, self.landlines)) for channel in ways)
        return next(((channel, to) for channel, to in options if to), (None, None))

    def _other_way(self, bundle: list[Ready], step: Step, contact: Contact, words: Words) -> OtherWay | None:
        """The e-mail that leaves where the number turns out to be a landline; what a person has released is asked for again instead."""
        if words.channel != "sms" or "email" not in step.by or self.recipe.mode != "auto" or step.to != "customer":
            return None
        other = self._words(bundle, step, contact, ["email"])
        if not other.to or not other.body or other.trouble or other.to in self.undelivered:
            return None
        return OtherWay("email", other.to, other.subject, other.body, other.hash)

    def _colleague(self, key: str, one: Ready) -> Contact:
        person = self.people.get(key)
        if person:
            return Contact(person.name, None, (person.phone,) if person.phone else (), (person.email,) if person.email else (), "")
        found = self.technicians.named(str(one.row.record["technician"] or ""))
        return contact_of(found, CustomerList()) if found else Contact(None, None, (), (), "")

    def _no_address(self, step: Step, contact: Contact) -> str:
        whose = f"the {step.to}" if step.to in {"customer", "technician"} else step.to
        if not contact.addresses:
            return f"{whose} has neither phone nor e-mail in {'config.toml' if step.to in self.people else 'the sheet'}"
        ways = {"sms": "no phone that takes texts", "email": "no e-mail address"}
        return f"{whose} has {' and '.join(ways[channel] for channel in step.by)}"

    def _context(self, bundle: list[Ready], contact: Contact) -> dict[str, Any]:
        office = {
            "name": self.facts.name,
            "phone": self.facts.phone,
            "postal_address": self.facts.postal_address,
            "website": self.facts.website,
            "opens": self.opens,
        }
        customer = {"name": contact.name, "first_name": contact.first_name,
                    "phone": next(iter(contact.phones), None), "email": next(iter(contact.emails), None)}  # fmt: skip
        columns = {name: self._on_our_clock(self._together(name, bundle)) for name in self.spec.column_names}
        credit = self.credits.by_key.get(contact.key, Decimal(0)) if contact.key else Decimal(0)
        if credit and isinstance(columns.get("balance"), Decimal):
            columns["balance"] -= credit
        return {**columns, "customer": customer, "office": office, "technician": {"name": bundle[0].row.record["technician"]},
                "count": len(bundle), "credit": credit or None,
            "messages_sent": max(one.messages_sent for one in bundle), "today": self.now.date()}  # fmt: skip

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

    def _decision(
        self, one: Ready, bundle: list[Ready], kind: Kind, reason: str, until: datetime | None, words: Words, group: str, where: Whereabouts | None
    ) -> Decision:  # fmt: skip
        record, step, price = one.row.record, one.due.step, self.facts.price_per_segment
        # A message for several rows is billed once.
        parts = segments(words.body) if words.channel == "sms" and words.body and one is bundle[0] else 0
        full = f"{one.reason}: {reason}" if reason else one.reason
        if len(bundle) > 1:
            full += f" (one message for {count(len(bundle), self.spec.name.removesuffix('s'))} of this customer)"
        credit = self.credits.by_key.get(one.contact.key) if one.contact.key else None
        if credit and step.do == "message":
            full += f"; their credit of {money(credit, self.facts.currency)} is taken off"
        if until and kind == "review":
            full += f" (snoozed until {at(until, self.now)})"
        return Decision(
            kind, one.row.id, step.name, full, record.table, record.place, one.contact.name, owner_of(record, step, self.recipe),
            due=one.due.due, until=until, action=step.do, channel=words.channel, to=words.to, subject=words.subject, body=words.body,
            anchor=one.row.anchor, customer_key=one.contact.key if step.to == "customer" else "", amount=amount_of(record), row_hash=row_hash(record),
            words_hash=words.hash, group=group, segments=parts, leaves_by=one.leaves_by, urgent=urgent_about(record),
            cost=parts * price if parts and price is not None else None,
            where=where, to_name=(one.contact if step.to == "customer" else self._colleague(step.to, one)).name or "",
            known_as=(*one.contact.addresses, *one.contact.listed_addresses) if words.to and step.to == "customer" else (),
            draft=_draft(one) if step.do == "draft-invoice" else None,
        )  # fmt: skip


def _draft(one: Ready) -> Draft:
    record = one.row.record
    return Draft(str(record["draft_name"] or f"{one.row.id}.csv"), str(record["draft"] or ""))


def _known_as(contact: Contact, words: Words) -> set[str]:
    """Everything that tells that two messages go to the same customer: the customer's key, each address, and where this one goes."""
    return {known_as for known_as in (contact.key, words.to, *contact.addresses) if known_as}


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
