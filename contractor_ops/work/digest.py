"""The owner's summary, put together: figures of the sheets, what the ledger remembers, and what did not run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.config import people_names
from contractor_ops.figures.automation import measured
from contractor_ops.figures.not_booked import not_booked
from contractor_ops.figures.offers import by_age, close_rate
from contractor_ops.figures.receivables import OVERDUE, Promise, overdue, promises_broken
from contractor_ops.figures.signals import CALLS, signals
from contractor_ops.figures.trends import trends
from contractor_ops.figures.turnaround import cannot_be_billed, collected_in_time, days_to_invoice, days_to_pay, not_billed
from contractor_ops.figures.unanswered import unanswered_calls, unanswered_leads
from contractor_ops.figures.untold import untold
from contractor_ops.figures.values import Average, Business, Group, Line, Series, Share, Window, group
from contractor_ops.figures.week_ahead import papers_expired, week_ahead
from contractor_ops.figures.whole_jobs import job_key
from contractor_ops.figures.windows import last_days
from contractor_ops.office import Office
from contractor_ops.recipe import Recipe
from contractor_ops.reports.digest import DANGERS, Digest, DigestKind
from contractor_ops.reports.format import count, money
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.books.numbers import numbers_written
from contractor_ops.work.business import business_of
from contractor_ops.work.digest_done import done_since
from contractor_ops.work.digest_gaps import billing_gaps
from contractor_ops.work.digest_hands import hands_of, lapsed, settled
from contractor_ops.work.digest_keys import keys_of
from contractor_ops.work.digest_marks import marked
from contractor_ops.work.digest_queue import queue_of, spoilt
from contractor_ops.work.digest_ratings import ratings_since
from contractor_ops.work.digest_runs import automation, troubles
from contractor_ops.work.digest_since import since_of

_WEEK, _MONTH = 7, 28
LAPSED = 90
"""Days after which an unanswered estimate is history, not a decision."""
_LATE = frozenset({*OVERDUE, "no-date"})


def digest_of(office: Office, kind: DigestKind, now: datetime, since: datetime | None = None) -> Digest:
    """The digest at a moment, of what happened `since` then, or since the last one of its kind left. Nothing is written."""
    business, ages = business_of(office, now)
    recipes = office.recipes()
    since = since or since_of(office, kind, now)
    hands, keys = hands_of(office, since, now), keys_of(business)
    week, ageing = last_days(business.today, _WEEK), overdue(business)
    needs = list(_needs(office, business, ageing))
    queue, reasons = queue_of(office, now)
    trouble = (*troubles(office, business, recipes, ages, since), *lapsed(hands))
    titles = {recipe.key: recipe.title for recipe in recipes}
    weekly = kind == "weekly"
    return Digest(
        office.config.office.name, kind, now, since, people_names(office.config.people),
        needs=tuple(sorted((one for one in marked(_owned(needs, office, recipes), office, keys, now) if len(one)), key=_weight)),
        ageing=tuple(one for one in ageing if len(one) or one.key in {"not-due", *OVERDUE}),
        queue=queue, reasons=reasons, spoilt=spoilt(office, business),
        done=tuple(done_since(office, titles, since, now)), ratings=ratings_since(office, since, now), settled=tuple(settled(office, hands, now)),
        signals=_shares(business, week),
        averages=_averages(business),
        trouble=trouble, automation=automation(office, recipes, trouble),
        sources=tuple(ages),
        ahead=tuple(_owned(week_ahead(business), office, recipes)),
        trends=_trends(business) if weekly else (),
        measured=measured(business, titles, last_days(business.today, _MONTH)) if weekly else (),
        left_out=tuple(_left_out(business, weekly=weekly)),
    )  # fmt: skip


def _weight(one: Group) -> tuple[bool, bool, Decimal, int]:
    """Dangers first, then what weighs most of what nobody has in hand."""
    money = sum((line.amount for line in one.waiting if line.amount is not None), Decimal(0))
    return one.key != DANGERS or not one.waiting, not one.waiting, -money, -len(one.waiting)


def _needs(office: Office, business: Business, ageing: Sequence[Group]) -> Iterator[Group]:
    """What wants a decision. A document stands in one group only, the one that says most about it; work is told once, by its job."""
    yield _dangers(business)
    broken = promises_broken(business, _promises(office))
    yield broken
    promised = {(line.record, line.place) for line in broken.lines}
    late = [line for one in ageing if one.key in _LATE for line in one.lines if (line.record, line.place) not in promised]
    yield group("overdue", "Overdue invoices", late, "overdue invoice")
    yield from (one for one in ageing if one.key == "disputed")
    thin = cannot_be_billed(business)
    yield thin
    held = {job_key(line.record, line.customer) for line in thin.lines}
    after = business.config.billing.not_invoiced_after
    grace = after.amount if after.unit == "business days" else after.as_timedelta().days  # whole days are near enough for a list
    done = (line for line in not_billed(business).lines if line.days is None or line.days >= grace)
    rest = [line for line in done if job_key(line.record, line.customer) not in held]
    yield group("jobs-not-billed", "Finished jobs not billed", rest, "finished job not billed")
    told = {job_key(line.record, line.customer) for line in (*thin.lines, *rest)}
    yield billing_gaps(business, told)
    agreed = _estimates_of(business, {number for number, _ in told})
    for one in by_age(business):
        if one.key != "estimates-fresh":
            yield replace(one, lines=tuple(line for line in one.lines if line.record not in agreed and (line.days or 0) <= LAPSED))
    unbooked = not_booked(business)
    yield replace(unbooked, lines=tuple(line for line in unbooked.lines if line.record not in agreed))
    yield unanswered_leads(business)
    yield _unanswered_calls(business)
    yield papers_expired(business)


def _unanswered_calls(business: Business) -> Group:
    """Those of two weeks: who was not called back by Wednesday has not been called back on Thursday either."""
    long = business.tables.get(CALLS)
    return unanswered_calls(replace(business, tables={**business.tables, "missed_calls": long}) if long else business)


def _dangers(business: Business) -> Group:
    """What technicians wrote of danger in the last days' notes, whether a recipe has looked yet or not."""
    view = business.tables.get("note_flags")
    rows = [one for one in (view.records if view else ()) if one["urgent"] is True]
    found = [
        Line(f"job {one['job']}", str(one["customer"] or ""), _called(one), None, _age(one["noted_on"], business.today), str(one["falls_to"] or ""),
             "note_flags", str(one["number"]), one.place)
        for one in rows
    ]  # fmt: skip
    return group(DANGERS, "Dangers in job notes", found, "danger in a job note")


