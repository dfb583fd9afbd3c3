"""A task is done by being put on its owner's list, once."""

from contractor_ops.actions.bundle import Bundle
from contractor_ops.actions.task import put_on_the_list
from contractor_ops.ports import Claim, StepKey
from tests.actions.conftest import AT, DAY_START, KEYS, Desk, decision


def task(record: str = "E-1", **fields: object) -> Bundle:
    return [decision(record, **{"action": "task", "step": "hand-over", "channel": None, "to": None, "subject": None, "body": f"Call about {record}.", **fields})]


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


def test_a_run_killed_between_the_claim_and_the_list_loses_no_task_and_doubles_none(desk: Desk) -> None:
    for listed in (False, True):
        record, run = f"E-{listed:d}", desk.open_run()
        [taken] = desk.ledger.claim(run, "mine", [[Claim(StepKey(record, "hand-over"), "estimates", "task", "office")]], AT, None, DAY_START)
        assert taken.claim_ids
        if listed:  # it had been put on the list, and not been settled
            put_on_the_list([task("E-9")], "mine", run, desk.ledger, lambda: AT, KEYS, {})
    desk.recover(desk.open_run())
    put(desk, task("E-0"), task("E-1"), task("E-9"))
    assert sorted(item.members[0].key.record for item in desk.ledger.reviews()) == ["E-0", "E-1", "E-9"]
    assert {desk.state(record) for record in ("E-0", "E-1", "E-9")} == {"queued"}
