"""Rows that stand in a sheet twice, word for word: they are one paper, and count once."""

from collections.abc import Sequence

from contractor_ops.tables.record import Record, Value


def told_once_only(changes: Sequence[Record]) -> tuple[tuple[Record, ...], list[str]]:
    """The change orders without copies, and a sentence for each copy. What has neither number nor words cannot be told from another."""
    kept: list[Record] = []
    said: list[str] = []
    firsts: dict[tuple[Value, Value], list[Record]] = {}
    for one in changes:
        named = one["number"], one["description"]
        alike = firsts.setdefault(named, [])
        first = next((other for other in alike if other.values == one.values), None) if any(named) else None
        if first is None:
            alike.append(one)
            kept.append(one)
        else:
            said.append(
                f"change order {named[0] or named[1]} stands word for word in rows {first.place.row} and {one.place.row}: it is counted once"
            )
    return tuple(kept), said
