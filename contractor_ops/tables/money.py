"""An amount as people write it: the same everywhere, to the cent."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

_CENT = Decimal("0.01")


def dollars(amount: Decimal | None, sign: str = "$") -> str:
    """ "$1,250.00", "-$25.00"; half a cent is rounded up, what is unknown is an empty text and never $0.00."""
    if amount is None:
        return ""
    with localcontext() as exactly:
        exactly.prec = max(exactly.prec, amount.adjusted() + 4)
        cents = abs(amount).quantize(_CENT, ROUND_HALF_UP)
    return f"{'-' if amount < 0 and cents else ''}{sign}{cents:,.2f}"
