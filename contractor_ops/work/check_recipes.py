"""What `check` sees of each recipe: whether it can be read, its answers, its words on real rows, its brakes, and what it would do now."""

from collections.abc import Iterator
from datetime import datetime

from contractor_ops.errors import ContractorOpsError, FilesNeedMending
from contractor_ops.office import Office
from contractor_ops.planning.decision import Plan
from contractor_ops.planning.phrases import count, money
from contractor_ops.recipe import WHY_ASKED, Recipe
from contractor_ops.views.catalogue import VIEWS
from contractor_ops.work.check_finding import Finding, Level
from contractor_ops.work.check_sources import age_of
from contractor_ops.work.check_tables import check_columns
from contractor_ops.work.check_wording import Tried, try_words, words_findings
from contractor_ops.work.run import plan_recipe
from contractor_ops.work.wordings import wording_mistakes


def check_recipes(office: Office, now: datetime, *, offline: bool = False) -> Iterator[Finding]:
    """Every recipe whose table the office keeps. With `offline`, one whose table is asked for elsewhere is left out."""
    own = office.folder / "recipes"
    for name, file in office.recipe_files().items():
        about = f"recipe {name}"
        try:
            recipe = office.recipe(name)
        except FilesNeedMending as error:
            yield from (Finding("error", about, mistake) for mistake in error.mistakes)
            continue
        if office.has(recipe.reads):
            yield from _words_and_answers(recipe)
            if offline and (asked := _asked_elsewhere(office, recipe)):
                yield Finding("ok", about, f"mode {recipe.mode}; not tried on its rows: {asked} is not asked for with --offline")
            elif not wording_mistakes(recipe):
                yield from _recipe(office, recipe, now)
        elif file.is_relative_to(own):
            yield Finding("error", about, f"{name}.toml: reads {recipe.reads}, and config.toml does not say where that table is",
                          f'Add [tables.{recipe.reads}] with file = "…".')  # fmt: skip


def _asked_elsewhere(office: Office, recipe: Recipe) -> str:
    """A table that this recipe reads from somewhere on the internet, "" where there is none."""
    names = [office.main_of(recipe.reads), *(VIEWS[recipe.reads].also if recipe.reads in VIEWS else ()), "customers", "technicians"]
    names += ["calls"] if recipe.ends.called else []
    return next((name for name in names if name in office.config.tables and office.config.tables[name].asked_live), "")


def _words_and_answers(recipe: Recipe) -> Iterator[Finding]:
    yield from (Finding("error", f"recipe {recipe.name}", mistake) for mistake in wording_mistakes(recipe))
    if unasked := [key for key in WHY_ASKED if not recipe.why.get(key)]:
        message = f"{recipe.name}.toml: [why] does not answer {', '.join(unasked)}"
        yield Finding("warning", f"recipe {recipe.name}", message, weight="cosmetic")


def _recipe(office: Office, recipe: Recipe, now: datetime) -> Iterator[Finding]:
    about = f"recipe {recipe.name}"
    try:
        plan = plan_recipe(office, recipe, now)
        tried = try_words(office, recipe, now)
    except ContractorOpsError as error:
        yield Finding("error", about, error.message, error.remedy)
        return
    yield from check_columns(office, recipe)
    yield from words_findings(recipe, tried, office.table(recipe.reads, now=now))
    for brake in plan.brakes:
        # A file is saved again in a minute; without the column no run can ever send.
        level: Level = "error" if brake.name == "missing-column" else "warning"
        cause = age_of(office.main_of(recipe.reads)) if brake.name == "stale-source" else brake.message
        yield Finding(level, about, f"a run would be stopped ({brake.name}): {brake.message}", brake.remedy, "stops", cause)
    counts = ", ".join(f"{kind} {number}" for kind, number in plan.counts().items() if number) or "no rows now"
    yield Finding("ok", about, f"mode {recipe.mode}; {counts}{_longest(office, plan, tried)}")


def _longest(office: Office, plan: Plan, tried: Tried) -> str:
    """The longest text of this recipe: of what is due now, several rows in one message, or of any step on any live row."""
    longest = max((decision.segments for decision in plan.decisions), default=0)
    longest, price = max(longest, tried.longest), office.facts.price_per_segment
    cost = f", {money(price * longest, office.facts.currency)}" if price is not None else ""
    return f"; the longest text is {count(longest, 'segment')}{cost}" if longest else ""
