"""A table as plain values: the document of `read --format json`, and rows for CSV that can be fed back."""

from collections.abc import Mapping, Sequence
from typing import Any

from contractor_ops.tables.record import Record, Table
from contractor_ops.views.catalogue import READABLE, VIEWS

STORY_HEADINGS: Mapping[str, str] = {
    "because": "why",
    "review_because": "look at first",
    "ended_because": "nothing to do because",
    "no_message_because": "no message because",
    "falls_to": "for",
}
"""What a view found, as people read it. Scripts and recipes know these columns by their own names."""
_FOR_RUNS = frozenset({"draft"})
"""Columns of views that a run makes something of: a whole file in one cell is nothing to read."""


def document(table: Table, explain: bool) -> dict[str, Any]:
    """Records, problems, as-of day and, where a view has them, sums; with `explain` the heading (or headings) of each of our columns."""
    columns = {"columns": {name: headings_of(table, name) for name in table.columns}} if explain else {}
    return {
        "records": [flat(record) for record in table.records],
        "problems": [problem.as_json() for problem in (*table.problems, *table.warnings)],
        "as_of": table.as_of.isoformat() if table.as_of else None,
        **({"sums": {name: float(amount) for name, amount in table.sums.items()}} if table.sums else {}),
        **columns,
    }


def flat(record: Record) -> dict[str, Any]:
    """One record with its source beside its columns; what the sheet does not have is None.

    "source" is the row's place; a column of that name (where a lead or a job came from) is printed as "lead_source".
    """
    place = record.place
    columns = {"lead_source" if name == "source" else name: record[name] for name in READABLE[record.table].column_names}
    return {**columns, "source": {"file": place.file, "sheet": place.sheet, "row": place.row}}


def headings_of(table: Table, column: str) -> str | list[str] | None:
    """The heading that feeds a column, a list of them where there are several, None where there is none."""
    match = table.columns[column]
    if match is None:
        return None
    return match.headings[0] if len(match.headings) == 1 else list(match.headings)


def shown_headings(table: Table) -> Mapping[str, str]:
    """The columns for people, in a sheet or on the screen, each with its heading."""
    if table.name not in VIEWS:
        return {name: name for name in csv_columns(table)}
    return {name: STORY_HEADINGS.get(name, name) for name in csv_columns(table) if name not in _FOR_RUNS}


def csv_columns(table: Table) -> Sequence[str]:
    """The columns that the sheet has, under our names."""
    return [name for name in table.columns if table.has(name)]


def counts(table: Table) -> Mapping[str, int]:
    """Lines that are records, were folded, or were passed over, by kind."""
    return {"records": len(table.records), "folded": table.folded, **table.passed_over}
