"""What may be wrong between work and invoices: none was sent, one was sent too early, they do not come to what was agreed."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import OFF, Case, Gap, Work, ago, called, day_in, in_words, is_part, marked
from contractor_ops.views.billing.sums import Settled, agreed, is_approved, settle
from contractor_ops.views.books.links import ONE
from contractor_ops.views.books.numbers import core_of, numbers_written
from contractor_ops.views.books.what_counts import CENT, amount, meaning, money, tax_in, total_of

_FEE = re.compile(
    r"\b(?:cancel\w*|trip|dispatch|diagnos\w*|restock\w*|no[- ]?show|service call|call[- ]?out|minimum) (?:fee|charge)|\bcancellation\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:no charge|n/c|free of charge|free|warranty|goodwill|call-?back|courtesy|covered by (?:the )?(?:plan|contract|membership)|do not (?:bill|invoice)"
    r"|site visit|walk-?through)\b",
    re.IGNORECASE,
)
_RECURRING = re.compile(
    r"\b(?:recurring|weekly|bi-?weekly|monthly|quarterly|annual(?:ly)?|yearly|seasonal|maintenance (?:plan|contract|agreement)|subscription|membership)\b",
    re.IGNORECASE,
)
_MOSTLY = Decimal("0.9")
"""An invoice of less than this share of what was agreed is for a part of the work, whatever it says."""
_NO_NUMBER = frozenset(
    {
        "no",
        "n",
        "none",
        "not yet",
        "no invoice",
        "pending",
        "to do",
        "todo",
        "tbd",
        "false",
        "to be invoiced",
        "to be billed",
        "not invoiced",
    }
)


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
    return meaning(job) == "invoiced" or (job["invoice"] is not None and str(job["invoice"]).strip().casefold() not in _NO_NUMBER)


def _told_not_invoiced(case: Case, due: Sequence[Work], rest: Decimal | None) -> str:
    days = sorted(work.done_on for work in due if work.done_on)
    when = f"completed {ago(days[0], case.policy.today)}" if days else "completed, nobody wrote down when"
    jobs = f"{called('job', [work.rows[0] for work in due])}, " if len(due) > 1 else ""
    about = [called("estimate", case.accepted)] if case.accepted else []
    extra = [one for one in case.books.change_orders if is_approved(case, one)]
    about += [f"with {called('change order', extra)}"] if extra else []
    about += [f"{money(case.billed)} of it is billed by {called('invoice', case.live)}"] if case.live and case.billed else []
    drafts = [f"{_a_draft(one)} was never sent" for one in case.drafts]
    drafts += [f"invoice {one['number']} is void" for one in case.books.invoices if meaning(one) == "void"]
    worth = f"{money(rest)}, " if rest is not None else "nobody knows how much, "
    said = f" ({'; '.join(about)})" if about else ""
    return f"not invoiced: {worth}{jobs}{when}{said}{''.join(f'; {one}' for one in drafts)}"


def _a_draft(invoice: Record) -> str:
    return f"a draft, {invoice['number']}," if invoice["number"] else "a draft"


def _doubts_of_uninvoiced(case: Case, due: Sequence[Work]) -> Iterator[str]:
    rows = [row for work in due for row in work.rows]
    for work in due:
        if work.total is not None and work.total < 0:
            yield f"its total is {money(work.total)}"
        if work.done_on is None:
            yield "nobody wrote down when it was completed"
        elif work.done_on > case.policy.today:
            yield "the day of completion lies ahead"
    for row in rows:
        if meaning(row) not in {"completed", "invoiced"} and row["status"] is not None:
            yield f'it has a day of completion, and its status says "{row["status"]}"'
        elif _says_invoiced(row):
            yield _said_and_missing(case, row)
        if (free := _FREE.search(f"{row['title'] or ''} {row['job_type'] or ''} {row['notes'] or ''}")) and not case.accepted:
            yield f'its row says "{free[0]}": it may not be for billing'
    for one in (*rows, *case.accepted):
        if (problem := one.problems.get("total")) is not None:
            yield f'the total of {called(ONE[one.table], [one])} cannot be read ("{problem.value}")'
    for one in (*case.live, *case.credits):
        if (total := amount(one, "total")) is not None and total <= 0:
            yield f"invoice {one['number'] or 'without a number'} is for {money(total)}"


def _said_and_missing(case: Case, job: Record) -> str:
    """What a job's row says of an invoice that is not there."""
    there = {core_of(str(one["number"]))[1] for one in case.books.invoices if one["number"]}
    missing = [number for number in numbers_written(job["invoice"]) if core_of(number)[1] not in there]
    if missing:
        return f"its row names invoice {in_words(missing)}, which is not among the invoices"
    if there:
        return f'its status says "{job["status"]}"'
    return f'its row says "{job["invoice"] or job["status"]}", and no invoice names it'


