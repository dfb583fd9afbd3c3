"""Sentences about what was written into the office's own sheets."""

from collections.abc import Sequence

from contractor_ops.planning.decision import Plan, WrittenBack
from contractor_ops.reports.format import count


def written_back(plans: Sequence[Plan]) -> list[str]:
    """A line for each file; nothing for those that said everything already."""
    return [_sentence(one) for one in _once(plans) if one.cells or one.trouble]


def not_written(plans: Sequence[Plan]) -> list[str]:
    """Only what could not be written and does not pass by itself: Excel may have a file open all day."""
    return [_sentence(one) for one in _once(plans) if one.trouble and not one.passing]


def _once(plans: Sequence[Plan]) -> list[WrittenBack]:
    return list(dict.fromkeys(one for plan in plans for one in plan.write_back))


def _sentence(one: WrittenBack) -> str:
    if one.trouble:
        return f"Write-back{'' if one.file else f' of {one.tables[0]}'}: {one.trouble}"
    if not one.really:
        return f"{count(one.cells, 'cell')} would be written into {one.file}."
    return f"{count(one.cells, 'cell')} written into {one.file}" + (f"; as it was before: {one.backup}." if one.backup else ".")
