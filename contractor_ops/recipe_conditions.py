"""Conditions of a recipe: `status = [...]` and `<column>_<test> = value`, for [when], [ends], [review_if] and single steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from contractor_ops.parts import Part
from contractor_ops.tomlfile import nearest

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
    """`[ends]`: what ends it for good; `reply = true`: an answer does; `called = true`: a telephone conversation since the anchor does.

    `reply = "any"`: in a service too a mere "yes" does, where the message has asked for one.
    """

    reply: bool | Literal["any"] = False
    called: bool = False
