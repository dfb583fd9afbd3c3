"""Sending, with everything that can go wrong going wrong: never twice, never lost, never in doubt without need."""

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.actions.message import CLAIMED_TOGETHER, send_all
from contractor_ops.errors import MissingSecret
from tests.actions.conftest import AT, Desk, Post, alone, decision

TROUBLES = ["sent", "try-later", "refused", "down", "doubt-but-left", "doubt-not-left", "killed-before", "killed-after"]


def test_what_the_channel_takes_is_sent_with_its_receipt(desk: Desk) -> None:
    bundles = alone("E-1", "E-2")
    send_all(bundles, desk.sending(desk.open_run()))
    assert [message.to for message in desk.post.taken] == ["e-1@li.example", "e-2@li.example"]
    assert [(one.outcome, one.provider_id) for [one] in bundles] == [("sent", message.message_id) for message in desk.post.taken]
    assert desk.states("E-1") == ["claimed", "trying", "sent"]


def test_a_message_for_several_rows_leaves_once_and_settles_them_all(desk: Desk) -> None:
    both = [decision("E-1", group="customer:ann"), decision("E-2", group="customer:ann", to="e-1@li.example", body="About E-1.")]
    send_all([both], desk.sending(desk.open_run()))
    assert len(desk.post.taken) == 1
    assert [(one.outcome, one.settled_by) for one in both] == [("sent", None), ("sent", "E-1")]
    assert [entry["settled_by"] for entry in desk.ledger.entries(record="E-2")] == ["E-1"] * 3


@pytest.mark.parametrize(("what", "outcome"), [("refused", "failed"), ("doubt-but-left", "in_doubt"), ("doubt-not-left", "in_doubt")])
def test_what_is_refused_or_in_doubt_says_why_and_is_not_tried_again(desk: Desk, what: str, outcome: str) -> None:
    desk.post.script = [what]
    bundles = alone("E-1", "E-2")
    send_all(bundles, desk.sending(desk.open_run()))
    assert [one.outcome for [one] in bundles] == [outcome, "sent"]
    assert ("550" if what == "refused" else "connection broke") in bundles[0][0].reason
    again = alone("E-1")
    send_all(again, desk.sending(desk.open_run()))
    assert (again[0][0].outcome, len(desk.post.asked)) == ("skipped", 2)
    assert "already done" in again[0][0].reason


def test_an_opt_out_that_the_provider_reports_is_kept(desk: Desk) -> None:
    desk.post.script = ["opted-out"]
    send_all(alone("E-1"), desk.sending(desk.open_run()))
    assert [address for address, _, _ in desk.ledger.opt_outs()] == ["e-1@li.example"]
    later = [[decision("E-7", to="e-1@li.example")]]
    send_all(later, desk.sending(desk.open_run()))
    assert (later[0][0].outcome, len(desk.post.asked)) == ("skipped", 1)


def test_what_is_put_off_once_leaves_at_the_end_of_the_same_run(desk: Desk) -> None:
    desk.post.script = ["try-later"]
    sending, bundles = desk.sending(desk.open_run()), alone("E-1", "E-2")
    send_all(bundles, sending)
    assert [message.to for message in desk.post.taken] == ["e-2@li.example", "e-1@li.example"]
    assert ([one.outcome for [one] in bundles], sending.trouble) == (["sent", "sent"], [])


def test_what_is_put_off_twice_is_told_and_leaves_in_a_later_run(desk: Desk) -> None:
    desk.post.script = ["try-later", "sent", "try-later"]
    sending, bundles = desk.sending(desk.open_run()), alone("E-1", "E-2")
    send_all(bundles, sending)
    assert ([one.outcome for [one] in bundles], sending.trouble) == (["skipped", "sent"], ["451 come back later"])
    assert "later run" in bundles[0][0].reason
    assert desk.state("E-1") == "released"
    send_all(alone("E-1", "E-2"), desk.sending(desk.open_run()))
    assert [message.to for message in desk.post.taken] == ["e-2@li.example", "e-1@li.example"]


def test_a_run_killed_while_much_is_put_off_leaves_at_most_the_one_that_was_being_handed_over_in_doubt(desk: Desk) -> None:
    desk.post.script = ["try-later"] * 5 + ["killed-before"]
    with pytest.raises(KeyboardInterrupt):
        send_all(alone(*(f"E-{n}" for n in range(1, 8))), desk.sending(desk.open_run()))
    run = desk.open_run()
    desk.recover(run)
    assert [record for record in (f"E-{n}" for n in range(1, 8)) if desk.state(record) == "in_doubt"] == ["E-6"]
    send_all(alone(*(f"E-{n}" for n in range(1, 8))), desk.sending(run))
    assert len(desk.post.taken) == 6


def test_a_channel_that_is_down_stops_the_run_and_nothing_is_in_doubt(desk: Desk) -> None:
    records = [f"E-{n}" for n in range(1, 2 * CLAIMED_TOGETHER + 6)]
    desk.post.script = ["sent"] * (CLAIMED_TOGETHER + 3) + ["down"]
    sending, bundles = desk.sending(desk.open_run()), alone(*records)
    send_all(bundles, sending)
    assert sending.trouble == ["421 closing"]
    assert Counter(one.outcome for [one] in bundles) == {"sent": CLAIMED_TOGETHER + 3, "skipped": CLAIMED_TOGETHER + 2}
    assert len(desk.post.asked) == CLAIMED_TOGETHER + 4
    assert {entry["state"] for entry in desk.ledger.entries()} == {"claimed", "trying", "sent", "released"}
    send_all(alone(*records), desk.sending(desk.open_run()))
    assert Counter(message.to for message in desk.post.taken) == Counter(f"{record.lower()}@li.example" for record in records)


