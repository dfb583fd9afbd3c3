"""A recipe's words, tried before anything runs: they can be read, and they name nothing that is not known."""

from collections.abc import Iterator

from contractor_ops.planning.context import known_names
from contractor_ops.planning.wording import wording_of
from contractor_ops.recipe import Recipe
from contractor_ops.views.catalogue import READABLE


def wording_mistakes(recipe: Recipe) -> list[str]:
    """One sentence for each mistake in a text or subject, the recipe's name first."""
    return list(_mistakes(recipe))


def _mistakes(recipe: Recipe) -> Iterator[str]:
    known = known_names(READABLE[recipe.reads])
    for step in recipe.steps:
        for key, text in (("text", step.words), ("subject", step.subject), ("text_after_hours", step.text_after_hours)):
            if not text and key != "text":
                continue
            try:
                yield from wording_of(text, f"{recipe.name}.toml: step {step.name}, {key}").unknown(known)
            except ValueError as error:
                yield str(error)
