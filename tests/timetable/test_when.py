"""The next moment, as cron finds it: on ordinary days, and where clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.timetable.reading import read_when
from contractor_ops.timetable.when import When, missed

CHICAGO = ZoneInfo("America/Chicago")
ZONES = ("America/Chicago", "America/Phoenix", "America/St_Johns", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "UTC")


def at(text: str, zone: ZoneInfo = CHICAGO, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def following(when: When, moment: datetime, count: int) -> list[str]:
    found = []
    for _ in range(count):
        moment = when.after(moment)
        found.append(moment.isoformat(timespec="minutes"))
    return found


@pytest.mark.parametrize(
    ("text", "moment", "expected"),
    [
        ("weekdays 09:05", "2026-11-20T09:04", "2026-11-20T09:05-06:00"),
        ("weekdays 09:05", "2026-11-20T09:05", "2026-11-23T09:05-06:00"),
        ("mon-sat 08:00, 13:00", "2026-11-21T08:00", "2026-11-21T13:00-06:00"),
        ("mon-sat 08:00, 13:00", "2026-11-21T13:00", "2026-11-23T08:00-06:00"),
        ("every 10 minutes 07:00-20:00", "2026-11-20T19:50", "2026-11-21T07:00-06:00"),
        ("every 5 minutes", "2026-11-20T23:57:31", "2026-11-21T00:00-06:00"),
    ],
)
def test_the_next_moment(text: str, moment: str, expected: str) -> None:
    assert read_when(text).after(at(moment)).isoformat(timespec="minutes") == expected


def test_a_time_that_is_skipped_in_spring_comes_at_the_next_valid_minute() -> None:
    assert following(read_when("daily 02:30"), at("2026-03-07T12:00"), 2) == ["2026-03-08T03:00-05:00", "2026-03-09T02:30-05:00"]


def test_a_time_that_comes_twice_in_autumn_is_taken_once() -> None:
    assert following(read_when("daily 01:30"), at("2026-10-31T12:00"), 2) == ["2026-11-01T01:30-05:00", "2026-11-02T01:30-06:00"]


def test_what_is_done_every_half_hour_goes_on_through_the_hour_that_comes_twice() -> None:
    assert following(read_when("every 30 minutes"), at("2026-11-01T00:30"), 5) == [
        "2026-11-01T01:00-05:00",
        "2026-11-01T01:30-05:00",
        "2026-11-01T01:00-06:00",
        "2026-11-01T01:30-06:00",
        "2026-11-01T02:00-06:00",
    ]
    assert following(read_when("every 30 minutes"), at("2026-03-08T01:30"), 2) == ["2026-03-08T03:00-05:00", "2026-03-08T03:30-05:00"]


TIMES = st.builds(
    lambda days, times: When(tuple(sorted(days)), tuple(sorted(times))),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.integers(0, 1439), min_size=1, max_size=3),
)
OFTEN = st.builds(
    lambda step, later: read_when(step).later(later), st.sampled_from(["every 5 minutes", "hourly", "every 15 minutes"]), st.integers(0, 4)
)
CHANGES = [
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 4, tzinfo=UTC),
]


@given(TIMES, st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(-4000, 4000))
def test_times_of_day_are_those_that_cron_finds(when: When, zone: str, change: datetime, minutes: int) -> None:
    """Where several lines are needed, what comes next is the first of what each finds."""
    moment = (change + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    found = sorted({one.astimezone(UTC) for line in when.crontab() for one in islice(CronSim(line, moment), 4)})
    assert when.after(moment).astimezone(UTC) == found[0]


@given(OFTEN, st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(-4000, 4000))
def test_what_comes_often_is_what_cron_finds(when: When, zone: str, change: datetime, minutes: int) -> None:
    moment = (change + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    [line] = when.crontab()
    assert when.after(moment).astimezone(UTC) == next(CronSim(line, moment)).astimezone(UTC)


@given(st.one_of(TIMES, OFTEN), st.sampled_from(ZONES), st.sampled_from(CHANGES), st.integers(-4000, 4000))
def test_the_latest_moment_is_the_last_before_the_next(when: When, zone: str, change: datetime, minutes: int) -> None:
    moment = (change + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    latest = when.latest(moment)
    assert latest is not None
    assert latest.astimezone(UTC) <= moment.astimezone(UTC)
    assert when.after(latest).astimezone(UTC) == when.after(moment).astimezone(UTC)


def test_business_days_leave_out_the_offices_holidays() -> None:
    thanksgiving = date(2026, 11, 26)
    when = read_when("business days 09:05")
    assert when.after(at("2026-11-25T10:00"), lambda day: day != thanksgiving) == at("2026-11-27T09:05")
    assert when.latest(at("2026-11-26T10:00"), lambda day: day != thanksgiving) == at("2026-11-25T09:05")
    with pytest.raises(ValueError, match="closed"):
        when.after(at("2026-11-25T10:00"), lambda _: False)


@pytest.mark.parametrize(
    ("text", "last_run", "now", "expected"),
    [
        ("weekdays 09:05", "2026-11-20T09:05:02", "2026-11-23T09:04", None),
        ("weekdays 09:05", "2026-11-20T09:05:02", "2026-11-23T09:06", "2026-11-23T09:05"),
        ("weekdays 09:05", "2026-11-23T09:05:02", "2026-11-23T18:00", None),
        ("weekdays 09:05", "2026-11-16T09:05:02", "2026-11-22T12:00", "2026-11-20T09:05"),
        ("weekdays 09:05", None, "2026-11-23T12:00", "2026-11-23T09:05"),
        ("every 5 minutes", "2026-11-23T11:55:01", "2026-11-23T11:59", None),
    ],
)
def test_a_run_that_did_not_happen(text: str, last_run: str | None, now: str, expected: str | None) -> None:
    assert missed(read_when(text), at(last_run) if last_run else None, at(now)) == (at(expected) if expected else None)


def test_moments_on_the_clock_of_another_zone() -> None:
    friday = read_when("fri 23:30")
    assert [line for when in friday.moved(60) for line in when.crontab()] == ["30 0 * * 6"]
    assert [line for when in friday.moved(-120) for line in when.crontab()] == ["30 21 * * 5"]
    both = read_when("mon,fri 00:30, 12:00").moved(-60)
    assert sorted(line for when in both for line in when.crontab()) == ["0 11 * * 1,5", "30 23 * * 0,4"]
    assert [line for when in read_when("every 5 minutes").moved(330) for line in when.crontab()] == ["*/5 * * * *"]
