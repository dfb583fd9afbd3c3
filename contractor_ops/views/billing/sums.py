"""An invoice held against what was agreed: accepted estimates and approved changes, like with like before and after tax."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from contractor_ops.tables.record import Record
from contractor_ops.views.billing.case import Case, day_in
from contractor_ops.views.books.invoice_words import speaks_of_deposit
from contractor_ops.views.books.what_counts import CENT, amount, meaning, says_billed, state_of, tax_in, total_of

_MOST_CHANGES = 10
"""Beyond so many change orders only the plain answers are tried: two to the power of them is too many."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount after tax, and before it where the papers tell the tax."""

    gross: Decimal
    net: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change order: what it comes to, and how much of it its row says is billed."""

    record: Record
    amount: Decimal
    said: Decimal
    approved: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What the money shows.

    `difference` is what is billed beyond (below zero: short of) what was agreed and is explained by nothing; `agreed` is what it is held
    against. `unbilled` are approved changes and how much of each is missing; `unapproved` those in the invoice that nobody approved.
    """

    difference: Decimal
    agreed: Decimal
    unbilled: tuple[tuple[Change, Decimal], ...] = ()
    unapproved: tuple[Change, ...] = ()


def changes_of(case: Case) -> list[Change]:
    """The change orders whose amount is known and is not nothing."""
    found = []
    for record in case.books.change_orders:
        worth = amount(record, "amount")
        if worth:
            found.append(Change(record, worth, _said(case, record, worth), is_approved(case, record)))
    return found


def is_approved(case: Case, change: Record) -> bool:
    """Whether the customer agreed: its status says so, or there is a day of approval and it was not declined.

    "Done" is no approval where the sheet has a place for the day of approval, and it is empty.
    """
    if change["approved_on"] is not None:
        return meaning(change) != "declined"
    if says_done(change["status"]) and ("change_orders", "approved_on") in case.policy.has:
        return False
    return state_of(change) == "approved"


def says_done(status: object) -> bool:
    """Whether a change order's status says that the work is done, and nothing of approval or billing."""
    return str(status or "").strip().casefold() in {"done", "completed", "complete", "installed", "performed", "finished"}


def _said(case: Case, change: Record, worth: Decimal) -> Decimal:
    """How much of a change its own row says is billed."""
    part = amount(change, "billed_amount")
    if part is not None and abs(part) < abs(worth):
        return part
    if not says_billed(change):
        return Decimal(0)
    named = set(str(change["invoice"] or "").split(", "))
    gone = [one for one in case.books.invoices if str(one["number"]) in named and meaning(one) in {"void", "draft"}]
    return Decimal(0) if gone and len(gone) == len(named) else worth


def bases(case: Case) -> list[Sum]:
    """What the accepted estimates may come to: all of them, or the latest, which may stand in place of the others. None where one cannot be read."""
    estimates = case.accepted
    if not estimates or any(amount(one, "total") is None for one in estimates):
        return []
    latest = max(enumerate(estimates), key=lambda one: (str(day_in(one[1], "approved_on", "created_on", "sent_on") or ""), one[0]))[1]
    found = [_sum(estimates)]
    return found if len(estimates) == 1 else [*found, _sum([latest])]


def agreed(case: Case) -> Decimal | None:
    """What was agreed in all: the accepted estimates and the approved changes. None where there is no accepted estimate, or an amount is not known."""
    known = bases(case)
    approved = [one for one in case.books.change_orders if is_approved(case, one)]
    extra = total_of(amount(one, "amount") for one in approved)
    return known[-1 if _latest_fits(case, known) else 0].gross + extra if known and extra is not None else None


def _latest_fits(case: Case, known: Sequence[Sum]) -> bool:
    """Whether the job's own total says that the latest estimate stands in place of the others."""
    return len(known) > 1 and case.worth == known[-1].gross


def settle(case: Case) -> Settled | None:
    """Hold what is billed against what was agreed. None where either is not known."""
    known = bases(case)
    unreadable = any(is_approved(case, one) and amount(one, "amount") is None for one in case.books.change_orders)
    if not known or case.billed is None or not case.live or unreadable:
        return None
    billed = _sum([*case.live, *case.credits])
    changes = changes_of(case)
    for included in _readings(changes):
        extra = sum(included, Decimal(0))
        for base in known:
            difference = _difference(case, billed, base, extra)
            if not case.policy.beyond(difference, base.gross + extra):
                return Settled(Decimal(0), base.gross + extra, _missing(changes, included), _unapproved(changes, included))
    return _nearest(case, billed, known, changes)


