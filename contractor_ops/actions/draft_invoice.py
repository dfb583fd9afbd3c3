"""`do = "draft-invoice"`: a draft for a person to look over and send from the accounting program. Nothing of it leaves by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from contractor_ops.actions.bundle import Bundle, claims_for, conclude
from contractor_ops.actions.drafted import Before, Tasks, drafted_before, for_what, tasks_of, told_once
from contractor_ops.actions.task import item_for
from contractor_ops.ports import Claim, Ledger, StepKey

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
    """Claim each draft, write its file and put it on its owner's list; what kept files from being written. Those are tried again.

    Each job of a draft is claimed with it: work that was drafted before, by another name or together with other work, is not drafted again.
    """
    desk = _Desk(recipe, run, ledger, clock, step_keys, days, keep)
    trouble = [desk.leave(bundle) for bundle in bundles]
    return list(dict.fromkeys(filter(None, trouble)))


@dataclass(frozen=True)
class _Desk:
    """Where the drafts of one run are left."""

    recipe: str
    run: int
    ledger: Ledger
    clock: Callable[[], datetime]
    step_keys: Mapping[str, str]
    days: Mapping[str, str]
    keep: Keep

    @cached_property
    def tasks(self) -> Tasks:
        return tasks_of(self.ledger, self.recipe)

    def leave(self, bundle: Bundle) -> str:
        """Leave one draft; what kept it from being written, or ""."""
        lead, at = bundle[0], self.clock()
        before, jobs = drafted_before(lead, self.recipe, self.step_keys[lead.step or ""], self.ledger, lambda: self.tasks, at)
        claimed = self.ledger.claim(self.run, self.recipe, [self._claims(bundle, jobs)], at, None, at)[0]
        if claimed.refusal:
            conclude(bundle, "skipped", claimed.refusal)
        elif before:
            self._tell(bundle, before, bool(jobs))
            self.ledger.settle(claimed.claim_ids, "queued", at)
        else:
            return self._write(bundle, claimed.claim_ids)
        return ""

    def _claims(self, bundle: Bundle, jobs: list[str]) -> list[Claim]:
        """The draft's own claims, and one for each of its jobs: they may stand apart tomorrow."""
        claims = claims_for(bundle, "", self.step_keys, self.days)
        lead = claims[0]
        return [
            *claims,
            *(replace(lead, key=StepKey(job, lead.key.step, lead.key.anchor), day="", settled_by=lead.key.record) for job in jobs),
        ]

    def _tell(self, bundle: Bundle, before: list[Before], grown: bool) -> None:
        """No second draft: where it is the same work for the same money nobody has to hear of it, else a person does."""
        lead, at = bundle[0], self.clock()
        said = told_once(before, lead.due.tzinfo if lead.due else None, at)
        if not grown and all(draft.task and draft.task.amount == lead.amount for draft in before):
            conclude(bundle, "skipped", said)
            return
        for one in bundle:
            one.reason = f"{said}, and nothing is drafted twice: as {one.record} it is {for_what(one.amount)}"
            one.body = f"Mend the draft that is there, or the invoice made of it: {said}. Now it is {one.record}, {for_what(one.amount)}."
        self.ledger.add_task(item_for(bundle, self.recipe, self.step_keys), at)
        conclude(bundle, "queued")

    def _write(self, bundle: Bundle, claim_ids: tuple[int, ...]) -> str:
        draft, at = bundle[0].draft, self.clock()
        assert draft is not None
        try:
            name = self.keep(draft.name, draft.text)
        except OSError as error:
            self.ledger.settle(claim_ids, "released", at)
            conclude(bundle, "failed", f"its file could not be written ({error.strerror})")
            return f"{draft.name} could not be written ({error.strerror}): see that drafts/ can be written to."
        for one in bundle:
            one.body = one.body.replace(draft.name, name) if one.body else None
        self.ledger.add_task(item_for(bundle, self.recipe, self.step_keys), at)
        self.ledger.settle(claim_ids, "queued", at)
        conclude(bundle, "queued")
        return ""
