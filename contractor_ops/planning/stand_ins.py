"""Rows that may be one that left the sheet, under another number."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from contractor_ops.planning.changes import as_text
from contractor_ops.planning.contacts import Contact
from contractor_ops.planning.left import START, Left, is_to_come, tells
from contractor_ops.planning.phrases import at, day, local
from contractor_ops.planning.screen import LiveRow
from contractor_ops.ports import SETTLED, History, StepKey
from contractor_ops.recipe import Recipe
from contractor_ops.tables.cells.names import normal_name


def renumbered(live: Sequence[LiveRow], contacts: Mapping[int, Contact], left: Left, history: History) -> list[LiveRow]:
    """Rows of the same customer and start for which nothing was done while the one that left was there."""
    last = max((memory.at for key, memory in history.steps.items() if key.record == left.away.record), default=None)
    return [
        row for row in live if as_text(row.record[START], START) == left.start.isoformat()
        and _is_theirs(row, contacts.get(row.position), left, history, by_name=True) and _is_new(row, history, last)
    ]  # fmt: skip


def moved(
    live: Sequence[LiveRow],
    contacts: Mapping[int, Contact],
    left: Left,
    history: History,
    since: datetime,
    asked: Collection[str],
    now: datetime,
) -> list[LiveRow]:
    """Rows of the same customer at another time for which nothing was done before `since`, when the other left. A name alone joins nobody.

    They are to come, or among those that somebody was `asked` about before.
    """
    return [
        row for row in live if (row.id in asked or is_to_come(start_of(row), now))
        and _is_theirs(row, contacts.get(row.position), left, history, by_name=False) and _is_new(row, history, since, or_then=True)
    ]  # fmt: skip


def already_told(recipe: Recipe, row: LiveRow, left: Left, name: str, history: History, now: datetime) -> Iterator[tuple[StepKey, str]]:
    """What is not said again of the row in the other's place, each with the doubt that keeps it."""
    if as_text(row.record[START], START) == left.start.isoformat():
        why = f"it looks like {name}, which is gone from the sheet and of which they were told already"
        yield from ((StepKey(row.id, *key), why) for key in _done(history, left.away.record))
    else:
        once = {step.key for step in recipe.steps if tells(step) and not step.on_change}
        why = f"it may be {name} under another number: that is gone from the sheet, and they were told of {when(left.start, now)}"
        yield from ((StepKey(row.id, *key), why) for key in _done(history, left.away.record) if key[0] in once and not key[1])


def start_of(row: LiveRow) -> date | None:
    """When a row's visit is."""
    start = row.record[START]
    return start if isinstance(start, date) else None


def when(start: date, now: datetime) -> str:
    """Say a start, with its time where it has one."""
    return at(local(start, now), now) if isinstance(start, datetime) else day(start, now.date())


def _is_theirs(row: LiveRow, contact: Contact | None, left: Left, history: History, *, by_name: bool) -> bool:
    known = history.known.get(left.away.record)
    if contact and (left.address in contact.addresses or (known and known.customer and known.customer == contact.key)):
        return True
    if not by_name or (known and known.customer and contact and contact.key):
        return False
    return bool(left.away.customer) and normal_name(str(row.record["customer"] or "")) == normal_name(left.away.customer or "")


def _is_new(row: LiveRow, history: History, since: datetime | None, *, or_then: bool = False) -> bool:
    """Whether nothing was done for it up to that moment; `or_then`: what was done at that very moment is no sign that it was there before."""
    stamp = since.timestamp() if since else 0.0
    done = (memory.at.timestamp() for key, memory in history.steps.items() if key.record == row.id)
    return all(one >= stamp if or_then else one > stamp for one in done)


def _done(history: History, record: str) -> Collection[tuple[str, str]]:
    """The step and the anchor of everything that was done for a row."""
    return {(key.step, key.anchor) for key, memory in history.steps.items() if key.record == record and memory.state in SETTLED}
