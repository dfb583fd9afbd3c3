from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contractor_ops.tables.cells.days import clean_days, clean_moments

DAY = date(2025, 11, 20)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def day(cell: object) -> object:
    cleaned, troubles, doubt = clean_days([cell], day_first_country=False)
    assert not troubles
    assert doubt is None
    return cleaned[0]


def moment(cell: object) -> object:
    cleaned, troubles, _ = clean_moments([cell], day_first_country=False)
    assert not troubles
    return cleaned[0]


@pytest.mark.parametrize(
    "cell",
    [
        DAY, datetime(2025, 11, 20), "2025-11-20", "2025-11-20 00:00:00", "2025/11/20 00:00:00+00", "11/20/2025", "20/11/2025", "11-20-2025",
        "20.11.2025", "20251120", 20251120, 45981, 45981.0, "45981", "Nov 20, 2025", "20 Nov 2025", "20 Nov, 2025", "November 20th, 2025", "20-Nov-25",
        "2025 Nov 20", "20th of November 2025", "Thu 11/20/2025", "Thursday, November 20, 2025", "Thu, 20 Nov 2025", "2025-11-20T00:00:00Z",
        '="2025-11-20"', " 11/20/2025 ", "11/20/25", "/Date(1763640000000)/", "2025-11-20\u200b",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    assert day(cell) == DAY
    assert type(day(cell)) is date


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025-10-15 09:00:00", datetime(2025, 10, 15, 9)), ("10/15/2025 3:04 PM", datetime(2025, 10, 15, 15, 4)),
        ("10/15/2025 12:04 AM", datetime(2025, 10, 15, 0, 4)),
        ("26/01/2023 02:23:00 PM", datetime(2023, 1, 26, 14, 23)), ("26/01/2023 14:23:00 PM", datetime(2023, 1, 26, 14, 23)),
        ("15 Apr, 2021 00:02:00", datetime(2021, 4, 15, 0, 2)), ("Mon 01/02/2006 3:04 PM", datetime(2006, 1, 2, 15, 4)),
        ("Nov 20, 2025 at 9am", datetime(2025, 11, 20, 9)), ("10/15/2025 8:00 AM - 10:00 AM", datetime(2025, 10, 15, 8)),
        ("2026-11-20T08:00:00Z", datetime(2026, 11, 20, 8, tzinfo=UTC)), ("2024-05-22T21:08:36.794Z", datetime(2024, 5, 22, 21, 8, 36, 794_000, tzinfo=UTC)),
        ("21:08:36 UTC 2021-05-22", datetime(2021, 5, 22, 21, 8, 36, tzinfo=UTC)),
        ("2026-11-20 08:00:00 -0500", datetime(2026, 11, 20, 8, tzinfo=timezone(timedelta(hours=-5)))),
        ("11/20/2025 8:00 AM CST", datetime(2025, 11, 20, 8, tzinfo=timezone(timedelta(hours=-6)))),
        ("Tuesday, September 29, 2026 09:30 PM GMT-04:00", datetime(2026, 9, 29, 21, 30, tzinfo=timezone(timedelta(hours=-4)))),
        ("/Date(1645829571000)/", datetime(2022, 2, 25, 22, 52, 51, tzinfo=UTC)), ("1645829571", datetime(2022, 2, 25, 22, 52, 51, tzinfo=UTC)),
        (1645829571000.0, datetime(2022, 2, 25, 22, 52, 51, tzinfo=UTC)), (45981.375, datetime(2025, 11, 20, 9)),
        (datetime(2026, 1, 1, 8, 59, 59, 999_000), datetime(2026, 1, 1, 9)),
        ("2025-11-20", DAY), (DAY, DAY), (datetime(2025, 11, 20), DAY), ("11/20/2025 00:00", DAY),
    ],
)  # fmt: skip
def test_a_moment_keeps_its_time_and_its_zone_and_is_a_day_where_no_time_is_known(cell: object, expected: object) -> None:
    assert moment(cell) == expected
    assert type(moment(cell)) is type(expected)
    assert getattr(moment(cell), "tzinfo", None) == getattr(expected, "tzinfo", None)


@pytest.mark.parametrize("cell", ["", None, " ", "-", "–", "n/a", "N/A", "none", "null"])
def test_nothing_is_no_day(cell: object) -> None:
    assert day(cell) is None


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("31/31/2026", "no such day"), ("02/30/2026", "no such day"), ("Feb 30, 2026", "no such day"), ("2026-02-30", "no such day"),
        ("2026-31-12", "no such day"),
        ("next week", "not a date"), ("ASAP", "not a date"), ("TBD", "not a date"), ("Friday", "not a date"), ("today", "not a date"), ("sent", "not a date"),
        ("Nov 2025", "no day"), ("2025", "no day"), ("11/2025", "no day"), ("11/20", "no year"), ("Nov 20", "no year"), ("20 Nov", "no year"),
        ("1/1/0206", "year"), ("1/1/2205", "year"), ("2205-01-01", "year"), ("1/1/202", "year"), (date(1899, 12, 31), "year"), (datetime(2205, 1, 1), "year"),
        ("Mon 11/20/2025", "disagree"), ("Monday, Nov 20, 2025", "disagree"), ("11/20/2025 25:00", "time of day"), ("11/20/2025 14:00 AM", "time of day"),
        ("11/20/2025 9:00 XYZ", "time zone"), ("11/20/2025 - 11/22/2025", "not a date"), (5.0, "number"), (2025.0, "number"), (float("nan"), "number"),
        (float("inf"), "number"), (time(8), "no day"), (timedelta(hours=8), "no day"), (True, "not a date"), ("#REF!", "spreadsheet error"),
    ],
)  # fmt: skip
def test_what_is_no_full_day_is_told_and_never_guessed(cell: object, says: str) -> None:
    for cleaned, troubles, _ in (clean_days([cell], day_first_country=False), clean_moments([cell], day_first_country=False)):
        assert cleaned == [None]
        assert says in troubles[0]


