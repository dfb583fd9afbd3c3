"""Who asked and has heard nothing: missed calls and leads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from math import inf
from textwrap import shorten

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import line
from contractor_ops.figures.messages import messages_that_left
from contractor_ops.figures.talks import last_talks, numbers_in
from contractor_ops.figures.values import Business, Group, Line
from contractor_ops.figures.windows import days_ago
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.moments import day_of, in_utc, said

CALLS_NEED = ("missed_calls",)
_LONGEST = 90
"""Characters of a lead's own words."""
LEADS_NEED = ("leads", "leads.status|leads.contacted_on", "calls?")


def unanswered_calls(business: Business) -> Group:
    """Callers of the last two business days whom nobody has called back: a line for each caller, however often they tried."""
    callers: dict[str, list[Record]] = defaultdict(list)
    for record in business.tables["missed_calls"].records if not lacking(business, *CALLS_NEED) else ():
        if record["ended_because"] is None:
            callers[str(record["phone"] or record["number"] or record.place)].append(record)
    told = (_caller(calls, business) for calls in callers.values())
    return _oldest_first("calls-unanswered", "Missed calls that nobody has answered", told, "missed call that nobody has answered")


def unanswered_leads(business: Business) -> Group:
    """New leads with whom nobody has talked, whatever the automation has sent."""
    return _oldest_first("leads-unanswered", "Leads that nobody has answered", _leads(business), "lead that nobody has answered")


def _oldest_first(key: str, title: str, told: Iterable[tuple[float, Line]], one: str) -> Group:
    """A group of lines by their moments: nobody knows what they are worth, and who has waited longest is lost first."""
    found = sorted(told, key=lambda entry: (entry[0], entry[1].record, entry[1].what, entry[1].why))
    return Group(key, title, tuple(line for _, line in found), one)


def _since(value: Value, business: Business) -> float:
    """A moment that can be put in order; a day begins at midnight, and what is not known comes last."""
    moment, day = in_utc(value, business.now), day_of(value, business.now)
    if moment is None and day is not None:
        moment = datetime.combine(day, time.min, business.now.tzinfo)
    return moment.timestamp() if moment else inf


def _caller(calls: list[Record], business: Business) -> tuple[float, Line]:
    """The line of one caller, and since when nobody has called back; the last call stands for all."""
    last = max(calls, key=lambda one: (_at(one, business), str(one["number"])))
    moment = in_utc(last["started_at"], business.now)
    day = day_of(last["started_at"], business.now)
    many = f", called {len(calls)} times" if len(calls) > 1 else ""
    urgent = "urgent; " if any(one["urgent"] is True for one in calls) else ""
    when = said(moment, business.now) if moment else "at a time that is not known"
    one = line(last, days=(business.today - day).days if day else None, why=f"{urgent}missed {when}{many}")
    waits = min(_since(call["started_at"], business) for call in calls)
    return waits, replace(one, what=f"call from {last['phone'] or 'a hidden number'}")


def _at(call: Record, business: Business) -> float:
    moment = in_utc(call["started_at"], business.now)
    return moment.timestamp() if moment else 0.0


def _leads(business: Business) -> Iterator[tuple[float, Line]]:
    if lacking(business, *LEADS_NEED):
        return
    table = business.tables["leads"]
    contacted, received = column_of(table.records, "contacted_on"), column_of(table.records, "received_on")
    sent, talks, told = _texts(business), last_talks(business), table.has("status")
    for at, status in enumerate(column_of(table.records, "status")):
        meaning = meaning_of(str(status), TABLES["leads"].statuses) if status is not None else None
        if contacted[at] is None and (meaning == "new" or (status is None and not told)):
            record, day = table.records[at], day_of(received[at], business.now)
            if not _was_called(record, talks, business):
                one = line(record, days=(business.today - day).days if day else None, why=_why(day, record, business))
                yield _since(received[at], business), replace(one, why=_with_text(one, sent, business))


def _was_called(lead: Record, talks: Mapping[str, datetime], business: Business) -> bool:
    """Whether somebody has talked with them since they asked."""
    numbers = numbers_in(lead["phone"], business.config.office.country) if talks else []
    moments = [talks[number] for number in numbers if number in talks]
    asked, day = in_utc(lead["received_on"], business.now), day_of(lead["received_on"], business.now)
    if asked is not None:
        return any(moment >= asked for moment in moments)
    return day is not None and any(moment.astimezone(business.now.tzinfo).date() >= day for moment in moments)


def _why(day: date | None, record: Record, business: Business) -> str:
    title = f"about {record['title']}" if record["title"] else ""
    came = f"came in {days_ago(day, business.today)}" if day else "since when is not known"
    asked = ", ".join(part for part in (came, title) if part)
    words = shorten(str(record["notes"] or ""), _LONGEST, placeholder=" …")
    return "; ".join(part for part in (f'{asked}: "{words}"' if words else asked, str(record["phone"] or "")) if part)


def _with_text(one: Line, sent: dict[str, datetime], business: Business) -> str:
    moment = sent.get(one.record)
    return f"{one.why}; an automatic answer left {said(moment, business.now)}" if moment else one.why


def _texts(business: Business) -> dict[str, datetime]:
    """When the automation last wrote to each lead."""
    found: dict[str, datetime] = {}
    for one in messages_that_left(business):
        moment = in_utc(one["sent_at"], business.now)
        if one["table"] == "leads" and moment:
            found[str(one["record"])] = max(moment, found.get(str(one["record"]), moment))
    return found
