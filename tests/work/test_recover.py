"""What an earlier run left open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contractor_ops.errors import MissingSecret
from contractor_ops.ports import Claim, StepKey
from tests.actions.conftest import AT, DAY_START, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.ledger.close()


@pytest.fixture
def left_open(desk: Desk) -> Callable[..., None]:
    """A run that was killed: it claimed a step of E-1 and came no further than it is said here."""

    def leave(tried: bool, left: bool = False, channel: str | None = "email", machine: str | None = None) -> None:
        run = desk.ledger.open_run("mine", AT, True, "auto", machine or desk.office.machine)
        claim = Claim(
            StepKey("E-1", "first-nudge"),
            "estimates",
            "message",
            "office",
            channel=channel,
            address="ann@li.example",
            message_id="<1@x.example>",
        )
        [taken] = desk.ledger.claim(run, "mine", [[claim]], AT, None, DAY_START)
        if tried:
            desk.ledger.trying(taken.claim_ids, AT)
        if left:
            from contractor_ops.ports import Message

            desk.post.taken.append(Message("email", "ann@li.example", "Ann", "Hello", "<1@x.example>"))

    return leave


@pytest.mark.parametrize(
    ("tried", "left", "remembers", "state"),
    [
        (False, False, False, "released"),
        (False, False, True, "released"),
        (True, False, False, "in_doubt"),
        (True, True, False, "in_doubt"),
        (True, False, True, "released"),
        (True, True, True, "sent"),
    ],
)
def test_what_was_never_tried_is_given_back_and_the_rest_is_asked_of_the_provider(
    desk: Desk, left_open: Callable[..., None], tried: bool, left: bool, remembers: bool, state: str
) -> None:
    left_open(tried, left)
    desk.post.remembers = remembers
    desk.recover(desk.open_run())
    assert desk.state("E-1") == state
    assert desk.post.asked == []  # asking sends nothing


def test_after_a_power_cut_a_claim_without_a_mark_may_have_left(desk: Desk, left_open: Callable[..., None]) -> None:
    left_open(tried=False, machine="this-desk/another-start")
    desk.recover(desk.open_run())
    assert desk.state("E-1") == "in_doubt"


def test_doubt_that_is_known_is_not_written_again_each_run(desk: Desk, left_open: Callable[..., None]) -> None:
    left_open(tried=True)
    for _ in range(3):
        desk.recover(desk.open_run())
    assert desk.states("E-1") == ["claimed", "trying", "in_doubt"]


def test_doubt_is_settled_once_the_provider_can_tell(desk: Desk, left_open: Callable[..., None]) -> None:
    left_open(tried=True, left=True)
    desk.recover(desk.open_run())
    desk.post.remembers = True
    desk.recover(desk.open_run())
    assert desk.states("E-1") == ["claimed", "trying", "in_doubt", "sent"]


def test_a_task_is_given_back_whatever_became_of_it(desk: Desk, left_open: Callable[..., None]) -> None:
    left_open(tried=False, channel=None, machine="this-desk/another-start")
    desk.recover(desk.open_run())
    assert desk.state("E-1") == "released"


def test_what_this_run_claims_itself_is_left_alone(desk: Desk) -> None:
    run = desk.open_run()
    desk.ledger.claim(run, "mine", [[Claim(StepKey("E-1", "first-nudge"), "estimates", "message", "office")]], AT, None, DAY_START)
    desk.recover(run)
    assert desk.state("E-1") == "claimed"


def test_doubt_about_a_provider_whose_secret_is_gone_stays_doubt(desk: Desk, left_open: Callable[..., None]) -> None:
    """What keeps the inbox from asking keeps no run from sending."""
    left_open(tried=True, channel="sms")
    desk.office.config.sms.update({"provider": "twilio", "from": "+13125550100"})
    desk.office._channels.clear()
    with pytest.raises(MissingSecret):
        desk.office.channel("sms")
    desk.recover(desk.open_run())
    assert desk.state("E-1") == "in_doubt"


def test_the_same_for_a_mailbox_that_would_know(desk: Desk, left_open: Callable[..., None]) -> None:
    left_open(tried=True)
    desk.office.config.inbox.update({"imap": {"host": "127.0.0.1", "user": "office"}})
    desk.recover(desk.open_run())
    assert desk.state("E-1") == "in_doubt"
    desk.office.config.inbox.update({"mailbox": 1})
    desk.recover(desk.open_run())
    assert desk.states("E-1") == ["claimed", "trying", "in_doubt"]
