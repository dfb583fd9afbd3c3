"""Every recipe that ships has its section, which tells when it runs, each of its steps and what it reads."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.docs.documents import ROOT

DOCUMENT = ROOT / "docs" / "each-recipe.md"
SHIPPED = sorted((ROOT / "recipes").glob("*.toml"))
MADE_OF = {
    "missed_calls": "calls", "bookings": "jobs", "dispatch": "jobs", "note_gaps": "jobs", "note_flags": "jobs", "billing_gaps": "jobs", "ready_to_bill": "jobs",
}  # fmt: skip


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def line(section: str, about: str) -> str:
    """What is said about it, with the lines that go on."""
    return section.split(f"\n- **{about}**: ", 1)[1].split("\n- **")[0].split("\n\n")[0]


def recipe(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_there_is_a_section_for_each_recipe_and_for_no_other() -> None:
    assert set(sections()) - {"Switch one on"} == {file.stem for file in SHIPPED}


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_section_tells_what_the_recipe_says(file: Path) -> None:
    section, told = sections()[file.stem], recipe(file)
    assert f"`{told['runs']}`" in line(section, "Runs")
    named = re.findall(r"`([a-z0-9-]+)`", line(section, "Steps"))
    assert named == [step["name"] for step in told["steps"]]
    assert f"`{MADE_OF.get(told['reads'], told['reads'])}`" in line(section, "Needs")
    assert line(section, "A person looks at") and line(section, "It ends")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_amounts_above_which_a_person_looks_are_told(file: Path) -> None:
    amounts = [f"${value:,}" for key, value in recipe(file).get("review_if", {}).items() if key.endswith("_at_least")]
    assert all(amount in line(sections()[file.stem], "A person looks at") for amount in amounts)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_recipes_that_send_nothing_say_so(file: Path) -> None:
    sends = any(step["do"] == "message" for step in recipe(file)["steps"])
    row = next(row for row in sections_head().splitlines() if row.startswith(f"| [{file.stem}]"))
    assert ("nobody outside" in row) is not sends


def sections_head() -> str:
    return DOCUMENT.read_text(encoding="utf-8").split("\n## ")[0]
