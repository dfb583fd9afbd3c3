"""The seven signals: of what should have happened in these days, how much did. Each is a share with its definition."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from contractor_ops.figures.bills import bills
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.offers import offers
from contractor_ops.figures.tally import share
from contractor_ops.figures.values import Business, Share, Window
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.what_counts import meaning
from contractor_ops.views.catalogue import READABLE
from contractor_ops.views.moments import day_of, in_utc

TEXTED_WITHIN = timedelta(minutes=30)
CONTACTED_WITHIN = timedelta(days=1)
FIRST_NUDGE_AFTER = timedelta(days=2)
_LATE_BY = timedelta(days=2)
"""How late a follow-up or reminder may be and still count: a weekend lies between."""
_REMINDED_FROM = timedelta(days=4)
"""A reminder before an invoice falls due counts from so many days before."""
CALLS, ASKED = "all_missed_calls", "questions"
"""Names under which Business.tables holds the missed calls of both windows, and what people asked the program."""
_NEVER_LEFT = frozenset({"failed", "undelivered", "refused", "skipped", "released", "unsent"})
_SETTLED, _LOOKED_FOR = frozenset({"approved", "dismissed", "done"}), frozenset({"open", "approved", "dismissed", "done"})
_DONE = frozenset({"completed", "invoiced"})
Sent = Mapping[tuple[str, str], list[datetime]]
"""When messages about a record left, by its table and number, in UTC."""


def signals(business: Business, window: Window) -> tuple[Share, ...]:
    """The seven, in the order of the work: from the first call to the paid bill, then the people."""
    sent = messages_of(business)
    return (
        leads_contacted(business, window, sent),
        calls_texted(business, window),
        estimates_followed_up(business, window, sent),
        notes_complete(business, window),
        invoices_reminded(business, window, sent),
        exceptions_reviewed(business, window),
        questions_replaced(business, window),
    )


def messages_of(business: Business) -> Sent:
    """When messages left, by what they were about."""
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    table = business.tables.get("messages")
    for one in table.records if table else ():
        moment = in_utc(one["sent_at"], business.now)
        if moment and one["status"] not in _NEVER_LEFT:
            found[str(one["table"]), str(one["record"])].append(moment)
    return found


def leads_contacted(business: Business, window: Window, sent: Sent) -> Share:
    """New leads that heard from us within a day."""
    sentence = "Leads that came in, and how many had a message or a call from us within a day."
    why = lacking(business, "leads", "leads.received_on")
    return share("leads-contacted", "Leads contacted within a day", sentence, _leads(business, sent) if not why else (), window, why)


def _leads(business: Business, sent: Sent) -> Iterator[tuple[date, int, int]]:
    table, called = business.tables["leads"], _called(business)
    for at, received in enumerate(column_of(table.records, "received_on")):
        day = day_of(received, business.now)
        if day is None:
            continue
        lead = table.records[at]
        heard = _heard(lead, day, in_utc(received, business.now), business, sent, called)
        if heard or day + CONTACTED_WITHIN < business.today:  # whose day is not over yet is not counted against us
            yield day, int(heard), 1


def _heard(lead: Record, day: date, moment: datetime | None, business: Business, sent: Sent, called: Mapping[str, list[datetime]]) -> bool:
    last = day + CONTACTED_WITHIN
    contacted = day_of(lead["contacted_on"], business.now)
    if contacted is not None and contacted <= last:
        return True
    number = (clean_phone(str(lead["phone"]), business.config.office.country)[0] or "").partition(";")[0] if lead["phone"] else ""
    moments = [*sent.get(("leads", record_id(lead, READABLE["leads"]) or ""), ()), *called.get(number, ())]
    if moment is not None:
        return any(moment <= one <= moment + CONTACTED_WITHIN for one in moments)
    return any(day <= _local(one, business) <= last for one in moments)


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
    sentence = "Callers whom nobody answered and whose number is known, and how many had a text from us within 30 minutes."
    why = lacking(business, "calls")
    return share("calls-texted", "Missed calls texted back", sentence, _missed(business) if not why else (), window, why)


def _missed(business: Business) -> Iterator[tuple[date, int, int]]:
    """A caller's calls of one day are one: a text answers all of them."""
    texts: dict[str, list[datetime]] = defaultdict(list)
    table, messages = business.tables.get(CALLS), business.tables.get("messages")
    for one in messages.records if messages else ():
        moment = in_utc(one["sent_at"], business.now)
        if moment and one["channel"] == "sms" and one["status"] not in _NEVER_LEFT:
            texts[str(one["address"])].append(moment)
    callers: dict[tuple[date, str], bool] = {}
    for call in table.records if table else ():
        moment, number = in_utc(call["started_at"], business.now), str(call["phone"] or "").partition(";")[0]
        if moment and number:
            key = (_local(moment, business), number)
            texted = any(moment <= one <= moment + TEXTED_WITHIN for one in texts.get(number, ()))
            callers[key] = callers.get(key, False) or texted
    return ((day, int(texted), 1) for (day, _), texted in callers.items())


