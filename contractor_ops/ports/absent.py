"""What the ledger knows of records that their sheet has no more, or has under another name."""

from dataclasses import dataclass
from datetime import datetime

GONE = "(gone)"
"""Under what it is remembered that somebody was asked about a row that left: no step can be called so. The decision is about the whole row."""


@dataclass(frozen=True, slots=True)
class Heard:
    """That a message of this step went to an address, and when (aware)."""

    step: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Away:
    """A record that its sheet has no more, though a message named a visit that may be to come: who heard of it, the oldest first.

    `tasks`: how many tasks about it are open.
    """

    record: str
    heard: tuple[Heard, ...]
    customer: str | None = None
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class Numberless:
    """What the ledger knows of a record that had no number: its own day, and the starts (both ISO) that people may have been told."""

    day: str
    starts: frozenset[str] = frozenset()