def test_one_day_over_twelve_settles_the_whole_column() -> None:
    cleaned, troubles, doubt = clean_days(["01/07/2004", "20/03/2005"], day_first_country=False)
    assert cleaned == [date(2004, 7, 1), date(2005, 3, 20)]
    assert not troubles
    assert doubt is None


def test_where_the_whole_column_fits_both_orders_the_country_decides_and_it_is_said() -> None:
    american, _, doubt = clean_days(["01/02/2026", "03/04/2026"], day_first_country=False)
    british, _, other_doubt = clean_days(["01/02/2026", "03/04/2026"], day_first_country=True)
    assert american == [date(2026, 1, 2), date(2026, 3, 4)]
    assert british == [date(2026, 2, 1), date(2026, 4, 3)]
    assert doubt is not None and "read as month/day/year" in doubt
    assert other_doubt is not None and "read as day/month/year" in other_doubt


def test_where_both_orders_occur_only_the_cells_that_could_be_two_days_are_told() -> None:
    cleaned, troubles, _ = clean_days(["13/01/2026", "01/13/2026", "02/03/2026", "05/05/2026", "2026-04-01"], day_first_country=False)
    assert cleaned == [date(2026, 1, 13), date(2026, 1, 13), None, date(2026, 5, 5), date(2026, 4, 1)]
    assert list(troubles) == [2]
    assert "2026-02-03 or 2026-03-02" in troubles[2]


def test_a_weekday_beside_the_date_proves_the_order() -> None:
    cleaned, troubles, doubt = clean_days(["Mon 01/02/2006", "01/03/2006"], day_first_country=True)
    assert cleaned == [date(2006, 1, 2), date(2006, 1, 3)]
    assert not troubles
    assert doubt is None


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (["01/15/25", "12/31/25"], date(2025, 1, 15)),
        (["31/12/25", "15/01/25"], date(2025, 12, 31)),
        (["24/08/17", "25/08/17"], date(2017, 8, 24)),
        (["24/08/17", "24/08/18"], date(2024, 8, 17)),
        (["24/08/17", "24/08/17"], date(2017, 8, 24)),
        (["06/01/25", "06/01/26", "06/01/27"], date(2025, 6, 1)),
    ],
)
def test_years_of_two_figures_are_20xx_in_the_order_that_fits_the_column(column: list[str], first: date) -> None:
    cleaned, _, _ = clean_days(column, day_first_country=False)
    assert cleaned[0] == first


def test_the_other_date_system_of_excel_is_four_years_later() -> None:
    assert clean_days([44519.0], day_first_country=False, date1904=True)[0] == [DAY]


def test_a_day_column_keeps_the_time_where_there_is_one_and_takes_midnight_for_none() -> None:
    column = ["2025-11-20 00:00:00", "2025-11-20 09:30:00", datetime(2025, 11, 20), datetime(2025, 11, 20, 9, 30)]
    assert clean_days(column, day_first_country=False)[0] == [DAY, datetime(2025, 11, 20, 9, 30), DAY, datetime(2025, 11, 20, 9, 30)]


def test_midnight_is_a_time_only_in_a_column_that_knows_other_times() -> None:
    assert clean_moments(["2025-11-20 00:00", "2025-11-20 00:00"], day_first_country=False)[0] == [DAY, DAY]
    assert clean_moments(["2025-11-20 00:00", "2025-11-20 07:00"], day_first_country=False)[0][0] == datetime(2025, 11, 20)


@given(
    st.lists(DAYS, min_size=1, max_size=30),
    st.sampled_from(["{d.day}/{d.month}/{d.year}", "{d.month:02}/{d.day:02}/{d.year}", "{d.month}-{d.day}-{d.year}"]),
    st.booleans(),
)
def test_a_column_with_a_day_over_twelve_is_always_read_in_its_own_order(days: list[date], style: str, day_first: bool) -> None:
    assume(any(one.day > 12 for one in days))
    cleaned, troubles, doubt = clean_days([style.format(d=one) for one in days], day_first_country=day_first)
    assert cleaned == days
    assert not troubles
    assert doubt is None


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%b %d, %Y %I:%M:%S %p", "%a %d %B %Y %H:%M:%S", "%Y/%m/%d %H:%M:%S"]),
)
def test_a_moment_comes_back_from_every_style(when: datetime, style: str) -> None:
    when = when.replace(microsecond=0)
    cleaned, troubles, _ = clean_moments([when.strftime(style), "2026-01-01 07:00"], day_first_country=False)
    assert cleaned[0] == when
    assert not troubles


@given(
    st.lists(
        st.one_of(
            st.text(),
            st.from_regex(r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}( [0-9:]{4,8}( [AaPp]M)?)?"),
            st.floats(),
            st.integers(),
            st.booleans(),
            st.none(),
            st.datetimes(),
            st.dates(),
            st.times(),
        )
    )
)
def test_cleaning_days_never_raises(values: list[object]) -> None:
    for cleaned, troubles, _ in (clean_days(values, day_first_country=True), clean_moments(values, day_first_country=False)):
        assert len(cleaned) == len(values)
        assert all(cleaned[index] is None and sentence for index, sentence in troubles.items())
        assert all(1990 <= found.year <= 2100 for found in cleaned if found)
