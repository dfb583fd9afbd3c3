import sqlite3
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contractor_ops.errors import LedgerTrouble
from contractor_ops.ports import ClaimResult, Doubt, Pause, RunEnd, StepKey

RECIPE = "estimate-follow-up"


def test_a_step_is_claimed_once(ledger, run, a_claim, at, day_start):
    [first] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    [second] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    assert len(first.claim_ids) == 1
    assert second == ClaimResult((), "already done")


@pytest.mark.parametrize("state", ["sent", "queued", "failed", "in_doubt", "skipped"])
def test_a_step_in_any_other_state_than_released_is_already_done(ledger, run, a_claim, at, day_start, state):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(taken.claim_ids, state, at)
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start) == [ClaimResult((), "already done")]


def test_a_claim_given_back_may_be_claimed_again(ledger, run, a_claim, at, day_start):
    [first] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(first.claim_ids, "released", at, detail="the server asked to try later")
    [second] = ledger.claim(run, RECIPE, [[a_claim(body="New words")]], at + timedelta(hours=1), None, day_start)
    assert second.claim_ids
    assert second.claim_ids != first.claim_ids
    assert [entry["state"] for entry in ledger.entries()] == ["claimed", "released", "claimed"]
    assert ledger.history(RECIPE, "estimates", ["E-1"], [], day_start).steps[StepKey("E-1", "first-nudge")].state == "claimed"


def test_an_old_claim_never_comes_alive_again_once_another_holds_the_step(ledger, run, a_claim, at, day_start):
    [first] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(first.claim_ids, "released", at)
    [second] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    with pytest.raises(LedgerTrouble, match="given back meanwhile"):
        ledger.trying(first.claim_ids, at)
    ledger.trying(second.claim_ids, at)


def test_a_message_that_was_sent_cannot_be_given_back(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.trying(taken.claim_ids, at)
    ledger.settle(taken.claim_ids, "sent", at, provider_id="SM1")
    with pytest.raises(LedgerTrouble, match='cannot mark claim 1 as "released"'):
        ledger.settle(taken.claim_ids, "released", at)


def test_what_the_provider_had_taken_is_given_back_where_it_says_that_it_never_left(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(taken.claim_ids, "queued", at, provider_id="SM1")
    ledger.settle(taken.claim_ids, "released", at, detail="it expired in the provider's queue")
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)[0].claim_ids


@pytest.mark.parametrize("taken_as", ["queued", "sent"])
def test_what_the_provider_had_taken_may_turn_out_to_have_failed(ledger, run, a_claim, at, day_start, taken_as):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(taken.claim_ids, taken_as, at, provider_id="SM1")
    ledger.settle(taken.claim_ids, "failed", at, detail="no such number")
    memory = ledger.history(RECIPE, "estimates", ["E-1"], [], day_start).steps[StepKey("E-1", "first-nudge")]
    assert (memory.state, memory.detail) == ("failed", "no such number")
    assert ledger.sent_under("SM1").steps[0].provider_id == "SM1"


@pytest.mark.parametrize("way", [["sent"], ["queued", "sent"], ["in_doubt", "sent"], ["sent", "failed"], ["sent", "sent"]])
def test_nothing_that_was_sent_is_ever_given_back(ledger, run, a_claim, at, day_start, way):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    for state in way:
        ledger.settle(taken.claim_ids, state, at)
    with pytest.raises(LedgerTrouble, match="given back meanwhile"):
        ledger.settle(taken.claim_ids, "released", at)


def test_claims_are_settled_together_or_not_at_all(ledger, run, a_claim, at, day_start):
    one, two = ledger.claim(run, RECIPE, [[a_claim("E-1")], [a_claim("E-2")]], at, None, day_start)
    ledger.settle(two.claim_ids, "sent", at)
    with pytest.raises(LedgerTrouble):
        ledger.trying([*one.claim_ids, *two.claim_ids], at)
    assert [entry["state"] for entry in ledger.entries(record="E-1")] == ["claimed"]


def test_the_same_record_and_step_with_another_anchor_is_another_step(ledger, run, a_claim, at, day_start):
    groups = [[a_claim(anchor="2026-11-20")], [a_claim(anchor="2026-11-27")]]
    assert all(result.claim_ids for result in ledger.claim(run, RECIPE, groups, at, None, day_start))


def test_another_recipe_claims_the_same_record_and_step(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    [result] = ledger.claim(run, "win-back", [[a_claim()]], at, None, day_start)
    assert result.claim_ids


def test_a_group_is_taken_whole_or_refused_whole(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim("E-2")]], at, None, day_start)
    results = ledger.claim(run, RECIPE, [[a_claim("E-1"), a_claim("E-2"), a_claim("E-3")], [a_claim("E-3")]], at, None, day_start)
    assert results[0].refusal == "already done"
    assert len(results[1].claim_ids) == 1
    assert ledger.entries(record="E-1") == []


