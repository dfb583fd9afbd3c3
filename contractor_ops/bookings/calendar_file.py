"""A visit as a calendar file (.ics), which a technician's or customer's calendar takes in: RFC 5545, sent as an invitation (RFC 5546)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from contractor_ops.tables.printable import one_line, printable
from contractor_ops.tables.record import Value
from contractor_ops.views.moments import in_utc

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

_OURS = UUID("5b1f7f5e-6f0d-5c0e-9c58-0d0a3f6d2a41")
"""The namespace of our events' identities. It never changes: a calendar would show every visit twice."""
_NO_ADDRESS = "invalid:nomail"
"""How calendars write an organizer who has no e-mail address."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody of an event; `email` may be unknown."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit, as a calendar shows it. `starts` and `ends` are moments, naive ones the office's time, or days.

    `sequence` counts how often it was changed: a calendar takes no older one. `minutes` is how long it takes where no end is known.
    """

    job: str
    office: Party
    starts: datetime | date
    summary: str
    ends: Value = None
    minutes: int | None = None
    sequence: int = 0
    location: str = ""
    description: str = ""
    guests: tuple[Party, ...] = ()


def identity(visit: Visit) -> str:
    """What the event is called in every calendar: the same for this job of this office, however often it moves."""
    named = "\n".join(map(_plain, (visit.office.name, visit.job)))
    return f"{uuid5(_OURS, named)}@contractor-ops"


def calendar_text(visit: Visit, now: datetime, cancelled: bool = False) -> str:
    """The file's text, lines folded and ended by CRLF. `now` is aware, in the office's zone."""
    from icalendar import Calendar, Event

    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//contractor-ops//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    event.add("uid", identity(visit))
    event.add("sequence", visit.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _address(visit.office), encode=False)
    for guest in visit.guests:
        event.add("attendee", _address(guest), encode=False)
    _add_times(event, visit, now)
    _add_texts(event, visit)
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _add_times(event: "Event", visit: Visit, now: datetime) -> None:
    """Moments in UTC, which no clock change shifts; a day without a time is a whole day."""
    start, end = in_utc(visit.starts, now), in_utc(visit.ends, now)
    if start is None:
        event.add("dtstart", visit.starts)
        event.add("dtend", _day_after(visit.starts, visit.ends))
        return
    if (end is None or end <= start) and visit.minutes:
        end = start + timedelta(minutes=visit.minutes)
    event.add("dtstart", start)
    if end is not None and end > start:
        event.add("dtend", end)


def _day_after(first: date, last: Value) -> date:
    """The day after the last one, as the standard wants it."""
    days = last if isinstance(last, date) and not isinstance(last, datetime) else first
    return max(first, days) + timedelta(days=1)


def _add_texts(event: "Event", visit: Visit) -> None:
    event.add("summary", one_line(visit.summary))
    if visit.location:
        event.add("location", one_line(visit.location))
    if visit.description:
        event.add("description", printable(visit.description))


def _address(party: Party) -> "vCalAddress":
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{party.email}" if party.email else _NO_ADDRESS)
    address.params["CN"] = one_line(party.name).replace("\\", "/")  # nothing stands for a backslash there, and readers take it for more
    return address


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
