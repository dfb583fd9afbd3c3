"""Whether a record meets a recipe's conditions, in words."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from contractor_ops.recipe import Condition
from contractor_ops.tables.record import Record, Value

WORDS = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}


def first_met(record: Record, tests: Iterable[Condition]) -> str | None:
    """The first condition that the record meets, as a phrase ("total is at least 15,000"), or None."""
    return next((phrase for test in tests if (phrase := met(record, test)) is not None), None)


def first_unmet(record: Record, tests: Iterable[Condition]) -> str | None:
    """The first condition that the record does not meet, as a phrase, or None."""
    return next((f"not so: {say(test)}" for test in tests if met(record, test) is None), None)


def unsure(record: Record, tests: Iterable[Condition]) -> str | None:
    """The first condition that cannot be judged because its cell could not be read, as a phrase, or None."""
    for test in tests:
        if test.column in record.problems:
            return f"{label(test.column)} cannot be read: {inside(record.problems[test.column].message)}"
    return None


def met(record: Record, test: Condition) -> str | None:
    """The phrase that says how the record meets the condition, or None."""
    value = record[test.column]
    if test.test == "missing":
        return say(test) if (value is None) == test.value else None
    if isinstance(test.value, Decimal):
        return say(test) if _compares(value, test.test, test.value) else None
    if not isinstance(test.value, tuple):
        return None
    text = "" if value is None else str(value)
    if test.test == "mention":
        found = next((word for word in test.value if _word(word).search(text)), None)
        return _mentions(test.column, [found]) if found else None
    same = text.strip().casefold() in {word.casefold() for word in test.value}
    return say(test) if same == (test.test == "is") else None


def _compares(value: Value, test: str, bound: Decimal) -> bool:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        return False
    number = Decimal(str(value))
    return {"at_least": number >= bound, "at_most": number <= bound, "above": number > bound, "below": number < bound}[test]


@lru_cache(maxsize=512)
def _word(word: str) -> re.Pattern[str]:
    # "lawyer" also finds "lawyers" and "Lawyer's", never "flawyer".
    return re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE)


def say(test: Condition) -> str:
    """The condition in words: "total is at least 15,000"."""
    if isinstance(test.value, Decimal):
        return f"{label(test.column)} is {WORDS[test.test]} {test.value:,}"
    if isinstance(test.value, bool):
        return f"{label(test.column)} is {'missing' if test.value else 'there'}"
    if test.test == "mention":
        return _mentions(test.column, test.value)
    return f"{label(test.column)} is {'' if test.test == 'is' else 'not '}{' or '.join(test.value)}"


def _mentions(column: str, words: Iterable[str]) -> str:
    column, quoted = label(column), " or ".join(f'"{word}"' for word in words)
    return f"{column} mention{'' if column.endswith('s') else 's'} {quoted}"


def inside(sentence: str) -> str:
    """A sentence as the rest of another one."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def label(column: str) -> str:
    """Our column's name as a word in a sentence."""
    return column.removesuffix("_on").removesuffix("_at").replace("_", " ")
