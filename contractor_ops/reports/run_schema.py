"""The JSON Schema of a run document. Keys are only ever added."""

from typing import Any

from contractor_ops.planning.decision import KINDS

_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": ["string", "null"]}
_MOMENT = {"type": ["string", "null"], "format": "date-time"}
_COUNT = {"type": "integer", "minimum": 0}


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [key for key in properties if key not in optional]}


_SOURCE = _object({"table": _TEXT, "file": _TEXT, "sheet": _MAYBE_TEXT, "row": {"type": ["integer", "null"]}})
_DECISION = _object({
    "decision": {"enum": list(KINDS)}, "record": _TEXT, "step": _MAYBE_TEXT, "reason": _TEXT, "source": _SOURCE,
    "customer": _MAYBE_TEXT, "owner": _TEXT, "due": _MOMENT, "until": _MOMENT, "action": _MAYBE_TEXT,
    "channel": {"enum": ["sms", "email", None]}, "to": _MAYBE_TEXT, "subject": _MAYBE_TEXT, "body": _MAYBE_TEXT,
    "outcome": {"enum": ["sent", "failed", "in_doubt", "queued", "skipped", None]}, "provider_id": _MAYBE_TEXT, "settled_by": _MAYBE_TEXT,
    "segments": {"type": ["integer", "null"], "minimum": 1}, "cost": {"type": ["number", "null"], "minimum": 0},
})  # fmt: skip
_PROBLEM = _object({
    "file": _TEXT, "sheet": _MAYBE_TEXT, "row": {"type": ["integer", "null"]}, "column": _MAYBE_TEXT, "value": _MAYBE_TEXT, "message": _TEXT,
})  # fmt: skip
_WRITE_BACK = _object({
    "tables": {"type": "array", "items": _TEXT}, "file": _MAYBE_TEXT, "cells": _COUNT, "written": {"type": "boolean"}, "backup": _MAYBE_TEXT,
    "trouble": _MAYBE_TEXT,
})  # fmt: skip
RUN_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "contractor-ops run",
    "description": "One run of one recipe; with several recipes the document is an array of these.",
    **_object({
        "recipe": _TEXT, "now": {"type": "string", "format": "date-time"}, "sent": {"type": "boolean"},
        "mode": {"enum": ["rehearse", "approve", "auto"]},
        "counts": _object({"rows": _COUNT, "decisions": _COUNT, **dict.fromkeys(KINDS, _COUNT)}, optional=("decisions",)),
        "brakes": {"type": "array", "items": _object({"name": _TEXT, "message": _TEXT, "remedy": _TEXT})},
        "decisions": {"type": "array", "items": _DECISION},
        "problems": {"type": "array", "items": _PROBLEM},
        "sums": {"type": "object", "additionalProperties": {"type": "number"}},
        "write_back": {"type": "array", "items": _WRITE_BACK},
    }, optional=("sums", "write_back")),
}  # fmt: skip