def test_a_key_twice_in_one_call_is_claimed_once(ledger, run, a_claim, at, day_start):
    results = ledger.claim(run, RECIPE, [[a_claim()], [a_claim()], [a_claim("E-2"), a_claim("E-2")]], at, None, day_start)
    assert [result.refusal for result in results] == ["", "already done", "already done"]


def test_an_address_that_opted_out_is_refused_until_it_opts_in(ledger, run, a_claim, at, day_start):
    ledger.opt_out("+13125550142", at, "sms")
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)[0].refusal == "opted out"
    ledger.opt_in("+13125550142", at, "sms")
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)[0].refusal == ""


def test_a_task_about_somebody_who_opted_out_is_no_message(ledger, run, a_claim, at, day_start):
    ledger.opt_out("+13125550142", at, "sms")
    [result] = ledger.claim(run, RECIPE, [[a_claim(channel=None)]], at, 1, day_start)
    assert result.claim_ids
    assert ledger.history(RECIPE, "estimates", [], ["+13125550142"], day_start).sent_today == {}


def test_the_daily_cap_counts_earlier_groups_of_the_same_call(ledger, run, a_claim, at, day_start):
    groups = [[a_claim("E-1")], [a_claim("E-2")], [a_claim("E-3", address="+13125550143")]]
    assert [result.refusal for result in ledger.claim(run, RECIPE, groups, at, 1, day_start)] == ["", "daily cap", ""]


def test_the_daily_cap_counts_other_recipes_and_a_group_once(ledger, run, a_claim, at, day_start):
    group = [a_claim("I-1"), a_claim("I-2", body=None, settled_by="I-1"), a_claim("I-3", body=None, settled_by="I-1")]
    ledger.claim(run, "invoice-reminders", [group], at, None, day_start)
    assert ledger.history(RECIPE, "estimates", [], ["+13125550142"], day_start).sent_today == {"+13125550142": 1}
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, 1, day_start)[0].refusal == "daily cap"
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, 2, day_start)[0].refusal == ""


@pytest.mark.parametrize(
    ("state", "counted"), [("sent", 1), ("queued", 1), ("in_doubt", 1), ("failed", 0), ("skipped", 0), ("released", 0)]
)
def test_the_daily_cap_counts_what_has_or_may_have_left(ledger, run, a_claim, at, day_start, state, counted):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.settle(taken.claim_ids, state, at)
    assert ledger.history(RECIPE, "estimates", [], ["+13125550142"], day_start).sent_today.get("+13125550142", 0) == counted


def test_the_daily_cap_begins_anew_with_the_day_wherever_the_clock_stands(ledger, run, a_claim, at, day_start):
    yesterday_evening = (day_start - timedelta(seconds=1)).astimezone(at.tzinfo)
    ledger.claim(run, RECIPE, [[a_claim("E-1")]], yesterday_evening, None, day_start - timedelta(days=1))
    assert ledger.claim(run, RECIPE, [[a_claim("E-2")]], day_start, 1, day_start)[0].refusal == ""
    assert ledger.claim(run, RECIPE, [[a_claim("E-3")]], at, 1, day_start)[0].refusal == "daily cap"


