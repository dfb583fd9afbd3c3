"""Invoices that do not come to what was agreed, and two invoices for the same work."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import Case, Gap, Work, called, day_in, marked
from contractor_ops.views.billing.papers import named_by, unreadable
from contractor_ops.views.billing.recurring import is_recurring
from contractor_ops.views.billing.sums import Settled, is_approved, settle
from contractor_ops.views.books.what_counts import amount, meaning, tax_in, total_of


def unlike_agreed(case: Case) -> Iterator[Gap]:
    """Invoices that come to more or less than what was agreed; two whole invoices for one job where they come to more."""
    if not case.live or (case.works and not case.going):
        return
    found = settle(case)
    if found is None:
        yield from _cannot_be_compared(case) if case.accepted else [*_without_total(case), *_twice_for_no_agreement(case)]
        return
    if not case.policy.beyond(found.difference, found.agreed) or _is_progress(case, found.difference) or _recurs(case, found.agreed):
        return
    if found.difference > 0 and len(twins := _whole_invoices(case)) > 1:
        yield _twice(
            case, twins, found.difference, f"{dollars(found.agreed)} was agreed in {called('estimate', case.accepted)}", found.agreed
        )
    else:
        yield _differs(case, found)


def _is_progress(case: Case, difference: Decimal) -> bool:
    """Whether less than agreed is billed because the work goes on, or because only parts are billed yet."""
    return difference < 0 and (not case.is_done or any(work not in case.covered for work in case.going))


def _recurs(case: Case, whole: Decimal) -> bool:
    """Whether the same is agreed and billed again and again."""
    each = [amount(one, "total") for one in case.live]
    return len(each) > 1 and is_recurring(case) and all(one is not None and not case.policy.beyond(one - whole, whole) for one in each)


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
    because = f"{papers} {verb} {dollars(abs(found.difference))} {beyond} what was agreed ({dollars(found.agreed)} in {source})"
    return Gap(
        "differs", f"differs/{named_by(case.live)}/{found.difference:+.2f}", abs(found.difference), because, case.live[-1],
        tuple(day_in(one, "issued_on", "sent_on") for one in case.live), tuple(unreadable(case.live)), (*case.accepted, *case.live), found.agreed,
        tuple(case.going), billed=found.difference > 0,
    )  # fmt: skip


def _cannot_be_compared(case: Case) -> Iterator[Gap]:
    """Nobody can say whether an invoice is what was agreed, because an amount cannot be read."""
    papers = [*case.accepted, *(one for one in case.books.change_orders if is_approved(case, one)), *case.live, *case.credits]
    if doubts := tuple(unreadable(papers)):
        because = f"{called('invoice', case.live)} cannot be held against what was agreed in {called('estimate', case.accepted)}"
        yield Gap("differs", f"differs/{named_by(case.live)}/unknown", None, because, case.live[-1],
                  tuple(day_in(one, "issued_on", "sent_on") for one in case.live), doubts, tuple(papers), works=tuple(case.going))  # fmt: skip


def _without_total(case: Case) -> Iterator[Gap]:
    """Work that is done, and of which no invoice says what it bills, though the sheet has totals."""
    blank = [one for one in case.live if amount(one, "total") is None]
    sure = [one for one in case.live if one not in blank and (one["status"] is None or meaning(one) is not None)]
    if not blank or sure or not case.is_done or ("invoices", "total") not in case.policy.has:
        return
    worth = f"; the job comes to {dollars(case.worth)}" if case.worth else ""
    because = f"{called('invoice', blank)} {'does' if len(blank) == 1 else 'do'} not say how much {'it bills' if len(blank) == 1 else 'they bill'}{worth}"
    yield Gap("differs", f"differs/{named_by(case.live)}/unknown", None, because, blank[-1],
              tuple(day_in(one, "issued_on", "sent_on") for one in blank), tuple(unreadable(case.live)), tuple(case.live), works=tuple(case.going))  # fmt: skip


def _twice_for_no_agreement(case: Case) -> Iterator[Gap]:
    """Two invoices for a job of which nobody knows what was agreed: what its row comes to is the measure, else the larger invoice."""
    totals = [total for one in case.live if (total := amount(one, "total"))]
    if len(totals) < 2 or case.billed is None or is_recurring(case):
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
    known = f"the job comes to {dollars(measure)}" if case.worth else "nobody knows what was agreed"
    yield _twice(case, found, surplus, known, None)


def _twice(case: Case, twins: Sequence[Record], surplus: Decimal, known: str, whole: Decimal | None) -> Gap:
    because = f"two invoices: {dollars(surplus)} too much on {called('invoice', twins)}; {known}"
    return Gap(
        "two invoices", f"two-invoices/{named_by(twins)}", surplus, because, twins[-1], tuple(day_in(one, "issued_on", "sent_on") for one in twins[::-1]),
        tuple(unreadable(case.live)), (*case.accepted, *twins), whole, tuple(case.going), billed=True,
    )  # fmt: skip
