"""A run document as rows, one for each decision, for CSV."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

RUN_COLUMNS = (
    "recipe", "decision", "record", "step", "customer", "reason", "owner", "due", "until", "action", "channel", "to", "subject", "body",
    "outcome", "provider_id", "settled_by", "segments", "cost", "table", "file", "sheet", "row",
)  # fmt: skip


def run_rows(documents: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The decisions of several run documents, the source's parts as columns of their own."""
    for document in documents:
        decisions: Iterable[Mapping[str, Any]] = document["decisions"]
        for decision in decisions:
            yield {"recipe": document["recipe"], **decision, **decision["source"]}
