"""`do = "draft-invoice"`: a draft for a person to look over and send from the accounting program. Nothing of it leaves by itself."""

from collections.abc import Callable, Mapping
from datetime import datetime

from contractor_ops.actions.bundle import Bundle, claims_for, conclude
from contractor_ops.actions.task import item_for
from contractor_ops.ports import Ledger

Keep = Callable[[str, str], str]
"""A file's name and text in; the name that it was given (another where such a file was there). Raises OSError."""


def leave_drafts(
    bundles: list[Bundle],
    recipe: str,
    run: int,
    ledger: Ledger,
    clock: Callable[[], datetime],
    step_keys: Mapping[str, str],
    days: Mapping[str, str],
    keep: Keep,
) -> list[str]:
    """Claim each draft, write its file and put it on its owner's list; what kept files from being written. Those are tried again."""
    trouble = []
    for bundle in bundles:
        draft, at = bundle[0].draft, clock()
        assert draft is not None
        claimed = ledger.claim(run, recipe, [claims_for(bundle, "", step_keys, days)], at, None, at)[0]
        if claimed.refusal:
            conclude(bundle, "skipped", claimed.refusal)
            continue
        try:
            name = keep(draft.name, draft.text)
        except OSError as error:
            ledger.settle(claimed.claim_ids, "released", at)
            conclude(bundle, "failed", f"its file could not be written ({error.strerror})")
            trouble.append(f"{draft.name} could not be written ({error.strerror}): see that drafts/ can be written to.")
            continue
        for one in bundle:
            one.body = one.body.replace(draft.name, name) if one.body else None
        ledger.add_task(item_for(bundle, recipe, step_keys), at)
        ledger.settle(claimed.claim_ids, "queued", at)
        conclude(bundle, "queued")
    return list(dict.fromkeys(trouble))
