"""What the Tab key completes: names of recipes, tables and people. Only names of files and config.toml are looked at, never the ledger."""

from pathlib import Path
from typing import Any

import typer

from contractor_ops.cli.options import office_of_the_environment


def recipe_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """The recipes that ship, and the office's own."""
    from contractor_ops.office import shipped_recipes

    files = [*shipped_recipes().glob("*.toml"), *(_office(ctx) / "recipes").glob("*.toml")]
    return _begin_with(incomplete, {file.stem for file in files})


def table_names(incomplete: str) -> list[str]:
    """Every table and view."""
    from contractor_ops.views.catalogue import READABLE

    return _begin_with(incomplete, READABLE)


def people_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """The keys under [people] in config.toml; none where it cannot be read."""
    import tomllib

    try:
        people = tomllib.loads((_office(ctx) / "config.toml").read_text(encoding="utf-8-sig")).get("people", {})
    except (OSError, ValueError):
        return []
    return _begin_with(incomplete, people)


def _office(ctx: typer.Context) -> Path:
    before = ctx.find_root().params.get("office")
    return Path(ctx.params.get("office") or before or office_of_the_environment())


def _begin_with(incomplete: str, names: Any) -> list[str]:
    return sorted(name for name in names if name.startswith(incomplete))
