"""The review queue after a run: what a person must look at, one item each, a backlog as one."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.planning.phrases import count
from contractor_ops.ports import URGENT, Ledger, ReviewItem, ReviewMember, StepKey
from contractor_ops.recipe import Recipe
from contractor_ops.work.changed_drafts import changed_drafts
from contractor_ops.work.review_lapsed import SINCE
from contractor_ops.work.review_unreleased import too_late


def keep_queue(ledger: Ledger, recipe: Recipe, plan: Plan, at: datetime, *, whole: bool = True) -> None:
    """Bring the queue of one recipe up to date with its plan; items that are no longer due leave it.

    `whole` is False when only a part of the table was handed in: items of rows that are not in it stay as they are.
    """
    keys = {step.name: step.key for step in recipe.steps}
    left = {_key(one, keys) for one in plan.unsettled if one.outcome in {"sent", "queued", "failed", "in_doubt"}}
    to_leave = {_key(one, keys) for one in plan.unsettled if one.decision in {"act", "hold"}} - left
    asked = {_key(one, keys) for one in plan.unsettled if one.decision == "review"}
    waiting = ledger.reviews(("open", "approved"))
    latest = asked_last(waiting)
    still_standing = []
    ended = {_key(one, keys): one for one in plan.eventful if one.decision == "ended"} if plan.trail else {}
    planned = set() if whole else {one.record for one in plan.decisions}
    for item in waiting:
        members = {member.key for member in item.members if latest[item.recipe, member.key] == item.id}
        if item.recipe != recipe.key or item.kind == "task":
            continue
        if whole and item.state == "open":
            if why := too_late(item, ended):
                ledger.decide_review(item.id, "gone", at, why)
            continue
        if item.state == "approved" and members & asked and not members & to_leave:
            ledger.decide_review(item.id, "open", at, "it was released and cannot leave")
        elif (item.state == "approved" and members & to_leave) or (not whole and not planned & {key.record for key in members}):
            still_standing.append(item)
        elif members & left:
            ledger.decide_review(item.id, "done", at, "it has been tried")
        elif item.state == "approved" and recipe.shape == "trail":
            ledger.decide_review(item.id, "gone", at, f"{SINCE}{_why_not(plan, members, keys)}")
    before = {_stands_for(member.key, recipe): item for item in waiting
              if item.recipe == recipe.key and item.kind != "task" for member in item.members}  # fmt: skip
    taken, open_keys = {item.key: item for item in still_standing}, {item.key for item in waiting if item.state == "open"}
    items = (_beside(_item(recipe, members, keys), taken, open_keys) for members in _gathered(plan.unsettled))
    due = [_after(before, item, plan.now.date(), recipe) for item in items]
    ledger.sync_reviews(recipe.key, [*due, *changed_drafts(ledger, recipe, plan, keys), *still_standing], at)


def asked_last(items: Iterable[ReviewItem]) -> dict[tuple[str, StepKey], int]:
    """The item that says last what becomes of each step: of a backlog that was released, one row may be asked about anew."""
    by_number = sorted(items, key=attrgetter("id"))
    return {(item.recipe, member.key): item.id for item in by_number for member in item.members}


def _why_not(plan: Plan, members: Set[StepKey], keys: dict[str, str]) -> str:
    """What the plan says of a step that does not leave any more."""
    return next((one.reason for one in plan.decisions if _key(one, keys) in members), "nothing is due any more")


def _beside(item: ReviewItem, taken: Mapping[str, ReviewItem], open_keys: Set[str]) -> ReviewItem:
    """The item under a key of its own where one that was released still stands under its key for other rows."""
    free = [key for key in (item.key + "/again" * times for times in range(len(taken) + 2)) if key not in taken]
    key, standing = next((key for key in free if key in open_keys), free[0]), taken.get(item.key)
    changed = f"it was released with {standing.id} and has changed since" if standing and standing.state == "approved" else ""
    return replace(item, key=key, note=changed)


def _stands_for(key: StepKey, recipe: Recipe) -> tuple[str, str]:
    """What an item takes the place of: in a ladder any earlier step of the row, in a trail the same step only."""
    return key.record, key.step if recipe.shape == "trail" else ""


def _after(before: Mapping[tuple[str, str], ReviewItem], item: ReviewItem, today: date, recipe: Recipe) -> ReviewItem:
    """A later step of a row that waited already: what a person said of the one before is not lost without a word."""
    old = before.get(_stands_for(item.members[0].key, recipe)) if len(item.members) == 1 else None
    if old is None or old.key == item.key or len(old.members) > 1:
        return item
    if old.until is not None and old.until > today:
        return replace(item, until=old.until)  # put aside is the row, whatever falls due meanwhile
    if old.state == "approved":
        step = old.members[0].key.step
        return replace(item, note=f"{old.id} ({step}) was released and did not leave before this step fell due")
    return item


def _key(one: Decision, keys: dict[str, str]) -> StepKey:
    return StepKey(one.record, keys.get(one.step or "", one.step or ""), one.anchor)


def _gathered(decisions: Sequence[Decision]) -> list[list[Decision]]:
    gathered: dict[str, list[Decision]] = {}
    for position, decision in enumerate(decisions):
        if decision.outcome and decision.action == "draft-invoice":  # one that could not be written is tried again by the next run
            continue
        if decision.outcome in {"failed", "in_doubt"}:  # nothing to release: a person asks the customer, or writes by hand
            decision = replace(decision, decision="review", channel=None, to=None, subject=None, body=None)
        if decision.decision in {"review", "broken"}:
            group = decision.group if decision.group == "backlog" else f"{decision.group}/{decision.words_hash}" if decision.group else ""
            gathered.setdefault(group or f"alone {position}", []).append(decision)
    return list(gathered.values())


def _item(recipe: Recipe, decisions: list[Decision], keys: dict[str, str]) -> ReviewItem:
    lead = decisions[0]
    members = tuple(_member(one, keys) for one in decisions)
    amounts = [one.amount for one in decisions if isinstance(one.amount, Decimal)]
    backlog = lead.group == "backlog"
    who = lead.row_hash if lead.body is None else ""  # two rows may share a number; without words each is an item of its own
    key = "backlog" if backlog else f"{lead.decision}/{lead.record}/{lead.step or ''}/{lead.anchor}/{who}"
    reason = (
        f"{count(len(decisions), 'row')} fell due more than a week before the first sending: release or drop them together"
        if backlog
        else lead.reason
    )
    several = backlog and len({one.words_hash for one in decisions}) > 1  # each message is shown with its row
    sendable = any(one.may_be_released for one in decisions)
    key = f"{URGENT}{key}" if any(one.urgent for one in decisions) else key
    return ReviewItem(
        recipe.key, key, "broken" if lead.decision == "broken" else "message" if sendable else "row", lead.owner, reason, members,
        None if several else lead.customer, sum(amounts, Decimal(0)) if amounts else None,
        None if several else lead.channel, None if several else lead.to, None if several else lead.subject, None if several else lead.body,
        lead.due, lead.table, until=lead.until.date() if lead.until else None,
    )  # fmt: skip


def _member(one: Decision, keys: dict[str, str]) -> ReviewMember:
    return ReviewMember(_key(one, keys), one.row_hash, one.words_hash, one.place, one.customer, one.amount, one.body)
