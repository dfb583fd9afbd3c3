"""A recipe's text as typed models. Unknown keys are refused, with the nearest right one; all mistakes are told at once."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from contractor_ops.errors import FilesNeedMending
from contractor_ops.parts import Part
from contractor_ops.recipe_conditions import NUMBERS, TESTS, Condition, Conditions, Ends, When
from contractor_ops.recipe_step import ACTIONS, OTHER_ROWS, Offset, Step
from contractor_ops.tables.columns import TableSpec
from contractor_ops.timetable.reading import read_when
from contractor_ops.tomlfile import did_you_mean, mistakes_of, read_toml

__all__ = [
    "ACTIONS",
    "NOT_PEOPLE",
    "OTHER_ROWS",
    "TESTS",
    "Condition",
    "Conditions",
    "Ends",
    "Mode",
    "Offset",
    "Recipe",
    "Step",
    "When",
    "read_recipe",
]

Kind = Literal["follow-up", "service"]
Mode = Literal["rehearse", "approve", "auto"]
WHY_NEEDED = ("trigger", "outcome", "review", "signal")
NOT_PEOPLE = ("customer", "technician", "former-technician")
"""Whom a step may go to beside the people of config.toml."""
ACTS_ON = {
    "draft-invoice": ("draft", "holds no draft invoices; draft-invoice is for recipes that read ready_to_bill"),
    "assign": ("suggested_technician", "suggests no technician; assign is for recipes that read bookings"),
    "check-materials": ("materials", "lists no materials; check-materials is for recipes that read bookings"),
    "checklist": ("checklist", "holds no checklist; checklist is for recipes that read bookings"),
    "calendar": ("suggested_technician", "holds no calendar entry; calendar is for recipes that read bookings"),
}
"""The column that an action works with, and what is said where a table has none."""
WHY_ASKED = ("pain", "how_often", "needs", "owner_sees")


class Recipe(Part):
    """A whole recipe. `name` is its file's name without the ending."""

    name: str
    title: str = Field(min_length=1)
    reads: str
    mode: Mode = "approve"
    owner: str
    runs: str = ""
    kind: Kind = "follow-up"
    shape: Literal["ladder", "trail"] = "ladder"
    first_run: Literal["review"] | None = None
    priority: int = 0
    id: str = Field(default="", pattern=r"^[\w. -]*$")
    one_per: Literal["customer"] | None = None
    rearm: bool = False
    why: dict[str, str] = {}
    when: When
    ends: Ends = Ends()
    review_if: Conditions = Conditions()
    steps: tuple[Step, ...] = Field(min_length=1)

    @field_validator("runs")
    @classmethod
    def _runs_can_be_read(cls, text: str) -> str:
        if text:
            read_when(text)
        return text

    @field_validator("why")
    @classmethod
    def _why_is_answered(cls, why: dict[str, str]) -> dict[str, str]:
        unknown = [f'"{key}" is no question of [why]; {did_you_mean(key, WHY_NEEDED + WHY_ASKED)}' for key in why
                   if key not in WHY_NEEDED + WHY_ASKED]  # fmt: skip
        if unknown:
            raise ValueError("; ".join(unknown))
        return why

    @model_validator(mode="after")
    def _steps_have_names_of_their_own(self) -> Self:
        keys = [step.key for step in self.steps]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"two steps are called {', '.join(twice)}; give each a name of its own")
        for place, step in enumerate(self.steps):
            earlier = [one.name for one in self.steps[:place]]
            others = [one.name for one in self.steps if one is not step] if step.on_change else earlier
            for name in step.since:
                if name not in others:
                    which = "no other step" if step.on_change else "no step before it"
                    raise ValueError(f'step {step.name}, since: "{name}" is {which}; {did_you_mean(name, others)}')
        return self

    @model_validator(mode="after")
    def _only_trails_have_steps_of_their_own(self) -> Self:
        if self.shape == "trail":
            return self
        own = [f"step {step.name}: {key} is for a recipe with shape = \"trail\", where every step stands for itself"
               for step in self.steps for key in ("anchor", "when", "on_change", "rearm", "kind") if key in step.model_fields_set]  # fmt: skip
        if own:
            raise ValueError("; ".join(own))
        return self

    def kind_of(self, step: Step) -> Kind:
        """Whether a step follows up or serves."""
        return step.kind or self.kind

    @property
    def key(self) -> str:
        """What the ledger calls it: renaming a recipe keeps its past through `id`."""
        return self.id or self.name

    def unanswered(self) -> list[str]:
        """The questions of [why] that must be answered before it may run and are not."""
        return [key for key in WHY_NEEDED if not self.why.get(key, "").strip()]


