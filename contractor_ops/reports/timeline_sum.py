"""What a simulation came to: how much was done, what stopped for a person, and what never came."""

from collections import Counter
from collections.abc import Iterator

from contractor_ops.planning.decision import Decision
from contractor_ops.reports.format import count, listed
from contractor_ops.reports.timeline import DONE, Happened, Timeline

_DID = {
    "sms": "text", "email": "e-mail", "task": "task", "assign": "assignment", "checklist": "checklist", "calendar": "calendar entry",
    "check-materials": "look at the shelf", "update-row": "note", "draft-invoice": "draft invoice",
}  # fmt: skip
_MANY = {"calendar": "calendar entries", "check-materials": "looks at the shelf"}


def summary(timeline: Timeline) -> Iterator[str]:
    """The last lines."""
    decided = [one.one for one in timeline.decided]
    yield f"In {count(timeline.days, 'day')}: {_done(decided)}."
    stopped = [one for one in decided if one.decision in {"review", "broken"}]
    yield (
        f"{count(len(stopped), 'thing')} would stop for a person: {_by_owner(stopped, timeline)}."
        if stopped
        else "Nothing would stop for a person."
    )
    if events := sum(isinstance(one, Happened) for one in timeline.happenings):
        yield f"{count(events, 'event')} happened."
    yield from _never(timeline, decided)


def _done(decided: list[Decision]) -> str:
    """Messages are counted once, however many rows they settle."""
    did: Counter[str] = Counter()
    for one in decided:
        if one.decision == "act" and one.outcome in DONE and not one.settled_by:
            did[(one.channel or "") if one.action == "message" else (one.action or "")] += 1
    parts = [count(did[key], word, _MANY.get(key, "")) for key, word in _DID.items() if did[key]]
    return listed(parts) or "nothing would be done"


def _by_owner(stopped: list[Decision], timeline: Timeline) -> str:
    owners = Counter(timeline.people.get(one.owner, one.owner) for one in stopped)
    return ", ".join(f"{owner} {number}" for owner, number in owners.items())


def _never(timeline: Timeline, decided: list[Decision]) -> Iterator[str]:
    """The steps that nobody came to, with the reason where there is one row to say it of."""
    came = {one.step for one in decided if one.decision in {"act", "review", "broken"}}
    before = {one.step for one in timeline.first.values() if one.decision == "done"} - came
    if done := [step for step in timeline.steps if step in before]:
        yield f"Done before: {', '.join(done)}."
    never = [step for step in timeline.steps if step not in came | before]
    if not never:
        return
    if not decided:
        yield f"Nothing was decided about it: it never was one of {timeline.reads.replace('_', ' ')}."
        return
    if not timeline.only:
        yield f"Steps that never came: {', '.join(never)}."
        return
    yield "Steps that never came:"
    why: dict[str, list[str]] = {}
    for step in never:
        why.setdefault(_because(timeline, step, decided[-1]), []).append(step)
    for because, steps in why.items():
        yield f"  {', '.join(steps)}{f': {because}' if because else ''}"


def _because(timeline: Timeline, step: str, latest: Decision) -> str:
    """Why a step never came: what ended or held it; of one that only waited, what it waited for when the row was first looked at."""
    if not timeline.trail and latest.decision in {"ended", "review", "broken"}:
        return latest.reason
    key = next((key for key in ((timeline.only, step), *timeline.last) if key in timeline.last and key[1] == step), None)
    said = (timeline.first[key], timeline.last[key]) if key else None
    if said is None:
        return ""
    first, last = said
    return (first if last.decision == "wait" and last.due is None else last).reason.removeprefix(f"{step} ")
