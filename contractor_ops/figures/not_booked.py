"""Estimates that the customer accepted and for which nobody has booked a job."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.offers import NEEDS as OFFERS_NEED
from contractor_ops.figures.offers import named_by_a_job, offers
from contractor_ops.figures.values import Business, Group, Line, group
from contractor_ops.figures.windows import days_ago, said
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.estimates import are_linked
from contractor_ops.views.books.what_counts import days_in, meaning

NOT_BOOKED = "estimates-not-booked"
NOT_BOOKED_NEEDS = (*OFFERS_NEED, "jobs")
_GRACE, _LONGEST = 2, 90
"""Days in which an office books, and after which it has been forgotten or done under another name."""


def not_booked(business: Business) -> Group:
    """Estimates accepted in the last 90 days that no job names, and since when the customer had no job; none where the sheets name no estimates."""
    apart = lacking(business, *NOT_BOOKED_NEEDS) or not are_linked(business.tables)
    lines = in_order(_lines(business)) if not apart else []
    return group(NOT_BOOKED, "Accepted estimates that nobody has booked", lines, "accepted estimate that nobody has booked")


def accepted_on(estimate: Record) -> date | None:
    """The day from which a job may be for an estimate: it was accepted, else sent, else written."""
    return next(iter(days_in(estimate, "approved_on", "sent_on", "created_on")), None)


def fits_a_job(estimate: Record, jobs: Iterable[Record]) -> bool:
    """Whether one of the customer's jobs may be for an estimate that they accepted: it is to be done, or was, on that day or later."""
    since = accepted_on(estimate)
    return any(since is None or not (on := days_in(job, "scheduled_on")) or on[0] >= since for job in jobs)


def _lines(business: Business) -> Iterator[Line]:
    waiting = list(_unnamed(business))
    jobs = _jobs_of({key for record, _ in waiting for key in _keys(record)}, business) if waiting else {}
    for record, since in waiting:
        keys = _keys(record)
        if keys and not fits_a_job(record, (job for key in keys for job in jobs[key])):
            yield _line(record, since, business.today)


def _line(record: Record, since: date, today: date) -> Line:
    verb = "accepted" if record["approved_on"] else "accepted; sent" if record["sent_on"] else "accepted; written"
    total = record["total"]
    why = f"{verb} {said(since, today)}, {days_ago(since, today)}; no job is booked for it"
    return line(record, total if isinstance(total, Decimal) else None, (today - since).days, why)


def _unnamed(business: Business) -> Iterator[tuple[Record, date]]:
    """The estimates that were accepted lately, that name no job and no job names, each with its day."""
    records, named = business.tables["estimates"].records, named_by_a_job(business)
    for one in offers(business):
        record = records[one.at]
        if one.answer == "accepted" and one.at not in named and record["job"] is None and meaning(record) != "converted":
            since = accepted_on(record)
            if since and _GRACE < (business.today - since).days <= _LONGEST:
                yield record, since


def _jobs_of(wanted: Set[str], business: Business) -> Mapping[str, Sequence[Record]]:
    """The jobs of some customers, by each thing that tells whose they are."""
    found: dict[str, list[Record]] = {key: [] for key in wanted}
    for job in business.tables["jobs"].records:
        for key in _keys(job) & wanted:
            found[key].append(job)
    return found


def _keys(paper: Record) -> set[str]:
    """What tells whose a paper is: a name that two customers share is rather booked than told in vain."""
    numbers = (number.partition(";")[0] for number in str(paper["phone"] or "").split(", "))
    return {normal_name(str(paper["customer"] or "")), str(paper["customer_number"] or ""), *numbers} - {""}
