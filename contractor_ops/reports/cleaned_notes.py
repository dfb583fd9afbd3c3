"""Job notes as they were cleaned: what the views of them show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contractor_ops.notes.clean import CleanNote
from contractor_ops.notes.points import FlagName
from contractor_ops.tables.record import Problem, Record


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag that a note raises: the words that raise it as written, and the key of whoever sees to it, "" for nobody."""

    name: FlagName
    words: str
    owner: str


@dataclass(frozen=True, slots=True)
class JobNote:
    """One job's note, cleaned."""

    job: Record
    note: CleanNote
    flags: Sequence[Raised]


@dataclass(frozen=True, slots=True)
class CleanedNotes:
    """Jobs' notes in the order of the sheet.

    `without`: how many of the jobs looked at have no note. `left_out`: the jobs with one of which nothing is done, by their status.
    """

    notes: Sequence[JobNote]
    without: int
    problems: Sequence[Problem]
    left_out: Sequence[Record] = ()

    def by_status(self) -> Counter[str]:
        """How many were left out, by the status that their sheet tells."""
        return Counter(" ".join(str(job["status"]).casefold().split()) for job in self.left_out)
