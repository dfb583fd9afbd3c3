"""Which rows one message covers: a recipe may send a customer one message for several rows, and it is told once."""

import re
from collections.abc import Iterable

from contractor_ops.planning.asking import RELEASES
from contractor_ops.planning.decision import Decision

Message = tuple[str, ...]
_ONLY_A_RELEASE = re.compile(
    r"(?:^|: )(?:a person releases it|it fell due more than a week before|the row or the words have changed since they were released)"
)
"""How planning words a review that is about no doubt of the row: it puts these last, so that one of them stands first only where there is no other."""
_ROUTINE = re.compile(rf"(?:^|: ){RELEASES}")
BACKLOG = "backlog"
"""The group of rows that a person looks through together; each keeps its own message."""


def message_of(decision: Decision) -> Message:
    """The message that a decision is part of, within one recipe. One number under two customers is two messages."""
    if decision.group and decision.group != BACKLOG:
        return ("group", decision.group, decision.words_hash)
    record = decision.settled_by or decision.record
    return ("record", record, decision.step or "", decision.anchor, decision.customer_key or decision.customer or "")


def by_message(decisions: Iterable[Decision]) -> list[list[Decision]]:
    """The decisions that share a message, together, in the order of their first rows."""
    messages: dict[Message, list[Decision]] = {}
    for decision in decisions:
        messages.setdefault(message_of(decision), []).append(decision)
    return list(messages.values())


def head(covered: list[Decision]) -> Decision:
    """The row that has the words; the others are settled by its message."""
    return next((decision for decision in covered if decision.body and not decision.settled_by), covered[0])


def first_line(words: str | None) -> str:
    """The first line of a message that says something."""
    return next((line.strip() for line in (words or "").splitlines() if line.strip()), "")


def in_doubt(reason: str) -> bool:
    """Whether a reason says that an earlier run's message may not have arrived; a customer's words, in quotes, do not count."""
    return "in doubt" in _unquoted(reason).lower()


def only_a_release(reason: str) -> bool:
    """Whether a message waits for a person's release and for nothing else; any other reason is a question about the row."""
    return _ONLY_A_RELEASE.search(_unquoted(reason)) is not None


def routine(reason: str) -> bool:
    """Whether nothing at all speaks against a message: planning says that a person releases it only where it has no doubt to tell."""
    return _ROUTINE.search(_unquoted(reason)) is not None


def _unquoted(reason: str) -> str:
    return re.sub(r'"[^"]*"', "", reason)
