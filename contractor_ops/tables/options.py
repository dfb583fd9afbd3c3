"""Options under one number: what the customer said yes to is the estimate, what was turned down is no part of it."""

from collections.abc import Sequence

from contractor_ops.tables.cells.statuses import meaning_of
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.record import Record

_AGREED = frozenset({"accepted", "converted"})
_NOT_TAKEN = frozenset({"draft", "declined", "expired"})


def agreed_lines(spec: TableSpec, lines: Sequence[Record]) -> tuple[Sequence[Record], Sequence[Record]]:
    """The lines of a document that count, and the rest; all of them count where none is accepted, or nothing else is said.

    A line without a status has that of the line above it: only the first line of an option may tell.
    """
    states = _states(spec, lines)
    if _AGREED.isdisjoint(states):
        return lines, ()
    agreed = [line for line, state in zip(lines, states, strict=True) if state in _AGREED or state is None]
    return agreed, [line for line, state in zip(lines, states, strict=True) if state not in _AGREED and state is not None]


def undecided(spec: TableSpec, rest: Sequence[Record]) -> Record | None:
    """The first line beside an accepted one that nobody has turned down."""
    return next((line for line, state in zip(rest, _states(spec, rest), strict=True) if state not in _NOT_TAKEN), None)


def _states(spec: TableSpec, lines: Sequence[Record]) -> list[str | None]:
    """What each line's status means: "unknown" where nobody knows the word, None above the first one that tells."""
    states: list[str | None] = []
    for line in lines:
        status = line.values.get("status")
        states.append((meaning_of(str(status), spec.statuses) or "unknown") if status is not None else states[-1] if states else None)
    return states
