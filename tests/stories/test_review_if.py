"""A person looks first: what a recipe names, what cannot be read, and what nobody can judge."""

from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, INVOICES, follow_up, of, reminders
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
REVIEW_IF = '[review_if]\ntotal_at_least = 15000\nnotes_mention = ["lawyer", "discount"]\n'


def estimate(total: str = "$480.00", notes: str = "", status: str = "Sent", sent: str = "11/21/2026") -> tuple[str, ...]:
    return ("E-1", "Ann Li", "", "312-555-0142", "Furnace", status, sent, total, notes)


def decision(folder: Path, row: tuple[str, ...], now: str = MONDAY, more: str = REVIEW_IF) -> Any:
    return of(Office(folder).sheet("estimates", ESTIMATES, [row]).recipe("mine", follow_up(more=more)).rehearse("mine", now), "E-1")


@pytest.mark.parametrize(
    ("total", "expected"),
    [("$15,000.00", "review"), ("$14,999.99", "act"), ("15000", "review"), ("15.000,00 USD", "review"), ("$150,000", "review")],
)
def test_a_large_total_is_a_persons(tmp_path: Path, total: str, expected: str) -> None:
    assert decision(tmp_path, estimate(total))["decision"] == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Her lawyer called", "review"),
        ("LAWYERS!", "review"),
        ("wants a Discount", "review"),
        ("flawyer st.", "act"),
        ("", "act"),
        ("nice dog", "act"),
    ],
)
def test_words_in_the_notes_are_a_persons(tmp_path: Path, notes: str, expected: str) -> None:
    found = decision(tmp_path, estimate(notes=notes))
    assert found["decision"] == expected
    assert expected == "act" or "mention" in found["reason"]


@pytest.mark.parametrize("total", ["call for price", "abc", "??"])
def test_a_total_that_cannot_be_read_is_not_taken_for_small(tmp_path: Path, total: str) -> None:
    assert decision(tmp_path, estimate(total))["decision"] in {"review", "broken"}


def test_a_status_that_nobody_knows_is_a_persons(tmp_path: Path) -> None:
    found = decision(tmp_path, estimate(status="Frobnicated"))
    assert found["decision"] == "review"
    assert "Frobnicated" in found["reason"]


def test_review_waits_until_something_is_due(tmp_path: Path) -> None:
    assert decision(tmp_path, estimate("$90,000", sent="11/22/2026"))["decision"] == "wait"


def test_what_is_over_is_not_asked_about(tmp_path: Path) -> None:
    assert decision(tmp_path, estimate("$90,000", "lawyer", status="Accepted"))["decision"] == "ended"


def test_review_comes_before_hold(tmp_path: Path) -> None:
    assert decision(tmp_path, estimate("$90,000"), now="2026-11-23T22:00")["decision"] == "review"


def test_a_person_releases_what_review_if_stopped(tmp_path: Path) -> None:
    office = Office(tmp_path).sheet("estimates", ESTIMATES, [estimate("$90,000")]).recipe("mine", follow_up(more=REVIEW_IF))
    asked = of(office.run("mine", MONDAY, "--send"), "E-1")
    assert (asked["decision"], asked["owner"], asked["to"], office.outbox()) == ("review", "office", "+13125550142", [])
    assert "Ann" in asked["body"]
    office.do("review", "approve", office.item("E-1"), now=MONDAY)
    assert of(office.run("mine", MONDAY, "--send"), "E-1")["outcome"] == "sent"


def test_a_status_may_be_a_persons(tmp_path: Path) -> None:
    row = ("I-1", "Ann Li", "", "312-555-0142", "Disputed", "11/01/2026", "11/15/2026", "$300", "$300", "")
    recipe = reminders(more='[review_if]\nstatus = ["disputed"]\n').replace('"overdue"]', '"overdue", "disputed"]')
    assert (
        of(Office(tmp_path).sheet("invoices", INVOICES, [row]).recipe("mine", recipe).rehearse("mine", MONDAY), "I-1")["decision"]
        == "review"
    )


def test_no_address_is_a_persons_and_names_the_owner(tmp_path: Path) -> None:
    row = ("E-1", "Ann Li", "", "", "Furnace", "Sent", "11/21/2026", "$480", "")
    found = decision(tmp_path, row)
    assert (found["decision"], found["to"], found["owner"]) == ("review", None, "office")


def test_two_people_in_the_phone_cell_are_not_mixed_up(tmp_path: Path) -> None:
    row = ("E-1", "Ann Li", "", "312-555-0142 / 312-555-0199", "Furnace", "Sent", "11/21/2026", "$480", "")
    found = decision(tmp_path, row)
    assert (found["decision"], found["to"]) in {("act", "+13125550142"), ("review", None), ("review", "+13125550142")}
