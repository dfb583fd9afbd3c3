"""The findings as a person should read them: each cause once, with all that it holds up, and the gravest first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from contractor_ops.reports.format import listed
from contractor_ops.work.check_finding import WEIGHTS, Finding

RECIPE, TABLE = "recipe ", "table "


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What stops a run, then what spoils it, then what can wait; what is well comes last. No cause is told twice."""
    return sorted(_told_once(findings), key=_rank)


def _rank(one: Finding) -> int:
    return {"error": 0, "warning": 1 + WEIGHTS.index(one.weight), "ok": 1 + len(WEIGHTS)}[one.level]


def _told_once(findings: Iterable[Finding]) -> list[Finding]:
    together: dict[object, list[Finding]] = {}
    for one in findings:
        spreads = one.level == "error" or one.cause
        together.setdefault((one.cause or one.message) if spreads else one, []).append(one)
    return [_as_one(alike) for alike in together.values()]


def _as_one(alike: Sequence[Finding]) -> Finding:
    """The finding of that place where the cause is to be mended (a recipe only where there is no other), and what else it concerns."""
    first = next((one for one in alike if not one.about.startswith(RECIPE)), alike[0])
    recipes, tables = (list(_others(alike, first, kind)) for kind in (RECIPE, TABLE))
    told = [first.message]
    if tables:
        told.append(f"So it is with the {'tables' if len(tables) > 1 else 'table'} {listed(tables)}.")
    if recipes:
        told.append(f"{'So it is with' if first.about.startswith(RECIPE) else 'It stops'} {listed(recipes)}.")
    gravest = min(alike, key=_rank)
    message = " ".join([f"{told[0].rstrip('.')}.", *told[1:]]) if len(told) > 1 else first.message
    return replace(first, level=gravest.level, weight=gravest.weight, message=message)


def _others(alike: Iterable[Finding], first: Finding, kind: str) -> dict[str, None]:
    return dict.fromkeys(one.about.removeprefix(kind) for one in alike if one.about.startswith(kind) and one.about != first.about)