def _readings(changes: Sequence[Change]) -> Iterator[tuple[Decimal, ...]]:
    """How much of each change may be in the invoice: first all that was approved, then what the rows say, then whatever else is possible.

    What its row says is billed is in it; a change that nobody approved may be in it or not.
    """
    yield tuple(one.amount if one.approved else one.said for one in changes)
    yield tuple(one.said for one in changes)
    yield tuple(one.amount if one.approved else Decimal(0) for one in changes)
    if 0 < len(changes) <= _MOST_CHANGES:
        options = [(one.amount,) if one.approved and one.said == one.amount else tuple({one.amount, one.said, *(() if one.approved else (Decimal(0),))})
                   for one in changes]  # fmt: skip
        yield from sorted(product(*options), key=lambda one: sum(part != change.said for part, change in zip(one, changes, strict=True)))


def _missing(changes: Sequence[Change], included: Sequence[Decimal]) -> tuple[tuple[Change, Decimal], ...]:
    return tuple((one, one.amount - part) for one, part in zip(changes, included, strict=True) if one.approved and part != one.amount)


def _unapproved(changes: Sequence[Change], included: Sequence[Decimal]) -> tuple[Change, ...]:
    return tuple(one for one, part in zip(changes, included, strict=True) if not one.approved and part)


def _nearest(case: Case, billed: Sum, known: Sequence[Sum], changes: Sequence[Change]) -> Settled:
    """Nothing fits: the difference that is left when each change stands where its row says.

    Where more is billed than that, the changes that are said to be open may be in it: then they are not told beside it.
    """
    as_said = tuple(one.said for one in changes)
    all_in = tuple(one.amount if one.approved else one.said for one in changes)

    def left(included: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
        extra = sum(included, Decimal(0))
        return min(((_difference(case, billed, base, extra), base.gross + extra) for base in known), key=lambda one: abs(one[0]))

    difference, sum_agreed = left(as_said)
    included = as_said
    if difference > 0 and all_in != as_said:
        included = all_in
        difference, sum_agreed = left(all_in)
    return Settled(difference, sum_agreed, _missing(changes, included), _unapproved(changes, included))


def _difference(case: Case, billed: Sum, base: Sum, extra: Decimal) -> Decimal:
    """What is billed beyond a sum, in the reading in which they are nearest: both with tax, both without, a deposit or retainage taken off."""
    found = [billed.gross - base.gross]
    if billed.net is not None:
        found.append(billed.net - (base.gross if base.net is None else base.net))
    elif base.net is not None:
        found.append(billed.gross - base.net)
    kept = total_of(amount(one, "retainage") or Decimal(0) for one in case.live) or Decimal(0)
    nearest = min((one - extra + more for one in found for more in {Decimal(0), kept}), key=abs)
    if (apart := _billed_apart(case)) and abs(nearest - apart) <= CENT:
        return Decimal(0)
    return Decimal(0) if abs(nearest + deposit_collected(case)) <= CENT else nearest


def _billed_apart(case: Case) -> Decimal:
    """Deposits on invoices of their own that are credited on the last one, which is for the whole: its balance is so much less."""
    deposits = [one for one in case.live if speaks_of_deposit(one["title"])]
    others = [one for one in case.live if one not in deposits]
    apart, whole, still = (
        total_of(amount(one, name) for one in papers) for papers, name in ((deposits, "total"), (others, "total"), (others, "balance"))
    )
    return apart if apart and others and whole is not None and still is not None and still <= whole - apart else Decimal(0)


def deposit_collected(case: Case) -> Decimal:
    """What the accepted estimates say was paid of the deposit."""
    return total_of(amount(one, "deposit_paid") or Decimal(0) for one in case.accepted) or Decimal(0)


def _sum(papers: Sequence[Record]) -> Sum:
    """Papers with known totals added up; before tax where one of them tells its tax."""
    taxes = [tax_in(one) for one in papers]
    gross = sum((amount(one, "total") or Decimal(0) for one in papers), Decimal(0))
    return Sum(gross, None if all(tax is None for tax in taxes) else gross - sum((tax or Decimal(0) for tax in taxes), Decimal(0)))
