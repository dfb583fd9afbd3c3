"""How fast work becomes money: from done to invoiced, from invoiced to paid; and work that is done and not billed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from contractor_ops.figures.bills import NEEDS, bills, is_paid, stands
from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.lines import in_order, line
from contractor_ops.figures.links import Names
from contractor_ops.figures.tally import average, share
from contractor_ops.figures.unbilled import Drafts, unbilled
from contractor_ops.figures.values import Average, Business, Group, Line, Share, Window, group
from contractor_ops.figures.whole_jobs import NOT_INVOICED, JobKey, job_key, whole_jobs
from contractor_ops.figures.windows import days_ago, days_in, said
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record, Value
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.invoice_words import speaks_of_deposit
from contractor_ops.views.books.numbers import Directory
from contractor_ops.views.books.what_counts import amount, told_once, total_of
from contractor_ops.views.moments import day_of

TO_INVOICE_NEEDS = ("jobs", "jobs.completed_on", "invoices", "jobs.invoice|invoices.job", "invoices.issued_on|invoices.sent_on")
TO_PAID_NEEDS = (*NEEDS, "invoices.issued_on|invoices.sent_on", "invoices.paid_on|payments")
NOT_BILLED_NEEDS = ("jobs", "jobs.status|jobs.completed_on", "invoices|jobs.invoice", "estimates?")
CANNOT_BE_BILLED_NEEDS = ("note_gaps",)
COLLECTED_WITHIN = 7


def days_to_invoice(business: Business, window: Window) -> Average:
    """How long finished work waits for its invoice."""
    unknown = lacking(business, *TO_INVOICE_NEEDS)
    facts = ((billed, max((billed - done).days, 0)) for done, billed in _first_bills(business)) if not unknown else ()
    sentence = (
        "Days from the day a job was completed to its first invoice, of jobs first invoiced in these days. Billed beforehand counts as 0."
    )
    return average("days-to-invoice", "Days to invoice", sentence, facts, window, unknown=unknown)


def days_to_pay(business: Business, window: Window) -> Average:
    """How long customers take to pay."""
    facts = ((one.paid, max((one.paid - one.issued).days, 0)) for one in bills(business) if is_paid(one) and one.paid and one.issued)
    sentence = (
        "Days from an invoice's date to the day on which it was paid in full, of those paid in these days. Paid beforehand counts as 0."
    )
    return average("days-to-pay", "Days to pay", sentence, facts, window, unknown=lacking(business, *TO_PAID_NEEDS))


def collected_in_time(business: Business, window: Window, within: int = COLLECTED_WITHIN) -> Share:
    """How many invoices are paid within so many days of their date."""
    facts = ((day, int(in_time), 1) for day, in_time in _ripe(business, within))
    title = f"Collected within {within} days"
    return share(f"collected-within-{within}", title, _collected(within), facts, window, lacking(business, *TO_PAID_NEEDS))


def not_billed(business: Business) -> Group:
    """Jobs that are done and that no invoice bills, each once; none where `lacking(business, *NOT_BILLED_NEEDS)`."""
    lines = _not_billed(business) if not lacking(business, *NOT_BILLED_NEEDS) else ()
    return group("jobs-not-billed", "Finished jobs not billed", in_order(lines), "finished job not billed")


def cannot_be_billed(business: Business) -> Group:
    """Jobs that are done and whose note lacks something; none where `lacking(business, *CANNOT_BE_BILLED_NEEDS)`."""
    view = business.tables["note_gaps"].records if not lacking(business, *CANNOT_BE_BILLED_NEEDS) else ()
    jobs: dict[object, list[Record]] = defaultdict(list)
    for record in view:
        jobs[job_key(record["number"], record["customer"]) if record["number"] else record.place].append(record)
    gaps = whole_jobs(business)
    lines = (_held_up(rows, gaps, business) for rows in jobs.values())
    return group("jobs-cannot-be-billed", "Finished jobs that cannot be billed", in_order(lines), "finished job that cannot be billed")


def _collected(within: int) -> str:
    return (
        f"Invoices paid in full within {within} days of their date, of those for which the {within} days ended in these days. "
        "Those paid on a day that no sheet tells are left out."
    )


def _ripe(business: Business, within: int) -> Iterator[tuple[date, bool]]:
    """Each invoice with the last day on which it was paid in time, and whether it was."""
    for one in bills(business):
        if one.issued and one.total is not None and stands(one) and not (is_paid(one) and one.paid is None):
            last = one.issued + timedelta(days=within)
            yield last, is_paid(one) and one.paid is not None and one.paid <= last


def _first_bills(business: Business) -> Iterator[tuple[date, date]]:
    """The day on which each job was done, and the day of the first invoice for its work."""
    jobs, first = business.tables["jobs"].records, _first_by_row(business)
    days = days_in(column_of(jobs, "completed_on"), business.now)
    together = [rows for same in Directory(jobs).several() for rows in _by_customer(same, column_of(jobs, "customer"))]
    alone = set(range(len(jobs))).difference(*together)
    yield from ((day, first[at]) for at in alone if at in first and (day := days[at]) is not None)
    for rows in together:
        done, billed = [day for at in rows if (day := days[at])], [first[at] for at in rows if at in first]
        if done and billed:
            yield max(done), min(billed)


def _by_customer(rows: list[int], customers: Sequence[Value]) -> Iterable[list[int]]:
    """Rows that share a number, one customer's together: they are visits of one job."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[normal_name(str(customers[row] or ""))].append(row)
    return found.values()


