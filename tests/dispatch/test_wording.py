"""How days are said: the year only where it is not plain, so that no words change at New Year."""

from datetime import date

import pytest

from contractor_ops.dispatch.wording import said_day, said_month

LAST, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 12, 30), date(2027, 1, 1), date(2027, 1, 15), date(2027, 9, 1)])
def test_no_day_is_said_otherwise_at_new_year(day: date) -> None:
    assert said_day(day, LAST) == said_day(day, NEW_YEAR) == f"{day:%a, %b} {day.day}"


@pytest.mark.parametrize(("day", "said"), [(date(2025, 12, 10), "Wed, Dec 10, 2025"), (date(2027, 12, 10), "Fri, Dec 10, 2027")])
def test_a_day_that_could_be_taken_for_another_years_is_said_with_its_year(day: date, said: str) -> None:
    assert said_day(day, LAST) == said


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 12, 10), "on Dec 10"), (date(2026, 11, 10), "in November"), (date(2026, 2, 10), "in February 2026")]
)
def test_a_month_is_said_with_its_year_where_it_is_long_ago(day: date, said: str) -> None:
    assert said_month(day, NEW_YEAR) == said
