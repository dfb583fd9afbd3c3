"""Why somebody may not go to a visit: what no score can make up for."""

from datetime import date
from typing import NamedTuple

from contractor_ops.dispatch.board import Board, Sheet, overlap
from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.dispatch.wording import count, said_day


class Refusal(NamedTuple):
    """A reason as it stands behind a name ("is off on Thu, Nov 26"); the higher `rank`, the nearer they came to going."""

    rank: int
    reason: str


def never(technician: Technician, needs: tuple[str, ...]) -> Refusal | None:
    """What keeps them from such a visit on any day."""
    if technician.twice:
        return Refusal(0, "stands in the technicians table twice")
    if not technician.active:
        return Refusal(0, "has left")
    if technician.skills.of(needs) is None:
        noted = technician.skills.written
        return Refusal(1, f"does no {needs[0]}" if noted else f"has no skills noted, and {needs[0]} is asked for")
    return None


def on_that_day(technician: Technician, visit: Visit, board: Board, today: date) -> Refusal | None:
    """What keeps them from a visit on its day. Work of several days passes over their weekends, not over their holidays."""
    busy: list[Visit] = []
    begins = True
    for day in visit.days:
        sheet = board.sheet(technician.name, day)
        if sheet.away or (sheet.off and begins):
            return Refusal(2, f"is off on {said_day(day, today)}")
        if len(sheet.visits) >= technician.jobs_a_day:
            return Refusal(3, has_enough(technician, sheet, today))
        if begins and not sheet.is_open_for(visit):
            return Refusal(4, sheet.said_shift())
        if sheet.visits:
            busy += [other for other in sheet.visits if overlap(visit, other)]
        begins = False
    return Refusal(5, f"has {min(busy, key=lambda other: other.order).said(today)}") if busy else None


def has_enough(technician: Technician, sheet: Sheet, today: date) -> str:
    """ "has 7 jobs on Thu, Nov 26 and takes 6"."""
    return f"has {count(len(sheet.visits), 'job')} on {said_day(sheet.day, today)} and takes {technician.jobs_a_day}"
