"""Where the office leaks, as a value: the leaks in the order in which they are worth fixing, what holds, and what cannot be told."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from contractor_ops.figures.leak import WEIGHTS, Leak, Sure
from contractor_ops.figures.leaks import Leaks
from contractor_ops.figures.values import group
from contractor_ops.reports.digest import SourceAge, group_json


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What an office's spreadsheets show. `is_set_up` is False for a folder of spreadsheets without config.toml."""

    office: str
    now: datetime
    leaks: Leaks
    sources: tuple[SourceAge, ...]
    is_set_up: bool

    @property
    def first(self) -> Leak | None:
        """The first dropped ball worth fixing."""
        return self.leaks.found[0] if self.leaks.found else None

    @property
    def money(self) -> Decimal:
        """What is known of the money in all leaks."""
        return sum((one.money for one in self.leaks.found if one.money is not None), Decimal(0))

    @property
    def known(self) -> Decimal:
        """That money without what is a guess."""
        return self.money - self.guessed

    @property
    def guessed(self) -> Decimal:
        """What is a guess: it stands beside the sum, never in it."""
        return self.by_sureness.get("a guess", Decimal(0))

    @property
    def looked_at(self) -> tuple[int, int]:
        """How many leaks could be looked at, of how many."""
        told = len(self.leaks.found) + len(self.leaks.tight)
        return told, told + len(self.leaks.untold)

    @property
    def by_sureness(self) -> dict[Sure, Decimal]:
        """That money by how sure it is; nothing for what there is none of."""
        sums = {sure: sum((one.money or Decimal(0) for one in self.leaks.found if one.sure == sure), Decimal(0)) for sure in WEIGHTS}
        return {sure: money for sure, money in sums.items() if money}


def scorecard_json(card: Scorecard) -> dict[str, Any]:
    """The scorecard for scripts: money as numbers, days in ISO form, unknown as null."""
    return {
        "office": card.office, "now": card.now.isoformat(), "is_set_up": card.is_set_up, "money": float(card.money),
        "money_by_sureness": {sure: float(money) for sure, money in card.by_sureness.items()},
        "first": card.first.key if card.first else None,
        "leaks": [leak_json(one) for one in card.leaks.found],
        "tight": [leak_json(one) for one in card.leaks.tight],
        "cannot_be_told": [{"key": one.key, "title": one.title, "why": one.why} for one in card.leaks.untold],
        "sources": [
            {"table": one.table, "file": one.file, "days": one.days, "trouble": one.trouble or None} for one in card.sources
        ],
    }  # fmt: skip


def leak_json(one: Leak) -> dict[str, Any]:
    """A leak for scripts, with its definition."""
    return {
        "key": one.key, "title": one.title, "sentence": one.sentence, "part": one.part, "whole": one.whole, "of": one.of,
        "money": None if one.money is None else float(one.money), "how": one.how, "sure": one.sure, "because": one.because, "rows": one.rows,
        "tables": list(one.tables), "first": one.window.first.isoformat() if one.window else None, "last": one.window.last.isoformat() if one.window else None,
        "recipe": one.recipe, "lines": group_json(group(one.key, one.title, one.lines))["lines"],
    }  # fmt: skip
