import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.ledger.ledger import SqliteLedger
from contractor_ops.ports import MANUAL, Pause

RECIPE = "estimate-follow-up"


def test_an_opt_out_is_in_force_until_it_is_lifted(ledger, at, day_start):
    ledger.opt_out("+13125550142", at, "sms")
    ledger.opt_out("ann@li.example", at, "office")
    assert ledger.opt_outs() == [("+13125550142", at, "sms"), ("ann@li.example", at, "office")]
    assert ledger.opt_in("+13125550142", at, "sms") is True
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


def test_an_opt_in_without_an_opt_out_changes_nothing(ledger, path, at):
    for by_person in (True, False):
        assert ledger.opt_in("+13125550142", at, "sms", by_person=by_person) is True
    assert ledger.opt_outs() == []
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT count(*) FROM suppressions").fetchall() == [(0,)]


def test_a_customers_start_lifts_a_customers_stop(ledger, at):
    ledger.opt_out("+13125550142", at, "sms")
    ledger.opt_out("+13125550142", at, "the provider says so")
    assert ledger.opt_in("+13125550142", at, "sms", by_person=False) is True
    assert ledger.opt_outs() == []


def test_a_customers_start_never_lifts_a_persons_block(ledger, at):
    ledger.opt_out("+13125550142", at, MANUAL)
    assert ledger.opt_in("+13125550142", at, "sms", by_person=False) is False
    ledger.opt_out("+13125550142", at, "sms")
    assert ledger.opt_in("+13125550142", at, "sms", by_person=False) is False
    assert [address for address, _, _ in ledger.opt_outs()] == ["+13125550142"]
    assert ledger.opt_in("+13125550142", at, MANUAL) is True
    assert ledger.opt_outs() == []


def test_a_block_that_a_person_has_lifted_holds_no_later_stop(ledger, at):
    ledger.opt_out("+13125550142", at, MANUAL)
    ledger.opt_in("+13125550142", at, MANUAL)
    ledger.opt_out("+13125550142", at, "sms")
    assert ledger.opt_in("+13125550142", at, "sms", by_person=False) is True


STEPS = st.sampled_from(["stop", "provider", "block", "start", "lift"])


@given(st.lists(st.tuples(st.sampled_from(["ann@li.example", "bob@ray.example"]), STEPS), max_size=12))
def test_whatever_the_order_a_persons_word_weighs_more_than_a_customers(said):
    """Against a model of two facts: a person has blocked the address, and somebody else has."""
    at = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    by_person, by_others = set(), set()
    with tempfile.TemporaryDirectory() as folder, closing(SqliteLedger(Path(folder) / "ledger.sqlite3")) as ledger:
        for address, step in said:
            if step == "block":
                ledger.opt_out(address, at, MANUAL)
                by_person.add(address)
            elif step in {"stop", "provider"}:
                ledger.opt_out(address, at, step)
                by_others.add(address)
            else:
                gets_messages = ledger.opt_in(address, at, MANUAL if step == "lift" else "sms", by_person=step == "lift")
                by_others.discard(address)
                by_person -= {address} if step == "lift" else set()
                assert gets_messages is (address not in by_person)
            assert {blocked for blocked, _, _ in ledger.opt_outs()} == by_person | by_others


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
