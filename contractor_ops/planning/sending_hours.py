"""Whether a message may leave now: the office's own hours, narrowed by the rules of every state and zone a person may be in.

The rules are data (state_rules.toml). A message has to be allowed on every plausible clock at once.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from contractor_ops.hours import WEEKDAYS
from contractor_ops.planning.calendar import wall_moment
from contractor_ops.planning.state_rules import rules_of
from contractor_ops.planning.whereabouts import Whereabouts, city

DAYS_LOOKED_AHEAD = 10


@dataclass(frozen=True)
class SendingHours:
    """The office's `send_between`, on the recipient's clock: the start is open, the end is closed."""

    start: time
    end: time


def allowed(moment: datetime, hours: SendingHours, where: Whereabouts) -> tuple[bool, datetime | None]:
    """Whether a message may leave at `moment`; if not, also the first moment at which it may, in the first plausible zone.

    That moment is None where no hour of the next ten days suits every plausible zone and state.
    """
    now = moment.astimezone(UTC)
    first = _first_allowed(now, hours, where.zones, where.states)
    if first == now:
        return True, None
    return False, first.astimezone(where.zones[0]) if first else None


def closes_at(moment: datetime, hours: SendingHours, where: Whereabouts) -> datetime:
    """When the window in which `moment` lies ends, in the first plausible zone; `moment` itself where nothing may leave then."""
    if not allowed(moment, hours, where)[0]:
        return moment.astimezone(where.zones[0])
    now = moment.astimezone(UTC)
    windows = (_window(now.astimezone(zone).date(), zone, hours, where.states) for zone in _clocks(where.zones, where.states))
    return min(window[1] for window in windows if window).astimezone(where.zones[0])


def rule_words(where: Whereabouts, moment: datetime, hours: SendingHours) -> str:
    """Why nothing may leave at `moment`, as a sentence that names the zone or state that decided; "" where it may."""
    for zone in _clocks(where.zones, where.states):
        local = moment.astimezone(UTC).astimezone(zone)
        if sentence := _closed_day(local.date(), where.states) or _closed_hour(local, zone, hours, where.states):
            return sentence
    return ""


def cap_per_24_hours(where: Whereabouts) -> int | None:
    """The smallest number of messages a day that a plausible state allows, None where none has a limit."""
    return min((rule.cap_per_24_hours for rule in rules_of(where.states) if rule.cap_per_24_hours), default=None)


# the words


def _closed_day(day: date, states: tuple[str, ...]) -> str:
    weekday = WEEKDAYS[day.weekday()]
    for rule in rules_of(states):
        if rule.hours[day.weekday()] is None:
            return f"{weekday} in {rule.place}: no messages leave there on a {weekday}"
        if holiday := rule.holiday(day):
            return f"{holiday} in {rule.place}: no messages leave there on holidays"
    return ""


def _closed_hour(local: datetime, zone: ZoneInfo, hours: SendingHours, states: tuple[str, ...]) -> str:
    clock = f"{local:%H:%M} in {city(zone)}"
    if not hours.start <= local.time() < hours.end:
        return f"{clock}: messages leave between {hours.start:%H:%M} and {hours.end:%H:%M} there"
    for rule in rules_of(states):
        span = rule.hours[local.weekday()]
        if span and not span[0] <= local.time() < span[1]:
            on_sunday = " on a Sunday" if local.weekday() == 6 else ""
            return f"{clock}: in {rule.place} messages leave between {span[0]:%H:%M} and {span[1]:%H:%M}{on_sunday}"
    return ""


# the windows, in UTC


@lru_cache(maxsize=20_000)
def _first_allowed(now: datetime, hours: SendingHours, zones: tuple[ZoneInfo, ...], states: tuple[str, ...]) -> datetime | None:
    """Goes round the clocks, each moving the moment on to its next opening, until none has to."""
    moment, settled, latest = now, False, now + timedelta(days=DAYS_LOOKED_AHEAD)
    while not settled:
        settled = True
        for zone in _clocks(zones, states):
            opening = _next_opening(moment, zone, hours, states)
            if opening is None or opening > latest:
                return None
            settled &= opening == moment
            moment = opening
    return moment


def _next_opening(moment: datetime, zone: ZoneInfo, hours: SendingHours, states: tuple[str, ...]) -> datetime | None:
    today = moment.astimezone(zone).date()
    for ahead in range(DAYS_LOOKED_AHEAD + 1):
        window = _window(today + timedelta(days=ahead), zone, hours, states)
        if window and moment < window[1]:
            return max(moment, window[0])
    return None


@lru_cache(maxsize=20_000)
def _window(day: date, zone: ZoneInfo, hours: SendingHours, states: tuple[str, ...]) -> tuple[datetime, datetime] | None:
    spans = [(hours.start, hours.end)]
    for rule in rules_of(states):
        span = rule.hours[day.weekday()]
        if span is None or rule.holiday(day):
            return None
        spans.append(span)
    start, end = max(span[0] for span in spans), min(span[1] for span in spans)
    if start >= end:
        return None
    return wall_moment(day, start, zone).astimezone(UTC), wall_moment(day, end, zone).astimezone(UTC)


@lru_cache
def _clocks(zones: tuple[ZoneInfo, ...], states: tuple[str, ...]) -> tuple[ZoneInfo, ...]:
    also = (rule.counted_in for rule in rules_of(states) if rule.counted_in)
    return tuple(dict.fromkeys((*zones, *also)))
