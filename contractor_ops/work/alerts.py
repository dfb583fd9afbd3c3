"""What cannot wait reaches the owner: once, by the first way that works, and for as long as it has not, it is said."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from contractor_ops.actions.task import put_on_the_list
from contractor_ops.config import Person
from contractor_ops.office import Office
from contractor_ops.planning.decision import Decision
from contractor_ops.planning.identity import own_day
from contractor_ops.planning.planner import day_start
from contractor_ops.ports import Doubt, KeptReply, State
from contractor_ops.reports.format import phone
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.record import Place, Record
from contractor_ops.work.own_messages import INBOX, Clock, own_message, send_now

ALERT = "(alert)"
_IN_DOUBT = "(alert in doubt)"
"""Steps of the ledger that no recipe can have: a name of its own never begins with a bracket."""
_EXPIRES = timedelta(hours=1)
"""How long a provider may keep an alert; one that has not left by then is tried anew."""
_TOLD: frozenset[State] = frozenset({"sent", "queued"})
_OPEN: frozenset[State] = frozenset({"claimed", "trying", "in_doubt"})


@dataclass(frozen=True, slots=True)
class Alert:
    """What the owner must hear at once. `key` tells it from all others of its recipe for ever, `table` is what it is about."""

    key: str
    words: str
    table: str = "replies"


def alert(office: Office, recipe: str, one: Alert, run: int, clock: Clock) -> list[str]:
    """Tell the owner at once, if nobody has yet; what keeps an alert from reaching the owner, a sentence each.

    It is claimed under `recipe`, whose lock the caller holds. A way that failed before is not tried again, one that was only put off is.
    """
    owner = _owner(office)
    ways = _ways(office, owner[1]) if owner else []
    if owner is None or not ways:
        return ["Something urgent came in, and [people] names no owner with a phone or e-mail address to alert."]
    before = _states(office, recipe, one, clock)
    if _TOLD & set(before.values()) or _OPEN & set(before.values()):  # one in doubt is a task on the owner's list
        return []
    trouble: list[str] = []
    put_off = False
    for channel, to in ways:
        to_a_file = channel in office.outbox_channels
        if put_off and to_a_file:
            break  # a file wakes nobody: the better way is tried again
        if before.get(channel) == "failed":
            trouble.append(f"{_about(owner[1], channel)} did not arrive.")
            continue
        message = _message(office, one, owner[1], channel, to)
        said = send_now(office, recipe, run, message, clock() + _EXPIRES, clock)
        if message.outcome in _TOLD:
            return trouble if to_a_file else []
        trouble += said or [_refused(message)]
        if message.outcome == "in_doubt":
            _put_on_the_list(office, recipe, replace(one, key=message.record), channel, to, run, clock)
            break
        put_off = put_off or (message.outcome != "failed" and not message.reason.endswith("opted out"))
    return trouble


def still_in_doubt(office: Office, doubt: Doubt, run: int, clock: Clock) -> None:
    """Put an alert of which nobody knows whether it left on the owner's list, once; all other doubts are the planner's."""
    if doubt.key.step == ALERT:
        one = Alert(doubt.key.record, doubt.body or "")
        _put_on_the_list(office, doubt.recipe, one, doubt.channel or "", doubt.address or "", run, clock)


def is_owners(office: Office, address: str) -> bool:
    """Whether alerts go to this address."""
    owner = _owner(office)
    return owner is not None and address in {to for _, to in _ways(office, owner[1])}


def about_reply(reply: KeptReply, who: str | None) -> Alert:
    """What the owner reads about an urgent reply."""
    name = f"{who} at {phone(reply.address)}" if who else phone(reply.address)
    return Alert(reply.key, f"URGENT: {name} wrote: {(reply.text or reply.whole)[:300]} — {reply.reason}. Please call now.")


def about_row(row: Record, key: str, why: str) -> Alert:
    """What the owner reads about an urgent row: who, where to call, what was said or written, by whom."""
    if row.table == "note_flags":
        return Alert(key, _about_note(row, why), row.table)
    who = " at ".join(str(part) for part in (row["customer"], phone(str(row["phone"] or ""))) if part) or "a caller who hides the number"
    said = f' and said: "{str(row["notes"])[:300]}"' if row["notes"] else ""
    return Alert(key, f"URGENT: {who} called{said} — {why}. Please call now.", row.table)


def about_decision(one: Decision, row: Record | None) -> Alert:
    """What the owner reads about one step of a booking; None: its row has left the sheet."""
    number = phone(str(row["phone"] or "")) if row else ""
    who = ", ".join(part for part in (one.record if not one.record.startswith("~") else "", one.customer or "", number) if part)
    key = f"{one.table}/{one.record}/{own_day(row) if row else ''}/{one.step or ''}/{one.anchor}"
    return Alert(key, f"URGENT: {one.urgent}{f' ({who})' if who else ''}.", one.table)


def _about_note(row: Record, why: str) -> str:
    """A danger in a job's note: the customer has not called, a technician has written."""
    where = ", ".join(str(part) for part in (row["customer"], phone(str(row["phone"] or "")), row["address"]) if part)
    on = row["noted_on"]
    when = f" on {on:%a, %b} {on.day}" if isinstance(on, date) else ""
    note = f': "{words[:300]}"' if (words := str(row["notes"] or row["words"] or "")) else ""
    who = str(row["technician"] or "a technician")
    return f"URGENT: job {row['job']}{f' ({where})' if where else ''}: {who} wrote{when}{note} — {why}. Please see to it now."


