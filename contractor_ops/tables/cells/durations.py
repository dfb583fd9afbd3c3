"""Lengths of time in seconds: call durations and the like."""

import re
from collections.abc import Sequence
from datetime import time, timedelta
from math import isfinite

from contractor_ops.ports import Cell
from contractor_ops.tables.cells.column import Trouble, Troubles, bare, clean_column, is_blank

_PLAIN = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?")
_CLOCK = re.compile(r"(?:(?P<hours>[0-9]{1,4}):)?(?P<minutes>[0-9]{1,4}):(?P<seconds>[0-5][0-9])(?:\.[0-9]+)?")
_ISO = re.compile(r"PT(?:(?P<hours>[0-9]{1,4})H)?(?:(?P<minutes>[0-9]{1,5})M)?(?:(?P<seconds>[0-9]{1,7})(?:\.[0-9]+)?S)?", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?:(?P<hours>[0-9]{1,4})\s*h(?:ours?|rs?)?\.?)?[\s,]*(?:(?P<minutes>[0-9]{1,5})\s*m(?:inutes?|ins?)?\.?)?[\s,]*"
    r"(?:(?P<seconds>[0-9]{1,7})\s*s(?:econds?|ecs?)?\.?)?",
    re.IGNORECASE,
)


def clean_durations(values: Sequence[Cell]) -> tuple[list[int | None], Troubles]:
    """Whole seconds. "3:12" is minutes and seconds, "0:03:12" has hours in front; a plain number is seconds."""
    return clean_column(values, _seconds)


def _seconds(value: Cell) -> int | None:
    if isinstance(value, str):
        return _of_text(bare(value))
    if value is None:
        return None
    if isinstance(value, timedelta) and value >= timedelta(0):
        return round(value.total_seconds())
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, int | float) and isfinite(value) and 0 <= value < 1e8 and not 0 < value < 1:
        return round(value)
    raise Trouble("This is not a length of time; write it like 0:03:12 or as seconds.")


def _of_text(text: str) -> int | None:
    if is_blank(text):
        return None
    if _PLAIN.fullmatch(text):
        return _seconds(float(text))
    found = _CLOCK.fullmatch(text) or _ISO.fullmatch(text) or _SPOKEN.fullmatch(text)
    if found is None or not any(found.groups()) or (found.re is _CLOCK and found["hours"] and int(found["minutes"]) > 59):
        raise Trouble("This is not a length of time; write it like 0:03:12 or as seconds.")
    hours, minutes, seconds = (int(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    return hours * 3600 + minutes * 60 + seconds
