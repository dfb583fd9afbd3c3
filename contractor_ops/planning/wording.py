"""The words of a message: a template, parsed once, filled in for each record. What is missing never goes out.

    Hi {{ customer.first_name or "there" }}, invoice {{ number }} ({{ balance|money }}) was due on {{ due_on|day }}.

A template may print values, test them with `{% if %}` and loop over lists with `{% for %}`. Its filters:

| filter | gives |
|---|---|
| `money` | $1,250.00 · -$25.00 |
| `day` (or `date`) | Mon, Nov 3 (with the year when it is not the one of `today`) |
| `time` | 2:30 PM |
| `phone` | (312) 555-0142 |
| `title` `upper` `lower` | Roof Repair · ROOF REPAIR · roof repair |
| `n\\|plural("invoice")` | invoice or invoices |
| `default("there")` | another text where the value is missing; `or "there"` does the same |
| `rows\\|join(", ", "number")` `rows\\|sum("balance")` `rows\\|count` | what a list comes to |
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from contractor_ops.tomlfile import did_you_mean

if TYPE_CHECKING:
    from jinja2 import Template, nodes

LONGEST_TEMPLATE = 20_000
LONGEST_TEXT = 100_000
_STRAY_BRACKETS = re.compile(r"\{\{|\}\}|\{%|%\}")
_SINGLE_BRACKETS = re.compile(r"\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}", re.IGNORECASE)
_PLAIN_ERRORS = {
    r"(?i)unexpected end of template": "an {{% if %}} or {{% for %}} is not closed with {{% endif %}} or {{% endfor %}}",
    r"Encountered unknown tag '(end\w+|el\w+)'": "{{% {0} %}} closes or continues something that was not opened",
    r"Encountered unknown tag '(\w+)'": "{{% {0} %}} is no tag; there are if, elif, else, endif, for and endfor",
    r"expected token 'end of \w+ \w+', got '(.*)'": '"{0}" does not belong there; a name has no blanks in it',
    r"Missing end of comment": "a comment {{# is not closed with #}}",
    r"unexpected char (.+) at": "the character {0} does not belong there",
}
"""What jinja2 says, and what it means to somebody who writes letters."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled-in template. `text` is None when placeholders are `missing` (their names, in order) or there is a `problem` (a sentence)."""

    text: str | None
    missing: tuple[str, ...] = ()
    problem: str | None = None


@lru_cache(maxsize=2048)
def wording_of(template: str, where: str, currency: str = "$") -> "Wording":
    """A template read once for as long as this process lives, however often a recipe is planned. Raises ValueError."""
    return Wording(template, where, currency)


