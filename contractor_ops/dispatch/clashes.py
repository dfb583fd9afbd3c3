"""What cannot be kept: visits of one technician that lie over each other, on a day off, outside the hours, or one too many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from contractor_ops.dispatch.board import Board, Sheet, overlap
from contractor_ops.dispatch.refusing import has_enough
from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import listed, said_clock, said_day, said_minutes

ClashKind = Literal["overlap", "day-off", "hours", "too-many", "left"]
AT_ONCE = 5
"""Nobody needs to hear of more than so many visits that lie over one."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing wrong with a visit, as a sentence. Of an overlap both visits are told, each with the `other` and the minutes."""

    kind: ClashKind
    visit: Visit
    technician: str
    line: str
    other: Visit | None = None
    minutes: int | None = None


def clashes(visits: Iterable[Visit], technicians: Iterable[Technician], now: datetime) -> list[Clash]:
    """Everything wrong from today on with open visits that somebody is assigned to, by day, technician and start."""
    today = now.date()
    board = Board(technicians, (visit for visit in visits if visit.standing == "open"), today)
    return [clash for technician, sheet in board.sheets() if sheet.day >= today for clash in _of_day(technician, sheet, today)]


def _of_day(technician: Technician, sheet: Sheet, today: date) -> Iterator[Clash]:
    visits = sorted(sheet.visits, key=lambda visit: visit.order)
    for visit in visits:
        if visit.day == sheet.day or sheet.away:
            yield from _alone(technician, sheet, visit, today)
    yield from _overlaps(technician, sheet.day, visits, today)
    for visit in visits[technician.jobs_a_day :]:
        line = f"{technician.name} {has_enough(technician, sheet, today)}; {visit} is one too many."
        yield Clash("too-many", visit, technician.name, line)


def _alone(technician: Technician, sheet: Sheet, visit: Visit, today: date) -> Iterator[Clash]:
    """What is wrong with a visit whatever else stands on that day."""
    when = said_day(sheet.day, today)
    if not technician.active:
        yield Clash(
            "left", visit, technician.name, f"{technician.name} has left and stands at {visit} on {when}; give it to somebody else."
        )
    elif sheet.off:
        yield Clash("day-off", visit, technician.name, f"{technician.name} is off on {when} and stands at {visit}.")
    elif visit.starts and not sheet.is_open_for(visit):
        asked = f"{visit} on {when} is from {said_clock(visit.starts)} to {said_clock(visit.ends or visit.starts)}"
        yield Clash("hours", visit, technician.name, f"{technician.name} {sheet.said_shift()}; {asked}.")


def _overlaps(technician: Technician, day: date, visits: list[Visit], today: date) -> Iterator[Clash]:
    """Pairs that lie over each other, each told once both ways: on the day on which the later of them begins."""
    running: list[Visit] = []
    for visit in visits:
        if visit.starts is None:
            continue
        running = [other for other in running if other.ends and other.ends > visit.starts][-AT_ONCE:]
        for other in running:
            same_job = visit.number and visit.number == other.number  # a job that stands in two rows is no second one
            if max(visit.day or day, today) == day and not same_job and (minutes := overlap(visit, other)):
                yield _pair(technician, visit, other, minutes, today)
                yield _pair(technician, other, visit, minutes, today)
        running.append(visit)


def _pair(technician: Technician, visit: Visit, other: Visit, minutes: int, today: date) -> Clash:
    line = f"{technician.name} has {visit.said(today)} and {other.said(today)}: {said_minutes(minutes)} lie over each other"
    assumed = [str(one) for one in (visit, other) if one.takes_an_hour]
    hour = f"; an hour is taken for {listed(assumed)}, as no end is noted" if assumed else ""
    return Clash("overlap", visit, technician.name, f"{line}{hour}.", other, minutes)
