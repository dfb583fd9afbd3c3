"""Why a missed call is over, why a person looks at it first, why no text goes to it. Each question asks its rules in order; the first that fits answers.

Rules: facts on hidden, toll-free, premium, short and foreign numbers, on texting a number once a day, on numbers the network does not
vouch for. What is never texted may still be called back: a caller who left a voicemail, or whom the office knows, is never dropped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from contractor_ops.tables.cells.lines import is_inside
from contractor_ops.tables.cells.phones import kind_of
from contractor_ops.views.calls.callers import Caller
from contractor_ops.views.calls.legs import is_blocked
from contractor_ops.views.calls.since import Contacts
from contractor_ops.views.calls.together import Call
from contractor_ops.views.moments import said
from contractor_ops.views.view import Given

AHEAD = timedelta(minutes=10)
"""A call that lies further ahead of now stands in a log of another time zone."""

_FORGED = re.compile(r"fail|passed[- ]c\b|^c$", re.IGNORECASE)
_SHORT_CODE = re.compile("[0-9]{5,6}")
_KINDS = {"toll_free": "a toll-free number", "premium": "a premium-rate number", "foreign": "a foreign number"}
_NO_TEXTS = _KINDS | {"landline": "a landline", "extension": "a line with an extension", "unknown": "of a kind that takes no texts"}


@dataclass(frozen=True, slots=True)
class Missed:
    """A missed call and everything that is known about it. `phone` is the caller's number in E.164, None where it cannot be dialled."""

    call: Call
    phone: str | None
    caller: Caller
    notes: str | None
    label: str
    label_reason: str
    given: Given
    contacts: Contacts

    @property
    def urgent(self) -> bool:
        """Whether the voicemail or the notes tell of danger."""
        return self.label == "urgent"

    @property
    def voicemail(self) -> bool:
        """Whether the caller said something that can be listened to."""
        return self.call.outcome == "voicemail" or self.notes is not None

    @property
    def kind(self) -> str:
        """What kind of number it is."""
        return kind_of(self.phone, self.given.country) if self.phone else ""

    def said(self, moment: datetime) -> str:
        """A moment in words."""
        return said(moment, self.given.now)


Rule = Callable[[Missed], str | None]


def ended_because(missed: Missed) -> str | None:
    """Why nothing is to be done; None where something is."""
    rules = _ALWAYS_OVER if missed.urgent else (*_ALWAYS_OVER, *_OVER)
    return _first(rules, missed)


def review_because(missed: Missed) -> str | None:
    """All that a person must look at first, the gravest in front."""
    return "; ".join(reason for rule in _REVIEW if (reason := rule(missed))) or None


def no_message_because(missed: Missed) -> str | None:
    """Why no text may go; somebody calls back instead."""
    return _first(_NO_MESSAGE, missed)


def _first(rules: tuple[Rule, ...], missed: Missed) -> str | None:
    return next((reason for rule in rules if (reason := rule(missed))), None)


def _ours(missed: Missed) -> str | None:
    other = missed.call.main.other
    if missed.phone in missed.given.own_numbers:
        return "it came from one of our own numbers"
    if other and is_inside(other):
        return f"it came from a short code ({other})" if _SHORT_CODE.fullmatch(other) else f"it came from inside the office ({other})"
    return "it was one of our own people" if missed.phone in missed.given.staff_numbers else None


def _talked(missed: Missed) -> str | None:
    if not missed.phone or missed.call.at is None:
        return None
    found = missed.contacts.call_after(missed.phone, missed.call.at, ("called back", "called again"))
    if found is None:
        return None
    at, kind = found
    return f"they were called back {missed.said(at)}" if kind == "called back" else f"they called again and got through {missed.said(at)}"


def _blocked(missed: Missed) -> str | None:
    blocked = is_blocked(missed.call.record) and not missed.caller.known
    return "the telephone system turned this caller away as spam" if blocked else None


def _never_texted(missed: Missed) -> str | None:
    name = missed.given.never_text.get(missed.phone or "")
    if name is not None:
        return f"{name or missed.phone} is on the list of numbers that are never texted"
    return f"the customers table has this number as {missed.caller.supplier}" if missed.caller.supplier else None


