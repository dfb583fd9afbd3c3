"""The sandbox that templates run in: look-ups, calculations, loops and filters, each counted, with missing values kept apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Undefined, UndefinedError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from contractor_ops.planning import wording_values as values
from contractor_ops.planning.wording_values import Unfit

LONGEST_LIST = 1_000
_EFFORT = 100_000  # look-ups, filters and turns of loops in one message; a plain message needs about ten
_LONGEST_JOIN = 100_000
# The steps that the reader puts into a template. A name with a blank in it cannot be typed by anybody else.
LOOKED_UP, PRINTED, EACH = "looked up", "printed", "each item"


class MissingValue(UndefinedError):
    """Something was to be done with a value that is not there; the message is its name."""


class Missing(StrictUndefined):
    """A value that is not there, or is blank. False in a test, so that `{% if %}` and `or` work; all else raises MissingValue."""

    __slots__ = ()

    def __init__(self, path: str) -> None:
        super().__init__(hint=path, exc=MissingValue)

    @property
    def path(self) -> str:
        """Its name as the template writes it."""
        return self._undefined_hint or ""

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class Rendering(Context):
    """One message being written: which values were missing, and how much effort is left."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing: list[str] = []
        self.effort = _EFFORT

    def spend(self, effort: int = 1) -> None:
        """Raises Unfit when a message is too much work."""
        self.effort -= effort
        if self.effort < 0:
            raise Unfit("the text is too much work: there are too many turns of its loops")

    @property
    def today(self) -> date | None:
        """The context's `today`, which days are told from."""
        today = self.get("today")
        return today if isinstance(today, date) else None


class Language(SandboxedEnvironment):
    """The sandbox. Calculations, look-ups and loops all pass through here."""

    intercepted_binops = frozenset({"+", "-", "*", "/"})
    context_class = Rendering

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`customer.name`: an entry of a mapping, else an attribute of a value; never a method."""
        return self._found(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`customer["name"]`, `rows[0]`, `title[:20]`."""
        if isinstance(argument, str):
            return self._found(obj, argument)
        if isinstance(obj, Undefined):
            return obj
        try:
            return obj[argument]
        except LookupError:
            return self.undefined()

    def _found(self, obj: Any, name: str) -> Any:
        if isinstance(obj, Undefined):
            return obj
        found = values.field(obj, name)
        if found is None or not (isinstance(obj, Mapping) or self.is_safe_attribute(obj, name, found)):
            return self.undefined(name=name)
        return found

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculations; with a missing value the result is that missing value."""
        _rendering(context).spend()
        for side in (left, right):
            if isinstance(side, Undefined):
                return side
        return values.calculated(operator, left, right)


def _rendering(context: Context) -> Rendering:
    assert isinstance(context, Rendering)
    return context


@pass_context
def _look_up(context: Rendering, value: Any, path: str) -> Any:
    length = len(value) if isinstance(value, str) else 0
    context.spend(1 + length // 200)
    clean = None if isinstance(value, Undefined) else values.cleaned(value)
    return Missing(path) if clean is None else clean


@pass_context
def _print(context: Rendering, value: Any, label: str, blank_is_meant: bool) -> str:
    context.spend()
    if isinstance(value, Undefined):
        if isinstance(value, Missing) or not blank_is_meant:
            context.missing.append(value.path if isinstance(value, Missing) else label)
        return ""
    text = values.as_text(value, context.today)
    if not text.strip() and not blank_is_meant:
        context.missing.append(label)
    return text


@pass_context
def _each(context: Rendering, value: Any, label: str) -> Sequence[Any]:
    if isinstance(value, Undefined):
        raise MissingValue(value.path if isinstance(value, Missing) else label)
    found = values.items(value, LONGEST_LIST)
    context.spend(len(found))
    return found


@pass_context
def _default(context: Rendering, value: Any, other: Any) -> Any:
    context.spend()
    return other if isinstance(value, Undefined) else value


@pass_context
def _day(context: Rendering, value: Any) -> Any:
    return value if isinstance(value, Undefined) else values.day(value, context.today)


@pass_context
def _join(context: Rendering, value: Any, separator: str = ", ", attribute: str = "") -> Any:
    if isinstance(value, Undefined):
        return value
    parts = [values.as_text(part, context.today) for part in _parts(context, value, attribute)]
    if sum(map(len, parts)) + len(parts) * len(separator) > _LONGEST_JOIN:
        raise Unfit("a list is too long to be put into words")
    return separator.join(parts)


@pass_context
def _sum(context: Rendering, value: Any, attribute: str = "") -> Any:
    if isinstance(value, Undefined):
        return value
    total: Any = 0
    for part in _parts(context, value, attribute):
        total = values.calculated("+", total, part)
    return total


def _parts(context: Rendering, value: Any, attribute: str) -> Iterator[Any]:
    for item in _each(context, value, "a list"):
        part = values.cleaned(values.field(item, attribute) if attribute else item)
        if part is None:
            raise MissingValue(attribute or "an item of a list")
        yield part


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that hands a missing value on instead of working on it."""

    @pass_context
    def apply(context: Rendering, value: Any, *arguments: Any, **named: Any) -> Any:
        context.spend()
        return value if isinstance(value, Undefined) else function(value, *arguments, **named)

    return apply


def _is_missing(value: Any) -> bool:
    return isinstance(value, Undefined)


def _is_there(value: Any) -> bool:
    return not isinstance(value, Undefined)


@lru_cache(maxsize=8)
def make_environment(currency: str = "$") -> Language:
    """The language with a country's currency sign. Its filters are all that a template may use."""
    language = Language(undefined=StrictUndefined, autoescape=False, optimized=False, trim_blocks=True, lstrip_blocks=True)
    language.globals.clear()
    language.filters.clear()
    language.filters.update({
        "money": _plain(lambda value: values.money(value, currency)),
        "day": _day, "date": _day, "time": _plain(values.clock), "phone": _plain(values.phone),
        "title": _plain(values.title), "upper": _plain(values.upper), "lower": _plain(values.lower), "plural": _plain(values.plural),
        "default": _default, "join": _join, "sum": _sum, "count": _plain(values.count), "length": _plain(values.count),
        LOOKED_UP: _look_up, PRINTED: _print, EACH: _each,
    })  # fmt: skip
    language.tests.clear()
    language.tests.update({"defined": _is_there, "undefined": _is_missing, "none": _is_missing})
    return language
