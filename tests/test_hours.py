"""Opening hours and holidays as people write them."""

from datetime import time

import pytest

from contractor_ops.hours import END_OF_DAY, holiday_code_is_known, parse_business_hours, parse_hours

DAY = (time(8), time(17))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("09:00-20:00", (time(9), time(20))),
        (" 9:00 - 20:30 ", (time(9), time(20, 30))),
        ("09:00–20:00", (time(9), time(20))),
        ("00:00-24:00", (time(0), END_OF_DAY)),
    ],
)
def test_a_span_of_hours(text: str, span: tuple[time, time]) -> None:
    assert parse_hours(text) == span


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9-17", "is no span of hours"),
        ("", "is no span of hours"),
        ("25:00-26:00", "no clock shows"),
        ("09:00-20:75", "no clock shows"),
        ("24:00-24:00", "no clock shows"),
        ("20:00-09:00", "ends before it begins"),
        ("09:00-09:00", "ends before it begins"),
    ],
)
def test_what_is_no_span_of_hours(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_hours(text)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ({"mon-fri": "08:00-17:00"}, [0, 1, 2, 3, 4]),
        ({"weekdays": "08:00-17:00", "Sat": "08:00-17:00"}, [0, 1, 2, 3, 4, 5]),
        ({"fri-mon": "08:00-17:00"}, [0, 4, 5, 6]),
        ({"mon,wed, friday": "08:00-17:00"}, [0, 2, 4]),
        ({"daily": "08:00-17:00", "sun": "closed"}, [0, 1, 2, 3, 4, 5]),
        ({"sun": "Closed", "daily": "08:00-17:00"}, [0, 1, 2, 3, 4, 5]),
        ({"weekends": "08:00-17:00"}, [5, 6]),
    ],
)
def test_the_days_of_the_week(written: dict[str, str], days: list[int]) -> None:
    assert parse_business_hours(written) == dict.fromkeys(days, DAY)


def test_a_key_that_names_fewer_days_wins() -> None:
    assert parse_business_hours({"mon": "10:00-12:00", "mon-fri": "08:00-17:00"})[0] == (time(10), time(12))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"funday": "08:00-17:00"}, '"funday" names no days'),
        ({"m": "08:00-17:00"}, "names no days"),
        ({"mon-": "08:00-17:00"}, "names no days"),
        ({"mon": "08:00-17:00", "monday": "09:00-17:00"}, "Monday is named by both"),
        ({"daily": "closed"}, "no day on which the office is open"),
        ({}, "no day on which the office is open"),
        ({"mon": "8 to 5"}, "is no span of hours"),
    ],
)
def test_business_hours_that_cannot_be_understood(written: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_business_hours(written)


def test_calendars_of_holidays() -> None:
    assert [holiday_code_is_known(code) for code in ("", "US", "US-IL", "CA-ON", "GB")] == [True] * 5
    assert [holiday_code_is_known(code) for code in ("US-XX", "XX", "us", "US-", "Illinois")] == [False] * 5
