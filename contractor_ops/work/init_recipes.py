"""The recipes that ship, and which of them an office's tables are enough for."""

from collections.abc import Collection
from functools import cache

from contractor_ops.office import shipped_recipes
from contractor_ops.recipe import Recipe, read_recipe
from contractor_ops.views.catalogue import READABLE, VIEWS


@cache
def shipped() -> tuple[Recipe, ...]:
    """The recipes that ship."""
    files = sorted(shipped_recipes().glob("*.toml"))
    return tuple(read_recipe(file.read_bytes(), file.stem, READABLE, ["owner", "office"]) for file in files)


def fitting(tables: Collection[str]) -> list[Recipe]:
    """The recipes that ship for these tables."""
    return [recipe for recipe in shipped() if main_table(recipe) in tables]


def main_table(recipe: Recipe) -> str:
    """The table that a recipe cannot do without."""
    return VIEWS[recipe.reads].main if recipe.reads in VIEWS else recipe.reads


def text_of(name: str) -> str:
    """A recipe as it ships."""
    return (shipped_recipes() / f"{name}.toml").read_text(encoding="utf-8")
