"""An office's first week: rehearse, release, send, and never twice."""

from pathlib import Path

import pytest

from tests.offices import ESTIMATES, decided, follow_up, of
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    rows = [
        ("E-1", "Ann Li", "ann@li.example", "(312) 555-0142", "New furnace", "Sent", "11/21/2026", "$4,800.00", ""),
        ("E-2", "Bo Park", "bo@park.example", "312-555-0143", "Tune-up", "Sent", "11/22/2026", "$180.00", ""),
        ("E-3", "Cy Fox", "cy@fox.example", "312-555-0144", "Heat pump", "Accepted", "11/01/2026", "$9,000.00", ""),
        ("E-4", "Di Rey", "", "", "Boiler", "Sent", "11/20/2026", "$700.00", ""),
        ("E-5", "Ed Orr", "ed@orr.example", "312-555-0146", "Ducts", "Sent", "31/31/2026", "$700.00", ""),
    ]
    return Office(tmp_path).sheet("estimates", ESTIMATES, rows)


def test_each_row_gets_one_decision_and_the_counts_reconcile(office: Office) -> None:
    document = office.recipe("mine", follow_up()).run("mine", MONDAY)
    assert decided(document) == {"E-1": "act", "E-2": "wait", "E-3": "ended", "E-4": "review", "E-5": "broken"}
    assert document["counts"] == {"rows": 5, "act": 1, "review": 1, "hold": 0, "wait": 1, "done": 0, "ended": 1, "broken": 1}
    assert of(document, "E-1")["to"] == "+13125550142"
    assert of(document, "E-1")["due"] == "2026-11-23T09:00:00-06:00"
    assert of(document, "E-5")["source"] == {"table": "estimates", "file": "estimates.csv", "sheet": None, "row": 6}
    assert document["problems"][0]["value"] == "31/31/2026"


def test_a_rehearsal_leaves_nothing_and_claims_nothing(office: Office) -> None:
    office.recipe("mine", follow_up())
    ran = office.do("run", "mine", now=MONDAY)
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("Nothing was sent, this was a rehearsal: 1 text would leave")
    assert office.outbox() == []
    assert office.do("ledger", "history", "--format", "json").json == []


def test_a_message_leaves_once_however_often_the_recipe_runs(office: Office) -> None:
    office.recipe("mine", follow_up())
    first = office.run("mine", MONDAY, "--send")
    assert of(first, "E-1")["outcome"] == "sent"
    for later in ("2026-11-23T10:00", "2026-11-23T18:00", "2026-11-24T10:00"):
        assert of(office.run("mine", later, "--send"), "E-1")["decision"] == "wait"
    assert len([path for path in office.outbox() if "+13125550142" in path.name]) == 1


def test_in_approve_mode_nothing_leaves_before_it_was_released(office: Office) -> None:
    office.recipe("mine", follow_up(mode="approve"))
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["decision"] == "review"
    assert office.outbox() == []
    item = next(one for one in office.do("review", "list", "--format", "json").json if one["record"] == "E-1")
    assert office.do("review", "approve", str(item["id"]), now=MONDAY).code == 0
    assert of(office.run("mine", MONDAY), "E-1")["decision"] == "act"
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] == "sent"
    assert len(office.outbox()) == 1


def test_a_release_holds_only_for_the_row_that_was_shown(office: Office) -> None:
    office.recipe("mine", follow_up(mode="approve"))
    office.run("mine", MONDAY)
    item = next(one for one in office.do("review", "list", "--format", "json").json if one["record"] == "E-1")
    office.do("review", "approve", str(item["id"]), now=MONDAY)
    sheet = office.folder / "estimates.csv"
    sheet.write_text(sheet.read_text().replace("$4,800.00", "$5,200.00"))
    again = of(office.run("mine", MONDAY, "--send"), "E-1")
    assert again["decision"] == "review"
    assert "changed since" in again["reason"]
    assert office.outbox() == []
