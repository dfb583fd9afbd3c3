"""Days and moments. The order of day and month is settled for a whole column; a single cell is never guessed."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import Trouble, Troubles, bare, is_blank, where, without_bools
from contractor_ops.tables.cells.day_order import settle_order
from contractor_ops.tables.cells.day_text import FIRST_YEAR, LAST_YEAR, Figures, in_range, read_day, split_clock
from contractor_ops.tables.cells.durations import clean_durations as clean_durations

Day = date | datetime
_EXCEL_EPOCH = datetime.combine(date(1899, 12, 30), time.min)
_DAYS_1904 = 1462
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_416  # 1990-01-01 and 2101-01-01
_TEXT_SERIAL = re.compile(r"[3-6][0-9]{4}(?:\.[0-9]+)?")
_EPOCH = re.compile(r"(1[0-9]{9}|2[0-9]{9})(?:\.0)?|(1[0-9]{12}|2[0-9]{12})(?:\.0)?")
_DOT_NET = re.compile(r"/Date\((-?[0-9]{9,14})(?:[+-][0-9]{4})?\)/")
_NO_DATE = "This is not a date; write the day like 2026-11-20, or leave the cell empty."


class _Pending(NamedTuple):
    """A text whose day waits for the column's order."""

    figures: Figures
    clock: time | None


def clean_days(values: Sequence[Cell], *, day_first_country: bool, date1904: bool = False) -> tuple[list[Day | None], Troubles, str | None]:
    """Days; a datetime where the cell has a time of day too, aware where it names a zone. Midnight is no time.

    The sentence at the end says how the order was chosen where the column did not prove it.
    """

    def of_number(number: float) -> Day:
        return _of_epoch(number / 1000).date() if _is_milliseconds(number) else _of_serial(number, date1904=date1904)

    cleaned, troubles, doubt = _clean(values, of_number, day_first_country=day_first_country)
    return [_whole_day(value) if type(value) is datetime else value for value in cleaned], troubles, doubt


def clean_moments(values: Sequence[Cell], *, day_first_country: bool) -> tuple[list[Day | None], Troubles, str | None]:
    """Moments: naive is the office's time, aware where the cell names a zone; a date where no time is known.

    A column whose times are all midnight knows no times: its cells are dates.
    """
    cleaned, troubles, doubt = _clean(values, _moment_of_number, day_first_country=day_first_country)
    if not any(type(value) is datetime and (value.tzinfo or value.hour or value.minute or value.second) for value in cleaned):
        cleaned = [value.date() if type(value) is datetime else value for value in cleaned]
    return cleaned, troubles, doubt


def _clean(
    values: Sequence[Cell], of_number: Callable[[float], Day], *, day_first_country: bool
) -> tuple[list[Day | None], Troubles, str | None]:
    if (quick := _dates_of_excel(values) or _dates_in_iso(values)) is not None:
        return quick, {}, None
    values = without_bools(values)
    cleaned: dict[Cell, Day | None] = {}
    pending: dict[Cell, _Pending] = {}
    bad: dict[Cell, str] = {}
    for value in set(values):
        try:
            found = _understand(value, of_number)
        except Trouble as trouble:
            cleaned[value], bad[value] = None, str(trouble)
            continue
        if isinstance(found, _Pending):
            pending[value] = found
        else:
            cleaned[value] = found
    doubt = _settle(pending, cleaned, bad, day_first_country=day_first_country)
    return list(map(cleaned.__getitem__, values)), where(values, bad), doubt


def _dates_of_excel(values: Sequence[Cell]) -> list[Day | None] | None:
    """A column that holds only what Excel keeps as dates, and empty cells; None when it holds anything else."""
    if not set(map(type, values)) <= {date, datetime, type(None), str}:
        return None
    if any(type(value) is str or not FIRST_YEAR <= value.year <= LAST_YEAR for value in values if value):
        return None
    return [_whole_second(value) if type(value) is datetime else value or None for value in values]


def _dates_in_iso(values: Sequence[Cell]) -> list[Day | None] | None:
    """A column that holds only ISO texts and empty cells; None when it holds anything else."""
    if not set(map(type, values)) <= {type(None), str}:
        return None
    days = [_of_iso(value) if value else None for value in values]
    if any(day is None or not FIRST_YEAR <= day.year <= LAST_YEAR for day, value in zip(days, values, strict=True) if value):
        return None
    return days


