"""The costly cleaning, done for rows that are still live: telephone numbers and e-mail addresses."""

from collections.abc import Mapping

from contractor_ops.tables.cells.emails import clean_emails
from contractor_ops.tables.cells.lines import clean_line
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.columns import COSTLY, TableSpec
from contractor_ops.tables.record import ColumnMatch, Problem, Record, Value

UNKNOWN: Mapping[str, ColumnMatch | None] = {}


def complete_record(record: Record, spec: TableSpec, country: str, columns: Mapping[str, ColumnMatch | None] = UNKNOWN) -> Record:
    """Clean what `build_table(complete=False)` left as written, in place; `columns` is the table's, for the headings in problems."""
    for column in spec.columns:
        raw = record.values.get(column.name) if column.kind in COSTLY else None
        if not isinstance(raw, str):
            continue
        value, trouble = _clean(column.kind, raw, country)
        record.values[column.name] = value
        if trouble:
            match, place = columns.get(column.name), record.place
            heading = match.headings[0] if match and match.headings else column.name
            problem = Problem(place.file, place.sheet, place.row, heading, raw, trouble)
            record.problems = {**record.problems, column.name: problem}
    return record


def _clean(kind: str, raw: str, country: str) -> tuple[Value, str | None]:
    if kind == "phone":
        return clean_phone(raw, country)
    if kind == "line":
        return clean_line(raw, country)
    values, troubles = clean_emails([raw])
    return values[0], troubles.get(0)
