"""A time of day on one day as a moment, right where clocks are changed.

What is done at a time of day is done once a day: at the next valid minute where that time is skipped, the first time where it comes twice.
What is done every few minutes follows the clock on the wall: not in the hour that is skipped, twice in the hour that comes twice.
Moments are kept in UTC: Python compares times of one zone as wall clocks, which is wrong in the hour that comes twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=512)
def moments_of(day: date, minutes: tuple[int, ...], repeats: bool, zone: tzinfo) -> tuple[datetime, ...]:
    """The moments (UTC) at which clocks in `zone` show these minutes of the day; `repeats` for what is done every few minutes."""
    midnight = datetime.combine(day, time(), zone)
    if midnight.utcoffset() == (midnight + timedelta(days=1)).utcoffset():
        start = midnight.astimezone(UTC)
        return tuple(start + minute * _MINUTE for minute in minutes)
    found = {moment for minute in minutes for moment in _shown(midnight.replace(tzinfo=None) + minute * _MINUTE, repeats, zone)}
    return tuple(sorted(found))


def _shown(wall: datetime, repeats: bool, zone: tzinfo) -> Iterator[datetime]:
    if not _exists(wall, zone):
        if not repeats:
            while not _exists(wall, zone):
                wall += _MINUTE
            yield _moment(wall, zone, 0)
        return
    yield _moment(wall, zone, 0)
    if repeats:
        yield _moment(wall, zone, 1)


def _exists(wall: datetime, zone: tzinfo) -> bool:
    return _moment(wall, zone, 0).astimezone(zone).replace(tzinfo=None, fold=0) == wall


def _moment(wall: datetime, zone: tzinfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