class Wording:
    """A template that is ready to be filled in. `where` says whose it is, in sentences ("estimate-follow-up: step first-nudge").

    Raises ValueError with a sentence that names the place when it cannot be understood, or uses what messages may not use.
    """

    def __init__(self, template: str, where: str, currency: str = "$") -> None:
        self.where = where
        self._several_lines = "\n" in template.strip()
        self._template, self._names = self._read(template, currency)

    def names(self) -> set[str]:
        """The names that it uses: "total", "customer.first_name"; what a loop goes through is told by its list: "rows.total"."""
        return set(self._names)

    def unknown(self, known: Iterable[str]) -> list[str]:
        """A sentence for each name that is not known, with the nearest that is. A known name without parts may have any parts."""
        choices = set(known)
        return [
            f'{self._place(line)}: "{name}" is not known; {did_you_mean(name, choices)}'
            for name, line in self._names.items()
            if not _is_known(name, choices)
        ]

    def render(self, context: Mapping[str, Any]) -> Rendered:
        """Fill it in. Never raises: what goes wrong is `missing` or a `problem`. Days are told from the context's `today`."""
        from contractor_ops.planning.wording_sandbox import MissingValue, Rendering

        rendering = self._template.new_context(context, shared=True)  # type: ignore[arg-type]  # any mapping will do
        assert isinstance(rendering, Rendering)
        text, problem = None, None
        try:
            text = self._written(rendering)
        except MissingValue as missing:
            rendering.missing.append(str(missing))
        except Exception as error:  # whatever a template does with odd values: a person looks at it
            problem = f"{self._place(self._line_of(error))}: {_plain_reason(error)}"
        if text is not None and not text.strip() and not rendering.missing:
            problem = f"{self.where}: the text comes out empty"
        missing_names = tuple(dict.fromkeys(rendering.missing))
        return Rendered(None if missing_names or problem else text, missing_names, problem)

    def _written(self, rendering: Any) -> str:
        from contractor_ops.planning.wording_values import Unfit

        parts, length = [], 0
        for part in self._template.root_render_func(rendering):
            parts.append(part)
            length += len(part)
            if length > LONGEST_TEXT:
                raise Unfit(f"the text is longer than {LONGEST_TEXT:,} characters")
        return "".join(parts)

    def _read(self, source: str, currency: str) -> tuple["Template", dict[str, int]]:
        from jinja2 import TemplateSyntaxError

        from contractor_ops.planning.wording_reader import Mistake, Reader
        from contractor_ops.planning.wording_sandbox import make_environment

        if not source.strip():
            raise ValueError(f"{self.where}: the text is empty")
        if len(source) > LONGEST_TEMPLATE:
            raise ValueError(f"{self.where}: the text is longer than {LONGEST_TEMPLATE:,} characters")
        language = make_environment(currency)
        reader = Reader(language)
        try:
            tree = language.parse(source)
            self._check_brackets(tree)
            reader.read(tree).set_environment(language)
            return language.from_string(tree), reader.names
        except TemplateSyntaxError as error:
            raise ValueError(f"{self._place(error.lineno)}: {_plain_syntax(error.message or '')}") from None
        except Mistake as mistake:
            raise ValueError(f"{self._place(mistake.line)}: {mistake}") from None
        except (RecursionError, SyntaxError, MemoryError, ArithmeticError, ValueError) as error:
            if str(error).startswith(self.where):
                raise
            raise ValueError(f"{self.where}: the text is too deeply nested, or has a number that is too long") from None

    def _check_brackets(self, tree: "nodes.Template") -> None:
        from jinja2 import nodes

        for data in tree.find_all(nodes.TemplateData):
            if found := _STRAY_BRACKETS.search(data.data):
                raise ValueError(f'{self._place(data.lineno)}: "{found[0]}" stands alone; a placeholder reads {{{{ number }}}}')
            if found := _SINGLE_BRACKETS.search(data.data):
                raise ValueError(f'{self._place(data.lineno)}: "{found[0]}" needs two brackets on each side: {{{{ {found[1]} }}}}')

    def _place(self, line: int | None) -> str:
        return f"{self.where}, line {line} of its text" if line and self._several_lines else self.where

    def _line_of(self, error: BaseException) -> int | None:
        line, step = None, error.__traceback__
        while step is not None:
            if step.tb_frame.f_globals.get("__jinja_template__") is self._template:
                line = self._template.get_corresponding_lineno(step.tb_lineno)
            step = step.tb_next
        return line


def _is_known(name: str, known: set[str]) -> bool:
    """Known as it stands, as the whole of known parts ("customer"), or as a part of something whose parts nobody listed."""
    if name in known or any(one.startswith(f"{name}.") for one in known):
        return True
    whole = name.rpartition(".")[0]
    while whole:
        if whole in known:
            return not any(one.startswith(f"{whole}.") for one in known)
        whole = whole.rpartition(".")[0]
    return False


def _plain_syntax(message: str) -> str:
    for pattern, sentence in _PLAIN_ERRORS.items():
        if found := re.search(pattern, message):
            return sentence.format(*found.groups())
    return f"the template cannot be understood: {message.rstrip('.')}"


def _plain_reason(error: Exception) -> str:
    from contractor_ops.planning.wording_values import Unfit

    if isinstance(error, Unfit):
        return str(error)
    if isinstance(error, TypeError):
        return "values of different kinds are compared or put together, or a filter is used in a wrong way"
    return "the text cannot be filled in with this record's values"
