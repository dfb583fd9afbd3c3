"""Conditions of recipes, and the words they are told in."""

from decimal import Decimal

import pytest

from contractor_ops.planning.conditions import first_met, first_unmet, inside, label, unsure
from contractor_ops.recipe import Condition, Recipe
from contractor_ops.tables.record import Record
from tests.offices import ESTIMATES
from tests.planning.planned import recipe, record


def estimate(total: str = "$480", notes: str = "", title: str = "Furnace", email: str = "ann@li.example") -> Record:
    return record("estimates", ESTIMATES, "E-1", "Ann Li", email, "", title, "Sent", "11/20/2026", total, notes)


def asked(line: str) -> tuple[Condition, ...]:
    ours: Recipe = recipe(more=f"[review_if]\n{line}")
    return ours.review_if.tests


@pytest.mark.parametrize(
    ("line", "row", "phrase"),
    [
        ("total_at_least = 480", {}, "total is at least 480"),
        ("total_at_least = 481", {}, None),
        ("total_at_most = 480", {}, "total is at most 480"),
        ("total_above = 480", {}, None),
        ("total_above = 479.99", {}, "total is above 479.99"),
        ("total_below = 480", {}, None),
        ("total_at_least = 15000", {"total": "15,000.00"}, "total is at least 15,000"),
        ("total_at_least = 1", {"total": ""}, None),
        ('notes_mention = ["lawyer"]', {"notes": "Their LAWYERS called"}, 'notes mention "lawyer"'),
        ('notes_mention = ["lawyer"]', {"notes": "a flawyer"}, None),
        ('notes_mention = ["c++ (old)"]', {"notes": "c++ (old) unit"}, 'notes mention "c++ (old)"'),
        ('notes_mention = ["lawyer"]', {}, None),
        ('title_is = ["furnace", "Roof"]', {}, "title is furnace or Roof"),
        ('title_is = "Roof"', {}, None),
        ('title_is_not = ["Roof"]', {}, "title is not Roof"),
        ('title_is_not = ["furnace"]', {}, None),
        ("email_missing = true", {"email": ""}, "email is missing"),
        ("email_missing = true", {}, None),
        ("email_missing = false", {}, "email is there"),
        ("email_missing = false", {"email": ""}, None),
    ],
)  # fmt: skip
def test_a_condition_is_met_or_not_and_says_how(line: str, row: dict[str, str], phrase: str | None) -> None:
    assert first_met(estimate(**row), asked(line)) == phrase


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("total_at_least = 500", "not so: total is at least 500"),
        ('notes_mention = ["lawyer", "warranty"]', 'not so: notes mention "lawyer" or "warranty"'),
        ('title_mention = ["roof"]', 'not so: title mentions "roof"'),
        ('title_is = ["Roof"]', "not so: title is Roof"),
        ("email_missing = true", "not so: email is missing"),
        ("email_missing = false", None),
        ("phone_missing = false", "not so: phone is there"),
        ("total_at_least = 480", None),
    ],
)
def test_a_condition_that_is_not_met_says_what_would_have_been(line: str, phrase: str | None) -> None:
    assert first_unmet(estimate(), asked(line)) == phrase


def test_the_first_of_several_conditions_is_told() -> None:
    tests = asked('notes_mention = ["lawyer"]\ntotal_at_least = 100\ntotal_below = 1000')
    assert first_met(estimate(), tests) == "total is at least 100"


def test_what_cannot_be_read_cannot_be_judged() -> None:
    odd, tests = estimate(total="about 300"), asked("total_at_least = 15000")
    assert first_met(odd, tests) is None
    told = unsure(odd, tests)
    assert told is not None and told.startswith("total cannot be read: ")
    assert unsure(estimate(), tests) is None
    assert unsure(odd, asked('notes_mention = ["lawyer"]')) is None


def test_yes_and_no_are_no_numbers() -> None:
    row = Record("estimates", {"total": True, "notes": "5"}, estimate().place)
    assert first_met(row, [Condition("total", "at_least", Decimal(0)), Condition("notes", "at_least", Decimal(0))]) is None


def test_columns_and_sentences_become_words_inside_a_sentence() -> None:
    assert [label(name) for name in ("sent_on", "starts_at", "job_type", "total")] == ["sent", "starts", "job type", "total"]
    assert inside("This is no date.") == "this is no date"
    assert inside("") == ""