def read_recipe(content: bytes, name: str, tables: Mapping[str, TableSpec], people: Iterable[str]) -> Recipe:
    """Read a recipe's file (`name` without the ending). Raises FilesNeedMending with every mistake, the recipe's name first."""
    label = f"{name}.toml"
    data = read_toml(content, label)
    try:
        recipe = Recipe.model_validate({**data, "name": name})
    except ValidationError as wrong:
        raise FilesNeedMending(mistakes_of(wrong, Recipe, label, repeat_values=True)) from None
    mistakes = [f"{label}: {mistake}" for mistake in _mistakes(recipe, tables, list(people))]
    if mistakes:
        raise FilesNeedMending(mistakes)
    return recipe


def _mistakes(recipe: Recipe, tables: Mapping[str, TableSpec], people: list[str]) -> list[str]:
    """What only the tables and the office's people can tell is wrong."""
    spec = tables.get(recipe.reads)
    if spec is None:
        return [f'reads: "{recipe.reads}" is no table; {did_you_mean(recipe.reads, tables)}']
    named = [("owner", recipe.owner)] + [(f"step {step.name}, owner", step.owner) for step in recipe.steps if step.owner]
    named += [(f"step {step.name}, to", step.to) for step in recipe.steps if step.to not in NOT_PEOPLE]
    unanswered, others = recipe.unanswered(), NOT_PEOPLE
    return [
        *(['"inbox" is what the ledger calls the inbox itself; give the recipe another name'] if recipe.key == "inbox" else []),
        *[
            f'{place}: "{key}" is nobody in [people] of config.toml; {did_you_mean(key, [*people, *(others if place.endswith("to") else ())])}'
            for place, key in named
            if key not in people
        ],
        *_unknown_columns(recipe, spec),
        *_not_for_this_table(recipe, spec),
        *_numbers_of_no_number(recipe, spec),
        *_unknown_meanings(recipe, spec),
        *([f"[why] must answer {', '.join(unanswered)} before the recipe may run"] if unanswered else []),
    ]


def _unknown_columns(recipe: Recipe, spec: TableSpec) -> list[str]:
    used = [("when.anchor", recipe.when.anchor)]
    used += [(f"step {step.name}, anchor", step.anchor) for step in recipe.steps if step.anchor]
    used += [(f"step {step.name}, on_change", column) for step in recipe.steps for column in step.on_change]
    for place, part in _conditions(recipe):
        used += [(f"{place}.{test}", test.column) for test in part.tests]
    return [f'{place}: "{column}" is no column of {spec.name}; {did_you_mean(column, spec.column_names)}'
            for place, column in used if spec.column(column) is None]  # fmt: skip


def _conditions(recipe: Recipe) -> list[tuple[str, Conditions]]:
    """Every part of the recipe that holds conditions, by the place that a mistake is told with."""
    parts = [("when", recipe.when), ("ends", recipe.ends), ("review_if", recipe.review_if)]
    return [*parts, *((f"step {step.name}, when", step.when) for step in recipe.steps)]


def _not_for_this_table(recipe: Recipe, spec: TableSpec) -> list[str]:
    """Actions that need what only one view knows."""
    return [f"step {step.name}, do: {spec.name} {ACTS_ON[step.do][1]}"
            for step in recipe.steps if step.do in ACTS_ON and spec.column(ACTS_ON[step.do][0]) is None]  # fmt: skip


def _numbers_of_no_number(recipe: Recipe, spec: TableSpec) -> list[str]:
    """A number held against a column of days or words would never be met, and protect nobody."""
    return [f"{place}.{test}: {test.column} holds no numbers, so this would never be so"
            for place, part in _conditions(recipe) for test in part.tests
            if isinstance(test.value, Decimal) and (column := spec.column(test.column)) and column.kind not in NUMBERS]  # fmt: skip


def _unknown_meanings(recipe: Recipe, spec: TableSpec) -> list[str]:
    if not spec.statuses:
        return []
    from contractor_ops.tables.cells.statuses import meaning_of

    return [
        *[f'{place}.status: "{word}" is no status of {spec.name}; {did_you_mean(word, spec.statuses)}'
          for place, part in _conditions(recipe) for word in part.status if word not in spec.statuses],
        *[f'step {step.name}, sets_status: read again, "{step.sets_status}" would be no status of {spec.name} that is understood'
          for step in recipe.steps if step.sets_status and meaning_of(step.sets_status, spec.statuses) is None],
    ]  # fmt: skip
