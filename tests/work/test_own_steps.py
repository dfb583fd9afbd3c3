"""Steps that no recipe plans: what the ledger lets them do, and what it does not count them as."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contractor_ops.ports import CONFIRMATION, Claim, StepKey
from contractor_ops.work.alerts import ALERT
from tests.actions.conftest import AT, DAY_START, Desk

ANN = "+13125550142"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.ledger.close()


def claimed(desk: Desk, step: str, record: str = "twilio:SM1", table: str = "replies") -> str:
    """Claim a message to Ann under "mine", and let it leave; the refusal, "" where there is none."""
    claim = Claim(StepKey(record, step), table, "message", "owner", channel="sms", address=ANN, message_id=f"<{record}>")
    [taken] = desk.ledger.claim(desk.open_run(), "mine", [[claim]], AT, None, DAY_START)
    if taken.claim_ids:
        desk.ledger.settle(taken.claim_ids, "sent", AT)
    return taken.refusal


def test_one_confirmation_may_follow_an_opt_out_and_nothing_else(desk: Desk) -> None:
    desk.ledger.opt_out(ANN, AT, "the customer, by text")
    assert [claimed(desk, step) for step in (ALERT, "first-nudge", CONFIRMATION, CONFIRMATION)] == [
        "opted out", "opted out", "", "already done"]  # fmt: skip


def test_who_has_only_been_alerted_about_has_heard_nothing_from_a_recipe(desk: Desk) -> None:
    claimed(desk, ALERT)
    assert desk.ledger.recipes_seen() == {}
    claimed(desk, "first-nudge", "E-1", "estimates")
    assert desk.ledger.recipes_seen() == {"mine": "estimates"}


def test_the_plan_of_a_record_knows_nothing_of_the_alert_about_it(desk: Desk) -> None:
    claimed(desk, ALERT, "missed_calls/C1/2026-11-23", "missed_calls")
    assert desk.ledger.history("mine", "missed_calls", ["C1"], [ANN], DAY_START).steps == {}
