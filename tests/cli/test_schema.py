"""`schema run` prints what run documents really look like."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.offices import ESTIMATES, follow_up
from tests.stories.inside import Office

MONDAY = "2026-11-23T10:00"
ROWS = [
    ("E-1", "Ann Li", "ann@li.example", "312-555-0142", "Furnace", "Sent", "11/20/2026", "$480", ""),
    ("E-2", "Bo Ray", "", "", "Roof", "Sent", "11/20/2026", "$900", ""),
    ("E-3", "Cy Fox", "", "", "Pump", "Sent", "31/31/2026", "TBD", ""),
    ("E-4", "Di Poe", "", "", "Pump", "Accepted", "11/20/2026", "$90", ""),
    ("E-5", "Ed Orr", "ed@orr.example", "808-555-0199", "Pump", "Sent", "11/20/2026", "$90", ""),
    ("E-6", "Flo Day", "flo@day.example", "", "Pump", "Sent", "11/23/2026", "$90", ""),
    ("E-7", "Gus May", "gus@may.example", "", "Pump", "Sent", "11/01/2026", "$90", ""),
]
TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "array": list,
    "object": dict,
    "null": type(None),
    "number": int | float,
}


def printed_schema() -> Any:
    command = [sys.executable, "-m", "contractor_ops", "schema", "run"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


SCHEMA = printed_schema()


def wrong(schema: dict[str, Any], value: Any, place: str = "document") -> list[str]:
    """What a value has that its schema does not allow. Knows what our schema uses: type, enum, properties, required, items, minimum, format."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) and not (kind == "integer" and isinstance(value, bool)) for kind in kinds):
        return [f"{place}: {value!r} is no {kinds}"]
    found = [f"{place}: {value!r} is none of {schema['enum']}"] if "enum" in schema and value not in schema["enum"] else []
    if "minimum" in schema and value is not None and value < schema["minimum"]:
        found.append(f"{place}: {value} is too small")
    if schema.get("format") == "date-time" and value is not None and datetime.fromisoformat(value).tzinfo is None:
        found.append(f"{place}: {value} has no zone")
    if isinstance(value, dict):
        found += [f"{place}: {key} is missing" for key in schema.get("required", []) if key not in value]
        found += [f"{place}: {key} is not in the schema" for key in value if key not in schema["properties"]]
        found += [one for key, part in schema["properties"].items() if key in value for one in wrong(part, value[key], f"{place}.{key}")]
    if isinstance(value, list):
        found += [one for number, part in enumerate(value) for one in wrong(schema["items"], part, f"{place}[{number}]")]
    return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.sheet("estimates", ESTIMATES, ROWS, 'max_age = "1 hour"')
    return office


@pytest.mark.parametrize(
    ("mode", "top", "words"),
    [
        ("auto", "", ("--send", "--accept", "stale-source")),
        ("auto", "", ()),
        ("approve", "", ("--accept", "stale-source")),
        ("rehearse", 'shape = "trail"', ("--send", "--accept", "stale-source")),
        ("auto", 'one_per = "customer"', ("--send", "--accept", "stale-source")),
    ],
)
def test_a_run_document_is_what_its_schema_says(office: Office, mode: str, top: str, words: tuple[str, ...]) -> None:
    office.recipe("mine", follow_up(mode, top=top))
    document = office.run("mine", MONDAY, *words)
    assert wrong(SCHEMA, document) == []
    assert {one["decision"] for one in document["decisions"]} >= {"broken", "ended", "wait"}
    assert document["problems"] and document["sent"] == ("--send" in words)


def test_the_check_of_this_test_sees_what_is_wrong() -> None:
    assert SCHEMA["title"] == "contractor-ops run"
    assert wrong(SCHEMA, {}) == [f"document: {key} is missing" for key in SCHEMA["required"]]
    assert len(wrong(SCHEMA, dict.fromkeys(SCHEMA["required"]))) == len(SCHEMA["required"])
    assert wrong(SCHEMA, 5) == ["document: 5 is no ['object']"]
