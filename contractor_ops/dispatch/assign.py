"""Who should go: for each visit that nobody is assigned to, the technician that fits best, one visit after the other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from contractor_ops.dispatch.board import Board
from contractor_ops.dispatch.refusing import Refusal, never, on_that_day
from contractor_ops.dispatch.scoring import Fit, Wish, way
from contractor_ops.dispatch.technicians import Technician
from contractor_ops.dispatch.visits import Visit
from contractor_ops.tables.cells.names import normal_name

NAMED = 3
"""So many are named with their reasons where nobody fits."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who should go to a visit and why, or None and why nobody can. `refused` has everybody who may not, each with the reason."""

    visit: Visit
    technician: str | None
    score: int
    line: str
    refused: Mapping[str, str] = field(default_factory=dict)


def suggest(visits: Iterable[Visit], technicians: Iterable[Technician], now: datetime) -> list[Suggestion]:
    """A suggestion for each open visit without a technician, in order of start; each counts as work for those behind it."""
    visits = list(visits)
    plan = _Plan(sorted(technicians, key=lambda one: one.key), visits, now.replace(tzinfo=None))
    waiting = [visit for visit in visits if visit.standing == "open" and not visit.is_assigned]
    return [plan.suggest(visit) for visit in sorted(waiting, key=lambda visit: visit.order)]


class _Plan:
    """The board as it fills."""

    def __init__(self, technicians: Sequence[Technician], visits: Sequence[Visit], now: datetime) -> None:
        self._now, self._today = now, now.date()
        self._technicians = technicians
        self._board = Board(technicians, visits, self._today)
        self._been = _been_there(visits, self._today)
        self._able: dict[tuple[str, ...], list[tuple[Technician, str, Refusal | None]]] = {}

    def suggest(self, visit: Visit) -> Suggestion:
        if visit.day is None:
            return Suggestion(visit, None, 0, "Nobody is chosen yet: the visit has no day; set one.")
        if visit.day < self._today or (visit.starts and visit.starts < self._now):
            return Suggestion(visit, None, 0, f"Nobody is chosen: {visit.said(self._today)} is past; set a new time.")
        refused: dict[str, Refusal] = {}
        best: Fit | None = None
        most = 0
        for technician, skill, never_goes in self._who_is_able(visit.needs):
            if refusal := never_goes or on_that_day(technician, visit, self._board, self._today):
                refused[technician.name] = refusal
                continue
            fit = self._fit(technician, skill, visit)
            if best is None or fit.points > most:
                best, most = fit, fit.points
        reasons = {name: refusal.reason for name, refusal in refused.items()}
        if best is None:
            return Suggestion(visit, None, 0, _nobody(refused), reasons)
        self._board.add(best.technician.name, visit)
        return Suggestion(visit, best.technician.name, most, self._line(best, visit, reasons), reasons)

    def _who_is_able(self, needs: tuple[str, ...]) -> list[tuple[Technician, str, Refusal | None]]:
        """Everybody with the skill that answers, or with what keeps them from such work on any day."""
        if needs not in self._able:
            self._able[needs] = [(one, one.skills.of(needs) or "", never(one, needs)) for one in self._technicians]
        return self._able[needs]

    def _fit(self, technician: Technician, skill: str, visit: Visit) -> Fit:
        others = self._board.sheet(technician.name, visit.day).visits if visit.day else []
        last = self._been.get(visit.customer_key, {}).get(technician.name)
        nearness = technician.territory.nearness(visit.spot)
        return Fit(technician, skill, nearness, _wish(technician, visit), last, len(others), way(visit, others))

    def _line(self, best: Fit, visit: Visit, refused: Mapping[str, str]) -> str:
        line = best.line(visit, self._today)
        if visit.preferred and visit.preferred in refused:
            line += f"; {visit.preferred}, whom the customer prefers, {refused[visit.preferred]}"
        return f"{line}; not all of their row was understood" if best.technician.doubts else line


def _wish(technician: Technician, visit: Visit) -> Wish:
    if visit.preferred == technician.name:
        return "customer"
    return "technician" if technician.regulars and normal_name(visit.customer) in technician.regulars else ""


def _been_there(visits: Iterable[Visit], today: date) -> dict[str, dict[str, date]]:
    """By customer: when each technician was last there."""
    found: dict[str, dict[str, date]] = defaultdict(dict)
    for visit in visits:
        if visit.standing == "done" and visit.customer_key and visit.done_on and visit.done_on <= today:
            last = found[visit.customer_key]
            for name in visit.technicians:
                last[name] = max(visit.done_on, last.get(name, visit.done_on))
    return found


def _nobody(refused: Mapping[str, Refusal]) -> str:
    """Those who came nearest to going are named first."""
    if not refused:
        return "Nobody fits: the technicians table names nobody."
    nearest = sorted(refused.items(), key=lambda one: (-one[1].rank, one[0]))
    named = [f"{name} {refusal.reason}" for name, refusal in nearest[:NAMED]]
    rest = len(nearest) - NAMED
    return f"Nobody fits: {'; '.join(named)}{f'; and {rest} more' if rest > 0 else ''}."
