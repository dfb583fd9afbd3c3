"""A kind of job: what the office knows of every job of that kind."""

from dataclasses import dataclass
from datetime import date, timedelta

from contractor_ops.bookings.deposits import Deposit
from contractor_ops.spans import Span

Switch = bool | str
"""Off, on, or on with a name: the town that gives the permit, the firm that does the work."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a kind of job. `minutes` None is unknown; empty texts and lists are nothing to say."""

    name: str
    minutes: int | None = None
    skills: tuple[str, ...] = ()
    preparation: str = ""
    checklist: tuple[str, ...] = ()
    rebook_after: Span | None = None
    related: str = ""
    permit: Switch = False
    subcontractor: Switch = False
    financing: bool = False
    deposit: Deposit | None = None

    def rebook_on(self, completed_on: date) -> date | None:
        """The day on which the customer is asked about the next one; None where nothing comes again."""
        if self.rebook_after is None:
            return None
        days = self.rebook_after.amount * (7 if self.rebook_after.unit == "weeks" else 1)
        return completed_on + timedelta(days=days)
