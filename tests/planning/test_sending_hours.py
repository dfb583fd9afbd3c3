"""Whether a message may leave now, when it may, and which rule says so."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractor_ops.planning.sending_hours import SendingHours, allowed, cap_per_24_hours, closes_at, rule_words
from contractor_ops.planning.state_rules import rules_of
from contractor_ops.planning.whereabouts import Whereabouts, whereabouts_of

CHICAGO, NEW_YORK, DENVER, LOS_ANGELES = (ZoneInfo(f"America/{city}") for city in ("Chicago", "New_York", "Denver", "Los_Angeles"))
OFFICE = SendingHours(time(9), time(20))
LONG_DAY = SendingHours(time(6), time(23))
RESTRICTED = ("AL", "CT", "FL", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MS", "NM", "NV", "OK", "PA", "RI", "SD", "TX", "UT", "WA", "WY")


def person(*zones: ZoneInfo, states: tuple[str, ...] = ()) -> Whereabouts:
    return Whereabouts(zones, states, True, "said so")


def at(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def open_at(text: str, where: Whereabouts, hours: SendingHours = OFFICE) -> bool:
    return allowed(at(text, where.zones[0]), hours, where)[0]


def until(moment: datetime, where: Whereabouts, hours: SendingHours = OFFICE) -> str:
    found = allowed(moment, hours, where)[1]
    assert found is not None
    return found.isoformat()


# the edges of the window


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [("08:59", False), ("08:59:59.999999", False), ("09:00", True), ("19:59", True), ("19:59:59.999999", True), ("20:00", False)],
)
@pytest.mark.parametrize("zone", [CHICAGO, NEW_YORK, LOS_ANGELES])
def test_the_start_is_open_and_the_end_is_closed_on_the_recipients_clock(clock: str, is_open: bool, zone: ZoneInfo) -> None:
    assert open_at(f"2026-11-23T{clock}", person(zone)) is is_open


def test_a_moment_may_be_given_on_any_clock() -> None:
    assert allowed(datetime(2026, 11, 23, 15, 0, tzinfo=UTC), OFFICE, person(CHICAGO)) == (True, None)
    assert allowed(datetime(2026, 11, 23, 14, 59, tzinfo=UTC), OFFICE, person(CHICAGO))[0] is False


def test_before_and_after_the_window_the_next_one_is_named_in_the_first_zone() -> None:
    assert until(at("2026-11-23T06:00"), person(CHICAGO)) == "2026-11-23T09:00:00-06:00"
    assert until(at("2026-11-23T20:00"), person(CHICAGO)) == "2026-11-24T09:00:00-06:00"
    assert until(at("2026-11-23T06:00"), person(LOS_ANGELES)) == "2026-11-23T09:00:00-08:00"


def test_no_office_can_reach_beyond_eight_and_nine() -> None:
    for clock, is_open in (("07:59", False), ("08:00", True), ("20:59", True), ("21:00", False)):
        assert open_at(f"2026-11-23T{clock}", person(CHICAGO), LONG_DAY) is is_open


# several zones and states


def test_a_number_from_a_split_area_code_needs_both_clocks() -> None:
    indiana = whereabouts_of("+18125550142", None, "US", CHICAGO)
    for clock, is_open in (("08:59", False), ("09:00", True), ("18:59", True), ("19:00", False)):  # Chicago; an hour later in New York
        assert open_at(f"2026-11-23T{clock}", indiana) is is_open
    assert rule_words(indiana, at("2026-11-23T19:00"), OFFICE) == "20:00 in New York: messages leave between 09:00 and 20:00 there"


def test_a_florida_number_sleeps_while_its_illinois_office_still_works() -> None:
    florida = whereabouts_of("+13055550142", None, "US", CHICAGO)
    evening = at("2026-11-23T20:30")
    assert until(evening, florida, SendingHours(time(9), time(21))) == "2026-11-24T09:00:00-05:00"
    assert rule_words(florida, evening, OFFICE) == "21:30 in New York: messages leave between 09:00 and 20:00 there"
    assert rule_words(florida, at("2026-11-23T19:30"), LONG_DAY) == "20:30 in New York: in Florida messages leave between 08:00 and 20:00"


def test_address_and_number_each_bring_their_state_and_clock() -> None:
    both = whereabouts_of("+13055550142", "412 Kedzie Ave, Chicago, IL 60618", "US", CHICAGO)
    assert open_at("2026-11-23T18:59", both)
    assert not open_at("2026-11-23T19:00", both)


def test_clocks_that_are_never_open_together_have_no_next_moment() -> None:
    apart = person(ZoneInfo("Pacific/Guam"), NEW_YORK, states=("ME",))
    assert allowed(at("2026-11-23T12:00", NEW_YORK), OFFICE, apart) == (False, None)
    assert rule_words(apart, at("2026-11-23T12:00", NEW_YORK), OFFICE)


def test_an_office_that_works_when_a_state_forbids_it_has_no_next_moment() -> None:
    evenings = SendingHours(time(18), time(20))
    assert allowed(at("2026-11-23T18:30", NEW_YORK), evenings, person(NEW_YORK, states=("ME",))) == (False, None)


# the states' own rules


@pytest.mark.parametrize(
    ("state", "zone", "moment", "is_open"),
    [
        ("TX", CHICAGO, "2026-11-22T11:59:59", False),  # a Sunday
        ("TX", CHICAGO, "2026-11-22T12:00", True),
        ("TX", CHICAGO, "2026-11-23T08:59", False),
        ("TX", CHICAGO, "2026-11-23T09:00", True),
        ("TX", CHICAGO, "2026-11-23T20:59", True),
        ("TX", DENVER, "2026-11-23T19:59", True),  # El Paso: 20:59 in Central time
        ("TX", DENVER, "2026-11-23T20:00", False),
        ("KY", NEW_YORK, "2026-11-23T09:59", False),
        ("KY", NEW_YORK, "2026-11-23T10:00", True),
        ("CT", NEW_YORK, "2026-11-23T08:59", False),
        ("CT", NEW_YORK, "2026-11-23T20:00", False),
        ("OK", CHICAGO, "2026-11-23T20:00", False),
        ("PA", NEW_YORK, "2026-11-22T11:59", False),
        ("PA", NEW_YORK, "2026-11-22T12:00", True),
        ("AL", CHICAGO, "2026-11-22T12:00", False),
        ("SD", CHICAGO, "2026-11-22T12:00", False),
        ("RI", NEW_YORK, "2026-11-20T17:59", True),  # a Friday
        ("RI", NEW_YORK, "2026-11-20T18:00", False),
        ("RI", NEW_YORK, "2026-11-21T09:59", False),
        ("RI", NEW_YORK, "2026-11-21T16:59", True),
        ("RI", NEW_YORK, "2026-11-21T17:00", False),
        ("ME", NEW_YORK, "2026-11-21T12:00", False),
        ("ME", NEW_YORK, "2026-11-20T16:59", True),
        ("IL", CHICAGO, "2026-11-22T08:00", True),  # no rule of its own
        # holidays: federal ones, observed ones, and the state's own
        ("AL", CHICAGO, "2026-11-26T12:00", False),
        ("LA", CHICAGO, "2026-02-17T12:00", False),  # Mardi Gras
        ("LA", CHICAGO, "2026-10-12T12:00", False),  # Columbus Day, which Louisiana itself does not keep
        ("UT", DENVER, "2026-07-24T12:00", False),
        ("RI", NEW_YORK, "2026-07-03T12:00", False),
        ("MS", CHICAGO, "2026-11-26T12:00", True),
        ("TX", CHICAGO, "2026-11-26T12:00", True),
    ],
)
def test_a_states_rule_narrows_the_hours(state: str, zone: ZoneInfo, moment: str, is_open: bool) -> None:
    assert open_at(moment, person(zone, states=(state,)), LONG_DAY) is is_open


def test_a_closed_day_is_passed_over() -> None:
    alabama = person(CHICAGO, states=("AL",))
    assert until(at("2026-11-21T21:00"), alabama) == "2026-11-23T09:00:00-06:00"  # Saturday evening to Monday
    assert until(at("2026-11-25T21:00"), alabama) == "2026-11-27T09:00:00-06:00"  # over Thanksgiving


@pytest.mark.parametrize(
    ("where", "moment", "words"),
    [
        (person(LOS_ANGELES), at("2026-11-23T20:14", LOS_ANGELES), "20:14 in Los Angeles: messages leave between 09:00 and 20:00 there"),
        (person(CHICAGO, states=("AL",)), at("2026-11-22T12:00"), "Sunday in Alabama: no messages leave there on a Sunday"),
        (person(CHICAGO, states=("LA",)), at("2026-12-25T12:00"), "Christmas Day in Louisiana: no messages leave there on holidays"),
        (
            person(CHICAGO, states=("IL", "TX")),
            at("2026-11-22T11:59"),
            "11:59 in Chicago: in Texas messages leave between 12:00 and 21:00 on a Sunday",
        ),
        (
            person(NEW_YORK, states=("KY",)),
            at("2026-11-23T09:30", NEW_YORK),
            "09:30 in New York: in Kentucky messages leave between 10:00 and 21:00",
        ),
        (person(CHICAGO), at("2026-11-23T12:00"), ""),
    ],
)
def test_the_reason_names_the_zone_or_state_that_decided(where: Whereabouts, moment: datetime, words: str) -> None:
    assert rule_words(where, moment, OFFICE) == words


def test_an_office_with_longer_hours_is_told_of_the_rule_for_the_whole_country() -> None:
    assert rule_words(person(CHICAGO), at("2026-11-23T21:30"), LONG_DAY) == (
        "21:30 in Chicago: in the United States messages leave between 08:00 and 21:00"
    )


def test_the_smallest_cap_of_the_plausible_states_counts() -> None:
    assert cap_per_24_hours(person(CHICAGO, states=("IL", "FL"))) == 3
    assert cap_per_24_hours(person(CHICAGO, states=("IL",))) is None


def test_every_rule_says_where_it_stands_and_how_well_it_was_checked() -> None:
    rules = rules_of(RESTRICTED)
    assert [rule.state for rule in rules] == [*RESTRICTED, ""]
    assert all(rule.source and rule.checked in {"primary", "quoted", "secondary", "one table"} for rule in rules)


# the days on which clocks change


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-07T22:00", "2026-03-08T09:00:00-05:00"),
        ("2026-03-08T01:59", "2026-03-08T09:00:00-05:00"),
        ("2026-10-31T22:00", "2026-11-01T09:00:00-06:00"),
        ("2026-11-01T01:30", "2026-11-01T09:00:00-06:00"),
    ],
)
def test_the_window_opens_at_nine_by_the_wall_when_clocks_change(moment: str, opening: str) -> None:
    assert until(at(moment), person(CHICAGO)) == opening


def test_both_times_that_the_clock_shows_half_past_one_wait_for_the_same_opening() -> None:
    first, second = (datetime(2026, 11, 1, hour, 30, tzinfo=UTC).astimezone(CHICAGO) for hour in (6, 7))
    assert first.time() == second.time()
    assert until(first, person(CHICAGO)) == until(second, person(CHICAGO)) == "2026-11-01T09:00:00-06:00"


def test_arizona_keeps_its_clock_when_its_neighbours_change() -> None:
    arizona = person(ZoneInfo("America/Phoenix"), DENVER)
    winter, summer = datetime(2026, 3, 7, 16, 0, tzinfo=UTC), datetime(2026, 3, 9, 15, 0, tzinfo=UTC)  # 09:00 in Denver
    assert allowed(winter, OFFICE, arizona)[0]
    assert not allowed(summer, OFFICE, arizona)[0]


# when the window ends


def test_the_window_ends_with_the_first_clock_that_closes() -> None:
    noon = at("2026-11-23T12:00")
    assert closes_at(noon, OFFICE, person(CHICAGO)).isoformat() == "2026-11-23T20:00:00-06:00"
    assert closes_at(noon, OFFICE, person(CHICAGO, NEW_YORK)).isoformat() == "2026-11-23T19:00:00-06:00"
    assert closes_at(noon, OFFICE, person(NEW_YORK, states=("RI",))).isoformat() == "2026-11-23T18:00:00-05:00"


def test_a_window_that_is_closed_has_already_ended() -> None:
    night = at("2026-11-23T22:00")
    assert closes_at(night, OFFICE, person(CHICAGO)) == night


# laws

whereabouts = st.builds(
    lambda zones, states: Whereabouts(tuple(zones), tuple(states), True, "said so"),
    st.lists(st.sampled_from([CHICAGO, NEW_YORK, DENVER, LOS_ANGELES, ZoneInfo("America/Phoenix")]), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from([*RESTRICTED, "IL", "CA", "NY"]), max_size=2, unique=True),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
near_a_change = st.sampled_from([datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]).flatmap(
    lambda day: st.integers(-1440, 2880).map(lambda minutes: day + timedelta(minutes=minutes))
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(moments, near_a_change), whereabouts)
def test_what_is_held_may_leave_at_the_moment_named_and_not_before(moment: datetime, where: Whereabouts) -> None:
    open_now, opening = allowed(moment, OFFICE, where)
    assert bool(rule_words(where, moment, OFFICE)) is not open_now
    if open_now:
        return
    assert opening is not None
    assert allowed(opening, OFFICE, where) == (True, None)
    sample = moment
    while sample < opening:
        assert rule_words(where, sample, OFFICE)
        assert not allowed(sample, OFFICE, where)[0]
        sample += timedelta(minutes=5)


@settings(max_examples=60, deadline=None)
@given(st.one_of(moments, near_a_change), whereabouts)
def test_the_window_is_open_right_up_to_its_end(moment: datetime, where: Whereabouts) -> None:
    end = closes_at(moment, OFFICE, where)
    open_now = allowed(moment, OFFICE, where)[0]
    assert (end > moment) is open_now
    if open_now:
        assert not allowed(end, OFFICE, where)[0]
        sample = moment
        while sample < end:
            assert allowed(sample, OFFICE, where)[0]
            sample += timedelta(minutes=5)
