"""Which kind of job a booking is: the kinds that ship with the package, and over them, key by key, what the office says in config.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from contractor_ops.bookings.kind import Kind
from contractor_ops.bookings.recognise import Names
from contractor_ops.spans import read_span

if TYPE_CHECKING:
    from contractor_ops.config import JobKindPart

_KEYS = tuple(one.name for one in fields(Kind) if one.name != "name")


class Means(NamedTuple):
    """What a phrase names: a kind that ships with the package, or one of the office's own."""

    name: str
    own: bool = False


def shipped_kinds() -> tuple[str, ...]:
    """The names of the kinds that ship with the package."""
    return tuple(_written()["kinds"])


def find_kind(job_type: str, title: str, parts: Mapping[str, "JobKindPart"]) -> Kind | None:
    """The kind of one job. Whoever asks for many keeps a Kinds."""
    return Kinds(parts).find(job_type, title)


class Kinds:
    """Every kind that an office knows, made ready to be asked for many jobs. `parts` is [job_types] of config.toml."""

    def __init__(self, parts: Mapping[str, "JobKindPart"]) -> None:
        self._parts = parts
        self._names = Names(_phrases(parts), _written()["same"]) if parts else _shipped_names()
        self._made: dict[tuple[str, str], Kind] = {}
        self._found: dict[tuple[str, str], Kind | None] = {}

    def find(self, job_type: str, title: str) -> Kind | None:
        """The kind that a job's type and title name, or None: by the most words, the office's own before a shipped one."""
        asked = (job_type, title)
        if asked not in self._found:
            self._found[asked] = self._look_up(job_type, title)
        return self._found[asked]

    def _look_up(self, job_type: str, title: str) -> Kind | None:
        found = self._names.find(job_type, title)
        if found is None:
            return None
        if found.own:
            return self._own(found.name, _base(found.name, title))
        typed = self._names.find(job_type, "") if self._parts else None
        if typed is not None and typed.own:  # the title says more exactly what the office's kind is here: an AC tune-up is a tune-up
            return self._own(typed.name, found.name)
        return _shipped()[found.name]

    def _own(self, name: str, base: str) -> Kind:
        """What the office says of its kind, and for the rest what the shipped one says that it stands on."""
        base = self._parts[name].same_as or base
        if (name, base) not in self._made:
            self._made[name, base] = _over(_shipped().get(base), name, self._parts[name])
        return self._made[name, base]


def _base(name: str, title: str) -> str:
    """The shipped kind that an own kind's name means; a title may make it more exact, but never stands alone."""
    names = _shipped_names()
    meant = names.find(name, "") and names.find(name, title)
    return meant.name if meant else ""


def _over(base: Kind | None, name: str, part: "JobKindPart") -> Kind:
    said = {key: value for key in _KEYS if (value := getattr(part, key)) is not None}
    return replace(base or Kind(name), **_as_known(said), name=name)


def _as_known(said: dict[str, Any]) -> dict[str, Any]:
    """The keys of a kind; "0 days" and a deposit of 0 are how a person says: none."""
    for key in ("rebook_after", "deposit"):
        if key in said and not said[key].amount:
            said[key] = None
    return said


def _phrases(parts: Mapping[str, "JobKindPart"]) -> Iterator[tuple[str, Means, int]]:
    """The office's names first. Where one is a shipped kind's name, all words of that kind mean the office's."""
    names = _shipped_names()
    taken: dict[frozenset[str], Means] = {}
    for name, part in parts.items():
        means = Means(name, own=True)
        taken.setdefault(names.words(name), means)
        yield from ((text, means, names.weight(text)) for text in (name, *part.words))
    for text, shipped, weight in _shipped_phrases():
        yield text, taken.get(names.words(shipped.name), shipped), weight


def _shipped_phrases() -> Iterator[tuple[str, Means, int]]:
    for name, kind in _written()["kinds"].items():
        yield from ((text, Means(name), kind.get("weight", 0)) for text in (name, *kind["words"]))


@lru_cache(maxsize=1)
def _shipped_names() -> Names[Means]:
    return Names(_shipped_phrases(), _written()["same"])


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Kind]:
    return {name: _kind(name, written) for name, written in _written()["kinds"].items()}


def _kind(name: str, written: Mapping[str, Any]) -> Kind:
    said: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in written.items() if key in _KEYS}
    if "rebook_after" in said:
        said["rebook_after"] = read_span(said["rebook_after"])
    return Kind(name, **said)


@lru_cache(maxsize=1)
def _written() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))
