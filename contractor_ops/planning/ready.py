"""A step that is due and undone, between judging the row and putting the words together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Union

from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.decision import Decision
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.steps import DueStep
from contractor_ops.ports import Release, StepKey


@dataclass(slots=True)
class Ready:
    """A step that is due and undone: `doubts` are what a person must look at first, `held` why it rests and until when.

    `to_settle` is what somebody must settle about the row's cells before this step goes on, "" where nothing is or a person has said that it is meant.
    `otherwise` is what becomes of the row where this is a message that a later step has overtaken, and its release holds no more.
    """

    row: LiveRow
    due: DueStep
    contact: Contact
    reason: str
    key: StepKey
    release: Release | None
    doubts: list[str] = field(default_factory=list)
    held: tuple[str, datetime | None] | None = None
    backlog: bool = False
    messages_sent: int = 0
    apart: bool = False
    leaves_by: datetime | None = None
    to_settle: str = ""
    otherwise: Union["Ready", Decision, None] = None


@dataclass(frozen=True, slots=True)
class Credits:
    """What we owe customers by their credits in the same table: by who they are, and by bare name where nothing more is known."""

    by_key: Mapping[str, Decimal]
    by_name: Mapping[str, Decimal]