def invoiced_early(case: Case) -> Iterator[Gap]:
    """An invoice for work that is not done, or was called off; deposits and other parts may come before."""
    early = [one for one in case.live if _is_early(case, one)]
    if not early:
        return
    billed = total_of([*(_early_part(case, one) for one in early), *(amount(one, "total") for one in case.credits)])
    works = list(dict.fromkeys(work for one in early for work in case.bills(one) if work.state != "done"))
    if billed is not None and (_is_only_part(case, billed, works) or billed <= CENT):
        return
    states = in_words(list(dict.fromkeys(str(row["status"] or "blank") for work in works for row in work.rows)))
    worth = money(billed) if billed is not None else "nobody can read how much"
    because = f"invoiced, not completed: {worth} on {called('invoice', early)}; the job's status is {states}"
    if (whole := agreed(case)) is not None and billed is not None and billed > whole:
        because += f"; {money(whole)} was agreed"
    yield Gap(
        "invoiced, not completed", f"invoiced-early/{_numbers(early)}", billed, because, early[0], tuple(day_in(one, "issued_on", "sent_on") for one in early),
        tuple(_doubts_of_early(works, early)), tuple(early), whole, tuple(works),
    )  # fmt: skip


def _early_part(case: Case, invoice: Record) -> Decimal | None:
    """How much of an invoice is for work that is not done: beside jobs that are, what goes beyond those."""
    total, done = amount(invoice, "total"), [work.total for work in case.bills(invoice) if work.state == "done"]
    return total_of([total, *(-one if one is not None else None for one in done)])


def _is_early(case: Case, invoice: Record) -> bool:
    total, works = amount(invoice, "total"), case.bills(invoice)
    if is_part(invoice) or total == 0 or meaning(invoice) == "written-off" or any(work.state in {"part", "untold"} for work in works):
        return False
    undone = [work for work in works if work.state != "done"]
    if not undone or len(undone) < len(works):
        done = total_of(work.total for work in works if work.state == "done")
        return bool(undone) and done is not None and total is not None and case.policy.beyond(max(total - done, Decimal(0)), done)
    fee = _FEE.search(f"{invoice['title'] or ''} {invoice['notes'] or ''}")
    return not (fee and all(work.state == "off" for work in works))


def _is_only_part(case: Case, billed: Decimal, works: Sequence[Work]) -> bool:
    """Whether so little is billed that it must be for a part of the work."""
    if any(work.state == "off" for work in works) or len(works) < len(case.going):
        return False
    whole = agreed(case) if agreed(case) is not None else case.worth
    return whole is not None and billed <= whole * _MOSTLY


def _doubts_of_early(works: Sequence[Work], invoices: Sequence[Record]) -> Iterator[str]:
    for work in works:
        for row in work.rows:
            if meaning(row) in OFF:
                yield "the work was called off: it may be a cancellation fee, or an invoice to take back"
            elif work.state == "unknown":
                yield f'the status "{row["status"]}" is not known' if row["status"] else "the job's status is blank"
    yield from _unreadable(invoices)


