"""The exception report as a value: what needs a person, what leaves by itself, and the count of every row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contractor_ops.planning.decision import KINDS, Brake, Decision, Plan
from contractor_ops.ports import Result, ReviewItem, RunEntry, SentMessage
from contractor_ops.reports.format import count, listed, moment, things
from contractor_ops.reports.needs_person import (
    Telling,
    blind,
    items_from_plans,
    needs_person,
    numbers_told,
    put_off,
    review_numbers,
    words_waiting,
)
from contractor_ops.reports.one_message import by_message, first_line, head
from contractor_ops.reports.queue_items import failed_items, items_from_queue, snoozed
from contractor_ops.reports.report_items import Item, Section, by_owner
from contractor_ops.reports.trouble import TOLD_FOR, UNDER_WAY, Trouble, known_runs, opening
from contractor_ops.tables.record import Table

IF_MEANT = "If it is meant:"
"""How planning begins the sentence of a brake's remedy that says what to type."""


@dataclass(frozen=True, slots=True)
class StoppedRun:
    """A run that a brake stopped: the recipe's title, what was seen, and what to do about it."""

    recipe: str
    name: str
    message: str
    remedy: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to do about it; how to lift the brake stands last and by itself."""
        mended, meant, accept = self.remedy.rpartition(IF_MEANT)
        return tuple(sentence for sentence in (mended.strip(), f"{meant}{accept}") if sentence)


@dataclass(frozen=True, slots=True)
class Routine:
    """One thing that needs nobody: a message or another action. `fate` is what becomes of it, `rows` the rows it covers."""

    fate: str
    recipe: str
    customer: str
    step: str
    channel: str
    to: str
    words: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Held:
    """Something that is due but must wait, and until when."""

    recipe: str
    customer: str
    step: str
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """The decisions of one recipe: `kinds` in the order of KINDS; `decisions` only in a trail, where a row has several."""

    recipe: str
    rows: int
    decisions: int | None
    kinds: tuple[int, ...]

    @property
    def whole(self) -> int:
        """What the kinds must add up to."""
        return self.rows if self.decisions is None else self.decisions

    @property
    def adds_up(self) -> bool:
        """Whether every row has its decision."""
        return sum(self.kinds) == self.whole

    def in_words(self) -> str:
        """Say "41 rows = 3 act + 2 review + 1 hold + 20 wait + 4 done + 10 ended + 1 broken"."""
        parts = " + ".join(f"{number:,} {kind}" for kind, number in zip(KINDS, self.kinds, strict=True))
        whole = count(self.rows, "row") + (f", {count(self.decisions, 'decision')}" if self.decisions is not None else "")
        return f"{whole} {'=' if self.adds_up else 'IS NOT'} {parts}"


@dataclass(frozen=True, slots=True)
class ExceptionReport:
    """What people read after a run, and when they ask for the report."""

    now: datetime
    brakes: tuple[StoppedRun, ...]
    sections: tuple[Section, ...]
    routine: tuple[Routine, ...]
    holds: tuple[Held, ...]
    counts: tuple[Count, ...]
    notes: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that needs a person, person by person."""
        return tuple(item for section in self.sections for item in section.items)

    def routine_by_title(self) -> dict[str, list[Routine]]:
        """What needs nobody, by recipe and fate: "Estimate follow-up: leaves with --send"."""
        titled: dict[str, list[Routine]] = {}
        for line in self.routine:
            titled.setdefault(f"{line.recipe}: {line.fate}", []).append(line)
        return titled

    def counts_title(self) -> str:
        """Say whether all rows have their decisions."""
        return "Every row has its decision" if all(line.adds_up for line in self.counts) else "Rows and decisions do not add up"

    def headline(self) -> str:
        """Say "6 things need a person: Dana Reed 5 and Maria Lopez 1"; what is not working stands before it."""
        said = "; ".join(filter(None, (opening(self.troubles), self._stopped(), self._needs()))) or "nothing needs a person"
        return said[:1].upper() + said[1:]

    def _stopped(self) -> str:
        titles = list(dict.fromkeys(brake.recipe for brake in self.brakes))
        return f"stopped by a brake: {listed(titles)}" if titles else ""

    def _needs(self) -> str:
        if not self.items:
            return ""
        number = len(self.items)
        shares = [f"{section.owner} {len(section.items):,}" for section in self.sections]
        return f"{count(number, 'thing needs', 'things need')} a person: {listed(shares)}"


