"""What was drafted before, as the ledger tells it: a piece of work has one draft, by whatever name it goes today."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from contractor_ops.planning.decision import Decision
from contractor_ops.planning.phrases import day
from contractor_ops.ports import SETTLED, Ledger, ReviewItem
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.money import dollars
from contractor_ops.views.books.numbers import numbers_written

Tasks = Mapping[tuple[str, str], ReviewItem]
"""The task that each draft was left with, by the step's key and every name of the work: "101, 102", "101", "102"."""


def tasks_of(ledger: Ledger, recipe: str) -> Tasks:
    """The tasks of a recipe's drafts, the latest where one number stands for several."""
    items = [
        one for one in ledger.reviews(("open", "approved", "dismissed", "done", "gone")) if one.recipe == recipe and one.kind == "task"
    ]
    found: dict[tuple[str, str], ReviewItem] = {}
    for item in sorted(items, key=lambda one: one.id):
        for key in (member.key for member in item.members):
            found |= {(key.step, name): item for name in (*numbers_written(key.record), key.record)}
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """A draft of the same work: by which name, and the task that it was left with, None where that is forgotten."""

    name: str
    task: ReviewItem | None

    def told(self, zone: tzinfo | None, now: datetime) -> str:
        """ "101 was drafted on Mon, Nov 23 for $7,000.00"."""
        if self.task is None:
            return f"{self.name} was drafted before"
        when = f" on {day(self.task.created_at.astimezone(zone).date(), now.astimezone(zone).date())}" if self.task.created_at else ""
        return f"{self.task.members[0].key.record} was drafted{when} {for_what(self.task.amount)}"


def for_what(amount: Decimal | None) -> str:
    """ "for $7,000.00", "without a price"."""
    return f"for {dollars(amount)}" if amount is not None else "without a price"


def works_in(draft: str) -> tuple[list[str], str]:
    """The jobs that a draft is for, and its customer, as its own first line tells them."""
    first: dict[str, Any] = next(csv.DictReader(io.StringIO(draft, newline="")), {})
    return list(dict.fromkeys(numbers_written(first.get("Job #")))), str(first.get("Customer") or "")


def drafted_before(
    one: Decision, recipe: str, step: str, ledger: Ledger, tasks: Callable[[], Tasks], at: datetime
) -> tuple[list[Before], list[str]]:
    """The drafts that hold work of this one, by other names; and those of its jobs that have none yet."""
    numbers, customer = works_in(one.draft.text if one.draft else "")
    names = dict.fromkeys(name for number in (*numbers, one.record) for name in (number, f"{number} ({customer})") if name != one.record)
    steps = ledger.history(recipe, one.table, names, (), at).steps
    settled = [key.record for key, memory in steps.items() if key.step == step and key.anchor == one.anchor and memory.state in SETTLED]
    found = [Before(name, tasks().get((step, name))) for name in names if name in settled]
    before = [draft for draft in found if not _is_anothers(draft.task, one.customer or customer)]
    free = [number for number in numbers if number != one.record and number not in settled] if len(numbers) > 1 else []
    return before, free


def _is_anothers(task: ReviewItem | None, customer: str) -> bool:
    """Whether the draft was surely for another customer: numbers may stand for two."""
    theirs = normal_name(task.customer or "") if task else ""
    return bool(theirs) and bool(customer) and theirs != normal_name(customer)


def told_once(drafts: Iterable[Before], zone: tzinfo | None, now: datetime) -> str:
    """What was drafted before, as one phrase."""
    return "; ".join(dict.fromkeys(draft.told(zone, now) for draft in drafts))