def unlike_agreed(case: Case) -> Iterator[Gap]:
    """Invoices that come to more or less than what was agreed; two whole invoices for one job where they come to more."""
    if not case.live or (case.works and not case.going):
        return
    found = settle(case)
    if found is None:
        yield from _cannot_be_compared(case) if case.accepted else _twice_for_no_agreement(case)
        return
    if not case.policy.beyond(found.difference, found.agreed) or _is_progress(case, found.difference) or _recurs(case, found.agreed):
        return
    if found.difference > 0 and len(twins := _whole_invoices(case)) > 1:
        yield _twice(
            case, twins, found.difference, f"{money(found.agreed)} was agreed in {called('estimate', case.accepted)}", found.agreed
        )
    else:
        yield _differs(case, found)


def _is_progress(case: Case, difference: Decimal) -> bool:
    """Whether less than agreed is billed because the work goes on, or because only parts are billed yet."""
    return difference < 0 and (not case.is_done or any(work not in case.covered for work in case.going))


def _recurs(case: Case, whole: Decimal) -> bool:
    """Whether the same is agreed and billed again and again."""
    each = [amount(one, "total") for one in case.live]
    return len(each) > 1 and _is_recurring(case) and all(one is not None and not case.policy.beyond(one - whole, whole) for one in each)


def _is_recurring(case: Case) -> bool:
    said = " ".join(str(one[column] or "") for one in (*case.books.jobs, *case.live) for column in ("title", "job_type", "notes"))
    return bool(_RECURRING.search(said)) or any(1 < len(case.live) <= len(work.rows) for work in case.works)


def _whole_invoices(case: Case) -> list[Record]:
    """Invoices for one and the same job of which none says that it is a part."""
    whole = [one for one in case.live if not marked(one) and (amount(one, "total") or 0) > 0]
    if len(whole) < len([one for one in case.live if (amount(one, "total") or 0) > 0]):
        return []
    by_work: dict[Work, list[Record]] = {}
    for one in whole:
        for work in case.bills(one):
            by_work.setdefault(work, []).append(one)
    return max(by_work.values(), key=len) if by_work else whole


def _differs(case: Case, found: Settled) -> Gap:
    papers = called("invoice", case.live)
    verb = "are" if len(case.live) > 1 else "is"
    beyond = "above" if found.difference > 0 else "below"
    changes = [one for one in case.books.change_orders if is_approved(case, one)]
    source = called("estimate", case.accepted) + (f" with {called('change order', changes)}" if changes else "")
    because = f"{papers} {verb} {money(abs(found.difference))} {beyond} what was agreed ({money(found.agreed)} in {source})"
    return Gap(
        "differs", f"differs/{_numbers(case.live)}/{found.difference:+.2f}", abs(found.difference), because, case.live[-1],
        tuple(day_in(one, "issued_on", "sent_on") for one in case.live), tuple(_unreadable(case.live)), (*case.accepted, *case.live), found.agreed,
        tuple(case.going),
    )  # fmt: skip


def _cannot_be_compared(case: Case) -> Iterator[Gap]:
    """Nobody can say whether an invoice is what was agreed, because an amount cannot be read."""
    papers = [*case.accepted, *(one for one in case.books.change_orders if is_approved(case, one)), *case.live, *case.credits]
    if doubts := tuple(_unreadable(papers)):
        because = f"{called('invoice', case.live)} cannot be held against what was agreed in {called('estimate', case.accepted)}"
        yield Gap("differs", f"differs/{_numbers(case.live)}/unknown", None, because, case.live[-1],
                  tuple(day_in(one, "issued_on", "sent_on") for one in case.live), doubts, tuple(papers), works=tuple(case.going))  # fmt: skip


