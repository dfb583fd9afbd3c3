"""Tasks of a trail that have settled themselves: the booking was called off, what they asked for is there, or a newer task says it anew."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime

from contractor_ops.office import Office
from contractor_ops.planning.conditions import label, met, say
from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.planning.gone import settled_rows
from contractor_ops.planning.planner import day_start
from contractor_ops.planning.screen import LiveRow, screener_for
from contractor_ops.ports import ReviewItem
from contractor_ops.recipe import Condition, Recipe, Step
from contractor_ops.tables.catalogue import TABLES
from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.catalogue import READABLE

Looked = Mapping[str, Decision | LiveRow]
"""What a first look at each row says, by its record."""
_ENDED = "its status is "
"""How planning says that a row's status has ended it."""
_DONE = frozenset({"completed", "invoiced"})
_TO_COME = frozenset({"booked", "scheduled", "under-way"})


def settle_tasks(office: Office, recipe: Recipe, plan: Plan, table: Table, at: datetime) -> None:
    """Take such tasks off the list, each with a note that says why.

    Of a booking that is completed those leave that were for the visit; a permit or a deposit may still be owed.
    """
    theirs = [one for one in office.ledger.reviews(("open", "gone")) if one.recipe == recipe.key and one.kind == "task"]
    theirs = [one for one in theirs if len(one.members) == 1]
    tasks = [one for one in theirs if one.state == "open" and not one.urgent]
    left = _left_last(theirs)
    if not (plan.trail and (tasks or left)):
        return
    records = {one.members[0].key.record for one in (*tasks, *left)}
    looked = _looked(office, recipe, plan, table, records)
    skipped = office.ledger.history(recipe.key, recipe.reads, records, (), day_start(plan.now)).skips
    steps = {step.key: step for step in recipe.steps}
    gone = settled_rows(plan)
    for task in tasks:
        anew = _said_anew(task, tasks, steps)
        if (
            why := _skipped(task, skipped)
            or _gone(task, gone)
            or _over(task, looked, steps, plan.now.date())
            or (f"{anew.id} says what is left of it" if anew else "")
        ):
            office.ledger.decide_review(task.id, "gone", at, why)
        if anew and task.assigned and not anew.assigned:  # it stays with whom somebody gave it to
            office.ledger.assign_review(anew.id, task.assigned, at)
    for task in left:
        if _asked_again(task, looked, steps):
            office.ledger.add_task(task, at)


def _left_last(tasks: Sequence[ReviewItem]) -> list[ReviewItem]:
    """The tasks that left because their row had ended, where nothing has been asked of the same step since."""
    last = {one.members[0].key: one for one in sorted(tasks, key=lambda one: one.id)}
    return [one for one in last.values() if one.state == "gone" and one.note.startswith(_ENDED)]


def _asked_again(task: ReviewItem, looked: Looked, steps: Mapping[str, Step]) -> bool:
    """Whether the row goes on after all and asks for this step, which is done and so would be put on the list by nobody."""
    key = task.members[0].key
    row, step = looked.get(key.record), steps.get(key.step)
    if step is None or step.on_change or row is None or isinstance(row, Decision) or row.unknown:
        return False
    due = next(one for one in row.steps if one.step.key == key.step)
    return not (due.over or due.outside)


def _looked(office: Office, recipe: Recipe, plan: Plan, table: Table, wanted: Set[str]) -> Looked:
    """A first look at the rows that tasks are about; a number that two rows have is nobody's."""
    spec, rows = READABLE[recipe.reads], dict[str, list[tuple[int, Record]]]()
    for place, record in enumerate(table.records):
        if (identity := record_id(record, spec)) and identity in wanted:
            rows.setdefault(identity, []).append((place, record))
    screener = screener_for(recipe, spec, table, office.facts, plan.now)
    return {identity: screener.look(*found[0]) for identity, found in rows.items() if len(found) == 1}


def _skipped(task: ReviewItem, skipped: Mapping[str, str]) -> str:
    because = skipped.get(task.members[0].key.record)
    return "" if because is None else f"the booking was skipped by a person{f': {because}' if because else ''}"


def _gone(task: ReviewItem, gone: Set[str]) -> str:
    return "the booking is gone from the sheet, and a person has seen to it" if task.members[0].key.record in gone else ""


def _over(task: ReviewItem, looked: Looked, steps: Mapping[str, Step], today: date) -> str:
    """Why the row asks for this step no more, by its end or by what the step is for; its status alone is no reason before the visit was kept."""
    key = task.members[0].key
    row, step = looked.get(key.record), steps.get(key.step)
    if row is None or step is None:
        return ""
    if isinstance(row, Decision):
        return row.reason if row.decision == "ended" else ""
    if _is_for_the_visit(step) and (kept := _kept(row.record, today)):
        return kept
    due = next(one for one in row.steps if one.step.key == key.step)
    if due.by_status and step.on_change and _meaning(row.record) in _TO_COME:  # what was off is on again, what was on hold goes on
        return due.outside
    if due.over or due.by_status or not due.outside:
        return due.over
    return next((_no_longer(test) for test in step.when.tests if met(row.record, test) is None), "")


def _is_for_the_visit(step: Step) -> bool:
    """Whether a step is about how a visit can be kept, which nobody has to see to after it: its material, and what changed before it."""
    return step.do == "check-materials" or (step.do == "task" and bool(step.on_change) and not _DONE & set(step.when.status))


def _kept(record: Record, today: date) -> str:
    """That the visit was kept, where its day is over and the booking is completed; else ""."""
    start = record["starts_at"]
    if not isinstance(start, date) or _meaning(record) not in _DONE:
        return ""
    day = start.date() if isinstance(start, datetime) else start
    return f"the visit is over, and its status is {record['status']}" if day < today else ""


def _meaning(record: Record) -> str | None:
    return meaning_of(str(record["status"] or ""), TABLES["jobs"].statuses)


def _no_longer(test: Condition) -> str:
    """What a row no longer meets: "to settle: nothing any more"."""
    if test.test != "missing":
        return f"no longer so: {say(test)}"
    return f"{label(test.column)}: {'it is there now' if test.value else 'nothing any more'}"


def _said_anew(task: ReviewItem, tasks: Sequence[ReviewItem], steps: Mapping[str, Step]) -> ReviewItem | None:
    """The latest task that asks the same of the same row, in the words of today."""
    key = task.members[0].key
    later = [one for one in tasks if one.id > task.id and one.members[0].key.record == key.record]
    again = [one for one in later if _same(steps.get(one.members[0].key.step), steps.get(key.step))]
    return max(again, key=lambda one: one.id, default=None)


def _same(later: Step | None, earlier: Step | None) -> bool:
    return bool(later and earlier and later.on_change and later.words == earlier.words)
