"""When a recipe runs in a time to come: at its own slots, each once, on the clock of the office."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.hours import parse_business_hours
from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.timetable.reading import read_when
from contractor_ops.work.simulate_slots import Slots

ZONE = ZoneInfo("America/Chicago")
START = datetime(2026, 10, 30, 10, 0, tzinfo=ZONE)


def slots(runs: str, days: int = 10) -> Slots:
    calendar = OfficeCalendar(ZONE, parse_business_hours({"mon-fri": "08:00-17:00"}), "US-IL")
    return Slots(read_when(runs) if runs else None, calendar, START + timedelta(days=days))


def all_of(found: Slots) -> list[str]:
    told = []
    while one := found.next():
        told.append(one[0].isoformat())
    return told


def test_the_first_run_of_each_day_is_at_its_time_on_the_clock_also_when_clocks_go_back() -> None:
    weekdays = slots("weekdays 09:05", 5)
    weekdays.ask_for_every_day(START)
    assert all_of(weekdays) == ["2026-11-02T09:05:00-06:00", "2026-11-03T09:05:00-06:00", "2026-11-04T09:05:00-06:00"]
    daily = slots("daily 09:05", 3)
    daily.ask_for_every_day(START)
    assert all_of(daily) == ["2026-10-31T09:05:00-05:00", "2026-11-01T09:05:00-06:00", "2026-11-02T09:05:00-06:00"]


def test_a_moment_that_is_a_slot_is_that_slot_and_any_other_the_next_one() -> None:
    found = slots("every 15 minutes 07:00-20:00")
    for moment in (
        START,
        START + timedelta(seconds=1),
        START + timedelta(minutes=14),
        START + timedelta(hours=12),
        START + timedelta(days=11),
    ):
        found.ask_for(moment)
    assert all_of(found) == ["2026-10-30T10:00:00-05:00", "2026-10-30T10:15:00-05:00", "2026-10-31T07:00:00-05:00"]


def test_a_recipe_without_runs_runs_when_something_is_due() -> None:
    found = slots("", 1)
    found.ask_for(START + timedelta(minutes=7))
    found.ask_for_the_one_after(START, "J-1")
    found.ask_for_every_day(START)
    assert all_of(found) == ["2026-10-30T10:07:00-05:00", "2026-10-31T09:00:00-05:00"]


def test_a_slot_is_whose_it_was_asked_for_or_everybody_s() -> None:
    found = slots("daily 09:05")
    found.ask_for(START, "J-1")
    found.ask_for(START + timedelta(minutes=1), "J-2")
    found.ask_for(START + timedelta(days=1), "J-1")
    found.ask_for(START + timedelta(days=1))
    found.ask_for(START + timedelta(days=1), "J-2")
    assert [one and one[1] for one in (found.next(), found.next(), found.next())] == [frozenset({"J-1", "J-2"}), None, None]


@given(st.lists(st.integers(min_value=0, max_value=10 * 24 * 60), max_size=30))
def test_runs_come_in_order_each_once_and_none_before_what_asked_for_it(minutes: list[int]) -> None:
    found = slots("every 10 minutes 07:00-20:00")
    asked = [START.astimezone(UTC) + timedelta(minutes=one) for one in minutes]
    for moment in asked:
        found.ask_for(moment)
    told = [datetime.fromisoformat(one).astimezone(UTC) for one in all_of(found)]
    assert told == sorted(set(told))
    assert all(any(slot >= moment for moment in asked) for slot in told)
    last = datetime(2026, 11, 9, 9, 50, tzinfo=ZONE).astimezone(UTC)
    assert all(any(moment <= slot <= moment + timedelta(hours=13) for slot in told) for moment in asked if moment <= last)
