from datetime import timedelta, timezone

import pytest

from contractor_ops.ports import Ledger, RunEnd, Shape

RECIPE = "estimate-follow-up"
BRAKED = RunEnd(4, {"rows": 41}, brakes=("stale-source",))
WELL = RunEnd(0, {"rows": 41, "act": 3}, accepted=("stale-source",))


def test_it_is_the_ledger_that_the_work_asks_for(ledger):
    asked: Ledger = ledger
    assert asked.runs() == []


def test_a_run_is_told_as_it_was(ledger, at):
    first = ledger.open_run(RECIPE, at, False, "approve", "front-desk/boot-1")
    second = ledger.open_run("win-back", at + timedelta(hours=1), True, "auto", "front-desk/boot-1")
    ledger.close_run(first, at + timedelta(seconds=3), WELL)
    latest, earlier = ledger.runs()
    assert (latest.id, latest.recipe, latest.sent, latest.mode, latest.ended_at, latest.end) == (
        second,
        "win-back",
        True,
        "auto",
        None,
        None,
    )
    assert (earlier.id, earlier.now, earlier.sent, earlier.ended_at, earlier.end) == (first, at, False, at + timedelta(seconds=3), WELL)


def test_runs_are_shown_for_one_recipe_and_no_more_than_asked_for(ledger, at):
    numbers = [ledger.open_run(recipe, at, False, "auto", "m") for recipe in [RECIPE, "win-back", RECIPE, RECIPE]]
    assert [run.id for run in ledger.runs(RECIPE, limit=2)] == [numbers[3], numbers[2]]


def test_the_first_send_is_the_first_that_no_brake_stopped(ledger, at, day_start):
    def first_sent_at():
        return ledger.history(RECIPE, "estimates", [], [], day_start).first_sent_at

    ledger.close_run(ledger.open_run(RECIPE, at, False, "auto", "m"), at, WELL)
    ledger.close_run(ledger.open_run(RECIPE, at, True, "auto", "m"), at, BRAKED)
    ledger.close_run(ledger.open_run("win-back", at, True, "auto", "m"), at, WELL)
    assert first_sent_at() is None
    ledger.open_run(RECIPE, at + timedelta(days=1), True, "auto", "m")
    ledger.open_run(RECIPE, at + timedelta(days=2), True, "auto", "m")
    assert first_sent_at() == at + timedelta(days=1)


def test_the_last_now_is_that_of_the_latest_sending_which_no_brake_stopped(ledger, at):
    assert ledger.last_sent_now(RECIPE) is None
    east = timezone(timedelta(hours=9))
    ledger.open_run(RECIPE, at + timedelta(minutes=1), True, "auto", "m")
    ledger.open_run(RECIPE, at.astimezone(east), True, "auto", "m")
    ledger.open_run(RECIPE, at + timedelta(days=9), False, "auto", "m")
    assert ledger.last_sent_now(RECIPE) == at
    braked = ledger.open_run(RECIPE, at - timedelta(days=1), True, "auto", "m")
    ledger.close_run(braked, at, RunEnd(4, {}, ["clock-back"]))
    assert ledger.last_sent_now(RECIPE) == at


def test_a_brake_is_kept_with_its_words_and_one_without_them_is_read_all_the_same(ledger, at):
    words = [("The sheet is old.", "Save it again.")]
    for end in (RunEnd(4, {}, ("stale-source",), seen=tuple(words)), BRAKED):
        ledger.close_run(ledger.open_run(RECIPE, at, True, "auto", "m"), at, end)
    named, told = [(entry.end.brakes, entry.end.seen) for entry in ledger.runs(RECIPE)]
    assert named == (("stale-source",), ())
    assert told == (("stale-source",), tuple(words))


def test_a_time_without_a_zone_is_refused(ledger, at):
    with pytest.raises(ValueError, match="no time zone"):
        ledger.open_run(RECIPE, at.replace(tzinfo=None), True, "auto", "m")


def test_the_last_machine_is_that_of_the_latest_run(ledger, at):
    assert ledger.last_machine() is None
    ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1")
    ledger.open_run(RECIPE, at, False, "auto", "laptop/boot-9")
    assert ledger.last_machine() == "laptop/boot-9"


def test_recipes_seen_are_those_that_messaged_somebody(ledger, a_claim, at, day_start):
    for recipe, state in [(RECIPE, "sent"), ("billing-check", "queued"), ("win-back", "failed")]:
        run = ledger.open_run(recipe, at, True, "auto", "m")
        [taken] = ledger.claim(run, recipe, [[a_claim()]], at, None, day_start)
        ledger.settle(taken.claim_ids, state, at)
    assert ledger.recipes_seen() == {RECIPE: "estimates", "billing-check": "estimates"}


def test_a_shape_is_remembered_until_the_next(ledger, at):
    assert ledger.shape("estimates") is None
    ledger.remember_shape("estimates", Shape(41, ("Number", "Our price"), at))
    ledger.remember_shape("estimates", Shape(43, ("Number", "Our price", "Status"), at + timedelta(days=1)))
    assert ledger.shape("estimates") == Shape(43, ("Number", "Our price", "Status"), at + timedelta(days=1))
    assert ledger.shape("jobs") is None
