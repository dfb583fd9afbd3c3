"""The sections of the answer about whoever is on the line, each as lines."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from textwrap import shorten

from contractor_ops.reports.format import age, count, day, days_since, listed, moment, money
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.who import Age, Agreed, Answer, Bill, Caller, Done, Offer, Paid, Request, Said, Stop, Visit

MARGIN = "  "
FEW = 5
_UNDER = "    "
_WIDTH = 80
_WORDS = 120


def section(title: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading with its lines, nothing where there are none."""
    if lines:
        yield ""
        yield title
        yield from lines


def aged(one: Age, now: datetime) -> str:
    """How old a source is, for the middle of a sentence."""
    if one.at is None:
        return "read just now"
    days = days_since(one.at, now)
    if isinstance(one.at, datetime):
        clock = moment(one.at, now).rpartition(", ")[2]
        return f"saved today at {clock}" if days == 0 else f"saved {day(one.at, now)} ({age(days)} ago)"
    return f"of {day(one.at, now)}" + (f" ({age(days)} ago)" if days else "")


def _when(value: date | datetime | None, now: datetime) -> str:
    if value is None:
        return "no day"
    told = day(value, now)
    if isinstance(value, datetime) and (value.hour or value.minute):
        told = moment(value, now)
    on = value.date() if isinstance(value, datetime) else value
    return f"TODAY, {told}" if on == now.date() else told


def visits_lines(visits: Sequence[Visit], answer: Answer) -> Iterator[str]:
    """What is booked, and what was to be done and is not marked as done."""
    lines = [line for visit in visits[:FEW] for line in _visit(visit, answer)] + _more(visits)
    yield from section("NEXT VISIT", lines or [nothing("None is booked.", answer, "jobs", "visits")])


def _visit(visit: Visit, answer: Answer) -> Iterator[str]:
    now, on = answer.now, visit.when.date() if isinstance(visit.when, datetime) else visit.when
    late = "not marked as done: was for " if on and on < now.date() else "no day yet" if on is None else ""
    when = "" if on is None else _when(visit.when, now)
    until = f" to {moment(visit.until, now).rpartition(', ')[2]}" if visit.until and on else ""
    yield f"{MARGIN}{late}{when}{until} · {visit.technician or 'no technician yet'} · {visit.title or visit.what}"
    confirmed = {True: "confirmed", False: "not confirmed", None: ""}[visit.confirmed]
    booked = f"booked {day(visit.booked_on, now)}" if visit.booked_on else ""
    file = next((one for one in answer.sources if visit.place.file in one.file), None)
    known = f"as {file.file} was {aged(file, now)}" if file else ""
    yield f"{_UNDER}{', '.join(part for part in (visit.what, visit.status or '', confirmed, booked, known) if part)}"
    if visit.address:
        yield f"{_UNDER}{visit.address}"
    yield from _note(visit.note)


def estimates_lines(found: Sequence[Offer], answer: Answer) -> Iterator[str]:
    """Estimates and changes that are not settled."""
    if "estimates" in answer.not_kept and not found:
        return
    lines = [line for one in found[:FEW] for line in (f"{MARGIN}{_estimate(one, answer.now)}", *_note(one.note))] + _more(found)
    yield from section("OPEN ESTIMATES", lines or [nothing("None.", answer, "estimates")])


def requests_lines(found: Sequence[Request], now: datetime) -> Iterator[str]:
    """What was asked for and is not answered."""
    yield from section("ASKED FOR", [f"{MARGIN}{_request(one, now)}" for one in found[:FEW]] + _more(found))


def _request(request: Request, now: datetime) -> str:
    received = f"asked on {day(request.received_on, now)}" if request.received_on else ""
    answered = f"answered {day(request.contacted_on, now)}" if request.contacted_on else "no answer is noted"
    return " · ".join(part for part in (request.number, received, request.status or "", answered, request.title) if part)


def _estimate(offer: Offer, now: datetime) -> str:
    sent = f"sent {day(offer.sent_on, now)}" if offer.sent_on else f"made {day(offer.created_on, now)}" if offer.created_on else ""
    ago = f" ({age(offer.days)}{' ago' if offer.days else ''})" if offer.days is not None else ""
    over = offer.expires_on is not None and offer.expires_on < now.date()
    expires = f"{'EXPIRED' if over else 'expires'} {day(offer.expires_on, now)}" if offer.expires_on else ""
    parts = [offer.number, money(offer.amount) or "amount not known", f"{sent}{ago}", expires, offer.title, offer.remark]
    return " · ".join(part for part in parts if part)


def money_lines(caller: Caller, answer: Answer) -> Iterator[str]:
    """What is owed, what came in lately and what was agreed."""
    if not answer.knows("invoices"):
        yield from section("OWES", [nothing("", answer, "invoices")])
        return
    bills = caller.invoices
    lines = [line for bill in bills[:FEW] for line in (f"{MARGIN}{_bill(bill, answer.now)}", *_note(bill.note))] + _more(bills)
    lines += [f"{MARGIN}Paid: {_paid(one, answer.now)}" for one in caller.payments[:3]]
    lines += [f"{MARGIN}Agreed: {_agreed(one, answer.now)}" for one in caller.agreed[:FEW]]
    yield from section(f"OWES{_total(caller)}", lines or [f"{MARGIN}No invoice is open, and nothing came in during the last 90 days."])


