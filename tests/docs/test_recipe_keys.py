"""docs/recipes.md names every key of a recipe, and none that does not exist."""

import re
import tomllib

from contractor_ops.planning.context import known_names
from contractor_ops.planning.wording import Wording
from contractor_ops.planning.wording_sandbox import EACH, LOOKED_UP, PRINTED, make_environment
from contractor_ops.recipe import TESTS, WHY_ASKED, WHY_NEEDED, Ends, Recipe, Step, When, read_recipe
from contractor_ops.recipe_step import ACTIONS
from contractor_ops.views.catalogue import READABLE
from tests.docs.documents import ROOT, blocks, table_keys

RECIPES = ROOT / "docs" / "recipes.md"
CONDITIONS = "[when], [ends], [review_if]"


def test_every_key_of_a_recipe_is_told() -> None:
    # A recipe's name is its file's.
    assert table_keys(RECIPES, "The recipe") == Recipe.model_fields.keys() - {"name"}


def test_every_question_of_why_is_told() -> None:
    assert table_keys(RECIPES, "[why]") == {*WHY_NEEDED, *WHY_ASKED}


def test_every_condition_is_told() -> None:
    keys = (When.model_fields.keys() | Ends.model_fields.keys()) - {"tests"}
    assert table_keys(RECIPES, CONDITIONS) == keys | set(TESTS)


def test_every_key_of_a_step_is_told() -> None:
    assert table_keys(RECIPES, "[[steps]]") == set(Step.model_fields)


def test_every_filter_is_told() -> None:
    ours = make_environment("$").filters.keys() - {EACH, LOOKED_UP, PRINTED}
    assert table_keys(RECIPES, "Words to fill in") >= ours


def test_the_examples_are_recipes_whose_words_can_be_filled_in() -> None:
    examples = [block.text for block in blocks(RECIPES) if block.language == "toml"]
    whole = next(text for text in examples if "[when]" in text)
    head = whole.split("[[steps]]")[0].replace("estimates", "invoices").replace("sent_on", "due_on").replace("viewed", "overdue")
    trail = (
        head.replace('"invoices"', '"bookings"\nshape = "trail"')
        .replace("due_on", "booked_on")
        .replace("sent", "booked")
        .replace("overdue", "scheduled")
    )
    parts = [(trail if "on_change" in text else head) + text for text in examples if text != whole]
    assert parts
    for text in (whole, *parts):
        recipe = read_recipe(text.encode(), "example", READABLE, ["owner", "office"])
        for step in recipe.steps:
            assert Wording(step.text, step.name).unknown(known_names(READABLE[recipe.reads])) == []


def test_every_action_is_told() -> None:
    of_trails = table_keys(RECIPES, "What a step of a trail can do")
    elsewhere = {action for action in ACTIONS if f'`"{action}"`' in RECIPES.read_text(encoding="utf-8")}
    assert of_trails | elsewhere == set(ACTIONS)


def test_the_condition_examples_are_conditions() -> None:
    rows = re.findall(r"^\| `\w+` \| `(\w+ = [^`]+)` \|", RECIPES.read_text(encoding="utf-8"), re.MULTILINE)
    examples = [row for row in rows if "_" in row]
    assert len(examples) == len(TESTS)
    for example in examples:
        assert len(When.model_validate({"anchor": "sent_on", **tomllib.loads(example)}).tests) == 1