def _first_by_row(business: Business) -> dict[int, date]:
    """The first invoice of each row of the jobs sheet, whichever of the two names the other; a deposit bills no work."""
    jobs, invoices = business.tables["jobs"].records, business.tables["invoices"].records
    titles = column_of(invoices, "title")
    deposits = {title for title in set(titles) if speaks_of_deposit(title)}
    sound = {
        one.at: one.issued
        for one in bills(business, payments=False)
        if one.issued is not None and stands(one) and titles[one.at] not in deposits
    }
    by_job, by_invoice = Names(jobs, "invoice", invoices), Names(invoices, "job", jobs)
    pairs = [(row, sound[at]) for row in range(len(jobs)) for same in by_job.of(row) for at in same if at in sound]
    pairs += [(row, day) for at, day in sound.items() for same in by_invoice.of(at) for row in same]
    first: dict[int, date] = {}
    for row, day in pairs:
        if row not in first or day < first[row]:
            first[row] = day
    return first


def _not_billed(business: Business) -> Iterator[Line]:
    drafts = Drafts(business)
    gaps = whole_jobs(business)
    for rows, day in unbilled(business):
        why = f"done {said(day, business.today)}, {days_ago(day, business.today)}" if day else "done, on a day that no sheet tells"
        why += "; its invoice is a draft" if any(drafts.alone(one["number"], one["invoice"]) for one in rows) else ""
        first = min(rows, key=lambda one: str(one.place))
        yield _with_its_money(line(first, None, (business.today - day).days if day else None, why), rows, gaps)


def _held_up(gaps: Sequence[Record], whole: Mapping[JobKey, Record], business: Business) -> Line:
    """One job of the view, visits together, under the name that it has in the jobs sheet."""
    days = [(business.today - day).days for gap in gaps if (day := day_of(gap["completed_on"], business.now))]
    said = ("; ask ".join(str(cell) for cell in (gap["because"], gap["technician"]) if cell) for gap in gaps)
    told = line(gaps[0], None, min(days, default=None), "; ".join(dict.fromkeys(said)))
    return replace(_with_its_money(told, gaps, whole), table="jobs")


def _with_its_money(told: Line, rows: Sequence[Record], whole: Mapping[JobKey, Record]) -> Line:
    """A finished job with what is to be billed: by the billing check, which knows its changes and parts, else by its own rows, once over its visits."""
    own = total_of(amount(one, "total") for one in told_once(rows, "total"))
    gap = whole.get(job_key(rows[0]["number"], rows[0]["customer"])) if rows[0]["number"] else None
    if gap is None or amount(gap, "amount") == own:
        return replace(told, amount=own)
    because = str(gap["because"] or "").removeprefix(f"{NOT_INVOICED}: ")
    return replace(told, amount=amount(gap, "amount"), why="; ".join(filter(None, (told.why, because))))
