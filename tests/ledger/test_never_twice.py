"""The law of the ledger, held against whatever order things happen in: no step is handed out twice unless it was given back between."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import Claim, StepKey

RECIPE = "estimate-follow-up"
CAP = 2
ADDRESSES = {"E-1": "ann@li.example", "E-2": "ann@li.example", "E-3": "ann@li.example", "E-4": "bob@ray.example"}
KEYS = st.builds(
    StepKey, st.sampled_from(sorted(ADDRESSES)), st.sampled_from(["first-nudge", "second-nudge"]), st.sampled_from(["", "2026-11-20"])
)


class OneLedgerManyRuns(RuleBasedStateMachine):
    """`held` is what the outside world believes: the claim that was handed out for a key and has not been given back."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.start = self.at = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
        self.held: dict[StepKey, int] = {}
        self.states: dict[int, str] = {}
        self.ever: set[int] = set()
        self.open()

    def open(self) -> None:
        self.ledger = SqliteLedger(Path(self.folder.name) / "ledger.sqlite3")
        self.run = self.ledger.open_run(RECIPE, self.at, True, "auto", "front-desk/boot-1")

    @rule(target=claims, groups=st.lists(st.lists(KEYS, min_size=1, max_size=3), min_size=1, max_size=3), capped=st.booleans())
    def claim(self, groups, capped):
        self.at += timedelta(minutes=1)
        asked = [[self.claim_for(key, group) for key in group] for group in groups]
        results = self.ledger.claim(self.run, RECIPE, asked, self.at, CAP if capped else None, self.start)
        handed_out = []
        for group, result in zip(groups, results, strict=True):
            assert bool(result.claim_ids) != bool(result.refusal)
            if result.claim_ids:
                assert len(result.claim_ids) == len(group) == len(set(group))
                assert not self.held.keys() & set(group)
                assert not self.ever & set(result.claim_ids)
                self.held.update(zip(group, result.claim_ids, strict=True))
                self.states.update(dict.fromkeys(result.claim_ids, "claimed"))
                self.ever.update(result.claim_ids)
                handed_out += result.claim_ids
            elif result.refusal == "already done":
                assert self.held.keys() & set(group) or len(set(group)) < len(group)
            else:
                assert (result.refusal, capped) == ("daily cap", True)
        return multiple(*handed_out)

    @staticmethod
    def claim_for(key, group):
        address = ADDRESSES[group[0].record]
        return Claim(key, "estimates", "message", "office", channel="email", address=address, message_id="+".join(map(str, group)))

    @rule(claim=claims)
    def try_it(self, claim):
        self.move(claim, "trying", lambda: self.ledger.trying([claim], self.at))

    @rule(claim=claims, state=st.sampled_from(["sent", "queued", "failed", "in_doubt", "skipped", "released"]))
    def settle_it(self, claim, state):
        self.move(claim, state, lambda: self.ledger.settle([claim], state, self.at))
        if self.states[claim] == "released":
            self.held = {key: number for key, number in self.held.items() if number != claim}

    def move(self, claim, state, act):
        self.at += timedelta(minutes=1)
        before = self.states[claim]
        try:
            act()
        except LedgerTrouble:
            allowed_at_once = before == "claimed" or (before == "trying" and state != "trying")
            assert not allowed_at_once
            return
        assert before != "released" or state == "released"
        assert not (state == "released" and before in {"sent", "failed", "skipped"})
        self.states[claim] = state

    @rule()
    def end_and_begin_anew(self):
        self.ledger.close()
        self.open()

    @rule()
    def another_run_begins_before_this_one_ends(self):
        self.run = self.ledger.open_run(RECIPE, self.at, True, "auto", "front-desk/boot-1")

    @invariant()
    def the_ledger_remembers_what_was_handed_out(self):
        steps = self.ledger.history(RECIPE, "estimates", sorted(ADDRESSES), [], self.start).steps
        standing = {key: (memory.claim_id, memory.state) for key, memory in steps.items() if memory.state != "released"}
        assert standing == {key: (claim, self.states[claim]) for key, claim in self.held.items()}

    @invariant()
    def the_ledger_is_well(self):
        assert self.ledger.verify() == []

    def teardown(self):
        self.ledger.close()
        self.folder.cleanup()


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
class TestNeverTwice(OneLedgerManyRuns.TestCase):
    settings = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