def _settle(pending: dict[Cell, _Pending], cleaned: dict[Cell, Day | None], bad: dict[Cell, str], *, day_first_country: bool) -> str | None:
    """Read the pending cells in the order that their column shows; returns the sentence of doubt."""
    column = {one.figures for one in pending.values()}
    order = settle_order(column, day_first_country=day_first_country)
    days: dict[Figures, date] = {}
    troubles: dict[Figures, str] = {}
    for figures in column:
        try:
            days[figures] = order.read(figures)
        except Trouble as trouble:
            troubles[figures] = str(trouble)
    for value, one in pending.items():
        day = days.get(one.figures)
        cleaned[value] = day if day is None or one.clock is None else datetime.combine(day, one.clock)
        if day is None:
            bad[value] = troubles[one.figures]
    return order.doubt


def _understand(value: Cell, of_number: Callable[[float], Day]) -> Day | _Pending | None:
    if isinstance(value, str):
        return _of_text(value, of_number)
    if isinstance(value, datetime):
        return in_range(_whole_second(value))
    if value is None:
        return None
    if isinstance(value, date):
        return in_range(value)
    if isinstance(value, int | float):
        return of_number(value)
    if isinstance(value, time | timedelta):
        raise Trouble("The cell has a time but no day; enter the date too.")
    raise Trouble(_NO_DATE)


def _of_text(text: str, of_number: Callable[[float], Day]) -> Day | _Pending | None:
    if (iso := _of_iso(text)) is not None:
        return in_range(iso)
    text = bare(text)
    if is_blank(text):
        return None
    if " " not in text:
        if _TEXT_SERIAL.fullmatch(text) or _EPOCH.fullmatch(text):
            return of_number(float(text))
        if dot_net := _DOT_NET.fullmatch(text):
            return of_number(int(dot_net[1]))
    day, clock = split_clock(text)
    read = read_day(day)
    return _Pending(read, clock) if isinstance(read, Figures) else _together(read, clock)


def _of_iso(text: str) -> Day | None:
    """The fast path for what most exports print; None for everything else."""
    if text[4:5] != "-" or text[7:8] != "-":
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text) if text[10] in "T " else None
    except (ValueError, IndexError):
        return None


def _together(day: date, clock: time | None) -> Day:
    return day if clock is None else datetime.combine(day, clock)


def _whole_day(value: Day) -> Day:
    """Midnight is how sheets print a day without a time."""
    return value.date() if isinstance(value, datetime) and not (value.hour or value.minute or value.second) else value


def _whole_second(value: datetime) -> datetime:
    """Excel keeps times as fractions of a day, so 9:00 may come as 8:59:59.999."""
    if not value.microsecond or value.tzinfo:
        return value
    return value.replace(microsecond=0) + timedelta(seconds=value.microsecond >= 500_000)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_serial(number: float, *, date1904: bool = False) -> Day:
    """Excel's count of days since 1900 (or 1904); eight figures are a date written without marks."""
    if date1904 and number == number:
        number += _DAYS_1904
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        seconds = round(number * 86_400)
        moment = _EXCEL_EPOCH + timedelta(seconds=seconds)
        return moment.date() if seconds % 86_400 == 0 else moment
    if 19_900_101 <= number < 21_010_000 and number == int(number):
        day = read_day(str(int(number)))
        if not isinstance(day, Figures):
            return day
    raise Trouble("This is a number, not a date; format the cell as a date and enter the day like 2026-11-20.")


def _moment_of_number(number: float) -> Day:
    """An Excel serial, or seconds or milliseconds since 1970 in UTC."""
    if 1e9 <= number < 3e9:  # 2001 to 2065
        return _of_epoch(number)
    return _of_epoch(number / 1000) if _is_milliseconds(number) else _of_serial(number)


def _is_milliseconds(number: float) -> bool:
    return 631e9 <= number < 4.2e12  # 1990 to 2103


def _of_epoch(seconds: float) -> datetime:
    return in_range(datetime.fromtimestamp(seconds, UTC))
