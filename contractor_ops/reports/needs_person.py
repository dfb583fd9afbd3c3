"""Which decisions and problems need a person, drawn together so that one thing to do is one item."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from contractor_ops.planning.decision import BY_HAND, Decision, Plan
from contractor_ops.ports import ReviewItem
from contractor_ops.reports import next_thing
from contractor_ops.reports.format import count, days_since, documents, listed, things
from contractor_ops.reports.gravity import is_grave
from contractor_ops.reports.one_message import BACKLOG, head, in_doubt, message_of, only_a_release
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.report_items import AT_STAKE, Item, Urgency, rows_in_words, total
from contractor_ops.tables.record import Place, Problem

_ENDS_A_REASON = re.compile(r"; | — ")
"""Behind what a row says for itself, planning puts the doubts about it and what a run found."""
_Numbers = Mapping[tuple[str, str, str, str], int]
_Bundle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What every item is told with: the moment, the people's names, the numbers that the review queue has given, which recipes are trails.

    `waiting` are the words of what is on somebody's list, by row.
    """

    now: datetime
    people: Mapping[str, str]
    numbers: _Numbers
    trails: Collection[str] = ()
    waiting: Mapping[Place, str] = field(default_factory=dict)

    def name(self, owner: str) -> str:
        """The name of a person whom a recipe names by key; a key that nobody has stays as it is."""
        return self.people.get(owner, owner)


def review_numbers(queue: Iterable[ReviewItem]) -> _Numbers:
    """The review item's number for each (recipe, record, step, anchor) in the queue."""
    return {(item.recipe, m.key.record, m.key.step, m.key.anchor): item.id for item in queue if item.id for m in item.members}


def words_waiting(queue: Iterable[ReviewItem]) -> dict[Place, str]:
    """What the tasks of the queue ask for, by row."""
    found: dict[Place, str] = {}
    for task in (one for one in queue if one.kind == "task"):
        found |= {one.place: f"{found.get(one.place, '')} {task.body or task.reason}" for one in task.members}
    return found


def numbers_told(plans: Sequence[Plan], telling: Telling) -> set[int]:
    """The numbers of everything in these plans that waits for a person."""
    keys = ((plan.recipe, one.record, one.step or "", one.anchor) for plan in plans for one in plan.unsettled if needs_person(one))
    return {telling.numbers[key] for key in keys if key in telling.numbers}


def items_from_plans(plans: Sequence[Plan], telling: Telling) -> list[Item]:
    """Everything in these plans that waits for a person. A row that two recipes cannot use is one row to mend."""
    problems = _problems_by_row(plans)
    bundles: dict[_Bundle, list[tuple[Plan, Decision]]] = {}
    for plan in plans:
        for decision in () if blind(plan) else plan.unsettled:
            if needs_person(decision):
                bundles.setdefault(_bundle(plan, decision, problems), []).append((plan, decision))
    items = [_item(bundle[0][0], _once([decision for _, decision in bundle]), problems, telling) for bundle in bundles.values()]
    return items + _tidy(plans, telling)


def needs_person(decision: Decision) -> bool:
    """Whether a person must do something: look, mend, do a task, or see to a message that did not arrive for certain."""
    task = decision.decision == "act" and decision.action in BY_HAND and decision.outcome != "skipped"
    looked_at = decision.decision in {"review", "broken"} and not put_off(decision)
    return task or looked_at or decision.outcome in {"failed", "in_doubt"}


def put_off(decision: Decision) -> bool:
    """Whether a person has snoozed it: a review that rests until a day."""
    return decision.decision == "review" and decision.until is not None


def blind(plan: Plan) -> bool:
    """Whether a column is missing without which nothing can be said of the rows: the brake is all there is to show."""
    return any(brake.name == "missing-column" and brake.name not in plan.accepted for brake in plan.brakes)


def unreadable(decision: Decision) -> bool:
    """Whether what is asked for is a look at the row's cells rather than at the words of a message."""
    return decision.decision == "broken" or (decision.decision == "review" and not decision.body and not decision.group)


