import sqlite3
from datetime import timedelta

import pytest

from contractor_ops.ports import ChannelTrouble, Result

RECIPE = "estimate-follow-up"


def test_a_result_comes_back_as_it_was_kept(ledger, run, a_claim, at, day_start):
    ledger.claim(run, RECIPE, [[a_claim()]], at, None, day_start)
    kept = Result(
        "twilio:SM1/failed", "sms", "failed", at, "SM1", "<1@northside.example>", "+13125550142", "30006", "a landline", True, False, True
    )
    assert ledger.add_result(kept, 1, at + timedelta(hours=1)) is True
    assert ledger.results() == [(1, kept)]


def test_a_result_is_kept_once(ledger, a_result, at):
    assert not ledger.result_known("twilio:SM1/delivered")
    assert ledger.add_result(a_result(), None, at) is True
    assert ledger.add_result(a_result(state="failed"), None, at) is False
    assert ledger.result_known("twilio:SM1/delivered")
    assert ledger.results() == [(None, a_result())]


def test_a_result_for_a_message_that_is_not_there_is_a_mistake_of_ours(ledger, a_result, at):
    with pytest.raises(sqlite3.IntegrityError):
        ledger.add_result(a_result(), 7, at)


def test_results_are_told_by_when_they_happened(ledger, a_result, at):
    for key, minutes in (("c", 3), ("a", 1), ("b", 2)):
        ledger.add_result(a_result(key, at=at + timedelta(minutes=minutes)), None, at + timedelta(days=1))
    assert [result.key for _, result in ledger.results()] == ["a", "b", "c"]
    assert [result.key for _, result in ledger.results(at + timedelta(minutes=2))] == ["b", "c"]


def blocked(a_result, key, at, **fields):
    return a_result(key, "failed", at=at, blocks=True, **{"code": "30034", "reason": "the number is not registered", **fields})


def test_a_channel_that_lets_nothing_through_is_in_trouble_until_something_arrives(ledger, a_result, at):
    minute = timedelta(minutes=1)
    ledger.add_result(blocked(a_result, "a", at), None, at)
    ledger.add_result(blocked(a_result, "b", at + minute, code="30007", reason="the carrier filters it"), None, at)
    ledger.add_result(a_result("c", "failed", at=at + 2 * minute, code="30006"), None, at)
    ledger.add_result(a_result("d", "unsent", at=at + 2 * minute), None, at)
    ledger.add_result(a_result("e", "delivered", at=at + 2 * minute, channel="email"), None, at)
    ledger.add_result(a_result("f", "delivered", at=at - minute), None, at)
    assert ledger.channel_troubles(at) == [ChannelTrouble("sms", "30007", "the carrier filters it", at + minute)]
    assert ledger.channel_troubles(at + 2 * minute) == []
    ledger.add_result(a_result("g", "delivered", at=at + 3 * minute), None, at)
    assert ledger.channel_troubles(at) == []
    for late, key in enumerate("hij", 4):
        assert ledger.channel_troubles(at) == []  # one or two beside a delivery are a matter of their words
        ledger.add_result(blocked(a_result, key, at + late * minute), None, at)
    assert ledger.channel_troubles(at) == [ChannelTrouble("sms", "30034", "the number is not registered", at + 6 * minute)]


def test_a_few_blocked_among_many_messages_are_no_trouble_of_the_channel(ledger, run, a_claim, a_result, at, day_start):
    for number in range(3):
        claim = a_claim(f"E-{number}", channel="email", address=f"ann{number}@li.example")
        ledger.claim(run, RECIPE, [[claim]], at, None, day_start)
    ledger.add_result(blocked(a_result, "a", at, channel="email"), None, at)
    assert ledger.channel_troubles(at) == []
    ledger.add_result(blocked(a_result, "b", at, channel="email"), None, at)
    assert [trouble.channel for trouble in ledger.channel_troubles(at)] == ["email"]


def test_each_channel_has_its_own_trouble(ledger, a_result, at):
    ledger.add_result(blocked(a_result, "a", at), None, at)
    ledger.add_result(blocked(a_result, "b", at, channel="email", code="550", reason="blocked"), None, at)
    assert [(trouble.channel, trouble.code) for trouble in ledger.channel_troubles(at)] == [("email", "550"), ("sms", "30034")]


def test_a_cursor_stands_where_it_was_moved_to(ledger, at):
    assert ledger.cursor("imap") == ""
    ledger.move_cursor("imap", "17:4", at)
    ledger.move_cursor("twilio", "2026-11-23", at)
    ledger.move_cursor("imap", "17:9", at)
    assert (ledger.cursor("imap"), ledger.cursor("twilio")) == ("17:9", "2026-11-23")


def test_landlines_are_remembered(ledger, at, day_start):
    ledger.note_landline("+13125550142", at, "twilio")
    ledger.note_landline("+13125550142", at + timedelta(days=1), "twilio")
    ledger.note_landline("+13125550143", at, "twilio")
    asked = ["+13125550142", "+13125550144"]
    assert ledger.history(RECIPE, "estimates", [], asked, day_start).landlines == {"+13125550142"}
