"""One step of one row, and when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from contractor_ops.recipe import Step
from contractor_ops.tables.record import Value


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of one row, and the moment (aware, office time) it is due.

    `anchor` is what tells it from the same step at another time, "" where it is done once for good. `waits` says what it waits for that has
    no moment yet ("first-nudge comes after ..."), `outside` why the row is not what this step is about, `over` why it is over for good
    (both `by_status` where the status alone says so),
    `unusable` why it cannot be reckoned; each "" where that is not so. `changed` says which change started it, `before` are the values
    that its columns had, None where no change started it. `stamp` is `due` in seconds, to compare it with.
    """

    step: Step
    due: datetime
    anchor: str = ""
    waits: str = ""
    outside: str = ""
    over: str = ""
    unusable: str = ""
    changed: str = ""
    by_status: bool = False
    before: Mapping[str, Value] | None = None
    stamp: float = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stamp", self.due.timestamp())  # asked of thirty steps a row

    @property
    def has_a_moment(self) -> bool:
        """Whether `due` says when it comes."""
        return not (self.waits or self.outside or self.over or self.unusable)
