"""Who should go: for each visit that nobody is assigned to, the technician that fits best, one visit after the other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
NO_CONTACT = "they have neither a mobile nor an e-mail in the technicians sheet, so tell them yourself"


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
    plan = Plan(visits, technicians, now)
    waiting = [visit for visit in visits if visit.standing == "open" and not visit.is_assigned]
    return [plan.suggest(visit) for visit in sorted(waiting, key=lambda visit: visit.order)]


class Plan:
    """The board, and who could go to what stands on it."""

    def __init__(self, visits: Sequence[Visit], technicians: Iterable[Technician], now: datetime) -> None:
        self._now = now.replace(tzinfo=None)
        self._today = now.date()
        self._technicians = sorted(technicians, key=lambda one: one.key)
        self._can_be_told = any(one.can_be_told for one in self._technicians)
        self._board = Board(self._technicians, visits, self._today)
        self._been = _been_there(visits, self._today)
        self._able: dict[tuple[str, ...], list[tuple[Technician, str, Refusal | None]]] = {}

    def suggest(self, visit: Visit) -> Suggestion:
        """Who should go to a visit that has nobody; from then on it counts as their work."""
        if visit.day is None:
            return Suggestion(visit, None, 0, "Nobody is chosen yet: the visit has no day; set one.")
        if self._is_past(visit):
            return Suggestion(visit, None, 0, f"Nobody is chosen: {visit.said(self._today)} is past; set a new time.")
        best, refused = self._best(visit)
        reasons = {name: refusal.reason for name, refusal in refused.items()}
        if best is None:
            return Suggestion(visit, None, 0, _nobody(refused), reasons)
        self._board.add(best.technician.name, visit)
        return Suggestion(visit, best.technician.name, best.points, self._line(best, f"{best.technician.name}: ", reasons), reasons)

    def instead(self, visit: Visit) -> Suggestion | None:
        """Who could go in place of whoever stands at a visit; None where it is too late to ask. It counts as nobody's work yet."""
        if visit.day is None or self._is_past(visit):
            return None
        best, refused = self._best(visit, visit.technicians)
        reasons = {name: refusal.reason for name, refusal in refused.items()}
        if best is None:
            return Suggestion(visit, None, 0, _nobody(refused, "else "), reasons)
        line = self._line(best, f"{best.technician.name} could go: ", reasons)
        return Suggestion(visit, best.technician.name, best.points, f"{line}.", reasons)

    def give_away(self, visit: Visit) -> Suggestion | None:
        """The same, but from then on it counts as the work of whoever could go."""
        found = self.instead(visit)
        if found and found.technician:
            self._board.add(found.technician, visit)
        return found

    def _is_past(self, visit: Visit) -> bool:
        return (visit.day is not None and visit.day < self._today) or (visit.starts is not None and visit.starts < self._now)

    def _best(self, visit: Visit, without: Collection[str] = ()) -> tuple[Fit | None, dict[str, Refusal]]:
        """Whoever fits best, one who can be told before all others; and why the others may not go."""
        refused: dict[str, Refusal] = {}
        best: Fit | None = None
        most = (False, 0)
        for technician, skill, never_goes in self._who_is_able(visit.needs):
            if technician.name in without:
                continue
            if refusal := never_goes or on_that_day(technician, visit, self._board, self._today):
                refused[technician.name] = refusal
                continue
            fit = self._fit(technician, skill, visit)
            rank = (technician.can_be_told or not self._can_be_told, fit.points)
            if best is None or rank > most:
                best, most = fit, rank
        return best, refused

    def _who_is_able(self, needs: tuple[str, ...]) -> list[tuple[Technician, str, Refusal | None]]:
        """Everybody with the skill that answers, or with what keeps them from such work on any day."""
        if needs not in self._able:
            self._able[needs] = [(one, one.skills.of(needs) or "", never(one, needs)) for one in self._technicians]
        return self._able[needs]

    def _fit(self, technician: Technician, skill: str, visit: Visit) -> Fit:
        others = self._board.sheet(technician.name, visit.day).visits if visit.day else []
        last = self._been.get(visit.customer_key, {}).get(technician.name)
        nearness = technician.territory.nearness(visit.spot)
        return Fit(visit, technician, skill, nearness, _wish(technician, visit), last, len(others), way(visit, others))

    def _line(self, best: Fit, begin: str, refused: Mapping[str, str]) -> str:
        """Why they, and what a person should know of it."""
        preferred = best.visit.preferred
        parts = (
            f"{begin}{best.reasons(self._today)}",
            f"{preferred}, whom the customer prefers, {refused[preferred]}" if preferred and preferred in refused else "",
            "not all of their row was understood" if best.technician.doubts else "",
            NO_CONTACT if self._can_be_told and not best.technician.can_be_told else "",
        )
        return "; ".join(filter(None, parts))


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


def _nobody(refused: Mapping[str, Refusal], who: str = "") -> str:
    """Those who came nearest to going are named first. `who` is "else " where somebody stands at the visit already."""
    if not refused:
        return f"Nobody {who}fits: the technicians table names nobody{' else' if who else ''}."
    nearest = sorted(refused.items(), key=lambda one: (-one[1].rank, one[0]))
    named = [f"{name} {refusal.reason}" for name, refusal in nearest[:NAMED]]
    rest = len(nearest) - NAMED
    return f"Nobody {who}fits: {'; '.join(named)}{f'; and {rest} more' if rest > 0 else ''}."
