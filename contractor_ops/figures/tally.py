"""Shares and averages over the days of a window, with the window before it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from contractor_ops.figures.values import Average, Share, Window

NOT_YET = "cannot be told yet: "
"""How the reason begins where a sheet can tell, and there is nothing to tell so far."""


def share(
    key: str, title: str, sentence: str, facts: Iterable[tuple[date, int, int]], window: Window, unknown: str = "", none: str = ""
) -> Share:  # fmt: skip
    """A share of facts, each its day, what it adds to the part, and what to the whole. `none` says what there was none of, where nothing was."""
    part, whole, part_before, whole_before, earlier = 0, 0, 0, 0, window.before()
    for day, gained, of in facts if not unknown else ():
        if day in window:
            part, whole = part + gained, whole + of
        elif day in earlier:
            part_before, whole_before = part_before + gained, whole_before + of
    why = unknown or (f"{NOT_YET}{none}" if none and not whole else "")
    return Share(key, title, sentence, part, whole, window, None if unknown else (part_before, whole_before), why)


def unmoved(found: Share, why: str) -> Share:
    """The share; where nothing counted in either window, and there is a reason why nothing could, the reason instead of "0 %"."""
    moved = found.part or (found.before and found.before[0])
    return found if moved or found.unknown or not why else replace(found, unknown=why)


def average(
    key: str, title: str, sentence: str, facts: Iterable[tuple[date, int]], window: Window, unit: str = "days", unknown: str = ""
) -> Average:
    """A mean of facts, each its day and its measure."""
    now, past, earlier = [], [], window.before()
    for day, measure in facts if not unknown else ():
        if day in window:
            now.append(measure)
        elif day in earlier:
            past.append(measure)
    before = None if unknown else (Decimal(sum(past)), len(past))
    return Average(key, title, sentence, Decimal(sum(now)), len(now), unit, window, before, unknown)