def build_report(
    plans: Sequence[Plan],
    people: Mapping[str, str],
    now: datetime,
    queue: Iterable[ReviewItem] = (),
    tables: Sequence[Table] = (),
    outbox: Collection[str] = (),
) -> ExceptionReport:
    """The report of the runs that made these plans. `people` maps an owner's key to a name.

    `queue` is the open review queue, where the items have their numbers; `tables` tell which lines of the sheets are no records;
    `outbox` names the channels whose messages only become files.
    """
    told = [plan for plan in plans if not blind(plan)]
    queue = list(queue)
    telling = Telling(now, people, review_numbers(queue), waiting=words_waiting(queue))
    return ExceptionReport(
        now=now,
        brakes=tuple(StoppedRun(plan.title, b.name, b.message, b.remedy) for plan in plans for b in _brakes(plan)),
        sections=by_owner(items_from_plans(plans, telling)),
        routine=tuple(routine for plan in told for routine in _routine(plan, outbox)),
        holds=tuple(_held(plan, d) for plan in told for d in plan.unsettled if d.decision == "hold"),
        counts=tuple(_count(plan.title, plan.counts()) for plan in plans),
        notes=(
            *(f"{plan.title}: its rows are not shown until the column is back." for plan in plans if blind(plan)),
            *(note for table in tables for note in _table_notes(table)),
            *_snoozed_note(sum(len(by_message(filter(put_off, plan.unsettled))) for plan in told)),
            *_more_note(queue, numbers_told(plans, telling), now),
        ),
    )


def report_from_queue(
    items: Sequence[ReviewItem], runs: Sequence[RunEntry], people: Mapping[str, str], now: datetime, titles: Mapping[str, str],
    undelivered: Sequence[tuple[SentMessage, Result]] = (), troubles: Sequence[Trouble] = (),
) -> ExceptionReport:  # fmt: skip
    """The report of what past runs found, without planning.

    `titles` maps every recipe of the office to its title; `undelivered` are messages that did not arrive and are in nobody's queue yet.
    `troubles` are what is not working, the gravest first.
    """
    telling = Telling(now, people, {}, {run.recipe for run in runs if run.end and "decisions" in run.end.counts})
    latest, last_made = _latest(known_runs(runs, now)), _latest(runs)
    return ExceptionReport(
        now=now,
        brakes=tuple(stopped for run in latest.values() for stopped in _stopped(run, titles)),
        sections=by_owner([*failed_items(undelivered, telling, titles), *items_from_queue(items, telling, titles)]),
        routine=tuple(_released(item, titles) for item in items if item.state == "approved"),
        holds=(),
        counts=tuple(_count(titles.get(name, name), run.end.counts) for name, run in latest.items() if run.end and run.end.counts),
        troubles=tuple(troubles),
        notes=(
            *_run_notes(last_made, titles, now, {one.about for one in troubles}),
            *_snoozed_note(sum(snoozed(item, now) for item in items)),
        ),
    )


# ── plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _brakes(plan: Plan) -> list[Brake]:
    return [brake for brake in plan.brakes if brake.name not in plan.accepted]


def _routine(plan: Plan, outbox: Collection[str]) -> list[Routine]:
    """One line for each message; a message that covers several rows is one, and so is what a step of a trail keeps for several rows."""
    routine = [decision for decision in plan.unsettled if decision.decision == "act" and not needs_person(decision)]
    quiet = [decision for decision in routine if plan.trail and decision.action != "message"]
    steps: dict[tuple[str, str], list[Decision]] = {}
    for one in quiet:
        steps.setdefault((one.step or "", _fate(plan, one, outbox)), []).append(one)
    messages = by_message(decision for decision in routine if not plan.trail or decision.action == "message")
    return [
        *(_routine_line(plan, covered, outbox) for covered in messages),
        *(_quiet_line(plan, fate, covered) for (_, fate), covered in steps.items()),
    ]


def _quiet_line(plan: Plan, fate: str, covered: list[Decision]) -> Routine:
    """What a step does without a message; of one row also what that is."""
    first, alone = covered[0], len(covered) == 1
    return Routine(
        fate=fate,
        recipe=plan.title,
        customer=(first.customer or "") if alone else things(first.table, len(covered)),
        step=first.step or "",
        channel=first.action or "",
        to="",
        words=first_line(first.body) if alone else "",
    )


def _routine_line(plan: Plan, covered: list[Decision], outbox: Collection[str]) -> Routine:
    first = head(covered)
    return Routine(
        fate=_fate(plan, first, outbox),
        recipe=plan.title,
        customer=first.customer or "",
        step=first.step or "",
        channel=first.channel or first.action or "",
        to=first.to or "",
        words=first_line(first.body),
        rows=len(covered),
    )


