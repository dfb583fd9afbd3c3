"""The answer about whoever is on the line, for scripts."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from contractor_ops.reports.who import Answer
from contractor_ops.tables.record import Place


def who_json(answer: Answer) -> dict[str, Any]:
    """The answer for scripts."""
    caller = answer.caller
    return {
        "asked": answer.asked, "now": answer.now.isoformat(),
        "customer": None if caller is None else {**_plain(caller), "owed": caller.owed if answer.knows("invoices") else None},
        "choices": [{"pick": number, **_plain(choice)} for number, choice in enumerate(answer.choices, 1)],
        "own_people": [_plain(one) for one in answer.own],
        "sources": [_plain(one) for one in answer.sources],
        "not_kept": sorted(answer.not_kept), "not_read": sorted(answer.not_read), "troubles": list(answer.troubles),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    """A value of ours as dicts and lists; a place is where it stands in the office's files."""
    if isinstance(value, Place):
        return value._asdict()
    if is_dataclass(value):
        return {("source" if one.name == "place" else one.name): _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value
