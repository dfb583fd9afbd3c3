"""What is typed as an event, "2026-12-01 14:30 reply: can we do Friday?": read whole before anything is simulated, all mistakes at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cleaning import clean_values
from contractor_ops.tables.columns import Column
from contractor_ops.tables.record import Value
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.work.simulate_crew import CALLS_IN, OFF, SICK, Days, span_of, technician_called
from contractor_ops.work.typed_day import past_day, typed_day

REPLY, STOP, CALL, RESUME, DONE, DELETED = "reply", "stop", "call", "resume", "done", "deleted"
OF_PEOPLE = (REPLY, STOP, CALL, RESUME)
"""What comes from people: the customer writes, opts out or talks to somebody; somebody of the office has answered, and lets messages go on."""
OF_CREW = (SICK, OFF)
"""What concerns a technician, and no row."""
NOT_COLUMNS = (*OF_PEOPLE, DONE, DELETED, *OF_CREW)
HOW = 'Write a day, a time if it matters, what happens and a colon: --event "2026-12-01 14:30 reply: can we do Friday?" --event "dec 3 status: cancelled"'
_USUAL_TIME = time(10)
_KIND = re.compile(r"(.*?)(?:^|\s)([A-Za-z][\w-]*)\s*:(?!//)\s*(.*)", re.DOTALL)
_BARE = re.compile(rf"(.*?)(?:^|\s)({RESUME}|{STOP}|{DONE}|{DELETED})(\s*)", re.IGNORECASE)
"""What needs nothing behind it, and so no colon."""
_TIME = re.compile(r"(.*?)(?:(?<=\d)T|\s+(?:at\s+)?)(\d{1,2})(?::(\d{2}))?(?::00)?\s*([ap]m)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a moment (aware, office time). `value` is the text as typed; `cleaned` is what the column holds then.

    `days`: when a technician is off.
    """

    at: datetime
    kind: str
    value: str
    cleaned: Value = None
    invented: bool = False
    days: Days | None = None


def read_events(texts: Sequence[str], office: Office, main: str, start: datetime, end: datetime) -> list[Event]:
    """The events by time. Raises TypedWrong with every mistake."""
    events, wrong = [], []
    for text in texts:
        try:
            events.append(_read(text, office, main, start, end))
        except ValueError as error:
            wrong.append(f'--event "{text}": {error}')
    if wrong:
        raise TypedWrong("\n".join(wrong), HOW)
    return sorted(events, key=lambda one: one.at.timestamp())


def _read(text: str, office: Office, main: str, start: datetime, end: datetime) -> Event:
    found = _KIND.fullmatch(text.strip()) or _BARE.fullmatch(text.strip())
    if found is None:
        raise ValueError("it does not say what happens: a word and a colon, like reply: or status:")
    typed, kind, value = found[1].strip(), found[2].casefold().replace("-", "_"), found[3].strip()
    _check_kind(kind, found[2], main)
    if not typed:
        raise ValueError("it does not say when: begin with the day")
    at, days = _crew_moment(typed, office, start) if kind in OF_CREW else (_moment(typed, office, start), None)
    if at.timestamp() < start.timestamp():
        raise ValueError(f"{at:%Y-%m-%d %H:%M} is past; the simulation begins on {start:%Y-%m-%d %H:%M}")
    if at.timestamp() > end.timestamp():
        raise ValueError(f"{at:%Y-%m-%d} comes after the end; --days {(at.date() - start.date()).days + 1} reaches it")
    if kind == REPLY and not value:
        raise ValueError("it does not say what the customer writes")
    return Event(at, kind, value, _held(kind, value, office, main, at), days=days)


def _check_kind(kind: str, typed: str, main: str) -> None:
    columns = TABLES[main].column_names
    if kind not in NOT_COLUMNS and kind not in columns:
        near = did_you_mean(kind, [*NOT_COLUMNS, *columns])
        raise ValueError(f'"{typed}" is neither {", ".join(NOT_COLUMNS)} nor a column of {main}; {near}')
    if kind == DONE and main != "jobs":
        raise ValueError(f"only a job is done; say it in a column of {main}, like status:")


def _held(kind: str, value: str, office: Office, main: str, at: datetime) -> Value:
    """What the column holds then; of a technician who is off, the whole name. Raises ValueError."""
    if kind in OF_CREW:
        return technician_called(value, office, at)
    if kind == DONE:
        return _done_on(value, office, at) if value else at.replace(tzinfo=None)
    column = TABLES[main].column(kind)
    return _cleaned(column, value, office, at) if column else None


def _done_on(typed: str, office: Office, at: datetime) -> date:
    """The day that is written as the one on which it was done: that day or one before it. Raises ValueError."""
    try:
        return past_day(typed, at.date(), office.facts.country, office.facts.calendar)
    except TypedWrong as wrong:
        raise ValueError(f"{wrong.message} {wrong.remedy}".removesuffix(".")) from None


def _crew_moment(typed: str, office: Office, start: datetime) -> tuple[datetime, Days]:
    """When the office hears of it, and on which days somebody is off. Raises ValueError."""
    days = span_of(typed, office, start.date())
    at = _moment(days[0].isoformat() if days and days[0] > start.date() else "today" if days else typed, office, start, CALLS_IN)
    if at.date() == start.date():
        at = max(at, start)  # whoever is sick today has called already
    return at, days or (at.date(), at.date())


def _moment(typed: str, office: Office, today: datetime, at: time = _USUAL_TIME) -> datetime:
    """A day and perhaps a time, else the usual one. Raises ValueError."""
    facts, found, day = office.facts, _TIME.fullmatch(typed), typed
    if found and (found[3] or found[4]):
        day, at = found[1], _clock(found[2], found[3] or "00", (found[4] or "").casefold())
    try:
        on = typed_day(day, today.date(), facts.country, facts.calendar)
    except TypedWrong as wrong:
        raise ValueError(f"{wrong.message.removesuffix('.')}; {wrong.remedy[:1].casefold()}{wrong.remedy[1:].removesuffix('.')}") from None
    return (
        datetime.combine(on, at, office.zone).astimezone(UTC).astimezone(office.zone)
    )  # a time that clocks leave out is the next there is


def _clock(hour: str, minute: str, half: str) -> time:
    number = int(hour) % 12 + (12 if half == "pm" else 0) if half else int(hour)
    if number > 23 or int(minute) > 59 or (half and not 1 <= int(hour) <= 12):
        raise ValueError(f"no clock shows {hour}:{minute}{half and ' ' + half}; write it like 14:30")
    return time(number, int(minute))


def _cleaned(column: Column, value: str, office: Office, at: datetime) -> Value:
    """What the sheet would be understood as, once this stands in it; days may be typed as in the event itself. Raises ValueError."""
    if not value:
        return None
    [cleaned], troubles, _ = clean_values(column.kind, [value], country=office.config.office.country, complete=True)
    if not troubles and cleaned is not None:
        return cleaned  # type: ignore[no-any-return]
    if column.kind in {"day", "moment"}:
        moment = _moment(value, office, at).replace(tzinfo=None)
        return moment if column.kind == "moment" else moment.date()
    raise ValueError(f"{column.name}: {troubles.get(0) or 'that cannot be read'}")
