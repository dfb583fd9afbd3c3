"""Run a recipe under a clock that runs ahead, on a copy of the office: what would go to whom, when, in which words, and what would stop."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from contractor_ops.config import people_names
from contractor_ops.errors import TypedWrong
from contractor_ops.office import Office
from contractor_ops.office_simulated import SimulatedOffice, simulated
from contractor_ops.planning.brakes import NAMES
from contractor_ops.planning.decision import Brake, Decision, Plan
from contractor_ops.recipe import Recipe
from contractor_ops.reports.timeline import DONE as WAS_DONE
from contractor_ops.reports.timeline import Braked, Decided, Timeline
from contractor_ops.work.run import Run, plan_recipe, run_recipe
from contractor_ops.work.simulate_cast import Cast, cast_of, completed_later
from contractor_ops.work.simulate_events import DELETED, DONE, NOT_COLUMNS, OF_CREW, OF_PEOPLE, Event, read_events
from contractor_ops.work.simulate_happen import happen, reached_at
from contractor_ops.work.simulate_slots import Slots, slots_of

Tell = Callable[[str, int, int | None], None]
MOST_DAYS = 1000
_OF_LATER_RUNS = frozenset({"unusual-volume", "provider-blocks"})
"""Brakes that depend on what a run would send; the others look at sheets, clocks and machines, which are those of now."""
_ENDS = frozenset({"status", "completed_on", DONE, DELETED})
"""Events that say how a job goes out, so that nothing need be invented."""
_OF_THE_VISIT = frozenset({"starts_at", "scheduled_on", "status"})
_AHEAD = frozenset({"wait", "hold"})
_FOR_A_CHANGE = "it comes when "
"""How the reason begins of a step that waits until something changes."""
_JUST_AFTER = timedelta(microseconds=1)
_IN_LIFE = {
    "approve": 'In life a person releases each message first: the recipe\'s mode is "approve". Here each leaves when it is due.',
    "rehearse": 'In life nothing leaves: the recipe\'s mode is "rehearse". Here each message leaves when it is due.',
}


def simulate(
    office: Office, name: str, now: datetime, days: int, *, record: str | None = None, staged: bool = False, events: Sequence[str] = (),
    tell: Tell = lambda what, done, total: None,
) -> Timeline:  # fmt: skip
    """What the recipe would do from now on. Raises UnknownName, FilesNeedMending, UnusableFile, LedgerTrouble or TypedWrong."""
    _check(days, record, staged)
    recipe = office.recipe(name)
    with simulated(office, now) as there:
        brakes = [one for one in plan_recipe(there, recipe, now).brakes if one.name != "stale-source"]
        there.turn_to(now)
        cast = cast_of(there, recipe, now, record, staged=staged)
        end = (now.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=office.zone).astimezone(UTC).astimezone(office.zone)
        script = _script(there, cast, now, end, events)
        timeline = Timeline(
            recipe.name, recipe.title, recipe.reads, recipe.shape == "trail", recipe.mode, [step.name for step in recipe.steps],
            now, end, days, [cast.about], _notes(recipe, script), brakes, people_names(office.config.people), cast.name,
        )  # fmt: skip
        play = _Play(there, recipe.model_copy(update={"mode": "auto"}), cast, slots_of(recipe, there, end), script, timeline)
        play.whole(tell)
        return timeline


def _check(days: int, record: str | None, staged: bool) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise TypedWrong(f"--days {days:,} cannot be simulated.", f"Write a number from 1 to {MOST_DAYS:,}: --days 60")
    if record is not None and staged:
        raise TypedWrong("--record and --staged cannot both be meant.", "Take one: a row of yours, or one that is made up.")


def _notes(recipe: Recipe, script: Sequence[Event]) -> list[str]:
    writes = any(step.do == "message" for step in recipe.steps)
    notes = [_IN_LIFE[recipe.mode]] if writes and recipe.mode in _IN_LIFE else []
    if not recipe.runs:
        notes.append("The recipe says nothing of when it runs; here it runs whenever something is due.")
    if invented := next((one for one in script if one.invented), None):
        notes.append(
            f"That the job is done on {invented.at:%Y-%m-%d} is invented; an event of yours about its status, or done: or deleted:, stands in its place."
        )
    return notes


def _script(office: SimulatedOffice, cast: Cast, now: datetime, end: datetime, texts: Sequence[str]) -> list[Event]:
    """What is typed, and for a made-up job whose end nobody has typed, that it is done."""
    events = read_events(texts, office, cast.main, now, end)
    if cast.record is None and any(event.kind not in OF_CREW for event in events):
        raise TypedWrong("--event does not say to which row it happens.", "Add --record NUMBER, or --staged for a row that is made up.")
    if any(event.kind in OF_PEOPLE for event in events) and reached_at(office, cast) is None:
        raise TypedWrong(
            "Nobody can answer or call: the row has neither a phone nor an e-mail.", "Give it one in the sheet, or take --staged."
        )
    if cast.record is None or _ENDS & {event.kind for event in events}:
        return events
    starts_at = next((event.cleaned for event in reversed(events) if event.kind == "starts_at"), cast.record["starts_at"])
    done = completed_later(cast, starts_at)
    at = done.replace(tzinfo=office.zone) if done else None
    if at is None or not now.timestamp() < at.timestamp() <= end.timestamp():
        return events
    return sorted([*events, Event(at, DONE, "", done, invented=True)], key=lambda one: one.at.timestamp())


@dataclass(slots=True)
class _Play:
    """The office as it is tried out, and the runs and events that are still to come."""

    office: SimulatedOffice
    recipe: Recipe
    cast: Cast
    slots: Slots
    script: list[Event]
    timeline: Timeline
    told: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    """What the only row has been called."""
    expected: datetime | None = None
    """The visit that everybody reckons with, from when it has changed."""

    def whole(self, tell: Tell) -> None:
        """Every run and every event, in the order of time."""
        start = self.timeline.start
        if self.cast.record is not None:
            self.names |= self.cast.names(self.recipe.reads)
            self.office.keep_to(self.names)
        self.slots.ask_for(start)
        for event in self.script:
            self.slots.ask_for(event.at)
        self.slots.ask_for_every_day(start)
        while found := self.slots.next():
            at, whose = found
            self._events_until(at)
            tell(f"{self.recipe.title}: {at:%b} {at.day}", (at - start).days, self.timeline.days)
            self._run(at, whose if self.cast.record is None else None)
        self._events_until(self.timeline.end)

    def _events_until(self, at: datetime) -> None:
        while self.script and self.script[0].at.timestamp() <= at.timestamp():
            event = self.script.pop(0)
            self._remember(event)
            self.cast, happened = happen(self.office, self.cast, event)
            self.names |= self.cast.names(self.recipe.reads) if self.cast.record is not None else set()
            self.timeline.happenings.append(happened)

    def _remember(self, event: Event) -> None:
        """What the row said before, which people still reckon with; and when it was taken out."""
        starts_at = self.cast.record["starts_at"] if self.cast.record else None
        if event.kind in _OF_THE_VISIT and isinstance(starts_at, datetime):
            self.expected = starts_at.replace(tzinfo=self.office.zone)
        self.timeline.gone = event.at if event.kind == DELETED else None if event.kind not in NOT_COLUMNS else self.timeline.gone

    def _too_late(self, one: Decision, at: datetime) -> datetime | None:
        """The visit that somebody reckons with who hears only afterwards that it has changed."""
        expected, until = self.expected, one.until
        if expected is None or until is None or one.decision != "hold" or one.action != "message":
            return None
        changed = any(step.name == one.step and step.on_change for step in self.recipe.steps)
        return expected if changed and at.timestamp() <= expected.timestamp() <= until.timestamp() else None

    def _run(self, at: datetime, whose: frozenset[str] | None) -> None:
        """A run; between the first ones of two days only the records are looked at that have something due."""
        self.office.turn_to(at)
        with self.office.only(self.recipe.reads, whose):
            run = run_recipe(self.office, self.recipe, at, self.office.clock, send=True, accept=NAMES)
        self._note(run, at)
        now = at.timestamp()
        for one in run.plan.judged:
            for moment in _moments(one):
                if moment.timestamp() > now:
                    self.slots.ask_for(moment, one.record)
            if one.outcome in WAS_DONE:
                self.slots.ask_for_the_one_after(at, one.record)

    def _note(self, run: Run, at: datetime) -> None:
        timeline = self.timeline
        for brake in self._later_brakes(run.plan):
            timeline.happenings.append(Braked(at, brake))
        for one in run.plan.judged if timeline.runs else run.plan.decisions:
            key = (one.record, one.step)
            if _is_news(timeline.last.get(key), one):
                timeline.happenings.append(Decided(at, one, not timeline.runs, self._too_late(one, at)))
            timeline.note(at, one)
        timeline.runs += 1

    def _later_brakes(self, plan: Plan) -> list[Brake]:
        """Those that hold this run and were not told before."""
        known = {brake.name for brake in self.timeline.brakes} if not self.timeline.runs else set()
        held = {brake.name: brake for brake in plan.brakes if brake.name in _OF_LATER_RUNS and brake.name not in known}
        news = [brake for name, brake in held.items() if name not in self.told]
        self.told = set(held) | (known & _OF_LATER_RUNS)
        return news


def _moments(one: Decision) -> Iterator[datetime]:
    """When a decision may become another one: when its step falls due, when it may leave, when it is too late for it."""
    if one.decision in _AHEAD:
        yield from filter(None, (one.due, one.until))
    if one.leaves_by is not None and one.outcome is None:
        yield one.leaves_by.astimezone(UTC) + _JUST_AFTER


def _is_news(before: Decision | None, one: Decision) -> bool:
    """Whether a decision says anything that the last one about the same record and step has not said."""
    if before is None:
        return True
    if one.decision == "done" and before.outcome in WAS_DONE:
        return False
    if one.decision == "ended" and one.due is None and (before.decision, before.reason) == ("ended", one.reason):
        return False
    if one.decision == "ended" and before.decision == "wait" and before.reason.startswith(_FOR_A_CHANGE):
        return False  # nothing had changed that it could have told
    return (before.anchor, before.decision, before.outcome) != (one.anchor, one.decision, one.outcome)
