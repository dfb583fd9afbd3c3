"""Work that is done and brings nothing yet: notes too thin to bill from, and jobs that no invoice bills."""

from datetime import date, timedelta
from decimal import Decimal

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.leak import Leak, Sure, Untold, claim_of, days_of, known_money, without_amount
from contractor_ops.figures.note_columns import columns_for_notes, no_note_columns
from contractor_ops.figures.turnaround import CANNOT_BE_BILLED_NEEDS, NOT_BILLED_NEEDS, cannot_be_billed, not_billed
from contractor_ops.figures.values import Business, Line, Window
from contractor_ops.figures.whole_jobs import job_key
from contractor_ops.figures.windows import days_in
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.records import column_of
from contractor_ops.views.moments import back

_THIN, _UNBILLED = "Notes too thin to bill from", "Finished work not billed"
Claimed = frozenset[tuple[str, str]]


def notes_thin(business: Business, claimed: Claimed) -> Leak | Untold:
    """Jobs that are done, not billed, and whose note lacks something that it needs."""
    why = lacking(business, *CANNOT_BE_BILLED_NEEDS)
    jobs = business.tables.get("jobs")
    needs = business.config.notes.needs
    kept = columns_for_notes(jobs.has, needs) if jobs else []
    if why or jobs is None or not kept:
        return Untold("notes-thin", _THIN, why or no_note_columns(business))
    thin = [line for line in cannot_be_billed(business).lines if line.days is None or line.days > 0]
    shown = not lacking(business, *NOT_BILLED_NEEDS)
    waiting = not_billed(business).lines if shown else ()
    whole = len({job_key(line.record, line.customer) if line.record else line.place for line in (*waiting, *thin)})
    sure, because = _how_sure_of_notes(list(needs), kept, shown=shown)
    money = known_money(thin) if shown else None
    how = (
        f"their totals{without_amount(thin)}"
        if money is not None
        else "no job total is known"
        if shown
        else "which jobs are billed is not known"
    )
    return Leak(
        "notes-thin", _THIN,
        "Jobs that were done yesterday or earlier, are on no invoice, and whose note lacks something that it must tell; of all finished jobs on no invoice.",
        len(thin), whole, "finished jobs not billed", money, how, sure, because, len(jobs.records), ("jobs",), _days_done(business),
        "job-note-cleanup", tuple(thin),
    )  # fmt: skip


def _how_sure_of_notes(needs: list[str], kept: list[str], *, shown: bool) -> tuple[Sure, str]:
    missing = [point for point in needs if point not in kept]
    if not shown:
        return "a guess", "no sheet tells which jobs are billed"
    if missing:
        return "a guess", f"the jobs sheet has no column for {', '.join(missing)}: that may stand elsewhere"
    return "sure", "each job's row and note were read"


def jobs_unbilled(business: Business, claimed: Claimed) -> Leak | Untold:
    """Jobs that have been done for some days and that no invoice bills; those held up by their note are counted there."""
    if why := lacking(business, *NOT_BILLED_NEEDS):
        return Untold("jobs-unbilled", _UNBILLED, why)
    last = _billed_until(business)
    late = [line for line in not_billed(business).lines if line.days is None or business.today - timedelta(days=line.days) <= last]
    lines = [line for line in late if claim_of(line) not in claimed]
    jobs, after = business.tables["jobs"], business.config.billing.not_invoiced_after
    money = known_money(lines)
    sure, because = _how_sure_of_bills(business)
    return Leak(
        "jobs-unbilled", _UNBILLED,
        f"Jobs that were done {after} ago or longer and are on no invoice; of all jobs that are done. Those held up by their note are counted there.",
        len(lines), _done(business), "finished jobs", money, _of_totals(lines, money), sure, because, len(jobs.records), _papers(business),
        _days_done(business), "billing-check", tuple(lines),
    )  # fmt: skip


def _of_totals(lines: list[Line], money: Decimal | None) -> str:
    return f"their totals{without_amount(lines)}" if money is not None else "no job total is known"


def _how_sure_of_bills(business: Business) -> tuple[Sure, str]:
    invoices, jobs = business.tables.get("invoices"), business.tables["jobs"]
    if invoices is not None and (invoices.has("job") or jobs.has("invoice")):
        return "sure", "jobs and invoices name each other by number"
    if invoices is None:
        return "fairly sure", "the jobs sheet names its invoices; there is no invoices table to look them up in"
    return "a guess", "jobs and invoices name no numbers of each other: they were matched by customer and amount"


def _papers(business: Business) -> tuple[str, ...]:
    return tuple(name for name in ("jobs", "invoices") if name in business.tables)


def _billed_until(business: Business) -> date:
    """The last day whose work should be billed by now."""
    after = business.config.billing.not_invoiced_after
    if after.unit == "business days":
        moment = back(business.now, after.amount, lambda at: business.is_business_day(at.date()))
        return moment.astimezone(business.now.tzinfo).date()
    return (business.now - after.as_timedelta()).date()


def _done(business: Business) -> int:
    """How many jobs are done, rows of one number together."""
    jobs = business.tables["jobs"].records
    columns = (column_of(jobs, name) for name in ("number", "customer", "status", "completed_on"))
    found: set[object] = set()
    for at, (number, customer, status, completed) in enumerate(zip(*columns, strict=True)):
        meaning = meaning_of(str(status), TABLES["jobs"].statuses) if status is not None else None
        if meaning in {"completed", "invoiced"} or (completed is not None and meaning not in {"cancelled", "no-show"}):
            found.add((number, str(customer or "").casefold()) if number else at)
    return len(found)


def _days_done(business: Business) -> Window | None:
    return days_of(days_in(column_of(business.tables["jobs"].records, "completed_on"), business.now), business.today)
