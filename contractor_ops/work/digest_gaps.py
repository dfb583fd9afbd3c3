"""Billing gaps as the digest tells them: a line for each job, with every reason."""

from collections.abc import Iterator, Sequence, Set
from datetime import date, datetime
from decimal import Decimal

from contractor_ops.figures.leaks_billed import slips
from contractor_ops.figures.values import Business, Group, Line, group
from contractor_ops.figures.whole_jobs import JobKey, job_key
from contractor_ops.tables.record import Record
from contractor_ops.views.books.numbers import numbers_written
from contractor_ops.work.digest_keys import about_job

_WHOLE_JOB = frozenset({"not invoiced", "no accepted estimate", "deposit not taken"})
"""Gaps whose amount is all that a job is worth."""


def billing_gaps(business: Business, told: Set[JobKey]) -> Group:
    """What was not billed as it was agreed. Gaps that are about a whole job that has been told already are not told again."""
    rows = [row for row in _rows(business) if row["gap"] not in _WHOLE_JOB or told.isdisjoint(_jobs(row))]
    jobs: dict[str, list[Record]] = {}
    for row in rows:
        jobs.setdefault(about_job(str(row["job"]), str(row["customer"] or "")) if row["job"] else str(row["number"]), []).append(row)
    return group("billing-gaps", "Billing gaps", [_line(found, business.today) for found in jobs.values()], "billing gap")


def _rows(business: Business) -> Sequence[Record]:
    view = business.tables.get("billing_gaps")
    return view.records if view else ()


def _jobs(gap: Record) -> Iterator[JobKey]:
    return (job_key(number, gap["customer"]) for number in numbers_written(gap["job"]))


def _line(rows: Sequence[Record], today: date) -> Line:
    """One job's gaps, or one paper's: the view puts no money into two of them."""
    first = rows[0]
    what = f"job {first['job']}" if first["job"] else f"invoice {first['invoice']}" if first["invoice"] else str(first["gap"])
    known = [money for row in rows if (money := slips(row)) is not None]
    return Line(
        what, str(first["customer"] or ""), "; ".join(str(row["because"] or row["gap"]) for row in rows), sum(known, Decimal(0)) if known else None,
        max((days for row in rows if (days := _age(row, today)) is not None), default=None),
        next((str(row["falls_to"]) for row in rows if row["falls_to"]), ""), "billing_gaps", str(first["number"]), first.place,
    )  # fmt: skip


def _age(row: Record, today: date) -> int | None:
    since = row["since"]
    return (today - (since.date() if isinstance(since, datetime) else since)).days if isinstance(since, date) else None
