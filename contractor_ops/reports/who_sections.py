"""The sections of the answer about whoever is on the line, each as lines."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import shorten

from contractor_ops.reports.format import age, day, days_since, listed, moment, money
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.who import Age, Answer, Caller, Said, Stop
from contractor_ops.reports.who_papers import Done, Offer, Request, Visit
from contractor_ops.reports.who_parts import FEW, MARGIN, UNDER, more, note_lines, nothing, section, when

_WORDS = 120


def aged(one: Age, now: datetime) -> str:
    """How old a source is, for the middle of a sentence."""
    if one.at is None:
        return "read live" if one.live else "read just now"
    days = days_since(one.at, now)
    if isinstance(one.at, datetime):
        clock, done = moment(one.at, now).rpartition(", ")[2], "read live, last changed" if one.live else "saved"
        return f"{done} today at {clock}" if days == 0 else f"{done} {day(one.at, now)} ({age(days)} ago)"
    return f"of {day(one.at, now)}" + (f" ({age(days)} ago)" if days else "")


def visits_lines(visits: Sequence[Visit], answer: Answer) -> Iterator[str]:
    """What is booked, and what was to be done and is not marked as done."""
    lines = [line for visit in visits[:FEW] for line in _visit(visit, answer)] + more(visits)
    yield from section("NEXT VISIT", lines or [nothing("None is booked.", answer, "jobs", "visits")])


def _visit(visit: Visit, answer: Answer) -> Iterator[str]:
    now, on = answer.now, visit.when.date() if isinstance(visit.when, datetime) else visit.when
    late = "not marked as done: was for " if on and on < now.date() else "no day yet" if on is None else ""
    told = "" if on is None else when(visit.when, now)
    until = f" to {moment(visit.until, now).rpartition(', ')[2]}" if visit.until and on else ""
    yield f"{MARGIN}{late}{told}{until} · {visit.technician or 'no technician yet'} · {visit.title or visit.what}"
    confirmed = {True: "confirmed", False: "not confirmed", None: ""}[visit.confirmed]
    booked = f"booked {day(visit.booked_on, now)}" if visit.booked_on else ""
    file = next((one for one in answer.sources if visit.place.file in one.file), None)
    known = f"as {file.file} was {aged(file, now)}" if file else ""
    yield f"{UNDER}{', '.join(part for part in (visit.what, visit.status or '', confirmed, booked, known) if part)}"
    if visit.address:
        yield f"{UNDER}{visit.address}"
    yield from note_lines(visit.note)


def estimates_lines(found: Sequence[Offer], answer: Answer) -> Iterator[str]:
    """Estimates and changes that are not settled."""
    if "estimates" in answer.not_kept and not found:
        return
    lines = [line for one in found[:FEW] for line in (f"{MARGIN}{_estimate(one, answer.now)}", *note_lines(one.note))] + more(found)
    yield from section("OPEN ESTIMATES", lines or [nothing("None.", answer, "estimates")])


def requests_lines(found: Sequence[Request], now: datetime) -> Iterator[str]:
    """What was asked for and is not answered."""
    yield from section("ASKED FOR", [f"{MARGIN}{_request(one, now)}" for one in found[:FEW]] + more(found))


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
    lines = [line for job in caller.jobs[:FEW] for line in _job(job, answer.now, several)] + more(caller.jobs)
    yield from section(f"JOBS OF THE LAST YEAR ({len(caller.jobs)})", lines or [f"{MARGIN}None."])


def _job(job: Done, now: datetime, several: bool) -> Iterator[str]:
    on = day(job.on, now) if job.on else "no day"
    yield f"{MARGIN}{' · '.join(part for part in (job.number, on, job.status or '', job.technician or '', job.title) if part)}"
    if several and job.address:
        yield f"{UNDER}at {job.address}"
    yield from note_lines(job.note)


def stopped_lines(stops: Sequence[Stop]) -> Iterator[str]:
    """What stands still, why, and what to type about it."""
    lines = []
    for stop in stops:
        lines.append(f"{MARGIN}{stop.what}: {one_line(stop.why)}")
        lines += [f"{UNDER}{stop.remedy}"] if stop.remedy else []
    yield from section("WHAT STANDS STILL, AND WHY", lines)


def unclear_lines(caller: Caller) -> Iterator[str]:
    """What may be somebody else's."""
    lines = [f"{MARGIN}Called the same, and kept apart: {one}" for one in caller.namesakes[:FEW]]
    if caller.unclear:
        lines.append(f"{MARGIN}Names only {caller.names[0]}, so it may be somebody else's: {listed(caller.unclear[:FEW])}")
    yield from section("NOT SURE", lines)
