"""A recipe's text as typed models. Unknown keys are refused, with the nearest right one; all mistakes are told at once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from contractor_ops.errors import FilesNeedMending
from contractor_ops.parts import Part, SpanText
from contractor_ops.spans import Span, read_span
from contractor_ops.tables.columns import TableSpec
from contractor_ops.timetable.reading import read_when
from contractor_ops.tomlfile import did_you_mean, mistakes_of, nearest, read_toml

Mode = Literal["rehearse", "approve", "auto"]
ACTIONS = ("message", "task", "draft-invoice")
WHY_NEEDED = ("trigger", "outcome", "review", "signal")
WHY_ASKED = ("pain", "how_often", "needs", "owner_sees")
_AT = re.compile(r"(.*?),?\s+at\s+(\d{1,2}:\d{2})\s*", re.IGNORECASE)

Test = Literal["at_least", "at_most", "above", "below", "mention", "is", "is_not", "missing"]
NUMBERS = frozenset({"money", "number", "seconds"})
TESTS: tuple[Test, ...] = ("at_least", "at_most", "above", "below", "mention", "is", "is_not", "missing")


@dataclass(frozen=True, slots=True)
class Condition:
    """`total_at_least = 15000`: one column, one test, one value (a number, or words)."""

    column: str
    test: Test
    value: Decimal | tuple[str, ...] | bool

    def __str__(self) -> str:
        return f"{self.column}_{self.test}"


class Conditions(Part):
    """Conditions on a record: its status by meaning, and `<column>_<test> = value` for any other column."""

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=True)

    status: tuple[str, ...] = ()
    tests: tuple[Condition, ...] = Field(default=(), exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        fixed = {"status", "anchor", "reply", "called"} & {field for model in (cls, Conditions) for field in model.model_fields}
        tests, wrong = [], []
        for key in [key for key in data if key not in fixed]:
            try:
                tests.append(_condition(key, data[key], fixed))
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            raise ValueError("; ".join(wrong))
        return {**{key: data[key] for key in data if key in fixed}, "tests": tuple(tests)}


def _condition(key: str, value: Any, fixed: Iterable[str]) -> Condition:
    test = next((test for test in sorted(TESTS, key=len, reverse=True) if key.endswith(f"_{test}")), None)
    if test is None:
        from contractor_ops.tables.catalogue import TABLES

        columns = sorted({column for spec in TABLES.values() for column in spec.column_names})
        meant = nearest(key, [*fixed, *(f"{column}_{test}" for column in columns for test in TESTS)])
        raise ValueError(f'"{key}" is no condition; ' + (f'did you mean "{meant}"?' if meant else
                         f"write status = [...] or a column and a test, like total_at_least = 15000 (tests: {', '.join(TESTS)})"))  # fmt: skip
    column = key.removesuffix(f"_{test}")
    if test == "missing":
        if not isinstance(value, bool):
            raise ValueError(f"{key} must be true or false")
        return Condition(column, test, value)
    if test in {"mention", "is", "is_not"}:
        words = (value,) if isinstance(value, str) else tuple(str(word) for word in value) if isinstance(value, list) else ()
        if not words:
            raise ValueError(f'{key} must be a list of words, like ["lawyer", "warranty"]')
        return Condition(column, test, words)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{key} must be a number, without quotes")
    return Condition(column, test, Decimal(str(value)))


class When(Conditions):
    """`[when]`: which records the recipe is about, and the moment that its steps count from."""

    anchor: str


class Ends(Conditions):
    """`[ends]`: what ends it for good; `reply = true`: an answer does; `called = true`: a telephone conversation since the anchor does."""

    reply: bool = False
    called: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """When a step is due: so long after (or before) the anchor, at a time of day where one is given."""

    amount: Span
    before: bool
    at: time | None


def _span_and_time(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    found = _AT.fullmatch(text)
    return (read_span(found[1]), _time(found[2])) if found else (read_span(text), None)


def _time(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f'"{text}" is no time of day; write it like "09:00"') from None


SpanAndTime = Annotated[tuple[Span, time | None], BeforeValidator(_span_and_time)]


class Step(Part):
    """`[[steps]]`: one thing the recipe does for one record at one time.

    `since` names an earlier step: this one counts from when that was done, not from the anchor, and is not due before.
    `in_hours` counts only the time that the office is open ("2 hours" after 4 PM on Friday is on Monday). A message that cannot leave
    `within` so long gives way to the next step at once. `text_after_hours` are the words while the office is closed. `sets_status` is written
    into the sheet once the step is done, where the table's write_back names a column for it.
    """

    name: str = Field(min_length=1)
    id: str = ""
    after: SpanAndTime | None = None
    before: SpanAndTime | None = None
    at: Annotated[time | None, BeforeValidator(_time)] = None
    since: str = ""
    in_hours: bool = False
    within: SpanText | None = None
    do: str
    to: str = "customer"
    by: tuple[Literal["sms", "email"], ...] = ("sms", "email")
    subject: str = ""
    text: str
    text_after_hours: str = ""
    owner: str = ""
    sets_status: str = ""

    @field_validator("name", "id")
    @classmethod
    def _is_no_step_of_our_own(cls, name: str) -> str:
        if name.startswith("("):  # so are the steps called that no recipe plans: alerts, the confirmation of an opt-out
            raise ValueError(f'"{name}" begins with a bracket; begin with a letter or a number')
        return name

    @field_validator("do")
    @classmethod
    def _action_is_known(cls, name: str) -> str:
        if name not in ACTIONS:
            raise ValueError(f'"{name}" is nothing that a step can do; {did_you_mean(name, ACTIONS)}')
        return name

    @model_validator(mode="after")
    def _one_offset(self) -> Self:
        if (self.after is None) == (self.before is None):
            raise ValueError('say when it is due, in one key: after = "2 days" or before = "2 days"')
        if self.since and (self.after is None or self.in_hours):
            raise ValueError('with since, say how long after that step: after = "1 business days"')
        if self.within is not None and self.within.unit == "business days":
            raise ValueError('within is a length of time, like "30 minutes" or "4 hours"')
        if self.do != "message" and (self.within or self.text_after_hours):
            raise ValueError("within and text_after_hours are for messages")
        return self

    @property
    def offset(self) -> Offset:
        """When it is due."""
        span, at = self.after or self.before or (Span(0, "days"), None)
        return Offset(span, self.before is not None, self.at or at)

    @property
    def key(self) -> str:
        """What the ledger calls it: renaming a step keeps its past through `id`."""
        return self.id or self.name


class Recipe(Part):
    """A whole recipe. `name` is its file's name without the ending."""

    name: str
    title: str = Field(min_length=1)
    reads: str
    mode: Mode = "approve"
    owner: str
    runs: str = ""
    kind: Literal["follow-up", "service"] = "follow-up"
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
            if step.since and step.since not in earlier:
                raise ValueError(f'step {step.name}, since: "{step.since}" is no step before it; {did_you_mean(step.since, earlier)}')
        return self

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
    named += [(f"step {step.name}, to", step.to) for step in recipe.steps if step.to not in {"customer", "technician"}]
    unanswered, others = recipe.unanswered(), ("customer", "technician")
    return [
        *(['"inbox" is what the ledger calls the inbox itself; give the recipe another name'] if recipe.key == "inbox" else []),
        *[
            f'{place}: "{key}" is nobody in [people] of config.toml; {did_you_mean(key, [*people, *(others if place.endswith("to") else ())])}'
            for place, key in named
            if key not in people
        ],
        *_unknown_columns(recipe, spec),
        *_no_drafts(recipe, spec),
        *_numbers_of_no_number(recipe, spec),
        *_unknown_meanings(recipe, spec),
        *([f"[why] must answer {', '.join(unanswered)} before the recipe may run"] if unanswered else []),
    ]