def _fate(plan: Plan, decision: Decision, outbox: Collection[str]) -> str:
    if decision.outcome == "skipped":
        return "skipped"
    if decision.outcome in {"sent", "queued"}:
        return "done" if not decision.channel else "written to outbox/" if decision.channel in outbox else "sent"
    if _brakes(plan):
        return "stopped by a brake"
    if plan.sent:
        return "leaves at the next run"
    if plan.trail and decision.action != "message":
        return "would be done if its mode allowed it" if plan.mode == "rehearse" else "done with --send, nothing leaves"
    return "would leave if its mode allowed it" if plan.mode == "rehearse" else "leaves with --send"


def _held(plan: Plan, decision: Decision) -> Held:
    return Held(plan.title, decision.customer or "", decision.step or "", decision.until, decision.reason)


def _count(recipe: str, counts: Mapping[str, int]) -> Count:
    return Count(recipe, counts.get("rows", 0), counts.get("decisions"), tuple(counts.get(kind, 0) for kind in KINDS))


def _table_notes(table: Table) -> list[str]:
    """What became of the lines that are no records, and what the sheet's own totals say."""
    passed = [f"{number:,} {kind}" for kind, number in table.passed_over.items() if number]
    parts = [
        count(len(table.records), "record"),
        *([f"{count(table.folded, 'line')} folded into another"] if table.folded else []),
        *([f"{count(sum(table.passed_over.values()), 'line')} passed over ({listed(passed)})"] if passed else []),
    ]
    said = [f"{table.name}: {'; '.join(parts)}."] if len(parts) > 1 else []
    return [*said, *(f"{warning.file}: {warning.message}" for warning in table.warnings)]


# ── past runs and the queue ──────────────────────────────────────────────────────────────────────────────────────────


def _latest(runs: Iterable[RunEntry]) -> dict[str, RunEntry]:
    """The last run of each recipe, in the order of their names."""
    latest: dict[str, RunEntry] = {}
    for run in sorted(runs, key=lambda run: run.id):  # as they were made: a rehearsal for tomorrow was not made tomorrow
        latest[run.recipe] = run
    return dict(sorted(latest.items()))


def _stopped(run: RunEntry, titles: Mapping[str, str]) -> list[StoppedRun]:
    if run.end is None:
        return []
    unknown = ("The last run was stopped; nothing was sent.", f"See what it was: contractor-ops run {run.recipe}")
    words = run.end.seen or [unknown] * len(run.end.brakes)
    return [StoppedRun(titles.get(run.recipe, run.recipe), name, *said) for name, said in zip(run.end.brakes, words, strict=True)]


def _released(item: ReviewItem, titles: Mapping[str, str]) -> Routine:
    return Routine(
        fate="released, leaves at the next run --send",
        recipe=titles.get(item.recipe, item.recipe),
        customer=item.customer or "",
        step=item.members[0].key.step if item.members else "",
        channel=item.channel or item.kind,
        to=item.to or "",
        words=first_line(item.edited or item.body),
        rows=len(item.members),
    )


def _run_notes(latest: Mapping[str, RunEntry], titles: Mapping[str, str], now: datetime, told: Collection[str]) -> list[str]:
    """When each recipe last ran and how that went, where that is not `told` above; a recipe that never ran is said so."""
    never = [f"{title}: never run." for name, title in titles.items() if name not in latest]
    return [
        f"{titles.get(name, name)}: {_run_in_words(name, run, now, titles.get(name, name) in told)}" for name, run in latest.items()
    ] + never


def _run_in_words(name: str, run: RunEntry, now: datetime, told: bool) -> str:
    what = "run with --send" if run.sent else "rehearsed"
    if run.end is None and now - run.now <= UNDER_WAY:
        return f"{what} since {moment(run.now, now)}, and not ended yet."
    if run.end is None:
        return f"{what} on {moment(run.now, now)} and never finished: run it again, and look at what is in doubt."
    told = told and now - run.now <= TOLD_FOR
    trouble = f" It ended with: {run.end.error}" if run.end.error and not told else ""
    # Only a run with --send puts its tasks on anybody's list.
    acts = run.end.counts.get("act", 0) if not run.sent else 0
    only_there = f" What it would do ({count(acts, 'row')}) is not in this report: contractor-ops run {name}" if acts else ""
    return f"last {what} on {moment(run.now, now)}.{trouble}{only_there}"


def _snoozed_note(asleep: int) -> list[str]:
    return [f"{count(asleep, 'thing is', 'things are')} snoozed till a later day."] if asleep else []


def _more_note(queue: Iterable[ReviewItem], told: Collection[int], now: datetime) -> list[str]:
    """What waits besides what this run is about: tasks of earlier runs, and what other recipes ask."""
    left = sum(item.kind != "broken" and item.id not in told and item.state == "open" and not snoozed(item, now) for item in queue)
    return [f"{count(left, 'more thing waits', 'more things wait')} on the list: contractor-ops review list"] if left else []
