"""Lengths of time as people write them in config and recipes: "3 days", "30 s", "2 business days"."""

import re
from dataclasses import dataclass
from datetime import timedelta

UNITS = {
    "second": "seconds", "seconds": "seconds", "sec": "seconds", "secs": "seconds", "s": "seconds",
    "minute": "minutes", "minutes": "minutes", "min": "minutes", "mins": "minutes", "m": "minutes",
    "hour": "hours", "hours": "hours", "hr": "hours", "hrs": "hours", "h": "hours",
    "day": "days", "days": "days", "d": "days",
    "week": "weeks", "weeks": "weeks",
    "business day": "business days", "business days": "business days",
    "working day": "business days", "working days": "business days",
}  # fmt: skip
_SPAN = re.compile(r"\s*(\d{1,5})\s*([a-z]+(?: [a-z]+)?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number of one unit; `unit` is seconds, minutes, hours, days, weeks or business days."""

    amount: int
    unit: str

    @property
    def in_days(self) -> bool:
        """Whether it counts days of a calendar rather than hours on a clock."""
        return self.unit in {"days", "weeks", "business days"}

    def as_timedelta(self) -> timedelta:
        """The length on a clock. Raises ValueError for business days, which need a calendar."""
        if self.unit == "business days":
            raise ValueError("business days need a calendar")
        return timedelta(**{self.unit: self.amount})

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.amount == 1 else self.unit
        return f"{self.amount} {unit}"


def read_span(text: str) -> Span:
    """Read "3 days", "30 s" or "2 business days". Raises ValueError with a sentence that shows the right form."""
    found = _SPAN.fullmatch(text)
    unit = UNITS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        raise ValueError(f'"{text}" is no length of time; write it like "2 days", "3 business days", "4 hours" or "30 minutes"')
    return Span(int(found[1]), unit)