def _unknown_columns(recipe: Recipe, spec: TableSpec) -> list[str]:
    used = [("when.anchor", recipe.when.anchor)]
    for place, part in (("when", recipe.when), ("ends", recipe.ends), ("review_if", recipe.review_if)):
        used += [(f"{place}.{test}", test.column) for test in part.tests]
    return [f'{place}: "{column}" is no column of {spec.name}; {did_you_mean(column, spec.column_names)}'
            for place, column in used if spec.column(column) is None]  # fmt: skip


def _no_drafts(recipe: Recipe, spec: TableSpec) -> list[str]:
    if spec.column("draft"):
        return []
    return [f"step {step.name}, do: {spec.name} holds no draft invoices; draft-invoice is for recipes that read ready_to_bill"
            for step in recipe.steps if step.do == "draft-invoice"]  # fmt: skip


def _numbers_of_no_number(recipe: Recipe, spec: TableSpec) -> list[str]:
    """A number held against a column of days or words would never be met, and protect nobody."""
    parts = (("when", recipe.when), ("ends", recipe.ends), ("review_if", recipe.review_if))
    return [f"{place}.{test}: {test.column} holds no numbers, so this would never be so"
            for place, part in parts for test in part.tests
            if isinstance(test.value, Decimal) and (column := spec.column(test.column)) and column.kind not in NUMBERS]  # fmt: skip


def _unknown_meanings(recipe: Recipe, spec: TableSpec) -> list[str]:
    if not spec.statuses:
        return []
    parts = (("when", recipe.when), ("ends", recipe.ends), ("review_if", recipe.review_if))
    from contractor_ops.tables.cells.statuses import meaning_of

    return [
        *[f'{place}.status: "{word}" is no status of {spec.name}; {did_you_mean(word, spec.statuses)}'
          for place, part in parts for word in part.status if word not in spec.statuses],
        *[f'step {step.name}, sets_status: read again, "{step.sets_status}" would be no status of {spec.name} that is understood'
          for step in recipe.steps if step.sets_status and meaning_of(step.sets_status, spec.statuses) is None],
    ]  # fmt: skip