def _twice_for_no_agreement(case: Case) -> Iterator[Gap]:
    """Two invoices for a job of which nobody knows what was agreed: what its row comes to is the measure, else the larger invoice."""
    totals = [total for one in case.live if (total := amount(one, "total"))]
    if len(totals) < 2 or case.billed is None or _is_recurring(case):
        return
    extra = total_of(amount(one, "amount") for one in case.books.change_orders if is_approved(case, one))
    measure = case.worth or max(totals)
    surplus = case.billed - measure
    if not case.policy.beyond(surplus - sum((tax_in(one) or Decimal(0) for one in case.live), Decimal(0)), measure):
        return
    twins = _whole_invoices(case)
    same = [one for one in case.live if amount(one, "total") == totals[0]] if len(set(totals)) == 1 else []
    if len(found := twins if len(twins) > 1 else same) < 2 or not case.policy.beyond(max(surplus, Decimal(0)), measure):
        return
    if extra and not case.policy.beyond(surplus - extra, measure + extra):
        return
    known = f"the job comes to {money(measure)}" if case.worth else "nobody knows what was agreed"
    yield _twice(case, found, surplus, known, None)


def _twice(case: Case, twins: Sequence[Record], surplus: Decimal, known: str, whole: Decimal | None) -> Gap:
    because = f"two invoices: {money(surplus)} too much on {called('invoice', twins)}; {known}"
    return Gap(
        "two invoices", f"two-invoices/{_numbers(twins)}", surplus, because, twins[-1], tuple(day_in(one, "issued_on", "sent_on") for one in twins[::-1]),
        tuple(_unreadable(case.live)), (*case.accepted, *twins), whole, tuple(case.going),
    )  # fmt: skip


def paid_with_balance(case: Case) -> Iterator[Gap]:
    """An invoice that is paid by its status or its day, and on which something is still owed. What is kept back until the end is no balance."""
    for one in case.live:
        owed = _owed(one)
        if owed is None or owed <= CENT or owed - (amount(one, "retainage") or 0) <= CENT:
            continue
        paid_on, state = day_in(one, "paid_on"), meaning(one)
        by_day = paid_on is not None and paid_on <= case.policy.today and state not in {"partial", "written-off", "disputed"}
        if state == "paid" or by_day:
            said = (
                f"its status is {one['status']}" if state == "paid" else f"it was paid {ago(paid_on, case.policy.today) if paid_on else ''}"
            )
            doubts = () if state in {"paid", None} else (f'it has a day of payment, and its status says "{one["status"]}"',)
            because = f"paid with a balance: {money(owed)} open on {called('invoice', [one])}, and {said}"
            yield Gap("paid with a balance", f"paid-with-balance/{_numbers([one])}", owed, because, one, (paid_on, day_in(one, "issued_on")), doubts, (one,),
                      works=tuple(case.bills(one)))  # fmt: skip


def _owed(invoice: Record) -> Decimal | None:
    balance = amount(invoice, "balance")
    total, paid = amount(invoice, "total"), amount(invoice, "paid")
    if balance is not None or "balance" in invoice.problems:
        return balance
    return total - paid if total is not None and paid is not None else None


def _unreadable(papers: Sequence[Record]) -> Iterator[str]:
    """What cannot be read or is not known of papers on which a sum stands."""
    for one in papers:
        what, column = called(ONE[one.table], [one]), "amount" if one.table == "change_orders" else "total"
        if (problem := one.problems.get(column)) is not None:
            yield f'the {column} of {what} cannot be read ("{problem.value}")'
        elif amount(one, column) is None:
            yield f"{what} has no {column}"
        if one.table == "invoices" and one["status"] is not None and meaning(one) is None and (amount(one, "total") or 0) > 0:
            yield f'the status "{one["status"]}" of {what} is not known'


def _numbers(papers: Sequence[Record]) -> str:
    return "+".join(str(one["number"] or f"row {one.place.row}") for one in papers)
