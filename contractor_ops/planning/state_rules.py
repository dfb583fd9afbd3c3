"""The hours in which each state lets messages leave: what state_rules.toml says, made ready to be asked."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from contractor_ops.hours import WEEKDAYS, parse_hours
from contractor_ops.planning.calendar import holiday_name
from contractor_ops.planning.places import places


@dataclass(frozen=True)
class StateRule:
    """One state's rule: `hours` by weekday (0 = Monday), None where the day is closed. The rule that holds everywhere has the state ""."""

    state: str
    hours: tuple[tuple[time, time] | None, ...]
    closed_on_holidays: bool
    cap_per_24_hours: int | None
    counted_in: ZoneInfo | None
    source: str
    checked: str

    @property
    def place(self) -> str:
        """The name of the state, as a reason gives it."""
        return places().regions[self.state].name if self.state else "the United States"

    def holiday(self, day: date) -> str | None:
        """The holiday on which nothing leaves there, the state's own or a federal one; None where holidays don't matter."""
        if not self.closed_on_holidays:
            return None
        return holiday_name(f"US-{self.state}", day) or holiday_name("US", day)


@lru_cache
def rules_of(states: tuple[str, ...]) -> tuple[StateRule, ...]:
    """The rules that hold for somebody in any of these states: theirs, then the one that holds everywhere."""
    known = _known_rules()
    return (*(known[state] for state in states if state in known), known[""])


@lru_cache(maxsize=1)
def _known_rules() -> Mapping[str, StateRule]:
    """Every rule that ships with the package, by state; "" is the one that holds everywhere."""
    written = tomllib.loads(files(__package__).joinpath("state_rules.toml").read_text(encoding="utf-8"))
    rules = {"": _read_rule("", written["everywhere"])}
    return rules | {state: _read_rule(state, entry) for state, entry in written["states"].items()}


def _read_rule(state: str, entry: Mapping[str, Any]) -> StateRule:
    return StateRule(
        state=state,
        hours=tuple(_week(entry)),
        closed_on_holidays=entry.get("holidays") == "closed",
        cap_per_24_hours=entry.get("cap_per_24_hours"),
        counted_in=ZoneInfo(entry["counted_in"]) if "counted_in" in entry else None,
        source=entry["source"],
        checked=entry["checked"],
    )


def _week(entry: Mapping[str, Any]) -> Iterator[tuple[time, time] | None]:
    for weekday in (name.lower() for name in WEEKDAYS):
        weekend = entry.get("weekend", entry["hours"]) if weekday in {"saturday", "sunday"} else entry["hours"]
        text = entry.get(weekday, weekend)
        yield None if text == "closed" else parse_hours(text)
