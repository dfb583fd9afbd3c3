"""Drafts that have gone stale: what was drafted comes to another amount now, and a person must hear of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from contractor_ops.actions.drafted import Before, tasks_of
from contractor_ops.planning.decision import ByRow, Decision, Plan
from contractor_ops.ports import Ledger, ReviewItem
from contractor_ops.recipe import Recipe
from contractor_ops.tables.identity import digest_of
from contractor_ops.tables.money import dollars
from contractor_ops.tables.record import Record


def changed_drafts(ledger: Ledger, recipe: Recipe, plan: Plan, keys: Mapping[str, str]) -> list[ReviewItem]:
    """An item for each draft whose work is not billed yet and comes to another amount; it leaves the queue with the work, or when it fits again."""
    done = list(_drafted(plan))
    tasks = tasks_of(ledger, recipe.key) if done else {}
    found = []
    for one, row in done:
        task = tasks.get((keys.get(one.step or "", one.step or ""), one.record))
        total = row["total"] if isinstance(row["total"], Decimal) else None
        if task is not None and task.body is not None and task.amount != total:  # without words it is forgotten
            found.append(_item(plan, one, row, task, total))
    return found


def _drafted(plan: Plan) -> Iterator[tuple[Decision, Record]]:
    """The rows whose draft has been left, each with its decision."""
    if isinstance(plan.decisions, ByRow):
        for at, one in plan.decisions.near.items():
            if one.decision == "done" and one.action == "draft-invoice":
                yield one, plan.decisions.records[at]


def _item(plan: Plan, one: Decision, row: Record, task: ReviewItem, total: Decimal | None) -> ReviewItem:
    said = Before(one.record, task).told(plan.now.tzinfo, plan.now)
    now = f"it comes to {dollars(total)} now" if total is not None else "nobody knows its price now"
    because = f"{said}; {now}: mend the draft, or the invoice made of it"
    off = abs(total - task.amount) if total is not None and task.amount is not None else None
    member = replace(task.members[0], key=replace(task.members[0].key, record=one.record, anchor=one.anchor), place=one.place,
                     row_hash=digest_of(dollars(total)), words_hash="", amount=off, body=None)  # fmt: skip
    return ReviewItem(task.recipe, f"changed/{one.record}/{one.step or ''}/{dollars(total)}", "row", one.owner, because, (member,),
                      one.customer, off, due=one.due, table=one.table)  # fmt: skip
