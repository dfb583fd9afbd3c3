"""Deposits: what a customer pays before the work begins, as config.toml and kinds.toml write it."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_PERCENT = re.compile(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Deposit:
    """An amount of money, or per cent of what the job comes to."""

    amount: Decimal
    percent: bool = False

    def of(self, total: Decimal | None) -> Decimal | None:
        """The money, never more than the job's total; None where it hangs on a total that is not known."""
        if not self.percent:
            return self.amount if total is None or total <= 0 else min(self.amount, total)
        return None if total is None or total <= 0 else (total * self.amount / 100).quantize(_CENT, ROUND_HALF_UP)


def read_deposit(value: object) -> Deposit:
    """Read "30%" or an amount; 0 is no deposit. Raises ValueError with a sentence that shows the right form."""
    if isinstance(value, Deposit):
        return value
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if found and Decimal(found[1]) <= 100:
        return Deposit(Decimal(found[1]), percent=True)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        amount = Decimal(str(value))
        if amount.is_finite() and amount >= 0:
            return Deposit(amount.quantize(_CENT))
    raise ValueError('this is no deposit; write deposit = "30%", or deposit = 500 without quotes and signs')
