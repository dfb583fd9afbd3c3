"""Signals of those who asked: leads that heard from us, and missed callers who had a text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.messages import NO_FILE, Sent, messages_that_left, nothing_sent
from contractor_ops.figures.talks import numbers_in
from contractor_ops.figures.tally import share, unmoved
from contractor_ops.figures.values import Business, Share, Window
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.what_counts import meaning
from contractor_ops.views.catalogue import READABLE
from contractor_ops.views.moments import day_of, in_utc

TEXTED_WITHIN = timedelta(minutes=30)
CONTACTED_WITHIN = timedelta(days=1)
CALLS = "all_missed_calls"
"""The name under which Business.tables holds the missed calls of both windows."""
LEADS_NEED = ("leads", "leads.received_on", "calls?")
CALLS_NEED = ("calls", CALLS)


def leads_contacted(business: Business, window: Window, sent: Sent) -> Share:
    """New leads that heard from us within a day."""
    sentence = f"Leads whose first day ended in these days, and how many had a message or a call from us within that day. {NO_FILE}"
    why = lacking(business, *LEADS_NEED)
    facts = _leads(business, window.with_before(), sent) if not why else ()
    none = "no lead's first day ended in these days"
    return unmoved(
        share("leads-contacted", "Leads contacted within a day", sentence, facts, window, why, none), nothing_sent(business, "leads")
    )


def _leads(business: Business, both: Window, sent: Sent) -> Iterator[tuple[date, int, int]]:
    """Each lead, on the last day on which it could be contacted in time."""
    records, called = business.tables["leads"].records, _called(business)
    for at, received in enumerate(column_of(records, "received_on")):
        day = day_of(received, business.now)
        if day is not None and day + CONTACTED_WITHIN in both:
            heard = _heard(records[at], day, in_utc(received, business.now), business, sent, called)
            yield day + CONTACTED_WITHIN, int(heard), 1


def _heard(lead: Record, day: date, moment: datetime | None, business: Business, sent: Sent, called: Mapping[str, list[datetime]]) -> bool:
    last = day + CONTACTED_WITHIN
    contacted = day_of(lead["contacted_on"], business.now)
    if contacted is not None and contacted <= last:
        return True
    moments = list(sent.get(("leads", record_id(lead, READABLE["leads"]) or ""), ()))
    moments += [one for number in numbers_in(lead["phone"], business.config.office.country) for one in called.get(number, ())]
    if moment is not None:
        return any(moment <= one <= moment + CONTACTED_WITHIN for one in moments)
    return any(day <= one.astimezone(business.now.tzinfo).date() <= last for one in moments)


def _called(business: Business) -> Mapping[str, list[datetime]]:
    """When each number was called by us and somebody talked."""
    found: dict[str, list[datetime]] = defaultdict(list)
    table = business.tables.get("calls")
    for one in table.records if table else ():
        moment = in_utc(one["started_at"], business.now)
        if moment and str(one["direction"] or "").casefold().startswith("out") and meaning(one) in {"answered", None}:
            found[str(one["to"] or one["phone"] or "").partition(";")[0]].append(moment)
    return found


def calls_texted(business: Business, window: Window) -> Share:
    """Missed calls whose caller had a text from us within 30 minutes."""
    sentence = f"Callers of these days whom nobody answered and whose number is known, and how many had a text from us within 30 minutes. {NO_FILE}"
    why = lacking(business, *CALLS_NEED)
    facts = _missed(business) if not why else ()
    found = share("calls-texted", "Missed calls texted back", sentence, facts, window, why, "no call was missed in these days")
    return unmoved(found, nothing_sent(business, "missed_calls", ("sms",)))


def _missed(business: Business) -> Iterator[tuple[date, int, int]]:
    """A caller's calls of one day are one: a text answers all of them."""
    texts: dict[str, list[datetime]] = defaultdict(list)
    for one in messages_that_left(business):
        sent = in_utc(one["sent_at"], business.now)
        if sent and one["channel"] == "sms":
            texts[str(one["address"])].append(sent)
    callers: dict[tuple[date, str], bool] = {}
    for call in business.tables[CALLS].records:
        moment, number = in_utc(call["started_at"], business.now), str(call["phone"] or "").partition(";")[0]
        if moment and number and moment + TEXTED_WITHIN <= business.now:
            key = (moment.astimezone(business.now.tzinfo).date(), number)
            texted = any(moment <= one <= moment + TEXTED_WITHIN for one in texts.get(number, ()))
            callers[key] = callers.get(key, False) or texted
    return ((day, int(texted), 1) for (day, _), texted in callers.items())