def _owner(office: Office) -> tuple[str, Person] | None:
    people = office.config.people
    return ("owner", people["owner"]) if "owner" in people else next(iter(people.items()), None)


def _ways(office: Office, person: Person) -> list[tuple[str, str]]:
    """A text first: it is what wakes an owner. A channel that only writes files comes last."""
    number = clean_phone(person.phone, office.config.office.country)[0] if person.phone else None
    ways = [("sms", number.partition(";")[0].split(", ")[0] if number else ""), ("email", person.email.lower())]
    return sorted(((channel, to) for channel, to in ways if to), key=lambda way: way[0] in office.outbox_channels)


def _states(office: Office, recipe: str, one: Alert, clock: Clock) -> dict[str, State]:
    """What became of this alert so far, by each way."""
    steps = office.ledger.history(recipe, one.table, [one.key], (), day_start(clock())).steps
    return {key.anchor: memory.state for key, memory in steps.items() if key.step == ALERT}


def _message(office: Office, one: Alert, owner: Person, channel: str, to: str) -> Decision:
    message = own_message(one.key, ALERT, channel, to, owner.name, one.words, _about(owner, channel))
    message.table, message.anchor = one.table, channel
    message.subject = f"URGENT: {office.config.office.name}" if channel == "email" else None
    return message


def _about(owner: Person, channel: str) -> str:
    return f"The alert to {owner.name} by {'text' if channel == 'sms' else 'e-mail'}"


def _refused(message: Decision) -> str:
    if message.reason.endswith("opted out"):
        return f"{message.reason}: START from that phone, or contractor-ops optout {message.to} --remove, lets alerts through again."
    return f"{message.reason}."


def _put_on_the_list(office: Office, recipe: str, one: Alert, channel: str, to: str, run: int, clock: Clock) -> None:
    """Claimed like any task, so that it comes onto the list once, also where a person has taken it off again."""
    owner = _owner(office)
    why = f"nobody knows whether the alert to {phone(to)} left: see that somebody acts on it"
    task = Decision(
        "act", one.key, _IN_DOUBT, why, one.table, Place(INBOX, None, None), None, owner[0] if owner else "owner", due=clock(),
        action="task", body=f"{one.words}\n\nThis went to {phone(to)}, and nobody knows whether it arrived.", anchor=channel, urgent=why,
    )  # fmt: skip
    put_on_the_list([[task]], recipe, run, office.ledger, clock, {_IN_DOUBT: _IN_DOUBT}, {})
