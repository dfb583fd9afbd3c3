"""What may be wrong between estimates and the work: nobody accepted one, or the deposit that it asks for was not taken or not credited."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record, Table
from contractor_ops.tables.records import column_of
from contractor_ops.views.billing.case import DONE, Case, Gap, Work, called, day_in, is_part, marked
from contractor_ops.views.billing.sums import agreed, deposit_collected
from contractor_ops.views.books.invoice_words import pays_deposit, speaks_of_deposit
from contractor_ops.views.books.numbers import numbers_written
from contractor_ops.views.books.what_counts import CENT, amount, is_shared, meaning, received, total_of

_LIVE = frozenset({"scheduled", "under-way"}) | DONE


def are_linked(tables: Mapping[str, Table]) -> bool:
    """Whether any row of the estimates names a job, or a job an estimate: else nobody can tell of a job that it has none."""
    columns = ((tables[name], column) for name, column in (("estimates", "job"), ("jobs", "estimate")) if name in tables)
    return any(cell is not None for table, column in columns for cell in column_of(table.records, column))


def no_estimate(case: Case) -> Iterator[Gap]:
    """Work that goes on, or is done, without an estimate that the customer accepted."""
    works = [work for work in case.going if _is_live(work) and work.total != 0]
    if "estimates" not in case.policy.keeps or case.accepted or not works:
        return
    offered = [one for one in case.books.estimates if not _is_for_other_work(one, works)]
    if not offered and not (case.policy.linked and any(_should_have_one(case, work) for work in works)):
        return
    worth = total_of(work.total for work in works)
    if worth is None:
        worth = case.billed if case.live and case.billed else next((amount(one, "total") for one in offered), None)
    worth = worth if worth and worth > 0 else None
    doubts = [
        f'the status "{one["status"]}" of estimate {one["number"]} is not known'
        for one in offered
        if one["status"] and meaning(one) is None
    ]
    doubts += [f"estimate {one['number']} has no status" for one in offered if one["status"] is None]
    unknown = (
        dict.fromkeys(number for work in works for row in work.rows for number in numbers_written(row["estimate"])) if not offered else {}
    )
    doubts += [f"its row names estimate {number}, which is not among the estimates" for number in unknown]
    if unknown and _before_the_estimates(case, works, 0):
        return
    what = "; ".join(f"estimate {one['number']} is {one['status'] or 'without a status'}" for one in offered) or "there is none"
    because = f"no accepted estimate: {dollars(worth) if worth is not None else 'nobody knows how much'}, {what}"
    since = (*(work.done_on for work in works), *(day_in(row, "scheduled_on", "booked_on") for work in works for row in work.rows))
    yield Gap(
        "no accepted estimate",
        "no-estimate",
        worth,
        because,
        works[0].rows[-1],
        since,
        tuple(doubts),
        tuple(offered),
        works=tuple(works),
        billed=bool(case.live),
    )


def _is_live(work: Work) -> bool:
    return work.state in {"done", "part"} or any(meaning(row) in _LIVE for row in work.rows)


def _should_have_one(case: Case, work: Work) -> bool:
    """Large work, or of a kind that has one. Work from long before the first estimate that is kept is past asking."""
    if _before_the_estimates(case, [work], 180):
        return False
    large = work.total is not None and work.total >= case.policy.billing.estimate_from
    return large or any(case.policy.should_have_estimate(row["job_type"]) for row in work.rows)


def _before_the_estimates(case: Case, works: list[Work], days: int) -> bool:
    begins = case.policy.since.get("estimates")
    known = [day for work in works for row in work.rows if (day := day_in(row, "completed_on", "scheduled_on", "booked_on"))]
    return begins is not None and bool(known) and (begins - max(known)).days > days


def _is_for_other_work(estimate: Record, works: list[Work]) -> bool:
    """Whether it was written after the work, or at the visit for another amount: that is what the technician sold there."""
    made, worth = day_in(estimate, "created_on", "sent_on"), amount(estimate, "total")
    done = max((work.done_on for work in works if work.done_on), default=None)
    visits = [day for work in works for row in work.rows if (day := day_in(row, "scheduled_on", "starts_at", "completed_on"))]
    totals = [work.total for work in works]
    if made is None:
        return False
    if done is not None and made > done:
        return True
    return bool(visits) and made >= min(visits) and worth is not None and None not in totals and worth not in totals


def deposit_not_taken(case: Case) -> Iterator[Gap]:
    """A deposit that the accepted estimate asks for and that has not come, though the work is on the calendar or done."""
    required = total_of(amount(one, "deposit_required") or Decimal(0) for one in case.accepted)
    on_the_calendar = any(_is_live(work) or _has_a_day(work) for work in case.going if work.state != "unknown")
    if not required or not on_the_calendar or not _can_tell(case):
        return
    missing = required - collected(case)
    if missing <= CENT:
        return
    asking = [one for one in case.accepted if amount(one, "deposit_required")]
    came = f" of {dollars(required)}" if missing < required else ""
    state = case.going[0].rows[-1]["status"] or "on the calendar"
    because = f"deposit not taken: {dollars(missing)}{came}, asked for in {called('estimate', asking)}; the job is {state}"
    since = (*(day_in(one, "approved_on") for one in asking), *(day_in(row, "scheduled_on") for work in case.going for row in work.rows))
    doubts = tuple(f'the deposit that was paid on estimate {one["number"]} cannot be read ("{one.problems["deposit_paid"].value}")'
                   for one in asking if "deposit_paid" in one.problems)  # fmt: skip
    yield Gap(
        "deposit not taken", "deposit-not-taken", missing, because, asking[0], since, doubts, tuple(asking), agreed(case), tuple(case.going)
    )


def _has_a_day(work: Work) -> bool:
    return work.state == "open" and any(day_in(row, "scheduled_on", "starts_at") for row in work.rows)


def _can_tell(case: Case) -> bool:
    """Whether any sheet says what was collected."""
    return ("estimates", "deposit_paid") in case.policy.has or bool({"payments", "invoices"} & case.policy.keeps)


def collected(case: Case) -> Decimal:
    """What has come in for the work, by whichever sheet knows most."""
    paid = sum((_received(case, one) for one in case.books.payments), Decimal(0))
    credited = sum((_paid_on(one) or Decimal(0) for one in case.live), Decimal(0))
    return max(deposit_collected(case), paid, credited)


def _received(case: Case, payment: Record) -> Decimal:
    return received(payment, case.policy.sign) or Decimal(0)


def _paid_on(invoice: Record) -> Decimal | None:
    """What an invoice itself says has been paid of it."""
    total, balance, paid = (amount(invoice, name) for name in ("total", "balance", "paid"))
    if total is not None and balance is not None:
        return total - balance
    return paid if paid is not None else total if meaning(invoice) == "paid" else None


def deposit_not_credited(case: Case) -> Iterator[Gap]:
    """A deposit that has come and that the job's last invoice does not take off."""
    last = [one for one in case.live if not is_part(one)]
    credited = total_of(_paid_on(one) for one in case.live)
    deposit = max(deposit_collected(case), sum((_received(case, one) for one in _deposits(case)), Decimal(0)))
    if not last or credited is None or deposit <= CENT or _is_taken_off(case, deposit):
        return
    missing = min(deposit, _expected(case, deposit) - credited)
    if missing <= CENT or not case.policy.beyond(missing, deposit):
        return
    papers = [one for one in case.accepted if amount(one, "deposit_paid")] or case.accepted
    source = f" of {called('estimate', papers)}" if papers else ""
    because = f"deposit not credited: {dollars(missing)}{source} is not taken off {called('invoice', last)}"
    yield Gap(
        "deposit not credited", "deposit-not-credited", missing, because, last[-1], tuple(day_in(one, "issued_on", "sent_on") for one in last), (),
        (*papers, *last), agreed(case), tuple(case.going),
    )  # fmt: skip


def _deposits(case: Case) -> list[Record]:
    """Payments that are called a deposit, or that came for the job before there was an invoice."""
    return [
        one
        for one in case.books.payments
        if not is_shared(one, case.books)
        and (pays_deposit(one["type"]) or pays_deposit(one["notes"]) or (one["invoice"] is None and one["job"] is not None))
    ]


def _expected(case: Case, deposit: Decimal) -> Decimal:
    """What the invoices should show as paid: the deposit, and the other payments where they do not hold it already."""
    deposits = _deposits(case)
    others = [_received(case, one) for one in case.books.payments if one not in deposits and not is_shared(one, case.books)]
    return sum(others, Decimal(0)) + (Decimal(0) if deposit in others else deposit)


def _is_taken_off(case: Case, deposit: Decimal) -> bool:
    """Whether the invoices come to what was agreed less the deposit: it stands on the last one as a line, or was billed apart."""
    whole = agreed(case)
    if whole is None or case.billed is None:
        return False
    return not case.policy.beyond(case.billed + deposit - whole, whole) or (
        any(marked(one) and speaks_of_deposit(one["title"]) and (_paid_on(one) or 0) >= deposit for one in case.live)
    )
