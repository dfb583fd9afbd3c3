"""A gap as a row of the billing check: its name, its money, the papers that show it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Value
from contractor_ops.views.billing.case import Case, Gap, Work, day_in
from contractor_ops.views.billing.collected import told_collected
from contractor_ops.views.billing.sums import agreed
from contractor_ops.views.view import Given


def values_of(case: Case, gap: Gap, given: Given, used_twice: frozenset[str]) -> dict[str, Value]:
    """The cells of a gap's row. `used_twice` are job numbers that stand for several customers."""
    works = gap.works or tuple(case.works)
    job = works[0].rows[-1] if works else None
    for record in (job, gap.paper):
        if record is not None:
            complete_record(record, TABLES[record.table], given.country)
    papers = [record for record in (job, gap.paper, *gap.named, *case.books.invoices, *case.books.estimates) if record is not None]
    return {
        **{name: _first(papers[:1] if name in {"notes", "title"} and job else papers, name) for name in
           ("customer", "customer_number", "phone", "email", "address", "title", "job_type", "technician", "notes")},
        "number": f"{_named(works, gap, used_twice)}/{gap.key}", "gap": gap.kind, "job": _jobs(works, gap),
        "status": job["status"] if job is not None else gap.paper["status"],
        "completed_on": max((work.done_on for work in works if work.done_on), default=None), "amount": gap.amount,
        "agreed": gap.agreed if gap.agreed is not None else agreed(case), "billed": case.billed if case.live else None, "collected": told_collected(case),
        "estimate": _numbers([*case.accepted, *(one for one in gap.named if one.table == "estimates")]), "invoice": _numbers(case.live),
        "change_order": _numbers([one for one in gap.named if one.table == "change_orders"]), "found_in": _found_in(works, gap),
        "since": _since(case, gap, works, given), "ended_because": None, "no_message_because": None,
        "review_because": "; ".join(dict.fromkeys((*gap.review, *case.books.unsure))) or None, "because": gap.because, "falls_to": None,
    }  # fmt: skip


def _first(papers: Iterable[Record], column: str) -> Value:
    return next((cell for paper in papers if (cell := paper[column]) is not None), None)


def _named(works: Sequence[Work], gap: Gap, used_twice: frozenset[str]) -> str:
    """What the gap's name begins with: the job's number, else what tells the job or the paper from others."""
    if not works:
        return str(gap.paper["job"] or "no job")
    first = works[0]
    if not first.number:
        return record_id(first.rows[0], TABLES["jobs"]) or "job without a number"
    return f"{first.number} ({first.rows[0]['customer'] or 'no customer'})" if first.number in used_twice else first.number


def _jobs(works: Sequence[Work], gap: Gap) -> str | None:
    if not works:
        return str(gap.paper["job"]) if gap.paper["job"] else None
    return ", ".join(work.number for work in works if work.number) or None


def _numbers(papers: Iterable[Record]) -> str | None:
    return ", ".join(dict.fromkeys(str(one["number"]) for one in papers if one["number"])) or None


def _found_in(works: Sequence[Work], gap: Gap) -> str:
    rows = [row for work in works for row in work.rows]
    return "; ".join(dict.fromkeys(str(one.place) for one in (gap.paper, *rows, *gap.named)))


def _since(case: Case, gap: Gap, works: Sequence[Work], given: Given) -> date:
    """The day that the gap counts from, never ahead; where no paper has one, yesterday."""
    today = given.now.date()
    others = (day_in(row, "completed_on", "scheduled_on", "starts_at", "booked_on", "created_on") for work in works for row in work.rows)
    papers = (day_in(one, "issued_on", "approved_on", "requested_on", "created_on", "sent_on") for one in (gap.paper, *gap.named))
    known = (day for day in (*gap.since, *others, *papers) if day is not None and day <= today)
    return next(known, today - timedelta(days=1))
