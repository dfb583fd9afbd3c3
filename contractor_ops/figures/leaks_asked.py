"""Who asked and was not answered: leads, and callers whom nobody called back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.leak import Leak, Sure, Untold, days_of
from contractor_ops.figures.leaks_offered import Worth, worth
from contractor_ops.figures.unanswered import CALLS_NEED, LEADS_NEED, unanswered_calls, unanswered_leads
from contractor_ops.figures.values import Business, Line
from contractor_ops.figures.windows import days_in, said
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.customers import Customers
from contractor_ops.views.books.what_counts import meaning
from contractor_ops.views.catalogue import READABLE
from contractor_ops.views.moments import day_of

LOOKED_BACK = 90
"""Days of calls and leads that are looked at: who asked earlier has gone elsewhere."""
_CALLS, _LEADS = "Missed calls, never called back", "Leads that nobody answered"
_DEALT_WITH = {
    "estimates": ("created_on", "sent_on"), "jobs": ("created_on", "booked_on", "scheduled_on", "completed_on"), "invoices": ("issued_on", "sent_on"),
}  # fmt: skip
"""Papers that show that somebody has talked to a customer, and their days."""
Claimed = frozenset[tuple[str, str]]


def leads_unanswered(business: Business, claimed: Claimed) -> Leak | Untold:
    """Leads of these days that nobody has called or written to, and for whom no paper was made since."""
    if why := lacking(business, *LEADS_NEED, *(f"{name}?" for name in _DEALT_WITH)):
        return Untold("leads-unanswered", _LEADS, why)
    days = days_in(column_of(business.tables["leads"].records, "received_on"), business.now)
    recent = [day for day in days if day is None or _is_due(day, business)]
    if not recent:
        return Untold("leads-unanswered", _LEADS, _none_lately("lead", days, business.today))
    dealt, keys = _dealt_with(business), _keys_of_leads(business)
    waiting = tuple(
        line for line in unanswered_leads(business).lines
        if (line.days is None or _is_due(business.today - timedelta(days=line.days), business)) and not _was_dealt_with(line, keys, dealt, business.today)
    )  # fmt: skip
    money, how, sure, because = _expected(
        len(waiting), "leads" if len(waiting) != 1 else "lead", worth(business), "not every lead asks for an estimate"
    )
    return Leak(
        "leads-unanswered", _LEADS,
        f"Leads of the last {LOOKED_BACK} days that came a business day ago or longer and are new, without a call, estimate, job or invoice since; of all.",
        len(waiting), len(recent), "leads", money, how, sure, because, len(recent), ("leads",), days_of(recent, business.today), "lead-reply",
        waiting,
    )  # fmt: skip


def calls_unanswered(business: Business, claimed: Claimed) -> Leak | Untold:
    """Callers of these days whom nobody reached, called back or texted, and who did not get through later."""
    if why := lacking(business, *CALLS_NEED):
        return Untold("calls-unanswered", _CALLS, why)
    log, missed = business.tables["calls"], business.tables["missed_calls"]
    days = days_in(column_of(log.records, "started_at"), business.now)
    recent = [day for day in days if day is not None and _is_due(day, business)]
    if not recent:
        return Untold("calls-unanswered", _CALLS, _none_lately("call", days, business.today))
    due = [row for row in missed.records if (day := day_of(row["started_at"], business.now)) is None or _is_due(day, business)]
    told = _phones_of_claimed_leads(business, claimed)
    rows = {record_id(row, READABLE["missed_calls"]): row for row in due if _digits(row) not in told}
    judged = replace(business, tables={**business.tables, "missed_calls": replace(missed, records=[*rows.values()])})
    callers = unanswered_calls(judged).lines
    strangers = sum(not row["known"] for line in callers if (row := rows.get(line.record)) is not None)
    money, how, sure, because = _expected(strangers, "unknown", worth(business), "not every caller wants an estimate")
    if not _shows_calls_out(log):
        sure, because = "a guess", f"{because}; the log shows no calls from the office, so a call back would not be seen"
    return Leak(
        "calls-unanswered", _CALLS,
        f"Callers of the last {LOOKED_BACK} days whose call was missed a business day ago or longer, and who have not been reached since; of all.",
        len(callers), len({str(row["phone"] or row["number"] or row.place) for row in due}), "missed callers", money, how, sure, because,
        len(recent), ("calls",), days_of(recent, business.today), "missed-call-text-back", callers,
    )  # fmt: skip


def _is_due(day: date, business: Business) -> bool:
    """Whether somebody has had a business day to answer, and it is not too long ago to matter."""
    ago = (business.today - day).days
    return ago <= LOOKED_BACK and any(business.is_business_day(day + timedelta(days=later)) for later in range(ago))


def _expected(number: int, one: str, value: Worth, doubt: str) -> tuple[Decimal | None, str, Sure, str]:
    """What so many are worth, how that was found, how sure it is and why."""
    many = f"{number:,} {one}"
    if not number:
        return None, f"none {one}" if one == "unknown" else "none", "sure", "each was looked up in the other sheets"
    if not value.known or value.typical is None:
        lacks = value.said if not value.known else "no usual estimate: too few accepted ones with a total"
        return None, f"{many}, {lacks}", "fairly sure", "no other sheet shows that somebody answered"
    return value.of(value.typical * number), f"{many} × {value.said} × ${value.typical:,.0f} usual estimate", "a guess", doubt


def _none_lately(one: str, days: list[date | None], today: date) -> str:
    newest = max((day for day in days if day is not None and day <= today), default=None)
    last = f"; the newest is of {said(newest, today)}" if newest else ""
    return f"no {one} in the last {LOOKED_BACK} days{last}"


def _dealt_with(business: Business) -> dict[str, date]:
    """The last day on which a paper or a call shows that somebody dealt with a customer, by phone, e-mail and number."""
    found: dict[str, date] = {}
    for key, day in _traces(business):
        found[key] = max(day, found.get(key, day))
    return found


def _traces(business: Business) -> Iterator[tuple[str, date]]:
    for name, columns in _DEALT_WITH.items():
        table = business.tables.get(name)
        records = table.records if table else ()
        who = Customers(records)
        for column in columns if records else ():
            for at, day in enumerate(days_in(column_of(records, column), business.now)):
                if day is not None:
                    yield from ((key, day) for key in who.keys(at) if not key.startswith("name "))
    log = business.tables.get("calls")
    for call, day in zip(log.records, days_in(column_of(log.records, "started_at"), business.now), strict=True) if log else ():
        if day is not None and (key := _digits(call)) and meaning(call) in {"answered", None}:
            yield key, day


def _keys_of_leads(business: Business) -> dict[str, set[str]]:
    records = business.tables["leads"].records
    who = Customers(records)
    return {
        record_id(one, READABLE["leads"]) or "": {key for key in who.keys(at) if not key.startswith("name ")}
        for at, one in enumerate(records)
    }


def _was_dealt_with(line: Line, keys: dict[str, set[str]], dealt: dict[str, date], today: date) -> bool:
    """Whether something was done for the customer on the day of the lead or since."""
    latest = max((dealt[key] for key in keys.get(line.record, ()) if key in dealt), default=None)
    return latest is not None and line.days is not None and (today - latest).days <= line.days


def _phones_of_claimed_leads(business: Business, claimed: Claimed) -> set[str]:
    if "leads" not in business.tables:
        return set()
    named = {record for table, record in claimed if table == "leads"}
    return {key for record, keys in _keys_of_leads(business).items() if record in named for key in keys if key.isdigit()}


def _digits(call: Record | None) -> str:
    """The last ten figures of whoever is not the office."""
    if call is None:
        return ""
    outgoing = _is_out(call)
    number = str((call["to"] if outgoing else call["from"]) or call["phone"] or "").partition(";")[0]
    return "".join(filter(str.isdigit, number))[-10:]


def _is_out(call: Record) -> bool:
    return str(call["direction"] or "").casefold().startswith("out")


def _shows_calls_out(log: Table) -> bool:
    return any(str(one or "").casefold().startswith("out") for one in set(column_of(log.records, "direction")))
