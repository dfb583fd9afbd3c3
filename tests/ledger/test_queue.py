"""Giving items to each other, taking back, and what happened to the items."""

from datetime import date, timedelta

import pytest

from contractor_ops.errors import UnknownName

RECIPE = "estimate-follow-up"


@pytest.mark.parametrize("change", [{}, {"reason": "another"}, {"row_hash": "r2"}, {"words_hash": "w2"}, {"owner": "sales"}])
@pytest.mark.parametrize("kind", ["message", "row"])
def test_an_assignment_survives_whatever_runs_find(ledger, an_item, at, change, kind):
    ledger.sync_reviews(RECIPE, [an_item(kind=kind)], at)
    ledger.assign_review(1, "owner", at)
    ledger.sync_reviews(RECIPE, [an_item(kind=kind, **change)], at + timedelta(days=1))
    assert [(item.owner, item.assigned, item.assigned_at) for item in ledger.reviews()] == [("owner", "owner", at)]


def test_an_item_given_back_is_whom_the_recipe_names(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.assign_review(1, "owner", at)
    ledger.sync_reviews(RECIPE, [an_item(owner="sales")], at)
    ledger.assign_review(1, None, at)
    [item] = ledger.reviews()
    assert (item.owner, item.assigned, item.assigned_at) == ("sales", None, None)


def test_a_task_keeps_its_new_owner_when_it_is_put_on_the_list_again(ledger, an_item, at):
    task = ledger.add_task(an_item(kind="task"), at)
    ledger.assign_review(task, "owner", at)
    assert ledger.add_task(an_item(kind="task", body="Call today"), at) == task
    assert [(item.owner, item.body) for item in ledger.reviews()] == [("owner", "Call today")]


def test_what_is_closed_or_not_there_is_given_to_nobody(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.decide_review(1, "done", at)
    for number in (1, 7):
        with pytest.raises(UnknownName):
            ledger.assign_review(number, "owner", at)


def test_a_decision_is_taken_back_to_what_was(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.decide_review(1, "open", at, "call first", date(2026, 11, 30))
    ledger.edit_review(1, "My words", at)
    before = ledger.review(1)
    ledger.assign_review(1, "owner", at)
    ledger.edit_review(1, "Other words", at)
    ledger.decide_review(1, "dismissed", at, "no")
    assert ledger.restore_review(before, ledger.review(1), at) is True
    assert ledger.review(1) == before


def test_what_a_run_or_another_person_went_on_from_is_not_taken_back(ledger, an_item, at):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    before = ledger.review(1)
    ledger.decide_review(1, "approved", at)
    after = ledger.review(1)
    ledger.decide_review(1, "done", at, "it has been tried")
    tried = ledger.review(1)
    assert ledger.restore_review(before, after, at) is False
    assert ledger.review(1) == tried


def test_a_task_that_was_done_comes_back_unless_another_has_taken_its_place(ledger, an_item, at):
    ledger.add_task(an_item(kind="task"), at)
    before = ledger.review(1)
    ledger.decide_review(1, "done", at)
    after = ledger.review(1)
    assert ledger.restore_review(before, after, at) is True
    ledger.decide_review(1, "done", at)
    ledger.add_task(an_item(kind="task"), at)
    assert ledger.restore_review(before, after, at) is False
    assert [item.id for item in ledger.reviews()] == [2]


@pytest.mark.parametrize("table", ["assignments", "questions", "review_history"])
def test_what_only_grows_cannot_be_changed(ledger, an_item, at, table):
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.assign_review(1, "owner", at)
    ledger.note_question("why", at)
    for sql in (f"UPDATE {table} SET at = ''", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="history only grows"):
            ledger._connection.run(sql)


def test_what_became_of_items_is_told_with_what_they_were(ledger, an_item, at):
    hour = timedelta(hours=1)
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.decide_review(1, "approved", at + hour)
    ledger.sync_reviews(RECIPE, [], at + 2 * hour)
    changes = [(one.item, one.before, one.state, one.at - at) for one in ledger.review_changes(at - hour)]
    assert changes == [(1, None, "open", 0 * hour), (1, "open", "approved", hour), (1, "approved", "gone", 2 * hour)]
    assert [one.before for one in ledger.review_changes(at + hour)] == ["approved"]