def test_a_channel_that_goes_down_in_the_second_try_leaves_every_message_told(desk: Desk) -> None:
    records = [f"E-{n}" for n in range(1, CLAIMED_TOGETHER + 6)]
    desk.post.script = ["try-later"] * len(records) + ["sent", "down"]
    sending, bundles = desk.sending(desk.open_run()), alone(*records)
    send_all(bundles, sending)
    assert Counter(one.outcome for [one] in bundles) == {"sent": 1, "skipped": len(records) - 1}
    assert (sending.later, sending.trouble) == ([], ["421 closing"])
    assert {desk.state(record) for record in records} == {"sent", "released"}


def test_a_window_that_closes_under_way_holds_the_rest(desk: Desk) -> None:
    closing = AT + timedelta(minutes=1)
    bundles = alone("E-1", "E-2", "E-3")
    send_all(bundles, desk.sending(desk.open_run(), open_until=closing, clock=[AT, AT, closing]))
    assert [(one.decision, one.outcome) for [one] in bundles] == [("act", "sent"), ("act", "sent"), ("hold", None)]
    assert (bundles[2][0].until, desk.states("E-3")) == (closing, [])
    assert "window closed" in bundles[2][0].reason


def test_the_window_is_looked_at_again_before_the_second_try(desk: Desk) -> None:
    closing = AT + timedelta(minutes=1)
    desk.post.script = ["try-later"]
    bundles = alone("E-1")
    # the window, when it closes, the claim, the window, the try, the settling, and the window once more
    send_all(bundles, desk.sending(desk.open_run(), open_until=closing, clock=[AT, AT, AT, AT, AT, AT, closing, closing]))
    assert (bundles[0][0].decision, desk.state("E-1"), desk.post.taken) == ("hold", "released", [])


def test_the_daily_cap_is_kept_by_the_ledger_whatever_the_plan_says(desk: Desk) -> None:
    both = [[decision("E-1", to="ann@li.example")], [decision("E-2", to="ann@li.example")]]
    send_all(both, desk.sending(desk.open_run(), cap=1))
    assert [one.outcome for [one] in both] == ["sent", "skipped"]
    assert "daily cap" in both[1][0].reason


def test_a_missing_secret_is_found_out_before_anything_is_claimed(desk: Desk) -> None:
    sending = desk.sending(desk.open_run())

    def locked(kind: str) -> Post:
        if kind == "email":
            raise MissingSecret("The secret SMTP_PASSWORD is not set.")
        return desk.post

    sending.channel = locked
    with pytest.raises(MissingSecret):
        send_all([[decision("E-1", channel="sms", to="+13125550142")], *alone("E-2")], sending)
    assert (desk.ledger.entries(), desk.post.asked) == ([], [])


def test_progress_counts_what_left(desk: Desk) -> None:
    seen: list[int] = []
    sending = desk.sending(desk.open_run())
    sending.progress = seen.append
    desk.post.script = ["sent", "refused", "sent"]
    send_all(alone("E-1", "E-2", "E-3"), sending)
    assert seen == [1, 2]


groups = st.lists(st.integers(1, 3), min_size=1, max_size=5)
scripts = st.lists(st.lists(st.sampled_from(TROUBLES), max_size=8), min_size=1, max_size=3)


@given(groups, scripts, st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_goes_wrong_in_whatever_run_nothing_leaves_twice_and_nothing_is_lost(
    sizes: list[int], runs: list[list[str]], remembers: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), Post(remembers=remembers))
        try:
            for script in [*runs, []]:  # in the last run nothing goes wrong any more
                one_run(desk, sizes, script)
            left = Counter(message.to for message in desk.post.taken)
            assert max(left.values(), default=0) <= 1
            for number, size in enumerate(sizes):
                states = {desk.state(f"E-{number}-{member}") for member in range(size)}
                assert len(states) == 1  # a message settles all its rows alike
                assert states <= ({"sent", "failed"} if remembers else {"sent", "failed", "in_doubt"})
                if states != {"in_doubt"}:
                    assert left[f"ann{number}@li.example"] == (states == {"sent"})
            assert desk.ledger.verify() == []
        finally:
            desk.ledger.close()


def one_run(desk: Desk, sizes: list[int], script: list[str]) -> None:
    run = desk.open_run()
    desk.recover(run)
    desk.post.script, desk.post.asked, desk.post.put_off = list(script), [], []
    bundles = [
        [decision(f"E-{number}-{member}", to=f"ann{number}@li.example", body="Hello.") for member in range(size)]
        for number, size in enumerate(sizes)
    ]
    try:
        send_all(bundles, desk.sending(run))
    except KeyboardInterrupt:
        assert len({entry["settled_by"] or entry["record"] for entry in open_now(desk) if entry["state"] == "trying"}) <= 1
    else:
        assert all(one.outcome for bundle in bundles for one in bundle)
        assert not {"claimed", "trying"} & {entry["state"] for entry in open_now(desk)}
    asked, put_off = Counter(message.to for message in desk.post.asked), Counter(desk.post.put_off)
    assert all(times <= 1 + min(1, put_off[to]) for to, times in asked.items())


def open_now(desk: Desk) -> list[dict[str, str]]:
    """The last entry of every record."""
    return list({entry["record"]: entry for entry in desk.ledger.entries()}.values())
