"""An invoice for work that is not done."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.bill_words import is_fee
from contractor_ops.views.billing.case import OFF, Case, Gap, Work, called, day_in, in_words, is_part
from contractor_ops.views.billing.papers import named_by, unreadable
from contractor_ops.views.billing.sums import agreed
from contractor_ops.views.books.what_counts import CENT, amount, meaning, total_of

_MOSTLY = Decimal("0.9")
"""An invoice of less than this share of what was agreed is for a part of the work, whatever it says."""


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
    worth = dollars(billed) if billed is not None else "nobody can read how much"
    because = f"invoiced, not completed: {worth} on {called('invoice', early)}; the job's status is {states}"
    if (whole := agreed(case)) is not None and billed is not None and billed > whole:
        because += f"; {dollars(whole)} was agreed"
    yield Gap(
        "invoiced, not completed", f"invoiced-early/{named_by(early)}", billed, because, early[0], tuple(day_in(one, "issued_on", "sent_on") for one in early),
        tuple(_doubts_of_early(works, early)), tuple(early), whole, tuple(works), billed=True,
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
    fee = is_fee(f"{invoice['title'] or ''} {invoice['notes'] or ''}")
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
    yield from unreadable(invoices)
