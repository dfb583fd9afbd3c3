"""One line of a telephone log as it must be understood before calls can be put together: which way it went, who was there, what became of it.

A log has a line for each telephone that rang, and a call "completed" by a voicemail. The rule: somebody talked when a line was answered
for 15 seconds or longer, and not by a machine. Anything shorter may have been a voicemail or an announcement: a person looks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contractor_ops.tables.catalogue.calls import CALLS
from contractor_ops.tables.cells.lines import is_inside
from contractor_ops.tables.cells.phones import is_hidden_caller
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record

Way = Literal["in", "out", "inside", "unknown"]
Outcome = Literal["answered", "short", "voicemail", "missed", "unclear", "ringing"]
TALKED = 15
"""Seconds from which an answered call counts as a conversation."""

_OUT = re.compile(r"\b(?:outbound|outgoing|out|placed|dial+ed|made)\b")
_INSIDE = re.compile(r"\b(?:internal|intercom|extension|int)\b")
_IN = re.compile(r"\b(?:inbound|incoming|in|received|missed|voice ?mail|abandoned|terminating)\b")
_SURELY_IN = re.compile(r"\b(?:missed|not answered|voice ?mail|vm|abandoned|received|accepted|caller hung up)\b")
_SURELY_OUT = re.compile(r"\b(?:placed|call connected|wrong number|dial+ed)\b")
_MACHINE = re.compile(r"\b(?:voice ?mail|machine|machine_\w+|fax)\b|^vm\b")
_ANNOUNCEMENT = re.compile(r"(?:background|playback|waitexten|ivr|auto ?attendant|auto ?receptionist)")
_LEFT_VOICEMAIL = re.compile(r"(?:new )?(?:voice ?mail|vm)\b|left (?:a )?(?:voice ?mail|vm|message)\b")
_BLOCKED = re.compile(r"\b(?:blocked|spam|robocall|scam)\b")
_RINGING = frozenset({"ringing", "queued", "initiated", "calling"})
_VAGUE = re.compile(r"complet|\bok\b|placed")
"""Words that systems also write over a call that nobody took."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One line. `at` is UTC, None where the log has no time. `other` is the outside number in E.164, or the extension as written; None is unknown."""

    record: Record
    at: datetime | None
    number: str | None
    parent: str | None
    way: Way
    other: str | None
    hidden: bool
    unreadable: str | None
    outcome: Outcome
    talk: int | None
    vague: bool

    @property
    def outside(self) -> str | None:
        """The other side's number where it is one that the world can dial."""
        return self.other if self.other and not is_inside(self.other) else None


def leg_of(record: Record, own: frozenset[str], at: datetime | None) -> Leg:
    """Understand one line of the log. `own` are the office's numbers, `at` is the line's moment in UTC where it tells one."""
    number, parent = _text(record["number"]) or None, _text(record["parent"]) or None
    way = _way(record, own)
    column = _other_column(record, way)
    other = _text(record[column]) or None
    if other and "," in other:
        other = other.split(", ")[0]
    raw = record.problems[column].value if column in record.problems else None
    hidden = raw is not None and (is_hidden_caller(raw) or "anonymous" in raw.lower())
    talk = record["talk"] if isinstance(record["talk"], int) else record["duration"]
    seconds = talk if isinstance(talk, int) else None
    return Leg(
        record, at, number, parent if parent != number else None, way, other, hidden,
        None if hidden else raw, _outcome(record, seconds), seconds, _VAGUE.search(_text(record["status"]).lower()) is not None,
    )  # fmt: skip


def is_blocked(record: Record) -> bool:
    """Whether the telephone system itself turned the caller away."""
    return _BLOCKED.search(_text(record["status"]).lower()) is not None


def left_voicemail(record: Record) -> bool:
    """Whether a line says that the caller spoke to the voicemail."""
    said = (_text(record["title"]), _text(record["answered_by"]))
    return any(_MACHINE.search(text.lower()) for text in said) or _LEFT_VOICEMAIL.match(_text(record["notes"]).lower()) is not None


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _other_column(record: Record, way: Way) -> str:
    """The column that names who was on the other side."""
    for name in ("to", "phone") if way == "out" else ("from", "phone"):
        if record[name] is not None or name in record.problems:
            return name
    return "phone"


def _way(record: Record, own: frozenset[str]) -> Way:
    said = _text(record["direction"]).lower().replace("-", " ").replace("_", " ")
    for words, way in _WORDS:
        if words.search(said):
            return way
    title = _text(record["title"]).lower()
    if "outgoing" in title or "outbound" in title:
        return "out"
    if "incoming" in title or "inbound" in title:
        return "in"
    return _way_by_numbers(record, own) or _way_by_status(_text(record["status"]).lower())


_WORDS: tuple[tuple[re.Pattern[str], Way], ...] = ((_OUT, "out"), (_INSIDE, "inside"), (_IN, "in"))


def _way_by_numbers(record: Record, own: frozenset[str]) -> Way | None:
    """Which way a call went by who stands at its ends; None where the log has only one number."""
    caller, called = record["from"], record["to"]
    ours: Callable[[object], bool] = lambda end: isinstance(end, str) and (is_inside(end) or end.partition(";")[0] in own)  # noqa: E731
    if caller is None and "from" not in record.problems:
        return "in" if ours(called) else None
    if not ours(caller):
        return "in"
    return "inside" if called is None or ours(called) else "out"


def _way_by_status(status: str) -> Way:
    return "in" if _SURELY_IN.search(status) else "out" if _SURELY_OUT.search(status) else "unknown"


def _outcome(record: Record, talk: int | None) -> Outcome:
    status = _text(record["status"])
    meaning = meaning_of(status, CALLS.statuses)
    if status.strip().lower() in _RINGING:
        return "ringing"
    if meaning == "voicemail" or (meaning != "busy" and left_voicemail(record)):
        return "voicemail"
    if meaning in {"missed", "busy"} or is_blocked(record):
        return "missed"
    if meaning is None and (status or not talk):
        return "unclear"
    if _ANNOUNCEMENT.match(_text(record["title"]).lower()):
        return "missed"
    if talk is None:
        return "unclear" if _VAGUE.search(status.lower()) else "answered"
    return "answered" if talk >= TALKED else "short"
