"""One record's story: a value, then its text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contractor_ops.planning.decision import Decision
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.as_of import as_of, judged_on
from contractor_ops.reports.ended import ended_as
from contractor_ops.reports.format import moment
from contractor_ops.reports.printable import printable
from contractor_ops.reports.table_rows import flat
from contractor_ops.reports.table_view import shown
from contractor_ops.tables.record import Record, Value


@dataclass(frozen=True, slots=True)
class Story:
    """What the sheet says, what each recipe decides now, what happened, and what waits for a person."""

    table: str
    wanted: str
    now: datetime
    records: Sequence[Record]
    decisions: Sequence[tuple[str, Decision]]
    brakes: Sequence[tuple[str, str]]
    history: Sequence[Mapping[str, Any]]
    items: Sequence[ReviewItem]


def story_json(story: Story) -> dict[str, Any]:
    """The story for scripts."""
    return {
        "table": story.table, "record": story.wanted, "now": story.now.isoformat(),
        "records": [flat(record) for record in story.records],
        "decisions": [{"recipe": recipe, **decision.as_json()} for recipe, decision in story.decisions],
        "brakes": [{"recipe": recipe, "message": message} for recipe, message in story.brakes],
        "history": list(story.history),
        "review": [{"id": item.id, "recipe": item.recipe, "state": item.state, "reason": item.reason, "note": item.note} for item in story.items],
    }  # fmt: skip


def story_lines(story: Story) -> Iterator[str]:
    """The story as people read it."""
    for record in story.records:
        yield f"{story.table} {record['number'] or ''}  ({record.place})".replace("  (", " (")
        yield from (line for name, value in record.values.items() if value is not None for line in _told(name.replace("_", " "), value))
        yield from (f"  ! {problem.column or name}: {problem.message}" for name, problem in record.problems.items())
    yield ""
    yield "What would happen now"
    for recipe, brake in story.brakes:
        yield f"  {recipe} is stopped by a brake: {brake}"
    for recipe, one in story.decisions:
        yield f"  {recipe}: {one.decision.upper()}{f', {one.step}' if one.step else ''}: {one.reason}"
        yield from (f"      {line}" for line in (one.body or "").splitlines())
    if not story.decisions:
        yield "  no recipe reads this table"
    yield ""
    yield "What has happened"
    for entry in story.history:
        when = moment(datetime.fromisoformat(str(entry["time"])).astimezone(story.now.tzinfo), story.now)
        where = f" to {entry['address']}" if entry.get("address") else ""
        detail = f": {entry['detail']}" if entry.get("detail") else ""
        yield f"  {when}: {entry['recipe']}, {entry['step']}, {entry['state']}{where}{detail}"
    if not story.history:
        yield "  nothing yet"
    for item in story.items:
        note = f" ({item.note})" if item.note else ""
        state = {"done": "done by hand", "dismissed": "dismissed", "": item.state}[ended_as(item)]
        yield f"  review item {item.id} is {state}{note}: {as_of(item.reason, judged_on(item, story.now), story.now)}"


def _told(name: str, value: Value) -> Iterator[str]:
    """A cell on its line; a whole file that is one, such as a draft invoice, line by line as it would be written."""
    if name == "draft":
        yield f"  {name}:"
        yield from (f"      {line}" for line in printable(str(value)).splitlines())
    else:
        yield f"  {name}: {shown(value)}"
