"""What the ledger remembers of one customer: messages, answers, what stands still, what waits for a person, what was agreed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contractor_ops.errors import LedgerTrouble
from contractor_ops.office import Office
from contractor_ops.ports import CallOutcome, History, KeptReply, Ledger, Pause, ReviewItem
from contractor_ops.reports.format import day, phone, thing
from contractor_ops.reports.who import Agreed, Said, Stop
from contractor_ops.tables.cells.names import normal_name

LAST_MESSAGES = 5
_LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Known:
    """By what the ledger may know a customer: `names` as they are compared, `records` by table."""

    addresses: tuple[str, ...]
    number: str | None
    names: frozenset[str]
    records: Mapping[str, Collection[str]]

    @property
    def keys(self) -> tuple[str, ...]:
        """Addresses, and the keys that are made of them and of the customer number."""
        made = (f"{'email' if '@' in one else 'phone'}:{one}" for one in self.addresses)
        return (*self.addresses, *made, *([f"number:{self.number}"] if self.number else []))


@dataclass(frozen=True, slots=True)
class Remembered:
    """The office's ledger, None where there is none or it cannot be used: then `troubles` says why."""

    office: Office
    ledger: Ledger | None
    now: datetime
    troubles: tuple[str, ...] = ()

    def messages(self, known: Known) -> tuple[Said, ...]:
        """The last words to the customer and from them, the latest first."""
        if self.ledger is None:
            return ()
        sent = [message for address in known.addresses for message in self.ledger.sent_to(address, self.now, LAST_MESSAGES)]
        ours = [
            Said(
                one.at.astimezone(self.now.tzinfo), True, one.channel, one.address, one.body or "", one.steps[0].state if one.steps else ""
            )
            for one in sent
        ]
        theirs = [self._reply(one) for one in self._replies(known)]
        return tuple(sorted([*ours, *theirs], key=lambda said: said.at, reverse=True)[:LAST_MESSAGES])

    def _reply(self, reply: KeptReply) -> Said:
        state = f"{reply.label}, dealt with" if reply.lifted_at else reply.label
        return Said(reply.at.astimezone(self.now.tzinfo), False, reply.channel, reply.address, reply.text or reply.whole, state)

    def _replies(self, known: Known) -> list[KeptReply]:
        assert self.ledger is not None
        replies = self.ledger.replies(self.now - _LOOKED_BACK)
        return [one for one in replies if (one.address in known.addresses or one.customer_key in known.keys) and one.at <= self.now]

    def stopped(self, known: Known) -> list[Stop]:
        """Opt-outs, pauses, answers that nobody has dealt with, skips, and what waits for a person."""
        if self.ledger is None:
            return []
        day_start = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        history = self.ledger.history("", "", (), known.keys, day_start)
        rests = [*self._paused(history.pauses, known), *self._answers(history, known)]
        waiting = [self._waiting(item, held=bool(rests)) for item in self._items(known)]
        return [*self._opted_out(known), *rests, *self._undelivered(history), *self._skipped(known, day_start), *waiting]

    def _opted_out(self, known: Known) -> Iterable[Stop]:
        assert self.ledger is not None
        for address, since, source in self.ledger.opt_outs():
            if address in known.addresses:
                said = f"opted out on {day(since, self.now)} ({source})"
                yield Stop(f"every message to {phone(address)}", said, f"only with their consent: contractor-ops optout {address} --remove")

    def _paused(self, pauses: Sequence[Pause], known: Known) -> Iterable[Stop]:
        for pause in pauses:
            theirs = pause.who in (*known.addresses, known.number) or normal_name(pause.who) in known.names - {""}
            if theirs and (pause.until is None or self.now.date() < pause.until):
                until = f"until {day(pause.until, self.now)}" if pause.until else "until somebody resumes them"
                yield Stop("messages", f"paused {until}{f': {pause.note}' if pause.note else ''}", f'contractor-ops resume "{pause.who}"')

    def _answers(self, history: History, known: Known) -> Iterable[Stop]:
        stops = {answer.at: (who, answer) for who, answer in history.answered.items() if answer.weight == "stops"}
        for _, (who, answer) in sorted(stops.items()):
            words = f': "{answer.words}"' if answer.words else ""
            lifted_by = who if who in known.addresses else next(iter(known.addresses), "")
            why = f"they answered on {day(answer.at, self.now)}{words}; nobody has dealt with it"
            yield Stop("messages", why, f"once you have: contractor-ops resume {lifted_by}".rstrip())

    def _undelivered(self, history: History) -> Iterable[Stop]:
        for address, why in history.undelivered.items():
            yield Stop(f"the last message to {phone(address)}", f"it did not arrive: {why}")
        for address in sorted(history.landlines):
            yield Stop(f"texts to {phone(address)}", "it is a landline and takes no texts")

    def _skipped(self, known: Known, day_start: datetime) -> Iterable[Stop]:
        assert self.ledger is not None
        records = sorted({record for ids in known.records.values() for record in ids})
        for recipe in sorted({*self.office.recipe_files(), *self.ledger.recipes_seen()}) if records else ():
            for record, reason in self.ledger.history(recipe, "", records, (), day_start).skips.items():
                yield Stop(f"{recipe} for {record}", f"somebody skipped it{f': {reason}' if reason else ''}")

    def _items(self, known: Known) -> list[ReviewItem]:
        assert self.ledger is not None
        return [item for item in self.ledger.reviews(("open", "approved")) if self._concerns(item, known)]

    def _concerns(self, item: ReviewItem, known: Known) -> bool:
        if item.to in known.addresses:
            return True
        theirs = known.records.get(self.office.main_of(item.table), ())
        return any(one.key.record in theirs and (not one.customer or normal_name(one.customer) in known.names) for one in item.members)

    def _waiting(self, item: ReviewItem, held: bool) -> Stop:
        person = self.office.config.people.get(item.owner)
        rests = f", rests until {day(item.until, self.now)}" if item.until and item.until > self.now.date() else ""
        released = "released, and held" if held else "released, leaves at the next sending"
        state = released if item.state == "approved" else f"waits for {person.name if person else item.owner}"
        note = f" ({item.note})" if item.note else ""
        return Stop(
            f"review item {item.id}, {item.recipe}", f"{state}{rests}: {item.reason}{note}", f"contractor-ops review show {item.id}"
        )

    def agreed(self, known: Known) -> list[Agreed]:
        """What customers said on the telephone, as whoever called wrote it down; the latest first."""
        if self.ledger is None:
            return []
        calls = [one for one in self.ledger.outcomes(self.now - _LOOKED_BACK) if _about(one, known)]
        return [_agreed(one) for one in sorted(calls, key=lambda one: one.at, reverse=True)]


def remembered(office: Office, now: datetime) -> Remembered:
    """Open the ledger, where there is one. What is wrong with it is told, and the sheets still answer."""
    try:
        return Remembered(office, office.ledger if office.ledger_file.exists() else None, now)
    except LedgerTrouble as trouble:
        return Remembered(office, None, now, (f"Messages, answers and pauses are not known: {' '.join(trouble.lines())}",))


_OUTCOMES = {
    "reached": "we reached them", "voicemail": "we left a voicemail", "dispute": "they dispute it",
    "promise": "they promised to pay", "wrong-number": "that was a wrong number",
}  # fmt: skip


def _about(call: CallOutcome, known: Known) -> bool:
    """Whether a call was with this customer: by key or number, else by the record and a name that does not differ."""
    if call.address in known.addresses or call.customer_key in known.keys:
        return True
    named = normal_name(call.customer or "")
    return call.record in known.records.get(call.table, ()) and (not named or named in known.names)


def _agreed(call: CallOutcome) -> Agreed:
    about = f" ({thing(call.table)} {call.record})" if call.record else ""
    return Agreed(f"{_OUTCOMES[call.outcome]}{about}{f': {call.note}' if call.note else ''}", call.promised_on, call.at)