def _total(caller: Caller) -> str:
    unknown = count(sum(bill.owed is None for bill in caller.invoices), "invoice")
    known = [bill.owed for bill in caller.invoices if bill.owed is not None]
    if not known:
        return f": NOT KNOWN, the sheet does not tell it of {unknown}" if caller.invoices else " NOTHING"
    late = sum((bill.owed for bill in caller.invoices if bill.owed and bill.days_late), Decimal(0))
    more = f", and {unknown} of which it is not known" if len(known) < len(caller.invoices) else ""
    return f" {money(caller.owed)}{f', {money(late)} of it late' if late else ''}{more}"


def _bill(bill: Bill, now: datetime) -> str:
    due = f"due {day(bill.due_on, now)}" if bill.due_on else "no due day"
    late = f"{count(bill.days_late, 'day')} LATE" if bill.days_late else ""
    known = money(bill.owed) if bill.owed is not None else f"total {money(bill.total) or 'not known'}"
    return " · ".join(part for part in (bill.number, known, due, late, bill.title, bill.remark) if part)


def _paid(paid: Paid, now: datetime) -> str:
    what = f"invoice {paid.invoice}" if paid.invoice else "for no invoice that is named"
    return " · ".join(part for part in (money(paid.amount), day(paid.on, now) if paid.on else "", paid.method, what) if part)


def _agreed(agreed: Agreed, now: datetime) -> str:
    said = f"{day(agreed.said_at, now)}: " if agreed.said_at else ""
    return f"{said}{agreed.words}{f', for {day(agreed.for_day, now)}' if agreed.for_day and agreed.said_at else ''}"


def messages_lines(caller: Caller, now: datetime) -> Iterator[str]:
    """The last words in both directions."""
    none = [f"{MARGIN}None that this program sent or fetched."] if caller.papers else []
    yield from section("LAST MESSAGES", [_said(one, now) for one in caller.messages] or none)


def _said(said: Said, now: datetime) -> str:
    ways = {"sms": ("we texted", "they texted"), "email": ("we wrote", "they wrote")}
    way = ways.get(said.channel, ("we wrote", "they wrote"))[0 if said.ours else 1]
    state = "" if said.state in {"sent", "queued", ""} else f" ({said.state.replace('_', ' ')})"
    words = one_line(said.words) or "words not kept"
    return f'{MARGIN}{moment(said.at, now)}: {way}{state}: "{shorten(words, _WORDS, placeholder=" …")}"'


def calls_lines(caller: Caller, now: datetime) -> Iterator[str]:
    """The last calls, and whether somebody called back."""
    lines = [f"{MARGIN}{moment(one.at, now)}: {'we called' if one.ours else 'they called'}, {one_line(one.words)}" for one in caller.calls]
    if caller.called_back is not None:
        lines.append(f"{MARGIN}{'Somebody has called back since.' if caller.called_back else 'NOBODY HAS CALLED BACK.'}")
    yield from section("LAST CALLS", lines)


def jobs_lines(caller: Caller, answer: Answer) -> Iterator[str]:
    """The jobs of the last year, each with the beginning of its note."""
    if not answer.knows("jobs"):
        return
    several = len(caller.addresses) > 1
    lines = [line for job in caller.jobs[:FEW] for line in _job(job, answer.now, several)] + _more(caller.jobs)
    yield from section(f"JOBS OF THE LAST YEAR ({len(caller.jobs)})", lines or [f"{MARGIN}None."])


def _job(job: Done, now: datetime, several: bool) -> Iterator[str]:
    on = day(job.on, now) if job.on else "no day"
    yield f"{MARGIN}{' · '.join(part for part in (job.number, on, job.status or '', job.technician or '', job.title) if part)}"
    if several and job.address:
        yield f"{_UNDER}at {job.address}"
    yield from _note(job.note)


def stopped_lines(stops: Sequence[Stop]) -> Iterator[str]:
    """What stands still, why, and what to type about it."""
    lines = []
    for stop in stops:
        lines.append(f"{MARGIN}{stop.what}: {one_line(stop.why)}")
        lines += [f"{_UNDER}{stop.remedy}"] if stop.remedy else []
    yield from section("WHAT STANDS STILL, AND WHY", lines)


def unclear_lines(caller: Caller) -> Iterator[str]:
    """What may be somebody else's."""
    lines = [f"{MARGIN}Called the same, but not by the same number: {one}" for one in caller.namesakes[:FEW]]
    if caller.unclear:
        lines.append(f"{MARGIN}Names only {caller.names[0]}, so it may be somebody else's: {listed(caller.unclear[:FEW])}")
    yield from section("NOT SURE", lines)


def _note(note: str) -> Iterator[str]:
    if note:
        yield f"{_UNDER}{shorten(note, _WIDTH - len(_UNDER), placeholder=' …')}"


def nothing(said: str, answer: Answer, *tables: str) -> str:
    """That there is nothing, only where there was a sheet to ask."""
    if unread := sorted(answer.not_read.intersection(tables)):
        return f"{MARGIN}Not known: {listed(unread)} could not be read."
    kept = any(answer.knows(table) for table in tables)
    return f"{MARGIN}{said if kept else f'Your office keeps no {tables[0]} sheet.'}"


def _more(found: Sequence[object]) -> list[str]:
    left = len(found) - FEW
    return [f"{MARGIN}and {left} more: --format json has all"] if left > 0 else []