def test_a_message_of_last_night_that_is_settled_today_counts_for_last_night(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], day_start - timedelta(minutes=1), None, day_start)
    ledger.settle(taken.claim_ids, "sent", at)
    assert ledger.history(RECIPE, "estimates", [], ["+13125550142"], day_start).sent_today == {}


def test_the_reason_given_first_is_that_it_was_done(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.opt_out("+13125550142", at, "sms")
    assert ledger.claim(run, RECIPE, [[a_claim()]], at, 0, day_start)[0].refusal == "already done"
    assert ledger.claim(run, RECIPE, [[a_claim("E-2")]], at, 0, day_start)[0].refusal == "opted out"


def test_what_no_run_of_ours_left_open_is_no_doubt(ledger, run, a_claim, at, day_start):
    done, open_ = ledger.claim(run, RECIPE, [[a_claim("E-1")], [a_claim("E-2")]], at, None, day_start)
    ledger.settle(done.claim_ids, "sent", at)
    assert ledger.abandoned(RECIPE, run) == []
    other = ledger.open_run("win-back", at, True, "auto", "front-desk/boot-1")
    assert ledger.abandoned("win-back", other) == []
    later = ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1")
    assert [doubt.claim_id for doubt in ledger.abandoned(RECIPE, later)] == list(open_.claim_ids)


@pytest.mark.parametrize(
    ("machine", "state"),
    [("front-desk/boot-1", "claimed"), ("front-desk/boot-2", "trying"), ("laptop/boot-9", "trying"), ("", "trying")],
)
def test_a_claim_without_the_mark_may_have_left_unless_it_is_the_same_boot(ledger, run, a_claim, at, day_start, machine, state):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    later = ledger.open_run(RECIPE, at, True, "auto", machine)
    [doubt] = ledger.abandoned(RECIPE, later)
    assert (doubt.state, doubt.claim_id) == (state, taken.claim_ids[0])
    assert (doubt.channel, doubt.address, doubt.message_id, doubt.at) == ("sms", "+13125550142", "<E-1.first-nudge>", at)


def test_a_doubt_says_enough_to_ask_the_provider_and_a_person(ledger, run, a_claim, at, day_start):
    ann = {"channel": "email", "address": "ann@li.example", "customer": "Ann Li", "subject": "Your estimate", "provider": "smtp"}
    [taken] = ledger.claim(run, RECIPE, [[a_claim("E-1", **ann)]], at, None, day_start)
    ledger.settle(taken.claim_ids, "in_doubt", at)
    later = ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1")
    assert ledger.abandoned(RECIPE, later) == [
        Doubt(taken.claim_ids[0], RECIPE, StepKey("E-1", "first-nudge"), "email", "ann@li.example", "<E-1.first-nudge>", at, "in_doubt",
              "smtp", "Your estimate", "Any questions?", "Ann Li", "office"),
    ]  # fmt: skip


def test_recipes_with_something_left_open_are_known_before_they_have_sent_anything(ledger, run, a_claim, at, day_start):
    assert ledger.recipes_left_open() == []
    ledger.claim(run, "win-back", [[a_claim("E-1")], [a_claim("E-2")]], at, None, day_start)
    [taken] = ledger.claim(run, RECIPE, [[a_claim("E-1")]], at, None, day_start)
    assert ledger.recipes_left_open() == [RECIPE, "win-back"]
    ledger.settle(taken.claim_ids, "failed", at)
    assert ledger.recipes_left_open() == ["win-back"]


def test_two_runs_on_machines_unknown_are_not_taken_for_the_same_boot(ledger, a_claim, at, day_start):
    run = ledger.open_run(RECIPE, at, True, "auto", "")
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    assert ledger.abandoned(RECIPE, ledger.open_run(RECIPE, at, True, "auto", ""))[0].state == "trying"


def test_a_doubt_can_be_settled_by_a_later_run(ledger, run, a_claim, at, day_start):
    [taken] = ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.trying(taken.claim_ids, at)
    ledger.settle(taken.claim_ids, "in_doubt", at, detail="the line broke")
    later = ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-2")
    assert ledger.abandoned(RECIPE, later)[0].state == "in_doubt"
    ledger.settle(taken.claim_ids, "sent", at, provider_id="SM1")
    assert ledger.abandoned(RECIPE, later) == []


def test_many_claims_in_one_call_each_have_their_own_number(ledger, run, a_claim, at, day_start):
    groups = [[a_claim(f"E-{number}"), a_claim(f"F-{number}")] for number in range(700)]
    results = ledger.claim(run, RECIPE, groups, at, None, day_start)
    assert len({claim for result in results for claim in result.claim_ids}) == 1400
    ledger.settle([claim for result in results for claim in result.claim_ids], "sent", at)
    assert len(ledger.history(RECIPE, "estimates", [f"E-{number}" for number in range(700)], [], day_start).steps) == 700
    assert ledger.verify() == []


@pytest.mark.parametrize("table", ["history", "review_history", "suppressions"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = 'never'", "DELETE FROM {}"])
def test_history_only_grows(ledger, path, run, a_claim, an_item, at, day_start, table, change):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.sync_reviews(RECIPE, [an_item()], at)
    ledger.opt_out("+13125550142", at, "sms")
    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.IntegrityError, match="history only grows"):
        raw.execute(change.format(table))


def test_a_run_that_ended_keeps_its_claims(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    ledger.close_run(run, at, RunEnd(0, {"rows": 1}))
    assert len(ledger.abandoned(RECIPE, ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1"))) == 1


HERS = {"customer": "Ann Li", "customer_key": "number:C-7", "known_as": ("+13125550142", "ann@li.example")}


@pytest.mark.parametrize("who", ["+13125550142", "ann@li.example", "C-7", "number:C-7", "Ann Li", "ann  LI"])
def test_a_pause_that_comes_while_a_run_is_under_way_holds_its_messages(ledger, run, a_claim, at, day_start, who):
    ledger.pause(Pause(who, None, ""), at)
    groups = [
        [a_claim("E-1", **HERS)],
        [a_claim("E-2", address="+13125550143", customer="Bob Ray", customer_key="number:C-8", known_as=("+13125550143",))],
        [a_claim("E-3", "tell-owner", address="+13125550101", customer="Ann Li")],
        [a_claim("E-4", "call", channel=None, address=None, customer="Ann Li", customer_key="number:C-7")],
    ]
    assert [result.refusal for result in ledger.claim(run, RECIPE, groups, at, None, day_start)] == ["paused", "", "", ""]


def test_a_pause_that_names_nobody_holds_nobody_without_a_name(ledger, run, a_claim, at, day_start):
    ledger.pause(Pause("-", None, ""), at)
    assert ledger.claim(run, RECIPE, [[a_claim(customer="?", known_as=("+13125550142",))]], at, None, day_start)[0].claim_ids


@pytest.mark.parametrize(("minutes", "refusal"), [(-1, "paused"), (0, "")])
def test_a_pause_ends_with_the_offices_day_whatever_zone_the_clock_shows(ledger, run, a_claim, minutes, refusal):
    chicago = ZoneInfo("America/Chicago")
    midnight = datetime(2026, 11, 24, tzinfo=chicago)
    ledger.pause(Pause("+13125550142", midnight.date(), ""), midnight - timedelta(days=3))
    moment = (midnight + timedelta(minutes=minutes)).astimezone(UTC)
    [result] = ledger.claim(run, RECIPE, [[a_claim()]], moment, None, midnight - timedelta(days=1))
    assert result.refusal == refusal
