"""The tables and their columns, for people and for scripts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractor_ops.tables.columns import TableSpec

CATALOGUE_COLUMNS = ("table", "column", "kind", "headings", "note")


def catalogue_lines(specs: Sequence[TableSpec]) -> Iterator[str]:
    """Each table with its columns, recognised headings and status words."""
    for spec in specs:
        yield f"{spec.name}: {spec.purpose}"
        for column in spec.columns:
            yield f"  {column.name:<18} {column.kind:<8} {column.note}"
            if column.headings:
                yield f"  {'':<27} headings: {', '.join(column.headings)}"
        for meaning, words in spec.statuses.items():
            yield f"  status {meaning}: {', '.join(words)}"
        yield ""


def catalogue_rows(specs: Sequence[TableSpec]) -> Iterator[Mapping[str, Any]]:
    """One row for each column."""
    for spec in specs:
        for column in spec.columns:
            yield {
                "table": spec.name,
                "column": column.name,
                "kind": column.kind,
                "headings": ", ".join(column.headings),
                "note": column.note,
            }


def catalogue_json(spec: TableSpec) -> dict[str, Any]:
    """One table for scripts."""
    return {
        "purpose": spec.purpose,
        "columns": [{"name": c.name, "kind": c.kind, "headings": list(c.headings), "note": c.note} for c in spec.columns],
        "statuses": {meaning: list(words) for meaning, words in spec.statuses.items()},
    }