def estimates_followed_up(business: Business, window: Window, sent: Sent) -> Share:
    """Unanswered estimates that were followed up when it was time."""
    sentence = "Estimates still unanswered two days after they were sent, and how many had a follow-up within two days of that."
    why = lacking(business, "estimates", "estimates.sent_on")
    facts = _followed(business, sent) if not why else ()
    return share("estimates-followed-up", "Estimates followed up on schedule", sentence, facts, window, why)


def _followed(business: Business, sent: Sent) -> Iterator[tuple[date, int, int]]:
    records = business.tables["estimates"].records
    for offer in offers(business):
        if offer.sent is None or offer.answer in {"draft", "unclear"}:
            continue
        due = offer.sent + FIRST_NUDGE_AFTER
        moments = sent.get(("estimates", record_id(records[offer.at], READABLE["estimates"]) or ""), ())
        done = any(due <= _local(one, business) <= due + _LATE_BY for one in moments)
        answered = offer.answer != "open" and not moments  # nobody had to follow it up, as far as anybody knows
        if done or (not answered and due + _LATE_BY < business.today):
            yield due, int(done), 1


def notes_complete(business: Business, window: Window) -> Share:
    """Completed jobs whose notes lack nothing."""
    sentence = "Jobs completed, and how many have notes with everything that billing needs."
    why = lacking(business, "jobs", "jobs.completed_on")
    return share("notes-complete", "Notes complete before billing", sentence, _noted(business) if not why else (), window, why)


def _noted(business: Business) -> Iterator[tuple[date, int, int]]:
    gaps = business.tables.get("note_gaps")
    thin = {one.place for one in gaps.records} if gaps else set()
    numbers = {str(one["number"]) for one in gaps.records} if gaps else set()
    jobs = business.tables["jobs"].records
    for at, completed in enumerate(column_of(jobs, "completed_on")):
        day = day_of(completed, business.now)
        if day is not None and meaning(jobs[at]) in {*_DONE, None}:
            lacks = jobs[at].place in thin or (jobs[at]["number"] is not None and str(jobs[at]["number"]) in numbers)
            yield day, int(not lacks), 1


def invoices_reminded(business: Business, window: Window, sent: Sent) -> Share:
    """Open invoices that fell due and of which the customer was reminded on time."""
    sentence = "Invoices that fell due and are still open, and how many had a reminder from four days before until two days after."
    why = lacking(business, "invoices", "invoices.due_on")
    return share("invoices-reminded", "Invoices reminded on time", sentence, _reminded(business, sent) if not why else (), window, why)


def _reminded(business: Business, sent: Sent) -> Iterator[tuple[date, int, int]]:
    records = business.tables["invoices"].records
    for bill in bills(business):
        due = day_of(records[bill.at]["due_on"], business.now)
        if due is None or bill.state != "open":
            continue
        moments = sent.get(("invoices", record_id(records[bill.at], READABLE["invoices"]) or ""), ())
        done = any(due - _REMINDED_FROM <= _local(one, business) <= due + _LATE_BY for one in moments)
        if done or due + _LATE_BY < business.today:
            yield due, int(done), 1


def exceptions_reviewed(business: Business, window: Window) -> Share:
    """What was put before a person, and how much a person has settled."""
    sentence = "Things put before a person, and how many a person has released, settled or done. What settled itself is left out."
    why = "" if "reviews" in business.tables else "nothing has run yet"
    return share("exceptions-reviewed", "Exceptions reviewed by a person", sentence, _reviewed(business) if not why else (), window, why)


def _reviewed(business: Business) -> Iterator[tuple[date, int, int]]:
    for one in business.tables["reviews"].records:
        day = day_of(one["created_at"], business.now)
        if day is not None and one["kind"] != "broken" and one["status"] in _LOOKED_FOR:
            yield day, int(one["status"] in _SETTLED), 1


def questions_replaced(business: Business, window: Window) -> Share:
    """Working days on which somebody asked the program instead of the owner."""
    sentence = "Working days, and on how many somebody looked a thing up with who, why or report instead of asking the owner."
    asked = business.tables.get(ASKED)
    days = {day_of(one["asked_at"], business.now) for one in asked.records} if asked else set()
    both = (window.before().first + timedelta(days=at) for at in range((window.last - window.before().first).days + 1))
    facts = ((day, int(day in days), 1) for day in both if business.is_business_day(day))
    why = "" if asked else "nothing has run yet"
    return share("questions-replaced", "Owner questions replaced", sentence, facts, window, why)


def _local(moment: datetime, business: Business) -> date:
    return moment.astimezone(business.now.tzinfo).date()
