"""One of our columns as raw cells, whether one heading feeds it or several are put together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from contractor_ops.tables.columns import ColumnKind
from contractor_ops.tables.heading_words import heading_key, heading_unit
from contractor_ops.tables.headings import Feed
from contractor_ops.tables.looks import look_of, main_look

_NOTHING = frozenset({"", "-", "--", "–", "—", "N/A", "n/a", "NA"})
_YES = frozenset({"yes", "y", "true", "x", "✓", "✔", "1"})
_SECONDS = {"minutes": 60, "hours": 3600}
_COMPANY = frozenset({"company", "companyname"})
_MEANT: Mapping[str, Mapping[Any, Any]] = {
    "parts": dict.fromkeys(("N/A", "n/a", "N/a"), "none"),  # the technician says that no parts were needed
    "technician": {0: None, "0": None},  # a formula that looks up a blank cell shows 0
}
"""Cells of single columns that mean something else than they say."""


def gather(feed: Feed, texts: Sequence[str], column: Callable[[int], list[Any]]) -> list[Any]:
    """The raw cells of one of our columns; `column` gives those below one heading."""
    parts = [column(index) for index in feed.indexes]
    kind = feed.column.kind
    heading = texts[feed.indexes[0]]
    if kind == "name" and len(parts) > 1 and heading_key(heading) == "firstname":
        company = [heading_key(texts[index]) in _COMPANY for index in feed.indexes]
        return [_person_else_company(cells, company) for cells in zip(*parts, strict=True)]
    if len(parts) > 1:
        join = (
            _first_filled if feed.mode == "first" else joined_address if feed.column.name == "address" else _JOINS.get(kind, _joined_text)
        )
        return [join(cells) for cells in zip(*parts, strict=True)]
    if kind == "seconds" and heading_unit(heading) in _SECONDS:
        return [_times(value, _SECONDS[heading_unit(heading)]) for value in parts[0]]
    if kind == "status" and main_look(parts[0]) == "yes_no":
        return [_spoken(value, heading.strip(" ?")) for value in parts[0]]
    if feed.column.name in _MEANT:
        return [_MEANT[feed.column.name].get(value, value) for value in parts[0]]
    return parts[0]


def _person_else_company(cells: Sequence[Any], company: Sequence[bool]) -> Any:
    """First and last name; the company where a row names no person."""
    person = _joined_name([cell for cell, is_company in zip(cells, company, strict=True) if not is_company])
    return person or _first_filled([cell for cell, is_company in zip(cells, company, strict=True) if is_company])


def _spoken(value: Any, heading: str) -> Any:
    """A yes under "Paid?" says "Paid", a no says "Not paid"."""
    if value is None or value == "":
        return value
    return heading if str(value).strip().lower() in _YES else f"Not {heading.lower()}"


def _times(value: Any, factor: int) -> Any:
    """A plain number of minutes or hours in seconds; clock times are left alone."""
    if isinstance(value, bool) or value is None or (isinstance(value, str) and ":" in value):
        return value
    try:
        return float(value) * factor
    except (TypeError, ValueError):
        return value


def _filled(cells: Sequence[Any]) -> list[Any]:
    return [cell for cell in cells if cell is not None and not (cell.__class__ is str and cell.strip() in _NOTHING)]


def _first_filled(cells: Sequence[Any]) -> Any:
    filled = _filled(cells)
    return filled[0] if filled else None


def _joined_text(cells: Sequence[Any], between: str = "\n") -> Any:
    filled = _filled(cells)
    return filled[0] if len(filled) == 1 else between.join(dict.fromkeys(_plain(cell) for cell in filled)) or None


def _joined_list(cells: Sequence[Any]) -> Any:
    return _joined_text(cells, ", ")


def _joined_name(cells: Sequence[Any]) -> Any:
    return _joined_text(cells, " ")


def joined_address(cells: Sequence[Any]) -> Any:
    """Street, city, state and ZIP as one line; a piece that is already in it is not said twice."""
    line = ""
    for cell in _filled(cells):
        piece = " ".join(_plain(cell).split())
        if piece and f" {piece.lower()} " not in f" {line.lower().replace(',', ' ').replace('  ', ' ')} ":
            line = f"{line}, {piece}" if line else piece
    return line or None


def _plain(cell: Any) -> str:
    """A cell as text; a ZIP that a spreadsheet took for a number has no decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _summed(cells: Sequence[Any]) -> Any:
    from contractor_ops.tables.cells.money import clean_money

    amounts, troubles = clean_money(list(cells))
    if troubles:
        return cells[min(troubles)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known else None


def _joined_moment(cells: Sequence[Any]) -> Any:
    """A day and a time of day from two cells."""
    filled = _filled(cells)
    if len(filled) != 2:
        return filled[0] if filled else None
    day, clock = filled
    if isinstance(clock, datetime) and clock.year > 1950:
        return clock
    if isinstance(clock, datetime):
        clock = clock.time()
    if isinstance(clock, float) and 0 <= clock < 1:
        clock = (datetime(2000, 1, 1) + timedelta(days=clock)).time()  # noqa: DTZ001 - a time of day has no zone
    if isinstance(clock, str) and look_of(clock) == "date":
        return clock
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    return f"{_day_text(day)} {clock}"


def _day_text(day: Any) -> str:
    return day.strftime("%Y-%m-%d") if isinstance(day, date) else str(day).strip()


_JOINS: dict[ColumnKind, Callable[[Sequence[Any]], Any]] = {
    "phone": _joined_list,
    "line": _joined_list,
    "email": _joined_list,
    "name": _joined_name,
    "money": _summed,
    "number": _summed,
    "moment": _joined_moment,
    "day": _joined_moment,
}
