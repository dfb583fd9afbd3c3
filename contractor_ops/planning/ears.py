"""Who hears what of a row: which steps of a trail speak to the same people, and which of them say all that another one would."""

from collections.abc import Mapping
from dataclasses import dataclass

from contractor_ops.recipe import Recipe, Step

GOES = "technician"
"""The column that says who goes."""
STARTS = "starts_at"
"""The column that says when."""


@dataclass(frozen=True, slots=True)
class Ears:
    """What a recipe says about it, by the keys of its steps.

    `families`: the steps that share what was told, itself among them. `speakers`: the other steps that tell the same people all that this one is
    about. `columns`: all that any step watches. `timed`: the step that tells of another start, by who hears it. `put_on` tells whoever goes from
    now on, `taken_off` whoever goes no longer; each "" where there is none.
    """

    families: Mapping[str, tuple[str, ...]]
    speakers: Mapping[str, tuple[Step, ...]]
    columns: tuple[str, ...]
    timed: Mapping[str, str]
    put_on: str = ""
    taken_off: str = ""


def ears_of(recipe: Recipe, names_in_texts: Mapping[str, frozenset[str]]) -> Ears:
    """Reckoned once for a recipe; `names_in_texts` are the columns that each step's words name."""
    steps = recipe.steps if recipe.shape == "trail" else ()
    places = {step.key: place for place, step in enumerate(steps)}
    changing = [step for step in steps if step.on_change]
    families = {one.key: tuple(step.key for step in changing if step is one or _share(step, one)) for one in changing}
    about_who = {step.to: step.key for step in changing if _is_message(step) and GOES in step.on_change}
    put_on, taken_off = about_who.get("technician", ""), about_who.get("former-technician", "")

    def says_all_of(step: Step, one: Step) -> bool:
        first = (step.before is not None, places[step.key]) < (one.before is not None, places[one.key])
        return covers(step, one) and (first or not covers(one, step))  # two do not wait for each other

    def covers(step: Step, one: Step) -> bool:
        if step.key in families.get(one.key, (one.key,)) or not (_is_message(step) and step.to == one.to):
            return False
        says = {*step.on_change, *names_in_texts.get(step.key, ())}
        return step.key == put_on or _about(one) <= says

    heard = [step for step in steps if _is_message(step) and step.to in {"customer", "technician", "former-technician"} and _about(step)]
    speakers = {
        one.key: tuple(step for step in steps if says_all_of(step, one) and not (one.before and (step.before or one.to != "customer")))
        for one in heard
    }
    columns = tuple(dict.fromkeys(column for step in changing for column in step.on_change))
    timed = {step.to: step.key for step in changing if _is_message(step) and STARTS in step.on_change}
    return Ears(families, speakers, columns, timed, put_on, taken_off)


def _is_message(step: Step) -> bool:
    return step.do == "message"


def _about(step: Step) -> frozenset[str]:
    """The columns whose news a step is; nothing for those that tell something else."""
    return frozenset(step.on_change or ([step.anchor] if step.before and step.anchor else []))


def _share(step: Step, one: Step) -> bool:
    """Whether they tell the same people of the same columns."""
    return bool(one.since) and (step.do, step.since, step.on_change, step.to) == (one.do, one.since, one.on_change, one.to)
