"""What was written is read back: the new values are there, and every other cell of every sheet is as before."""

from collections.abc import Sequence
from itertools import zip_longest

from contractor_ops.ports import Cell, Sheet
from contractor_ops.sources.writing.placing import Target, says
from contractor_ops.tables.record import Place


def difference(before: Sequence[Sheet], after: Sequence[Sheet], targets: Sequence[Target], file: str) -> Place | None:
    """The first place that is not as it should be, or None."""
    if [(sheet.name, sheet.hidden) for sheet in before] != [(sheet.name, sheet.hidden) for sheet in after]:
        return Place(file, None, None)
    for old, new in zip(before, after, strict=True):
        meant = [target for target in targets if target.sheet == old.name]
        row = _first_difference(old, new, meant)
        if row is not None:
            return Place(file, old.name, row + 1)
    return None


def _first_difference(old: Sheet, new: Sheet, targets: Sequence[Target]) -> int | None:
    """The row (from 0) of the first cell that is neither as before nor as meant."""
    by_row: dict[int, dict[int, Target]] = {}
    for target in targets:
        by_row.setdefault(target.row, {})[target.column] = target
    for row, (was, now) in enumerate(zip_longest(old.rows, new.rows, fillvalue=())):
        if row in by_row:
            if not _as_meant(was, now, by_row[row]):
                return row
        elif was != now and not _as_meant(was, now, {}):
            return row
    written = {(target.row, target.column) for target in targets}
    changed = {at for at in old.errors.keys() | new.errors.keys() if old.errors.get(at) != new.errors.get(at)} - written
    return min(changed)[0] if changed else None


def _as_meant(was: Sequence[Cell], now: Sequence[Cell], targets: dict[int, Target]) -> bool:
    for column, (old, new) in enumerate(zip_longest(was, now, fillvalue="")):
        if column in targets:
            if not says(new, targets[column].value):
                return False
        elif old != new:
            return False
    return True
