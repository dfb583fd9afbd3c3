"""Lengths of time as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractor_ops.spans import UNITS, Span, read_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2 days", Span(2, "days")),
        ("1 day", Span(1, "days")),
        (" 30 S ", Span(30, "seconds")),
        ("90min", Span(90, "minutes")),
        ("2 Business Days", Span(2, "business days")),
        ("3 working days", Span(3, "business days")),
        ("0 days", Span(0, "days")),
    ],
)
def test_what_people_write(text: str, span: Span) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(
    "text", ["", "days", "2", "-2 days", "2.5 days", "two days", "2 fortnights", "2 days 3 hours", "123456 days", "2 business  days"]
)
def test_what_is_no_length_of_time_is_shown_the_right_form(text: str) -> None:
    with pytest.raises(ValueError, match='write it like "2 days"'):
        read_span(text)


@given(st.integers(0, 99999), st.sampled_from(sorted(UNITS)))
def test_what_is_printed_can_be_read_again(amount: int, unit: str) -> None:
    span = read_span(f"{amount} {unit}")
    assert read_span(str(span)) == span


def test_one_is_singular() -> None:
    assert [str(Span(n, "business days")) for n in (1, 2)] == ["1 business day", "2 business days"]


def test_days_count_on_a_calendar_and_hours_on_a_clock() -> None:
    assert [Span(1, unit).in_days for unit in ("days", "weeks", "business days", "hours", "seconds")] == [True, True, True, False, False]
    assert Span(2, "weeks").as_timedelta() == timedelta(days=14)
    with pytest.raises(ValueError, match="need a calendar"):
        Span(2, "business days").as_timedelta()
