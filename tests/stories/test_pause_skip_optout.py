"""What the office says about a customer holds for every recipe: pauses, skips, opt-outs, promises, and what the customers table says."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, INVOICES, STEPS, decided, follow_up, of, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
ROWS = [
    ("E-1", "Ann Li", "ann@li.example", "(312) 555-0142", "Furnace", "Sent", "11/21/2026", "$480", ""),
    ("E-2", "Bo Park", "bo@park.example", "312-555-0143", "Ducts", "Sent", "11/21/2026", "$90", ""),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up())


@pytest.mark.parametrize("who", ["312 555 0142", "+13125550142", "ANN@li.example", "Ann Li", "ann li"])
def test_a_paused_customer_is_held_until_the_day(office: Office, who: str) -> None:
    assert office.do("pause", who, "--until", "2026-11-25", now=MONDAY).code == 0
    held = of(office.rehearse("mine", MONDAY), "E-1")
    assert (held["decision"], held["until"]) == ("hold", "2026-11-25T09:00:00-06:00")
    assert decided(office.rehearse("mine", MONDAY))["E-2"] == "act"
    assert decided(office.rehearse("mine", "2026-11-24T19:00"))["E-1"] == "hold"
    assert decided(office.rehearse("mine", "2026-11-25T09:00"))["E-1"] == "act"


def test_a_pause_leaves_nothing_and_resume_lifts_it(office: Office) -> None:
    office.do("pause", "312 555 0142", "--until", "2026-12-25", now=MONDAY)
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] is None
    assert len(office.outbox()) == 1
    assert office.do("resume", "(312) 555-0142", now=MONDAY).code == 0
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] == "sent"
    assert office.do("resume", "(312) 555-0142", now=MONDAY).code == 3


def test_a_pause_needs_a_day_that_is_one(office: Office) -> None:
    assert office.do("pause", "Ann Li", now=MONDAY).code == 2
    assert office.do("pause", "Ann Li", "--until", "2026-11-31", now=MONDAY).code == 2
    assert office.do("pause", "Ann Li", "--until", "2026-11-01", now=MONDAY).code == 2


def test_skip_takes_a_recipe_and_a_record_and_needs_no_more(office: Office) -> None:
    ran = office.do("skip", "mine", "E-1", now=MONDAY)
    assert ran.code == 0, ran.err
    assert decided(office.rehearse("mine", MONDAY)) == {"E-1": "ended", "E-2": "act"}


def test_a_skip_tells_why_and_holds_for_its_recipe_only(office: Office) -> None:
    office.recipe("other", follow_up())
    assert office.do("skip", "mine", "E-1", "--because", "called her", now=MONDAY).code == 0
    skipped = of(office.run("mine", MONDAY, "--send"), "E-1")
    assert (skipped["decision"], "called her" in skipped["reason"]) == ("ended", True)
    assert decided(office.rehearse("other", MONDAY))["E-1"] == "act"
    assert len(office.outbox()) == 1
    unknown = office.do("skip", "mine", "E-11", "--because", "x", now=MONDAY)
    assert unknown.code == 3
    assert "E-1" in unknown.err


def test_what_a_person_skipped_is_ended_also_where_its_row_is_broken(tmp_path: Path) -> None:
    broken = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "31/31/2026", "$480", "")
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [broken]).recipe("mine", follow_up())
    assert decided(office.rehearse("mine", MONDAY)) == {"E-1": "broken"}
    assert office.do("skip", "mine", "E-1", "--because", "done by hand", now=MONDAY).code == 0
    assert decided(office.rehearse("mine", MONDAY)) == {"E-1": "ended"}


@pytest.mark.parametrize("address", ["312.555.0142", "Ann@LI.example"])
def test_an_opt_out_ends_every_recipe_at_once_and_by_every_channel(office: Office, address: str) -> None:
    office.recipe("service", follow_up(top='kind = "service"'))
    assert office.do("optout", address, now=MONDAY).code == 0
    for recipe in ("mine", "service"):
        assert decided(office.run(recipe, MONDAY, "--send")) | {"E-2": ""} == {"E-1": "ended", "E-2": ""}
    assert all("0142" not in path.name and "li.example" not in path.name for path in office.outbox())
    [row] = office.do("optout", "--list", "--format", "json").json
    assert row["address"] in {"+13125550142", "ann@li.example"}


def test_an_opt_out_is_lifted_only_by_a_person(office: Office) -> None:
    office.do("optout", "312 555 0142", now=MONDAY)
    assert office.do("optout", "312-555-0142", "--remove", now=MONDAY).code == 0
    assert office.do("optout", "--list", "--format", "json").json == []
    assert decided(office.rehearse("mine", MONDAY))["E-1"] == "act"


def test_what_is_no_address_cannot_opt_out(office: Office) -> None:
    assert office.do("optout", "Ann Li", now=MONDAY).code == 2


def test_an_opt_out_after_a_release_still_stops_the_message(office: Office) -> None:
    office.recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    office.do("optout", "312 555 0142", now=MONDAY)
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "ended"
    assert office.outbox() == []


def test_an_opted_out_customer_whose_step_is_not_due_yet_is_ended(office: Office) -> None:
    office.do("optout", "312 555 0142", now="2026-11-22T08:00")
    assert decided(office.rehearse("mine", "2026-11-22T10:00")) == {"E-1": "ended", "E-2": "wait"}


def test_an_opt_out_counts_for_an_address_that_stands_in_the_customers_table_only(tmp_path: Path) -> None:
    row = ("E-1", "Ann Li", "", "", "Furnace", "Sent", "11/21/2026", "$480", "")
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [row]).recipe("mine", follow_up())
    office.sheet("customers", ("Name", "Phone", "Email"), [("Ann Li", "312-555-0142", "")])
    assert of(office.rehearse("mine", MONDAY), "E-1")["to"] == "+13125550142"
    office.do("optout", "312 555 0142", now=MONDAY)
    assert decided(office.rehearse("mine", MONDAY)) == {"E-1": "ended"}
    assert decided(office.rehearse("mine", "2026-11-22T10:00")) == {"E-1": "ended"}


def test_the_customers_table_may_say_do_not_contact(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, ROWS).recipe("mine", follow_up())
    office.sheet("customers", ("Name", "Phone", "Do not contact"), [("Ann Li", "312-555-0142", "yes"), ("Bo Park", "312-555-0143", "no")])
    assert decided(office.rehearse("mine", MONDAY)) == {"E-1": "ended", "E-2": "act"}


def test_a_promised_day_is_waited_for_and_the_day_after_it_goes_on(tmp_path: Path) -> None:
    headings = (*INVOICES, "Promised on")
    row = ("I-1", "Ann Li", "", "312-555-0142", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "", "11/27/2026")
    office = Office(tmp_path).sheet("invoices", headings, [row]).recipe("mine", reminders())
    held = of(office.rehearse("mine", MONDAY), "I-1")
    assert (held["decision"], held["until"]) == ("hold", "2026-11-28T09:00:00-06:00")
    assert decided(office.rehearse("mine", "2026-11-27T10:00")) == {"I-1": "hold"}
    assert decided(office.rehearse("mine", "2026-11-28T10:00")) == {"I-1": "act"}


def test_why_tells_the_whole_story(office: Office) -> None:
    office.run("mine", MONDAY, "--send")
    office.do("pause", "312 555 0142", "--until", "2026-12-25", "--note", "on holiday", now=MONDAY)
    story = office.do("why", "estimates", "E-1", now="2026-11-27T10:00")
    assert story.code == 0
    for words in ("E-1", "Ann Li", "estimates.csv", "first-nudge", "sent", "second-nudge", "paused", "on holiday"):
        assert words in story.out, words
    assert office.do("why", "estimates", "E-99").code == 3
    assert office.do("why", "estimatse", "E-1").code == 3


def test_a_pause_does_not_keep_a_call_from_the_list_or_holds_it_but_never_loses_it(tmp_path: Path) -> None:
    row = ("E-1", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/01/2026", "$480", "")
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [row]).recipe("mine", follow_up(steps=STEPS))
    office.do("pause", "312 555 0142", "--until", "2026-11-25", now=MONDAY)
    seen = [of(office.run("mine", now, "--send"), "E-1")["outcome"] for now in (MONDAY, "2026-11-25T10:00")]
    assert seen.count("queued") == 1


def test_a_pause_and_an_opt_out_hold_for_service_messages_too(office: Office) -> None:
    office.recipe("service", follow_up(top='kind = "service"'))
    office.do("pause", "312-555-0142", "--until", "2026-12-01", now=MONDAY)
    office.do("optout", "312-555-0143", now=MONDAY)
    assert decided(office.rehearse("service", MONDAY)) == {"E-1": "hold", "E-2": "ended"}


def test_a_released_message_of_a_paused_customer_waits_and_then_leaves(office: Office) -> None:
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    office.do("pause", "312-555-0142", "--until", "2026-11-24", now=MONDAY)
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "hold"
    assert of(office.run("mine", "2026-11-24T10:00", "--send"), "E-1")["outcome"] == "sent"


def test_a_skipped_record_without_a_reason_tells_that_a_person_did_it(office: Office) -> None:
    office.do("skip", "mine", "E-1", now=MONDAY)
    assert "person" in of(office.rehearse("mine", MONDAY), "E-1")["reason"]
