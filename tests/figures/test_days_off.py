"""Days off as offices write them."""

from datetime import date

import pytest

from contractor_ops.figures.days_off import is_off

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize("cell", [
    "Thu", "thursdays", "Thurs.", "Tue, Thu", "Tue/Thu", "Tue & Thu", "Mon and Thursday", "every Thursday", "Wed-Fri", "Fri to Thu", "2026-11-26",
    "11/26", "11/26/2026", "11/26/26", "Nov 26", "Thu Nov 26", "Nov 26th", "11/25-11/27", "Nov 23 to Nov 27", "2026-11-20 - 2026-11-26", "Sun\nNov 26",
    "Sun; thursday", "12/30, 11/26", "Nov 20 - Jan 3",
])  # fmt: skip
def test_off(cell: str) -> None:
    assert is_off(cell, THURSDAY)


@pytest.mark.parametrize("cell", [
    "", "Tue", "Sat-Sun", "weekends", "Fri-Wed", "2026-11-27", "2025-11-26", "26/11", "Nov 27 to Dec 2", "every other Thursday", "Thu mornings",
    "Thu after 3 pm", "not Thu", "ask Dana", "13/45", "Feb 30", "11/26/2025", "thunder",
])  # fmt: skip
def test_not_off_or_not_plainly_so(cell: str) -> None:
    assert not is_off(cell, THURSDAY)


def test_a_weekend_and_a_span_over_the_new_year() -> None:
    assert is_off("Weekends", date(2026, 11, 28)) and is_off("sat - sun", date(2026, 11, 29))
    assert is_off("Dec 28 - Jan 2", date(2027, 1, 1)) and is_off("Dec 28 - Jan 2", date(2026, 12, 30))
    assert not is_off("Dec 28 - Jan 2", date(2027, 1, 3))
    assert (
        is_off("12/20 to 1/31", date(2027, 1, 30))
        and is_off("12/20 to 1/31", date(2027, 1, 31))
        and not is_off("12/20 to 1/31", date(2027, 2, 1))
    )


def test_a_year_that_is_written_is_that_year() -> None:
    assert not is_off("2026-11-28 to 2026-11-24", date(2027, 5, 5))  # the wrong way round: nobody's day off
    assert not is_off("9999-12-28 to 9999-01-03", THURSDAY) and not is_off("12/28/9999 to 1/3", THURSDAY)
    for cell in ("12/20/2026 to 1/5", "12/20 to 1/5/2027", "12/20/2026 to 1/5/2027"):
        assert is_off(cell, date(2027, 1, 5)) and not is_off(cell, date(2027, 12, 22)) and not is_off(cell, date(2026, 1, 3))
    assert is_off("2026-01-01 to 2027-06-30", THURSDAY)


def test_the_end_of_february() -> None:
    assert (
        is_off("2/20 to 2/29", date(2027, 2, 28))
        and is_off("2/20 to 2/29", date(2028, 2, 29))
        and not is_off("2/20 to 2/29", date(2027, 3, 1))
    )


def test_where_the_day_stands_in_front() -> None:
    assert is_off("26/11", THURSDAY, day_first=True) and not is_off("11/26", THURSDAY, day_first=True)
