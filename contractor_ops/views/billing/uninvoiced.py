"""Work that is done and that no invoice bills, or not all of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.bill_words import free_of_charge
from contractor_ops.views.billing.case import Case, Gap, Work, ago, called, day_in, in_words
from contractor_ops.views.billing.papers import withdrawn
from contractor_ops.views.billing.sums import agreed, is_approved
from contractor_ops.views.books.invoice_words import no_invoice_yet
from contractor_ops.views.books.links import ONE
from contractor_ops.views.books.numbers import core_of, numbers_written
from contractor_ops.views.books.what_counts import amount, meaning, total_of


def not_invoiced(case: Case) -> Iterator[Gap]:
    """Work that has been done for some days and that no invoice bills; deposits and progress invoices leave the rest."""
    if "invoices" not in case.policy.keeps:
        return
    due = [work for work in case.going if work.state == "done" and work not in case.covered and _is_due(case, work)]
    rest = _rest(case, due)
    if not due or (rest is not None and not case.policy.beyond(max(rest, Decimal(0)), rest)) or _outside(case, due):
        return
    yield Gap(
        "not invoiced", "not-invoiced", rest, _told_not_invoiced(case, due, rest), due[0].rows[-1], tuple(work.done_on for work in due),
        tuple(_doubts_of_uninvoiced(case, due)), (*case.accepted, *case.drafts), agreed(case), tuple(due),
    )  # fmt: skip


def _is_due(case: Case, work: Work) -> bool:
    """Whether it was finished long enough ago; where nobody wrote down when, the day of the visit stands in."""
    day = work.done_on or next((day for row in work.rows if (day := day_in(row, "scheduled_on", "starts_at"))), None)
    return day is None or case.policy.is_due(day) or (work.done_on is not None and day > case.policy.today)


def _rest(case: Case, due: Sequence[Work]) -> Decimal | None:
    """What is still to be invoiced for these jobs."""
    own = total_of(work.total for work in due)
    everything = len(due) == len(case.going)
    whole = agreed(case) if everything or case.is_done else None
    if whole is None:
        extra = total_of(amount(one, "amount") for one in case.books.change_orders if is_approved(case, one)) if everything else Decimal(0)
        whole = own if own is None or not extra else own + extra
        billed = total_of(amount(one, "total") for one in (*case.live, *case.credits) if set(case.bills(one)) <= set(due))
    else:
        billed = case.billed
    if whole is None or billed is None or whole < 0:
        return None
    return whole - billed if everything or own is None else min(whole - billed, own)


def _outside(case: Case, due: Sequence[Work]) -> bool:
    """Whether the sheet of invoices begins long after this work, whose row says that it was invoiced."""
    begins = case.policy.since.get("invoices")
    said = all(any(_says_invoiced(row) for row in work.rows) for work in due)
    return said and begins is not None and all(work.done_on is not None and (begins - work.done_on).days > 30 for work in due)


def _says_invoiced(job: Record) -> bool:
    return meaning(job) == "invoiced" or not no_invoice_yet(job["invoice"])


def _told_not_invoiced(case: Case, due: Sequence[Work], rest: Decimal | None) -> str:
    days = sorted(work.done_on for work in due if work.done_on)
    when = f"completed {ago(days[0], case.policy.today)}" if days else "completed"
    jobs = f"{called('job', [work.rows[0] for work in due])}, " if len(due) > 1 else ""
    about = [called("estimate", case.accepted)] if case.accepted else []
    extra = [one for one in case.books.change_orders if is_approved(case, one)]
    about += [f"with {called('change order', extra)}"] if extra else []
    about += [f"{dollars(case.billed)} of it is billed by {called('invoice', case.live)}"] if case.live and case.billed else []
    drafts = [f"{_a_draft(one)} was never sent" for one in case.drafts]
    drafts += [f"invoice {one['number']} {withdrawn(one)}" for one in case.books.invoices if meaning(one) == "void"]
    worth = f"{dollars(rest)}, " if rest is not None else "nobody knows how much, "
    said = f" ({'; '.join(about)})" if about else ""
    return f"not invoiced: {worth}{jobs}{when}{said}{''.join(f'; {one}' for one in drafts)}"


def _a_draft(invoice: Record) -> str:
    return f"a draft, {invoice['number']}," if invoice["number"] else "a draft"


def _doubts_of_uninvoiced(case: Case, due: Sequence[Work]) -> Iterator[str]:
    rows = [row for work in due for row in work.rows]
    for work in due:
        if work.total is not None and work.total < 0:
            yield f"its total is {dollars(work.total)}"
        if work.done_on is None:
            yield "nobody wrote down when it was completed"
        elif work.done_on > case.policy.today:
            yield "the day of completion lies ahead"
    for row in rows:
        if meaning(row) not in {"completed", "invoiced"} and row["status"] is not None:
            yield f'it has a day of completion, and its status says "{row["status"]}"'
        elif _says_invoiced(row):
            yield _said_and_missing(case, row)
        if (free := free_of_charge(f"{row['title'] or ''} {row['job_type'] or ''} {row['notes'] or ''}")) and not case.accepted:
            yield f'its row says "{free}": it may not be for billing'
    for one in (*rows, *case.accepted):
        if (problem := one.problems.get("total")) is not None:
            yield f'the total of {called(ONE[one.table], [one])} cannot be read ("{problem.value}")'
    for one in (*case.live, *case.credits):
        if (total := amount(one, "total")) is not None and total <= 0:
            yield f"invoice {one['number'] or 'without a number'} is for {dollars(total)}"


def _said_and_missing(case: Case, job: Record) -> str:
    """What a job's row says of an invoice that is not there."""
    there = {core_of(str(one["number"]))[1] for one in case.books.invoices if one["number"]}
    missing = [number for number in numbers_written(job["invoice"]) if core_of(number)[1] not in there]
    if missing:
        return f"its row names invoice {in_words(missing)}, which is not among the invoices"
    if there:
        return f'its status says "{job["status"]}"'
    return f'its row says "{job["invoice"] or job["status"]}", and no invoice names it'
