from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contractor_ops.errors import UnknownName
from contractor_ops.ports import ReviewItem, StepKey

RECIPE = "estimate-follow-up"


def test_an_item_comes_back_as_it_went_in(ledger, an_item, at):
    item = an_item(
        customer="Ann Li", amount=Decimal("15000.50"), channel="sms", to="+13125550142", subject="Your estimate", body="Any questions?",
        due=at - timedelta(hours=1), table="estimates",
    )  # fmt: skip
    ledger.sync_reviews(RECIPE, [item], at)
    [found] = ledger.reviews()
    assert found == replace(item, id=found.id, created_at=at)
    assert ledger.review(found.id) == found


def test_an_item_seen_again_keeps_its_number_and_its_snooze(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    [first] = ledger.reviews()
    ledger.decide_review(first.id, "open", at, note="after the holiday", until=date(2026, 11, 30))
    ledger.sync_reviews(RECIPE, [an_item(reason="another reason")], at + timedelta(days=1))
    [again] = ledger.reviews()
    assert again == replace(first, reason="another reason", until=date(2026, 11, 30), note="after the holiday")


def test_an_item_that_moved_to_another_row_of_the_sheet_is_the_same_item(ledger, an_item, at):
    item = an_item()
    ledger.sync_reviews(RECIPE, [item], at)
    ledger.decide_review(ledger.reviews()[0].id, "approved", at)
    moved = replace(item.members[0], place=item.members[0].place._replace(row=99))
    ledger.sync_reviews(RECIPE, [replace(item, members=(moved,))], at)
    [found] = ledger.reviews(["approved"])
    assert found.members[0].place.row == 99


@pytest.mark.parametrize("change", [{"row_hash": "r2"}, {"words_hash": "w2"}])
def test_an_open_message_whose_row_or_words_changed_is_a_new_item_under_a_new_number(ledger, an_item, at, change):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    [first] = ledger.reviews()
    ledger.decide_review(first.id, "open", at, until=date(2026, 11, 30))
    ledger.edit_review(first.id, "My own words", at)
    ledger.sync_reviews(RECIPE, [an_item(**change)], at)
    [again] = ledger.reviews()
    assert (again.id != first.id, again.until, again.edited) == (True, None, None)
    assert ledger.review(first.id).state == "gone"


def test_an_approval_holds_while_row_and_words_are_those_that_were_shown(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    [item] = ledger.reviews()
    ledger.edit_review(item.id, "My own words", at)
    ledger.decide_review(item.id, "approved", at)
    ledger.sync_reviews(RECIPE, [an_item()], at)
    assert [(found.id, found.edited) for found in ledger.reviews(["approved"])] == [(item.id, "My own words")]


@pytest.mark.parametrize("change", [{"row_hash": "r2"}, {"words_hash": "w2"}])
def test_an_approval_of_something_else_is_asked_again(ledger, an_item, at, change):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    [item] = ledger.reviews()
    ledger.decide_review(item.id, "approved", at)
    ledger.sync_reviews(RECIPE, [an_item(**change)], at)
    assert ledger.reviews(["approved"]) == []
    assert [(found.id, found.note) for found in ledger.reviews()] == [(item.id, "changed since it was approved")]


def test_a_dismissal_holds_for_the_rows_whatever_the_words(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    [item] = ledger.reviews()
    ledger.decide_review(item.id, "dismissed", at, note="called her")
    ledger.sync_reviews(RECIPE, [an_item(words_hash="w2")], at)
    assert [found.note for found in ledger.reviews(["dismissed"])] == ["called her"]
    ledger.sync_reviews(RECIPE, [an_item(row_hash="r2")], at)
    assert [(found.id, found.note) for found in ledger.reviews()] == [(item.id, "changed since it was dismissed")]


def test_a_dismissal_is_remembered_while_the_item_is_not_due(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.decide_review(ledger.reviews()[0].id, "dismissed", at)
    ledger.sync_reviews(RECIPE, [], at)
    ledger.sync_reviews(RECIPE, [an_item()], at)
    assert ledger.reviews() == []
    assert len(ledger.reviews(["dismissed"])) == 1


def test_what_is_no_longer_due_is_gone_and_new_if_it_comes_again(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item("E-1/first-nudge"), an_item("E-2/first-nudge"), an_item("E-3/first-nudge")], at)
    ledger.decide_review(2, "approved", at)
    ledger.sync_reviews(RECIPE, [an_item("E-3/first-nudge")], at)
    assert [item.id for item in ledger.reviews()] == [3]
    assert [item.id for item in ledger.reviews(["gone"])] == [1, 2]
    ledger.sync_reviews(RECIPE, [an_item("E-1/first-nudge"), an_item("E-3/first-nudge")], at)
    assert [item.id for item in ledger.reviews()] == [3, 4]


def test_another_recipes_queue_is_left_alone(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.sync_reviews("win-back", [an_item()], at)
    ledger.sync_reviews("win-back", [], at)
    assert [item.recipe for item in ledger.reviews()] == [RECIPE]


def test_a_task_stays_until_somebody_has_done_it(ledger, an_item, at):
    task = ledger.add_task(an_item(kind="task", body="Call Ann Li"), at)
    ledger.sync_reviews(RECIPE, [], at)
    assert [item.id for item in ledger.reviews()] == [task]
    ledger.decide_review(task, "done", at, note="she wants it")
    assert ledger.reviews() == []
    assert ledger.review(task).note == "she wants it"


def test_a_task_that_is_on_the_list_is_not_put_there_twice(ledger, an_item, at):
    task = ledger.add_task(an_item(kind="task", body="Call Ann Li"), at)
    assert ledger.add_task(an_item(kind="task", body="Call Ann Li today"), at) == task
    assert [item.body for item in ledger.reviews()] == ["Call Ann Li today"]
    ledger.decide_review(task, "dismissed", at)
    assert ledger.add_task(an_item(kind="task", body="Call Ann Li"), at) != task


def test_a_task_and_a_message_may_have_the_same_key(ledger, an_item, at):
    ledger.add_task(an_item(kind="task"), at)
    ledger.sync_reviews(RECIPE, [an_item(), an_item()], at)
    assert sorted(item.kind for item in ledger.reviews()) == ["message", "task"]


def test_the_queue_is_in_order_of_when_things_are_due(ledger, an_item, at):
    dues = {"E-1/a": None, "E-2/a": at, "E-3/a": at - timedelta(days=1), "E-4/a": at}
    ledger.sync_reviews(RECIPE, [an_item(key, due=due) for key, due in dues.items()], at)
    assert [item.key for item in ledger.reviews()] == ["E-3/a", "E-2/a", "E-4/a", "E-1/a"]


def test_a_longer_queue_than_a_statement_holds(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item(f"E-{number}/first-nudge") for number in range(1203)], at)
    assert [item.members[0].key.record for item in ledger.reviews()] == [f"E-{number}" for number in range(1203)]


@pytest.mark.parametrize("state", ["approved", "dismissed", "open"])
def test_a_closed_item_cannot_be_decided(ledger, an_item, at, state):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.sync_reviews(RECIPE, [], at)
    with pytest.raises(UnknownName, match="Review item 1 is closed: it is no longer due"):
        ledger.decide_review(1, state, at)
    with pytest.raises(UnknownName):
        ledger.edit_review(1, "My own words", at)


@pytest.mark.parametrize("number", [0, -1, 7, 10**30])
def test_an_item_that_does_not_exist_is_named(ledger, at, number):
    assert ledger.review(number) is None
    with pytest.raises(UnknownName, match=f"There is no review item {number}"):
        ledger.decide_review(number, "approved", at)
    with pytest.raises(UnknownName, match=f"There is no review item {number}"):
        ledger.decide_review(number, "done", at)
    with pytest.raises(UnknownName, match=f"There is no review item {number}"):
        ledger.edit_review(number, "My own words", at)


def test_planning_sees_what_was_said_last_of_each_step(ledger, an_item, at, day_start):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.decide_review(1, "dismissed", at, note="called her")
    ledger.sync_reviews(RECIPE, [an_item(row_hash="r2"), an_item("E-2/first-nudge")], at)
    ledger.edit_review(1, "My own words", at)
    ledger.decide_review(1, "approved", at, until=date(2026, 11, 30))
    ledger.sync_reviews("win-back", [an_item(reason="of another recipe")], at)
    releases = ledger.history(RECIPE, "estimates", ["E-1"], [], day_start).releases
    assert list(releases) == [StepKey("E-1", "first-nudge")]
    release = releases[StepKey("E-1", "first-nudge")]
    assert (release.item, release.state, release.row_hash, release.words_hash) == (1, "approved", "r2", "w1")
    assert (release.until, release.edited, release.reason) == (date(2026, 11, 30), "My own words", "total is 15,000 or more")


def test_what_happened_to_an_item_is_kept(ledger, path, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.decide_review(1, "approved", at)
    ledger.sync_reviews(RECIPE, [an_item(row_hash="r2")], at)
    ledger.decide_review(1, "approved", at)
    ledger.decide_review(1, "done", at)
    states = ledger._connection.rows("SELECT state FROM review_history ORDER BY id")
    assert [state for (state,) in states] == ["open", "approved", "open", "approved", "done"]


def test_what_is_urgent_stands_before_what_is_due(ledger, at):
    def task(key: str, days: int) -> int:
        return ledger.add_task(ReviewItem("inbox", key, "task", "owner", "a reply", (), due=at + timedelta(days=days)), at)

    early, urgent, late = task("reply/1", 0), task("urgent/reply/2", 9), task("reply/3", 1)
    assert [item.id for item in ledger.reviews()] == [urgent, early, late]
    assert [item.urgent for item in ledger.reviews()] == [True, False, False]
