"""Shares and averages over the days of a window, with the window before it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from contractor_ops.figures.values import Average, Share, Window


def share(
    key: str, title: str, sentence: str, facts: Iterable[tuple[date, int, int]], window: Window, unknown: str = ""
) -> Share:  # fmt: skip
    """A share of facts, each its day, what it adds to the part, and what to the whole."""
    part, whole, part_before, whole_before, earlier = 0, 0, 0, 0, window.before()
    for day, gained, of in facts if not unknown else ():
        if day in window:
            part, whole = part + gained, whole + of
        elif day in earlier:
            part_before, whole_before = part_before + gained, whole_before + of
    return Share(key, title, sentence, part, whole, window, None if unknown else (part_before, whole_before), unknown)


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
