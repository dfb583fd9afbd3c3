"""Write a recipe with the office's own answers: the file that ships, or the office's, with its remarks kept and only the answers changed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from contractor_ops.errors import ContractorOpsError, FilesNeedMending
from contractor_ops.office import Office, shipped_recipes
from contractor_ops.recipe import WHY_ASKED, Recipe, read_recipe
from contractor_ops.recipe_step import Step
from contractor_ops.views.catalogue import READABLE

_ASKS = {
    "pain": "What goes wrong today?",
    "trigger": "What starts it?",
    "how_often": "How often does it happen?",
    "needs": "What must stand in the sheet?",
    "outcome": "What is true when it has worked?",
    "review": "What must a person look at first?",
    "owner": "Who gets what is not routine?",
    "signal": "How do you see that it works?",
    "owner_sees": "What does the owner get to see?",
}
"""The nine questions, in the order in which an office can answer them."""
_SPANS = {"after": "how long after", "before": "how long before"}
_TEXT = r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `key` is "why.pain", "owner" or "steps.0.after"; `default` is what stands in the file."""

    key: str
    asks: str
    default: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A recipe as it would be written. `before` is what stands there now, None where there is no file yet."""

    file: Path
    text: str
    before: str | None

    @property
    def is_news(self) -> bool:
        """Whether writing it would change anything."""
        return self.text != self.before

    @property
    def difference(self) -> list[str]:
        """What would change in the file that is there, line by line."""
        before = (self.before or "").splitlines()
        return [
            *unified_diff(
                before, self.text.splitlines(), f"{self.file.name} as it is", f"{self.file.name} as you answered", n=1, lineterm=""
            )
        ]


class RecipeWriter:
    """One recipe of an office and its questions."""

    def __init__(self, office: Office, name: str) -> None:
        self.office, self.name = office, name.removesuffix(".toml")
        office.recipe(self.name)  # says what is wrong with the name, or with the file
        self.file = office.folder / "recipes" / f"{self.name}.toml"
        self.before = _text(self.file) if self.file.exists() else None
        self.base = self.before if self.before is not None else _text(shipped_recipes() / f"{self.name}.toml")
        self.recipe = self._read(self.base)

    @property
    def questions(self) -> list[Question]:
        """The nine of the checklist, then when each step is done."""
        asked = [Question(*self._asked(key)) for key in _ASKS]
        return asked + [self._when(place, step) for place, step in enumerate(self.recipe.steps) if self._has_a_time(step)]

    def _has_a_time(self, step: Step) -> bool:
        """Whether somebody might want it at another time: what a trail does at once, or when something changes, has none."""
        moved = bool(step.offset.amount.amount or step.offset.at)
        return (step.after or step.before) is not None and (self.recipe.shape != "trail" or (moved and not step.on_change))

    def _when(self, place: int, step: Step) -> Question:
        span = "after" if step.after is not None else "before"
        since = f'step "{step.since}"' if step.since else step.anchor or self.recipe.when.anchor
        written = _written(self.base, f"steps.{place}.{span}")
        return Question(f"steps.{place}.{span}", f'Step "{step.name}" ({step.do}): {_SPANS[span]} {since}?', written)

    def mistake(self, key: str, answer: str) -> str:
        """What is wrong with an answer, "" where it can be written; what stands there already always can."""
        answer = answer.strip()
        if answer == next(one.default for one in self.questions if one.key == key):
            return ""
        if not answer and key.removeprefix("why.") not in WHY_ASKED:
            return "this must be answered"
        if not self._can_be_changed(key):
            return f"this is written over several lines: press Enter, and change it in {self.file.name}"
        try:
            self._read(_answered(self.base, {key: answer}))
        except FilesNeedMending as error:
            return "; ".join(mistake.removeprefix(f"{self.name}.toml: ") for mistake in error.mistakes)
        return ""

    def draft(self, answers: Mapping[str, str]) -> Draft:
        """The file with these answers. Raises ContractorOpsError where the file is written so that they cannot be put into it."""
        defaults = {one.key: one.default for one in self.questions}
        changed = {key: answer.strip() for key, answer in answers.items() if answer.strip() != defaults.get(key)}
        if wrong := [key for key in changed if not self._can_be_changed(key)]:
            raise ContractorOpsError(
                f"{self.file.name} is written so that {wrong[0]} cannot be changed from here.", f"Change it in {self.file}."
            )
        text = _answered(self.base, changed)
        self._read(text)
        return Draft(self.file, text, self.before)

    def _can_be_changed(self, key: str) -> bool:
        """Whether it stands on a line of its own, or is not there yet."""
        return bool(_written(self.base, key)) or (key.startswith("why.") and key.removeprefix("why.") not in self.recipe.why)

    def _asked(self, key: str) -> tuple[str, str, str]:
        if key != "owner":
            return f"why.{key}", _ASKS[key], self.recipe.why.get(key, "")
        people = ", ".join(f"{one} ({person.name})" for one, person in self.office.config.people.items())
        return key, f"{_ASKS[key]} One of: {people}.", self.recipe.owner

    def _read(self, text: str) -> Recipe:
        return read_recipe(text.encode(), self.name, READABLE, self.office.config.people)


def write_draft(draft: Draft, *, replacing: bool = False) -> str:
    """Write a draft, and say so. A file that is there stays, unless it is to be replaced: then the old one is kept beside it."""
    if not draft.is_news:
        return f"{draft.file} says all that already; it was left as it is."
    if draft.before is not None and not replacing:
        return f"{draft.file} is there already and was left as it is."
    draft.file.parent.mkdir(exist_ok=True)
    kept = ""
    if draft.before is not None:
        old = draft.file.with_suffix(".toml.before")
        old.write_text(draft.before, encoding="utf-8", newline="")
        kept = f" The old one is kept as {old.name}."
    beside = draft.file.with_name(f".{draft.file.name}.new")
    beside.write_text(draft.text, encoding="utf-8", newline="")
    beside.replace(draft.file)
    return f"{draft.file} was written.{kept}"


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig")


def _answered(text: str, answers: Mapping[str, str]) -> str:
    """The text with these answers put in: the value changes, the rest of its line stays."""
    for key, answer in answers.items():
        text = _with(text, key, json.dumps(answer, ensure_ascii=False).replace("\x7f", "\\u007f"))
    return text


def _with(text: str, key: str, value: str) -> str:
    lines = text.split("\n")
    first, last, name = _section(lines, key)
    for at in range(first, last):
        if found := _line(name).match(lines[at]):
            lines[at] = f"{found[1]}{value}{found[3]}"
            return "\n".join(lines)
    return "\n".join([*lines[:first], f"{name} = {value}", *lines[first:]])


def _written(text: str, key: str) -> str:
    """What stands under a key, "" where its line is not of the plain kind."""
    lines = text.split("\n")
    first, last, name = _section(lines, key)
    found = next((found for line in lines[first:last] if (found := _line(name).match(line))), None)
    if found is None:
        return ""
    return found[2][1:-1] if found[2].startswith("'") else str(json.loads(found[2], strict=False))


def _line(name: str) -> re.Pattern[str]:
    """The whole line of a key whose value is text in quotes."""
    return re.compile(rf"^(\s*{re.escape(name)}\s*=\s*)({_TEXT})(\s*(?:#.*)?)$")


def _section(lines: list[str], key: str) -> tuple[int, int, str]:
    """The lines of a key's table, from the first to the one after the last, and the key's own name."""
    *where, name = key.split(".")
    heads = [at for at, line in enumerate(lines) if line.lstrip().startswith("[")]
    ends = dict(zip(heads, [*heads[1:], len(lines)], strict=True))
    if not where:
        return 0, heads[0] if heads else len(lines), name
    header, place = ("[[steps]]", int(where[1])) if where[0] == "steps" else (f"[{where[0]}]", 0)
    fitting = [at for at in heads if lines[at].split("#")[0].strip() == header]
    if place >= len(fitting):
        return len(lines), len(lines), name
    return fitting[place] + 1, ends[fitting[place]], name