def _hidden_and_silent(missed: Missed) -> str | None:
    if missed.phone or missed.call.main.unreadable or missed.voicemail:
        return None
    return f"{_nobody(missed)} and left no voicemail"


def _nobody(missed: Missed) -> str:
    return "the caller hid the number" if missed.call.main.hidden else "the caller came without a number"


def _number_of_no_customer(missed: Missed) -> str | None:
    """Premium numbers are machines; from toll-free and foreign ones comes mostly advertising, unless we know them or they say what they want."""
    if missed.kind == "premium" or (missed.kind in {"toll_free", "foreign"} and not (missed.caller.known or missed.voicemail)):
        return f"it came from {_KINDS[missed.kind]}"
    return None


def _no_number(missed: Missed) -> str | None:
    if missed.phone:
        return None
    raw = missed.call.main.unreadable
    return f'the log\'s number "{raw}" is no whole telephone number' if raw else _nobody(missed)


def _takes_no_texts(missed: Missed) -> str | None:
    if missed.caller.office_line or ";ext=" in (missed.call.main.outside or ""):
        return "the number is an office line with extensions"
    return f"the number is {_NO_TEXTS[missed.kind]}" if missed.kind in _NO_TEXTS else None


def _in_conversation(missed: Missed) -> str | None:
    if not missed.phone or missed.call.id in missed.contacts.texted:
        return None
    at = missed.contacts.wrote_at(missed.phone, missed.caller)
    return f"a conversation is under way: they wrote {missed.said(at)}" if at else None


def _texted(missed: Missed) -> str | None:
    at = missed.contacts.texted_at(missed.phone, missed.call.id, missed.call.at) if missed.phone and missed.call.at else None
    return f"they were texted over a missed call {missed.said(at)}" if at else None


def _tried(missed: Missed) -> str | None:
    found = missed.contacts.call_after(missed.phone, missed.call.at, ("tried",)) if missed.phone and missed.call.at else None
    return f"somebody tried to call back {missed.said(found[0])} and nobody answered" if found else None


def _said_on_voicemail(missed: Missed) -> str | None:
    what = {"urgent": "urgent", "complaint": "a complaint", "stop": "the caller wants to be left alone"}.get(missed.label)
    return f"{what}: {missed.label_reason}" if what and missed.label_reason else what


def _disputed(missed: Missed) -> str | None:
    return missed.caller.dispute


def _not_vouched_for(missed: Missed) -> str | None:
    verified = str(missed.call.record["verified"] or "")
    return f"the network does not vouch for the caller's number ({verified}): it may be forged" if _FORGED.search(verified) else None


def _doubtful(missed: Missed) -> str | None:
    """Whether the call was missed at all."""
    call = missed.call
    if call.outcome == "short":
        return f"answered for {call.talk} second{'' if call.talk == 1 else 's'}: it may have been a voicemail"
    if call.way == "unknown":
        return "the log does not say whether the call came in or went out"
    if call.outcome not in {"unclear", "ringing"}:
        return None
    status = call.record["status"]
    return f'the status "{status}" does not say whether anybody took the call' if status else "the log does not say what became of the call"


def _when(missed: Missed) -> str | None:
    call, now = missed.call, missed.given.now
    if call.at is None:
        return "the log does not say at what time" if call.record["started_at"] is not None else None
    if call.at > now.astimezone(UTC) + AHEAD:
        return f"it lies ahead ({missed.said(call.at)}): the log's times may be of another time zone"
    return None


_ALWAYS_OVER: tuple[Rule, ...] = (_ours, _talked)
_OVER: tuple[Rule, ...] = (_never_texted, _blocked, _hidden_and_silent, _number_of_no_customer)
_NO_MESSAGE: tuple[Rule, ...] = (_no_number, _never_texted, _takes_no_texts, _blocked, _in_conversation, _texted, _tried)
_REVIEW: tuple[Rule, ...] = (_said_on_voicemail, _disputed, _not_vouched_for, _doubtful, _when)
