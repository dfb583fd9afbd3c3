"""When a recipe would run in a time to come: the moments of its `runs`, or whenever something is due where it names none."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from contractor_ops.office import Office
from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.recipe import Recipe
from contractor_ops.timetable.reading import read_when
from contractor_ops.timetable.when import When

_MOMENT = timedelta(microseconds=1)
_USUAL_HOUR = 9


@dataclass(slots=True)
class Slots:
    """The runs that lie ahead, each once, and the records for whose sake it is made (None: all). Nothing after `end` is looked at.

    Moments are kept in UTC: within one zone Python compares wall clocks.
    """

    when: When | None
    calendar: OfficeCalendar
    end: datetime
    _ahead: list[datetime] = field(default_factory=list)
    _whose: dict[datetime, set[str] | None] = field(default_factory=dict)
    _slots: dict[datetime, datetime | None] = field(default_factory=dict)

    def ask_for(self, moment: datetime, record: str | None = None) -> None:
        """The first run at this moment (aware) or after it, for one record or for all."""
        slot = self._slot(moment.astimezone(UTC))
        if slot is None:
            return
        if slot not in self._whose:
            heappush(self._ahead, slot)
            self._whose[slot] = set()
        whose = self._whose[slot]
        if record is None:
            self._whose[slot] = None
        elif whose is not None:
            whose.add(record)

    def ask_for_the_one_after(self, moment: datetime, record: str) -> None:
        """The next run after one at this moment: what was done there may have made something else due."""
        if self.when is not None:
            self.ask_for(moment.astimezone(UTC) + _MOMENT, record)

    def ask_for_every_day(self, start: datetime) -> None:
        """The first run of each day."""
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        while (midnight := midnight + timedelta(days=1)).astimezone(UTC) <= self.end.astimezone(UTC):
            self.ask_for(midnight if self.when else midnight.replace(hour=_USUAL_HOUR))

    def next(self) -> tuple[datetime, frozenset[str] | None] | None:
        """The next run (office time) and whose it is, None at the end."""
        if not self._ahead:
            return None
        slot = heappop(self._ahead)
        whose = self._whose.pop(slot)
        return slot.astimezone(self.calendar.zone), None if whose is None else frozenset(whose)

    def _slot(self, moment: datetime) -> datetime | None:
        if moment not in self._slots:
            slot = self._next(moment - _MOMENT) if moment <= self.end.astimezone(UTC) else None
            self._slots[moment] = slot if slot is not None and slot <= self.end.astimezone(UTC) else None
        return self._slots[moment]

    def _next(self, moment: datetime) -> datetime | None:
        if self.when is None:
            return moment + _MOMENT
        try:
            return self.when.after(moment.astimezone(self.calendar.zone), self.calendar.is_business_day).astimezone(UTC)
        except ValueError:  # the office is never open on those days
            return None


def slots_of(recipe: Recipe, office: Office, end: datetime) -> Slots:
    """The runs of a recipe up to a moment (aware)."""
    return Slots(read_when(recipe.runs) if recipe.runs else None, office.facts.calendar, end)
