"""Requests held against Google's own description of its APIs, which google-api-python-client ships."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import googleapiclient

DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
Mask = dict[str, Any]
"""The fields that are asked for, and of each those within it; {} is all of it."""


@cache
def _api(name: str) -> Any:
    return json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _methods() -> list[tuple[str, re.Pattern[str], Any, Any]]:
    """Every method: its verb, its path, its description, and the API that it belongs to."""
    found = []
    for api in (_api("sheets.v4"), _api("drive.v3")):
        for method in _of(api["resources"]):
            path = "/" + api["servicePath"] + method.get("flatPath", method["path"])
            pattern = re.sub(r"\\{\w+\\}", "[^/:]+", re.escape(path))
            found.append((method["httpMethod"], re.compile(pattern), method, api))
    return found


def _of(resources: Mapping[str, Any]) -> Iterator[Any]:
    for one in resources.values():
        yield from one.get("methods", {}).values()
        yield from _of(one.get("resources", {}))


def scopes(verb: str, target: str) -> set[str]:
    """What a token must be good for, one of them."""
    return set(_found(verb, target)[0]["scopes"])


def _found(verb: str, target: str) -> tuple[Any, Any]:
    path = urlsplit(target).path
    for its_verb, pattern, method, api in _methods():
        if its_verb == verb and pattern.fullmatch(path):
            return method, api
    raise LookupError(f"{verb} {path} is no method")


def wrong_with(verb: str, target: str, body: bytes) -> list[str]:
    """Everything about a request that its description does not allow."""
    try:
        method, api = _found(verb, target)
    except LookupError as unknown:
        return [str(unknown)]
    known = {**api["parameters"], **method.get("parameters", {})}
    query = parse_qs(urlsplit(target).query, keep_blank_values=True)
    wrong = [line for name, values in query.items() for line in _parameter(name, values, known)]
    if "fields" in query:
        wrong += _mask(mask_of(query["fields"][-1]), api["schemas"][method["response"]["$ref"]], api)
    if body:
        wrong += _value(json.loads(body), method.get("request"), api, "body")
    return wrong


def wrong_with_answer(verb: str, target: str, answer: Any) -> list[str]:
    """Everything about an answer of ours that Google would not give."""
    method, api = _found(verb, target)
    return list(_value(answer, method["response"], api, "answer"))


def _parameter(name: str, values: list[str], known: Mapping[str, Any]) -> Iterator[str]:
    if name not in known:
        yield f"{name} is no parameter"
        return
    about = known[name]
    if len(values) > 1 and not about.get("repeated"):
        yield f"{name} stands more than once"
    for value in values:
        if (
            (about["type"] == "boolean" and value not in {"true", "false"})
            or (about["type"] == "integer" and not value.isdecimal())
            or ("enum" in about and value not in about["enum"])
        ):
            yield f"{name} cannot be {value!r}"


def _value(value: Any, schema: Any, api: Any, place: str) -> Iterator[str]:
    if schema is None:
        yield f"{place} is not wanted"
        return
    if "$ref" in schema:
        schema = api["schemas"][schema["$ref"]]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
    if schema["type"] != "any" and not isinstance(value, kinds[schema["type"]]):
        yield f"{place} is no {schema['type']}"
    elif schema["type"] == "object":
        for key, inner in value.items():
            properties = schema.get("properties", {})
            if key not in properties:
                yield f"{place}.{key} is not known"
            else:
                yield from _value(inner, properties[key], api, f"{place}.{key}")
    elif schema["type"] == "array":
        for inner in value:
            yield from _value(inner, schema["items"], api, f"{place}[]")
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{place} cannot be {value!r}"


def mask_of(text: str) -> Mask:
    """A `fields` parameter: "a,b(c,d/e),f.g"."""
    tokens = re.findall(r"[\w*]+|[(),./]", text)
    if "".join(tokens) != text:
        raise ValueError(f"{text} is no mask")
    mask, rest = _items(tokens)
    if rest:
        raise ValueError(f"{text} is no mask")
    return mask


def _items(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while tokens:
        here = mask.setdefault(tokens[0], {})
        tokens = tokens[1:]
        while tokens and tokens[0] in "./":
            here = here.setdefault(tokens[1], {})
            tokens = tokens[2:]
        if tokens and tokens[0] == "(":
            inner, tokens = _items(tokens[1:])
            here.update(inner)
            if tokens[:1] != [")"]:
                raise ValueError("a bracket is not closed")
            tokens = tokens[1:]
        if tokens[:1] != [","]:
            break
        tokens = tokens[1:]
    return mask, tokens


def _mask(mask: Mask, schema: Any, api: Any) -> Iterator[str]:
    while "$ref" in schema or "items" in schema:
        schema = api["schemas"][schema["$ref"]] if "$ref" in schema else schema["items"]
    for name, inner in mask.items():
        if name not in schema.get("properties", {}) and name != "*":
            yield f"fields: {name} is not known"
        elif inner:
            yield from _mask(inner, schema["properties"][name], api)


def masked(value: Any, mask: Mask) -> Any:
    """What is left of an answer when only these fields are asked for."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    return {name: masked(value[name], inner) for name, inner in mask.items() if name in value}