def urgency(decision: Decision) -> Urgency:
    """How a decision's item is ranked. What earlier runs left in doubt is known by its reason only."""
    if decision.outcome == "failed":
        return "failed"
    if decision.urgent and (decision.outcome is None or decision.action in BY_HAND):
        return "urgent"
    if decision.outcome == "in_doubt" or (decision.decision == "review" and in_doubt(decision.reason)):
        return "in doubt"
    if decision.decision == "broken":
        return "mend"
    if decision.group == BACKLOG:
        return "backlog"
    return asked_for(decision.action in BY_HAND, decision.may_be_released, decision.reason)


def asked_for(task: bool, words: bool, reason: str) -> Urgency:
    """What is wanted of a person: a task to do, words to release, else something to decide."""
    return "do" if task else "release" if words and only_a_release(reason) else "decide"


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bundle(plan: Plan, decision: Decision, problems: "_Problems") -> _Bundle:
    """What is shown as one item: rows to mend in one column for one reason, a backlog, a message that covers several rows."""
    kind, owner, place = urgency(decision), decision.owner, decision.place
    if kind == "mend":
        cells = problems.columns(place) or (f"row {place.row}",)
        return (kind, owner, place.file, place.sheet or "", decision.reason, *cells)
    if kind == "backlog":
        return (kind, owner, plan.recipe)
    return (decision.decision, decision.outcome or "", owner, plan.recipe, *message_of(decision))


def _once(decisions: list[Decision]) -> list[Decision]:
    """One decision for each row: a trail says the same of a broken row at every step, and so may a second recipe."""
    if urgency(decisions[0]) != "mend":
        return decisions
    return list({(d.place, d.record): d for d in decisions}.values())


def _item(plan: Plan, decisions: list[Decision], problems: "_Problems", telling: Telling) -> Item:
    first = head(decisions)
    kind = urgency(first)
    cells = problems.columns(first.place) if unreadable(first) else ()
    values = problems.values(first.place) if cells and len(decisions) == 1 else ()
    place = where([d.place for d in decisions])
    number = telling.numbers.get((plan.recipe, first.record, first.step or "", first.anchor))
    ages = [age for d in decisions if (age := days_since(d.due, telling.now)) is not None]
    return Item(
        urgency=kind,
        owner=telling.name(first.owner),
        customer=customers([d.customer for d in decisions]),
        amount=total({(d.record, d.place): known(d.amount) for d in decisions}.values()),
        age=max(ages, default=None),
        about=about(kind, first.table, [d.record for d in decisions]),
        reason=of_step(first.step if plan.trail and kind not in {"mend", "backlog"} else None, first.reason),
        place=f"{place}{_under(cells)}",
        next=_next(kind, first, cells, values, place, number),
        recipe=plan.title,
        rows=len(decisions),
        review=number,
        table=first.table,
        grave=is_grave(first.reason, first.body, first.step, telling.now),
    )


def _next(kind: Urgency, decision: Decision, cells: Sequence[str], values: Sequence[str], place: str, number: int | None) -> str:
    if kind == "failed" and decision.action == "draft-invoice":
        return "See that drafts/ can be written to: the next run with --send tries again"
    words = next_thing.for_decision(kind, decision, cells, values, place, number)
    return told_once(words, decision.reason) if decision.table in AT_STAKE else words


def about(kind: Urgency, table: str, records: Sequence[str]) -> str:
    """The documents by name; of a backlog how many there are."""
    return things(table, len(records)) if kind == "backlog" else documents(table, records)


def of_step(step: str | None, reason: str) -> str:
    """A reason with the step that it is about: a row of a trail has many."""
    return f"{step}: {reason}" if step else reason


def customers(names: Iterable[str | None]) -> str:
    """The customer, or how many there are."""
    distinct = list(dict.fromkeys(name for name in names if name))
    return distinct[0] if len(distinct) == 1 else count(len(distinct), "customer") if distinct else ""


def known(amount: object) -> Decimal | None:
    """A decision's amount as money; anything that is no number is unknown."""
    if isinstance(amount, Decimal):
        return amount if amount.is_finite() else None
    return Decimal(str(amount)) if isinstance(amount, int | float) and not isinstance(amount, bool) else None


