"""Work that sends nothing: claimed, done, settled. What a kill leaves half done is given back by the next run and done then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from contractor_ops.actions.bundle import Bundle, claims_for, conclude
from contractor_ops.actions.task import item_for
from contractor_ops.planning.decision import Decision
from contractor_ops.ports import ClaimResult, Ledger, StepKey

CLAIMED_TOGETHER = 100
"""Claims that share one wait for the disk: to do such work again does no harm."""
Keep = Callable[[str, str], str]
"""A file's name (under the office's folder) and text in; the name that it was given. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one run does such work."""

    recipe: str
    run: int
    ledger: Ledger
    clock: Callable[[], datetime]
    step_keys: Mapping[str, str]
    days: Mapping[str, str]
    keep: Keep

    def do(self, bundles: Sequence[Bundle], act: Callable[["Desk", Decision, datetime], None]) -> list[str]:
        """Claim them, do them, settle them; what kept some from being done, once each. Those are tried again by a later run."""
        waiting = iter(bundles)
        trouble: dict[str, None] = {}
        while batch := list(islice(waiting, CLAIMED_TOGETHER)):
            at = self.clock()
            groups = [claims_for(bundle, "", self.step_keys, self.days) for bundle in batch]
            claimed = self.ledger.claim(self.run, self.recipe, groups, at, None, at)
            done = [claim for bundle, claim in zip(batch, claimed, strict=True) if self._did(bundle, claim, act, at, trouble)]
            self.ledger.settle([number for claim in done for number in claim.claim_ids], "queued", at)
        return list(trouble)

    def _did(
        self,
        bundle: Bundle,
        claimed: ClaimResult,
        act: Callable[["Desk", Decision, datetime], None],
        at: datetime,
        trouble: dict[str, None],
    ) -> bool:
        if claimed.refusal:
            conclude(bundle, "skipped", claimed.refusal)
            return False
        try:
            for one in bundle:
                act(self, one, at)
        except OSError as error:
            self.ledger.settle(claimed.claim_ids, "released", at)
            conclude(bundle, "failed", f"its file could not be written ({error.strerror})")
            name = bundle[0].draft.name if bundle[0].draft else "A file"
            trouble[f"{name} could not be written ({error.strerror}): see that its folder can be written to."] = None
            return False
        conclude(bundle, "queued")
        return True

    def write(self, decision: Decision, at: datetime) -> None:
        """Write what the step sets into the ledger's own records."""
        step = self.step_keys[decision.step or ""]
        for (table, record), entries in groupby(decision.sets, key=lambda one: (one.table, one.record)):
            values = {one.column: one.value for one in entries}
            self.ledger.keep_values(table, StepKey(record, step, decision.anchor), values, self.recipe, decision.customer_key, at)

    def put_on_the_list(self, decision: Decision, at: datetime) -> None:
        """Give it to its owner as well."""
        self.ledger.add_task(item_for([decision], self.recipe, self.step_keys), at)
