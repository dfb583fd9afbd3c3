"""`do = "task"`: something a person does by hand. It is done by being put on that person's list."""

from collections.abc import Callable, Mapping
from datetime import datetime

from contractor_ops.actions.bundle import Bundle, claims_for, conclude
from contractor_ops.ports import URGENT, Ledger, ReviewItem, ReviewMember, StepKey


def put_on_the_list(
    bundles: list[Bundle],
    recipe: str,
    run: int,
    ledger: Ledger,
    clock: Callable[[], datetime],
    step_keys: Mapping[str, str],
    days: Mapping[str, str],
) -> None:
    """Claim each task and add it to its owner's queue; one that is claimed already is left alone."""
    for bundle in bundles:
        at = clock()
        claimed = ledger.claim(run, recipe, [claims_for(bundle, "", step_keys, days)], at, None, at)[0]
        if claimed.refusal:
            conclude(bundle, "skipped", claimed.refusal)
            continue
        ledger.add_task(item_for(bundle, recipe, step_keys), at)
        ledger.settle(claimed.claim_ids, "queued", at)
        conclude(bundle, "queued")


def item_for(bundle: Bundle, recipe: str, step_keys: Mapping[str, str]) -> ReviewItem:
    """What stands on its owner's list."""
    lead = bundle[0]
    members = tuple(
        ReviewMember(
            StepKey(one.record, step_keys[one.step or ""], one.anchor),
            one.row_hash,
            one.words_hash,
            one.place,
            one.customer,
            one.amount,
            one.body,
        )
        for one in bundle
    )
    urgent = URGENT if lead.urgent else ""
    return ReviewItem(recipe, f"{urgent}task/{lead.record}/{lead.step}/{lead.anchor}", "task", lead.owner, lead.reason, members,
                      lead.customer, lead.amount, body=lead.body, due=lead.due, table=lead.table)  # fmt: skip
