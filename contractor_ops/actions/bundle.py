"""Decisions that are carried out together, and the claims that make sure it happens once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from contractor_ops.planning.decision import Decision, Outcome
from contractor_ops.ports import AnswerWeight, Claim, StepKey

Bundle = list[Decision]
"""Decisions settled by one message or task; the first one's record names it."""


def bundles_of(decisions: Sequence[Decision], action: str) -> list[Bundle]:
    """What is due now for one action: decisions of one group and one wording together, all others alone."""
    due = [decision for decision in decisions if decision.decision == "act" and decision.action == action]

    def together(decision: Decision) -> tuple[str, str]:
        return (decision.group, decision.words_hash) if decision.group else ("", f"{decision.record}/{decision.step}")

    first_seen: dict[tuple[str, str], int] = {}
    for position, decision in enumerate(due):
        first_seen.setdefault(together(decision), position)
    return [list(members) for _, members in groupby(sorted(due, key=lambda one: first_seen[together(one)]), key=together)]


def claims_for(bundle: Bundle, message_id: str, step_keys: Mapping[str, str], days: Mapping[str, str], provider: str = "",
               stopped_by: frozenset[AnswerWeight] = frozenset(), aside: Mapping[str, frozenset[str]] | None = None) -> list[Claim]:  # fmt: skip
    """One claim for each decision of a bundle; all but the first name the record whose message covers them. `aside` is by step."""
    lead = bundle[0]
    return [
        Claim(
            StepKey(one.record, step_keys[one.step or ""], one.anchor), one.table, one.action or "", one.owner, one.customer, one.customer_key,
            days.get(one.record, ""), one.channel, one.to, message_id, provider, one.subject, one.body, None if one is lead else lead.record,
            stopped_by, one.known_as, aside=(aside or {}).get(one.step or "", frozenset()),
        )
        for one in bundle
    ]  # fmt: skip


def conclude(bundle: Bundle, outcome: Outcome, note: str = "", provider_id: str | None = None) -> None:
    """Write into each decision what this run did."""
    for one in bundle:
        one.outcome, one.provider_id = outcome, provider_id
        one.settled_by = None if one is bundle[0] else bundle[0].record
        if note:
            one.reason = f"{one.reason} — {note}"


def hold(bundle: Bundle, note: str, until: datetime | None) -> None:
    """Nothing was done: it waits."""
    for one in bundle:
        one.decision, one.until = "hold", until
        one.reason = f"{one.reason} — {note}"
