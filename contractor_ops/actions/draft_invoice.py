"""`do = "draft-invoice"`: a draft for a person to look over and send from the accounting program. Nothing of it leaves by itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from contractor_ops.actions.bundle import Bundle, claims_for, conclude
from contractor_ops.actions.desk import Desk
from contractor_ops.actions.drafted import Before, Tasks, drafted_before, for_what, tasks_of, told_once
from contractor_ops.actions.task import item_for
from contractor_ops.ports import Claim, StepKey


def leave_drafts(desk: Desk, bundles: Sequence[Bundle]) -> list[str]:
    """Claim each draft, write its file and put it on its owner's list; what kept files from being written. Those are tried again.

    Each job of a draft is claimed with it: work that was drafted before, by another name or together with other work, is not drafted again.
    """
    tasks = cache(lambda: tasks_of(desk.ledger, desk.recipe))
    trouble = [_leave(desk, bundle, tasks) for bundle in bundles]
    return list(dict.fromkeys(filter(None, trouble)))


def _leave(desk: Desk, bundle: Bundle, tasks: Callable[[], Tasks]) -> str:
    """Leave one draft; what kept it from being written, or ""."""
    lead, at = bundle[0], desk.clock()
    before, jobs = drafted_before(lead, desk.recipe, desk.step_keys[lead.step or ""], desk.ledger, tasks, at)
    claimed = desk.ledger.claim(desk.run, desk.recipe, [_claims(desk, bundle, jobs)], at, None, at)[0]
    if claimed.refusal:
        conclude(bundle, "skipped", claimed.refusal)
    elif before:
        _tell(desk, bundle, before, bool(jobs))
        desk.ledger.settle(claimed.claim_ids, "queued", at)
    else:
        return _write(desk, bundle, claimed.claim_ids)
    return ""


def _claims(desk: Desk, bundle: Bundle, jobs: list[str]) -> list[Claim]:
    """The draft's own claims, and one for each of its jobs: they may stand apart tomorrow."""
    claims = claims_for(bundle, "", desk.step_keys, desk.days)
    lead = claims[0]
    return [
        *claims,
        *(replace(lead, key=StepKey(job, lead.key.step, lead.key.anchor), day="", settled_by=lead.key.record) for job in jobs),
    ]


def _tell(desk: Desk, bundle: Bundle, before: list[Before], grown: bool) -> None:
    """No second draft: where it is the same work for the same money nobody has to hear of it, else a person does."""
    lead, at = bundle[0], desk.clock()
    said = told_once(before, lead.due.tzinfo if lead.due else None, at)
    if not grown and all(draft.task and draft.task.amount == lead.amount for draft in before):
        conclude(bundle, "skipped", said)
        return
    for one in bundle:
        one.reason = f"{said}, and nothing is drafted twice: as {one.record} it is {for_what(one.amount)}"
        one.body = f"Mend the draft that is there, or the invoice made of it: {said}. Now it is {one.record}, {for_what(one.amount)}."
    desk.ledger.add_task(item_for(bundle, desk.recipe, desk.step_keys), at)
    conclude(bundle, "queued")


def _write(desk: Desk, bundle: Bundle, claim_ids: tuple[int, ...]) -> str:
    draft, at = bundle[0].draft, desk.clock()
    assert draft is not None
    try:
        name = desk.keep(draft.name, draft.text)
    except OSError as error:
        desk.ledger.settle(claim_ids, "released", at)
        conclude(bundle, "failed", f"its file could not be written ({error.strerror})")
        return f"{draft.name} could not be written ({error.strerror}): see that drafts/ can be written to."
    for one in bundle:
        one.body = one.body.replace(draft.name, name) if one.body else None
    desk.ledger.add_task(item_for(bundle, desk.recipe, desk.step_keys), at)
    desk.ledger.settle(claim_ids, "queued", at)
    conclude(bundle, "queued")
    return ""
