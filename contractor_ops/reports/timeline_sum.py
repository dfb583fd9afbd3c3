"""What a simulation came to: how much was done, what stopped for a person, and what never came."""

from collections import Counter
from collections.abc import Iterator

from contractor_ops.planning.decision import Decision
from contractor_ops.reports.format import count, listed, with_phones
from contractor_ops.reports.timeline import DONE, Happened, Timeline
from contractor_ops.reports.timeline_stops import NO_MESSAGE, stop_lines

_DID = {
    "sms": "text", "email": "e-mail", "task": "task", "assign": "assignment", "checklist": "checklist", "calendar": "calendar entry",
    "check-materials": "look at the shelf", "update-row": "note", "draft-invoice": "draft invoice",
}  # fmt: skip
_MANY = {"calendar": "calendar entries", "check-materials": "looks at the shelf"}


def summary(timeline: Timeline) -> Iterator[str]:
    """The last lines."""
    decided = [one.one for one in timeline.decided]
    yield f"In {count(timeline.days, 'day')}: {_done(decided)}."
    yield from stop_lines(timeline)
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
        yield with_phones(f"  {', '.join(steps)}{f': {because}' if because else ''}")


def _because(timeline: Timeline, step: str, latest: Decision) -> str:
    """Why a step never came: the last true word about it."""
    if not timeline.trail and latest.decision in {"ended", "review", "broken"}:
        return latest.reason
    key = next((key for key in ((timeline.only, step), *timeline.because) if key in timeline.because and key[1] == step), None)
    if key is None:
        return ""
    said = timeline.because[key]
    if timeline.gone and said.due and said.due.timestamp() > timeline.gone.timestamp():
        return "the row was taken out of the sheet"
    return said.reason.removeprefix(f"{step} ").rpartition(NO_MESSAGE)[2]
