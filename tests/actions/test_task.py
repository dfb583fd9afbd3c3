"""A task is done by being put on its owner's list, once."""

import pytest

from contractor_ops.actions.bundle import Bundle
from contractor_ops.actions.task import put_on_the_list
from contractor_ops.ports import Claim, ReviewItem, ReviewMember, StepKey
from contractor_ops.tables.record import Place
from tests.actions.conftest import AT, DAY_START, KEYS, Desk, decision


def task(record: str = "E-1", **fields: object) -> Bundle:
    return [
        decision(
            record,
            **{
                "action": "task",
                "step": "hand-over",
                "channel": None,
                "to": None,
                "subject": None,
                "body": f"Call about {record}.",
                **fields,
            },
        )
    ]


def put(desk: Desk, *bundles: Bundle) -> None:
    put_on_the_list(list(bundles), "mine", desk.open_run(), desk.ledger, lambda: AT, KEYS, {})


def test_a_task_is_queued_and_stands_on_the_list_with_its_words(desk: Desk) -> None:
    bundle = task()
    put(desk, bundle)
    assert bundle[0].outcome == "queued"
    [item] = desk.ledger.reviews()
    assert (item.kind, item.owner, item.body, item.table) == ("task", "office", "Call about E-1.", "estimates")
    assert desk.states("E-1") == ["claimed", "queued"]
    assert desk.post.asked == []


def test_a_task_is_put_on_the_list_once(desk: Desk) -> None:
    put(desk, task())
    again = task()
    put(desk, again)
    assert (again[0].outcome, "already done" in again[0].reason, len(desk.ledger.reviews())) == ("skipped", True, 1)


def test_one_task_that_is_there_already_keeps_no_other_from_the_list(desk: Desk) -> None:
    put(desk, task("E-1"))
    put(desk, task("E-1"), task("E-2"))
    assert sorted(item.members[0].key.record for item in desk.ledger.reviews()) == ["E-1", "E-2"]


def test_a_task_about_several_rows_is_one_item_that_names_them(desk: Desk) -> None:
    put(desk, [*task("E-1"), *task("E-2")])
    [item] = desk.ledger.reviews()
    assert [member.key for member in item.members] == [StepKey("E-1", "hand-over"), StepKey("E-2", "hand-over")]


@pytest.mark.parametrize("listed", [False, True])
def test_a_run_killed_before_it_settled_a_task_loses_none_and_doubles_none(desk: Desk, listed: bool) -> None:
    key, run = StepKey("E-1", "hand-over"), desk.open_run()
    desk.ledger.claim(run, "mine", [[Claim(key, "estimates", "task", "office")]], AT, None, DAY_START)
    if listed:
        member = ReviewMember(key, "", "", Place("estimates.csv", None, 2))
        desk.ledger.add_task(ReviewItem("mine", "task/E-1/hand-over/", "task", "office", "sent 2 days ago", (member,)), AT)
    desk.recover(desk.open_run())
    put(desk, task("E-1"))
    assert [item.members[0].key for item in desk.ledger.reviews()] == [key]
    assert desk.state("E-1") == "queued"
