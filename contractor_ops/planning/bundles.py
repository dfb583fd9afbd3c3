"""Messages: who hears what. Rows that share a message are put together, worded once, and each gets its decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from contractor_ops.planning.asking import RELEASES, Asking
from contractor_ops.planning.composer import Composer, Words
from contractor_ops.planning.contacts import Contact, where_is
from contractor_ops.planning.decision import Decision, Kind, OtherWay
from contractor_ops.planning.exceptions import hindered
from contractor_ops.planning.expected import expected_before_they_hear, pressing
from contractor_ops.planning.facts import Facts
from contractor_ops.planning.judge import owner_of, urgent_about
from contractor_ops.planning.phrases import at, count, money
from contractor_ops.planning.ready import Ready
from contractor_ops.planning.screen import amount_of
from contractor_ops.planning.sending_hours import allowed, cap_per_24_hours, rule_words
from contractor_ops.planning.sms_text import plain_sms, segments
from contractor_ops.planning.told import is_to_customer
from contractor_ops.planning.whereabouts import Whereabouts
from contractor_ops.planning.with_work import with_work
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.columns import TableSpec


@dataclass(frozen=True, slots=True)
class Writer:
    """Everything that deciding about messages needs."""

    recipe: Recipe
    spec: TableSpec
    facts: Facts
    now: datetime
    sent_today: dict[str, int]
    composer: Composer
    asking: Asking

    def decide(self, ready: Sequence[Ready]) -> list[tuple[int, Decision]]:
        """A decision for every ready step, beside its row's position."""
        decided, bundles = [], self._bundles(ready)
        while lapsed := {id(one): why for bundle in bundles if (why := self._lapsed(bundle)) for one in bundle if one.otherwise}:
            left = [_otherwise(one, lapsed[id(one)]) if id(one) in lapsed else one for one in ready]
            decided += [(one.row.position, now) for one, now in zip(ready, left, strict=True) if isinstance(now, Decision)]
            ready = [one for one in left if isinstance(one, Ready)]
            bundles = self._bundles(ready)
        for bundle in bundles:
            decided += self._decide_bundle(bundle)
        return decided

    def _lapsed(self, bundle: list[Ready]) -> str | None:
        """Why a message of steps that later ones have overtaken does not leave, though a person has released it, or None."""
        if not any(one.otherwise for one in bundle):
            return None
        words = self._words(bundle)
        if not self.asking.released(bundle, words):
            return "the words have changed since"
        since = self.asking.came_up(bundle, words)
        told_anyway = all(isinstance(one.otherwise, Ready) and is_to_customer(one.otherwise.due.step) for one in bundle)
        return None if not since else "a doubt came up since" if told_anyway else f"since then {'; '.join(since)}"

    def _words(self, bundle: list[Ready]) -> Words:
        lead = _lead(bundle)
        return self.composer.words(bundle, lead.due.step, lead.contact)

    def _bundles(self, ready: Sequence[Ready]) -> list[list[Ready]]:
        """Rows that one message settles, and which of a customer's messages takes a credit off: a released one, or one without a doubt."""
        self.asking.told.share([])
        bundles = self._together(ready)
        credited = [bundle for bundle in bundles if bundle[0].contact.key in self.asking.credits.by_key]
        self.asking.told.share(
            sorted(credited, key=lambda one: (not self.asking.released(one, self._words(one)), bool(one[0].doubts) or one[0].apart))
        )
        return bundles

    def _together(self, ready: Sequence[Ready]) -> list[list[Ready]]:
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
        together = groupby(sorted(ready, key=lambda one: first_seen[shared(one)]), key=shared)
        return [part for _, members in together for part in self._as_released(list(members))]

    def _as_released(self, bundle: list[Ready]) -> Iterator[list[Ready]]:
        """What a person has released together leaves together, also where more of the customer's rows have fallen due since.

        Those come another day. An answer to a customer is asked for again with all of them.
        """
        items = {one.release.item: None for one in bundle if one.release and one.release.state == "approved"}
        for item in items if self.recipe.kind == "follow-up" and len(bundle) > 1 else ():
            shown = [one for one in bundle if one.release and one.release.item == item]
            if len(shown) < len(bundle) and self.asking.stands(shown, self._words(shown)):
                yield shown
                bundle = [one for one in bundle if not (one.release and one.release.item == item)]
        if bundle:
            yield bundle

    def _step_apart(self, step: Step) -> str:
        """In a trail every step stands for itself: a message is for several rows, never for several steps of one."""
        return f"/{step.key}" if self.recipe.shape == "trail" else ""

    def _decide_bundle(self, bundle: list[Ready]) -> list[tuple[int, Decision]]:
        lead = _lead(bundle)
        step, contact = lead.due.step, lead.contact
        words = self.composer.words(bundle, step, contact)
        released = self.asking.stands(bundle, words)
        if released and (edited := next((one.release.edited for one in bundle if one.release and one.release.edited), None)):
            words = Words(words.channel, words.to, words.subject, plain_sms(edited) if words.channel == "sms" else edited)
        # The clock is that of whoever the message goes to, also for rows that show the same customer elsewhere.
        where = where_is(contact, self.facts, words.to) if words.to and step.to == "customer" else None
        kind, reason, until = self._verdict(bundle, step, contact, words, where, released)
        old_business = (
            kind == "review" and not words.trouble and all(one.backlog for one in bundle) and not self.asking.doubts(bundle, words)
        )
        group = "backlog" if old_business else f"customer:{contact.key}{self._step_apart(step)}" if len(bundle) > 1 else ""
        if kind == "act" and step.to == "customer" and step.do == "message":
            self.asking.told.leaves(contact, step)
            for known_as in _known_as(contact, words):
                self.sent_today[known_as] = self.sent_today.get(known_as, 0) + 1
        # Words that a person has released leave as they are or not at all.
        instead = self._other_way(bundle, step, contact, words) if kind == "act" and not released else None
        too_late = expected_before_they_hear(lead, until, self.now) if kind in {"hold", "review", "wait"} else ""
        if too_late:
            kind, reason, until = "review", f"{too_late}{f' ({reason})' if reason else ''}", None
        urgent = f"{lead.due.changed}; {too_late}" if too_late else self._pressing(lead) if kind == "act" else ""
        decided = [(one.row.position, self._decision(one, bundle, kind, reason, until, words, group, where)) for one in bundle]
        for _, decision in decided:
            decision.instead = instead
            decision.urgent = decision.urgent or urgent
        return decided

    def _pressing(self, one: Ready) -> str:
        """What makes a task urgent that asks somebody to settle something about a visit that is near."""
        settles = one.due.step.do == "task" and "to_settle" in self.composer.texts[one.due.step.key].names()
        near = pressing(one.row.record, self.now) if settles and one.row.record["to_settle"] else ""
        return f"{one.row.record['to_settle']}; {near}" if near else ""

    def _verdict(
        self, bundle: list[Ready], step: Step, contact: Contact, words: Words, where: Whereabouts | None, released: bool
    ) -> tuple[Kind, str, datetime | None]:
        if not released and (first := next((one.to_settle for one in bundle if one.to_settle), "")):
            return "wait", f"first settle: {first}", None
        if trouble := hindered(step, bundle[0].row.record) or words.trouble:
            return "review", trouble, None
        held = next((one.held for one in bundle if one.held), None)
        if step.do != "message":
            return self._verdict_of_work(bundle, step, words, held, released=released)
        if not released:
            asked = self.asking.reasons(bundle, words)
            # A customer who rests is nobody's work yet, unless there is more to look at than the words.
            if asked and not (held and asked == RELEASES):
                return "review", "; ".join([asked, *([held[0]] if held else [])]), self._snoozed(bundle)
        if held:
            return "hold", held[0], held[1]
        if not released and (aside := self._snoozed(bundle)):
            return "hold", "a person put it aside", aside
        return self._when_it_may_leave(contact, step, words, where) if where else ("act", "", None)

    def _verdict_of_work(
        self, bundle: list[Ready], step: Step, words: Words, held: tuple[str, datetime | None] | None, *, released: bool
    ) -> tuple[Kind, str, datetime | None]:
        """What sends nothing: a choice waits for a person where the recipe's mode says so, all else only where something is doubtful."""
        if step.do == "task" and self.recipe.shape == "ladder" and bundle[0].row.unknown:
            return "review", bundle[0].row.unknown, self._snoozed(bundle)  # its words would say something of a row that may be another
        if step.do in {"task", "draft-invoice"} or released:
            return ("hold", *held) if held else ("act", "", None)
        asked = self.asking.reasons(bundle, words) if step.do == "assign" else "; ".join(self.asking.doubts(bundle, words))
        if asked and step.do != "assign" and bundle[0].row.record["to_settle"]:
            return "wait", f"first settle: {asked}", None
        return ("review", asked, self._snoozed(bundle)) if asked else ("act", "", None)

    def _when_it_may_leave(self, contact: Contact, step: Step, words: Words, where: Whereabouts) -> tuple[Kind, str, datetime | None]:
        # An e-mail wakes nobody: without an address the office's own zone will do. A text at the wrong hour is another matter.
        if not where.sure and words.channel == "sms":
            return "review", f"nobody knows what time it is where the customer is: {where.why}", None
        open_now, until = allowed(self.now, self.facts.hours, where)
        if not open_now and until is None:
            return "review", f"no hour of the next days suits: {rule_words(where, self.now, self.facts.hours)}", None
        if not open_now:
            return "hold", rule_words(where, self.now, self.facts.hours), until
        cap = self._daily_cap(where, step)
        if self.asking.told.had(contact, step) or (cap is not None and self._messages_today(contact, words) >= cap):
            tomorrow = datetime.combine(self.now.date() + timedelta(days=1), self.facts.day_starts, self.facts.calendar.zone)
            _, later = allowed(tomorrow, self.facts.hours, where)
            return "hold", "the customer has had today's message from us", later or tomorrow
        return "act", "", None

    def _daily_cap(self, where: Whereabouts, step: Step) -> int | None:
        """The office's own limit, which service messages are exempt from, and the state's, which nobody is."""
        caps = [None if self.recipe.kind_of(step) == "service" else self.facts.per_address_per_day, cap_per_24_hours(where)]
        return min((cap for cap in caps if cap is not None), default=None)

    def _messages_today(self, contact: Contact, words: Words) -> int:
        return max((self.sent_today.get(known_as, 0) for known_as in _known_as(contact, words)), default=0)

    def _snoozed(self, bundle: list[Ready]) -> datetime | None:
        until = next((one.release.until for one in bundle if one.release and one.release.until), None)
        return datetime.combine(until, self.facts.day_starts, self.facts.calendar.zone) if until and until > self.now.date() else None

    def _other_way(self, bundle: list[Ready], step: Step, contact: Contact, words: Words) -> OtherWay | None:
        """The e-mail that leaves where the number turns out to be a landline; what a person has released is asked for again instead."""
        if words.channel != "sms" or "email" not in step.by or self.recipe.mode != "auto" or step.to != "customer":
            return None
        other = self.composer.words(bundle, step, contact, ["email"])
        if not other.to or not other.body or other.trouble or other.to in self.asking.undelivered:
            return None
        return OtherWay("email", other.to, other.subject, other.body, other.hash)

    def _decision(
        self, one: Ready, bundle: list[Ready], kind: Kind, reason: str, until: datetime | None, words: Words, group: str, where: Whereabouts | None
    ) -> Decision:  # fmt: skip
        record, step, price = one.row.record, one.due.step, self.facts.price_per_segment
        # A message for several rows is billed once.
        parts = segments(words.body) if words.channel == "sms" and words.body and one is bundle[0] else 0
        full = f"{one.reason}: {reason}" if reason else one.reason
        if len(bundle) > 1:
            full += f" (one message for {count(len(bundle), self.spec.name.removesuffix('s'))} of this customer)"
        credit = self.asking.credits.by_key.get(one.contact.key) if one.contact.key else None
        if credit and step.do == "message":
            full += f"; their credit of {money(credit, self.facts.currency)} is taken off"
        if until and kind == "review":
            full += f" (snoozed until {at(until, self.now)})"
        decision = Decision(
            kind, one.row.id, step.name, full, record.table, record.place, one.contact.name, owner_of(record, step, self.recipe),
            due=one.due.due, until=until, action=step.do, channel=words.channel, to=words.to, subject=words.subject, body=words.body,
            anchor=one.due.anchor, customer_key=one.contact.key if step.to == "customer" else "", amount=amount_of(record), row_hash=one.row.hash,
            words_hash=words.hash, group=group, segments=parts, leaves_by=one.leaves_by, urgent=urgent_about(record),
            cost=parts * price if parts and price is not None else None,
            where=where, to_name=(one.contact if step.to == "customer" else self.composer.colleague(step.to, one)).name or "",
            known_as=(*one.contact.addresses, *one.contact.listed_addresses) if words.to and step.to == "customer" else (),
        )  # fmt: skip
        return with_work(decision, one, self.composer)


def _lead(bundle: list[Ready]) -> Ready:
    """The row that is furthest along its steps: the message is that of its step."""
    return max(bundle, key=lambda one: one.due.stamp - min(step.stamp for step in one.row.steps)) if len(bundle) > 1 else bundle[0]


def _otherwise(one: Ready, why: str) -> Ready | Decision:
    """What becomes of the row, now that the message that was released is no longer the one that would leave."""
    assert one.otherwise is not None
    one.otherwise.reason += f"; {one.due.step.name} was released, but {why}"
    return one.otherwise


def _known_as(contact: Contact, words: Words) -> set[str]:
    """Everything that tells that two messages go to the same customer: the customer's key, each address, and where this one goes."""
    return {known_as for known_as in (contact.key, words.to, *contact.addresses) if known_as}