def told_once(words: str, reason: str) -> str:
    """A task's words without the reason, which stands above them: "Ann Li, job J-1: REASON. See jobs.csv" is "Ann Li, job J-1. See jobs.csv"."""
    reason = one_line(reason)
    ends = [len(reason), *(found.start() for found in reversed(list(_ENDS_A_REASON.finditer(reason))))]
    for said in (reason[:end] for end in ends):
        before, found, after = words.partition(f": {said}")
        if found and before and after[:1] in {"", "."}:
            return f"{before}{after}"
    return words


def where(places: Sequence[Place]) -> str:
    """Name places: "estimates.xlsx, sheet 2026, row 31"; several rows of one sheet share its name."""
    sheets: dict[tuple[str, str | None], list[int]] = {}
    for place in places:
        sheets.setdefault((place.file, place.sheet), []).extend([place.row] if place.row else [])
    parts = [(file, f"sheet {sheet}" if sheet else "", rows_in_words(rows)) for (file, sheet), rows in sheets.items()]
    return "; ".join(", ".join(part for part in texts if part) for texts in parts)


def _under(columns: Sequence[str]) -> str:
    return f", {'column' if len(columns) == 1 else 'columns'} {listed(columns)}" if columns else ""


# ── problems ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Problems:
    """The problems of each row, by its place."""

    rows: Mapping[Place, list[Problem]]

    def columns(self, place: Place) -> tuple[str, ...]:
        """The headings of the row's cells that could not be understood."""
        return tuple(dict.fromkeys(problem.column for problem in self.rows.get(place, ()) if problem.column))

    def values(self, place: Place) -> tuple[str, ...]:
        """What those cells say now."""
        return tuple(dict.fromkeys(problem.value for problem in self.rows.get(place, ()) if problem.value))


def _problems_by_row(plans: Iterable[Plan]) -> _Problems:
    rows: dict[Place, list[Problem]] = {}
    for plan in plans:
        for problem in plan.problems:
            rows.setdefault(Place(problem.file, problem.sheet, problem.row), []).append(problem)
    return _Problems(rows)


def _tidy(plans: Sequence[Plan], telling: Telling) -> list[Item]:
    """One item for each column with cells that could not be read in rows that nothing else here speaks of."""
    told = {decision.place for plan in plans for decision in plan.unsettled if unreadable(decision)}
    asked = _asked(plans, telling)
    columns: dict[tuple[str, str | None, str | None], dict[Problem, Plan]] = {}
    for plan in plans:
        for problem in plan.problems:
            if (place := Place(problem.file, problem.sheet, problem.row)) not in told and problem.message.rstrip(".") not in asked.get(
                place, ""
            ):
                columns.setdefault((problem.file, problem.sheet, problem.column), {}).setdefault(problem, plan)
    return [_tidy_item(list(found), next(iter(found.values())), telling) for found in columns.values()]


def _asked(plans: Sequence[Plan], telling: Telling) -> dict[Place, str]:
    """What people are asked already, by row."""
    asked = dict(telling.waiting)
    for one in (one for plan in plans for one in plan.unsettled if needs_person(one)):
        words = one.body if one.action in BY_HAND else ""
        asked[one.place] = f"{asked.get(one.place, '')} {one.reason} {words or ''}"
    return asked


def _tidy_item(problems: list[Problem], plan: Plan, telling: Telling) -> Item:
    first = problems[0]
    places = [Place(problem.file, problem.sheet, problem.row) for problem in problems]
    columns = [first.column] if first.column else []
    place = where(places)
    return Item(
        urgency="tidy",
        owner=telling.name(_keeper(plan)),
        customer="",
        amount=None,
        age=None,
        about=count(len(problems), "cell" if first.column else "row") + (f' under "{first.column}"' if first.column else ""),
        reason=_complaint(first) if len(problems) == 1 else f"such as {_complaint(first)}",
        place=f"{place}{_under(columns)}",
        next=next_thing.mend(columns, [], place),
        recipe=plan.title,
        rows=len(problems),
    )


def _complaint(problem: Problem) -> str:
    return f'"{problem.value}": {problem.message}' if problem.value and problem.value not in problem.message else problem.message


def _keeper(plan: Plan) -> str:
    """A problem names nobody: it goes to the person who gets most of this recipe's rows."""
    owners = plan.owners()
    return owners.most_common(1)[0][0] if owners else "office"
