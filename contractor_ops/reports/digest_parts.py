"""What the owner's summary is put together from, besides figures: what recipes and people did, and what waits for whom."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Done:
    """What one recipe did since the last digest: messages that left, files in outbox/ that a person must send, tasks, answers that came.

    `sent_to` and `outbox_to` are those who were written to, each once. Of those `in_doubt` nobody knows whether they left.
    """

    title: str
    sent: int
    tasks: int
    answered: int
    failed: int
    outbox: int = 0
    sent_to: tuple[str, ...] = ()
    outbox_to: tuple[str, ...] = ()
    in_doubt: int = 0


@dataclass(frozen=True, slots=True)
class LowRating:
    """A low score from 1 to 5, who gave it, for which job, and who did that; each "" where nobody knows."""

    score: int
    customer: str
    job: str
    technician: str


@dataclass(frozen=True, slots=True)
class Ratings:
    """How many rated the work, the sum of their scores, and the low ones."""

    count: int
    total: int
    low: tuple[LowRating, ...]

    @property
    def average(self) -> Decimal:
        """The mean of the scores, to one place."""
        return (Decimal(self.total) / self.count).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Settled:
    """What people settled by hand, of the things on one person's list: each verb with whom or what it was about.

    `owner` is a key of [people], "" for what needed nobody any more. `things` counts items, several of which one call may have settled.
    """

    owner: str
    things: int
    deeds: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person's queue: things to look at, of them urgent ones, the age of the oldest in days; put off till later; released and not yet gone."""

    owner: str
    things: int
    urgent: int
    oldest: int
    put_off: int
    released: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one thing of the queue waits: its number there, whose it is, how much, and whose turn."""

    number: int
    customer: str
    what: str
    why: str
    amount: Decimal | None
    owner: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Reasons:
    """The weightiest things of the queue, how many more wait, and the command that lists these."""

    shown: tuple[Reason, ...] = ()
    more: int = 0
    command: str = ""
