"""Recipes: what an office manager may write, and what is said of what is wrong."""

import re
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contractor_ops.errors import FilesNeedMending
from contractor_ops.office import shipped_recipes
from contractor_ops.recipe import TESTS, Condition, Offset, Recipe, read_recipe
from contractor_ops.spans import Span
from contractor_ops.views.catalogue import READABLE
from tests.slips import one_slip_away, slip

PEOPLE = ("owner", "office")
TEXT = """
title     = "Estimate follow-up"
reads     = "estimates"
mode      = "approve"
owner     = "office"
runs      = "weekdays 09:05"
kind      = "follow-up"
shape     = "ladder"
first_run = "review"
priority  = 3
id        = "old-name"
one_per   = "customer"
rearm     = true

[why]
trigger    = "An estimate was sent and not answered"
outcome    = "Every estimate is won, lost or with a person"
review     = "Large estimates"
signal     = "estimates followed up on schedule"
how_often  = "About 15 a week"

[when]
status = ["sent", "viewed"]
anchor = "sent_on"
total_above = 0

[ends]
status = ["accepted", "declined"]
reply  = true

[review_if]
total_at_least = 15000
notes_mention  = ["discount", "lawyer"]

[[steps]]
name  = "first-nudge"
id    = "nudge"
after = "2 days at 16:00"
do    = "message"
to    = "customer"
by    = ["email"]
subject = "Your estimate"
text  = "Any questions?"
owner = "owner"

[[steps]]
name  = "hand-over"
before = "3 business days"
at    = "9:00"
do    = "task"
text  = "Call them."
"""


def read(text: str) -> Recipe:
    return read_recipe(text.encode(), "follow-up", READABLE, PEOPLE)


def mistakes(text: str) -> list[str]:
    with pytest.raises(FilesNeedMending) as refused:
        read(text)
    assert all(one.startswith("follow-up.toml: ") for one in refused.value.mistakes)
    return refused.value.mistakes


def test_a_whole_recipe_is_read() -> None:
    recipe = read(TEXT)
    assert (recipe.key, recipe.name, recipe.steps[0].key, recipe.steps[1].key) == ("old-name", "follow-up", "nudge", "hand-over")
    assert recipe.steps[0].offset == Offset(Span(2, "days"), False, time(16))
    assert recipe.steps[1].offset == Offset(Span(3, "business days"), True, time(9))
    assert recipe.review_if.tests == (Condition("total", "at_least", Decimal(15000)), Condition("notes", "mention", ("discount", "lawyer")))
    assert recipe.unanswered() == []


def test_a_new_recipe_asks_before_anything_leaves() -> None:
    text = re.sub(r"^(mode|kind|shape|first_run|priority|id|one_per|rearm|runs) .*\n", "", TEXT, flags=re.MULTILINE)
    recipe = read(text)
    assert (recipe.mode, recipe.kind, recipe.shape, recipe.one_per, recipe.rearm, recipe.key) == (
        "approve",
        "follow-up",
        "ladder",
        None,
        False,
        "follow-up",
    )


@pytest.mark.parametrize("file", sorted(shipped_recipes().glob("*.toml")), ids=lambda file: file.stem)
def test_recipes_that_ship_name_only_the_owner_and_the_office(file: Path) -> None:
    recipe = read_recipe(file.read_bytes(), file.stem, READABLE, PEOPLE)
    assert recipe.unanswered() == []
    ours_only = all(step.to in PEOPLE for step in recipe.steps if step.do == "message")
    assert recipe.mode == "approve" or ours_only


