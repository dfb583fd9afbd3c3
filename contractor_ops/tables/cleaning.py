"""Which cleaner understands which kind of column."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from contractor_ops.tables.cells.days import clean_days, clean_durations, clean_moments
from contractor_ops.tables.cells.emails import clean_emails
from contractor_ops.tables.cells.lines import clean_lines
from contractor_ops.tables.cells.money import clean_money, clean_number
from contractor_ops.tables.cells.names import clean_name
from contractor_ops.tables.cells.phones import clean_phones
from contractor_ops.tables.cells.text import clean_ids, clean_text, clean_yes_no, without_controls
from contractor_ops.tables.columns import COSTLY, ColumnKind

DAY_FIRST_UNLESS = frozenset({"US", "CA", "PH", "PR", "GU"})
"""Countries whose people write the month first."""
Cleaned = tuple[list[Any], dict[int, str]]


def clean_names(values: Sequence[Any]) -> Cleaned:
    """Customers' names, each distinct text understood once."""
    texts, troubles = clean_text(values)
    known: dict[Any, Any] = {text: clean_name(text) if text is not None else None for text in set(texts)}
    return [known[text] for text in texts], troubles


_CLEANERS: dict[ColumnKind, Callable[[Sequence[Any]], Cleaned]] = {
    "id": clean_ids,
    "text": clean_text,
    "status": clean_text,
    "name": clean_names,
    "money": clean_money,
    "number": clean_number,
    "seconds": clean_durations,
    "yes_no": clean_yes_no,
    "email": clean_emails,
}


def clean_values(
    kind: ColumnKind, values: list[Any], *, country: str, complete: bool, unit: str = ""
) -> tuple[list[Any], dict[int, str], str | None]:
    """A column's typed values, what is wrong by index, and a note where day and month could be either way round.

    Without `complete`, telephone numbers and e-mail addresses stay as written: they are cleaned for rows that are still live.
    """
    if kind in {"day", "moment"}:
        clean = clean_days if kind == "day" else clean_moments
        cleaned, troubles, note = clean(values, day_first_country=country.upper() not in DAY_FIRST_UNLESS)
        return (_in_utc(cleaned) if unit == "utc" else list(cleaned)), troubles, note
    if not complete and kind in COSTLY:
        return as_written(values), {}, None
    if kind in {"phone", "line"}:
        return (*(clean_phones if kind == "phone" else clean_lines)(values, country), None)
    return (*_CLEANERS[kind](values), None)


def as_shown(value: Any) -> str | None:
    """A raw cell for a problem, as the sheet would show it: no ".0", no midnight."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == time.min else value
    return None if value is None else without_controls(str(value))


def as_written(values: Sequence[Any]) -> list[str | None]:
    """The cells as texts, a telephone number that a spreadsheet took for a number without its decimals."""
    if set(map(type, values)) <= {str, type(None)}:
        return [value or None for value in values]
    return [value or None if isinstance(value, str) else text for value, text in zip(values, clean_ids(values)[0], strict=True)]


def _in_utc(values: Sequence[Any]) -> list[Any]:
    return [value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value for value in values]
