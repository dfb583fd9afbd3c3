"""What a rehearsal showed and the queue does not hold: tasks get a number only when a run puts them on somebody's list."""

from contractor_ops.office import Office
from contractor_ops.recipe import Recipe
from contractor_ops.reports.format import listed


def only_rehearsed(office: Office) -> str:
    """That tasks of a rehearsal have no number yet, and what gives them one; "" where no recipe was rehearsed last that makes some."""
    recipes = office.recipes() if office.ledger_file.exists() else []
    found = [recipe for recipe in recipes if _makes_tasks(recipe) and _rehearsed_last(office, recipe)]
    if not found:
        return ""
    titles, names = listed([recipe.title for recipe in found]), " ".join(recipe.name for recipe in found)
    return f"Tasks that the rehearsal of {titles} showed have no number yet: they get one with --send: contractor-ops run {names} --send"


def no_such_item(office: Office) -> str:
    """What to do about a number that no item has."""
    return " ".join(filter(None, ["contractor-ops review list shows those that wait.", only_rehearsed(office)]))


def _makes_tasks(recipe: Recipe) -> bool:
    return any(step.do == "task" for step in recipe.steps)


def _rehearsed_last(office: Office, recipe: Recipe) -> bool:
    """Whether the last run was a rehearsal that would have acted; which of its acts were tasks the ledger does not keep."""
    last = next(iter(office.ledger.runs(recipe.key, 1)), None)
    return last is not None and not last.sent and last.end is not None and bool(last.end.counts.get("act"))
