"""Business days, opening hours, and the moment at which a step becomes due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.hours import holiday_code_is_known, parse_business_hours, parse_hours
from contractor_ops.planning.calendar import (
    OfficeCalendar,
    due_moment,
)
from contractor_ops.spans import Span

CHICAGO = ZoneInfo("America/Chicago")
HOURS = {**dict.fromkeys(range(5), (time(8), time(17))), 5: (time(9), time(12))}
OFFICE = OfficeCalendar(CHICAGO, HOURS, "US-IL")
NINE = time(9)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
anchors = st.one_of(
    days,
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
)


def due(anchor: date | datetime, span: Span, *, before: bool = False, at: time | None = None) -> datetime:
    return due_moment(anchor, amount=span, before=before, at=at, calendar=OFFICE, day_starts=NINE)


# business days


def test_a_business_day_is_monday_to_friday_and_no_holiday_even_where_saturday_is_open() -> None:
    assert OFFICE.is_business_day(date(2026, 11, 27))  # the Friday after Thanksgiving
    assert not OFFICE.is_business_day(date(2026, 11, 26))
    assert not OFFICE.is_business_day(date(2026, 11, 28))


def test_a_holiday_on_a_saturday_is_kept_on_the_friday_before() -> None:
    assert not OFFICE.is_business_day(date(2026, 7, 3))


def test_an_office_without_holidays_works_at_christmas() -> None:
    assert OfficeCalendar(CHICAGO, HOURS, "").is_business_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 2, date(2026, 11, 24)),  # Friday, over the weekend
        (date(2026, 11, 25), 1, date(2026, 11, 27)),  # over Thanksgiving
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a Saturday the Monday is the first
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2026, 11, 27), -1, date(2026, 11, 25)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_business_days_are_counted_from_the_next_one_on(day: date, count: int, expected: date) -> None:
    assert OFFICE.add_business_days(day, count) == expected


@given(days, st.integers(1, 40))
def test_adding_business_days_and_counting_them_agree(day: date, count: int) -> None:
    later = OFFICE.add_business_days(day, count)
    assert OFFICE.is_business_day(later)
    assert OFFICE.business_days_between(day, later) == count
    assert OFFICE.business_days_between(later, day) == -count


@given(days, st.integers(0, 500))
def test_business_days_between_two_days_are_those_that_can_be_counted_one_by_one(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    one_by_one = sum(OFFICE.is_business_day(day + timedelta(days=ahead)) for ahead in range(1, length + 1))
    assert OFFICE.business_days_between(day, end) == one_by_one


# opening hours


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 23, 7, 59, 59, tzinfo=CHICAGO), False),
        (datetime(2026, 11, 23, 8, 0, tzinfo=CHICAGO), True),
        (datetime(2026, 11, 23, 16, 59, 59, tzinfo=CHICAGO), True),
        (datetime(2026, 11, 23, 17, 0, tzinfo=CHICAGO), False),
        (datetime(2026, 11, 28, 11, 0, tzinfo=CHICAGO), True),  # Saturday
        (datetime(2026, 11, 29, 11, 0, tzinfo=CHICAGO), False),
        (datetime(2026, 11, 26, 11, 0, tzinfo=CHICAGO), False),  # Thanksgiving
        (datetime(2026, 11, 23, 14, 0, tzinfo=UTC), True),  # 08:00 in Chicago
    ],
)
def test_the_office_is_open_from_opening_until_just_before_closing(moment: datetime, is_open: bool) -> None:
    assert OFFICE.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (datetime(2026, 11, 23, 10, 30, tzinfo=CHICAGO), "2026-11-23T10:30:00-06:00"),  # open already
        (datetime(2026, 11, 23, 6, 0, tzinfo=CHICAGO), "2026-11-23T08:00:00-06:00"),
        (datetime(2026, 11, 23, 17, 0, tzinfo=CHICAGO), "2026-11-24T08:00:00-06:00"),
        (datetime(2026, 11, 25, 18, 0, tzinfo=CHICAGO), "2026-11-27T08:00:00-06:00"),  # over Thanksgiving
        (datetime(2026, 11, 28, 12, 0, tzinfo=CHICAGO), "2026-11-30T08:00:00-06:00"),
        (datetime(2026, 3, 8, 1, 0, tzinfo=CHICAGO), "2026-03-09T08:00:00-05:00"),  # over the change to summer time
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), "2026-11-24T08:00:00-06:00"),
    ],
)
def test_the_next_opening_is_in_the_offices_zone(moment: datetime, opening: str) -> None:
    assert OFFICE.next_opening(moment).isoformat() == opening


def test_an_office_that_never_opens_has_no_next_opening() -> None:
    with pytest.raises(ValueError, match="never opens"):
        OfficeCalendar(CHICAGO, {}, "").next_opening(datetime(2026, 11, 23, tzinfo=UTC))


# when a step is due


@pytest.mark.parametrize(
    ("anchor", "span", "before", "at", "expected"),
    [
        # a day counts from the start of the day's sending window
        (date(2026, 11, 21), Span(2, "days"), False, None, "2026-11-23T09:00:00-06:00"),
        (date(2026, 11, 21), Span(0, "days"), False, None, "2026-11-21T09:00:00-06:00"),
        (date(2026, 11, 21), Span(2, "weeks"), False, time(8, 15), "2026-12-05T08:15:00-06:00"),
        (date(2026, 11, 25), Span(2, "business days"), False, None, "2026-11-30T09:00:00-06:00"),
        (date(2026, 11, 30), Span(3, "days"), True, None, "2026-11-27T09:00:00-06:00"),
        (date(2026, 11, 30), Span(2, "business days"), True, None, "2026-11-25T09:00:00-06:00"),
        (date(2026, 11, 21), Span(4, "hours"), False, None, "2026-11-21T13:00:00-06:00"),
        # a time counts to the minute
        (datetime(2026, 11, 21, 14, 30), Span(2, "days"), False, None, "2026-11-23T14:30:00-06:00"),
        (datetime(2026, 11, 21, 14, 30), Span(2, "days"), False, time(10), "2026-11-23T10:00:00-06:00"),
        (datetime(2026, 11, 21, 14, 30), Span(30, "minutes"), False, None, "2026-11-21T15:00:00-06:00"),
        (datetime(2026, 11, 21, 0, 30), Span(2, "hours"), True, None, "2026-11-20T22:30:00-06:00"),
        (datetime(2026, 11, 22, 2, 30, tzinfo=UTC), Span(1, "days"), False, None, "2026-11-22T20:30:00-06:00"),
        # over the spring change a day keeps its wall clock, 24 hours do not
        (datetime(2026, 3, 7, 14, 0), Span(1, "days"), False, None, "2026-03-08T14:00:00-05:00"),
        (datetime(2026, 3, 7, 14, 0), Span(24, "hours"), False, None, "2026-03-08T15:00:00-05:00"),
        (datetime(2026, 3, 7, 2, 30), Span(1, "days"), False, None, "2026-03-08T03:30:00-05:00"),  # 02:30 does not exist
        # over the autumn change
        (datetime(2026, 10, 31, 14, 0), Span(1, "days"), False, None, "2026-11-01T14:00:00-06:00"),
        (datetime(2026, 10, 31, 14, 0), Span(24, "hours"), False, None, "2026-11-01T13:00:00-06:00"),
        (datetime(2026, 10, 31, 1, 30), Span(1, "days"), False, None, "2026-11-01T01:30:00-05:00"),  # the first 01:30
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), Span(0, "days"), False, None, "2026-11-01T01:30:00-06:00"),  # the second, as it was
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), Span(60, "minutes"), False, None, "2026-11-01T01:30:00-06:00"),
    ],
)
def test_a_step_is_due(anchor: date, span: Span, before: bool, at: time | None, expected: str) -> None:
    assert due(anchor, span, before=before, at=at).isoformat() == expected


@given(anchors, st.sampled_from(["minutes", "hours", "days", "weeks", "business days"]), st.integers(0, 60), st.booleans())
def test_a_longer_offset_is_never_due_sooner(anchor: date, unit: str, amount: int, before: bool) -> None:
    shorter, longer = (due(anchor, Span(n, unit), before=before).astimezone(UTC) for n in (amount, amount + 1))
    assert shorter <= longer if not before else longer <= shorter


@given(anchors, st.integers(0, 3000))
def test_minutes_after_a_time_are_minutes_on_the_absolute_clock(anchor: date, minutes: int) -> None:
    start, end = due(anchor, Span(0, "minutes")), due(anchor, Span(minutes, "minutes"))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=minutes)


@pytest.mark.parametrize("unit", ["hours", "days", "business days"])
def test_a_date_at_the_end_of_time_is_due_far_away_and_is_no_mistake(unit: str) -> None:
    assert due(date(9999, 12, 31), Span(90, unit)).year == 9999
    assert due(datetime(9999, 12, 31, 23, 0), Span(90, unit)).year == 9999
    assert due(date(1, 1, 1), Span(90, unit), before=True).year == 1


# what is written in config.toml


def test_hours_are_read_as_people_write_them() -> None:
    assert parse_hours("09:00-20:00") == (time(9), time(20))
    assert parse_hours(" 8:30 – 17:00 ") == (time(8, 30), time(17))
    assert parse_hours("00:00-24:00") == (time(0), time.max)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("9 to 5", 'write it like "09:00-20:00"'),
        ("", "no span of hours"),
        ("09:00-25:00", "no clock shows"),
        ("09:75-20:00", "no clock shows"),
        ("24:00-24:00", "no clock shows"),
        ("20:00-09:00", "ends before it begins"),
        ("09:00-09:00", "ends before it begins"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_a_sentence(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_hours(text)


def test_business_hours_name_days_singly_in_spans_and_in_groups() -> None:
    eight_to_five, morning = (time(8), time(17)), (time(9), time(12))
    assert parse_business_hours({"mon-fri": "08:00-17:00", "sat": "09:00-12:00"}) == HOURS
    assert parse_business_hours({"mon,Wed": "08:00-17:00"}) == {0: eight_to_five, 2: eight_to_five}
    assert parse_business_hours({"weekdays": "08:00-17:00", "weekends": "closed"}) == dict.fromkeys(range(5), eight_to_five)
    assert parse_business_hours({"sat-mon": "08:00-17:00"}) == dict.fromkeys((0, 5, 6), eight_to_five)
    assert parse_business_hours({"friday": "09:00-12:00", "daily": "08:00-17:00"}) == {**dict.fromkeys(range(7), eight_to_five), 4: morning}
    assert 6 not in parse_business_hours({"daily": "08:00-17:00", "sun": "closed"})


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ({"mon-fir": "08:00-17:00"}, '"mon-fir" names no days'),
        ({"m": "08:00-17:00"}, '"m" names no days'),
        ({"": "08:00-17:00"}, "names no days"),
        ({"mon": "17:00-08:00"}, "ends before it begins"),
        ({"mon": "morning"}, "no span of hours"),
        ({"mon-wed": "08:00-17:00", "wed-fri": "09:00-17:00"}, 'Wednesday is named by both "mon-wed" and "wed-fri"'),
        ({"daily": "closed"}, "no day on which the office is open"),
        ({}, "no day on which the office is open"),
    ],
)
def test_business_hours_that_make_no_sense_are_refused_with_a_sentence(written: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_business_hours(written)


@pytest.mark.parametrize(
    ("code", "known"), [("", True), ("US", True), ("US-IL", True), ("CA-ON", True), ("US-XX", False), ("US-", False), ("ILLINOIS", False)]
)
def test_a_code_of_holidays_is_known_or_not(code: str, known: bool) -> None:
    assert holiday_code_is_known(code) is known
