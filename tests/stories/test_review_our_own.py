"""A message to one of our own people is never taken for one to the customer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.at_a_terminal import Terminal
from tests.stories.contract.telephone import shipped
from tests.stories.contract_billing.note_rows import HEADINGS, job
from tests.stories.inside import Office

MONDAY, TUESDAY = "2026-11-23T17:00", "2026-11-24T17:00"
RECIPE = "job-note-cleanup"
CUSTOMERS = ("Customer", "Phone")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    rows = [job(number, "hours", hours="", tech="Luis Ortega", done="11/23/2026").row() for number in (1001, 1002)]
    office = Office(tmp_path).sheet("jobs", HEADINGS, rows).sheet("customers", CUSTOMERS, [("Customer of 1001", "847-555-0160")])
    office.sheet("technicians", ("Name", "Phone", "Email"), [("Luis Ortega", "312-555-0190", "")])
    office.recipe(RECIPE, shipped(RECIPE, "approve")).run(RECIPE, MONDAY)
    return office


@pytest.fixture
def terminal(office: Office) -> Iterator[Terminal]:
    with Terminal(office.folder, "review", "--now", MONDAY) as terminal:
        terminal.until("q quit")
        yield terminal


def silenced(office: Office) -> list[str]:
    return [one["address"] for one in office.do("optout", "--list", "--format", "json").json]


def test_a_technician_is_called_as_what_he_is_and_the_customers_numbers_are_not_mixed_in(terminal: Terminal) -> None:
    assert "To Luis Ortega, technician, at (312) 555-0190 by text:" in terminal.screen()
    asked = terminal.press("c", then="goes back)").replace("\n    ", "")
    assert "Call Luis Ortega, technician, about Customer of 1001's job 1001: (312) 555-0190" in asked
    assert "555-0160" not in asked and "wrong number" not in asked and "dispute" not in asked


def test_a_wrong_number_is_no_answer_for_one_of_ours_and_silences_nobody(office: Office, terminal: Terminal) -> None:
    terminal.press("c", then="goes back)")
    assert "Call Luis Ortega" in terminal.press("w", then="goes back)")
    ran = office.do("review", "call", office.item("1001"), "--outcome", "wrong-number", now=MONDAY)
    assert ran.code == 2 and "Luis Ortega is one of our own people" in ran.err and "technicians table" in ran.err
    assert silenced(office) == []


def test_the_group_names_the_technician_and_whom_it_is_about(terminal: Terminal) -> None:
    asked = terminal.press("g", then="y yes, n no").replace("\n    ", "")
    assert "Luis Ortega, technician, about Customer of 1001, at (312) 555-0190" in asked


def test_a_customer_who_has_a_technicians_number_in_the_sheet_does_not_silence_him(tmp_path: Path) -> None:
    from tests.offices import ESTIMATES, follow_up

    row = ("E-1", "Ann Li", "", "312-555-0190", "Furnace", "Sent", "11/21/2026", "$480", "")
    office = (
        Office(tmp_path).sheet("estimates", ESTIMATES, [row]).sheet("technicians", ("Name", "Phone"), [("Luis Ortega", "312-555-0190")])
    )
    office.recipe("mine", follow_up(mode="approve")).run("mine", MONDAY)
    told = office.do("review", "call", office.item("E-1"), "--outcome", "wrong-number", now=MONDAY).out
    assert "(312) 555-0190 is one of our own" in " ".join(told.split())
    assert silenced(office) == []


def test_who_was_never_asked_is_not_told_that_it_is_still_missing(office: Office) -> None:
    office.do("review", "dismiss", office.item("1001"), "--because", "I told him", now=MONDAY)
    office.do("review", "approve", office.item("1002"), now=MONDAY)
    office.run(RECIPE, MONDAY, "--send")
    office.run(RECIPE, TUESDAY)
    words = {one["record"]: one["body"] for one in office.queue(now=TUESDAY)}
    assert words["1001"].startswith("Missing for job 1001")
    assert words["1002"].startswith("Still missing for job 1002")
