"""Where a simulation would stop for a person: answers that somebody must give, what must be decided or mended, and messages that never left."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from contractor_ops.planning.decision import Decision
from contractor_ops.reports.format import count, day, listed, moment, with_phones
from contractor_ops.reports.timeline import DONE, Decided, Happened, Timeline

NO_MESSAGE = "no message: "
_THEIR_OWN_WISH = ("the customer opted out", "do not contact")
"""Why a message stays away that nobody has to make good."""
_MOST = 20


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that a person has to do; `alike` tells what stands in one line with it, `name` is what it is called there."""

    at: datetime
    owner: str
    alike: str
    name: str
    todo: str


def stops(timeline: Timeline) -> list[Stop]:
    """All of them, in the order of time; what still waits for a person at the end comes last."""
    found = [stop for one in timeline.happenings for stop in _of(one, timeline)]
    return [*found, *_still_held(timeline)]


def stop_lines(timeline: Timeline) -> Iterator[str]:
    """How many things stop, whose they are, and of one row also what must be done."""
    found = stops(timeline)
    if not found:
        tasks = sum(one.one.action == "task" and one.one.outcome in DONE for one in timeline.decided)
        but = f"but the {'task' if tasks == 1 else f'{tasks} tasks'} " if tasks else ""
        yield f"Nothing {but}would stop for a person."
        return
    owners = Counter(stop.owner for stop in found)
    yield f"{count(len(found), 'thing')} would stop for a person: {', '.join(f'{owner} {number}' for owner, number in owners.items())}."
    if timeline.only:
        yield from _listed(found, timeline)


def _listed(found: Sequence[Stop], timeline: Timeline) -> Iterator[str]:
    together: dict[tuple[str, str, str], list[Stop]] = {}
    for stop in found:
        together.setdefault((stop.owner, stop.alike, stop.todo), []).append(stop)
    for (owner, _, todo), alike in list(together.items())[:_MOST]:
        names = listed([f"{stop.name} ({day(stop.at, timeline.start)})" for stop in alike])
        yield with_phones(f"  {names}: {owner} {todo}")
    if len(together) > _MOST:
        yield f"  and {len(together) - _MOST} more"


def _of(one: object, timeline: Timeline) -> Iterator[Stop]:
    if isinstance(one, Happened) and one.owner:
        yield Stop(one.at, one.owner, one.value, one.said, "answers it, and then: contractor-ops resume")
    if not isinstance(one, Decided):
        return
    decision, owner = one.one, timeline.people.get(one.one.owner, one.one.owner)
    name = decision.step if decision.step and decision.step in timeline.steps else decision.record
    if decision.decision in {"review", "broken"}:
        does = "decides" if decision.decision == "review" else "mends it"
        yield Stop(one.at, owner, decision.reason, name, f"{does}: {decision.reason}")
    elif one.expected:
        late = f"calls them: they reckon with {moment(one.expected, timeline.start)}, and no message may leave before"
        yield Stop(one.at, owner, late, name, late)
    elif (why := _never_left(one)) and not _was_done(decision, timeline):
        yield Stop(one.at, owner, why, name, f"tells them another way, if it still matters; never left, because: {why}")


def _never_left(one: Decided) -> str:
    """Why a message died waiting, "" where it did not, or where that is what the customer wanted."""
    decision = one.one
    if one.first or decision.decision != "ended" or decision.action != "message" or NO_MESSAGE not in decision.reason:
        return ""
    why = decision.reason.rpartition(NO_MESSAGE)[2]
    return "" if any(wish in why for wish in _THEIR_OWN_WISH) else why


def _was_done(decision: Decision, timeline: Timeline) -> bool:
    """Whether the same step is done for another time of the visit: then they know, and what changed is told by itself."""
    return any((one.one.record, one.one.step) == (decision.record, decision.step) and one.one.outcome in DONE for one in timeline.decided)


def _still_held(timeline: Timeline) -> Iterator[Stop]:
    """What waits at the end for a person, and not for a moment; it has waited since that was news."""
    since = {(one.one.record, one.one.step): one.at for one in timeline.decided}
    for key, one in timeline.last.items():
        if one.decision == "hold" and one.until is None:
            owner = timeline.people.get(one.owner, one.owner)
            yield Stop(
                since.get(key, timeline.end), owner, one.reason, one.step or one.record, f"lets it go or does it by hand: {one.reason}"
            )