def _called(flag: Record) -> str:
    return f"{flag['because']}; {flag['phone']}" if flag["phone"] else str(flag["because"])


def _age(day: Value, today: date) -> int | None:
    return (today - (day.date() if isinstance(day, datetime) else day)).days if isinstance(day, date) else None


def _estimates_of(business: Business, jobs: set[str]) -> set[str]:
    """The estimates of these jobs: their money is told with the job."""
    tables = {name: business.tables[name].records if name in business.tables else () for name in ("jobs", "estimates")}
    named = {number for job in tables["jobs"] if str(job["number"]) in jobs for number in numbers_written(job["estimate"])}
    return named | {str(one["number"]) for one in tables["estimates"] if not jobs.isdisjoint(numbers_written(one["job"]))}


def _promises(office: Office) -> Iterator[Promise]:
    """What customers promised on the telephone."""
    for one in office.ledger.outcomes() if office.ledger_file.exists() else ():
        if one.promised_on is not None:
            yield Promise(one.customer or "", one.record if one.table == "invoices" else "", one.promised_on, one.at, one.address or "")


def _left_out(business: Business, *, weekly: bool) -> Iterator[str]:
    """What is not told, and why."""
    yield from _missing(business)
    yield from _lapsed(business)
    yield from dict.fromkeys(note for one in trends(business) for note in one.notes) if weekly else ()


def _missing(business: Business) -> Iterator[str]:
    """Lists that an unreadable sheet keeps from being made: an empty one would be no good news."""
    return (f'"{one.title}" is missing: {one.why}.' for one in untold(business))


def _lapsed(business: Business) -> Iterator[str]:
    """What is too old to be decided on, in a sentence."""
    old = [line for one in by_age(business) if one.key != "estimates-fresh" for line in one.lines if (line.days or 0) > LAPSED]
    if old:
        worth = money(sum((line.amount or Decimal(0) for line in old), Decimal(0)))
        many = f"{count(len(old), 'estimate')} without an answer for more than {LAPSED} days ({worth})"
        yield f"{many} {'is' if len(old) == 1 else 'are'} left out: close what is lost in the sheet."


def _shares(business: Business, window: Window) -> tuple[Share, ...]:
    month = last_days(business.today, _MONTH)
    return (*signals(business, window), close_rate(business), collected_in_time(business, month))


def _averages(business: Business) -> tuple[Average, ...]:
    """Over four weeks: a week of a small office has too few."""
    month = last_days(business.today, _MONTH)
    return days_to_invoice(business, month), days_to_pay(business, month)


def _trends(business: Business) -> tuple[tuple[Series, Series | None], ...]:
    """Pairs that are drawn together: what was invoiced and collected, what was offered and won; overdue by itself."""
    found: Mapping[str, Series] = {one.key: one for one in trends(business)}
    pairs = (("invoiced", "collected"), ("overdue", ""), ("estimates-sent", "estimates-won"))
    drawn = ((found.get(first), found.get(second)) for first, second in pairs)
    return tuple(
        (bars, line if line is not None and line.values else None) for bars, line in drawn if bars is not None and any(bars.values)
    )


def _owned(groups: Iterable[Group], office: Office, recipes: Sequence[Recipe]) -> Iterator[Group]:
    """Each line with a person: the one that it names, the owner of the recipe that reads its table, else whoever keeps the office."""
    owners = {recipe.reads: recipe.owner for recipe in reversed(recipes)} | {
        table: recipe.owner for recipe in recipes for table in _ALSO.get(recipe.reads, ())
    }
    people = office.config.people
    anybody = "office" if "office" in people else next(iter(people), "")
    for one in groups:
        lines = tuple(replace(line, owner=line.owner or owners.get(line.table, anybody)) for line in one.lines)
        yield replace(one, lines=lines)


_ALSO = {"ready_to_bill": ("jobs",), "booking": ("jobs",)}
"""Views whose recipe's owner has the rows of another table too."""
