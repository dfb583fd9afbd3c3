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
from contractor_ops.reports.timeline import DONE, Braked, Decided, Happened, Timeline
from contractor_ops.tables.record import Value
from contractor_ops.work.run import Run, plan_recipe, run_recipe
from contractor_ops.work.simulate_cast import Cast, cast_of, completed_later
from contractor_ops.work.simulate_events import NOT_COLUMNS, Event, read_events
from contractor_ops.work.simulate_happen import happen, reached_at, with_it
from contractor_ops.work.simulate_slots import Slots, slots_of

Tell = Callable[[str, int, int | None], None]
MOST_DAYS = 1000
_OF_LATER_RUNS = frozenset({"unusual-volume", "provider-blocks"})
"""Brakes that depend on what a run would send; the others look at sheets, clocks and machines, which are those of now."""
_AHEAD = frozenset({"wait", "hold"})
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
    _check(days, record, staged, events)
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


def _check(days: int, record: str | None, staged: bool, events: Sequence[str]) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise TypedWrong(f"--days {days:,} cannot be simulated.", f"Write a number from 1 to {MOST_DAYS:,}: --days 60")
    if record is not None and staged:
        raise TypedWrong("--record and --staged cannot both be meant.", "Take one: a row of yours, or one that is made up.")
    if events and record is None and not staged:
        raise TypedWrong("--event does not say to which row it happens.", "Add --record NUMBER, or --staged for a row that is made up.")


def _notes(recipe: Recipe, script: Sequence[Event]) -> list[str]:
    writes = any(step.do == "message" for step in recipe.steps)
    notes = [_IN_LIFE[recipe.mode]] if writes and recipe.mode in _IN_LIFE else []
    if not recipe.runs:
        notes.append("The recipe says nothing of when it runs; here it runs whenever something is due.")
    if invented := next((one for one in script if one.invented), None):
        notes.append(f"That the job is done on {invented.at:%Y-%m-%d} is invented; an event of yours about its status stands in its place.")
    return notes


def _script(office: SimulatedOffice, cast: Cast, now: datetime, end: datetime, texts: Sequence[str]) -> list[Event]:
    """What is typed, and for a made-up job whose end nobody has typed, that it is done."""
    events = read_events(texts, office, cast.main, now, end)
    if any(event.kind in NOT_COLUMNS for event in events) and reached_at(office, cast) is None:
        raise TypedWrong(
            "Nobody can answer or call: the row has neither a phone nor an e-mail.", "Give it one in the sheet, or take --staged."
        )
    if cast.record is None or {"status", "completed_on"} & {event.kind for event in events}:
        return events
    starts_at = next((event.cleaned for event in reversed(events) if event.kind == "starts_at"), cast.record["starts_at"])
    done = completed_later(cast, starts_at)
    if done is None:
        return events
    at = done[0].replace(tzinfo=office.zone)
    invented = (
        [Event(at, "status", str(done[1]["status"]), done[1]["status"], invented=True)]
        if now.timestamp() < at.timestamp() <= end.timestamp()
        else []
    )
    return sorted([*events, *invented], key=lambda one: one.at.timestamp())


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

    def whole(self, tell: Tell) -> None:
        """Every run and every event, in the order of time."""
        start = self.timeline.start
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
        scripted = {event.kind for event in self.timeline_script()}
        while self.script and self.script[0].at.timestamp() <= at.timestamp():
            event = self.script.pop(0)
            also: dict[str, Value] = with_it(self.cast, event, scripted)
            self.cast, happened = happen(self.office, self.cast, event, also)
            self.timeline.happenings.append(happened)

    def timeline_script(self) -> list[Event | Happened]:
        """All events, those that have been and those to come."""
        return [*self.script, *(one for one in self.timeline.happenings if isinstance(one, Happened))]

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
            if one.outcome in DONE:
                self.slots.ask_for_the_one_after(at, one.record)

    def _note(self, run: Run, at: datetime) -> None:
        timeline = self.timeline
        for brake in self._later_brakes(run.plan):
            timeline.happenings.append(Braked(at, brake))
        for one in run.plan.judged if timeline.runs else run.plan.decisions:
            key = (one.record, one.step)
            if _is_news(timeline.last.get(key), one):
                timeline.happenings.append(Decided(at, one, not timeline.runs))
            timeline.first.setdefault(key, one)
            timeline.last[key] = one
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
    if one.decision == "done" and before.outcome in DONE:
        return False
    return (before.anchor, before.decision, before.outcome) != (one.anchor, one.decision, one.outcome)
