"""Estimates that have gone quiet, and what an answer is worth here: how many are accepted, and for how much."""

from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.leak import Leak, Sure, Untold, days_of
from contractor_ops.figures.offers import NEEDS, RATE_OVER, STALE_AFTER, by_age, close_rate, offers
from contractor_ops.figures.tally import NOT_YET
from contractor_ops.figures.values import Business, Line, Share

ENOUGH, PLENTY = 5, 10
"""Estimates that have had their time without which nobody can tell a close rate, and from which it is fairly sure."""
TOO_OLD = 90
"""Days after which an estimate without an answer is counted and brings no money into the sum."""
_TITLE = "Estimates gone quiet"
_SENTENCE = f"Estimates that were sent {STALE_AFTER} days ago or longer and have no answer, of all that wait for one. Those that a job names are answered."


@dataclass(frozen=True, slots=True)
class Worth:
    """What asking is worth: the close rate, and the median of the estimates that were accepted; None where too few tell."""

    rate: Share
    typical: Decimal | None
    accepted: int

    @property
    def known(self) -> bool:
        """Whether enough estimates have had their time."""
        return self.rate.whole >= ENOUGH

    @property
    def said(self) -> str:
        """The close rate in words, or why there is none."""
        if self.rate.unknown:
            return f"no close rate: {self.rate.unknown.removeprefix(NOT_YET)}"
        if not self.known:
            return f"no close rate: only {self.rate.whole} answered or out of time in {RATE_OVER} days"
        return f"{round(100 * self.rate.part / self.rate.whole)} % close rate"

    def of(self, amount: Decimal) -> Decimal:
        """What is to be expected of an amount, in whole dollars."""
        return (amount * self.rate.part / self.rate.whole).quantize(Decimal(1))


def worth(business: Business) -> Worth:
    """What the estimates of half a year tell."""
    rate = close_rate(business)
    totals = (
        []
        if rate.unknown
        else [one.total for one in offers(business) if one.answer == "accepted" and one.total and one.sent in rate.window]
    )
    return Worth(rate, Decimal(median(totals)) if len(totals) >= ENOUGH else None, len(totals))


def estimates_quiet(business: Business, claimed: frozenset[tuple[str, str]]) -> Leak | Untold:
    """Estimates that nobody has answered for a week."""
    if why := lacking(business, *NEEDS):
        return Untold("estimates-quiet", _TITLE, why)
    waiting = [line for group in by_age(business) for line in group.lines]
    stale = {line.record for group in by_age(business) if group.key in {"estimates-at-risk", "estimates-stale"} for line in group.lines}
    quiet = [
        line for line in waiting if line.record in stale and (line.days or 0) >= STALE_AFTER and (line.table, line.record) not in claimed
    ]
    quiet = [*filter(_is_young, quiet), *(replace(line, why=f"{line.why}; too old for the sum") for line in quiet if not _is_young(line))]
    value, rows = worth(business), len(business.tables["estimates"].records)
    money, how = _money(quiet, value)
    sure: Sure = "fairly sure" if value.rate.whole >= PLENTY else "a guess"
    because = (
        f"of {value.rate.whole} estimates of {RATE_OVER} days that were answered or had their time {value.rate.part} were accepted; quiet ones may do worse"
        if value.known
        else value.said
    )
    because += _left_out(quiet)
    return Leak(
        "estimates-quiet", _TITLE, _SENTENCE, len(quiet), len(waiting), "open estimates", money, how, sure, because, rows, ("estimates",),
        days_of((one.sent for one in offers(business)), business.today), "estimate-follow-up", tuple(quiet),
    )  # fmt: skip


def _money(quiet: list[Line], value: Worth) -> tuple[Decimal | None, str]:
    counted = [line.amount for line in quiet if _is_young(line) and line.amount is not None]
    offered, left = sum(counted, Decimal(0)), len(quiet) - len(counted)
    out = f" ({left} left out)" if left else ""
    if not counted:
        return None, f"no amount is known{out}" if quiet else "none"
    return (
        value.of(offered) if value.known else None
    ), f"${offered:,.0f} offered × {value.said}{out}" if value.known else f"${offered:,.0f} offered, {value.said}{out}"


def _left_out(quiet: list[Line]) -> str:
    """Those that bring nothing into the sum, and why."""
    old, blank = sum(not _is_young(line) for line in quiet), sum(_is_young(line) and line.amount is None for line in quiet)
    told = [f"{old:,} older than {TOO_OLD} days" if old else "", f"{blank:,} without a total" if blank else ""]
    return f"; left out: {', '.join(filter(None, told))}" if old or blank else ""


def _is_young(line: Line) -> bool:
    return (line.days or 0) <= TOO_OLD