KEYS = [(number, key[1]) for number, line in enumerate(TEXT.splitlines()) if (key := re.match(r"(\w+)\s*=", line))]


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_a_misspelt_key_is_refused_and_the_nearest_right_one_is_named(data: st.DataObject) -> None:
    number, key = data.draw(st.sampled_from([one for one in KEYS if len(one[1]) > 2]))
    wrong = data.draw(slip(key))
    known = {"after", "before", "total_at_most", "pain", "needs", "owner_sees", *(key for _, key in KEYS)}
    assume(wrong not in known and not wrong.startswith("_"))
    lines = TEXT.splitlines()
    lines[number] = re.sub(r"^\w+", wrong, lines[number])
    told = "\n".join(mistakes("\n".join(lines)))
    assert wrong in told
    if key.startswith(("total_", "notes_")):  # the column, the test, or both
        assert f'"{key}"' in told or f'did you mean "{key.partition("_")[0]}"?' in told or "no column of estimates; it can be" in told
    else:
        named = re.findall(r'did you mean "(\w+)"', told)
        assert key in named or any(one_slip_away(wrong, one) for one in named)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('reads     = "estimates"', 'reads = "estimate"', 'reads: "estimate" is no table; did you mean "estimates"?'),
        ('mode      = "approve"', 'mode = "Auto"', "mode must be 'rehearse', 'approve' or 'auto', not \"Auto\""),
        ('owner     = "office"', 'owner = "offce"', 'owner: "offce" is nobody in [people] of config.toml; did you mean "office"?'),
        ('owner = "owner"', 'owner = "sam"', "step first-nudge, owner"),
        (
            'to    = "customer"',
            'to = "custmer"',
            'step first-nudge, to: "custmer" is nobody in [people] of config.toml; did you mean "customer"?',
        ),
        ('["email"]', '["fax"]', '"fax"'),
        ('do    = "task"', 'do = "taks"', '"taks" is nothing that a step can do; did you mean "task"?'),
        ('["sent", "viewed"]', '["sent", "vewed"]', 'when.status: "vewed" is no status of estimates; did you mean "viewed"?'),
        ('anchor = "sent_on"', 'anchor = "sent"', 'when.anchor: "sent" is no column of estimates'),
        ("total_at_least = 15000", 'total_at_least = "15000"', "total_at_least must be a number, without quotes"),
        ("total_at_least = 15000", "total_at_least = true", "total_at_least must be a number"),
        ("total_at_least = 15000", "total_at_least = nan", "total_at_least must be a number"),
        ("total_at_least = 15000", "total_at_least = inf", "total_at_least must be a number"),
        ("total_at_least = 15000", "total_at_lest = 15000", 'did you mean "total_at_least"?'),
        ("total_at_least = 15000", "totl_at_least = 15000", '"totl" is no column of estimates; did you mean "total"?'),
        ("total_at_least = 15000", "email_missing = 1", "email_missing must be true or false"),
        ('["discount", "lawyer"]', "[]", "notes_mention must be a list of words"),
        ('anchor = "sent_on"', 'anchr = "sent_on"', 'did you mean "anchor"?'),
        ('anchor = "sent_on"', "", "when.anchor is missing"),
        ('after = "2 days at 16:00"', 'after = "two days"', '"two days" is no length of time'),
        ('after = "2 days at 16:00"', 'after = "2 days at 26:00"', '"26:00" is no time of day'),
        ('after = "2 days at 16:00"', "", "say when it is due, in one key"),
        ('before = "3 business days"', 'before = "3 days"\nafter = "3 days"', "say when it is due, in one key"),
        ('at    = "9:00"', 'at = "nine"', '"nine" is no time of day'),
        ('name  = "hand-over"', 'name = "nudge"', "two steps are called nudge"),
        ('signal     = "estimates followed up on schedule"', "", "[why] must answer signal before the recipe may run"),
        ('signal     = "estimates followed up on schedule"', 'signal = "  "', "[why] must answer signal"),
        ("how_often", "how_oftn", '"how_oftn" is no question of [why]; did you mean "how_often"?'),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_the_nearest_right_one(old: str, new: str, told: str) -> None:
    assert old in TEXT
    assert told in "\n".join(mistakes(TEXT.replace(old, new, 1)))


@pytest.mark.parametrize(
    "runs",
    [
        "weekdays 09:05",
        "daily 07:00",
        "mon,thu 14:30",
        "every 15 minutes",
        "every 2 hours",
        "hourly",
        "9:05",
        "weekends 23:59",
        "monday 09:00",
        "mon, thu 14:30",
    ],
)
def test_schedules_that_are_understood(runs: str) -> None:
    assert read(TEXT.replace("weekdays 09:05", runs)).runs == runs


@pytest.mark.parametrize("runs", ["weekdays", "daily 25:00", "daily 07:60", "every 0 minutes", "sometimes"])
def test_schedules_that_no_clock_shows_are_refused(runs: str) -> None:
    assert f'"{runs}" is no schedule' in mistakes(TEXT.replace("weekdays 09:05", runs))[0]


def test_all_mistakes_are_told_at_once() -> None:
    wrong = (
        TEXT.replace("rearm     = true", "raerm = true")
        .replace('do    = "task"', 'do = "dance"')
        .replace('mode      = "approve"', 'mode = "x"')
    )
    assert len(mistakes(wrong)) == 3
    later = (
        TEXT.replace('owner     = "office"', 'owner = "sam"').replace('anchor = "sent_on"', 'anchor = "sent"').replace('"viewed"', '"seen"')
    )
    assert len(mistakes(later)) == 3


@pytest.mark.parametrize("test", TESTS)
def test_every_test_may_be_written(test: str) -> None:
    value = {"missing": "true", "mention": '["x"]', "is": '"x"', "is_not": '["x", "y"]'}.get(test, "5")
    column = "total" if value == "5" else "title"
    [found] = read(TEXT.replace("total_above = 0", f"{column}_{test} = {value}")).when.tests
    assert (found.column, found.test, str(found)) == (column, test, f"{column}_{test}")


def test_a_number_held_against_a_column_without_numbers_is_refused() -> None:
    [mistake] = mistakes(TEXT.replace("total_above = 0", "sent_on_at_least = 5"))
    assert "when.sent_on_at_least: sent_on holds no numbers" in mistake


def test_a_recipe_without_steps_is_none() -> None:
    assert "steps" in mistakes(TEXT.partition("[[steps]]")[0])[0]
