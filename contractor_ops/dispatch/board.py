"""The board: what each technician has on each day. Everything that is asked of a day is asked here, so that thousands of visits are quick."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import said_clock
from contractor_ops.hours import END_OF_DAY


class Sheet:
    """One technician's day: `shift` is None where no hours are stated; `away`: a date says so, and not only the weekday."""

    __slots__ = ("away", "day", "off", "shift", "visits")

    def __init__(self, technician: Technician, day: date) -> None:
        self.day = day
        self.off = technician.is_off(day)
        self.away = technician.days_off.away(day)
        self.visits: list[Visit] = []
        shift = technician.hours.on(day)
        self.shift = (datetime.combine(day, shift[0]), _closing(day, shift[1])) if shift else None

    def is_open_for(self, visit: Visit) -> bool:
        """Whether a visit that begins on this day lies in the hours; an end that is only assumed does not count, nor one on another day."""
        if visit.starts is None or self.shift is None:
            return True
        opens, closes = self.shift
        if not opens <= visit.starts < closes:
            return False
        return visit.takes_an_hour or visit.ends is None or visit.ends <= closes or len(visit.days) > 1

    def said_shift(self) -> str:
        """ "works 8:00 AM to 4:00 PM"."""
        return f"works {said_clock(self.shift[0])} to {said_clock(self.shift[1])}" if self.shift else "has no hours noted"


class Board:
    """The days of all technicians, by name. A visit of several days stands on each of them."""

    def __init__(self, technicians: Iterable[Technician], visits: Iterable[Visit], first: date) -> None:
        self.technicians = {one.name: one for one in technicians}
        self._sheets: dict[tuple[str, date], Sheet] = {}
        for visit in visits:
            if visit.standing != "off" and visit.day is not None and visit.days[-1] >= first:
                for name in self.technicians.keys() & set(visit.technicians):
                    self.add(name, visit)

    def sheet(self, name: str, day: date) -> Sheet:
        """A technician's day."""
        found = self._sheets.get((name, day))
        if found is None:
            found = self._sheets[name, day] = Sheet(self.technicians[name], day)
        return found

    def add(self, name: str, visit: Visit) -> None:
        """Put a visit on a technician's days."""
        for day in visit.days:
            self.sheet(name, day).visits.append(visit)

    def sheets(self) -> list[tuple[Technician, Sheet]]:
        """Every day of anybody that was looked at, by day and name."""
        return [(self.technicians[name], self._sheets[name, day]) for day, name in sorted((day, name) for name, day in self._sheets)]


def overlap(one: Visit, other: Visit) -> int:
    """Minutes for which two visits lie over each other; 0 where a time is not known."""
    if one.starts is None or other.starts is None or one.ends is None or other.ends is None:
        return 0
    if one.ends <= other.starts or other.ends <= one.starts:
        return 0
    return max(1, (min(one.ends, other.ends) - max(one.starts, other.starts)) // timedelta(minutes=1))


def _closing(day: date, end: time) -> datetime:
    return datetime.combine(day, time.min) + timedelta(days=1) if end == END_OF_DAY else datetime.combine(day, end)
