"""Messages of a trail that nobody released in time: they do not leave any more, and whoever should have heard may still have to be told."""

import re
from collections.abc import Iterable, Iterator, Mapping

from contractor_ops.planning.decision import Decision
from contractor_ops.ports import ReviewItem, StepKey
from contractor_ops.reports.format import count, documents, listed

UNRELEASED = "not released in time: "
"""How the note begins that a run leaves on a message whose time went by before anybody released it."""
_TOO_LATE = re.compile(r"no message: (that is more than|the visit lies in the past)")
_NAMED = 5


def too_late(item: ReviewItem, decisions: Mapping[StepKey, Decision]) -> str:
    """Why a message that waits for its release cannot leave any more, where its time alone is the reason; else ""."""
    if item.kind != "message" or item.state != "open":
        return ""
    why = [decisions[member.key].reason if member.key in decisions else "" for member in item.members]
    return f"{UNRELEASED}{why[0]}" if all(_TOO_LATE.search(one) for one in why) else ""


def was_too_late(item: ReviewItem) -> bool:
    """Whether a run took a message off the list because nobody had released it in time."""
    return item.state == "gone" and item.note.startswith(UNRELEASED)


def unreleased_line(items: Iterable[ReviewItem]) -> Iterator[str]:
    """One sentence about all of them, step by step; none where there are none."""
    by_step: dict[str, list[str]] = {}
    for item in items:
        by_step.setdefault(item.members[0].key.step, []).append(_named(item))
    if not by_step:
        return
    told = "; ".join(f"{step}: {listed(_first(names))}" for step, names in by_step.items())
    many = count(sum(map(len, by_step.values())), "message was", "messages were")
    yield f"{many} not released in time and will not leave. {told}. Call whoever still has to know"


def _first(names: list[str]) -> list[str]:
    return names if len(names) <= _NAMED else [*names[:_NAMED], f"{len(names) - _NAMED} more"]


def _named(item: ReviewItem) -> str:
    about = documents(item.table, [member.key.record for member in item.members])
    return f"{item.customer} ({about})" if item.customer else about
