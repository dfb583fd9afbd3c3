"""Brakes: odd data stops the whole run. Every decision is still printed, nothing leaves, and a brake is lifted for one run only."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.offices import CONFIG, ESTIMATES, INVOICES, decided, follow_up, of, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"


def estimates(count: int) -> list[tuple[str, ...]]:
    return [(f"E-{n}", "Ann Li", "", f"312-555-01{n:02}", "Furnace", "Sent", "11/21/2026", "$480.00", "") for n in range(10, 10 + count)]


def office_with(folder: Path, rows: list[tuple[str, ...]], more: str = "", **recipe: Any) -> Office:
    return Office(folder).sheet("estimates", ESTIMATES, rows, more).recipe("mine", follow_up(**recipe))


def braked(office: Office, name: str, *words: str, now: str = MONDAY, recipe: str = "mine", rows: int | None = None) -> Any:
    """Run with and without --send: both stop with exit 4, name the brake and what to type, and print every decision."""
    before = len(office.outbox())
    for send in ((), ("--send",)):
        ran = office.do("run", recipe, "--format", "json", *send, *words, now=now)
        assert ran.code == 4, ran.err or ran.out
        document = ran.json
        [brake] = [one for one in document["brakes"] if one["name"] == name]
        assert brake["message"] and f"--accept {name}" in brake["remedy"]
        assert len(document["decisions"]) == document["counts"]["rows"]
        assert rows is None or len(document["decisions"]) == rows
        assert {one["outcome"] for one in document["decisions"]} <= {None}
    assert len(office.outbox()) == before
    assert office.do("ledger", "history", "--format", "json").json == [] or before
    return document


def test_a_stale_sheet(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(2), 'max_age = "3 days"')
    old = time.time() - 4 * 86400
    os.utime(office.folder / "estimates.csv", (old, old))
    now = time.strftime("%Y-%m-%dT12:00")
    document = braked(office, "stale-source", now=now, rows=2)
    assert "estimates.csv" in next(one for one in document["brakes"])["message"]
    fresh = time.time() - 2 * 86400
    os.utime(office.folder / "estimates.csv", (fresh, fresh))
    assert office.do("run", "mine", now=now).code == 0


def test_a_sheet_that_is_suddenly_short(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(20))
    assert office.do("run", "mine", now=MONDAY).code == 0
    office.sheet("estimates", ESTIMATES, estimates(4))
    document = braked(office, "short-source", rows=4)
    assert "20" in document["brakes"][0]["message"] and "4" in document["brakes"][0]["message"]
    office.sheet("estimates", ESTIMATES, estimates(19))
    assert office.do("run", "mine", now=MONDAY).code == 0


def test_a_sheet_that_is_suddenly_empty(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(2))
    assert office.do("run", "mine", now=MONDAY).code == 0
    office.sheet("estimates", ESTIMATES, [])
    braked(office, "short-source", rows=0)


@pytest.mark.parametrize("gone", ["Balance", "Status"])
def test_a_column_that_stops_messages_is_gone(tmp_path: Path, gone: str) -> None:
    rows = [("I-1", "Ann Li", "", "312-555-0142", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")]
    office = Office(tmp_path).sheet("invoices", INVOICES, rows).recipe("mine", reminders())
    assert office.do("run", "mine", now=MONDAY).code == 0
    position = INVOICES.index(gone)
    office.sheet(
        "invoices", [h for i, h in enumerate(INVOICES) if i != position], [[c for i, c in enumerate(row) if i != position] for row in rows]
    )
    assert gone.lower() in braked(office, "missing-column")["brakes"][0]["message"].lower()
    # accepted once, and only once: not by the rehearsal for the sending, not by the sending for the next
    assert office.do("run", "mine", "--accept", "missing-column", now=MONDAY).code == 0
    assert office.do("run", "mine", "--send", now=MONDAY).code == 4
    assert office.do("run", "mine", "--send", "--accept", "missing-column", now=MONDAY).code == 0
    assert office.do("run", "mine", "--send", now="2026-11-24T10:00").code == 4


def test_a_sheet_that_never_had_a_column_that_stops_messages(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ("Estimate #", "Customer", "Phone", "Job title", "Emailed", "Total"),
                                    [("E-1", "Ann Li", "312-555-0142", "Furnace", "11/21/2026", "$480")])  # fmt: skip
    braked(office.recipe("mine", follow_up()), "missing-column", rows=1)


def test_what_goes_to_our_own_people_is_no_unusual_volume(tmp_path: Path) -> None:
    ours = follow_up().replace('to    = "customer"', 'to    = "owner"')
    assert ours != follow_up()
    office = Office(tmp_path, CONFIG + "[limits]\nper_run = 3\n").sheet("estimates", ESTIMATES, estimates(4)).recipe("mine", ours)
    ran = office.do("run", "mine", "--send", now=MONDAY)
    assert (ran.code, len(office.outbox())) == (0, 4)


def test_an_unusual_volume(tmp_path: Path) -> None:
    office = Office(tmp_path, CONFIG + "[limits]\nper_run = 3\n").sheet("estimates", ESTIMATES, estimates(4)).recipe("mine", follow_up())
    document = braked(office, "unusual-volume", rows=4)
    assert "4" in document["brakes"][0]["message"] and "3" in document["brakes"][0]["message"]
    ran = office.do("run", "mine", "--send", "--accept", "unusual-volume", now=MONDAY)
    assert (ran.code, len(office.outbox())) == (0, 4)


def test_a_clock_that_went_back(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(1))
    assert office.do("run", "mine", "--send", now=MONDAY).code == 0
    braked(office, "clock-back", now="2026-11-22T10:00")
    assert office.do("run", "mine", "--send", now=MONDAY).code == 0


def test_a_renamed_recipe(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(1))
    assert office.do("run", "mine", "--send", now=MONDAY).code == 0
    (office.folder / "recipes" / "mine.toml").rename(office.folder / "recipes" / "ours.toml")
    document = braked(office, "renamed-recipe", recipe="ours", now="2026-11-24T10:00")
    assert "mine" in document["brakes"][0]["message"]
    office.recipe("ours", follow_up(top='id = "mine"'))
    assert decided(office.run("ours", "2026-11-24T10:00", "--send")) == {"E-10": "wait"}
    assert len(office.outbox()) == 1


def test_a_new_recipe_beside_an_old_one_is_no_renaming(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(1))
    office.do("run", "mine", "--send", now=MONDAY)
    office.recipe("another", follow_up())
    assert office.do("run", "another", now="2026-11-24T10:00").code == 0


def test_a_rehearsal_that_accepted_a_brake_does_not_lift_it_for_the_sending(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(20))
    office.do("run", "mine", now=MONDAY)
    office.sheet("estimates", ESTIMATES, estimates(4))
    assert office.do("run", "mine", "--accept", "short-source", now=MONDAY).code == 0
    assert office.do("run", "mine", "--send", now=MONDAY).code == 4
    assert office.outbox() == []


def test_accepting_one_brake_does_not_lift_another(tmp_path: Path) -> None:
    office = (
        Office(tmp_path, CONFIG + "[limits]\nper_run = 3\n")
        .sheet("estimates", ESTIMATES, estimates(20))
        .recipe("mine", follow_up(mode="approve"))
    )
    assert office.do("run", "mine", now=MONDAY).code == 0
    office.sheet("estimates", ESTIMATES, estimates(4)).recipe("mine", follow_up())
    ran = office.do("run", "mine", "--send", "--accept", "short-source", "--format", "json", now=MONDAY)
    assert (ran.code, office.outbox()) == (4, [])
    assert {one["name"] for one in ran.json["brakes"]} == {"short-source", "unusual-volume"}
    ran = office.do("run", "mine", "--send", "--accept", "short-source", "--accept", "unusual-volume", now=MONDAY)
    assert (ran.code, len(office.outbox())) == (0, 4)


def test_an_unknown_brake_cannot_be_accepted(tmp_path: Path) -> None:
    ran = office_with(tmp_path, estimates(1)).do("run", "mine", "--accept", "stale-sauce", now=MONDAY)
    assert ran.code == 2
    assert "stale-source" in ran.err


def test_a_braked_run_fills_no_queue_and_trusts_no_shape(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(20), mode="approve")
    office.do("run", "mine", now=MONDAY)
    assert len(office.queue()) == 20
    office.sheet("estimates", ESTIMATES, estimates(4))
    for _ in range(2):
        assert office.do("run", "mine", "--send", now=MONDAY).code == 4
    assert len(office.queue()) == 20


def test_a_total_row_that_does_not_add_up_is_a_warning_not_a_brake(tmp_path: Path) -> None:
    rows = [("I-1", "Ann Li", "", "312-555-0142", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", ""),
            ("I-2", "Bo Park", "", "312-555-0143", "Sent", "11/01/2026", "11/15/2026", "$200", "$200", ""),
            ("TOTAL", "", "", "", "", "", "", "$900", "$900", "")]  # fmt: skip
    office = Office(tmp_path).sheet("invoices", INVOICES, rows).recipe("mine", reminders())
    ran = office.do("run", "mine", "--format", "json", now=MONDAY)
    assert (ran.code, ran.json["brakes"], ran.json["counts"]["rows"]) == (0, [], 2)
    assert any("900" in f"{one['value']} {one['message']}" for one in ran.json["problems"])


def test_of_several_recipes_a_brake_stops_its_own_only(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, estimates(20)).recipe("mine", follow_up())
    rows = [("I-1", "Cy Fox", "", "312-555-0199", "Sent", "11/01/2026", "11/15/2026", "$300", "$300", "")]
    office.sheet("invoices", INVOICES, rows).recipe("bills", reminders())
    office.do("run", "mine", now=MONDAY)
    office.sheet("estimates", ESTIMATES, estimates(4))
    ran = office.do("run", "mine", "bills", "--send", "--format", "json", now=MONDAY)
    assert ran.code == 4
    assert [one["brakes"] == [] for one in ran.json] == [False, True]
    assert of(ran.json[1], "I-1")["outcome"] == "sent"
    assert len(office.outbox()) == 1


def test_equal_words_to_one_address_are_still_many_messages(tmp_path: Path) -> None:
    rows = [(f"E-{n}", "Ann Li", "", "312-555-0142", "Furnace", "Sent", "11/21/2026", "$480.00", "") for n in range(51)]
    office = office_with(tmp_path, rows, top='kind = "service"')
    assert [one["name"] for one in office.rehearse("mine", MONDAY)["brakes"]] == ["unusual-volume"]


def test_a_table_handed_in_for_one_run_does_not_change_what_is_remembered_of_the_sheet(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(20))
    office.do("run", "mine", now=MONDAY)
    part = "\n".join(office.do("read", "estimates", "--format", "csv").out.splitlines()[:5])
    handed_in = office.do("run", "mine", "--table", "estimates=-", "--accept", "short-source", now=MONDAY, stdin=part)
    assert handed_in.code == 0, handed_in.err
    office.sheet("estimates", ESTIMATES, estimates(4))
    assert office.do("run", "mine", now=MONDAY).code == 4


def test_a_part_of_the_table_handed_in_for_a_rehearsal_keeps_the_queue_of_the_rest(tmp_path: Path) -> None:
    office = office_with(tmp_path, estimates(5), mode="approve")
    office.do("run", "mine", now=MONDAY)
    office.do("review", "approve", office.item("E-14"), now=MONDAY)
    part = "\n".join(office.do("read", "estimates", "--format", "csv").out.splitlines()[:5])
    assert office.do("run", "mine", "--table", "estimates=-", now=MONDAY, stdin=part).code == 0
    assert decided(office.run("mine", MONDAY, "--send"))["E-14"] == "act"  # its release is not lost
