"""A release to somebody who rests says so, and what rests with a dispute is told of."""

from pathlib import Path

import pytest

from tests.offices import CONFIG, ESTIMATES, INVOICES, follow_up, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
OFFERED = [("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480", "")]
OWED = [("2001", "Ann Li", "ann@li.example", "312-555-0142", "Sent", "9/1/2026", "11/18/2026", "$300", "$300", "")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, OFFERED).sheet("invoices", INVOICES, OWED)
    office.recipe("mine", follow_up(mode="approve")).recipe("chase", reminders("approve"))
    office.run("mine", MONDAY)
    office.run("chase", MONDAY)
    return office


def said(office: Office, *words: str) -> str:
    ran = office.do("review", *words, now=MONDAY)
    assert ran.code == 0, ran.err
    return " ".join(ran.out.split())


def test_a_release_to_somebody_who_disputes_says_until_what_it_is_held(office: Office) -> None:
    estimate, invoice = office.item("E-1"), office.item("2001")
    said(office, "call", invoice, "--outcome", "dispute", "--note", "the leak is still there")
    told = said(office, "approve", estimate)
    assert "released, but it is held: the customer is paused: disputed: the leak is still there" in told
    assert "contractor-ops resume +13125550142" in told and "it leaves" not in told
    assert "Held: the customer is paused" in said(office, "show", estimate)
    assert "1 released message is held, until a person lifts it (Ann Li)" in " ".join(
        office.do("run", "mine", "--send", now=MONDAY).out.split()
    )
    assert office.outbox() == []


def test_a_release_to_somebody_who_promised_says_until_when(office: Office) -> None:
    said(office, "call", office.item("2001"), "--outcome", "promise", "--on", "wed")
    assert "held: the customer is paused: promised for 2026-11-25, until Thu, Nov 26" in said(office, "approve", office.item("E-1"))


@pytest.mark.parametrize("words", [("dispute",), ("promise", "--on", "wed")])
def test_what_was_released_before_and_rests_now_is_told_of(office: Office, words: tuple[str, ...]) -> None:
    estimate = office.item("E-1")
    assert said(office, "approve", estimate).endswith("released: it leaves at the next run --send")
    assert f"{estimate}, released before, is held too" in said(office, "call", office.item("2001"), "--outcome", *words)


def test_reopening_after_a_promise_says_that_the_customer_rests(office: Office) -> None:
    invoice = office.item("2001")
    said(office, "call", invoice, "--outcome", "promise", "--on", "wed")
    told = said(office, "reopen", invoice)
    assert "open again; but what leaves is held" in told and "contractor-ops resume" in told


@pytest.mark.parametrize(("typed", "key"), [("dana", "office"), ("Maria", "owner"), ("owner", "owner")])
def test_a_first_name_that_one_of_us_has_will_do(office: Office, typed: str, key: str) -> None:
    said(office, "assign", office.item("E-1"), "--to", typed)
    assert {one["record"]: one["owner"] for one in office.queue()}["E-1"] == key


def test_a_name_that_nobody_or_two_have_is_refused_and_the_keys_are_named(tmp_path: Path) -> None:
    office = Office(tmp_path, f'{CONFIG}field = {{ name = "Dana Fox" }}\n').sheet("estimates", ESTIMATES, OFFERED)
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    two = office.do("review", "list", "--owner", "dana", now=MONDAY)
    assert two.code == 3 and "office (Dana Reed) or field (Dana Fox)" in two.err
    nobody = office.do("review", "list", "--owner", "zoltan", now=MONDAY)
    assert nobody.code == 3 and "owner (Maria Lopez)" in nobody.err and "office (Dana Reed)" in nobody.err


def test_ages_say_of_which_day_they_are_once_it_is_past(office: Office) -> None:
    office.run("mine", "2026-12-07T10:00", "--send")
    office.run("chase", "2026-12-07T10:00")
    assert "as of" not in office.do("review", "list", now="2026-12-07T11:00").out
    assert "sent Sat, Nov 21, no answer" in office.do("review", "list", now="2026-12-10T10:00").out


CALLS = ("Call ID", "Date", "Time", "Direction", "From", "To", "Result", "Duration")


def test_callers_go_by_their_number_and_nobody_looks_for_the_right_one_of_a_stranger(tmp_path: Path) -> None:
    from tests.stories.contract.telephone import shipped

    office = Office(tmp_path).sheet(
        "calls", CALLS, [("1", "11/22/2026", "12:24 PM", "Inbound", "7085550177", "3125550100", "Missed", "0:20")]
    )
    office.recipe("missed-call-text-back", shipped("missed-call-text-back", "approve"))
    office.run("missed-call-text-back", MONDAY, "--send")
    [number] = [str(one["id"]) for one in office.queue(now=MONDAY)]
    assert "(708) 555-0177 · missed call" in office.do("review", "list", now=MONDAY).out
    refused = office.do("review", "call", number, "--outcome", "wrong-number", now=MONDAY)
    assert refused.code == 2 and "Nobody knows who called" in refused.err
    assert office.do("optout", "--list", "--format", "json").json == []
    assert said(office, "done", number).startswith(f"{number} (708) 555-0177: done")
