"""The office's TOML files: read as people save them, and every mistake told at once with its place and the nearest right word."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from contractor_ops.errors import FilesNeedMending

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Locals = tuple[int | str, ...]
M = TypeVar("M", bound="BaseModel")
_FEW = 8
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")


def read_toml(content: bytes, name: str) -> dict[str, Any]:
    """The tables of a TOML file. Takes a byte order mark and Windows line ends. Raises FilesNeedMending with the line."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise FilesNeedMending([f"{name}, line {line}: a letter is not UTF-8. Save the file as UTF-8 in your editor."]) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise FilesNeedMending([f"{name}: {_plain_toml_error(str(wrong), text.splitlines())}"]) from None
    except (ValueError, RecursionError):
        raise FilesNeedMending([f"{name}: a number is too long, or brackets stand too deep in one another."]) from None


def _plain_toml_error(error: str, lines: list[str]) -> str:
    found = re.match(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", error)
    what, line = (found[1], found[2]) if found else (error, None)
    place = f"line {line}" if line else "the last line"
    hints = {
        "Invalid value": "text must stand in quotes, and true/false in small letters",
        "Cannot overwrite a value": "this key stands twice",
        "Expected '=' after a key": "a line must read key = value",
        "Illegal character": "a quote is not closed, or a line is broken in two",
        "Unterminated string": "a quote is not closed",
    }
    hint = next((hint for start, hint in hints.items() if what.startswith(start)), "")
    if line and _CURLY.search(lines[int(line) - 1]):
        hint = 'these are curly quotes, as a word processor makes them; type straight ones: "'
    return f"{place}: {what[0].lower()}{what[1:]}" + (f" ({hint})" if hint else "")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    choices = list(known)
    # One slip of the finger tells more than likeness: "rusn" is "runs", although "first_run" holds more of its letters.
    slip = process.extractOne(word, choices, scorer=OSA.distance, processor=str.lower, score_cutoff=1)
    alike = slip or process.extractOne(word, choices, scorer=fuzz.WRatio, processor=str.lower, score_cutoff=60)
    return alike[0] if alike else None


def did_you_mean(word: str, known: Iterable[str], see: str = "") -> str:
    """The end of a sentence about an unknown word: the nearest right one, else the few there are, else the command that lists them."""
    choices = sorted(known)
    best = nearest(word, choices)
    if best:
        return f'did you mean "{best}"?'
    if len(choices) > _FEW and see:
        return f"see {see}"
    more = f" and {len(choices) - _FEW} more" if len(choices) > _FEW else ""
    return f"it can be {', '.join(choices[:_FEW])}{more}" if choices else "there is none"


def checked(model: type[M], data: Mapping[str, Any], name: str) -> M:
    """The data as a model. Raises FilesNeedMending with one sentence for each mistake; values are never repeated."""
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as wrong:
        raise FilesNeedMending(mistakes_of(wrong, model, name)) from None


def mistakes_of(wrong: "ValidationError", model: type["BaseModel"], name: str, repeat_values: bool = False) -> list[str]:
    """One sentence for each mistake that pydantic found, with the key's place and a remedy. Config values may be secret: they are not repeated."""
    found = [_sentence(error, model) for error in _misspelt_first(wrong.errors(include_url=False, include_input=repeat_values), model)]
    return [f"{name}: {line}" for sentence in found for line in sentence.splitlines()]


def _misspelt_first(errors: Iterable[Any], model: type["BaseModel"]) -> list[Any]:
    """Unknown keys before the rest; a key that is missing only because it is misspelt is not told a second time."""
    ordered = sorted(errors, key=lambda error: error["type"] != "extra_forbidden")
    unknown = [error["loc"] for error in ordered if error["type"] == "extra_forbidden"]
    meant = {(*place[:-1], nearest(str(place[-1]), sorted(_keys_at(model, place[:-1])))) for place in unknown}
    return [error for error in ordered if error["type"] != "missing" or error["loc"] not in meant]


def _sentence(error: Any, model: type["BaseModel"]) -> str:
    place, kind, context = _place(error["loc"]), error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys_at(model, error["loc"][:-1])
        return f"{place} is no key that I know; {did_you_mean(str(error['loc'][-1]), known)}"
    if kind == "missing":
        return f"{place} is missing"
    if kind in {"literal_error", "enum"} and error["loc"][-1] == "[key]":
        key, known = error["loc"][-2], re.findall("'([^']+)'", context.get("expected", ""))
        return f'{_place(error["loc"][:-2])}: "{key}" cannot stand here; {did_you_mean(str(key), known)}'
    if kind in {"literal_error", "enum"}:
        seen = f', not "{error["input"]}"' if isinstance(error.get("input"), str) else ""
        return f"{place} must be {context.get('expected', 'one of the known words')}{seen}"
    if kind == "value_error":
        return f"{place}: {context['error']}" if place else str(context["error"])
    if kind.endswith(("_type", "_parsing", "_from_float")):
        return f"{place} must be {KINDS.get(kind.split('_')[0], 'written differently')}"
    return f"{place}: {error['msg'][0].lower()}{error['msg'][1:]}"


KINDS = {
    "string": 'text in quotes, like "this"',
    "int": "a whole number, without quotes",
    "float": "a number, without quotes",
    "decimal": "a number, without quotes",
    "bool": "true or false, without quotes",
    "list": 'a list, like ["this", "that"]',
    "tuple": 'a list, like ["this", "that"]',
    "dict": "a table of its own, like { key = value }",
    "model": "a table of its own, like { key = value }",
    "date": 'a day, like "2026-12-01"',
    "time": 'a time of day, like "09:00"',
}


def _place(location: Locals) -> str:
    words = ""
    for part in location:
        words += f" {part + 1}" if isinstance(part, int) else f".{part}" if words else str(part)
    return words


def _keys_at(model: type["BaseModel"], location: Locals) -> list[str]:
    """The keys that are allowed at a place, found by walking the model's own fields."""
    from typing import get_origin

    from pydantic import BaseModel

    here: Any = model
    named = False  # whether the next part of the place is a name of the office's own, like a table's or a person's
    for part in location:
        if named or isinstance(part, int) or not (isinstance(here, type) and issubclass(here, BaseModel)):
            named = False
            continue
        field = next((f for n, f in here.model_fields.items() if part in (n, f.alias)), None)
        named = field is not None and get_origin(field.annotation) is dict
        here = _model_in(field.annotation) if field else None
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [field.alias or name for name, field in here.model_fields.items()]
    return []


def _model_in(annotation: Any) -> Any:
    from typing import get_args

    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
