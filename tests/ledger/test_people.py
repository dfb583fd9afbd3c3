from datetime import date, timedelta
from pathlib import Path

from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import Pause

RECIPE = "estimate-follow-up"


def test_an_opt_out_is_in_force_until_it_is_lifted(ledger, at, day_start):
    ledger.opt_out("+13125550142", at, "sms")
    ledger.opt_out("ann@li.example", at, "office")
    assert ledger.opt_outs() == [("+13125550142", at, "sms"), ("ann@li.example", at, "office")]
    ledger.opt_in("+13125550142", at, "sms")
    assert [address for address, _, _ in ledger.opt_outs()] == ["ann@li.example"]
    asked = ["+13125550142", "ann@li.example", "bob@ray.example"]
    assert ledger.history(RECIPE, "estimates", [], asked, day_start).opted_out == {"ann@li.example"}


def test_an_opt_out_repeated_keeps_its_first_day_and_its_source(ledger, at):
    ledger.opt_out("+13125550142", at, "sms")
    ledger.opt_out("+13125550142", at + timedelta(days=1), "sms")
    assert ledger.opt_outs() == [("+13125550142", at, "sms")]


def test_an_opt_out_by_the_office_after_one_by_sms_is_kept_too(ledger, at):
    ledger.opt_out("+13125550142", at, "sms")
    ledger.opt_out("+13125550142", at, "office")
    assert ledger.opt_outs() == [("+13125550142", at, "office")]


def test_an_opt_in_without_an_opt_out_changes_nothing(ledger, at):
    ledger.opt_in("+13125550142", at, "sms")
    assert ledger.opt_outs() == []


def test_a_pause_lasts_until_somebody_ends_it(ledger, at, day_start):
    ledger.pause(Pause("Ann Li", date(2026, 12, 1), "on holiday"), at)
    ledger.pause(Pause("+13125550142", None, ""), at)
    assert ledger.pauses() == [Pause("Ann Li", date(2026, 12, 1), "on holiday"), Pause("+13125550142", None, "")]
    assert ledger.history(RECIPE, "estimates", [], [], day_start).pauses == tuple(ledger.pauses())
    assert ledger.resume("Ann Li", at) is True
    assert ledger.resume("Ann Li", at) is False
    assert ledger.pauses() == [Pause("+13125550142", None, "")]


def test_a_second_pause_takes_the_place_of_the_first(ledger, at):
    ledger.pause(Pause("Ann Li", None, ""), at)
    ledger.pause(Pause("Ann Li", date(2026, 12, 1), "till she is back"), at)
    assert ledger.pauses() == [Pause("Ann Li", date(2026, 12, 1), "till she is back")]


def test_a_record_is_skipped_in_one_recipe(ledger, at, day_start):
    ledger.skip(RECIPE, "E-1", "a friend of the house", at)
    ledger.skip(RECIPE, "E-1", "the owner's brother", at)
    ledger.skip(RECIPE, "E-2", "not asked for", at)
    assert ledger.history(RECIPE, "estimates", ["E-1"], [], day_start).skips == {"E-1": "the owner's brother"}
    assert ledger.history("win-back", "estimates", ["E-1"], [], day_start).skips == {}


def test_forgetting_empties_the_words_and_keeps_what_was_done(ledger, run, a_claim, at, day_start):
    hers, his = a_claim("E-1", customer="Ann Li"), a_claim("E-2", customer="Bob Ray", address="+13125550143")
    taken, _ = ledger.claim(run, RECIPE, [[hers], [his]], at, None, day_start)
    ledger.settle(taken.claim_ids, "failed", at, detail="no such number: +13125550142")
    ledger.opt_out("+13125550142", at, "sms")
    assert ledger.forget_words(["+13125550142"]) == 1
    assert [(entry["state"], entry["address"], entry["detail"]) for entry in ledger.entries(record="E-1")] == [
        ("claimed", None, None),
        ("failed", None, None),
    ]
    assert ledger.entries(record="E-2")[0]["address"] == "+13125550143"
    assert [address for address, _, _ in ledger.opt_outs()] == ["+13125550142"]
    assert ledger.claim(run, RECIPE, [[hers]], at, None, day_start)[0].refusal == "already done"
    assert ledger.verify() == []


def test_forgetting_reaches_the_review_queue(ledger, an_item, at):
    item = an_item(customer="Ann Li", to="+13125550142", body="Hi Ann", subject="For Ann")
    ledger.sync_reviews(RECIPE, [item], at)
    ledger.edit_review(1, "Dear Ann", at)
    ledger.forget_words(["+13125550142"])
    found = ledger.review(1)
    assert (found.customer, found.to, found.body, found.subject, found.edited, found.members[0].customer) == (None,) * 6


def test_forgotten_words_are_not_in_the_file_any_more(path: Path, at, day_start, a_claim):
    ledger = SqliteLedger(path)
    run = ledger.open_run(RECIPE, at, True, "auto", "front-desk/boot-1")
    ledger.claim(run, RECIPE, [[a_claim(body="Zanzibar pergola", customer_key="+13125550142")]], at, None, day_start)
    ledger.forget_words(["+13125550142"])
    ledger.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"first-nudge" in everything
    assert b"Zanzibar pergola" not in everything
    assert b"3125550142" not in everything


def test_forgetting_nobody_forgets_nothing(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim(customer_key="")]], at, None, day_start)
    assert ledger.forget_words([]) == 0
    assert ledger.forget_words([""]) == 0
    assert ledger.entries()[0]["address"] == "+13125550142"
